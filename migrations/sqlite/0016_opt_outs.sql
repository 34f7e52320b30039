-- Who wants no messages, by whose word, and since when. NULL: they are written to.
ALTER TABLE users ADD COLUMN opted_out TEXT CHECK (opted_out IN ('person', 'administrator'));
ALTER TABLE users ADD COLUMN opted_out_at BIGINT;
CREATE INDEX users_opted_out ON users (organisation_id) WHERE opted_out IS NOT NULL;
