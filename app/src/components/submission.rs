//! How a form is sent: not twice, what is wrong at its fields, and nothing typed lost.

use super::{Announcer, ErrorBox, use_announcer};
use crate::api::ApiError;
use crate::language::language;
use crate::tr;
use convoke_domain::{FieldError, Refusal};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// The sending of one form; copies are the same.
#[derive(Clone, Copy)]
pub struct FormSubmission {
    /// The form, whose first wrong field gets the focus.
    pub form: NodeRef<html::Form>,
    /// What is wrong, field by field.
    pub problems: RwSignal<Vec<FieldError>>,
    failure: RwSignal<Option<ApiError>>,
    busy: RwSignal<bool>,
    alive: RwSignal<bool>,
    announcer: Announcer,
}

/// The sending of a form of this component, which was not sent yet.
pub fn use_form_submission() -> FormSubmission {
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    FormSubmission {
        form: NodeRef::new(),
        problems: RwSignal::new(Vec::new()),
        failure: RwSignal::new(None),
        busy: RwSignal::new(false),
        alive,
        announcer: use_announcer(),
    }
}

impl FormSubmission {
    /// Forgets what was wrong when something else is typed; whether it is right now, the next try tells.
    pub fn forgive(self, typed: impl Get + 'static) {
        Effect::new(move |before: Option<()>| {
            // Read and not only tracked: a memo says that it changed when it is first read.
            typed.get();
            if before.is_some() {
                self.problems.set(Vec::new());
            }
        });
    }

    /// Sends, unless that is under way already or something is `wrong` with what was typed. `done` hears the answer; what the server finds wrong
    /// stands at its fields.
    pub fn send<T: 'static, Answer>(
        self,
        wrong: Vec<FieldError>,
        call: impl FnOnce() -> Answer,
        done: impl FnOnce(T) + 'static,
    ) where
        Answer: Future<Output = Result<T, ApiError>> + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.failure.set(None);
        if !wrong.is_empty() {
            self.refuse(wrong);
            return;
        }
        self.problems.set(Vec::new());
        self.busy.set(true);
        let answer = call();
        spawn_local(async move {
            let answer = answer.await;
            self.busy.try_set(false);
            match answer {
                Ok(answer) => done(answer),
                Err(ApiError::Refused(Refusal::Invalid(found))) => self.refuse(found),
                Err(error) => {
                    self.failure.try_set(Some(error));
                }
            }
        });
    }

    fn refuse(self, found: Vec<FieldError>) {
        let count = found.len();
        self.announcer
            .announce(tr!("training-form-problems", count = count));
        self.problems.try_set(found);
        // Once the errors are drawn.
        request_animation_frame(move || {
            let form = self.form.try_get_untracked().flatten();
            let first =
                form.and_then(|form| form.query_selector("[aria-invalid=true]").ok().flatten());
            if let Some(field) = first.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = field.focus();
            }
        });
    }

    /// The sentence for one field.
    pub fn error_at(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.problems.with(|all| {
                all.iter()
                    .find(|problem| problem.field == field)
                    .map(|problem| convoke_texts::text(language(), &problem.text, &[]))
            })
        })
    }

    /// Whether it is under way.
    pub fn is_busy(self) -> bool {
        self.busy.get()
    }

    /// Whether the page came alive: a press before would leave it, and what was typed.
    pub fn is_alive(self) -> bool {
        self.alive.get()
    }

    /// Whether it was refused for a reason that belongs to no field, by its key.
    pub fn conflicts(self, with: &str) -> bool {
        self.failure.with(|failure| {
            matches!(failure, Some(ApiError::Refused(Refusal::Conflict(key))) if key == with)
        })
    }

    /// Why it failed, where that belongs to no field.
    pub fn failed(self) -> impl IntoView {
        move || self.failure.get().map(|error| view! { <ErrorBox error/> })
    }
}
