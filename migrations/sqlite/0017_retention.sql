-- How long what is known of people is kept. NULL: nobody is forgotten, no text is removed.
ALTER TABLE organisations ADD COLUMN forget_days BIGINT;
-- 1 when people of the directory are forgotten too, and not only those who came with a training.
ALTER TABLE organisations ADD COLUMN forget_directory BIGINT NOT NULL DEFAULT 0;
ALTER TABLE organisations ADD COLUMN text_days BIGINT;
-- When somebody changed these, or a night's work was over: the next is done in the night that follows.
ALTER TABLE organisations ADD COLUMN retention_since BIGINT NOT NULL DEFAULT 0;
-- Days after which a personal link is past its time.
ALTER TABLE organisations ADD COLUMN link_days BIGINT NOT NULL DEFAULT 180;

-- The training for which somebody was pasted, registered or was added at the door; NULL for people of the directory.
ALTER TABLE users ADD COLUMN came_for BLOB REFERENCES trainings (id);
-- When they were forgotten: their row stays for what counts people, and has nothing of them.
ALTER TABLE users ADD COLUMN forgotten_at BIGINT;
CREATE INDEX users_who_came ON users (organisation_id, id) WHERE came_for IS NOT NULL;
-- The same of registrations of people whom nobody knows.
ALTER TABLE registrations ADD COLUMN forgotten_at BIGINT;

-- One more reason to write. SQLite changes a CHECK only by making the table anew.
CREATE TABLE messages_new (
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    -- None for a message about somebody's account.
    training_id BLOB REFERENCES trainings (id),
    -- No foreign key: an invitation that is gone leaves its messages. The user's own id for a message about their account, and for a test.
    invitation_id BLOB NOT NULL,
    user_id BLOB NOT NULL REFERENCES users (id),
    batch_id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('invitation', 'resend', 'cancellation', 'registered', 'waiting_list', 'place_freed', 'entry_code', 'account', 'reminder', 'reminder_start', 'change', 'test', 'fresh_link')),
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
    waits_for TEXT,
    report TEXT CHECK (report IN ('delayed', 'delivered', 'bounced')),
    report_detail TEXT,
    reported_at BIGINT,
    -- After how many days the text was removed; 0 when its reader was forgotten.
    text_removed BIGINT,
    UNIQUE (invitation_id, kind, channel, generation)
);
INSERT INTO messages_new (id, organisation_id, training_id, invitation_id, user_id, batch_id, kind, channel, generation, state, attempts,
    next_attempt_at, lease_owner, lease_until, address, provider_id, subject, body, problem, problem_detail, queued_by, created_at,
    updated_at, sent_at, waits_for, report, report_detail, reported_at)
SELECT id, organisation_id, training_id, invitation_id, user_id, batch_id, kind, channel, generation, state, attempts,
    next_attempt_at, lease_owner, lease_until, address, provider_id, subject, body, problem, problem_detail, queued_by, created_at,
    updated_at, sent_at, waits_for, report, report_detail, reported_at FROM messages;
DROP TABLE messages;
ALTER TABLE messages_new RENAME TO messages;
CREATE INDEX messages_by_invitation ON messages (invitation_id, created_at);
CREATE INDEX messages_by_training ON messages (training_id, created_at);
CREATE INDEX messages_by_organisation ON messages (organisation_id, created_at);
CREATE INDEX messages_sending ON messages (lease_until) WHERE state = 'sending';
CREATE INDEX messages_by_user ON messages (user_id);
CREATE INDEX messages_by_sender ON messages (queued_by) WHERE queued_by IS NOT NULL;
CREATE INDEX messages_due ON messages (next_attempt_at) WHERE state = 'queued' AND waits_for IS NULL;
CREATE INDEX messages_waiting ON messages (waits_for, next_attempt_at) WHERE state = 'queued' AND waits_for IS NOT NULL;
CREATE INDEX messages_under_way ON messages (training_id) WHERE state IN ('queued', 'sending');
CREATE INDEX messages_urgent ON messages (next_attempt_at)
    WHERE state = 'queued' AND (kind IN ('entry_code', 'test') OR (kind = 'account' AND queued_by = user_id));
CREATE INDEX messages_with_text ON messages (organisation_id, COALESCE(sent_at, created_at)) WHERE body IS NOT NULL;
