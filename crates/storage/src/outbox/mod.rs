//! The outbox: one row per message, from the decision to send it to what became of it.
//!
//! [`crate::Transaction::enqueue`] is called in the transaction that decides to send. A worker then reads those that are *due* with the facts
//! they are written from, marks them *sending* under a lease (its name and a time, which it renews), commits, hands them over, and records
//! what came of it. A row found *sending* under a lease that has run
//! out belonged to a worker that died: nobody knows whether it went out, so it becomes *uncertain* and is never sent again by itself.
//!
//! Where several rows are locked, the order is trainings, invitations, messages; who keeps it never waits in a circle. A worker
//! that takes messages does not wait at all: what somebody else holds at that moment is left for later.

mod account;
mod batches;
mod channels;
mod enqueue;
mod facts;
mod lease;
mod listing;
mod notice;
mod paces;
mod past;
mod record;
mod reports;
mod test_message;
#[cfg(test)]
mod tests;

pub use account::{AccountBatch, AccountFacts, NewAccountLink};
pub use batches::{Batch, BatchKey, RunningBatch};
pub use channels::{Destination, StoppedChannel};
pub(crate) use enqueue::INVITES;
pub use enqueue::NewBatch;
pub use facts::{MessageFacts, PersonFacts, TrainingFacts};
pub use lease::Leased;
pub use listing::{MessageLine, MessageQuery, StoredText};
pub use notice::Notice;
pub use paces::pace_of_domain;
pub use past::PastMessage;
pub use record::{NewLink, Outcome, Recorded};
pub use reports::{Heard, NewReport};
pub use test_message::TestMessage;

use crate::Dialect;
use convoke_domain::{Channel, MessageId};
use uuid::Uuid;

/// A batch of this size changes what is worth knowing about a table.
const LARGE: usize = 1_000;

/// What a column of [`listed`] holds.
#[derive(Clone, Copy)]
enum Holds {
    /// An id, made by [`hex`].
    Id,
    Text,
    Number,
}

/// A table for `FROM`: the objects of a JSON array bound as `$n`, with the fields that are named as its columns.
fn listed(dialect: Dialect, n: usize, columns: &[(&str, Holds)]) -> String {
    let column = |&(name, holds): &(&str, Holds)| match (dialect, holds) {
        (Dialect::Sqlite, Holds::Id) => format!("unhex(value ->> '{name}') AS {name}"),
        (Dialect::Sqlite, Holds::Text) => format!("value ->> '{name}' AS {name}"),
        (Dialect::Sqlite, Holds::Number) => {
            format!("CAST(value ->> '{name}' AS BIGINT) AS {name}")
        }
        (Dialect::Postgres, Holds::Id) => format!("{name} UUID"),
        (Dialect::Postgres, Holds::Text) => format!("{name} TEXT"),
        (Dialect::Postgres, Holds::Number) => format!("{name} BIGINT"),
    };
    let columns = columns.iter().map(column).collect::<Vec<_>>().join(", ");
    match dialect {
        // Each row stays as it was parsed: `json_each` would write it as text, to be parsed anew.
        Dialect::Sqlite => format!("(SELECT {columns} FROM jsonb_each(${n}))"),
        // Every object is read once, however many columns it has.
        Dialect::Postgres => {
            format!("(SELECT * FROM json_to_recordset(${n}::json) AS listed({columns}))")
        }
    }
}

/// An id as [`listed`] reads it.
fn hex(id: impl Into<Uuid>) -> String {
    id.into().simple().to_string()
}

/// Adds a lock to a list of rows that are read in order to be changed; rows that somebody else holds are waited for in
/// the order of their ids, or left out. SQLite has one writer, who holds everything.
const fn lock(dialect: Dialect, skip: bool) -> &'static str {
    match (dialect, skip) {
        (Dialect::Sqlite, _) => "",
        (Dialect::Postgres, false) => " ORDER BY id FOR NO KEY UPDATE",
        (Dialect::Postgres, true) => " FOR NO KEY UPDATE SKIP LOCKED",
    }
}

/// A list of channels for `IN`; the words are ours, so they may stand in the statement.
fn words(channels: &[Channel]) -> String {
    channels
        .iter()
        .map(|channel| format!("'{channel}'"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn messages(ids: Vec<Uuid>) -> Vec<MessageId> {
    ids.into_iter().map(MessageId).collect()
}
