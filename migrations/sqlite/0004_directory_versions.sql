-- The directory is kept in memory for searches: its version tells whether what is there still holds, and the changes what to read again.
-- Both are written with every change of users and of the members of groups, at the end of its transaction.
CREATE TABLE directory_versions (
    organisation_id BLOB PRIMARY KEY REFERENCES organisations (id),
    version BIGINT NOT NULL
);

CREATE TABLE directory_changes (
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    version BIGINT NOT NULL,
    -- JSON array of the ids of those who changed; NULL for more than are worth naming.
    users TEXT,
    PRIMARY KEY (organisation_id, version)
);

-- Who was not invited to anything since a day: those without a message, and those who did not take a place themselves.
CREATE INDEX invitations_by_message ON invitations (organisation_id, last_sent_at, user_id) WHERE last_sent_at IS NOT NULL;
CREATE INDEX invitations_by_place ON invitations (organisation_id, state_changed_at, user_id) WHERE state IN ('confirmed', 'waiting');
