//! What screens are shown: plain data, already formatted in the reader's language and the training's time zone.
//! The service makes it, server functions carry it, components render it.

mod access;
mod answer;
mod attendance;
mod batches;
mod deliverability;
mod documents;
mod history;
mod import;
mod invitations;
mod join;
mod merge;
mod messages;
mod opt_out;
mod paste;
mod people;
mod presence;
mod registration;
mod reminders;
mod selection;
mod session;
mod settings;
mod texts;
mod training;

pub use access::*;
pub use answer::*;
pub use attendance::*;
pub use batches::*;
pub use deliverability::*;
pub use documents::*;
pub use history::*;
pub use import::*;
pub use invitations::*;
pub use join::*;
pub use merge::*;
pub use messages::*;
pub use opt_out::*;
pub use paste::*;
pub use people::*;
pub use presence::*;
pub use registration::*;
pub use reminders::*;
pub use selection::*;
pub use session::*;
pub use settings::*;
pub use texts::*;
pub use training::*;

use serde::{Deserialize, Serialize};

/// Part of a long list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window<T> {
    /// Index of the first row in the whole list.
    pub offset: u32,
    /// The rows from there.
    pub rows: Vec<T>,
    /// Length of the whole list.
    pub total: u32,
}

impl<T> Default for Window<T> {
    fn default() -> Self {
        Self {
            offset: 0,
            rows: Vec::new(),
            total: 0,
        }
    }
}

/// Which part of a long list is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Range {
    /// Index of the first row.
    pub offset: u32,
    /// Number of rows; the server gives at most [`Range::MAX`].
    pub limit: u32,
}

impl Range {
    /// The most rows one request gets.
    pub const MAX: u32 = 200;

    /// The rows from `offset`.
    pub const fn new(offset: u32, limit: u32) -> Self {
        Self { offset, limit }
    }

    /// The range with its limit within bounds.
    #[must_use]
    pub fn bounded(self) -> Self {
        Self {
            limit: self.limit.min(Self::MAX),
            ..self
        }
    }
}
