//! What the tab holds while it is open.

use crate::api::ApiError;
use crate::api::presence::participants;
use crate::components::{Announcer, use_announcer};
use crate::marks::{WaitingMarks, waiting_marks};
use crate::pages::training::fresh::Fresh;
use crate::patience::patient;
use crate::state::marks::{Mark, Place};
use crate::tr;
use convoke_domain::person::full_name;
use convoke_domain::view::{ParticipantsView, PresenceRow};
use convoke_domain::{Attendance, HalfDay, InvitationId, TrainingId};
use leptos::prelude::*;

/// The tab's memory: signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// The training.
    pub training: TrainingId,
    /// What the server said last.
    pub view: RwSignal<ParticipantsView>,
    /// What is searched for.
    pub search: RwSignal<String>,
    /// The last question failed.
    pub problem: RwSignal<Option<ApiError>>,
    /// Marks that are on their way.
    pub marks: WaitingMarks,
    /// The half-day that was asked for last; `None` for the nearest.
    half_day: StoredValue<Option<HalfDay>>,
    /// Asks the server.
    pub fresh: Fresh,
    announcer: Announcer,
}

impl Sheet {
    /// Starts from the first answer of the server.
    pub fn new(training: TrainingId, view: ParticipantsView) -> Self {
        let sheet = Self {
            training,
            half_day: StoredValue::new(view.half_day.clone()),
            view: RwSignal::new(view),
            search: RwSignal::new(String::new()),
            problem: RwSignal::new(None),
            marks: waiting_marks(),
            fresh: Fresh::new(),
            announcer: use_announcer(),
        };
        sheet.fresh.asks(move || sheet.load());
        sheet.marks.on_saved(Callback::new(move |(place, mark)| {
            sheet.saved(&place, &mark);
        }));
        sheet
    }

    /// Another half-day.
    pub fn show_half_day(self, half_day: HalfDay) {
        self.half_day.set_value(Some(half_day));
        self.fresh.refresh();
    }

    async fn load(self) -> bool {
        let Some(half_day) = self.half_day.try_get_value() else {
            return false;
        };
        match patient(participants(self.training, half_day.clone())).await {
            Ok(view) => {
                // Another half-day may have been asked for meanwhile: its answer is on its way.
                if self.half_day.try_get_value().as_ref() == Some(&half_day) {
                    self.show(view);
                }
                true
            }
            Err(error) => {
                self.problem.try_set(Some(error));
                false
            }
        }
    }

    fn show(self, view: ParticipantsView) {
        if self.view.try_with_untracked(|old| *old != view) == Some(true) {
            self.view.set(view);
        }
        self.problem.try_set(None);
    }

    fn place(self, id: InvitationId, half_day: HalfDay) -> Place {
        Place {
            training: self.training,
            invitation: id,
            half_day,
        }
    }

    /// The mark of somebody on the half-day shown that the server does not have.
    pub fn own(self, id: InvitationId) -> Option<Mark> {
        let half_day = self.view.with(|view| view.half_day.clone())?;
        let place = self.place(id, half_day);
        self.marks.with(|all| all.get(&place).cloned())
    }

    /// What is shown of somebody: what is on its way, else what the server says.
    pub fn shown(self, row: &PresenceRow) -> Option<Attendance> {
        let waits = self.own(row.invitation_id).filter(Mark::waits);
        waits.map_or(row.attendance, |mark| mark.wanted)
    }

    /// Marks somebody as there, or takes the mark away.
    pub fn mark(self, id: InvitationId) {
        let row = self.view.with_untracked(|view| {
            let row = view.rows.iter().find(|row| row.invitation_id == id);
            row.filter(|_| view.can_mark)
                .cloned()
                .zip(view.half_day.clone())
        });
        let Some((row, half_day)) = row else {
            return;
        };
        let present = untrack(|| self.shown(&row)) != Some(Attendance::Present);
        let wanted = present.then_some(Attendance::Present);
        let place = self.place(id, half_day);
        self.marks.say(vec![(place, wanted, row.attendance)]);
        let name = full_name(&row.first_name, &row.last_name);
        self.announcer.announce(if present {
            tr!("participants-marked", name = name)
        } else {
            tr!("participants-unmarked", name = name)
        });
    }

    /// The server has taken a mark: the rest of it comes with the next answer.
    fn saved(self, place: &Place, mark: &Mark) {
        if place.training != self.training {
            return;
        }
        self.view.try_update(|view| {
            if view.half_day.as_ref() != Some(&place.half_day) {
                return;
            }
            let row = view
                .rows
                .iter_mut()
                .find(|row| row.invitation_id == place.invitation);
            if let Some(row) = row {
                row.attendance = mark.wanted;
                row.present_at = None;
            }
        });
        self.fresh.refresh();
    }
}
