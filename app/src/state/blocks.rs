//! The rows of one block of the Invitations tab: a sparse copy of a list that lives on the server.
//!
//! Rows come in windows. When the training changes, what is shown stays until its fresh copy is here, so that nothing
//! flickers and the list keeps its place; a person stands in it at most once, whatever moved meanwhile.

use convoke_domain::InvitationId;
use convoke_domain::view::{InvitationRow, Range, StateCounts, Window};
use std::collections::HashMap;

/// Rows are asked for in runs that start at a multiple of this.
const RUN: u32 = 50;

/// A row and the round of fetching it came with.
#[derive(Clone, Debug, PartialEq)]
struct Slot {
    row: InvitationRow,
    round: u32,
}

/// The loaded rows of a block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    total: u32,
    slots: HashMap<u32, Slot>,
    places: HashMap<InvitationId, u32>,
    round: u32,
}

impl Block {
    /// A block with its first rows.
    pub fn new(first: Window<InvitationRow>) -> Self {
        let mut block = Self::default();
        block.refresh(first);
        block
    }

    /// Length of the whole list.
    pub const fn total(&self) -> u32 {
        self.total
    }

    /// The row at a place, if it is loaded.
    pub fn row(&self, index: u32) -> Option<&InvitationRow> {
        self.slots.get(&index).map(|slot| &slot.row)
    }

    /// The row of an invitation, if it is loaded.
    pub fn find(&self, id: InvitationId) -> Option<&InvitationRow> {
        self.places.get(&id).and_then(|index| self.row(*index))
    }

    /// Whether every row of the list is loaded.
    pub fn is_whole(&self) -> bool {
        self.slots.len() == self.total as usize
    }

    /// The round of fetching that answers have to belong to.
    pub const fn round(&self) -> u32 {
        self.round
    }

    /// A new round: the list changed, these are its first rows. Rows further down stay until they are fetched again.
    pub fn refresh(&mut self, first: Window<InvitationRow>) {
        self.round = self.round.wrapping_add(1);
        self.accept(self.round, first);
    }

    /// Rows of a round; those of an earlier one are ignored.
    pub fn accept(&mut self, round: u32, window: Window<InvitationRow>) {
        if round != self.round {
            return;
        }
        if window.total != self.total {
            self.total = window.total;
            let total = self.total;
            self.slots.retain(|index, _| *index < total);
            self.places.retain(|_, index| *index < total);
        }
        for (index, row) in (window.offset..self.total).zip(window.rows) {
            if let Some(old) = self.places.insert(row.id, index)
                && old != index
            {
                self.slots.remove(&old);
            }
            let id = row.id;
            if let Some(replaced) = self.slots.insert(index, Slot { row, round })
                && replaced.row.id != id
                && self.places.get(&replaced.row.id) == Some(&index)
            {
                self.places.remove(&replaced.row.id);
            }
        }
    }

    /// What has to be fetched so that the rows `first..end` are there and of this round; `None` when they are.
    pub fn missing(&self, first: u32, end: u32) -> Option<Range> {
        let end = end.min(self.total);
        let stale = |index: &u32| {
            self.slots
                .get(index)
                .is_none_or(|slot| slot.round != self.round)
        };
        let from = (first..end).find(stale)?;
        let to = (from..end).rev().find(stale)? + 1;
        let offset = from - from % RUN;
        let until = to.div_ceil(RUN) * RUN;
        Some(Range::new(offset, (until - offset).min(Range::MAX)))
    }
}

/// What happened between two states of a training, as far as the counts tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// More people are confirmed.
    pub confirmed: u32,
    /// More people declined.
    pub declined: u32,
    /// More people wait for an answer.
    pub sent: u32,
    /// More people are to be written to.
    pub chosen: u32,
    /// Fewer people on the list as a whole.
    pub removed: u32,
}

