use serde::{Deserialize, Serialize};

/// What an administrator decides for the whole organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationSettings {
    /// Name of the organisation.
    pub name: String,
    /// Whom mails name as their sender; empty for the installation's own name.
    pub sender_name: String,
    /// The address that answers to mails go to; empty for the sender's.
    pub reply_to: String,
    /// Whether trainings can be offered with a training code (*login codes*).
    pub login_codes: bool,
    /// Whether a trainer may add someone to the training on the spot.
    pub trainers_add_people: bool,
}
