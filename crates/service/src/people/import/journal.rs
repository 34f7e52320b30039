//! What a transaction of an import did, as it is written down in it.

use super::LineResult;
use super::as_json;
use super::plan::Plan;
use convoke_domain::{GroupId, UserId, UserTypeId};
use convoke_storage::directory::{Membership, NewUser, User};
use convoke_storage::imports::ImportBatch;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// Groups and user types that an import made.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Labels {
    pub groups: Vec<(GroupId, String)>,
    pub user_types: Vec<(UserTypeId, String)>,
}

/// A person that an import wrote.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Written {
    /// As they were; nothing for somebody new.
    pub before: Option<User>,
    /// As it left them.
    pub after: User,
}

/// What a transaction did.
#[derive(Debug)]
pub(super) struct Journal {
    pub people: Vec<Written>,
    pub members: Vec<Membership>,
    pub labels: Labels,
    /// Everybody whom the lines named, changed or not.
    pub everyone: Vec<UserId>,
}

impl Journal {
    /// Of people as they were `before`, and what was planned for them.
    pub fn of(before: &[User], plan: Plan, labels: Labels) -> Self {
        let before: HashMap<UserId, &User> = before.iter().map(|user| (user.id, user)).collect();
        let updated = plan.updates.into_iter().map(|after| Written {
            before: before.get(&after.id).copied().cloned(),
            after,
        });
        let mut people: Vec<Written> = updated.collect();
        people.extend(plan.inserts.into_iter().map(|new| Written {
            before: None,
            after: user(new),
        }));
        Self {
            people,
            members: plan.members,
            labels,
            everyone: plan.everyone,
        }
    }

    /// Whom it changed.
    pub fn whom(&self) -> Vec<UserId> {
        let people = self.people.iter().map(|person| person.after.id);
        let all: BTreeSet<UserId> = people
            .chain(self.members.iter().map(|member| member.user_id))
            .collect();
        all.into_iter().collect()
    }

    /// As it is stored, with what came of the lines.
    pub fn batch(&self, batch: i64, lines: &[(u64, LineResult)]) -> ImportBatch {
        ImportBatch {
            batch,
            lines: as_json(&lines),
            people: as_json(&self.people),
            members: as_json(&self.members),
            labels: as_json(&self.labels),
            everyone: as_json(&self.everyone),
        }
    }

    /// As it was stored.
    pub fn read(batch: &ImportBatch) -> serde_json::Result<Self> {
        Ok(Self {
            people: serde_json::from_str(&batch.people)?,
            members: serde_json::from_str(&batch.members)?,
            labels: serde_json::from_str(&batch.labels)?,
            everyone: serde_json::from_str(&batch.everyone)?,
        })
    }
}

/// Somebody new, as they are read afterwards but for the name of their type.
pub(super) fn user(new: NewUser) -> User {
    User {
        id: new.id,
        organisation_id: new.organisation_id,
        last_name: new.last_name,
        first_name: new.first_name,
        email: new.email,
        mobile: new.mobile,
        channel: new.channel,
        language: new.language,
        user_type_id: new.user_type_id,
        user_type: String::new(),
        employee_id: new.employee_id,
        state: new.state,
        role: new.role,
    }
}
