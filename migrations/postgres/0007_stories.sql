-- A person's story reads the history by whom it is about; merging two people does too.
CREATE INDEX history_by_user ON history (user_id, at) WHERE user_id IS NOT NULL;

-- Nothing reads when a transaction of an import was written.
ALTER TABLE import_batches DROP COLUMN at;
