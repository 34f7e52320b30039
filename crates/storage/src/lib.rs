//! Storage on SQLite and PostgreSQL, behind one contract.
//!
//! A [`Transaction`] is the repository: [`Storage::begin`] to write, [`Storage::read`] to look, methods for every
//! question and change (one file per subject), [`Transaction::commit`]. Dropping it undoes everything.
//!
//! A statement that both databases take is written once and instantiated for both drivers by the `on!` macro;
//! where they differ (search, lists of ids, leasing) [`Dialect`] holds the words, side by side. Nothing
//! outside this crate knows SQL.

pub mod attachments;
mod dialect;
pub mod directory;
pub mod documents;
mod error;
pub mod export;
pub mod history;
pub mod imports;
pub mod installation;
pub mod invitations;
mod leases;
mod macros;
pub mod message_texts;
mod migrations;
pub mod outbox;
mod pool;
pub mod presence;
pub mod registration;
pub mod reminders;
pub mod retention;
mod row;
pub mod selection;
pub mod sessions;
pub mod trainings;
pub mod visits;

pub use dialect::Dialect;
pub use error::StorageError;
pub use pool::{Storage, Transaction};

/// The result of every method here.
pub type Result<T> = std::result::Result<T, StorageError>;

/// A count as the domain has it.
fn count(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
