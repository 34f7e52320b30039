use crate::ReminderId;
use crate::reminder::ReminderForm;
use serde::{Deserialize, Serialize};

/// The reminders of a training.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemindersView {
    /// The earliest first.
    pub reminders: Vec<ReminderView>,
    /// Whether the training has a deadline to count from.
    pub has_deadline: bool,
}

/// A planned reminder, or one that went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderView {
    /// The reminder.
    pub id: ReminderId,
    /// How many days before what.
    pub form: ReminderForm,
    /// "30 November 2026, 09:00": when it goes out, or went out. Empty when what it counts from was taken away.
    pub when: String,
    /// To how many it went; `None` while it waits.
    pub sent: Option<u32>,
    /// Who planned it.
    pub by: String,
}

/// What happened in a training since somebody last looked at its Invitations tab.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitNews {
    /// "yesterday", "3 h ago": when they did.
    pub since: String,
    /// How many confirmed by the link.
    pub confirmed: u32,
    /// How many registered with the training code.
    pub registered: u32,
    /// How many declined.
    pub declined: u32,
    /// How many came onto the waiting list.
    pub waiting: u32,
    /// How many messages came back or were refused for good.
    pub failed: u32,
}

impl VisitNews {
    /// Whether nothing happened.
    pub const fn is_empty(&self) -> bool {
        self.confirmed + self.registered + self.declined + self.waiting + self.failed == 0
    }
}
