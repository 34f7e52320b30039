//! The panel on its screen, over the server in memory.

use super::server::Server;
use super::{number, user};
use crate::state::list_window::Rows;
use crate::state::selection::{Effect, Message, Said, Selection};
use convoke_domain::selection::{Filter, PeopleList};
use convoke_domain::view::{Side, ValidateRequest};
use convoke_domain::{TrainingId, UserId};

/// The panel, its screen and the requests under way.
pub(super) struct Desk {
    pub(super) state: Selection,
    pub(super) server: Server,
    pub(super) under_way: Vec<Effect>,
    pub(super) said: Vec<Said>,
    pub(super) closed: bool,
    pub(super) saved: bool,
    pub(super) validated: Option<ValidateRequest>,
}

pub(super) const SCREEN: u32 = 20;

impl Desk {
    pub(super) fn open(people: u32, saved: impl IntoIterator<Item = u32>) -> Self {
        let list = PeopleList::Participants(TrainingId(user(9_999).0));
        Self::open_for(list, people, saved, Vec::new())
    }

    /// The panel of a list that a form holds: these people.
    pub(super) fn open_held(people: u32, held: impl IntoIterator<Item = u32>) -> Self {
        let held = held.into_iter().map(user).collect();
        Self::open_for(PeopleList::Trainers, people, [], held)
    }

    fn open_for(
        list: PeopleList,
        people: u32,
        saved: impl IntoIterator<Item = u32>,
        held: Vec<UserId>,
    ) -> Self {
        let mut desk = Self {
            state: Selection::new(list, held, Filter::default()),
            server: Server {
                people,
                saved: saved.into_iter().collect(),
                version: 1,
                directory_version: 1,
            },
            under_way: Vec::new(),
            said: Vec::new(),
            closed: false,
            saved: false,
            validated: None,
        };
        for side in [Side::Users, Side::Participants] {
            desk.draw(side, 0);
            desk.send(Message::PageRows(side, 10));
        }
        desk.send(Message::Opened(1));
        desk.settle();
        desk
    }

    pub(super) fn draw(&mut self, side: Side, first: u32) {
        let total = self.state.column(side).total;
        let first = first.min(total.saturating_sub(1));
        let count = SCREEN.min(total.saturating_sub(first));
        self.send(Message::Drawn(side, Rows { first, count }));
    }

    pub(super) fn send(&mut self, message: Message) {
        for effect in self.state.reduce(message) {
            match effect {
                Effect::Fetch(_) | Effect::FetchPeople { .. } => self.under_way.push(effect),
                Effect::Say(said) => self.said.push(said),
                Effect::Reveal(side, index) => {
                    if !self.state.column(side).window.contains(index) {
                        self.draw(side, index.saturating_sub(SCREEN / 2));
                    }
                }
                Effect::Close => self.closed = true,
                Effect::Validate(request) => self.validated = Some(request),
                Effect::Saved(_) => self.saved = true,
            }
        }
    }

    /// Answers one of the requests under way.
    pub(super) fn answer(&mut self, which: usize) {
        if self.under_way.is_empty() {
            return;
        }
        match self.under_way.remove(which % self.under_way.len()) {
            Effect::Fetch(request) => {
                let view = self.server.view(&request.query);
                self.send(Message::Loaded(request, view));
            }
            Effect::FetchPeople {
                number,
                side,
                ranges,
                query,
            } => {
                let list = self.server.list(&query, side);
                let people = ranges
                    .iter()
                    .flat_map(|r| list.iter().skip(r.offset as usize).take(r.limit as usize))
                    .map(|n| user(*n))
                    .collect();
                self.send(Message::People(number, people));
            }
            _ => unreachable!("only requests wait"),
        }
    }

    pub(super) fn settle(&mut self) {
        for _ in 0..1_000 {
            if self.under_way.is_empty() {
                // The screen follows the length of the lists.
                for side in [Side::Users, Side::Participants] {
                    let column = self.state.column(side);
                    let first = column.window.first.min(column.total.saturating_sub(1));
                    let count = SCREEN.min(column.total - first.min(column.total));
                    if column.window != (Rows { first, count }) {
                        self.draw(side, first);
                    }
                }
                if self.under_way.is_empty() {
                    return;
                }
            }
            self.answer(0);
        }
        panic!("it never settles");
    }

    pub(super) fn list(&self, side: Side) -> Vec<u32> {
        self.server.list(&self.state.query(), side)
    }

    /// What must hold whenever no request is under way.
    pub(super) fn check_settled(&self) {
        for side in [Side::Users, Side::Participants] {
            let (column, list) = (self.state.column(side), self.list(side));
            assert!(column.current());
            assert_eq!(column.total as usize, list.len(), "{side:?}");
            for index in column.window.first..column.window.end() {
                let row = column.row(index).expect("no gap on the screen");
                assert_eq!(
                    number(row.user_id),
                    list[index as usize],
                    "{side:?} {index}"
                );
            }
        }
        let counts = self.server.counts(&self.state.query());
        assert_eq!(self.state.counts, counts);
    }

    pub(super) fn names(&self, side: Side) -> Vec<u32> {
        let column = self.state.column(side);
        (0..column.total)
            .map_while(|i| column.row(i))
            .map(|row| number(row.user_id))
            .collect()
    }
}
