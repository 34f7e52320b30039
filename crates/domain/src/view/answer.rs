use crate::{InvitationState, Language};
use serde::{Deserialize, Serialize};

/// The page behind the link of an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerView {
    /// The language of the person.
    pub language: Language,
    /// Name of the organisation.
    pub organisation: String,
    /// First name of the person.
    pub first_name: String,
    /// Title of the training.
    pub title: String,
    /// "9–10 December 2026".
    pub dates: String,
    /// "09:00–17:00, 2 days".
    pub times: String,
    /// "Europe/Paris".
    pub time_zone: String,
    /// Place, perhaps empty.
    pub place: String,
    /// Names of the trainers, joined by `, `.
    pub trainers: String,
    /// Description, plain text.
    pub description: String,
    /// The invitation's present state.
    pub state: InvitationState,
    /// "2 December 2026, 18:00": until then the answer can be given and changed.
    pub answer_until: String,
    /// Why no answer can be given any more: the key of a sentence (`gone-…`), shown with status 410.
    pub gone: Option<String>,
    /// What *I will attend* would give now.
    pub offer: Offer,
    /// Whether the person wants no messages of the organisation.
    pub opted_out: bool,
}

/// A personal link whose page does not show the invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedLink {
    /// The language of the person.
    pub language: Language,
    /// Name of the organisation.
    pub organisation: String,
    /// Whether the person is forgotten; else the link is past its time, and a fresh one can be asked for.
    pub forgotten: bool,
}

/// What there is for somebody who wants to attend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offer {
    /// A place.
    Place,
    /// A place on the waiting list: they registered by themselves, gave their place back, and it has been taken.
    WaitingList,
    /// Nothing, since there is no waiting list either.
    Nothing,
}

/// An answer by the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// *I will attend*.
    Attend,
    /// *I cannot attend*.
    Decline,
}
