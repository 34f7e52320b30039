use crate::training::{Phase, TrainingForm};
use crate::{TrainingId, UserId};
use serde::{Deserialize, Serialize};

/// How many invitations stand in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateCounts {
    /// *Invitations to send*.
    pub to_send: u32,
    /// *Invitations sent*.
    pub sent: u32,
    /// *Invited and confirmed*.
    pub confirmed: u32,
    /// *Declined*.
    pub declined: u32,
    /// *Waiting list*.
    pub waiting: u32,
}

/// A training as a row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingRow {
    /// The training.
    pub id: TrainingId,
    /// Title.
    pub title: String,
    /// "9–10 December 2026", in the training's zone and the reader's language.
    pub dates: String,
    /// Place, perhaps empty.
    pub place: String,
    /// Names of the trainers, joined by `, `.
    pub trainers: String,
    /// Where it stands on the calendar.
    pub phase: Phase,
    /// Seats, if limited.
    pub seats: Option<u32>,
    /// Counts; `None` for a reader who only is its trainer.
    pub counts: Option<StateCounts>,
}

/// The list of trainings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingsView {
    /// Trainings of the asked phase that match, upcoming and running by start, past by start backwards.
    pub rows: Vec<TrainingRow>,
    /// Whether the reader may create a training.
    pub may_create: bool,
    /// Whether the organisation has any training at all (for the empty state).
    pub any: bool,
    /// Number of upcoming, running and past trainings that match the search.
    pub phases: [u32; 3],
}

/// Which view of a training is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Perspective {
    /// *Administrator view*.
    Administrator,
    /// *Trainer view*.
    Trainer,
}

/// A training as the head and the overview of its page show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingView {
    /// The training.
    pub id: TrainingId,
    /// Title.
    pub title: String,
    /// Description, plain text.
    pub description: String,
    /// "9–10 December 2026".
    pub dates: String,
    /// "09:00–17:00, 2 days (Europe/Paris)".
    pub times: String,
    /// Place, perhaps empty.
    pub place: String,
    /// Trainers: id and name.
    pub trainers: Vec<(UserId, String)>,
    /// Seats, if limited.
    pub seats: Option<u32>,
    /// "2 December 2026, 18:00", if there is one.
    pub answer_deadline: Option<String>,
    /// Where it stands on the calendar.
    pub phase: Phase,
    /// Counts; `None` for a reader who has only the trainer view.
    pub counts: Option<StateCounts>,
    /// Whether the reader may switch to the administrator view.
    pub may_administer: bool,
    /// The training code in its two groups, while it opens the public page, or is going to.
    pub code: Option<String>,
}

/// A training opened for editing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingFormView {
    /// The values of the inputs.
    pub form: TrainingForm,
    /// Names of the trainers in `form.trainers`, in the same order.
    pub trainer_names: Vec<String>,
}
