-- How fast messages may go: when the next one under a name ("email", "email/example.org", "sms") is due at an even pace.
CREATE TABLE paces (
    name TEXT PRIMARY KEY,
    next_at BIGINT NOT NULL
);

-- Queueing writes a new version of every invitation. With room for it on the same page no index has to be written.
ALTER TABLE invitations SET (fillfactor = 50);
-- A message is made of its invitation, which has these keys; checking them again takes a fifth of queueing.
ALTER TABLE messages DROP CONSTRAINT messages_organisation_id_fkey;
ALTER TABLE messages DROP CONSTRAINT messages_training_id_fkey;
