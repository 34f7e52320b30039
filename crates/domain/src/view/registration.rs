use super::HistoryRow;
use crate::registration::{RegistrationForm, RegistrationSettings, RegistrationState};
use crate::{FieldId, GroupId, RegistrationId, UserId, UserTypeId};
use serde::{Deserialize, Serialize};

/// What the training code opens at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CodeState {
    /// The public page; until "10 December 2026, 17:00".
    Open(String),
    /// Nothing yet; it opens at "9 December 2026, 08:00".
    NotYet(String),
    /// Nothing any more, since then.
    Closed(String),
    /// Nothing: the code is switched off.
    Off,
}

/// The *Self-registration* tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationView {
    /// Whether the organisation's option *login codes* is on; without it the tab only says so.
    pub login_codes: bool,
    /// Whether the reader may switch that option on.
    pub may_change_option: bool,
    /// The settings.
    pub settings: RegistrationSettings,
    /// The training code in two groups (`K7PM-4XRD`); `None` until self-registration was offered once.
    pub code: Option<String>,
    /// The address that the QR code holds; empty without a code.
    pub link: String,
    /// What the code opens now.
    pub code_state: CodeState,
    /// IANA name of the training's time zone, which the times of the settings are in.
    pub time_zone: String,
    /// Seats, if limited.
    pub seats: Option<u32>,
    /// People who count.
    pub confirmed: u32,
    /// People on the waiting list.
    pub waiting: u32,
    /// Registrations that wait for approval.
    pub pending: u32,
    /// Version of the form; 0 before the first was published.
    pub form_version: u32,
    /// The form.
    pub form: RegistrationForm,
    /// How many people have answered a field, in any version.
    pub answered: Vec<(FieldId, u32)>,
    /// Groups that an option can name.
    pub groups: Vec<(GroupId, String)>,
    /// User types that an option can name.
    pub user_types: Vec<(UserTypeId, String)>,
}

/// A question with its answer, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnsweredField {
    /// The question, as it was asked.
    pub label: String,
    /// The answer: the text, "Yes", or the options joined by `, `.
    pub answer: String,
}

/// A registration, for administrators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationRow {
    /// The registration.
    pub id: RegistrationId,
    /// First name, as typed.
    pub first_name: String,
    /// Last name, as typed.
    pub last_name: String,
    /// Where it stands.
    pub state: RegistrationState,
    /// "Registered today at 08:52".
    pub detail: String,
    /// What was answered.
    pub answers: Vec<AnsweredField>,
    /// The user of the directory it belongs to, with the name that the directory has; `None` for a person not known until it is approved.
    pub user: Option<(UserId, String)>,
    /// Whether that user was in the directory before.
    pub known: bool,
}

/// A device that has opened a training's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRow {
    /// What it is known by.
    pub id: String,
    /// What people call it: [`crate::registration::device_name`].
    pub name: String,
    /// "25 November 2026, 09:12", when it last opened the list.
    pub seen: String,
    /// The same, since when it is locked to the training.
    pub locked: Option<String>,
}

/// The devices that have opened a training's list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DevicesView {
    /// First those that are locked, then those that were seen last.
    pub rows: Vec<DeviceRow>,
    /// How many more there are.
    pub more: u32,
}

/// What an approval did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// People who have a seat now.
    pub confirmed: u32,
    /// People who are on the waiting list now.
    pub waiting: u32,
}

/// A person in a training: what happened, and what they answered in the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryView {
    /// Name.
    pub name: String,
    /// E-mail, if known.
    pub email: Option<String>,
    /// Mobile, if known.
    pub mobile: Option<String>,
    /// Their registrations with the code, the newest first.
    pub registrations: Vec<RegistrationRow>,
    /// What happened, the newest first.
    pub lines: Vec<HistoryRow>,
}
