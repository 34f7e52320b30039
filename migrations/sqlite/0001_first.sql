-- The first schema. Ids are UUIDs of version 7 made by the program, times are Unix milliseconds,
-- enums are words with a CHECK. Every table belongs to an organisation.

CREATE TABLE organisations (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
    created_at BIGINT NOT NULL
);

CREATE TABLE user_types (
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    position BIGINT NOT NULL,
    UNIQUE (organisation_id, name)
);

CREATE TABLE user_groups (
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    UNIQUE (organisation_id, name)
);

CREATE TABLE users (
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    last_name TEXT NOT NULL,
    first_name TEXT NOT NULL,
    email TEXT,
    -- The e-mail in lower case: two spellings of one address are one address.
    email_key TEXT,
    -- E.164, with the plus sign.
    mobile TEXT,
    channel TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
    language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
    user_type_id BLOB NOT NULL REFERENCES user_types (id),
    employee_id TEXT,
    state TEXT NOT NULL CHECK (state IN ('created', 'invited', 'active', 'inactive')),
    role TEXT NOT NULL CHECK (role IN ('administrator', 'authorised', 'member')),
    -- PHC string (argon2id); NULL for people who cannot sign in.
    password_hash TEXT,
    -- Folded by convoke_domain::fold.
    search_text TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (organisation_id, email_key),
    UNIQUE (organisation_id, mobile),
    UNIQUE (organisation_id, employee_id)
);
-- Covers what a search looks at, so that listing and counting never read the rows they pass over.
CREATE INDEX users_by_name ON users (organisation_id, sort_key, id, state, user_type_id, search_text);
CREATE INDEX users_by_type ON users (user_type_id);
CREATE INDEX users_by_email ON users (email_key);
CREATE INDEX users_by_mobile ON users (mobile);

CREATE TABLE group_members (
    group_id BLOB NOT NULL REFERENCES user_groups (id),
    user_id BLOB NOT NULL REFERENCES users (id),
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (group_id, user_id)
) WITHOUT ROWID;
CREATE INDEX group_members_by_user ON group_members (user_id, group_id);

-- The groups whose users an authorised user may see and invite.
CREATE TABLE user_scopes (
    user_id BLOB NOT NULL REFERENCES users (id),
    group_id BLOB NOT NULL REFERENCES user_groups (id),
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (user_id, group_id)
) WITHOUT ROWID;

CREATE TABLE sessions (
    -- SHA-256 of the cookie's secret, in hexadecimal.
    token_hash TEXT PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    user_id BLOB NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);

-- Failed attempts to sign in. Before anyone is known there is no organisation to belong to.
CREATE TABLE sign_in_failures (
    -- SHA-256 of what was typed, or of the network address; never the text itself.
    key_hash TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX sign_in_failures_by_key ON sign_in_failures (key_hash, at);

-- Facts about the installation as a whole: the hash of the set-up token, a stopped channel.
CREATE TABLE installation (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE trainings (
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    time_zone TEXT NOT NULL,
    days_taught BIGINT,
    place TEXT NOT NULL,
    seats BIGINT,
    answer_deadline BIGINT,
    -- Folded title and place.
    search_text TEXT NOT NULL,
    -- Grows with every change of the training or its invitations; browsers refetch when it moves.
    version BIGINT NOT NULL DEFAULT 1,
    -- SEQUENCE of the calendar entry (RFC 5545, section 3.8.7.4).
    calendar_sequence BIGINT NOT NULL DEFAULT 0,
    created_by BLOB REFERENCES users (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX trainings_by_start ON trainings (organisation_id, starts_at);

CREATE TABLE training_trainers (
    training_id BLOB NOT NULL REFERENCES trainings (id),
    user_id BLOB NOT NULL REFERENCES users (id),
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (training_id, user_id)
) WITHOUT ROWID;
CREATE INDEX training_trainers_by_user ON training_trainers (user_id);

CREATE TABLE invitations (
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    training_id BLOB NOT NULL REFERENCES trainings (id),
    user_id BLOB NOT NULL REFERENCES users (id),
    state TEXT NOT NULL CHECK (state IN ('to_send', 'sent', 'confirmed', 'declined', 'waiting', 'cancelled')),
    confirmed_by TEXT CHECK (confirmed_by IN ('link', 'administrator', 'registration')),
    -- Who confirmed for the person, when an administrator did.
    confirmed_by_user BLOB REFERENCES users (id),
    chosen_by BLOB REFERENCES users (id),
    chosen_at BIGINT NOT NULL,
    -- The training's version at which the person was put on (or back on) the list.
    chosen_version BIGINT NOT NULL,
    -- Number of the last round of messages; one message a round.
    generation BIGINT NOT NULL DEFAULT 0,
    sent_count BIGINT NOT NULL DEFAULT 0,
    last_sent_at BIGINT,
    answered_at BIGINT,
    state_changed_at BIGINT NOT NULL,
    -- What went wrong with the last message, and the server's own words for it.
    problem TEXT,
    problem_detail TEXT,
    UNIQUE (training_id, user_id)
);
CREATE INDEX invitations_by_state ON invitations (training_id, state);
CREATE INDEX invitations_by_user ON invitations (user_id);

CREATE TABLE messages (
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    training_id BLOB NOT NULL REFERENCES trainings (id),
    -- No foreign key: an invitation that is gone leaves its messages.
    invitation_id BLOB NOT NULL,
    user_id BLOB NOT NULL REFERENCES users (id),
    batch_id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('invitation', 'resend', 'cancellation')),
    channel TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
    generation BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'cancelled', 'uncertain')),
    attempts BIGINT NOT NULL DEFAULT 0,
    next_attempt_at BIGINT NOT NULL,
    -- While a worker has the row: who, and until when. A lease that has run out is taken back.
    lease_owner TEXT,
    lease_until BIGINT,
    -- The address it went to, the Message-ID or the gateway's id, and the text with the link's secret blotted out.
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
CREATE INDEX messages_to_do ON messages (next_attempt_at) WHERE state IN ('queued', 'sending');
CREATE INDEX messages_by_invitation ON messages (invitation_id, created_at);
CREATE INDEX messages_by_training ON messages (training_id, created_at);
CREATE INDEX messages_by_organisation ON messages (organisation_id, created_at);

-- Every link ever sent; all of an invitation's links lead to its present state.
CREATE TABLE invitation_links (
    -- SHA-256 of the secret, in hexadecimal.
    token_hash TEXT PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    invitation_id BLOB NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX invitation_links_by_invitation ON invitation_links (invitation_id);

CREATE TABLE history (
    id BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    at BIGINT NOT NULL,
    actor_id BLOB REFERENCES users (id),
    -- The name as it was then; the command line and the system have no id.
    actor_name TEXT NOT NULL,
    event TEXT NOT NULL,
    training_id BLOB,
    user_id BLOB,
    -- JSON object with the numbers and words of the event.
    details TEXT NOT NULL
);
CREATE INDEX history_by_organisation ON history (organisation_id, at);
CREATE INDEX history_by_training ON history (training_id, at);
