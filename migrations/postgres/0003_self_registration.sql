-- Self-registration: codes, forms, registrations, the training space, documents, presence.

ALTER TABLE organisations ADD COLUMN login_codes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE organisations ADD COLUMN trainers_add_people BIGINT NOT NULL DEFAULT 0;

-- One row for each training that was ever offered with a code.
CREATE TABLE self_registrations (
    training_id UUID PRIMARY KEY REFERENCES trainings (id),
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    offered BIGINT NOT NULL,
    -- Unique in the installation: whoever types it has not said of which organisation.
    code TEXT NOT NULL UNIQUE,
    code_on BIGINT NOT NULL,
    opens_at BIGINT,
    closes_at BIGINT,
    list_shows TEXT NOT NULL CHECK (list_shows IN ('full_names', 'initials', 'search')),
    proof TEXT NOT NULL CHECK (proof IN ('nothing', 'code', 'mobile_digits')),
    approval BIGINT NOT NULL,
    waiting_list BIGINT NOT NULL,
    -- The version of the form that is shown; 0 while only first and last name are asked.
    form_version BIGINT NOT NULL DEFAULT 0,
    -- The position of the last registration; the waiting list goes by it.
    last_position BIGINT NOT NULL DEFAULT 0,
    updated_at BIGINT NOT NULL
);

-- Published versions are never changed.
CREATE TABLE registration_forms (
    training_id UUID NOT NULL REFERENCES trainings (id),
    version BIGINT NOT NULL,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    -- JSON: convoke_domain::registration::RegistrationForm.
    fields TEXT NOT NULL,
    published_by UUID REFERENCES users (id),
    published_at BIGINT NOT NULL,
    PRIMARY KEY (training_id, version)
);

CREATE TABLE registrations (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    training_id UUID NOT NULL REFERENCES trainings (id),
    -- Made with the form and never shown: a form that is posted twice counts once.
    submission UUID NOT NULL UNIQUE,
    -- Whom it belongs to; NULL while somebody who is not known waits for approval.
    user_id UUID REFERENCES users (id),
    -- 1 when the user was in the directory before.
    known BIGINT NOT NULL,
    -- 1 when that user had a place or waited for one already: the registration changes nothing then, and the public list shows both names,
    -- so that nobody learns whose address it was.
    repeated BIGINT NOT NULL,
    -- As typed: the public list shows these, and never what the directory knows.
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    sort_key TEXT NOT NULL COLLATE "C",
    email TEXT,
    mobile TEXT,
    language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
    form_version BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'refused')),
    -- What the visitor was told, which does not depend on whether the address was known.
    told TEXT NOT NULL CHECK (told IN ('pending', 'confirmed', 'waiting')),
    position BIGINT NOT NULL,
    registered_at BIGINT NOT NULL,
    decided_at BIGINT,
    decided_by UUID REFERENCES users (id)
);
CREATE INDEX registrations_by_training ON registrations (training_id, state, sort_key);
CREATE INDEX registrations_by_user ON registrations (user_id, training_id);

CREATE TABLE registration_answers (
    registration_id UUID NOT NULL REFERENCES registrations (id),
    field_id UUID NOT NULL,
    training_id UUID NOT NULL REFERENCES trainings (id),
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    -- JSON: convoke_domain::registration::AnswerValue.
    value TEXT NOT NULL,
    PRIMARY KEY (registration_id, field_id)
);
CREATE INDEX registration_answers_by_field ON registration_answers (training_id, field_id);

-- Who is in a training space, on which device.
CREATE TABLE space_sessions (
    -- SHA-256 of the cookie's secret, in hexadecimal.
    token_hash TEXT PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    training_id UUID NOT NULL REFERENCES trainings (id),
    invitation_id UUID,
    registration_id UUID,
    entry TEXT NOT NULL CHECK (entry IN ('tapped', 'proven', 'registered', 'link')),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- One-time codes; the code itself is derived from the id and the installation's key, and stored nowhere.
CREATE TABLE entry_codes (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    invitation_id UUID NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX entry_codes_by_invitation ON entry_codes (invitation_id, created_at);

CREATE TABLE documents (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    training_id UUID NOT NULL REFERENCES trainings (id),
    kind TEXT NOT NULL CHECK (kind IN ('file', 'link')),
    title TEXT NOT NULL,
    -- Of a link.
    url TEXT,
    -- Of a file: its name and type, its length in bytes, and where the object store has it.
    file_name TEXT,
    media_type TEXT,
    size BIGINT,
    storage_key TEXT,
    position BIGINT NOT NULL,
    -- NULL while trainees do not see it.
    shared_at BIGINT,
    shared_by UUID REFERENCES users (id),
    added_at BIGINT NOT NULL,
    added_by UUID REFERENCES users (id)
);
CREATE INDEX documents_by_training ON documents (training_id, position);

CREATE TABLE presences (
    invitation_id UUID NOT NULL,
    -- In the training's time zone: 2026-12-09.
    day TEXT NOT NULL,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    training_id UUID NOT NULL REFERENCES trainings (id),
    at BIGINT NOT NULL,
    -- The trainer or administrator who marked it; NULL when the person did.
    marked_by UUID REFERENCES users (id),
    -- The repeated registration by which the person came in; only its name shows the presence then.
    registration_id UUID,
    PRIMARY KEY (invitation_id, day)
);
CREATE INDEX presences_by_training ON presences (training_id, day);

-- A known person whom a trainer added at the door, as the trainer typed the name: trainers read this, not what the directory knows.
ALTER TABLE invitations ADD COLUMN door_first_name TEXT;
ALTER TABLE invitations ADD COLUMN door_last_name TEXT;

-- Devices that have shown a good training code: the throttle lets them in while others behind the same address guess.
CREATE TABLE known_devices (
    -- SHA-256 of the device's id, in hexadecimal. It belongs to no organisation: a device may show codes of several.
    device_hash TEXT PRIMARY KEY,
    seen_at BIGINT NOT NULL
);

-- More reasons to write.
ALTER TABLE messages DROP CONSTRAINT messages_kind_check;
ALTER TABLE messages ADD CONSTRAINT messages_kind_check
    CHECK (kind IN ('invitation', 'resend', 'cancellation', 'registered', 'waiting_list', 'place_freed', 'entry_code'));
