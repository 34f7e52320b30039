//! Which rows of a column are selected. Rows are named by person, so that a selection survives what happens around it;
//! "everything" and ranges over rows that are not loaded are kept as such and cost nothing, whatever their length.

use convoke_domain::UserId;
use std::collections::BTreeSet;

/// The selected rows of one column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picked {
    all: bool,
    /// Ranges, both ends included, apart from each other.
    spans: Vec<(u32, u32)>,
    plus: BTreeSet<UserId>,
    minus: BTreeSet<UserId>,
}

impl Picked {
    /// Every row of the column, loaded or not.
    pub fn everything() -> Self {
        Self {
            all: true,
            ..Self::default()
        }
    }

    /// These people.
    pub fn these(people: impl IntoIterator<Item = UserId>) -> Self {
        Self {
            plus: people.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Whether the row at `index`, which shows `user`, is selected.
    pub fn contains(&self, index: u32, user: UserId) -> bool {
        !self.minus.contains(&user) && (self.plus.contains(&user) || self.covers(index))
    }

    /// Whether a row that is not loaded yet is selected.
    pub fn covers(&self, index: u32) -> bool {
        self.all || self.spans.iter().any(|(a, b)| (*a..=*b).contains(&index))
    }

    /// How many rows are selected, in a column of `total`.
    #[allow(clippy::cast_possible_truncation, reason = "no more than rows, a u32")]
    pub fn count(&self, total: u32) -> u32 {
        let minus = self.minus.len() as u32;
        if self.all {
            return total.saturating_sub(minus);
        }
        let spans: u32 = self.spans.iter().map(|(a, b)| b - a + 1).sum();
        (spans + self.plus.len() as u32).saturating_sub(minus)
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self, total: u32) -> bool {
        self.count(total) == 0
    }

    /// For "everything but": those left out; `None` when it is not everything.
    pub fn all_but(&self) -> Option<&BTreeSet<UserId>> {
        self.all.then_some(&self.minus)
    }

    /// The ranges whose people are not known yet, both ends included.
    pub fn spans(&self) -> &[(u32, u32)] {
        &self.spans
    }

    /// The people named one by one.
    pub const fn people(&self) -> &BTreeSet<UserId> {
        &self.plus
    }

    /// Selects or unselects one row.
    pub fn toggle(&mut self, index: u32, user: UserId) {
        if self.contains(index, user) {
            self.plus.remove(&user);
            if self.covers(index) {
                self.minus.insert(user);
            }
        } else if !self.minus.remove(&user) {
            self.plus.insert(user);
        }
    }

    /// Selects the rows `low..=high` too. `row` gives the person of a loaded row.
    pub fn add_range(&mut self, low: u32, high: u32, row: impl Fn(u32) -> Option<UserId>) {
        let loaded: Vec<(u32, Option<UserId>)> = (low..=high)
            // Beyond this nobody has so many rows loaded.
            .take(4_096)
            .map(|index| (index, row(index)))
            .collect();
        for (_, user) in &loaded {
            if let Some(user) = user {
                self.minus.remove(user);
            }
        }
        if self.all {
            return;
        }
        let known = loaded.len() as u64 == u64::from(high) - u64::from(low) + 1
            && loaded.iter().all(|(_, user)| user.is_some());
        if known {
            for (index, user) in loaded {
                if let Some(user) = user.filter(|_| !self.covers(index)) {
                    self.plus.insert(user);
                }
            }
            return;
        }
        for (_, user) in loaded {
            if let Some(user) = user {
                self.plus.remove(&user);
            }
        }
        self.spans.push((low, high));
        self.spans.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(self.spans.len());
        for (a, b) in self.spans.drain(..) {
            match merged.last_mut() {
                Some((_, end)) if a <= end.saturating_add(1) => *end = (*end).max(b),
                _ => merged.push((a, b)),
            }
        }
        self.spans = merged;
    }

    /// The people behind the ranges became known.
    pub fn resolve(&mut self, people: impl IntoIterator<Item = UserId>) {
        self.spans.clear();
        for user in people {
            if !self.minus.contains(&user) {
                self.plus.insert(user);
            }
        }
        self.minus.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_domain::id::uuid_v7;

    fn user(n: u32) -> UserId {
        UserId(uuid_v7(i64::from(n), [1; 10]))
    }

    #[test]
    fn everything_but_one() {
        let mut picked = Picked::everything();
        picked.toggle(3, user(3));
        assert_eq!(picked.count(1_000_000), 999_999);
        assert!(!picked.contains(3, user(3)) && picked.contains(4, user(4)));
        assert_eq!(picked.all_but().map(BTreeSet::len), Some(1));
        picked.toggle(3, user(3));
        assert_eq!(picked.count(10), 10);
    }

    #[test]
    fn a_range_of_loaded_rows_is_its_people() {
        let mut picked = Picked::these([user(9)]);
        picked.add_range(2, 4, |n| Some(user(n)));
        assert_eq!(picked.count(100), 4);
        assert!(picked.spans().is_empty());
    }

    #[test]
    fn a_range_over_rows_not_loaded_is_kept_until_its_people_are_known() {
        let mut picked = Picked::these([user(2)]);
        let loaded = |n: u32| (n < 50).then(|| user(n));
        picked.add_range(0, 20_000, loaded);
        assert_eq!(picked.count(30_000), 20_001);
        picked.add_range(20_001, 20_100, loaded);
        assert_eq!(picked.spans(), [(0, 20_100)]);
        picked.toggle(7, user(7));
        assert_eq!(picked.count(30_000), 20_100);
        assert!(!picked.contains(7, user(7)) && picked.covers(12_000));
        picked.resolve((0..=20_100).map(user));
        assert_eq!(picked.count(30_000), 20_100);
        assert!(!picked.people().contains(&user(7)));
    }
}
