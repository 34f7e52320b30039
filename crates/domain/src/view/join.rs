use crate::registration::{ListShows, Posted, Proof, RegistrationForm};
use crate::view::{AnsweredField, DocumentRow};
use crate::{FieldError, InvitationState, Language, RegistrationId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A training, as public pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicTraining {
    /// Name of the organisation.
    pub organisation: String,
    /// Title.
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
}

/// A name of the public list. The id says nothing about the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// What is posted when the name is tapped: the id of the registration, or of the invitation of somebody who answered by the link.
    pub id: Uuid,
    /// The name, as the setting shows it.
    pub name: String,
    /// The initials in the circle.
    pub initials: String,
    /// The letter of the alphabet bar: `A`–`Z`, or `#`.
    pub letter: char,
    /// "08:52" when they are there on this half-day.
    pub present_at: Option<String>,
    /// Whether they are on the waiting list.
    pub waiting: bool,
    /// "09:12" when somebody has entered by this name on another device, a short while ago or still.
    pub elsewhere: Option<String>,
}

/// The page behind the training code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinView {
    /// The code as it stands in addresses.
    pub code: String,
    /// The training.
    pub training: PublicTraining,
    /// What the list shows; with [`ListShows::Search`] `listed` is empty until two letters are searched for.
    pub list_shows: ListShows,
    /// What tapping a name asks for.
    pub proof: Proof,
    /// The names, by last name; those that match the search.
    pub listed: Vec<Listed>,
    /// Seats left, when they are limited.
    pub seats_left: Option<u32>,
    /// Whether somebody who registers now is put on the waiting list.
    pub full: bool,
    /// Whether registering is possible: not when the training is full and has no waiting list.
    pub can_register: bool,
}

/// The registration form, to be filled in or corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinFormView {
    /// The code as it stands in addresses.
    pub code: String,
    /// The training.
    pub training: PublicTraining,
    /// Made with the form: however often it is posted, it counts once.
    pub registration: RegistrationId,
    /// The version of the form.
    pub version: u32,
    /// The fields.
    pub form: RegistrationForm,
    /// What was typed so far.
    pub posted: Posted,
    /// What has to be corrected.
    pub problems: Vec<FieldError>,
    /// Whether somebody who registers now is put on the waiting list.
    pub full: bool,
    /// Whether an administrator approves registrations.
    pub approval: bool,
}

/// What tapping a name led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entered {
    /// Into the training space; the secret is for the cookie.
    Space(String),
    /// First a proof is asked for.
    Asked(Proof),
    /// First it is asked whether it is them: somebody has entered by this name on another device.
    Elsewhere,
}

/// The page that asks whether it is them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElsewhereView {
    /// The code as it stands in addresses.
    pub code: String,
    /// The training.
    pub training: PublicTraining,
    /// The name that was tapped; [`Listed::elsewhere`] says when somebody entered by it.
    pub listed: Listed,
}

/// The page that asks for a proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofView {
    /// The code as it stands in addresses.
    pub code: String,
    /// The training.
    pub training: PublicTraining,
    /// The name that was tapped.
    pub listed: Listed,
    /// What is asked for; never [`Proof::Nothing`].
    pub proof: Proof,
    /// What was wrong with the last attempt: the key of a sentence.
    pub problem: Option<String>,
}

/// How somebody came into the training space, which decides what of their own they see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// By tapping a name, without a proof: their answers stay hidden.
    Tapped,
    /// By tapping a name, with a proof.
    Proven,
    /// By having registered on this device.
    Registered,
    /// By their personal link.
    Link,
}

/// The training space of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpaceView {
    /// What stands for the person in the list ([`Listed::id`]): the colour of the circle comes from it.
    pub id: Uuid,
    /// The code of the list to go back to; `None` for who came by a link.
    pub code: Option<String>,
    /// The training.
    pub training: PublicTraining,
    /// The person's name.
    pub name: String,
    /// Initials.
    pub initials: String,
    /// How they came in.
    pub entry: Entry,
    /// Where they stand; `None` while an administrator has not approved yet.
    pub state: Option<InvitationState>,
    /// Their answers in the form; empty for [`Entry::Tapped`].
    pub answers: Vec<AnsweredField>,
    /// The documents shared so far.
    pub documents: Vec<DocumentRow>,
    /// Whether *I am here* is offered: the training is on today, and they have not said so for this half-day; or they still have to sign.
    pub can_arrive: bool,
    /// "08:52" when they are there on this half-day.
    pub present_at: Option<String>,
    /// The half-day that *I am here* is about, "Wednesday 9 December, morning"; empty when the training is not on.
    pub half_day: String,
    /// Whether *I am here* asks for a signature.
    pub asks_signature: bool,
    /// Whether they may have their own attendance sheet.
    pub can_print: bool,
    /// What a device that loses the network sends with *I am here*, so that it is known that they had entered. It opens nothing.
    pub entrance: String,
    /// The language of the page, when the person has one that they have shown to be theirs.
    pub language: Option<Language>,
}
