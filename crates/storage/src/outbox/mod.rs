//! The outbox: one row per message, from the decision to send it to what became of it.
//!
//! [`Transaction::enqueue`] is called in the transaction that decides to send. A worker then *leases* queued rows
//! (its name and a time on them keep others away), reads the facts they are written from, marks them
//! *sending*, commits, hands them over, and records what came of it. A row found *sending* under a lease that has run
//! out belonged to a worker that died: nobody knows whether it went out, so it becomes *uncertain* and is never sent again by itself.
//!
//! Where several rows are locked, the order is trainings, invitations, messages; everyone who keeps it never waits in a circle.

mod enqueue;
mod facts;

pub use enqueue::NewBatch;
pub use facts::{MessageFacts, PersonFacts, TrainingFacts};
