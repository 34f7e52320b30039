-- Imports of people from files: what was brought, how far it is, and what it did, so that it can be gone on with and undone.
CREATE TABLE imports (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    file_name TEXT NOT NULL,
    -- Where the object store has the file; NULL for a file of the command line, which stays where it is.
    storage_key TEXT,
    state TEXT NOT NULL CHECK (state IN ('ready', 'checking', 'checked', 'running', 'done', 'broken', 'undoing', 'undone')),
    created_by UUID REFERENCES users (id),
    created_name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- Who works on it says so here now and then: after a minute of silence somebody else may.
    alive_at BIGINT NOT NULL,
    percent BIGINT NOT NULL,
    -- JSON array of the columns: name, what it is, some cells.
    columns TEXT NOT NULL,
    -- JSON object: what came, or would come, of the lines so far.
    report TEXT NOT NULL,
    -- The last line of the file that is stored.
    stored_line BIGINT NOT NULL,
    -- JSON object: what came of undoing it.
    undone TEXT
);
CREATE INDEX imports_by_organisation ON imports (organisation_id, created_at);

-- What one transaction of an import did, in order.
CREATE TABLE import_batches (
    import_id UUID NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    batch BIGINT NOT NULL,
    -- JSON array: number of a line, what came of it.
    lines TEXT NOT NULL,
    -- JSON array of users: before and after; of those who are new, only after.
    people TEXT NOT NULL,
    -- JSON array of memberships: group, user.
    members TEXT NOT NULL,
    -- JSON object: groups and user types that were made.
    labels TEXT NOT NULL,
    -- When the people were written.
    at BIGINT NOT NULL,
    PRIMARY KEY (import_id, batch)
);

-- What columns of these names were chosen to be, the last time.
CREATE TABLE import_columns (
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    -- The name in the file, folded.
    name TEXT NOT NULL,
    -- Empty for a column that is left out.
    field TEXT NOT NULL,
    PRIMARY KEY (organisation_id, name)
);

-- A person whom an import created by mistake is deleted again: the databases then look for everything that may know them.
CREATE INDEX messages_by_user ON messages (user_id);
CREATE INDEX messages_by_sender ON messages (queued_by) WHERE queued_by IS NOT NULL;
CREATE INDEX invitations_by_confirmer ON invitations (confirmed_by_user) WHERE confirmed_by_user IS NOT NULL;
CREATE INDEX trainings_by_creator ON trainings (created_by) WHERE created_by IS NOT NULL;
CREATE INDEX history_by_actor ON history (actor_id) WHERE actor_id IS NOT NULL;
CREATE INDEX registration_forms_by_publisher ON registration_forms (published_by) WHERE published_by IS NOT NULL;
CREATE INDEX registrations_by_decider ON registrations (decided_by) WHERE decided_by IS NOT NULL;
CREATE INDEX documents_by_sharer ON documents (shared_by) WHERE shared_by IS NOT NULL;
CREATE INDEX documents_by_adder ON documents (added_by) WHERE added_by IS NOT NULL;
CREATE INDEX presences_by_marker ON presences (marked_by) WHERE marked_by IS NOT NULL;
CREATE INDEX imports_by_bringer ON imports (created_by) WHERE created_by IS NOT NULL;
