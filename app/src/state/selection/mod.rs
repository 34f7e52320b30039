//! The selection panel without its DOM: a reducer. Messages go in, the state changes, effects come out.
//!
//! Moves are applied at once over what the server last said ([`Column::leave`], [`Column::arrive`]) and noted in
//! [`Changes`]; then both columns are asked for anew. Each column numbers its questions, so an answer to an older
//! one is dropped, and rows stay on screen until the answer to the newest arrives.

mod column;
mod message;
mod picked;
#[cfg(test)]
mod tests;

pub use column::Column;
pub use message::{Effect, Key, Message, Request, Said};
pub use picked::Picked;

use crate::api::ApiError;
use convoke_domain::person::full_name;
use convoke_domain::selection::{Change, Changes, Filter};
use convoke_domain::view::{
    Range, SelectionCounts, SelectionQuery, SelectionRow, SelectionView, Side, ValidateRequest,
};
use convoke_domain::{InvitationState, Refusal, TrainingId, UserId};
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
    training_id: TrainingId,
    number: u32,
    counted: u32,
    waiting: Option<Waiting>,
    say_matching: bool,
}

impl Selection {
    /// The panel of a training, before anything is known.
    pub fn new(training_id: TrainingId) -> Self {
        Self {
            phase: Phase::Opening,
            filter: Filter::default(),
            shown_filter: Filter::default(),
            changes: Changes::new(0),
            counts: SelectionCounts::default(),
            users: Column::default(),
            participants: Column::default(),
            error: None,
            refusal: None,
            tell_removed: true,
            training_id,
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

    /// Whether closing would lose something.
    pub fn dirty(&self) -> bool {
        let settled = self.users.current() && self.participants.current();
        let nothing = settled && self.counts.added + self.counts.removed == 0;
        !self.changes.is_empty() && !nothing
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
                self.changes = Changes::new(version);
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
            Message::AddAll => self.move_all(Side::Users, BTreeSet::new()),
            Message::RemoveAll => self.move_all(Side::Participants, BTreeSet::new()),
            Message::Validate => self.validate(),
        }
    }

    fn filter_changed(&mut self, filter: Filter) -> Vec<Effect> {
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

    fn query(&self) -> SelectionQuery {
        SelectionQuery {
            training_id: self.training_id,
            filter: self.filter.clone(),
            changes: self.changes.clone(),
            users: None,
            participants: None,
        }
    }

    fn next(&mut self) -> u32 {
        self.number += 1;
        self.number
    }

    /// Asks for what is on screen and not there; for both columns at once where both need something.
    fn ask(&mut self) -> Vec<Effect> {
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
            let request = Request {
                number: self.next(),
                questions: (self.users.question(), self.participants.question()),
                query: SelectionQuery {
                    users: left,
                    participants: right,
                    ..self.query()
                },
            };
            effects.push(Effect::Fetch(request));
        }
    }

    fn no_longer_under_way(&mut self, request: &Request) {
        let (left, right) = request.questions;
        if let Some(range) = request.query.users {
            self.users.no_longer_under_way(left, range);
        }
        if let Some(range) = request.query.participants {
            self.participants.no_longer_under_way(right, range);
        }
    }

    fn loaded(&mut self, request: Request, view: SelectionView) -> Vec<Effect> {
        self.no_longer_under_way(&request);
        let (left, right) = request.questions;
        // Of two answers to the same question, the one about an older state of the saved list came late.
        if view.counts.version < self.counts.version {
            return self.ask();
        }
        let changed = self.counts.version > 0 && view.counts.version > self.counts.version;
        let mut effects = Vec::new();
        let mut taken = (None, None);
        if let Some(window) = view.users
            && self.users.take(left, window)
        {
            taken.0 = request.query.users;
            self.shown_filter = request.query.filter.clone();
            if std::mem::take(&mut self.say_matching) {
                effects.push(Effect::Say(Said::Matching(view.counts.matching)));
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
            self.users.forget_all_but(taken.0);
            self.participants.forget_all_but(taken.1);
        }
        effects.extend(self.ask());
        effects
    }

    fn click(&mut self, side: Side, index: u32, shift: bool, ctrl: bool) {
        let column = self.column_mut(side);
        if index >= column.total {
            return;
        }
        match (shift, ctrl) {
            (true, beside) => column.pick_to(index, beside),
            (false, true) => column.toggle(index),
            (false, false) => column.pick_one(index),
        }
    }

    fn key(&mut self, side: Side, key: Key, shift: bool, ctrl: bool) -> Vec<Effect> {
        let column = self.column_mut(side);
        if column.total == 0 {
            return Vec::new();
        }
        let last = column.total - 1;
        let page = column.page_rows.max(1);
        let to = match key {
            Key::Up => column.focus.saturating_sub(1),
            Key::Down => (column.focus + 1).min(last),
            Key::Home => 0,
            Key::End => last,
            Key::PageUp => column.focus.saturating_sub(page),
            Key::PageDown => column.focus.saturating_add(page).min(last),
            Key::Space => {
                let index = column.focus;
                if shift {
                    column.pick_to(index, false);
                } else {
                    column.toggle(index);
                }
                return Vec::new();
            }
            Key::A => {
                if !ctrl {
                    return Vec::new();
                }
                column.pick_all();
                let count = column.picked_count();
                return vec![Effect::Say(Said::Selected(count))];
            }
            Key::Enter => {
                let mut effects = self.move_picked(side);
                let column = self.column(side);
                if column.total > 0 {
                    effects.push(Effect::Reveal(side, column.focus));
                }
                return effects;
            }
        };
        if shift {
            column.run_to(to);
        } else {
            column.go_to(to);
        }
        vec![Effect::Reveal(side, to)]
    }

    /// Moves what is selected in a column, or else its focused row, to the other.
    fn move_picked(&mut self, from: Side) -> Vec<Effect> {
        let column = self.column_mut(from);
        if column.picked_count() == 0 {
            let index = column.focus;
            if column.row(index).is_none() {
                return Vec::new();
            }
            column.pick_one(index);
        }
        if let Some(stay) = column.picked.all_but() {
            let stay = stay.clone();
            return self.move_all(from, stay);
        }
        if column.picked.spans().is_empty() {
            let people = column.picked.people().clone();
            let above_focus = column.picked_above_focus();
            return self.move_people(from, &people, above_focus);
        }
        let ranges: Vec<Range> = column
            .picked
            .spans()
            .iter()
            .map(|(low, high)| Range::new(*low, high - low + 1))
            .collect();
        if self.column(from).picked_count() as usize > convoke_domain::selection::MAX_IDS {
            return self.too_many();
        }
        let number = self.next();
        self.waiting = Some(Waiting {
            number,
            from,
            above_focus: self.column(from).picked_above_focus(),
        });
        vec![Effect::FetchPeople {
            number,
            side: from,
            ranges,
            query: self.query(),
        }]
    }

    fn too_many(&mut self) -> Vec<Effect> {
        self.refusal = Some(ApiError::Refused(Refusal::Conflict(
            "conflict-selection-too-large".to_owned(),
        )));
        vec![Effect::Say(Said::TooMany)]
    }

    /// Notes changes; `false` when they would be more than a request may carry, and then nothing is noted.
    fn note(&mut self, changes: impl IntoIterator<Item = Change>) -> bool {
        let mut noted = self.changes.clone();
        for change in changes {
            noted.push(change);
        }
        let fits = noted.within_bounds();
        if fits {
            self.changes = noted;
        }
        fits
    }

    fn move_people(
        &mut self,
        from: Side,
        people: &BTreeSet<UserId>,
        above_focus: u32,
    ) -> Vec<Effect> {
        if people.is_empty() {
            return Vec::new();
        }
        let ids: Vec<UserId> = people.iter().copied().collect();
        let change = match from {
            Side::Users => Change::Add(ids),
            Side::Participants => Change::Remove(ids),
        };
        if !self.note([change]) {
            return self.too_many();
        }
        #[allow(clippy::cast_possible_truncation, reason = "at most MAX_IDS")]
        let count = people.len() as u32;
        let mut rows = self.column_mut(from).leave(people, above_focus);
        // While a colleague changes the list, pages of two moments can hold the same person.
        let mut once = BTreeSet::new();
        rows.retain(|row| once.insert(row.user_id));
        for row in &rows {
            self.count_move(from, row);
        }
        #[allow(clippy::cast_possible_truncation, reason = "fewer than people")]
        let unseen = count.saturating_sub(rows.len() as u32);
        self.count_unseen(from, unseen);
        self.land(from, rows, count)
    }

    fn move_all(&mut self, from: Side, stay: BTreeSet<UserId>) -> Vec<Effect> {
        let total = self.column(from).total;
        #[allow(clippy::cast_possible_truncation, reason = "no more than rows, a u32")]
        let count = total.saturating_sub(stay.len() as u32);
        if count == 0 {
            return Vec::new();
        }
        let but: Vec<UserId> = stay.iter().copied().collect();
        // Those who are on screen, and whose number the button says: not those of a filter that is being typed.
        let changes = match from {
            Side::Users => [
                Change::AddAll(self.shown_filter.clone()),
                Change::Remove(but),
            ],
            Side::Participants => [Change::RemoveAll, Change::Add(but)],
        };
        if !self.note(changes) {
            return self.too_many();
        }
        let rows = self.column_mut(from).leave_all(&stay);
        match from {
            Side::Users => self.count_unseen(from, count),
            Side::Participants => {
                self.counts.added = 0;
                self.counts.participants = total - count;
                self.counts.informed = 0;
            }
        }
        self.land(from, rows, count)
    }

    /// What left one column shows in the other, and both are asked for anew.
    fn land(&mut self, from: Side, rows: Vec<SelectionRow>, count: u32) -> Vec<Effect> {
        let name = match rows.as_slice() {
            [one] if count == 1 => Some(full_name(&one.first_name, &one.last_name)),
            _ => None,
        };
        let onto = match from {
            Side::Users => {
                let rows = rows
                    .into_iter()
                    .map(|row| SelectionRow {
                        new: !row.state.is_some_and(InvitationState::is_participant),
                        ..row
                    })
                    .collect();
                self.participants.arrive(rows, count);
                Side::Participants
            }
            // Whether they match the filters, and where they stand among the others, only the server knows.
            Side::Participants => {
                self.users.unpick();
                Side::Users
            }
        };
        self.users.ask_anew();
        self.participants.ask_anew();
        self.refusal = None;
        let mut effects = vec![Effect::Say(Said::Moved(count, onto, name))];
        if onto == Side::Participants {
            effects.push(Effect::Reveal(onto, 0));
            self.participants.focus = 0;
            self.participants.window.first = 0;
        }
        effects.extend(self.ask());
        effects
    }

    fn count_move(&mut self, from: Side, row: &SelectionRow) {
        let counts = &mut self.counts;
        let saved = row.state.filter(|state| state.is_participant());
        let step = |number: &mut u32, up: bool| {
            *number = if up {
                *number + 1
            } else {
                number.saturating_sub(1)
            };
        };
        let right = from == Side::Users;
        step(&mut counts.participants, right);
        step(&mut counts.directory, !right);
        if right {
            step(&mut counts.matching, false);
        }
        match saved {
            None => step(&mut counts.added, right),
            Some(state) => {
                step(&mut counts.removed, !right);
                match state {
                    InvitationState::Sent | InvitationState::Waiting => {
                        step(&mut counts.removed_sent, !right);
                    }
                    InvitationState::Confirmed => step(&mut counts.removed_confirmed, !right),
                    _ => {}
                }
                if matches!(state, InvitationState::Sent | InvitationState::Confirmed) {
                    step(&mut counts.informed, right);
                }
            }
        }
    }

    /// People of whom no row is loaded are counted as new; the answer corrects it.
    fn count_unseen(&mut self, from: Side, count: u32) {
        let counts = &mut self.counts;
        match from {
            Side::Users => {
                counts.participants += count;
                counts.added += count;
                counts.matching = counts.matching.saturating_sub(count);
                counts.directory = counts.directory.saturating_sub(count);
            }
            Side::Participants => {
                counts.participants = counts.participants.saturating_sub(count);
                counts.directory += count;
            }
        }
    }

    fn validate(&mut self) -> Vec<Effect> {
        if self.changes.is_empty() {
            return vec![Effect::Close];
        }
        self.phase = Phase::Saving;
        self.refusal = None;
        vec![Effect::Validate(ValidateRequest {
            training_id: self.training_id,
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
