use crate::message::Problem;
use crate::person::parse_email;
use crate::{Channel, Fate, FieldError, InvitationId, MessageId, MessageKind, TrainingId};
use serde::{Deserialize, Serialize};

/// What the list of messages is narrowed by, combined with AND; an empty part asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageFilter {
    /// Words that the person is called; see [`crate::fold::Query`].
    pub text: String,
    /// What became of it.
    pub fate: Option<Fate>,
    /// By e-mail or SMS.
    pub channel: Option<Channel>,
    /// Why it was sent.
    pub kind: Option<MessageKind>,
    /// The training that it is about.
    pub training: Option<TrainingId>,
}

impl MessageFilter {
    /// Asks for nothing.
    pub const NONE: Self = Self {
        text: String::new(),
        fate: None,
        channel: None,
        kind: None,
        training: None,
    };

    /// The one that asks for nothing.
    pub fn none() -> &'static Self {
        static NONE: MessageFilter = MessageFilter::NONE;
        &NONE
    }

    /// Whether everything is shown.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
            && (Self {
                text: String::new(),
                ..self.clone()
            }) == Self::NONE
    }
}

/// What can be done about a message that did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repair {
    /// Correct the address and write to the person again, about this invitation.
    Invitation(InvitationId),
    /// Put the same message into the queue again: certainly nobody has it.
    Again,
}

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
    /// What became of it.
    pub fate: Fate,
    /// "22 November 2026, 09:14" of the last event.
    pub when: String,
    /// Number of attempts so far.
    pub attempts: u32,
    /// What went wrong, if anything.
    pub problem: Option<Problem>,
    /// The server's own words.
    pub problem_detail: Option<String>,
    /// What can be done about it, if anything has to be.
    pub repair: Option<Repair>,
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
    /// After how many days subject and text were removed; 0 when the reader was forgotten. `None`: they were not.
    pub removed: Option<u32>,
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

/// Where mails that come back are read, and whether they can be. For administrators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BouncesStatus {
    /// `imaps://mail.example.org/INBOX`.
    pub mailbox: String,
    /// "22 November 2026, 09:14" when it was read last; empty when it never was.
    pub read_at: String,
    /// Why it cannot be read, in the server's words, if it cannot.
    pub problem: Option<String>,
}

/// How somebody is reached, as a form holds it: everything as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactForm {
    /// E-mail; empty for none.
    pub email: String,
    /// Mobile, in whatever way; empty for none.
    pub mobile: String,
    /// How they prefer to be written to.
    pub channel: Channel,
}

impl ContactForm {
    /// What can be seen to be wrong without asking anyone.
    pub fn problems(&self) -> Vec<FieldError> {
        let (email, mobile) = (self.email.trim(), self.mobile.trim());
        if email.is_empty() && mobile.is_empty() {
            vec![FieldError::new("email", "error-no-address")]
        } else if !email.is_empty() && parse_email(email).is_none() {
            vec![FieldError::new("email", "error-email")]
        } else {
            Vec::new()
        }
    }
}

/// What is to be put right for one person of a training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactView {
    /// How they are reached now.
    pub form: ContactForm,
    /// The person is saved only if still as they were at this version.
    pub version: i64,
    /// What went wrong, if anything.
    pub problem: Option<Problem>,
    /// The server's own words for it.
    pub problem_detail: Option<String>,
    /// The address that the last message went to, if it went anywhere.
    pub tried: Option<String>,
    /// Whether the reader may change how the person is reached.
    pub may_correct: bool,
    /// Whether the person wants no messages: then nothing is sent.
    pub opted_out: bool,
}

/// What *Save and send again* did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repaired {
    /// The address is saved.
    Saved,
    /// The address is saved, and a message is queued.
    Queued,
    /// The address is saved; a message is on its way already, and takes it.
    OnItsWay,
    /// It is the address of somebody else whom the reader may see. Nothing is saved.
    SomebodyElses {
        /// Which address it is.
        channel: Channel,
        /// Their name.
        name: String,
    },
}
