-- Attendance by half-day: present, absent or excused; signatures.

-- Whether "I am here" asks for a signature.
ALTER TABLE organisations ADD COLUMN sign_presence BIGINT NOT NULL DEFAULT 0;

ALTER TABLE presences ADD COLUMN half TEXT NOT NULL DEFAULT 'morning' CHECK (half IN ('morning', 'afternoon'));
ALTER TABLE presences ALTER COLUMN half DROP DEFAULT;
-- NULL when a mark was taken back and a signature is kept.
ALTER TABLE presences ADD COLUMN state TEXT DEFAULT 'present' CHECK (state IN ('present', 'absent', 'excused'));
ALTER TABLE presences ALTER COLUMN state DROP DEFAULT;
-- Strokes, as domain::attendance::Signature writes them.
ALTER TABLE presences ADD COLUMN signature TEXT;
-- The name that somebody typed instead.
ALTER TABLE presences ADD COLUMN signed_name TEXT;
ALTER TABLE presences DROP CONSTRAINT presences_pkey;
ALTER TABLE presences ADD PRIMARY KEY (invitation_id, day, half);
-- Whoever was there on a day was there for all of it.
INSERT INTO presences (invitation_id, day, half, organisation_id, training_id, state, at, marked_by, registration_id)
    SELECT invitation_id, day, 'afternoon', organisation_id, training_id, state, at, marked_by, registration_id FROM presences;
