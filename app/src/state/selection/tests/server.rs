//! The server, in memory.

use super::{matches, similar, user};
use convoke_domain::person::Route;
use convoke_domain::selection::Changes;
use convoke_domain::view::{
    Range, SelectionCounts, SelectionQuery, SelectionRow, SelectionView, Side, Window,
};
use convoke_domain::{Channel, InvitationState};
use std::collections::BTreeSet;

/// The server, for a directory of `people`.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) people: u32,
    pub(super) saved: BTreeSet<u32>,
    pub(super) version: i64,
    pub(super) directory_version: i64,
}

impl Server {
    pub(super) fn right(&self, changes: &Changes, n: u32) -> bool {
        let saved = self.saved.contains(&n).then_some(1);
        changes.contains(user(n), saved, |f| matches(f, n))
    }

    pub(super) fn list(&self, query: &SelectionQuery, side: Side) -> Vec<u32> {
        let right = |n: &u32| self.right(&query.changes, *n);
        match side {
            Side::Users => {
                let exact = (0..self.people).filter(|n| matches(&query.filter, *n));
                let similar = similar(&query.filter, self.people);
                exact.chain(similar).filter(|n| !right(n)).collect()
            }
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
                .map(|n| SelectionRow {
                    similar: side == Side::Users && !matches(&query.filter, *n),
                    ..self.row(*n)
                })
                .collect(),
            total: list.len() as u32,
        }
    }

    pub(super) fn row(&self, n: u32) -> SelectionRow {
        SelectionRow {
            user_id: user(n),
            first_name: format!("P{n}"),
            last_name: String::new(),
            detail: String::new(),
            route: Route::Preferred(Channel::Email),
            state: self.saved.contains(&n).then_some(InvitationState::Sent),
            saved: self.saved.contains(&n),
            similar: false,
        }
    }

    pub(super) fn view(&self, query: &SelectionQuery) -> SelectionView {
        let window = |side, range: Option<Range>| range.map(|r| self.window(query, side, r));
        SelectionView {
            users: window(Side::Users, query.users),
            participants: window(Side::Participants, query.participants),
            counts: self.counts(query),
        }
    }

    pub(super) fn counts(&self, query: &SelectionQuery) -> SelectionCounts {
        let right: BTreeSet<u32> = (0..self.people)
            .filter(|n| self.right(&query.changes, *n))
            .collect();
        let removed = self.saved.difference(&right).count() as u32;
        let left = self.list(query, Side::Users);
        let exact = left.iter().filter(|n| matches(&query.filter, **n));
        let matching = exact.count() as u32;
        SelectionCounts {
            version: self.version,
            directory_version: self.directory_version,
            matching,
            similar: left.len() as u32 - matching,
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
