-- Attendance by half-day: present, absent or excused; signatures.

-- Whether "I am here" asks for a signature.
ALTER TABLE organisations ADD COLUMN sign_presence BIGINT NOT NULL DEFAULT 0;

CREATE TABLE presences_new (
    invitation_id BLOB NOT NULL,
    -- In the training's time zone: 2026-12-09.
    day TEXT NOT NULL,
    half TEXT NOT NULL CHECK (half IN ('morning', 'afternoon')),
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    training_id BLOB NOT NULL REFERENCES trainings (id),
    -- NULL when a mark was taken back and a signature is kept.
    state TEXT CHECK (state IN ('present', 'absent', 'excused')),
    at BIGINT NOT NULL,
    -- The trainer or administrator who marked it; NULL when the person did.
    marked_by BLOB REFERENCES users (id),
    -- The repeated registration by which the person came in; only its name shows the presence then.
    registration_id BLOB,
    -- Strokes, as domain::attendance::Signature writes them.
    signature TEXT,
    -- The name that somebody typed instead.
    signed_name TEXT,
    PRIMARY KEY (invitation_id, day, half)
) WITHOUT ROWID;
-- Whoever was there on a day was there for all of it.
INSERT INTO presences_new (invitation_id, day, half, organisation_id, training_id, state, at, marked_by, registration_id)
    SELECT p.invitation_id, p.day, h.half, p.organisation_id, p.training_id, 'present', p.at, p.marked_by, p.registration_id
    FROM presences p JOIN (SELECT 'morning' AS half UNION ALL SELECT 'afternoon') h;
DROP TABLE presences;
ALTER TABLE presences_new RENAME TO presences;
CREATE INDEX presences_by_training ON presences (training_id, day);
CREATE INDEX presences_by_marker ON presences (marked_by) WHERE marked_by IS NOT NULL;
