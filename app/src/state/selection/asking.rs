//! Questions to the server, and what their answers make of the state.

use super::{Effect, Phase, Request, Said, Selection};
use convoke_domain::selection::Filter;
use convoke_domain::view::{SelectionQuery, SelectionView, Side};

impl Selection {
    pub(super) fn filter_changed(&mut self, filter: Filter) -> Vec<Effect> {
        if filter == self.filter {
            return Vec::new();
        }
        self.filter = filter;
        self.users.restart();
        self.waiting = None;
        self.say_matching = true;
        let mut effects = vec![Effect::Reveal(Side::Users, 0)];
        effects.extend(self.ask());
        effects
    }

    pub(super) fn query(&self) -> SelectionQuery {
        SelectionQuery {
            list: self.list,
            filter: self.filter.clone(),
            changes: self.changes.clone(),
            users: None,
            participants: None,
        }
    }

    pub(super) fn next(&mut self) -> u32 {
        self.number += 1;
        self.number
    }

    /// Asks for what is on screen and not there; for both columns at once where both need something.
    pub(super) fn ask(&mut self) -> Vec<Effect> {
        if self.phase == Phase::Opening {
            return Vec::new();
        }
        let mut users = self.users.ask().into_iter();
        let mut participants = self.participants.ask().into_iter();
        let mut effects = Vec::new();
        loop {
            let (left, right) = (users.next(), participants.next());
            if left.is_none() && right.is_none() {
                return effects;
            }
            let questions = (self.users.question(), self.participants.question());
            let request = Request {
                number: self.next(),
                questions,
                query: SelectionQuery {
                    users: left,
                    participants: right,
                    ..self.query()
                },
            };
            effects.push(Effect::Fetch(request));
        }
    }

    pub(super) fn no_longer_under_way(&mut self, request: &Request) {
        let (left, right) = request.questions;
        if let Some(range) = request.query.users {
            self.users.no_longer_under_way(left, range);
        }
        if let Some(range) = request.query.participants {
            self.participants.no_longer_under_way(right, range);
        }
    }

    pub(super) fn loaded(&mut self, request: Request, view: SelectionView) -> Vec<Effect> {
        self.no_longer_under_way(&request);
        let (left, right) = request.questions;
        // An answer about an older state of the saved list or of the directory came late.
        let (now, then) = (&view.counts, &self.counts);
        if now.version < then.version || now.directory_version < then.directory_version {
            return self.ask();
        }
        let known = self.counted > 0;
        let changed =
            known && (now.version > then.version || now.directory_version > then.directory_version);
        let mut effects = Vec::new();
        let mut taken = (None, None);
        if let Some(window) = view.users
            && self.users.take(left, window)
        {
            taken.0 = request.query.users;
            self.shown_filter = request.query.filter.clone();
            if std::mem::take(&mut self.say_matching) {
                let (matching, similar) = (view.counts.matching, view.counts.similar);
                effects.push(Effect::Say(Said::Matching(matching, similar)));
            }
        }
        if let Some(window) = view.participants
            && self.participants.take(right, window)
        {
            taken.1 = request.query.participants;
        }
        let newest = (left, right) == (self.users.question(), self.participants.question());
        if newest && request.number > self.counted {
            self.counted = request.number;
            self.counts = view.counts;
            self.error = None;
        }
        if changed {
            self.counts.version = view.counts.version;
            self.counts.directory_version = view.counts.directory_version;
            self.users.forget_all_but(taken.0);
            self.participants.forget_all_but(taken.1);
        }
        effects.extend(self.ask());
        effects
    }
}
