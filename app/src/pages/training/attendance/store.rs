//! What the tab holds while it is open.

use crate::api::ApiError;
use crate::api::presence::{attendance, mark_presence, mark_rest};
use crate::components::{Announcer, use_announcer};
use crate::state::attendance::Tool;
use crate::state::refetch::Refetch;
use crate::tr;
use convoke_domain::person::full_name;
use convoke_domain::view::{AttendanceCell, AttendanceView, HalfDayHead};
use convoke_domain::{Attendance, HalfDay, InvitationId, TrainingId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashMap;
use std::time::Duration;

/// Marks come in bursts: so long is waited for the rest of one.
const BURST: Duration = Duration::from_millis(300);

/// A cell that was marked here.
type Place = (InvitationId, HalfDay);

/// The tab's memory: signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Grid {
    /// The training.
    pub training: TrainingId,
    /// What the server said last, with what is on its way there.
    pub view: RwSignal<AttendanceView>,
    /// What is searched for.
    pub search: RwSignal<String>,
    /// What a tap sets.
    pub tool: RwSignal<Tool>,
    /// The last question failed.
    pub problem: RwSignal<Option<ApiError>>,
    /// What each cell shall say, while the server is told.
    pending: StoredValue<HashMap<Place, Option<Attendance>>>,
    refetch: StoredValue<Refetch>,
    announcer: Announcer,
}

impl Grid {
    /// Starts from the first answer of the server.
    pub fn new(training: TrainingId, view: AttendanceView) -> Self {
        Self {
            training,
            view: RwSignal::new(view),
            search: RwSignal::new(String::new()),
            tool: RwSignal::new(Tool::Say(Attendance::Present)),
            problem: RwSignal::new(None),
            pending: StoredValue::new(HashMap::new()),
            refetch: StoredValue::new(Refetch::default()),
            announcer: use_announcer(),
        }
    }

    /// The server announced a version of the training.
    pub fn announced(self, version: i64) {
        if self.refetch.try_update_value(|r| r.announce(version)) == Some(true) {
            set_timeout(move || self.ask(), BURST);
        }
    }

    /// Asks for everything anew.
    pub fn refresh(self) {
        if self.refetch.try_update_value(Refetch::demand) == Some(true) {
            self.ask();
        }
    }

    fn ask(self) {
        let Some(asked) = self.refetch.try_get_value() else {
            return;
        };
        spawn_local(async move {
            let version = match attendance(self.training).await {
                Ok(view) => {
                    self.show(view);
                    Some(asked.announced())
                }
                Err(error) => {
                    self.problem.try_set(Some(error));
                    None
                }
            };
            if self.refetch.try_update_value(|r| r.done(version)) == Some(true) {
                self.ask();
            }
        });
    }

    /// Shows what the server says, but for what it was not told yet.
    fn show(self, mut view: AttendanceView) {
        let pending = self.pending.try_get_value().unwrap_or_default();
        for ((id, half_day), wanted) in &pending {
            set(&mut view, *id, half_day, *wanted);
        }
        if self.view.try_with_untracked(|old| *old != view) == Some(true) {
            self.view.set(view);
        }
        self.problem.try_set(None);
    }

    /// The cell of a person, and the half-day it is about.
    fn cell(
        self,
        id: InvitationId,
        column: usize,
    ) -> Option<(String, HalfDayHead, Option<Attendance>)> {
        self.view.with_untracked(|view| {
            let row = view.rows.iter().find(|row| row.invitation_id == id)?;
            let state = row.cells.get(column)?.as_ref().map(|cell| cell.state);
            let head = view.half_days.get(column)?.clone();
            Some((full_name(&row.first_name, &row.last_name), head, state))
        })
    }

    /// A tap on a cell.
    pub fn tap(self, id: InvitationId, column: usize) {
        if let Some((_, _, now)) = self.cell(id, column) {
            self.say(id, column, self.tool.get_untracked().applied(now));
        }
    }

    /// Says something of somebody on a half-day.
    pub fn say(self, id: InvitationId, column: usize, wanted: Option<Attendance>) {
        let Some((name, head, now)) = self.cell(id, column) else {
            return;
        };
        if now == wanted {
            return;
        }
        if !head.begun && !matches!(wanted, None | Some(Attendance::Excused)) {
            self.announcer.toast(tr!("attendance-early"));
            return;
        }
        let half_day = head.half_day;
        self.view.update(|view| set(view, id, &half_day, wanted));
        let (name, on) = (name.as_str(), head.label.as_str());
        self.announcer.announce(match wanted {
            Some(state) => tr!(
                "attendance-cell",
                name = name,
                half_day = on,
                state = word(state)
            ),
            None => tr!("attendance-cleared", name = name, half_day = on),
        });
        let place = (id, half_day);
        let on_its_way = self
            .pending
            .try_update_value(|all| all.insert(place.clone(), wanted).is_some());
        // One after the other for each cell: what was wanted last is what stays.
        if on_its_way == Some(false) {
            self.tell(place, wanted);
        }
    }

    fn tell(self, place: Place, wanted: Option<Attendance>) {
        spawn_local(async move {
            let (id, half_day) = place.clone();
            let answer = mark_presence(self.training, id, half_day, wanted).await;
            let next = self.pending.try_update_value(|all| {
                let now = all.get(&place).copied().flatten();
                if answer.is_ok() && now != wanted {
                    return Some(now);
                }
                all.remove(&place);
                None
            });
            if let Err(error) = answer {
                // First what holds, then why it is not what was wanted: an answer takes away what was wrong before.
                if let Ok(view) = attendance(self.training).await {
                    self.show(view);
                }
                self.problem.try_set(Some(error));
            } else if let Some(Some(next)) = next {
                self.tell(place, next);
            }
        });
    }

    /// Says of all others that they are present on a half-day.
    pub fn rest(self, half_day: HalfDay) {
        spawn_local(async move {
            match mark_rest(self.training, half_day, Attendance::Present).await {
                Ok(count) => {
                    self.announcer
                        .toast(tr!("attendance-rest-done", count = count));
                    self.refresh();
                }
                Err(error) => {
                    self.problem.try_set(Some(error));
                }
            }
        });
    }
}

/// The word for what is said of somebody.
pub fn word(state: Attendance) -> String {
    match state {
        Attendance::Present => tr!("attendance-present"),
        Attendance::Absent => tr!("attendance-absent"),
        Attendance::Excused => tr!("attendance-excused"),
    }
}

/// Has a cell say something else.
fn set(
    view: &mut AttendanceView,
    id: InvitationId,
    half_day: &HalfDay,
    wanted: Option<Attendance>,
) {
    let column = view.half_days.iter().position(|h| h.half_day == *half_day);
    let row = view.rows.iter_mut().find(|row| row.invitation_id == id);
    let Some(cell) = column.and_then(|column| row?.cells.get_mut(column)) else {
        return;
    };
    if cell.as_ref().map(|cell| cell.state) == wanted {
        return;
    }
    let signed = cell.as_ref().is_some_and(|cell| cell.signed);
    *cell = wanted.map(|state| AttendanceCell {
        state,
        at: None,
        by_hand: true,
        signed,
    });
}
