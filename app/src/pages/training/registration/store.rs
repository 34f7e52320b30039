//! What the tab holds while it is open.

use crate::api::ApiError;
use crate::api::registration::{
    pending_registrations, registration, renew_code, save_registration,
};
use crate::components::{Announcer, use_announcer};
use crate::pages::training::fresh::Fresh;
use crate::patience::patient;
use crate::tr;
use convoke_domain::TrainingId;
use convoke_domain::registration::RegistrationSettings;
use convoke_domain::view::{RegistrationRow, RegistrationView};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The tab's memory: signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The training.
    pub training: TrainingId,
    /// What the server said last.
    pub view: RwSignal<RegistrationView>,
    /// The last question failed.
    pub problem: RwSignal<Option<ApiError>>,
    /// A switch or the code is being changed.
    pub busy: RwSignal<bool>,
    /// Who waits for approval; `None` until that is known.
    pub queue: RwSignal<Option<Vec<RegistrationRow>>>,
    /// Says what happened.
    pub announcer: Announcer,
    /// Asks the server.
    pub fresh: Fresh,
}

impl Desk {
    /// Starts from the first answer of the server.
    pub fn new(training: TrainingId, view: RegistrationView) -> Self {
        let desk = Self {
            training,
            view: RwSignal::new(view),
            problem: RwSignal::new(None),
            busy: RwSignal::new(false),
            queue: RwSignal::new(None),
            announcer: use_announcer(),
            fresh: Fresh::new(),
        };
        desk.fresh.asks(move || desk.load());
        desk
    }

    async fn load(self) -> bool {
        match patient(registration(self.training)).await {
            Ok(view) => {
                let pending = view.pending;
                if self.view.try_with_untracked(|old| *old != view) == Some(true) {
                    self.view.set(view);
                }
                self.problem.try_set(None);
                if pending > 0 {
                    self.load_queue().await;
                } else {
                    self.queue.try_set(Some(Vec::new()));
                }
                true
            }
            Err(error) => {
                self.problem.try_set(Some(error));
                false
            }
        }
    }

    /// Asks who waits for approval.
    pub async fn load_queue(self) {
        match pending_registrations(self.training).await {
            Ok(rows) => {
                if self
                    .queue
                    .try_with_untracked(|old| old.as_ref() != Some(&rows))
                    == Some(true)
                {
                    self.queue.set(Some(rows));
                }
            }
            Err(error) => {
                self.problem.try_set(Some(error));
            }
        }
    }

    /// Offers self-registration, or no longer. Only that is saved: what is typed elsewhere stays unsaved.
    pub fn offer(self, on: bool) {
        let words = if on {
            tr!("registration-offered")
        } else {
            tr!("registration-not-offered")
        };
        self.change(words, |settings| settings.offered = on);
    }

    /// Switches the code on or off.
    pub fn switch_code(self, on: bool) {
        let words = if on {
            tr!("code-switched-on")
        } else {
            tr!("code-switched-off")
        };
        self.change(words, |settings| settings.code_on = on);
    }

    fn change(self, words: String, change: impl FnOnce(&mut RegistrationSettings)) {
        let mut settings = self.view.with_untracked(|view| view.settings.clone());
        change(&mut settings);
        let training = self.training;
        self.act(
            words,
            async move { save_registration(training, settings).await },
        );
    }

    /// A new code in place of the old one.
    pub fn renew(self) {
        let training = self.training;
        self.act(tr!("code-renewed"), renew_code(training));
    }

    fn act(self, words: String, what: impl Future<Output = Result<(), ApiError>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let answer = what.await;
            match answer {
                Ok(()) => {
                    if let Ok(view) = registration(self.training).await {
                        self.view.try_set(view);
                    }
                    self.announcer.toast(words);
                }
                Err(error) => {
                    self.problem.try_set(Some(error));
                }
            }
            self.busy.try_set(false);
        });
    }
}
