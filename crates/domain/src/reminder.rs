//! Reminders that go out by themselves, a number of days before the deadline or the start of a training.

use crate::person::text_enum;
use serde::{Deserialize, Serialize};

text_enum! {
    /// What a reminder's days are counted from.
    ReminderAnchor {
        /// The answer deadline: whoever has not answered is asked again.
        Deadline = "deadline",
        /// The start: whoever has not answered is asked again, as long as they still can, and whoever confirmed is told that it is near.
        Start = "start",
    }
}

/// The most days before.
pub const MAX_DAYS: u32 = 60;

/// The most reminders of a training that wait.
pub const MAX_REMINDERS: usize = 10;

/// At this hour of the training's time zone reminders go out.
pub const HOUR: i8 = 9;

/// A reminder to be planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderForm {
    /// How many days before, 1 to [`MAX_DAYS`].
    pub days: u32,
    /// Before what.
    pub anchor: ReminderAnchor,
}