impl News {
    /// Compares the counts before and after.
    pub const fn between(before: &StateCounts, after: &StateCounts) -> Self {
        const fn all(counts: &StateCounts) -> u32 {
            counts.to_send + counts.sent + counts.confirmed + counts.declined + counts.waiting
        }
        Self {
            confirmed: after.confirmed.saturating_sub(before.confirmed),
            declined: after.declined.saturating_sub(before.declined),
            sent: after.sent.saturating_sub(before.sent),
            chosen: after.to_send.saturating_sub(before.to_send),
            removed: all(before).saturating_sub(all(after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_domain::person::{Channel, Route};
    use convoke_domain::{UserId, id::uuid_v7};
    use proptest::prelude::*;

    fn row(n: u32) -> InvitationRow {
        let mut bytes = [0; 10];
        bytes[..4].copy_from_slice(&n.to_be_bytes());
        InvitationRow {
            id: InvitationId(uuid_v7(1_000 + i64::from(n), bytes)),
            user_id: UserId(uuid_v7(5, bytes)),
            first_name: format!("First {n}"),
            last_name: format!("Last {n}"),
            detail: String::new(),
            when: String::new(),
            route: Route::Preferred(Channel::Email),
            message: None,
            problem: None,
            problem_detail: None,
            opted_out: false,
        }
    }

    fn window(offset: u32, people: &[u32], total: u32) -> Window<InvitationRow> {
        Window {
            offset,
            rows: people.iter().copied().map(row).collect(),
            total,
        }
    }

    fn seen(block: &Block) -> Vec<Option<u32>> {
        (0..block.total())
            .map(|i| {
                block
                    .row(i)
                    .map(|r| r.last_name["Last ".len()..].parse().unwrap())
            })
            .collect()
    }

    #[test]
    fn what_is_shown_stays_until_its_fresh_copy_is_here() {
        let mut block = Block::new(window(0, &[1, 2], 4));
        block.accept(block.round(), window(2, &[3, 4], 4));
        assert_eq!(block.missing(0, 4), None);
        block.refresh(window(0, &[1, 2], 4));
        assert_eq!(seen(&block), [Some(1), Some(2), Some(3), Some(4)]);
        assert_eq!(block.missing(0, 2), None);
        assert_eq!(
            block.missing(0, 4),
            Some(Range::new(0, 50)),
            "the old rows are fetched again"
        );
    }

    #[test]
    fn a_person_stands_in_the_list_once() {
        let mut block = Block::new(window(0, &[1, 2, 3, 4], 4));
        block.refresh(window(0, &[4, 1], 4));
        assert_eq!(seen(&block), [Some(4), Some(1), Some(3), None]);
        assert!(block.find(row(2).id).is_none());
        assert_eq!(block.find(row(4).id), block.row(0));
    }

    #[test]
    fn a_shorter_list_forgets_its_end() {
        let mut block = Block::new(window(0, &[1, 2, 3], 3));
        assert!(block.is_whole());
        block.refresh(window(0, &[1], 1));
        assert_eq!(seen(&block), [Some(1)]);
        assert!(block.find(row(3).id).is_none());
        assert!(block.is_whole());
    }

    #[test]
    fn answers_of_an_earlier_round_are_ignored() {
        let mut block = Block::new(window(0, &[1], 2));
        let old = block.round();
        block.refresh(window(0, &[7], 2));
        block.accept(old, window(1, &[2], 2));
        assert_eq!(seen(&block), [Some(7), None]);
    }

    #[test]
    fn windows_are_asked_for_in_runs_and_never_too_many() {
        let block = Block::new(window(0, &[], 10_000));
        assert_eq!(block.missing(120, 140), Some(Range::new(100, 50)));
        assert_eq!(block.missing(140, 160), Some(Range::new(100, 100)));
        assert_eq!(block.missing(0, 10_000), Some(Range::new(0, Range::MAX)));
        assert_eq!(block.missing(20_000, 20_010), None);
    }

    #[test]
    fn news() {
        let before = StateCounts {
            to_send: 3,
            sent: 5,
            confirmed: 1,
            declined: 0,
            waiting: 0,
        };
        let after = StateCounts {
            to_send: 0,
            sent: 7,
            confirmed: 2,
            declined: 0,
            waiting: 0,
        };
        let news = News::between(&before, &after);
        assert_eq!(
            news,
            News {
                confirmed: 1,
                sent: 2,
                ..News::default()
            }
        );
        assert_eq!(News::between(&after, &after), News::default());
    }

    proptest! {
        /// Whatever arrives in whatever order: no person twice, both directories agree, nothing beyond the end.
        #[test]
        fn the_copy_is_always_in_order(
            steps in prop::collection::vec((any::<bool>(), 0_u32..30, prop::sample::subsequence((0..30_u32).collect::<Vec<_>>(), 0..30), 0_u32..40), 0..20)
        ) {
            let mut block = Block::default();
            for (refresh, offset, people, total) in steps {
                let total = total.max(u32::try_from(people.len()).unwrap());
                if refresh {
                    block.refresh(window(0, &people, total));
                } else {
                    block.accept(block.round(), window(offset, &people, total.max(offset)));
                }
                let shown: Vec<u32> = seen(&block).into_iter().flatten().collect();
                let mut once = shown.clone();
                once.sort_unstable();
                once.dedup();
                prop_assert_eq!(once.len(), shown.len(), "somebody stands twice");
                prop_assert_eq!(block.places.len(), block.slots.len());
                for (id, index) in &block.places {
                    prop_assert_eq!(block.slots[index].row.id, *id);
                    prop_assert!(*index < block.total());
                }
            }
        }
    }
}
