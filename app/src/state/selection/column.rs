//! One column of the panel: the loaded rows, what is on screen, the focused row and the selected ones.

use super::picked::Picked;
use crate::state::list_window::{PAGE, Rows, covering, fetch_ranges};
use convoke_domain::UserId;
use convoke_domain::view::{Range, SelectionRow, Window};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// More loaded rows than this are not kept.
const KEPT_ROWS: usize = 1_000;

/// How many rows more than Page Down moves stay in the document, at most: what a screenful has beyond that, and what the list draws beyond the screen.
const SPARE_ROWS: u32 = 8;

/// What is drawn of a column: while it is the same, no row has to be looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Length of the list.
    pub total: u32,
    /// The row that `rows` begin with.
    first: u32,
    rows: Vec<DrawnRow>,
}

/// A row that is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrawnRow {
    /// Who stands there, once that is known.
    pub person: Option<Arc<SelectionRow>>,
    /// Whether it is selected.
    pub picked: bool,
    /// Whether the keyboard is at it.
    pub focused: bool,
}

impl Drawn {
    /// The row at `index`; `None` beyond the end of the list.
    pub fn row(&self, index: u32) -> Option<DrawnRow> {
        let at = index.checked_sub(self.first).map(|at| at as usize);
        let row = at.and_then(|at| self.rows.get(at)).cloned();
        (index < self.total).then(|| row.unwrap_or_default())
    }
}

/// A column.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Length of the list, as last heard and moved since.
    pub total: u32,
    /// What is drawn.
    pub window: Rows,
    /// How far Page Up and Page Down go.
    pub page_rows: u32,
    /// What is selected.
    pub picked: Picked,
    /// The row the keyboard is at.
    pub focus: u32,
    rows: BTreeMap<u32, Arc<SelectionRow>>,
    /// Where a range with Shift begins.
    anchor: Option<u32>,
    /// Where the present run of Shift and arrows began, and what was selected before it.
    run: Option<(u32, Picked)>,
    /// Grows with everything that changes what the column should show.
    question: u32,
    /// The question that the rows answer; `None` before the first answer.
    answered: Option<u32>,
    under_way: Vec<(u32, Range)>,
}

impl Column {
    /// The row at `index`, if it is loaded.
    pub fn row(&self, index: u32) -> Option<&Arc<SelectionRow>> {
        self.rows.get(&index).filter(|_| index < self.total)
    }

    /// What is drawn of it.
    pub fn drawn(&self) -> Drawn {
        let Rows { first, count } = self.window;
        // A list that becomes longer shows its people at once, and not first that they are on their way: as many rows as stay in the document.
        let end = first + count.max(self.page_rows + SPARE_ROWS);
        let rows = (first..end.min(self.total)).map(|index| DrawnRow {
            person: self.row(index).cloned(),
            picked: self.is_picked(index),
            focused: self.focus == index,
        });
        Drawn {
            total: self.total,
            first,
            rows: rows.collect(),
        }
    }

    /// Whether any answer has come.
    pub const fn loaded(&self) -> bool {
        self.answered.is_some()
    }

    /// Whether the rows answer the present question.
    pub fn current(&self) -> bool {
        self.answered == Some(self.question)
    }

    /// The number of the present question.
    pub const fn question(&self) -> u32 {
        self.question
    }

    /// Number of loaded rows.
    pub fn held(&self) -> usize {
        self.rows.len()
    }

    /// Whether the row at `index` is selected.
    pub fn is_picked(&self, index: u32) -> bool {
        match self.row(index) {
            Some(row) => self.picked.contains(index, row.user_id),
            None => index < self.total && self.picked.covers(index),
        }
    }

    /// Number of selected rows.
    pub fn picked_count(&self) -> u32 {
        self.picked.count(self.total)
    }

    /// What the column shows is about to change: rows stay until the answer to the new question.
    pub fn ask_anew(&mut self) {
        self.question += 1;
    }

    /// Unselects everything and forgets where ranges began.
    pub fn unpick(&mut self) {
        self.picked = Picked::default();
        self.anchor = None;
        self.run = None;
    }

