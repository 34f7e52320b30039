//! What people may do in the console, and how they get a password.

use crate::{Channel, GroupId, Language, Role, UserState};
use serde::{Deserialize, Serialize};

/// What somebody may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessForm {
    /// The right.
    pub role: Role,
    /// The groups whose people an authorised user sees and invites; of nobody else.
    pub scope: Vec<GroupId>,
}

/// Whether somebody can sign in, and what they may do then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessView {
    /// Where they stand.
    pub state: UserState,
    /// Whether they are who reads this: nobody changes their own right.
    pub is_reader: bool,
    /// Whether they have an e-mail or a mobile.
    pub can_be_reached: bool,
    /// The right, and the groups.
    pub form: AccessForm,
}

/// What came of inviting somebody to choose a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountInvited {
    /// How they are written to.
    pub channel: Channel,
    /// Where they stand now.
    pub state: UserState,
}

/// The page behind the link by which somebody chooses a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountPage {
    /// Who.
    pub name: String,
    /// What they sign in with.
    pub identifier: String,
    /// Name of the organisation.
    pub organisation: String,
    /// The language they read.
    pub language: Language,
}
