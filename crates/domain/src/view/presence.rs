use crate::attendance::{Attendance, HalfDay};
use crate::view::DocumentRow;
use crate::{InvitationId, UserId};
use serde::{Deserialize, Serialize};

/// A participant in the trainer view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenceRow {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The person.
    pub user_id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// How they came to be on the list: "Confirmed yesterday", "Registered today at 08:52".
    pub detail: String,
    /// What is said of them on the half-day shown.
    pub attendance: Option<Attendance>,
    /// "08:52" when they are there; who said so is in `marked_by_trainer`.
    pub present_at: Option<String>,
    /// Whether a trainer marked them rather than they themselves.
    pub marked_by_trainer: bool,
}

/// A half-day of the training, as the trainer view offers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingDay {
    /// The half-day.
    pub half_day: HalfDay,
    /// "Wednesday 9 December, morning".
    pub label: String,
    /// Number of people who are there.
    pub present: u32,
}

/// The participants of a training, for its trainer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParticipantsView {
    /// The half-days of the training.
    pub days: Vec<TrainingDay>,
    /// The half-day that the rows are about, one of `days`; `None` when the training has none.
    pub half_day: Option<HalfDay>,
    /// Whether people can be marked as present on it: its day is today or past.
    pub can_mark: bool,
    /// Everyone who confirmed, by name.
    pub rows: Vec<PresenceRow>,
    /// Whether the reader may add someone on the spot.
    pub may_add: bool,
    /// Documents and links of the training.
    pub documents: Vec<DocumentRow>,
}

/// Someone whom a trainer adds on the spot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnTheSpot {
    /// First name, required.
    pub first_name: String,
    /// Last name, required.
    pub last_name: String,
    /// E-mail, or empty.
    pub email: String,
    /// Mobile, or empty.
    pub mobile: String,
}
