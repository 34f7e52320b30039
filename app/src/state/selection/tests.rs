//! The reducer against a server in memory, and against plain sets of people.

#![allow(
    clippy::cast_possible_truncation,
    clippy::similar_names,
    clippy::large_types_passed_by_value,
    reason = "a dozen people, counted"
)]

use super::*;
use crate::state::list_window::Rows;
use convoke_domain::Channel;
use convoke_domain::id::uuid_v7;
use convoke_domain::person::Route;
use convoke_domain::view::{ValidateOutcome, Window};
use proptest::prelude::*;

fn user(n: u32) -> UserId {
    UserId(uuid_v7(i64::from(n), [1; 10]))
}

fn number(user: UserId) -> u32 {
    (0..100_000)
        .find(|n| self::user(*n) == user)
        .expect("made by `user`")
}

/// Matches the people whose number is divisible by `n`; everyone for 0.
fn filter(n: usize) -> Filter {
    Filter {
        text: "x".repeat(n),
        ..Filter::default()
    }
}

fn matches(filter: &Filter, n: u32) -> bool {
    filter.text.is_empty() || (n as usize).is_multiple_of(filter.text.len())
}

/// The server, for a directory of `people`.
#[derive(Clone)]
struct Server {
    people: u32,
    saved: BTreeSet<u32>,
    version: i64,
}

impl Server {
    fn right(&self, changes: &Changes, n: u32) -> bool {
        let saved = self.saved.contains(&n).then_some(1);
        changes.contains(user(n), saved, |f| matches(f, n))
    }

