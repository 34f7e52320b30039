use crate::message_text::{Placeholder, TextDraft, TextKey};
use crate::person::text_enum;
use crate::{DocumentId, InvitationId, Language, Timestamp, TrainingId};
use serde::{Deserialize, Serialize};

text_enum! {
    /// Who wrote what is said.
    TextSource {
        /// Nobody: it is in the catalogue.
        BuiltIn = "built_in",
        /// The organisation, for all of its trainings.
        Organisation = "organisation",
        /// Somebody, for one training.
        Training = "training",
    }
}

/// A text as the editor shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextView {
    /// Which one.
    pub key: TextKey,
    /// What is said.
    pub draft: TextDraft,
    /// Who wrote that.
    pub source: TextSource,
    /// The change that the next one follows on; `None` when nothing was written here.
    pub version: Option<Timestamp>,
    /// "changed yesterday at 09:12 by Nadia Roux"; empty when nothing was written here.
    pub changed: String,
    /// What would be said if nothing was written here.
    pub beneath: TextDraft,
    /// Who wrote that.
    pub beneath_source: TextSource,
}

/// Somebody whose message can be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextReader {
    /// Their invitation.
    pub id: InvitationId,
    /// Their name.
    pub name: String,
}

/// A file of a training, which can go with its e-mails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextFile {
    /// The document.
    pub id: DocumentId,
    /// Its name.
    pub name: String,
    /// "PDF · 1.2 MB".
    pub detail: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Whether trainees see it in their training space.
    pub shared: bool,
}

/// Attaches a file of a training to one of its e-mails, or takes it off again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachRequest {
    /// The training.
    pub training: TrainingId,
    /// The e-mail.
    pub key: TextKey,
    /// The file.
    pub document: DocumentId,
    /// Whether it shall go with it.
    pub attach: bool,
}

/// A file as it is listed with a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachedFile {
    /// Its name.
    pub name: String,
    /// "1.2 MB".
    pub size: String,
}

/// All texts of an organisation or training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextsView {
    /// The training, with its title; `None` for the organisation's.
    pub training: Option<(TrainingId, String)>,
    /// Every kind, language and channel.
    pub texts: Vec<TextView>,
    /// People of the training, the first few hundred by name; nobody for the organisation's.
    pub readers: Vec<TextReader>,
    /// Where a test message by e-mail goes; `None` without an address.
    pub test_email: Option<String>,
    /// Where a test message by SMS goes.
    pub test_mobile: Option<String>,
    /// The files of the training; none for the organisation's.
    #[serde(default)]
    pub files: Vec<TextFile>,
    /// Which of them go with which e-mail, in their order.
    #[serde(default)]
    pub attached: Vec<(TextKey, Vec<DocumentId>)>,
}

/// What the placeholders stand for in the message to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReaderValues {
    /// The reader's name.
    pub name: String,
    /// What the message is about.
    pub training: String,
    /// The language that they read.
    pub language: Language,
    /// The values, in every language.
    pub values: Vec<(Language, Vec<(Placeholder, String)>)>,
    /// A link as long as a real one.
    pub sample_link: String,
}

/// A text that is being written, and as whom to look at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextRequest {
    /// The training; `None` for the organisation's.
    pub training: Option<TrainingId>,
    /// Which text.
    pub key: TextKey,
    /// What was typed.
    pub draft: TextDraft,
    /// The reader; `None` for whoever asks.
    pub reader: Option<InvitationId>,
}

/// A change of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveText {
    /// The training; `None` for the organisation's.
    pub training: Option<TrainingId>,
    /// Which text.
    pub key: TextKey,
    /// What it shall say; `None` for what is beneath.
    pub draft: Option<TextDraft>,
    /// [`TextView::version`] of the text that was changed.
    pub version: Option<Timestamp>,
}
