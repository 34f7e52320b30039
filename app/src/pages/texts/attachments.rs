//! The files that go with an e-mail: the training's documents, to be ticked. A tick holds at once.

use super::desk::Desk;
use super::words;
use crate::api::ApiError;
use crate::api::texts::attach_file;
use crate::components::{Announcer, ErrorBox, FieldError, use_announcer};
use crate::language::language;
use crate::state::text_attachments::TextAttachments;
use crate::tr;
use convoke_domain::message_text::TextKey;
use convoke_domain::view::{AttachRequest, TextFile};
use convoke_domain::{DocumentId, Language, TrainingId};
use convoke_texts::t;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The memory of the attachments; copies are the same.
#[derive(Clone, Copy)]
pub struct Attaching {
    /// The e-mail that is shown.
    key: Memo<TextKey>,
    /// Asks for the preview anew.
    ask_preview: Callback<()>,
    training: Option<TrainingId>,
    known: RwSignal<TextAttachments>,
    /// What is wrong with the last tick.
    problem: RwSignal<Option<String>>,
    failure: RwSignal<Option<ApiError>>,
    announcer: Announcer,
}

impl Attaching {
    /// What is attached, as the server tells it.
    pub fn new(
        desk: Desk,
        training: Option<TrainingId>,
        files: Vec<TextFile>,
        attached: Vec<(TextKey, Vec<DocumentId>)>,
    ) -> Self {
        let problem = RwSignal::new(None);
        let failure = RwSignal::new(None);
        Effect::new(move |_| {
            desk.key.track();
            problem.set(None);
            failure.set(None);
        });
        Self {
            key: desk.key,
            ask_preview: Callback::new(move |()| desk.ask_preview()),
            training,
            known: RwSignal::new(TextAttachments::new(files, attached)),
            problem,
            failure,
            announcer: use_announcer(),
        }
    }

    fn tick(self, training: TrainingId, file: DocumentId, name: &str, attach: bool) {
        let key = self.key.get_untracked();
        self.problem.set(None);
        self.failure.set(None);
        let asked = self.known.try_update(|known| known.tick(key, file, attach));
        let number = match asked {
            Some(Ok(number)) => number,
            Some(Err(problem)) => {
                self.problem.set(Some(t!(language(), problem)));
                return;
            }
            None => return,
        };
        let name = name.to_owned();
        let request = AttachRequest {
            training,
            key,
            document: file,
            attach,
        };
        spawn_local(async move {
            match attach_file(request).await {
                Ok(files) => {
                    self.known
                        .try_update(|known| known.answered(number, key, files));
                    self.announcer.announce(if attach {
                        tr!("attachments-done", name = name)
                    } else {
                        tr!("attachments-taken-off", name = name)
                    });
                    self.ask_preview.run(());
                }
                Err(error) => {
                    self.known
                        .try_update(|known| known.refused(key, file, attach));
                    let sentence = error.at_field(language(), "attachments");
                    if sentence.is_some() {
                        self.problem.try_set(sentence);
                    } else {
                        self.failure.try_set(Some(error));
                    }
                }
            }
        });
    }

    /// What goes with the same e-mail in the other language.
    fn elsewhere(self) -> String {
        let key = self.key.get();
        let other = match key.language {
            Language::En => Language::Fr,
            Language::Fr => Language::En,
        };
        let name = words::language_within(other);
        let other = TextKey {
            language: other,
            ..key
        };
        self.known
            .with(|known| match known.names(other).join(", ") {
                files if files.is_empty() => tr!("attachments-other-none", language = name),
                files => tr!("attachments-other", language = name, files = files),
            })
    }
}

/// The part of the card of an e-mail.
#[component]
pub fn Attachments(attaching: Attaching) -> impl IntoView {
    let Some(training) = attaching.training else {
        return view! { <p class="field-help">{tr!("attachments-organisation")}</p> }.into_any();
    };
    let files = attaching.known.with_untracked(|known| known.files.clone());
    let error = Signal::derive(move || attaching.problem.get());
    let described = move || {
        if attaching.problem.with(Option::is_some) {
            "attachments-error attachments-help"
        } else {
            "attachments-help"
        }
    };
    let documents = format!("/trainings/{training}/documents");
    let list = if files.is_empty() {
        view! { <p class="muted">{tr!("attachments-none")}</p> }.into_any()
    } else {
        let rows = files
            .into_iter()
            .map(|file| view! { <File attaching training file/> })
            .collect_view();
        view! {
            <ul class="text-files">{rows}</ul>
            <p class="field-help">{move || attaching.elsewhere()}</p>
            <p class="field-help">{tr!("attachments-at-once")}</p>
        }
        .into_any()
    };
    view! {
        <fieldset class="text-attachments" aria-describedby=described>
            <legend>{tr!("attachments-title")}</legend>
            <p class="field-help" id="attachments-help">
                {tr!("attachments-help")}
            </p>
            {move || attaching.failure.get().map(|error| view! { <ErrorBox error/> })}
            <div role="alert">
                <FieldError id="attachments" error/>
            </div>
            {list}
            <p>
                <a href=documents>{tr!("attachments-add")}</a>
            </p>
        </fieldset>
    }
    .into_any()
}

/// A file to tick.
#[component]
fn File(attaching: Attaching, training: TrainingId, file: TextFile) -> impl IntoView {
    // Before the page reacts a tick would say what is not so.
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let id = file.id;
    let is_there = move || {
        let key = attaching.key.get();
        attaching.known.with(|known| known.has(key, id))
    };
    let detail = if file.shared {
        file.detail.clone()
    } else {
        format!("{} · {}", file.detail, tr!("attachments-not-shared"))
    };
    let name = file.name.clone();
    view! {
        <li>
            <label class="check text-file">
                <input
                    type="checkbox"
                    checked=untrack(is_there)
                    disabled=move || !alive.get()
                    prop:checked=is_there
                    on:change:target=move |event| {
                        let on = event.target().checked();
                        attaching.tick(training, id, &file.name, on);
                        // What is refused at once was never ticked.
                        event.target().set_checked(untrack(is_there));
                    }
                />
                <span class="person-text">
                    <span class="text-file-name">{name}</span>
                    <span class="person-detail">{detail}</span>
                </span>
            </label>
        </li>
    }
}
