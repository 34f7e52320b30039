use crate::person::Route;
use crate::person_form::PersonForm;
use crate::selection::Filter;
use crate::view::OptOutView;
use crate::{GroupId, ImportId, InvitationState, Role, TrainingId, UserId, UserState, UserTypeId};
use serde::{Deserialize, Serialize};

/// A user as a row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// The user.
    pub user_id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail, if known.
    pub email: Option<String>,
    /// Mobile in international form, if known.
    pub mobile: Option<String>,
    /// Employee id, if given.
    pub employee_id: Option<String>,
    /// Name of the user type.
    pub user_type: String,
    /// Names of the groups, in alphabetical order, joined by `, `.
    pub groups: String,
    /// Which address a message would use.
    pub route: Route,
    /// State.
    pub state: UserState,
    /// Wants no messages.
    pub opted_out: bool,
    /// Found although the text has a typing error, or the name has.
    pub similar: bool,
}

/// A choice of a filter: a group or a user type, with its number of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice<Id> {
    /// The id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// How many users of the reader's scope have it.
    pub users: u32,
}

/// The choices of the two drop-down filters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterChoices {
    /// Groups in scope, by name.
    pub groups: Vec<Choice<GroupId>>,
    /// User types, in the organisation's order.
    pub user_types: Vec<Choice<UserTypeId>>,
    /// Trainings, the latest first; no more than a few hundred.
    pub trainings: Vec<TrainingChoice>,
    /// Imports of the last weeks, the latest first; none for whoever may not import.
    pub imports: Vec<ImportChoice>,
}

/// An import to filter by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportChoice {
    /// The id.
    pub id: ImportId,
    /// The file's name and the day it was brought, in the reader's language.
    pub name: String,
}

/// A training to filter by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingChoice {
    /// The id.
    pub id: TrainingId,
    /// Its title and when it begins, in the reader's language.
    pub name: String,
}

/// A person's form with what is around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFormView {
    /// What is known; for somebody new what a form begins with.
    pub form: PersonForm,
    /// Goes back with the form, so that two who change a person at once notice.
    pub version: i64,
    /// Where the person stands.
    pub state: UserState,
    /// The right in the console.
    pub role: Role,
    /// Whether it is the reader, who cannot deactivate themselves.
    pub is_reader: bool,
    /// The trainings they are or were on the list of, the latest first.
    pub trainings: Vec<PersonTraining>,
    /// Whether they are written to.
    pub opt_out: OptOutView,
}

/// A training that somebody is on the list of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonTraining {
    /// The training.
    pub training_id: TrainingId,
    /// Its title.
    pub title: String,
    /// "9–10 December 2026".
    pub dates: String,
    /// Where the invitation stands.
    pub state: InvitationState,
}

/// People of the directory, named or described.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PeopleChoice {
    /// These.
    These(Vec<UserId>),
    /// Everyone who matches as typed, but these.
    Matching(Filter, Vec<UserId>),
}

/// Groups that people join and leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersChange {
    /// Who.
    pub people: PeopleChoice,
    /// They join these.
    pub join: Vec<GroupId>,
    /// They leave these.
    pub leave: Vec<GroupId>,
}
