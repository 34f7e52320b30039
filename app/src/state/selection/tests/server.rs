//! The server, in memory.

use super::{matches, user};
use convoke_domain::person::Route;
use convoke_domain::selection::Changes;
use convoke_domain::view::{
    Range, SelectionCounts, SelectionQuery, SelectionRow, SelectionView, Side, Window,
};
use convoke_domain::{Channel, InvitationState, Timestamp};
use std::cell::Cell;
use std::collections::BTreeSet;

/// The server, for a directory of `people`.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) people: u32,
    pub(super) saved: BTreeSet<u32>,
    pub(super) version: i64,
    /// Whether what was counted before has become too old to hold.
    pub(super) late: bool,
    /// How often it counted.
    pub(super) counted: Cell<u32>,
}

impl Server {
    pub(super) fn right(&self, changes: &Changes, n: u32) -> bool {
        let saved = self.saved.contains(&n).then_some(1);
        changes.contains(user(n), saved, |f| matches(f, n))
    }

    pub(super) fn list(&self, query: &SelectionQuery, side: Side) -> Vec<u32> {
        let right = |n: &u32| self.right(&query.changes, *n);
        match side {
            Side::Users => (0..self.people)
                .filter(|n| !right(n) && matches(&query.filter, *n))
                .collect(),
            Side::Participants => {
                let (new, old): (Vec<u32>, Vec<u32>) = (0..self.people)
                    .filter(right)
                    .partition(|n| !self.saved.contains(n));
                new.into_iter().chain(old).collect()
            }
        }
    }

    pub(super) fn window(
        &self,
        query: &SelectionQuery,
        side: Side,
        range: Range,
    ) -> Window<SelectionRow> {
        let list = self.list(query, side);
        Window {
            offset: range.offset,
            rows: list
                .iter()
                .skip(range.offset as usize)
                .take(range.limit.min(Range::MAX) as usize)
                .map(|n| self.row(*n, side))
                .collect(),
            total: list.len() as u32,
        }
    }

    pub(super) fn row(&self, n: u32, side: Side) -> SelectionRow {
        SelectionRow {
            user_id: user(n),
            first_name: format!("P{n}"),
            last_name: String::new(),
            detail: String::new(),
            route: Route::Preferred(Channel::Email),
            state: self.saved.contains(&n).then_some(InvitationState::Sent),
            new: side == Side::Participants && !self.saved.contains(&n),
        }
    }

    pub(super) fn view(&self, query: &SelectionQuery) -> SelectionView {
        let window = |side, range: Option<Range>| range.map(|r| self.window(query, side, r));
        let mut view = SelectionView {
            users: window(Side::Users, query.users),
            participants: window(Side::Participants, query.participants),
            counts: self.counts(query),
        };
        let holds = |counts: &SelectionCounts| {
            let fits = |window: &Option<Window<SelectionRow>>, range: Option<Range>, total: u32| {
                window.as_ref().zip(range).is_none_or(|(window, range)| {
                    let limit = range.limit.min(Range::MAX);
                    window.rows.len() == total.saturating_sub(range.offset).min(limit) as usize
                })
            };
            !self.late
                && counts.version == self.version
                && fits(&view.users, query.users, counts.matching)
                && fits(&view.participants, query.participants, counts.participants)
        };
        match query.counted.filter(holds) {
            Some(counts) => {
                view.counts = counts;
                for (window, total) in [
                    (&mut view.users, counts.matching),
                    (&mut view.participants, counts.participants),
                ] {
                    if let Some(window) = window {
                        window.total = total;
                    }
                }
            }
            None => self.counted.update(|n| n + 1),
        }
        view
    }

    pub(super) fn counts(&self, query: &SelectionQuery) -> SelectionCounts {
        let right: BTreeSet<u32> = (0..self.people)
            .filter(|n| self.right(&query.changes, *n))
            .collect();
        let removed = self.saved.difference(&right).count() as u32;
        SelectionCounts {
            version: self.version,
            counted_at: Timestamp(0),
            matching: self.list(query, Side::Users).len() as u32,
            directory: self.people - right.len() as u32,
            participants: right.len() as u32,
            informed: self.saved.intersection(&right).count() as u32,
            added: right.difference(&self.saved).count() as u32,
            removed,
            removed_sent: removed,
            removed_confirmed: 0,
            out_of_scope: 0,
        }
    }
}
