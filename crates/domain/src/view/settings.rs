use serde::{Deserialize, Serialize};

/// What an administrator decides for the whole organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the page"
)]
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
    /// Seconds in which a batch of messages can be undone before it begins, at most [`MAX_SEND_DELAY`].
    pub send_delay: u32,
    /// Whether *Resend* never reaches who was written to less than 24 hours ago; else its dialog offers to leave them out.
    pub firm_recent: bool,
    /// The same of who was written to five times already.
    pub firm_often: bool,
}

/// The longest [`OrganisationSettings::send_delay`], in seconds (specification, section 3).
pub const MAX_SEND_DELAY: u32 = 300;

impl Default for OrganisationSettings {
    /// What a new organisation begins with.
    fn default() -> Self {
        Self {
            name: String::new(),
            sender_name: String::new(),
            reply_to: String::new(),
            login_codes: false,
            trainers_add_people: false,
            send_delay: 10,
            firm_recent: false,
            firm_often: false,
        }
    }
}
