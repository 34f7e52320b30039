use crate::message::Problem;
use crate::{Channel, MessageId, MessageKind, MessageState, TrainingId};
use serde::{Deserialize, Serialize};

/// A message as a row of the *Messages* page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageRow {
    /// The message.
    pub id: MessageId,
    /// Name of the person.
    pub to: String,
    /// The training it is about, if any, and its title.
    pub training: Option<(TrainingId, String)>,
    /// Why it is sent.
    pub kind: MessageKind,
    /// By e-mail or SMS.
    pub channel: Channel,
    /// Where it stands.
    pub state: MessageState,
    /// "22 November 2026, 09:14" of the last event.
    pub when: String,
    /// Number of attempts so far.
    pub attempts: u32,
    /// What went wrong, if anything.
    pub problem: Option<Problem>,
    /// The server's own words.
    pub problem_detail: Option<String>,
}

/// The text of a message as it went out, with the secret of its link blotted out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageText {
    /// Address it went to.
    pub address: String,
    /// Subject; empty for an SMS.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

/// Where messages go in this installation, and whether something stops them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelStatus {
    /// The channel.
    pub channel: Channel,
    /// "Written to files in data/outbox", `smtp://mail.example.org:587`.
    pub destination: String,
    /// Whether it only writes files.
    pub is_file: bool,
    /// Why it is stopped, in the server's words, if it is.
    pub stopped: Option<String>,
}
