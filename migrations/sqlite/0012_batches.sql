-- The messages of one press of *Send* or *Resend* wait a moment, in which they can be undone, or until the day and time that was chosen.
CREATE TABLE batches (
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    training_id BLOB NOT NULL REFERENCES trainings (id),
    kind TEXT NOT NULL,
    -- NULL for the command line and the system.
    queued_by BLOB REFERENCES users (id),
    created_at BIGINT NOT NULL,
    -- Nothing of it goes out before.
    starts_at BIGINT NOT NULL,
    -- 1 when somebody chose that day and time.
    planned BIGINT NOT NULL,
    -- How many messages were queued.
    messages BIGINT NOT NULL,
    -- When it was undone or stopped.
    ended_at BIGINT
);
CREATE INDEX batches_by_training ON batches (training_id, created_at);
CREATE INDEX batches_by_sender ON batches (queued_by) WHERE queued_by IS NOT NULL;

-- Seconds in which a batch can be undone before it begins: 0 to 300.
ALTER TABLE organisations ADD COLUMN send_delay BIGINT NOT NULL DEFAULT 10;
-- 1 when nobody is written to again who was written to less than a day ago, or five times already; else the dialog only offers to leave them out.
ALTER TABLE organisations ADD COLUMN firm_recent BIGINT NOT NULL DEFAULT 0;
ALTER TABLE organisations ADD COLUMN firm_often BIGINT NOT NULL DEFAULT 0;
