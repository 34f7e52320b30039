-- A worker that died left rows in the middle; looking for them must not mean reading everything that waits.
CREATE INDEX messages_sending ON messages (lease_until) WHERE state = 'sending';
