//! The selection of participants: what the panel holds before **Validate**.
//!
//! A selection is not a list of people but a short list of **changes** over the list that is saved:
//! add these, remove those, add everyone who matches a filter, remove all. So a browser that adds
//! 50,000 people holds one line; the server turns the changes into one set-based statement; and a
//! colleague's changes made meanwhile are kept, because whoever is not mentioned stays as saved.
//! The last change that mentions a person decides.

use crate::{GroupId, ImportId, TrainingId, UserId, UserTypeId};
use serde::{Deserialize, Serialize};

/// A list whose people are chosen in a selection panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PeopleList {
    /// The participants of a training.
    Participants(TrainingId),
    /// The members of a group.
    Members(GroupId),
    /// The trainers named in the form of a training: the form holds them, and nothing is saved before it is.
    Trainers,
}

/// The filters of the left column, combined with AND; an empty part asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Filter {
    /// Words as typed; see [`crate::fold::Query`].
    pub text: String,
    /// Members of any of these groups.
    pub groups: Vec<GroupId>,
    /// Of any of these types.
    pub user_types: Vec<UserTypeId>,
    /// With this behind them.
    pub past: Past,
}

impl Filter {
    /// Whether everyone matches.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
            && self.groups.is_empty()
            && self.user_types.is_empty()
            && self.past.is_empty()
    }
}

/// What people have to do with other trainings and with imports, combined with AND; an empty part asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Past {
    /// Not invited to any training since the beginning of this day (`2026-01-31`, in the organisation's time zone): no message went out, and
    /// they neither registered nor were confirmed.
    pub not_invited_since: Option<String>,
    /// Took this training: marked as present on a day, or confirmed where nobody was marked.
    pub took: Option<TrainingId>,
    /// On the list of this training: to send, sent, confirmed or waiting.
    pub same_as: Option<TrainingId>,
    /// Named in the file of this import, known before or not.
    pub came_with: Option<ImportId>,
    /// Want no messages.
    pub opted_out: bool,
}

impl Past {
    /// Whether nothing is asked for.
    pub const fn is_empty(&self) -> bool {
        self.not_invited_since.is_none()
            && self.took.is_none()
            && self.same_as.is_none()
            && self.came_with.is_none()
            && !self.opted_out
    }
}

/// One change over the saved list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// These people, to the right.
    Add(Vec<UserId>),
    /// These people, to the left.
    Remove(Vec<UserId>),
    /// Everyone who matches, to the right.
    AddAll(Filter),
    /// Everyone who was in the saved list when the panel was opened, and everyone added since, to the left.
    RemoveAll,
}

/// More ids than this in one selection are refused: filters are there for more.
pub const MAX_IDS: usize = 50_000;
/// More changes than this in one selection are refused.
pub const MAX_CHANGES: usize = 200;

/// The changes of one open panel, oldest first, in a short form: an id stands in at most one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// The version of the training's list that the panel was opened on.
    pub base_version: i64,
    list: Vec<Change>,
}

impl Changes {
    /// No change over the list as it was at `base_version`.
    pub const fn new(base_version: i64) -> Self {
        Self {
            base_version,
            list: Vec::new(),
        }
    }

    /// The changes, oldest first.
    pub fn list(&self) -> &[Change] {
        &self.list
    }

    /// Whether nothing was moved. What was moved there and back still counts as moved until the server says otherwise.
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Appends a change and drops what it makes pointless.
    pub fn push(&mut self, change: Change) {
        match change {
            Change::Add(ids) => self.push_ids(ids, true),
            Change::Remove(ids) => self.push_ids(ids, false),
            Change::AddAll(filter) => {
                if filter.is_empty() {
                    // Everyone: what was said before of anyone says nothing any more.
                    self.list.clear();
                } else {
                    self.list
                        .retain(|c| !matches!(c, Change::AddAll(f) if *f == filter));
                }
                self.list.push(Change::AddAll(filter));
            }
            Change::RemoveAll => {
                self.list.clear();
                self.list.push(Change::RemoveAll);
            }
        }
    }

    fn push_ids(&mut self, ids: Vec<UserId>, add: bool) {
        if ids.is_empty() {
            return;
        }
        let moved: std::collections::HashSet<UserId> = ids.iter().copied().collect();
        for change in &mut self.list {
            if let Change::Add(old) | Change::Remove(old) = change {
                old.retain(|id| !moved.contains(id));
            }
        }
        self.list
            .retain(|c| !matches!(c, Change::Add(old) | Change::Remove(old) if old.is_empty()));
        let mut seen = std::collections::HashSet::with_capacity(ids.len());
        let ids: Vec<UserId> = ids.into_iter().filter(|id| seen.insert(*id)).collect();
        match (self.list.last_mut(), add) {
            (Some(Change::Add(last)), true) | (Some(Change::Remove(last)), false) => {
                last.extend(ids);
            }
            (_, true) => self.list.push(Change::Add(ids)),
            (_, false) => self.list.push(Change::Remove(ids)),
        }
    }

