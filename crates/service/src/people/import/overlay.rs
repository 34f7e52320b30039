//! What a check would have stored so far, laid over what the database knows.

use super::Line;
use super::journal;
use super::plan::{Key, Known, Plan, keys, keys_of};
use convoke_domain::{GroupId, UserId, UserTypeId};
use convoke_storage::directory::{Membership, User};
use std::collections::{HashMap, HashSet};

/// People, memberships, groups and user types that would be there by now.
#[derive(Default)]
pub(super) struct Overlay {
    people: HashMap<UserId, User>,
    owners: HashMap<Key, UserId>,
    memberships: HashSet<Membership>,
    /// Those that would be made, by their name in lower case.
    groups: HashMap<String, GroupId>,
    types: HashMap<String, UserTypeId>,
    /// What they are called, in order.
    pub new_groups: Vec<String>,
    pub new_user_types: Vec<String>,
}

impl Overlay {
    /// What is known, as it would be by now, with the labels that lines bring.
    pub fn over(
        &mut self,
        mut known: Known,
        lines: &[Line],
        new_id: impl Fn() -> uuid::Uuid,
    ) -> Known {
        for line in lines {
            for name in &line.groups {
                let lower = name.to_lowercase();
                if !known.groups.contains_key(&lower) && !self.groups.contains_key(&lower) {
                    self.groups.insert(lower, new_id().into());
                    self.new_groups.push(name.clone());
                }
            }
            if let Some(name) = &line.user_type {
                let lower = name.to_lowercase();
                if !known.types.contains_key(&lower) && !self.types.contains_key(&lower) {
                    self.types.insert(lower, new_id().into());
                    self.new_user_types.push(name.clone());
                }
            }
        }
        known.groups.extend(self.groups.clone());
        known.types.extend(self.types.clone());
        let mut there: HashSet<UserId> = HashSet::new();
        for user in &mut known.users {
            there.insert(user.id);
            if let Some(changed) = self.people.get(&user.id) {
                user.clone_from(changed);
            }
        }
        for line in lines {
            let keys = keys(
                line.employee_id.as_deref(),
                line.email.as_deref(),
                line.mobile.as_deref(),
            );
            for user in keys.iter().filter_map(|key| self.owners.get(key)) {
                if there.insert(*user) {
                    known.users.push(self.people[user].clone());
                }
            }
        }
        known.memberships.extend(&self.memberships);
        known
    }

    /// Remembers what would be stored now.
    pub fn remember(&mut self, before: &[User], plan: Plan) {
        for user in before {
            for key in keys_of(user) {
                if self.owners.get(&key) == Some(&user.id) {
                    self.owners.remove(&key);
                }
            }
        }
        // Those who were looked at keep their keys where nothing changed for them.
        let unchanged = before
            .iter()
            .filter(|user| self.people.contains_key(&user.id));
        let unchanged: Vec<User> = unchanged.cloned().collect();
        let new = plan.inserts.into_iter().map(journal::user);
        for user in unchanged.into_iter().chain(plan.updates).chain(new) {
            for key in keys_of(&user) {
                self.owners.insert(key, user.id);
            }
            self.people.insert(user.id, user);
        }
        self.memberships.extend(plan.members);
    }
}
