//! The server, in memory.

use super::{matches, user};
use convoke_domain::Channel;
use convoke_domain::InvitationState;
use convoke_domain::person::Route;
use convoke_domain::selection::Changes;
use convoke_domain::view::{
    Range, SelectionCounts, SelectionQuery, SelectionRow, SelectionView, Side, Window,
};
use std::collections::BTreeSet;

/// The server, for a directory of `people`.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) people: u32,
    pub(super) saved: BTreeSet<u32>,
    pub(super) version: i64,
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
        let count = |side| self.list(query, side).len() as u32;
        let right: BTreeSet<u32> = (0..self.people)
            .filter(|n| self.right(&query.changes, *n))
            .collect();
        let removed = self.saved.difference(&right).count() as u32;
        SelectionView {
            users: query.users.map(|r| self.window(query, Side::Users, r)),
            participants: query
                .participants
                .map(|r| self.window(query, Side::Participants, r)),
            counts: SelectionCounts {
                version: self.version,
                matching: count(Side::Users),
                directory: self.people - right.len() as u32,
                participants: right.len() as u32,
                informed: self.saved.intersection(&right).count() as u32,
                added: right.difference(&self.saved).count() as u32,
                removed,
                removed_sent: removed,
                removed_confirmed: 0,
                out_of_scope: 0,
            },
        }
    }
}
