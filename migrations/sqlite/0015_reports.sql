-- What was heard of a message after it was handed over. NULL: nothing.
ALTER TABLE messages ADD COLUMN report TEXT CHECK (report IN ('delayed', 'delivered', 'bounced'));
-- The server's own words.
ALTER TABLE messages ADD COLUMN report_detail TEXT;
ALTER TABLE messages ADD COLUMN reported_at BIGINT;

-- What only one process at a time does, of those that work over this database.
CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    lease_until BIGINT NOT NULL
);
