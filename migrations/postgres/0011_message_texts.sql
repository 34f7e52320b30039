-- Message texts that an organisation wrote, for all of its trainings or for one. What is not here is said in the words of the catalogue.
CREATE TABLE message_texts (
    -- The training, or the organisation's own id for the texts of all trainings.
    owner_id UUID NOT NULL,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    kind TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
    channel TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
    -- Empty for text messages.
    subject TEXT NOT NULL,
    -- As typed, with its placeholders in braces.
    body TEXT NOT NULL,
    updated_by UUID REFERENCES users (id),
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, kind, language, channel)
);

-- What a test message says; the message itself is in the outbox like every other.
CREATE TABLE test_messages (
    message_id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    -- NULL for one that is made up.
    training_id UUID REFERENCES trainings (id),
    kind TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
    subject TEXT NOT NULL,
    body TEXT NOT NULL
);

-- Whom mails name as their sender, beside the address of the installation, and where answers go.
ALTER TABLE organisations ADD COLUMN sender_name TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN reply_to TEXT NOT NULL DEFAULT '';

-- More reasons to write.
ALTER TABLE messages DROP CONSTRAINT messages_kind_check;
ALTER TABLE messages ADD CONSTRAINT messages_kind_check
    CHECK (kind IN ('invitation', 'resend', 'cancellation', 'registered', 'waiting_list', 'place_freed', 'entry_code', 'account', 'reminder',
        'reminder_start', 'change', 'test'));
