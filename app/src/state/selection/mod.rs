//! The selection panel without its DOM: a reducer. Messages go in, the state changes, effects come out.
//!
//! Moves are applied at once over what the server last said ([`Column::leave`], [`Column::arrive`]) and noted in
//! [`Changes`]; then both columns are asked for anew. Each column numbers its questions, so an answer to an older
//! one is dropped, and rows stay on screen until the answer to the newest arrives.

mod asking;
mod column;
mod message;
mod moving;
mod picked;
mod pointing;
#[cfg(test)]
mod tests;

pub use column::{Column, Drawn, DrawnRow};
pub use message::{Effect, Key, Message, Request, Said};
pub use picked::Picked;

use crate::api::ApiError;
use convoke_domain::UserId;
use convoke_domain::selection::{Change, Changes, Filter, PeopleList};
use convoke_domain::view::{SelectionCounts, Side, ValidateRequest};
use std::collections::BTreeSet;

/// What the panel is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Waiting for the saved list's version.
    Opening,
    /// People are being chosen.
    Choosing,
    /// The question whether to discard the changes is open.
    Asking,
    /// *Validate* is under way.
    Saving,
    /// Saved.
    Done,
}

/// A move that waits for the people behind its ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Waiting {
    number: u32,
    from: Side,
    above_focus: u32,
}

/// The state of an open panel.
#[derive(Clone, Debug)]
pub struct Selection {
    /// What the panel is doing.
    pub phase: Phase,
    /// The filters of the left column.
    pub filter: Filter,
    /// The filters that the left column and its count on screen belong to.
    pub shown_filter: Filter,
    /// What was moved.
    pub changes: Changes,
    /// The numbers, as last heard and moved since.
    pub counts: SelectionCounts,
    /// *Users*.
    pub users: Column,
    /// *Participants*.
    pub participants: Column,
    /// Why rows could not be loaded, until they are.
    pub error: Option<ApiError>,
    /// Why people could not be moved or saved, until the next attempt.
    pub refusal: Option<ApiError>,
    /// Whether those taken out are told.
    pub tell_removed: bool,
    list: PeopleList,
    /// What the panel began with: the people of a list that a form holds.
    begun: Changes,
    number: u32,
    /// The request whose answer the counts are of.
    counted: u32,
    waiting: Option<Waiting>,
    say_matching: bool,
}

impl Selection {
    /// The panel of a list, before anything is known, with the filters that it begins with. `held` are the people of a list that a form holds.
    pub fn new(list: PeopleList, held: Vec<UserId>, filter: Filter) -> Self {
        let mut begun = Changes::new(0);
        begun.push(Change::Add(held));
        Self {
            phase: Phase::Opening,
            shown_filter: filter.clone(),
            filter,
            changes: Changes::new(0),
            counts: SelectionCounts::default(),
            users: Column::default(),
            participants: Column::default(),
            error: None,
            refusal: None,
            tell_removed: true,
            list,
            begun,
            number: 0,
            counted: 0,
            waiting: None,
            say_matching: false,
        }
    }

    /// A column.
    pub const fn column(&self, side: Side) -> &Column {
        match side {
            Side::Users => &self.users,
            Side::Participants => &self.participants,
        }
    }

    const fn column_mut(&mut self, side: Side) -> &mut Column {
        match side {
            Side::Users => &mut self.users,
            Side::Participants => &mut self.participants,
        }
    }

    /// The list.
    pub const fn list(&self) -> PeopleList {
        self.list
    }

    /// Whether anything was moved. What was moved there and back still counts as moved until the server says otherwise.
    fn moved(&self) -> bool {
        self.changes.list() != self.begun.list()
    }

    /// Whether closing would lose something.
    pub fn dirty(&self) -> bool {
        let settled = self.users.current() && self.participants.current();
        let nothing = settled && self.counts.added + self.counts.removed == 0;
        self.moved() && !(nothing && self.begun.is_empty())
    }

    /// How many of those taken out were invited or had confirmed.
    pub const fn removed_informed(&self) -> u32 {
        self.counts.removed_sent + self.counts.removed_confirmed
    }

    /// Whether rows can be moved now.
    pub fn is_choosing(&self) -> bool {
        self.phase == Phase::Choosing
    }

