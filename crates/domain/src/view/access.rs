//! What people may do in the console, and how they get a password.

use super::PeopleChoice;
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

/// What inviting several people to choose a password does: how many of them there are of each sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPlan {
    /// Get the link by e-mail.
    pub email: u32,
    /// Get it by SMS.
    pub sms: u32,
    /// Have neither e-mail nor mobile.
    pub unreachable: u32,
    /// Were written to about their account less than a day ago.
    pub written_to: u32,
    /// Have a password.
    pub has_password: u32,
    /// Are deactivated.
    pub inactive: u32,
    /// Want no messages.
    pub opted_out: u32,
}

impl AccountPlan {
    /// How many get a link.
    pub const fn messages(&self) -> u32 {
        self.email + self.sms
    }
}

/// People to be invited to choose a password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteAccounts {
    /// Who.
    pub people: PeopleChoice,
    /// What was shown of them: when it is not so any more, nobody is invited.
    pub shown: AccountPlan,
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
    /// Whether they have a password, and choose another.
    pub has_password: bool,
}
