//! The outbox: one row per message, from the decision to send it to what became of it.
//!
//! [`crate::Transaction::enqueue`] is called in the transaction that decides to send. A worker then *leases* queued rows
//! (its name and a time on them keep others away), reads the facts they are written from, marks them
//! *sending*, commits, hands them over, and records what came of it. A row found *sending* under a lease that has run
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
mod past;
mod record;
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
pub use past::PastMessage;
pub use record::{NewLink, Outcome, Recorded};
pub use test_message::TestMessage;

use crate::Dialect;
use convoke_domain::{Channel, MessageId};
use uuid::Uuid;

/// A batch of this size changes what is worth knowing about a table.
const LARGE: usize = 1_000;

/// A source of rows for `FROM`: the elements, called `value`, of a JSON array bound as `$n`.
fn json_rows(dialect: Dialect, n: usize) -> String {
    match dialect {
        Dialect::Sqlite => format!("json_each(${n})"),
        Dialect::Postgres => format!("json_array_elements(${n}::json) AS listed(value)"),
    }
}

/// The id under a name in a row of [`json_rows`].
fn json_uuid(dialect: Dialect, name: &str) -> String {
    match dialect {
        Dialect::Sqlite => format!("unhex(value ->> '{name}')"),
        Dialect::Postgres => format!("(value ->> '{name}')::uuid"),
    }
}

/// An id as [`json_uuid`] reads it.
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
