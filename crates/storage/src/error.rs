//! What can go wrong in storage.

/// A failure of the database, or a row that says what it must not.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The address in `CONVOKE_DATABASE_URL` is not understood.
    #[error("the database address must start with sqlite: or postgres:// ({0})")]
    Address(String),
    /// The database refused or could not be reached.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error(transparent)]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The folder of the SQLite file cannot be made.
    #[error("cannot make the folder {folder}: {cause}")]
    Folder {
        /// The folder.
        folder: String,
        /// Why.
        cause: std::io::Error,
    },
}

impl StorageError {
    /// Whether a unique constraint refused a row: somebody else was quicker.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(e)) if e.is_unique_violation())
    }

    /// Whether a row is still named by another one.
    pub fn is_foreign_key_violation(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(e)) if e.is_foreign_key_violation())
    }
}
