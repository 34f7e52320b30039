-- How fast messages may go: when the next one under a name ("email", "email/example.org", "sms") is due at an even pace.
CREATE TABLE paces (
    name TEXT PRIMARY KEY,
    next_at BIGINT NOT NULL
);
