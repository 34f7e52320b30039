use crate::{BatchId, MessageKind};
use serde::{Deserialize, Serialize};

/// The messages of one press of *Send* or *Resend*, while they wait for their time or are on their way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchView {
    /// The batch.
    pub id: BatchId,
    /// Why they are sent.
    pub kind: MessageKind,
    /// How many there were.
    pub messages: u32,
    /// How many of them are neither handed over nor given up.
    pub left: u32,
    /// Milliseconds until the first of them may go out, as the server's clock has it; `None` once it may.
    pub waits: Option<i64>,
    /// "2 December 2026, 09:00", of a batch whose day and time were chosen.
    pub planned: Option<String>,
    /// Who pressed the button.
    pub by: String,
}

impl BatchView {
    /// How many were handed over, or were refused.
    pub const fn done(&self) -> u32 {
        self.messages.saturating_sub(self.left)
    }
}

/// What came of *Undo* or *Stop*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchEnded {
    /// How many messages will not go out.
    pub withdrawn: u32,
    /// How many had gone out, or were being handed over at that moment.
    pub gone: u32,
}
