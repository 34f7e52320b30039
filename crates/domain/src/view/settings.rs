use crate::retention::Retention;
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
    /// Whether *I am here* asks for a signature.
    #[serde(default)]
    pub sign_presence: bool,
    /// How long what is known of people is kept.
    pub retention: Retention,
    /// Days after which a personal link is past its time, and only offers a fresh one; 1 to [`MAX_LINK_DAYS`].
    pub link_days: u32,
}

/// The longest [`OrganisationSettings::link_days`].
pub const MAX_LINK_DAYS: u32 = 730;

/// What would be forgotten this moment with some settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionPreview {
    /// People, and registrations of people whom nobody knows.
    pub people: u32,
    /// Texts of messages.
    pub texts: u32,
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
            // What is forgotten does not come back: nothing is before somebody says so.
            retention: Retention::default(),
            link_days: 180,
            sign_presence: false,
        }
    }
}
