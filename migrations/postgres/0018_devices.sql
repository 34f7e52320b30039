-- When the training code was last renewed or switched off: what a device without network did before that is taken when it comes.
ALTER TABLE self_registrations ADD COLUMN code_ended_at BIGINT;
