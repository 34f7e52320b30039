-- Whom a line of the history is about where it is about several: the people of an import, those who joined and left groups together.
CREATE TABLE history_people (
    user_id BLOB NOT NULL REFERENCES users (id),
    -- The line may come later: that of an import is written when it is over.
    history_id BLOB NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (user_id, history_id)
) WITHOUT ROWID;