    /// Takes a message in; what has to be done comes out.
    pub fn reduce(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Opened(version) => {
                self.changes = self.begun.clone();
                self.changes.base_version = version;
                self.phase = Phase::Choosing;
                self.error = None;
                self.ask()
            }
            Message::OpenFailed(error) => {
                self.error = Some(error);
                Vec::new()
            }
            Message::Drawn(side, rows) => {
                self.column_mut(side).window = rows;
                self.ask()
            }
            Message::PageRows(side, rows) => {
                self.column_mut(side).page_rows = rows;
                Vec::new()
            }
            Message::FilterChanged(filter) => self.filter_changed(filter),
            Message::Loaded(request, view) => self.loaded(request, view),
            Message::Failed(request, error) => {
                self.no_longer_under_way(&request);
                let questions = (self.users.question(), self.participants.question());
                if request.questions == questions {
                    self.error = Some(error);
                }
                Vec::new()
            }
            Message::Retry => {
                self.error = None;
                self.ask()
            }
            Message::TellRemoved(tell) => {
                self.tell_removed = tell;
                Vec::new()
            }
            Message::Validated(outcome) => {
                self.phase = Phase::Done;
                vec![Effect::Close, Effect::Saved(outcome)]
            }
            Message::ValidateFailed(error) => {
                self.phase = Phase::Choosing;
                self.refusal = Some(error);
                Vec::new()
            }
            Message::Close => self.close(),
            Message::KeepChoosing => {
                if self.phase == Phase::Asking {
                    self.phase = Phase::Choosing;
                }
                Vec::new()
            }
            Message::Discard => vec![Effect::Close],
            Message::PeopleFailed(number, error) => {
                if self.waiting.is_some_and(|w| w.number == number) {
                    self.waiting = None;
                    self.refusal = Some(error);
                }
                Vec::new()
            }
            Message::People(number, people) => match self.waiting {
                Some(waiting) if waiting.number == number => {
                    self.waiting = None;
                    let picked = &mut self.column_mut(waiting.from).picked;
                    picked.resolve(people);
                    let people = picked.people().clone();
                    self.move_people(waiting.from, &people, waiting.above_focus)
                }
                _ => Vec::new(),
            },
            // A move that waits for its people goes first.
            _ if !self.is_choosing() || self.waiting.is_some() => Vec::new(),
            Message::Click {
                side,
                index,
                shift,
                ctrl,
            } => {
                self.click(side, index, shift, ctrl);
                Vec::new()
            }
            Message::DoubleClick(side, index) => {
                if self.column(side).row(index).is_none() {
                    return Vec::new();
                }
                self.column_mut(side).pick_one(index);
                self.move_picked(side)
            }
            Message::KeyDown {
                side,
                key,
                shift,
                ctrl,
            } => self.key(side, key, shift, ctrl),
            Message::DragStart(side, index) => {
                let column = self.column_mut(side);
                if column.is_picked(index) {
                    column.go_to(index);
                } else {
                    column.pick_one(index);
                }
                Vec::new()
            }
            Message::Drop(from, onto) if from != onto => self.move_picked(from),
            Message::Drop(..) => Vec::new(),
            Message::AddSelected => self.move_picked(Side::Users),
            Message::RemoveSelected => self.move_picked(Side::Participants),
            Message::AddAll if self.counts.similar > 0 => {
                let matching = self.counts.matching;
                if matching == 0 {
                    return Vec::new();
                }
                self.users.pick_first(matching);
                self.move_picked(Side::Users)
            }
            Message::AddAll => self.move_all(Side::Users, BTreeSet::new()),
            Message::RemoveAll => self.move_all(Side::Participants, BTreeSet::new()),
            Message::Pasted(people) => self.pasted(people),
            Message::Validate => self.validate(),
        }
    }

    fn validate(&mut self) -> Vec<Effect> {
        if !self.moved() {
            return vec![Effect::Close];
        }
        self.phase = Phase::Saving;
        self.refusal = None;
        vec![Effect::Validate(ValidateRequest {
            list: self.list,
            changes: self.changes.clone(),
            tell_removed: self.tell_removed,
        })]
    }

    fn close(&mut self) -> Vec<Effect> {
        match self.phase {
            // Whether it was saved has to be known first.
            Phase::Saving => Vec::new(),
            Phase::Asking => {
                self.phase = Phase::Choosing;
                Vec::new()
            }
            Phase::Choosing if self.dirty() => {
                self.phase = Phase::Asking;
                Vec::new()
            }
            Phase::Opening | Phase::Choosing | Phase::Done => vec![Effect::Close],
        }
    }
}