    /// Goes to the top with nothing selected, as for another list.
    pub fn restart(&mut self) {
        self.unpick();
        self.focus = 0;
        self.window.first = 0;
        self.ask_anew();
    }

    /// What has to be asked for; it counts as asked from now on.
    pub fn ask(&mut self) -> Vec<Range> {
        let question = self.question;
        let under_way: Vec<Range> = self
            .under_way
            .iter()
            .filter(|(q, _)| *q == question)
            .map(|(_, range)| *range)
            .collect();
        let asked = |offset: u32| {
            under_way
                .iter()
                .any(|r| r.offset <= offset && offset < r.offset + r.limit)
        };
        let ranges = if self.current() {
            fetch_ranges(
                self.window.with_neighbours(self.total),
                self.total,
                |page| {
                    let first = page * PAGE;
                    let end = (first + PAGE).min(self.total);
                    let held = self.rows.range(first..end).count();
                    held < (end - first) as usize && !asked(first)
                },
            )
        } else {
            // The new list may be longer than the old one.
            let range = covering(self.window.with_neighbours(u32::MAX));
            if asked(range.offset) {
                Vec::new()
            } else {
                vec![range]
            }
        };
        self.under_way
            .extend(ranges.iter().map(|range| (question, *range)));
        ranges
    }

    /// A question brought an answer, or none: it may be asked again.
    pub fn no_longer_under_way(&mut self, question: u32, range: Range) {
        self.under_way.retain(|entry| *entry != (question, range));
    }

    /// Takes the answer to `question` in; `false` when another question was asked since.
    pub fn take(&mut self, question: u32, answer: Window<SelectionRow>) -> bool {
        if question != self.question {
            return false;
        }
        if !self.current() {
            self.rows.clear();
            self.answered = Some(question);
        }
        self.total = answer.total;
        let rows = answer.rows.into_iter().map(Arc::new);
        self.rows.extend((answer.offset..).zip(rows));
        let total = self.total;
        self.rows.retain(|index, _| *index < total);
        self.focus = self.focus.min(total.saturating_sub(1));
        self.forget_the_farthest();
        true
    }

    /// The list has changed on the server: only the rows that came last are about its present state.
    pub fn forget_all_but(&mut self, answer: Option<Range>) {
        match answer {
            Some(range) => self
                .rows
                .retain(|index, _| range.offset <= *index && *index < range.offset + range.limit),
            None => self.ask_anew(),
        }
    }

    fn forget_the_farthest(&mut self) {
        let middle = self.window.first + self.window.count / 2;
        while self.rows.len() > KEPT_ROWS {
            let (Some((&first, _)), Some((&last, _))) =
                (self.rows.first_key_value(), self.rows.last_key_value())
            else {
                return;
            };
            let farthest = if middle.abs_diff(first) > middle.abs_diff(last) {
                first
            } else {
                last
            };
            self.rows.remove(&farthest);
        }
    }

    /// Selects only the row at `index`.
    pub fn pick_one(&mut self, index: u32) {
        self.focus = index;
        self.run = None;
        self.anchor = Some(index);
        self.picked = Picked::these(self.row(index).map(|row| row.user_id));
    }

    /// Selects or unselects the row at `index`.
    pub fn toggle(&mut self, index: u32) {
        self.focus = index;
        self.run = None;
        self.anchor = Some(index);
        if let Some(user) = self.row(index).map(|row| row.user_id) {
            self.picked.toggle(index, user);
        }
    }

    /// Selects from the row where the last selection began to `index`: beside what is selected, or instead of it.
    pub fn pick_to(&mut self, index: u32, beside: bool) {
        let start = self.anchor.unwrap_or(self.focus);
        let before = if beside {
            std::mem::take(&mut self.picked)
        } else {
            Picked::default()
        };
        self.run = None;
        self.anchor = Some(start);
        self.focus = index;
        self.pick_between(start, index, before);
    }

    /// Shift and an arrow: the run that began where the focus was now ends at `index`.
    pub fn run_to(&mut self, index: u32) {
        let (start, before) = self
            .run
            .take()
            .unwrap_or_else(|| (self.focus, self.picked.clone()));
        self.anchor = Some(start);
        self.focus = index;
        self.run = Some((start, before.clone()));
        self.pick_between(start, index, before);
    }

