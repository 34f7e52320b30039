use crate::selection::{Changes, PeopleList};
use crate::{GroupId, Language, TrainingId, UserId, UserTypeId};
use serde::{Deserialize, Serialize};

/// Where pasted people go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PasteTarget {
    /// On the list of participants of a training, at once.
    Training(TrainingId),
    /// To the right of an open selection panel that holds these changes: nobody is on its list before *Validate*.
    Panel(PeopleList, Changes),
}

/// What is to be made of a pasted text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasteRequest {
    /// Where its people go.
    pub target: PasteTarget,
    /// The text; see [`crate::paste::entries`].
    pub text: String,
    /// Whether people whom nobody knows are created; else they are left out.
    pub create: bool,
    /// Their language.
    pub language: Language,
    /// Their type; the organisation's first one when not chosen.
    pub user_type: Option<UserTypeId>,
    /// A group for them; whoever may invite some groups only has to choose one.
    pub group: Option<GroupId>,
}

/// A pasted text, sorted; nothing is done yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasteView {
    /// People of the directory who can be put on the list.
    pub known: Vec<PastedPerson>,
    /// Addresses that nobody has.
    pub new: Vec<PastedAddress>,
    /// What is left out, and why.
    pub left_out: Vec<LeftOut>,
    /// Groups that new people can be put into.
    pub groups: Vec<(GroupId, String)>,
    /// Types that new people can have.
    pub user_types: Vec<(UserTypeId, String)>,
    /// Whether a group has to be chosen for new people.
    pub group_required: bool,
    /// The organisation's language.
    pub language: Language,
}

/// Somebody whose address was pasted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastedPerson {
    /// The person.
    pub user_id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The address, as pasted.
    pub address: String,
}

/// An address that nobody has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastedAddress {
    /// The e-mail, or the mobile in international form.
    pub address: String,
    /// First name, if one was pasted with it.
    pub first_name: String,
    /// Last name, if one was pasted with it.
    pub last_name: String,
}

/// A piece of the text that is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Its line, from 1.
    pub line: u32,
    /// The piece.
    pub text: String,
    /// Why: the key of a sentence (`paste-…`).
    pub reason: String,
}

/// What was done with a pasted text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasteOutcome {
    /// People put on the list.
    pub chosen: u32,
    /// People who are new in the directory.
    pub created: u32,
    /// For a panel: who is to be moved to the right.
    pub people: Vec<UserId>,
}
