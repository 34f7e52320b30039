-- The domain of its reader's address, while a message waits for that domain's turn.
ALTER TABLE messages ADD COLUMN waits_for TEXT;
DROP INDEX messages_to_do;
CREATE INDEX messages_due ON messages (next_attempt_at) WHERE state = 'queued' AND waits_for IS NULL;
CREATE INDEX messages_waiting ON messages (waits_for, next_attempt_at) WHERE state = 'queued' AND waits_for IS NOT NULL;
-- How many of a training are on their way, which its page shows.
CREATE INDEX messages_under_way ON messages (training_id) WHERE state IN ('queued', 'sending');
-- Somebody sits in front of a screen and waits for these.
CREATE INDEX messages_urgent ON messages (next_attempt_at)
    WHERE state = 'queued' AND (kind IN ('entry_code', 'test') OR (kind = 'account' AND queued_by = user_id));
