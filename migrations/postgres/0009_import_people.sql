-- Whom a file named, known and new, whatever came of their lines: they can be chosen for a training together.
-- JSON array of the ids; empty for what was imported before.
ALTER TABLE import_batches ADD COLUMN everyone TEXT NOT NULL DEFAULT '[]';
