-- Message texts that an organisation wrote, for all of its trainings or for one. What is not here is said in the words of the catalogue.
CREATE TABLE message_texts (
    -- The training, or the organisation's own id for the texts of all trainings.
    owner_id BLOB NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    kind TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
    channel TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
    -- Empty for text messages.
    subject TEXT NOT NULL,
    -- As typed, with its placeholders in braces.
    body TEXT NOT NULL,
    updated_by BLOB REFERENCES users (id),
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, kind, language, channel)
);

-- What a test message says; the message itself is in the outbox like every other.
CREATE TABLE test_messages (
    message_id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    -- NULL for one that is made up.
    training_id BLOB REFERENCES trainings (id),
    kind TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
    subject TEXT NOT NULL,
    body TEXT NOT NULL
);

-- Whom mails name as their sender, beside the address of the installation, and where answers go.
ALTER TABLE organisations ADD COLUMN sender_name TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN reply_to TEXT NOT NULL DEFAULT '';

-- More reasons to write. SQLite changes a CHECK only by making the table anew.
CREATE TABLE messages_new (
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    -- None for a message about somebody's account.
    training_id BLOB REFERENCES trainings (id),
    -- No foreign key: an invitation that is gone leaves its messages. The user's own id for a message about their account, and for a test.
    invitation_id BLOB NOT NULL,
    user_id BLOB NOT NULL REFERENCES users (id),
    batch_id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('invitation', 'resend', 'cancellation', 'registered', 'waiting_list', 'place_freed', 'entry_code', 'account', 'reminder', 'reminder_start', 'change', 'test')),
    channel TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
    generation BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'cancelled', 'uncertain')),
    attempts BIGINT NOT NULL DEFAULT 0,
    next_attempt_at BIGINT NOT NULL,
    lease_owner TEXT,
    lease_until BIGINT,
    address TEXT,
    provider_id TEXT,
    subject TEXT,
    body TEXT,
    problem TEXT,
    problem_detail TEXT,
    queued_by BLOB REFERENCES users (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    sent_at BIGINT,
    UNIQUE (invitation_id, kind, channel, generation)
);
INSERT INTO messages_new (id, organisation_id, training_id, invitation_id, user_id, batch_id, kind, channel, generation, state, attempts,
    next_attempt_at, lease_owner, lease_until, address, provider_id, subject, body, problem, problem_detail, queued_by, created_at,
    updated_at, sent_at)
SELECT id, organisation_id, training_id, invitation_id, user_id, batch_id, kind, channel, generation, state, attempts,
    next_attempt_at, lease_owner, lease_until, address, provider_id, subject, body, problem, problem_detail, queued_by, created_at,
    updated_at, sent_at FROM messages;
DROP TABLE messages;
ALTER TABLE messages_new RENAME TO messages;
CREATE INDEX messages_to_do ON messages (next_attempt_at) WHERE state IN ('queued', 'sending');
CREATE INDEX messages_by_invitation ON messages (invitation_id, created_at);
CREATE INDEX messages_by_training ON messages (training_id, created_at);
CREATE INDEX messages_by_organisation ON messages (organisation_id, created_at);
CREATE INDEX messages_sending ON messages (lease_until) WHERE state = 'sending';
CREATE INDEX messages_by_user ON messages (user_id);
CREATE INDEX messages_by_sender ON messages (queued_by) WHERE queued_by IS NOT NULL;
