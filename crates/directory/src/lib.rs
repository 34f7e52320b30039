//! The directory of an organisation in memory, so that choosing people answers while one types, however many there are.
//!
//! A [`Directory`] is one moment of the directory (its version); it never changes, so that searches need no lock. People stand in rows, by sort key, then id,
//! as the database orders them. A search gives a set of rows ([`Bits`]); sets are combined with the saved list of a training ([`Roster`]) and what was
//! moved in a panel ([`Columns`]), counted, and cut into windows. No I/O: the service fills it from the database and keeps it fresh.

mod bits;
mod panel;
mod people;
mod texts;
mod typo;

pub use bits::Bits;
pub use panel::{Columns, Invited, Roster};
pub use people::{Builder, Directory, FEW, Facts, Found, Person};
