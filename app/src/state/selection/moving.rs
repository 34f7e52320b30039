//! People go from one column to the other: noted in the changes, and on screen before the server answers.

use super::{Effect, Said, Selection, Waiting};
use crate::api::ApiError;
use convoke_domain::person::full_name;
use convoke_domain::selection::Change;
use convoke_domain::view::{Range, SelectionRow, Side};
use convoke_domain::{InvitationState, Refusal, UserId};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Selection {
    /// Moves what is selected in a column, or else its focused row, to the other.
    pub(super) fn move_picked(&mut self, from: Side) -> Vec<Effect> {
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

    pub(super) fn move_people(
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

    pub(super) fn move_all(&mut self, from: Side, stay: BTreeSet<UserId>) -> Vec<Effect> {
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

    /// Where these people stand is not known here: only the answer shows them on the right.
    pub(super) fn pasted(&mut self, people: Vec<UserId>) -> Vec<Effect> {
        if people.is_empty() {
            return Vec::new();
        }
        let count = u32::try_from(people.len()).unwrap_or(u32::MAX);
        if !self.note([Change::Add(people)]) {
            return self.too_many();
        }
        self.users.unpick();
        self.participants.unpick();
        self.land(Side::Users, Vec::new(), count)
    }

    /// What left one column shows in the other, and both are asked for anew.
    fn land(&mut self, from: Side, rows: Vec<Arc<SelectionRow>>, count: u32) -> Vec<Effect> {
        let name = match rows.as_slice() {
            [one] if count == 1 => Some(full_name(&one.first_name, &one.last_name)),
            _ => None,
        };
        let onto = match from {
            Side::Users => {
                let rows = rows.into_iter().map(no_longer_similar).collect();
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
            let number = if row.similar {
                &mut counts.similar
            } else {
                &mut counts.matching
            };
            step(number, false);
        }
        if !row.saved {
            step(&mut counts.added, right);
            return;
        }
        step(&mut counts.removed, !right);
        match row.state {
            Some(InvitationState::Sent | InvitationState::Waiting) => {
                step(&mut counts.removed_sent, !right);
            }
            Some(InvitationState::Confirmed) => step(&mut counts.removed_confirmed, !right),
            _ => {}
        }
        if matches!(
            row.state,
            Some(InvitationState::Sent | InvitationState::Confirmed)
        ) {
            step(&mut counts.informed, right);
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
}

/// How somebody was found says nothing where they are chosen.
fn no_longer_similar(row: Arc<SelectionRow>) -> Arc<SelectionRow> {
    if row.similar {
        Arc::new(SelectionRow {
            similar: false,
            ..(*row).clone()
        })
    } else {
        row
    }
}