    /// Whether a person is on the right. `saved` tells whether the saved list has the person and at which version
    /// it was added; `matches` answers for a filter. This is the reference for the statement the databases run.
    pub fn contains(
        &self,
        user: UserId,
        saved: Option<i64>,
        matches: impl Fn(&Filter) -> bool,
    ) -> bool {
        for change in self.list.iter().rev() {
            match change {
                Change::Add(ids) if ids.contains(&user) => return true,
                Change::Remove(ids) if ids.contains(&user) => return false,
                Change::AddAll(filter) if matches(filter) => return true,
                // A colleague's later addition is kept: nobody here saw it when pressing *Remove all*.
                Change::RemoveAll => {
                    return saved.is_some_and(|version| version > self.base_version);
                }
                _ => {}
            }
        }
        saved.is_some()
    }

    /// The filters by which people were added.
    pub fn filters(&self) -> Vec<&Filter> {
        let filters = self.list.iter().filter_map(|change| match change {
            Change::AddAll(filter) => Some(filter),
            _ => None,
        });
        filters.collect()
    }

    /// Number of ids that are named one by one.
    pub fn ids(&self) -> usize {
        self.list
            .iter()
            .map(|c| match c {
                Change::Add(ids) | Change::Remove(ids) => ids.len(),
                Change::AddAll(_) | Change::RemoveAll => 0,
            })
            .sum()
    }

    /// Whether a request that carries these changes is within bounds.
    pub fn within_bounds(&self) -> bool {
        self.list.len() <= MAX_CHANGES && self.ids() <= MAX_IDS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::uuid_v7;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn user(n: u8) -> UserId {
        UserId(uuid_v7(i64::from(n), [n; 10]))
    }

    const PEOPLE: u8 = 12;

    /// A filter that matches the people whose number is divisible by its length.
    fn filter(n: usize) -> Filter {
        Filter {
            text: "x".repeat(n),
            ..Filter::default()
        }
    }

    fn matches(filter: &Filter, n: u8) -> bool {
        filter.text.is_empty() || usize::from(n) % filter.text.len() == 0
    }

    fn change() -> impl Strategy<Value = Change> {
        let ids = prop::collection::vec((0..PEOPLE).prop_map(user), 0..5);
        prop_oneof![
            4 => ids.clone().prop_map(Change::Add),
            4 => ids.prop_map(Change::Remove),
            2 => (0_usize..4).prop_map(|n| Change::AddAll(filter(n))),
            1 => Just(Change::RemoveAll),
        ]
    }

    proptest! {
        /// The short list of changes says the same as moving people between two plain sets.
        #[test]
        fn changes_are_a_set(saved in prop::collection::btree_set(0..PEOPLE, 0..8), steps in prop::collection::vec(change(), 0..30)) {
            let mut changes = Changes::new(1);
            let mut right: BTreeSet<u8> = saved.clone();
            for step in steps {
                for n in 0..PEOPLE {
                    match &step {
                        Change::Add(ids) if ids.contains(&user(n)) => { right.insert(n); }
                        Change::Remove(ids) if ids.contains(&user(n)) => { right.remove(&n); }
                        Change::AddAll(f) if matches(f, n) => { right.insert(n); }
                        Change::RemoveAll => { right.remove(&n); }
                        _ => {}
                    }
                }
                changes.push(step);
                for n in 0..PEOPLE {
                    let base = saved.contains(&n).then_some(1);
                    prop_assert_eq!(changes.contains(user(n), base, |f| matches(f, n)), right.contains(&n), "person {}", n);
                }
                let mut all: Vec<UserId> = changes.list().iter().flat_map(|c| match c {
                    Change::Add(ids) | Change::Remove(ids) => ids.clone(),
                    _ => vec![],
                }).collect();
                let named = all.len();
                all.sort();
                all.dedup();
                prop_assert_eq!(all.len(), named, "an id stands in one change only");
            }
        }
    }

    #[test]
    fn a_colleagues_changes_are_kept() {
        let mut changes = Changes::new(7);
        changes.push(Change::Add(vec![user(1)]));
        assert!(
            changes.contains(user(2), Some(8), |_| false),
            "added meanwhile by a colleague"
        );
        assert!(
            !changes.contains(user(3), None, |_| false),
            "removed meanwhile by a colleague"
        );
        changes.push(Change::RemoveAll);
        assert!(!changes.contains(user(4), Some(7), |_| false));
        assert!(
            changes.contains(user(2), Some(8), |_| false),
            "not seen, so not removed"
        );
    }
}
