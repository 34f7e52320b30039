//! Random stories: the panel amounts to two plain sets of people, and finds back to the server.

use super::acts::{Act, act, side};
use super::desk::Desk;
use super::server::Server;
use super::{filter, matches, similar};
use crate::state::selection::{Key, Message, Selection};
use convoke_domain::view::Side;
use proptest::prelude::*;
use std::collections::BTreeSet;

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
            let filter = filter(self.filter);
            let exact = (0..self.server.people).filter(|n| matches(&filter, *n));
            exact
                .chain(similar(&filter, self.server.people))
                .filter(|n| !self.right.contains(n))
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
                let filter = filter(self.filter);
                let listed = self.list(c).into_iter();
                let all: BTreeSet<u32> =
                    listed.filter(|n| c == 1 || matches(&filter, *n)).collect();
                if !all.is_empty() {
                    self.picked[c] = all;
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