    fn pick_between(&mut self, one: u32, other: u32, mut picked: Picked) {
        let (low, high) = (one.min(other), one.max(other));
        let rows = &self.rows;
        picked.add_range(low, high, |index| rows.get(&index).map(|row| row.user_id));
        self.picked = picked;
    }

    /// Goes to the row at `index` without selecting.
    pub fn go_to(&mut self, index: u32) {
        self.run = None;
        self.focus = index;
    }

    /// Selects only the first so many rows.
    pub fn pick_first(&mut self, count: u32) {
        self.run = None;
        self.picked = Picked::default();
        if let Some(last) = count.checked_sub(1) {
            self.pick_between(0, last, Picked::default());
        }
    }

    /// Selects everything.
    pub fn pick_all(&mut self) {
        self.run = None;
        self.picked = Picked::everything();
    }

    /// How many of the rows above the focused one are selected, loaded or not.
    #[allow(clippy::cast_possible_truncation, reason = "no more than rows, a u32")]
    pub fn picked_above_focus(&self) -> u32 {
        let focus = self.focus;
        let ranges: u32 = self
            .picked
            .spans()
            .iter()
            .map(|(low, high)| (high + 1).min(focus).saturating_sub(*low))
            .sum();
        let (mut beside, mut left_out) = (0, 0);
        for index in self.rows.range(..focus).map(|(index, _)| index) {
            match (self.picked.covers(*index), self.is_picked(*index)) {
                (false, true) => beside += 1,
                (true, false) => left_out += 1,
                _ => {}
            }
        }
        ranges + beside - left_out
    }

    /// These people leave the column; the loaded ones are returned in their order. The focus goes to the row after,
    /// which is as many rows higher as people `above_focus` leave.
    #[allow(clippy::cast_possible_truncation, reason = "no more than rows, a u32")]
    pub fn leave(&mut self, people: &BTreeSet<UserId>, above_focus: u32) -> Vec<Arc<SelectionRow>> {
        let mut left = Vec::new();
        let mut stayed = BTreeMap::new();
        for (index, row) in std::mem::take(&mut self.rows) {
            if people.contains(&row.user_id) {
                left.push(row);
            } else {
                stayed.insert(index - left.len() as u32, row);
            }
        }
        self.rows = stayed;
        self.total = self.total.saturating_sub(people.len() as u32);
        self.focus = self
            .focus
            .saturating_sub(above_focus)
            .min(self.total.saturating_sub(1));
        self.unpick();
        left
    }

    /// Everyone leaves the column but `stay`; those loaded are returned in their order. The focus goes to the row after, as with
    /// [`Self::leave`].
    #[allow(clippy::cast_possible_truncation, reason = "no more than rows, a u32")]
    pub fn leave_all(&mut self, stay: &BTreeSet<UserId>) -> Vec<Arc<SelectionRow>> {
        let (stayed, left): (Vec<_>, Vec<_>) = std::mem::take(&mut self.rows)
            .into_iter()
            .partition(|(_, row)| stay.contains(&row.user_id));
        self.total = self.total.min(stay.len() as u32);
        self.focus = (stayed
            .iter()
            .filter(|(index, _)| *index < self.focus)
            .count() as u32)
            .min(self.total.saturating_sub(1));
        self.rows = (0..).zip(stayed.into_iter().map(|(_, row)| row)).collect();
        self.unpick();
        left.into_iter().map(|(_, row)| row).collect()
    }

    /// `count` people come to the top of the column, of whom these rows are known.
    pub fn arrive(&mut self, rows: Vec<Arc<SelectionRow>>, count: u32) {
        self.rows = std::mem::take(&mut self.rows)
            .into_iter()
            .map(|(index, row)| (index.saturating_add(count), row))
            .collect();
        self.rows.extend((0..count).zip(rows));
        if self.total > 0 {
            self.focus += count;
        }
        self.total = self.total.saturating_add(count);
        self.unpick();
        self.forget_the_farthest();
    }
}
