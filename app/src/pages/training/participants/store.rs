//! What the tab holds while it is open.

use crate::api::ApiError;
use crate::api::presence::{mark_presence, participants};
use crate::components::{Announcer, use_announcer};
use crate::state::refetch::Refetch;
use crate::tr;
use convoke_domain::person::full_name;
use convoke_domain::view::ParticipantsView;
use convoke_domain::{Attendance, HalfDay, InvitationId, TrainingId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashSet;
use std::time::Duration;

/// People come in bursts: so long is waited for the rest of one.
const BURST: Duration = Duration::from_millis(300);

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
    pub marking: RwSignal<HashSet<InvitationId>>,
    /// The half-day that was asked for last; `None` for the nearest.
    half_day: StoredValue<Option<HalfDay>>,
    refetch: StoredValue<Refetch>,
    announcer: Announcer,
}

impl Sheet {
    /// Starts from the first answer of the server.
    pub fn new(training: TrainingId, view: ParticipantsView) -> Self {
        Self {
            training,
            half_day: StoredValue::new(view.half_day.clone()),
            view: RwSignal::new(view),
            search: RwSignal::new(String::new()),
            problem: RwSignal::new(None),
            marking: RwSignal::new(HashSet::new()),
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

    /// Another half-day.
    pub fn show_half_day(self, half_day: HalfDay) {
        self.half_day.set_value(Some(half_day));
        self.refresh();
    }

    fn ask(self) {
        let (Some(asked), Some(half_day)) =
            (self.refetch.try_get_value(), self.half_day.try_get_value())
        else {
            return;
        };
        spawn_local(async move {
            let answer = participants(self.training, half_day.clone()).await;
            let version = match answer {
                Ok(view) => {
                    // Another half-day may have been asked for meanwhile: its answer is on its way.
                    if self.half_day.try_get_value().as_ref() == Some(&half_day) {
                        self.show(view);
                    }
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

    fn show(self, view: ParticipantsView) {
        if self.view.try_with_untracked(|old| *old != view) == Some(true) {
            self.view.set(view);
        }
        self.problem.try_set(None);
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
        if self.marking.with_untracked(|marking| marking.contains(&id)) {
            return;
        }
        self.marking.update(|marking| {
            marking.insert(id);
        });
        let present = row.attendance != Some(Attendance::Present);
        let wanted = present.then_some(Attendance::Present);
        spawn_local(async move {
            let answer = mark_presence(self.training, id, half_day.clone(), wanted).await;
            match answer {
                Ok(()) => {
                    let name = full_name(&row.first_name, &row.last_name);
                    self.announcer.announce(if present {
                        tr!("participants-marked", name = name)
                    } else {
                        tr!("participants-unmarked", name = name)
                    });
                    if let Ok(view) = participants(self.training, Some(half_day.clone())).await
                        && self.half_day.try_get_value().flatten().as_ref() == Some(&half_day)
                    {
                        self.show(view);
                    }
                }
                Err(error) => {
                    self.problem.try_set(Some(error));
                }
            }
            self.marking.try_update(|marking| marking.remove(&id));
        });
    }
}
