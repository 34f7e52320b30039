-- The training room: on which device somebody is in a training space, which devices have opened a training's list, and which of them are locked to it.

-- SHA-256 of the device's id, in hexadecimal; NULL for who came by a personal link.
ALTER TABLE space_sessions ADD COLUMN device_hash TEXT;
-- When they left; the row stays until it expires: another device says that somebody has entered by this name.
ALTER TABLE space_sessions ADD COLUMN left_at BIGINT;
CREATE INDEX space_sessions_by_training ON space_sessions (training_id, created_at);

CREATE TABLE training_devices (
    training_id BLOB NOT NULL REFERENCES trainings (id),
    -- SHA-256 of the device's id, in hexadecimal.
    device_hash TEXT NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    seen_at BIGINT NOT NULL,
    -- While it is locked: since when, and the PIN that unlocks it (argon2id, as a PHC string).
    locked_at BIGINT,
    pin_hash TEXT,
    PRIMARY KEY (training_id, device_hash)
);
CREATE INDEX training_devices_by_time ON training_devices (seen_at);
