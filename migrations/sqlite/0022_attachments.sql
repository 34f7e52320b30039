-- Files of a training that go with its e-mails, whoever wrote their text.
CREATE TABLE text_attachments (
    training_id BLOB NOT NULL REFERENCES trainings (id),
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    kind TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
    document_id BLOB NOT NULL REFERENCES documents (id),
    -- They go in the order in which they were attached.
    attached_at BIGINT NOT NULL,
    PRIMARY KEY (training_id, kind, language, document_id)
);
CREATE INDEX text_attachments_by_document ON text_attachments (document_id);

-- Whether a test message takes along what is attached: one of the organisation's own text does not, though it is shown with a training.
ALTER TABLE test_messages ADD COLUMN attachments BIGINT NOT NULL DEFAULT 0;
