use crate::{GroupId, Language, TrainingId, UserId, UserTypeId};
use serde::{Deserialize, Serialize};

/// What is to be made of a pasted text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasteRequest {
    /// The training.
    pub training_id: TrainingId,
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasteOutcome {
    /// People put on the list.
    pub chosen: u32,
    /// Of those, people who are new in the directory.
    pub created: u32,
}