    fn list(&self, query: &SelectionQuery, side: Side) -> Vec<u32> {
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

    fn window(&self, query: &SelectionQuery, side: Side, range: Range) -> Window<SelectionRow> {
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

    fn row(&self, n: u32, side: Side) -> SelectionRow {
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

    fn view(&self, query: &SelectionQuery) -> SelectionView {
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

/// The panel, its screen and the requests under way.
struct Desk {
    state: Selection,
    server: Server,
    under_way: Vec<Effect>,
    said: Vec<Said>,
    closed: bool,
    saved: bool,
    validated: Option<ValidateRequest>,
}

const SCREEN: u32 = 20;

impl Desk {
    fn open(people: u32, saved: impl IntoIterator<Item = u32>) -> Self {
        let mut desk = Self {
            state: Selection::new(TrainingId(user(9_999).0)),
            server: Server {
                people,
                saved: saved.into_iter().collect(),
                version: 1,
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

    fn draw(&mut self, side: Side, first: u32) {
        let total = self.state.column(side).total;
        let first = first.min(total.saturating_sub(1));
        let count = SCREEN.min(total.saturating_sub(first));
        self.send(Message::Drawn(side, Rows { first, count }));
    }

    fn send(&mut self, message: Message) {
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
    fn answer(&mut self, which: usize) {
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

    fn settle(&mut self) {
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

    fn list(&self, side: Side) -> Vec<u32> {
        self.server.list(&self.state.query(), side)
    }

    /// What must hold whenever no request is under way.
    fn check_settled(&self) {
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
        let counts = self.server.view(&self.state.query()).counts;
        assert_eq!(self.state.counts, counts);
    }

    fn names(&self, side: Side) -> Vec<u32> {
        let column = self.state.column(side);
        (0..column.total)
            .map_while(|i| column.row(i))
            .map(|row| number(row.user_id))
            .collect()
    }
}

fn click(side: Side, index: u32, shift: bool, ctrl: bool) -> Message {
    Message::Click {
        side,
        index,
        shift,
        ctrl,
    }
}

fn key(side: Side, key: Key, shift: bool, ctrl: bool) -> Message {
    Message::KeyDown {
        side,
        key,
        shift,
        ctrl,
    }
}

#[test]
fn a_move_is_on_screen_before_the_server_answers() {
    let mut desk = Desk::open(10, [8, 9]);
    desk.send(click(Side::Users, 1, false, false));
    desk.send(click(Side::Users, 3, true, false));
    desk.send(Message::AddSelected);
    assert!(!desk.under_way.is_empty());
    assert_eq!(desk.names(Side::Users), [0, 4, 5, 6, 7]);
    assert_eq!(desk.names(Side::Participants), [1, 2, 3, 8, 9]);
    assert!(desk.state.participants.row(0).is_some_and(|row| row.new));
    assert_eq!(desk.state.counts.added, 3);
    assert_eq!(desk.state.counts.matching, 5);
    assert_eq!(desk.said, [Said::Moved(3, Side::Participants, None)]);
    assert_eq!(desk.state.users.focus, 1, "the row after the moved ones");
    desk.settle();
    desk.check_settled();
}

#[test]
fn two_moves_in_quick_succession_are_both_kept() {
    let mut desk = Desk::open(10, []);
    desk.send(Message::DoubleClick(Side::Users, 0));
    desk.send(Message::DoubleClick(Side::Users, 0));
    // The answer to the first one is late and must not bring the second person back.
    desk.answer(0);
    assert_eq!(desk.names(Side::Users), [2, 3, 4, 5, 6, 7, 8, 9]);
    desk.settle();
    desk.check_settled();
    assert_eq!(desk.names(Side::Participants), [0, 1]);
}

#[test]
fn enter_moves_the_focused_row_and_the_next_one_is_focused() {
    let mut desk = Desk::open(10, []);
    desk.send(key(Side::Users, Key::Down, false, false));
    desk.send(key(Side::Users, Key::Enter, false, false));
    desk.send(key(Side::Users, Key::Enter, false, false));
    desk.settle();
    desk.check_settled();
    let said = Said::Moved(1, Side::Participants, Some("P2".to_owned()));
    assert_eq!(desk.said.last(), Some(&said));
    assert_eq!(desk.names(Side::Participants), [1, 2]);
    assert_eq!(desk.state.users.focus, 1);
}

#[test]
fn everything_but_one_is_a_filter_and_a_name() {
    let mut desk = Desk::open(300, []);
    desk.send(key(Side::Users, Key::A, false, true));
    assert_eq!(desk.said, [Said::Selected(300)]);
    desk.send(click(Side::Users, 5, false, true));
    desk.send(Message::Drop(Side::Users, Side::Participants));
    assert_eq!(desk.state.changes.ids(), 1, "no 299 names");
    desk.settle();
    desk.check_settled();
    assert_eq!(desk.names(Side::Users), [5]);
}

#[test]
fn add_all_adds_whom_its_number_counted() {
    let mut desk = Desk::open(100, []);
    // The filter is typed but its answer has not come: the button still says 100.
    desk.send(Message::FilterChanged(filter(10)));
    desk.send(Message::AddAll);
    desk.settle();
    desk.check_settled();
    assert_eq!(desk.state.counts.added, 100);
}

#[test]
fn a_range_beyond_the_loaded_rows_is_moved_when_its_people_are_known() {
    let mut desk = Desk::open(500, []);
    desk.send(click(Side::Users, 2, false, false));
    desk.send(key(Side::Users, Key::End, true, true));
    assert_eq!(desk.state.users.picked_count(), 498);
    desk.send(key(Side::Users, Key::Enter, false, false));
    desk.settle();
    desk.check_settled();
    assert_eq!(desk.names(Side::Users), [0, 1]);
}

#[test]
fn answers_to_older_filters_are_ignored() {
    let mut desk = Desk::open(100, []);
    desk.send(Message::FilterChanged(filter(2)));
    desk.send(Message::FilterChanged(filter(10)));
    desk.answer(1);
    assert_eq!(desk.state.users.total, 10);
    desk.answer(0);
    assert_eq!(desk.state.users.total, 10);
    desk.settle();
    desk.check_settled();
}

#[test]
fn a_failure_keeps_everything_and_can_be_tried_again() {
    let mut desk = Desk::open(100, []);
    desk.send(Message::FilterChanged(filter(10)));
    let Some(Effect::Fetch(request)) = desk.under_way.pop() else {
        panic!("a request")
    };
    let error = ApiError::Transport("offline".to_owned());
    desk.send(Message::Failed(request, error.clone()));
    assert_eq!(desk.state.error, Some(error.clone()));
    assert_eq!(desk.state.users.total, 100, "the rows stay");
    desk.send(Message::Retry);
    desk.settle();
    desk.check_settled();
    assert_eq!(desk.state.error, None);

    desk.send(Message::AddAll);
    desk.settle();
    desk.send(Message::Validate);
    assert!(desk.validated.is_some());
    desk.send(Message::AddAll);
    assert_eq!(desk.state.counts.added, 10, "nothing moves while it saves");
    desk.send(Message::ValidateFailed(error.clone()));
    assert_eq!(desk.state.refusal, Some(error));
    assert!(desk.state.is_choosing() && !desk.closed);
    assert_eq!(desk.state.counts.added, 10);
}

#[test]
fn closing_asks_only_when_something_would_be_lost() {
    let mut desk = Desk::open(10, []);
    desk.send(Message::DoubleClick(Side::Users, 0));
    desk.send(Message::Close);
    assert_eq!(desk.state.phase, Phase::Asking);
    desk.send(Message::KeepChoosing);
    desk.settle();
    desk.send(Message::DoubleClick(Side::Participants, 0));
    desk.settle();
    desk.send(Message::Close);
    assert!(desk.closed, "moved there and back");
}

#[test]
fn validate_without_changes_closes() {
    let mut desk = Desk::open(10, []);
    desk.send(Message::Validate);
    assert!(desk.closed && desk.validated.is_none());
}

#[test]
fn what_validate_did_is_told_and_the_panel_closes() {
    let mut desk = Desk::open(10, []);
    desk.send(Message::AddAll);
    desk.send(Message::Close);
    desk.send(Message::KeepChoosing);
    desk.send(Message::Validate);
    desk.send(Message::Close);
    assert!(!desk.closed, "whether it was saved has to be known first");
    desk.send(Message::Validated(ValidateOutcome::default()));
    assert!(desk.closed && desk.saved);
}

#[test]
fn a_colleagues_change_while_the_panel_is_open_is_taken_in() {
    let mut desk = Desk::open(300, [0, 1]);
    desk.draw(Side::Users, 150);
    desk.settle();
    desk.server.saved.extend([2, 3]);
    desk.server.version = 2;
    desk.draw(Side::Users, 280);
    desk.settle();
    desk.check_settled();
    assert_eq!(desk.state.participants.total, 4);
    desk.draw(Side::Users, 140);
    desk.settle();
    desk.check_settled();
}

#[test]
fn too_many_names_are_refused_and_nothing_is_noted() {
    let mut desk = Desk::open(0, []);
    let people: BTreeSet<UserId> = (0..=convoke_domain::selection::MAX_IDS as u32)
        .map(user)
        .collect();
    let _ = desk.state.move_people(Side::Users, &people, 0);
    assert!(desk.state.changes.is_empty());
    assert!(desk.state.refusal.is_some());
}

/// What a person does.
#[derive(Clone, Debug)]
enum Act {
    Click(bool, u32, bool, bool),
    Key(bool, Key, bool),
    All(bool),
    DoubleClick(bool, u32),
    Drag(bool, u32),
    Button(bool),
    ButtonAll(bool),
    Filter(usize),
    Scroll(bool, u32),
    /// For the second test: the network answers, out of order, or fails, or a colleague saves.
    Answer(usize),
    Fail(usize),
    Colleague(u32),
}

fn side(left: bool) -> Side {
    if left {
        Side::Users
    } else {
        Side::Participants
    }
}

const KEYS: &[Key] = &[
    Key::Up,
    Key::Down,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
    Key::Space,
    Key::Enter,
];

fn act(people: u32) -> impl Strategy<Value = Act> {
    let b = any::<bool>;
    prop_oneof![
        6 => (b(), 0..people, b(), b()).prop_map(|(s, i, x, y)| Act::Click(s, i, x, y)),
        8 => (b(), prop::sample::select(KEYS), b()).prop_map(|(s, k, x)| Act::Key(s, k, x)),
        1 => b().prop_map(Act::All),
        2 => (b(), 0..people).prop_map(|(s, i)| Act::DoubleClick(s, i)),
        3 => (b(), 0..people).prop_map(|(s, i)| Act::Drag(s, i)),
        3 => b().prop_map(Act::Button),
        1 => b().prop_map(Act::ButtonAll),
        1 => (0_usize..4).prop_map(Act::Filter),
        2 => (b(), 0..people).prop_map(|(s, i)| Act::Scroll(s, i)),
        6 => (0_usize..8).prop_map(Act::Answer),
        1 => (0_usize..8).prop_map(Act::Fail),
        1 => (0..people).prop_map(Act::Colleague),
    ]
}

impl Desk {
    fn act(&mut self, act: &Act) {
        match *act {
            Act::Click(s, index, shift, ctrl) => self.send(click(side(s), index, shift, ctrl)),
            Act::Key(s, k, shift) => self.send(key(side(s), k, shift, false)),
            Act::All(s) => self.send(key(side(s), Key::A, false, true)),
            Act::DoubleClick(s, index) => self.send(Message::DoubleClick(side(s), index)),
            Act::Drag(s, index) => {
                if self.state.column(side(s)).row(index).is_some() {
                    self.send(Message::DragStart(side(s), index));
                    self.send(Message::Drop(side(s), side(!s)));
                }
            }
            Act::Button(true) => self.send(Message::AddSelected),
            Act::Button(false) => self.send(Message::RemoveSelected),
            Act::ButtonAll(true) => self.send(Message::AddAll),
            Act::ButtonAll(false) => self.send(Message::RemoveAll),
            Act::Filter(n) => self.send(Message::FilterChanged(filter(n))),
            Act::Scroll(s, first) => self.draw(side(s), first),
            Act::Answer(which) => self.answer(which),
            Act::Fail(which) => {
                if self.under_way.is_empty() {
                    return;
                }
                let error = ApiError::Transport("offline".to_owned());
                match self.under_way.remove(which % self.under_way.len()) {
                    Effect::Fetch(request) => self.send(Message::Failed(request, error)),
                    Effect::FetchPeople { number, .. } => {
                        self.send(Message::PeopleFailed(number, error));
                    }
                    _ => unreachable!("only requests wait"),
                }
            }
            Act::Colleague(n) => {
                self.server.version += 1;
                if !self.server.saved.remove(&n) {
                    self.server.saved.insert(n);
                }
            }
        }
    }
}

/// Two plain sets of people and what is selected of each: what the panel must amount to.
struct Model {
    server: Server,
    right: BTreeSet<u32>,
    filter: usize,
    picked: [BTreeSet<u32>; 2],
    focus: [usize; 2],
    anchor: [Option<usize>; 2],
    run: [Option<(usize, BTreeSet<u32>)>; 2],
}

impl Model {
    fn list(&self, column: usize) -> Vec<u32> {
        if column == 0 {
            (0..self.server.people)
                .filter(|n| !self.right.contains(n) && matches(&filter(self.filter), *n))
                .collect()
        } else {
            let new = self.right.difference(&self.server.saved).copied();
            let old = self.right.intersection(&self.server.saved).copied();
            new.chain(old).collect()
        }
    }

    fn clear(&mut self) {
        self.picked = [BTreeSet::new(), BTreeSet::new()];
        self.anchor = [None, None];
        self.run = [None, None];
    }

    fn between(&self, c: usize, a: usize, b: usize) -> Vec<u32> {
        self.list(c)[a.min(b)..=a.max(b)].to_vec()
    }

    fn move_picked(&mut self, c: usize, focus_loaded: bool) {
        let list = self.list(c);
        if self.picked[c].is_empty() {
            if !focus_loaded {
                return;
            }
            self.picked[c].insert(list[self.focus[c]]);
        }
        let everything = self.picked[c].len() == list.len();
        let before = list[..self.focus[c].min(list.len())]
            .iter()
            .filter(|n| self.picked[c].contains(n))
            .count();
        let moved = std::mem::take(&mut self.picked[c]);
        for n in moved {
            if c == 0 {
                self.right.insert(n);
            } else {
                self.right.remove(&n);
            }
        }
        let left = self.list(c).len();
        self.focus[c] = (self.focus[c] - before).min(left.saturating_sub(1));
        if everything {
            self.focus[c] = 0;
        }
        if c == 0 {
            self.focus[1] = 0;
        }
        self.clear();
    }

    fn act(&mut self, act: &Act, state: &Selection) {
        let loaded = |c: usize, i: usize| state.column(side(c == 0)).row(i as u32).is_some();
        match *act {
            Act::Click(s, index, shift, ctrl) => {
                let (c, index) = (usize::from(!s), index as usize);
                let list = self.list(c);
                if index >= list.len() {
                    return;
                }
                self.run[c] = None;
                if shift {
                    let start = self.anchor[c].unwrap_or(self.focus[c]);
                    if !ctrl {
                        self.picked[c].clear();
                    }
                    let range = self.between(c, start, index);
                    self.picked[c].extend(range);
                    self.anchor[c] = Some(start);
                } else {
                    if !ctrl {
                        self.picked[c].clear();
                    }
                    if loaded(c, index) && !self.picked[c].remove(&list[index]) {
                        self.picked[c].insert(list[index]);
                    }
                    self.anchor[c] = Some(index);
                }
                self.focus[c] = index;
            }
            Act::Key(s, k, shift) => {
                let c = usize::from(!s);
                let list = self.list(c);
                if list.is_empty() {
                    return;
                }
                let (focus, last) = (self.focus[c], list.len() - 1);
                let to = match k {
                    Key::Up => focus.saturating_sub(1),
                    Key::Down => (focus + 1).min(last),
                    Key::Home => 0,
                    Key::End => last,
                    Key::PageUp => focus.saturating_sub(10),
                    Key::PageDown => (focus + 10).min(last),
                    Key::Space => {
                        self.act(&Act::Click(s, focus as u32, shift, !shift), state);
                        return;
                    }
                    Key::Enter => {
                        let ready = loaded(c, focus);
                        self.move_picked(c, ready);
                        return;
                    }
                    Key::A => return,
                };
                if shift {
                    let (start, before) = self.run[c]
                        .clone()
                        .unwrap_or_else(|| (focus, self.picked[c].clone()));
                    self.picked[c].clone_from(&before);
                    let range = self.between(c, start, to);
                    self.picked[c].extend(range);
                    self.anchor[c] = Some(start);
                    self.run[c] = Some((start, before));
                } else {
                    self.run[c] = None;
                }
                self.focus[c] = to;
            }
            Act::All(s) => {
                let c = usize::from(!s);
                self.run[c] = None;
                self.picked[c] = self.list(c).into_iter().collect();
            }
            Act::DoubleClick(s, index) => {
                let (c, index) = (usize::from(!s), index as usize);
                if loaded(c, index) {
                    self.picked[c] = [self.list(c)[index]].into();
                    self.focus[c] = index;
                    self.move_picked(c, true);
                }
            }
            Act::Drag(s, index) => {
                let (c, index) = (usize::from(!s), index as usize);
                if loaded(c, index) {
                    let person = self.list(c)[index];
                    if !self.picked[c].contains(&person) {
                        self.picked[c] = [person].into();
                    }
                    self.focus[c] = index;
                    self.move_picked(c, true);
                }
            }
            Act::Button(s) => {
                let c = usize::from(!s);
                let ready = !self.list(c).is_empty() && loaded(c, self.focus[c]);
                self.move_picked(c, ready);
            }
            Act::ButtonAll(s) => {
                let c = usize::from(!s);
                self.picked[c] = self.list(c).into_iter().collect();
                if !self.picked[c].is_empty() {
                    self.move_picked(c, true);
                }
            }
            Act::Filter(n) => {
                if n != self.filter {
                    self.filter = n;
                    self.picked[0].clear();
                    self.anchor[0] = None;
                    self.run[0] = None;
                    self.focus[0] = 0;
                }
            }
            Act::Scroll(..) | Act::Answer(_) | Act::Fail(_) | Act::Colleague(_) => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a person does, the panel amounts to two plain sets of people, and shows what of them is selected.
    #[test]
    fn the_panel_is_two_plain_sets(people in 1_u32..140, saved in prop::collection::btree_set(0_u32..140, 0..40), acts in prop::collection::vec(act(140), 0..40)) {
        let saved: BTreeSet<u32> = saved.into_iter().filter(|n| *n < people).collect();
        let mut desk = Desk::open(people, saved.clone());
        let mut model = Model {
            server: desk.server.clone(),
            right: saved,
            filter: 0,
            picked: [BTreeSet::new(), BTreeSet::new()],
            focus: [0, 0],
            anchor: [None, None],
            run: [None, None],
        };
        for act in acts {
            if matches!(act, Act::Answer(_) | Act::Fail(_) | Act::Colleague(_)) {
                continue;
            }
            model.act(&act, &desk.state);
            desk.act(&act);
            desk.settle();
            desk.check_settled();
            let moved: BTreeSet<u32> = (0..people).filter(|n| desk.server.right(&desk.state.changes, *n)).collect();
            prop_assert_eq!(&moved, &model.right, "after {:?}", act);
            for c in [0, 1] {
                let column = desk.state.column(side(c == 0));
                let list = model.list(c);
                prop_assert_eq!(column.focus as usize, model.focus[c], "focus of {} after {:?}", c, act);
                for (index, person) in (0_u32..).zip(&list) {
                    prop_assert_eq!(column.is_picked(index), model.picked[c].contains(person), "row {} of {} after {:?}", index, c, act);
                }
                prop_assert_eq!(column.picked_count() as usize, model.picked[c].len(), "after {:?}", act);
            }
        }
    }

    /// However late, out of order or not at all the answers come, and whatever colleagues save meanwhile: the rows
    /// on screen are never those of an older question, and in the end they are what the server has.
    #[test]
    fn the_panel_finds_back_to_the_server(people in 1_u32..140, saved in prop::collection::btree_set(0_u32..140, 0..40), acts in prop::collection::vec(act(140), 0..60)) {
        let saved: BTreeSet<u32> = saved.into_iter().filter(|n| *n < people).collect();
        let mut desk = Desk::open(people, saved);
        for act in acts {
            let act = match act {
                Act::Colleague(n) => Act::Colleague(n % people),
                other => other,
            };
            desk.act(&act);
            for side in [Side::Users, Side::Participants] {
                prop_assert!(desk.state.column(side).held() <= 1_000);
            }
            prop_assert!(desk.state.changes.within_bounds());
        }
        desk.settle();
        // An answer about the present state tells of everything that colleagues did.
        desk.send(Message::FilterChanged(filter(5)));
        desk.settle();
        desk.send(Message::FilterChanged(filter(0)));
        desk.send(Message::Retry);
        desk.settle();
        desk.check_settled();
    }
}
