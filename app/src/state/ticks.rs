//! Which rows of a list are ticked.

use convoke_domain::InvitationId;
use std::collections::HashSet;
use std::hash::Hash;

/// The ticked rows of one list. *Everyone* does not name ten thousand people: it is everyone but those unticked since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ticks<Id: Eq + Hash = InvitationId> {
    /// These.
    These(HashSet<Id>),
    /// Everyone but these.
    AllBut(HashSet<Id>),
}

impl<Id: Eq + Hash> Default for Ticks<Id> {
    fn default() -> Self {
        Self::These(HashSet::new())
    }
}

impl<Id: Copy + Eq + Hash> Ticks<Id> {
    /// Whether a row is ticked.
    pub fn contains(&self, id: Id) -> bool {
        match self {
            Self::These(ids) => ids.contains(&id),
            Self::AllBut(ids) => !ids.contains(&id),
        }
    }

    /// Ticks or unticks a row.
    pub fn set(&mut self, id: Id, ticked: bool) {
        match (self, ticked) {
            (Self::These(ids), true) | (Self::AllBut(ids), false) => ids.insert(id),
            (Self::These(ids), false) | (Self::AllBut(ids), true) => ids.remove(&id),
        };
    }

    /// How many are ticked, where *everyone* are `total`.
    pub fn count(&self, total: u32) -> u32 {
        let named = |ids: &HashSet<Id>| u32::try_from(ids.len()).unwrap_or(u32::MAX);
        match self {
            Self::These(ids) => named(ids),
            Self::AllBut(ids) => total.saturating_sub(named(ids)),
        }
    }

    /// Whether the whole block of `total` is ticked: the box in its head is then ticked too. While only some of it are
    /// shown (`searching`), named rows may be others than those shown, however many they are.
    pub fn is_all(&self, total: u32, searching: bool) -> bool {
        match self {
            Self::These(_) if searching => false,
            _ => total > 0 && self.count(total) == total,
        }
    }

    /// Ticks everyone.
    pub fn all() -> Self {
        Self::AllBut(HashSet::new())
    }

    /// Those who left the block are ticked no longer. `left` tells of an id whether it is known to be elsewhere.
    pub fn forget(&mut self, left: impl Fn(Id) -> bool) {
        match self {
            Self::These(ids) | Self::AllBut(ids) => ids.retain(|id| !left(*id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_domain::id::uuid_v7;

    fn id(n: u8) -> InvitationId {
        InvitationId(uuid_v7(1, [n; 10]))
    }

    #[test]
    fn single_rows() {
        let mut ticks = Ticks::<InvitationId>::default();
        assert_eq!(ticks.count(5), 0);
        ticks.set(id(1), true);
        ticks.set(id(2), true);
        ticks.set(id(2), true);
        assert_eq!(ticks.count(5), 2);
        assert!(ticks.contains(id(1)) && !ticks.contains(id(3)));
        ticks.set(id(1), false);
        assert_eq!(ticks, Ticks::These([id(2)].into()));
    }

    #[test]
    fn everyone_but_one() {
        let mut ticks = Ticks::<InvitationId>::all();
        assert!(ticks.is_all(10_000, false) && ticks.is_all(3, true));
        assert!(!ticks.is_all(0, false), "nobody is not everyone");
        ticks.set(id(1), false);
        assert!(!ticks.contains(id(1)) && ticks.contains(id(2)));
        assert_eq!(ticks.count(10_000), 9_999);
        assert!(!ticks.is_all(10_000, false));
        ticks.set(id(1), true);
        assert!(ticks.is_all(10_000, false));
    }

    #[test]
    fn ticking_each_row_ticks_the_block() {
        let mut ticks = Ticks::<InvitationId>::default();
        ticks.set(id(1), true);
        ticks.set(id(2), true);
        assert!(ticks.is_all(2, false));
        assert!(
            !ticks.is_all(2, true),
            "two others may be shown than the two ticked"
        );
    }

    #[test]
    fn whoever_left_the_block_is_forgotten() {
        let mut ticks = Ticks::<InvitationId>::default();
        ticks.set(id(1), true);
        ticks.set(id(2), true);
        ticks.forget(|i| i == id(1));
        assert_eq!(ticks, Ticks::These([id(2)].into()));
        let mut but = Ticks::<InvitationId>::all();
        but.set(id(1), false);
        but.forget(|i| i == id(1));
        assert_eq!(but, Ticks::<InvitationId>::all());
    }
}
