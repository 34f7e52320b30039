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
ALTER TABLE users ADD COLUMN came_for UUID REFERENCES trainings (id);
-- When they were forgotten: their row stays for what counts people, and has nothing of them.
ALTER TABLE users ADD COLUMN forgotten_at BIGINT;
CREATE INDEX users_who_came ON users (organisation_id, id) WHERE came_for IS NOT NULL;
-- The same of registrations of people whom nobody knows.
ALTER TABLE registrations ADD COLUMN forgotten_at BIGINT;

-- After how many days the text was removed; 0 when its reader was forgotten.
ALTER TABLE messages ADD COLUMN text_removed BIGINT;
CREATE INDEX messages_with_text ON messages (organisation_id, COALESCE(sent_at, created_at)) WHERE body IS NOT NULL;

-- One more reason to write.
ALTER TABLE messages DROP CONSTRAINT messages_kind_check;
ALTER TABLE messages ADD CONSTRAINT messages_kind_check
    CHECK (kind IN ('invitation', 'resend', 'cancellation', 'registered', 'waiting_list', 'place_freed', 'entry_code', 'account', 'reminder',
        'reminder_start', 'change', 'test', 'fresh_link'));
