//! What the tab holds while it is open.

use crate::api::ApiError;
use crate::api::presence::{attendance, mark_rest};
use crate::marks::{Line, WaitingMarks, waiting_marks};
use crate::pages::training::fresh::Fresh;
use crate::patience::patient;
use crate::state::attendance::Tool;
use crate::state::marks::{Mark, Place};
use crate::tr;
use convoke_domain::fold::search_text;
use convoke_domain::person::full_name;
use convoke_domain::view::{AttendanceCell, AttendanceRow, AttendanceView, HalfDayHead};
use convoke_domain::{Attendance, HalfDay, InvitationId, TrainingId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashMap;

/// Somebody in the list, and what a search looks at.
pub type Listed = (InvitationId, String);

/// The tab's memory: signals, so it is copied freely. Each row is a signal of its own: a mark draws its row, and no other.
#[derive(Clone, Copy)]
pub struct Grid {
    /// The training.
    pub training: TrainingId,
    /// The half-days.
    pub heads: RwSignal<Vec<HalfDayHead>>,
    /// Everyone, by name.
    pub people: RwSignal<Vec<Listed>>,
    /// What the server said last of each of them.
    rows: StoredValue<HashMap<InvitationId, ArcRwSignal<AttendanceRow>>>,
    /// Grows when something is said of anybody.
    said: RwSignal<u32>,
    /// What is searched for.
    pub search: RwSignal<String>,
    /// What a tap sets.
    pub tool: RwSignal<Tool>,
    /// The half-day of which it is asked whether all others are present.
    pub rest_asked: RwSignal<Option<HalfDayHead>>,
    /// The last question failed.
    pub problem: RwSignal<Option<ApiError>>,
    /// What is on its way to the server.
    pub marks: WaitingMarks,
    /// Asks the server.
    pub fresh: Fresh,
}

impl Grid {
    /// Starts from the first answer of the server.
    pub fn new(training: TrainingId, view: AttendanceView) -> Self {
        let grid = Self {
            training,
            heads: RwSignal::new(Vec::new()),
            people: RwSignal::new(Vec::new()),
            rows: StoredValue::new(HashMap::new()),
            said: RwSignal::new(0),
            search: RwSignal::new(String::new()),
            tool: RwSignal::new(Tool::Say(Attendance::Present)),
            rest_asked: RwSignal::new(None),
            problem: RwSignal::new(None),
            marks: waiting_marks(),
            fresh: Fresh::new(),
        };
        grid.show(view);
        grid.fresh.asks(move || grid.load());
        grid.marks.on_saved(Callback::new(move |(place, mark)| {
            grid.saved(&place, &mark);
        }));
        grid
    }

    async fn load(self) -> bool {
        match patient(attendance(self.training)).await {
            Ok(view) => {
                self.show(view);
                self.problem.try_set(None);
                true
            }
            Err(error) => {
                self.problem.try_set(Some(error));
                false
            }
        }
    }

    /// Shows what the server says.
    fn show(self, view: AttendanceView) {
        if self.heads.try_with_untracked(|old| *old != view.half_days) == Some(true) {
            self.heads.set(view.half_days);
        }
        let listed = |row: &AttendanceRow| {
            let text = search_text(&row.last_name, &row.first_name, None, None);
            (row.invitation_id, text)
        };
        let people: Vec<Listed> = view.rows.iter().map(listed).collect();
        self.rows.try_update_value(|rows| {
            let mut before = std::mem::take(rows);
            for row in view.rows {
                let id = row.invitation_id;
                let signal = match before.remove(&id) {
                    Some(signal) => {
                        if signal.with_untracked(|old| *old != row) {
                            signal.set(row);
                        }
                        signal
                    }
                    None => ArcRwSignal::new(row),
                };
                rows.insert(id, signal);
            }
        });
        if self.people.try_with_untracked(|old| *old != people) == Some(true) {
            self.people.set(people);
        }
        self.said.try_update(|said| *said += 1);
    }

    /// Somebody's row.
    pub fn row(self, id: InvitationId) -> Option<ArcRwSignal<AttendanceRow>> {
        self.rows.try_with_value(|rows| rows.get(&id).cloned())?
    }

    /// The server has taken a mark: the time it gives to it comes with its next answer.
    fn saved(self, place: &Place, mark: &Mark) {
        if place.training != self.training {
            return;
        }
        let column = self
            .heads
            .try_with_untracked(|heads| heads.iter().position(|h| h.half_day == place.half_day));
        let (Some(Some(column)), Some(row)) = (column, self.row(place.invitation)) else {
            return;
        };
        row.update(|row| {
            let Some(cell) = row.cells.get_mut(column) else {
                return;
            };
            if cell.as_ref().map(|cell| cell.state) != mark.wanted {
                let signed = cell.as_ref().is_some_and(|cell| cell.signed);
                *cell = mark.wanted.map(|state| AttendanceCell {
                    state,
                    at: None,
                    by_hand: true,
                    signed,
                });
            }
        });
        self.said.try_update(|said| *said += 1);
    }

    /// How many people are there, for each half-day, with what is on its way.
    pub fn present(self) -> Vec<usize> {
        self.said.track();
        let mut present = self.heads.with(|heads| vec![0; heads.len()]);
        self.rows.with_value(|rows| {
            for row in rows.values() {
                row.with_untracked(|row| {
                    for (count, cell) in present.iter_mut().zip(&row.cells) {
                        *count += usize::from(is_present(cell.as_ref().map(|cell| cell.state)));
                    }
                });
            }
        });
        self.marks.with(|marks| {
            for (place, mark) in marks
                .iter()
                .filter(|(place, mark)| place.training == self.training && mark.waits())
            {
                let Some((column, said)) = self.said_by_server(place) else {
                    continue;
                };
                let count = &mut present[column];
                *count += usize::from(is_present(mark.wanted));
                *count -= usize::from(is_present(said));
            }
        });
        present
    }

    /// The column of a cell, and what the server says of it.
    pub fn said_by_server(self, place: &Place) -> Option<(usize, Option<Attendance>)> {
        let column = self
            .heads
            .with_untracked(|heads| heads.iter().position(|h| h.half_day == place.half_day))?;
        let row = self.row(place.invitation)?;
        let state =
            row.with_untracked(|row| row.cells.get(column)?.as_ref().map(|cell| cell.state));
        Some((column, state))
    }

    fn place(self, id: InvitationId, half_day: HalfDay) -> Place {
        Place {
            training: self.training,
            invitation: id,
            half_day,
        }
    }

    /// What a cell shows: what is on its way, else what the server says; both are given, that of the server second.
    fn shown(self, place: &Place) -> Option<(Option<Attendance>, Option<Attendance>)> {
        let (_, said) = self.said_by_server(place)?;
        let waits = self.marks.at(place).filter(Mark::waits);
        Some((waits.map_or(said, |mark| mark.wanted), said))
    }

    /// A tap on a cell.
    pub fn tap(self, id: InvitationId, column: usize) {
        let half_day = self
            .heads
            .with_untracked(|heads| Some(heads.get(column)?.half_day.clone()));
        let shown = half_day.and_then(|half_day| self.shown(&self.place(id, half_day)));
        if let Some((now, _)) = shown {
            self.say(id, column, self.tool.get_untracked().applied(now));
        }
    }

    /// Says something of somebody on a half-day.
    pub fn say(self, id: InvitationId, column: usize, wanted: Option<Attendance>) {
        let Some(head) = self
            .heads
            .with_untracked(|heads| heads.get(column).cloned())
        else {
            return;
        };
        let place = self.place(id, head.half_day);
        let Some((now, said)) = self.shown(&place) else {
            return;
        };
        if now == wanted {
            return;
        }
        if !head.begun && !matches!(wanted, None | Some(Attendance::Excused)) {
            self.marks.announcer().toast(tr!("attendance-early"));
            return;
        }
        self.marks.say(vec![(place, wanted, said)]);
        let name = self.name(id);
        let (name, on) = (name.as_str(), head.label.as_str());
        self.marks.announcer().announce(match wanted {
            Some(state) => tr!(
                "attendance-cell",
                name = name,
                half_day = on,
                state = word(state)
            ),
            None => tr!("attendance-cleared", name = name, half_day = on),
        });
    }

    /// Says a mark once more that was overtaken: whoever reads what was said meanwhile decides.
    pub fn insist(self, place: Place, wanted: Option<Attendance>) {
        if let Some((_, said)) = self.said_by_server(&place) {
            self.marks.say(vec![(place, wanted, said)]);
        }
    }

    /// The name of somebody; empty when they are not in the list any more.
    pub fn name(self, id: InvitationId) -> String {
        self.row(id)
            .map(|row| row.with_untracked(|row| full_name(&row.first_name, &row.last_name)))
            .unwrap_or_default()
    }

    /// Asks whether all others are present on a half-day, if there are any.
    pub fn ask_rest(self, head: &HalfDayHead) {
        if self.others(&head.half_day).is_empty() {
            self.marks
                .announcer()
                .toast(tr!("attendance-rest-done", count = 0));
        } else {
            self.rest_asked.set(Some(head.clone()));
        }
    }

    /// The cells of a half-day in which nothing is said yet, as far as this page knows.
    pub fn others(self, half_day: &HalfDay) -> Vec<Place> {
        self.people.with_untracked(|people| {
            people
                .iter()
                .map(|(id, _)| self.place(*id, half_day.clone()))
                .filter(|place| self.shown(place).is_some_and(|(now, _)| now.is_none()))
                .collect()
        })
    }

    /// Says of all others that they are present on a half-day. Where nobody answers, it is said of each of them here.
    pub fn rest(self, half_day: HalfDay) {
        if self.marks.line.get_untracked() == Line::Away {
            self.rest_here(&half_day);
            return;
        }
        spawn_local(async move {
            let call = mark_rest(self.training, half_day.clone(), Attendance::Present);
            match patient(call).await {
                Ok(count) => {
                    self.marks
                        .announcer()
                        .toast(tr!("attendance-rest-done", count = count));
                    self.fresh.refresh();
                }
                Err(ApiError::Transport(_)) => self.rest_here(&half_day),
                Err(error) => {
                    self.problem.try_set(Some(error));
                }
            }
        });
    }

    fn rest_here(self, half_day: &HalfDay) {
        let wishes: Vec<_> = self
            .others(half_day)
            .into_iter()
            .map(|place| (place, Some(Attendance::Present), None))
            .collect();
        let count = wishes.len();
        self.marks.say(wishes);
        self.marks
            .announcer()
            .toast(tr!("attendance-rest-done", count = count));
    }
}

fn is_present(state: Option<Attendance>) -> bool {
    state == Some(Attendance::Present)
}

/// The word for what is said of somebody.
pub fn word(state: Attendance) -> String {
    match state {
        Attendance::Present => tr!("attendance-present"),
        Attendance::Absent => tr!("attendance-absent"),
        Attendance::Excused => tr!("attendance-excused"),
    }
}
