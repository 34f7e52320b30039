//! What a person does with a panel, and what happens to it meanwhile, by chance.

use super::desk::Desk;
use super::{click, filter, key};
use crate::api::ApiError;
use crate::state::selection::{Effect, Key, Message};
use convoke_domain::view::Side;
use proptest::prelude::*;

/// What a person does.
#[derive(Clone, Debug)]
pub(super) enum Act {
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

pub(super) fn side(left: bool) -> Side {
    if left {
        Side::Users
    } else {
        Side::Participants
    }
}

pub(super) const KEYS: &[Key] = &[
    Key::Up,
    Key::Down,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
    Key::Space,
    Key::Enter,
];

pub(super) fn act(people: u32) -> impl Strategy<Value = Act> {
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
    pub(super) fn act(&mut self, act: &Act) {
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
