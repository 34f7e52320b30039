//! Who acts. Every use case takes an [`Actor`]; none exists without one.

use crate::person::text_enum;
use crate::{GroupId, Language, OrganisationId, UserId};

text_enum! {
    /// What a user may do in the console, beside being a trainer of named trainings.
    Role {
        /// Everything in the organisation.
        Administrator = "administrator",
        /// Trainings and invitations, limited to the users of the groups in their scope.
        Authorised = "authorised",
        /// No right of their own: a trainer of the trainings that name them, or a trainee.
        Member = "member",
    }
}

/// The person (or the command line) on whose behalf something is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The organisation everything is looked up in.
    pub organisation_id: OrganisationId,
    /// The user; `None` for the command line and the system itself.
    pub user_id: Option<UserId>,
    /// First and last name, for the history.
    pub name: String,
    /// The right.
    pub role: Role,
    /// The groups an authorised user may see; empty and unused for other roles.
    pub scope: Vec<GroupId>,
    /// The language this person reads.
    pub language: Language,
    /// The address of the network that they act from, for the history; empty for the command line and the system itself.
    pub origin: String,
}

impl Actor {
    /// Whether this person may manage trainings and invite.
    pub const fn may_invite(&self) -> bool {
        matches!(self.role, Role::Administrator | Role::Authorised)
    }

    /// The groups to limit users to; `None` means the whole organisation.
    pub fn user_scope(&self) -> Option<&[GroupId]> {
        match self.role {
            Role::Administrator => None,
            Role::Authorised | Role::Member => Some(&self.scope),
        }
    }
}
