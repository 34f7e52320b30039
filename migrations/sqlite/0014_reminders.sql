-- Since when a training has other dates, times or another place than people were told; NULL while everybody knows.
ALTER TABLE trainings ADD COLUMN moved_at BIGINT;
-- The same of the messages that tell them, in case these are taken back.
ALTER TABLE batches ADD COLUMN moved_at BIGINT;

-- Reminders that go out by themselves, so many days before the deadline or the start.
CREATE TABLE reminders (
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    training_id BLOB NOT NULL REFERENCES trainings (id),
    days BIGINT NOT NULL,
    anchor TEXT NOT NULL CHECK (anchor IN ('deadline', 'start')),
    -- Whose groups it reaches, if they are an authorised user.
    created_by BLOB REFERENCES users (id),
    created_at BIGINT NOT NULL,
    -- When it went out, or was found to be too late for that; and to how many.
    done_at BIGINT,
    messages BIGINT
);
CREATE INDEX reminders_by_training ON reminders (training_id);
CREATE INDEX reminders_open ON reminders (training_id) WHERE done_at IS NULL;
CREATE INDEX reminders_by_planner ON reminders (created_by) WHERE created_by IS NOT NULL;

-- When somebody last looked at the Invitations tab of a training.
CREATE TABLE training_visits (
    user_id BLOB NOT NULL REFERENCES users (id),
    training_id BLOB NOT NULL REFERENCES trainings (id),
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, training_id)
);
