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
    /// "08:52" when they are there on the day shown; who said so is in `marked_by_trainer`.
    pub present_at: Option<String>,
    /// Whether a trainer marked them rather than they themselves.
    pub marked_by_trainer: bool,
}

/// A day of the training, as the trainer view offers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingDay {
    /// `2026-12-09`.
    pub day: String,
    /// "Wednesday 9 December".
    pub label: String,
    /// Number of people who are there.
    pub present: u32,
}

/// The participants of a training, for its trainer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParticipantsView {
    /// The days of the training.
    pub days: Vec<TrainingDay>,
    /// The day that the rows are about, one of `days`; empty when the training has no day.
    pub day: String,
    /// Whether people can be marked on it: it is today or past.
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
