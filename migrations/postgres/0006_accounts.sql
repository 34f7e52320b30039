-- Links by which somebody chooses a password of their own.
CREATE TABLE account_links (
    -- SHA-256 of the secret, in hexadecimal.
    token_hash TEXT PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    user_id UUID NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX account_links_by_user ON account_links (user_id);

-- A message may be about somebody's account, and no training. Its invitation_id is the user's own id.
ALTER TABLE messages ALTER COLUMN training_id DROP NOT NULL;
ALTER TABLE messages DROP CONSTRAINT messages_kind_check;
ALTER TABLE messages ADD CONSTRAINT messages_kind_check
    CHECK (kind IN ('invitation', 'resend', 'cancellation', 'registered', 'waiting_list', 'place_freed', 'entry_code', 'account'));
