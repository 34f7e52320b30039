//! *Paste e-mails or mobiles*: a text is sorted and shown before anything is done; then everyone is put on the list at once.

use super::{Announcer, Dialog, DialogKind, ErrorBox, Field, FieldError, use_announcer};
use crate::api::ApiError;
use crate::api::paste::{paste_apply, paste_preview};
use crate::{focus, language, tr};
use convoke_domain::Language;
use convoke_domain::person::full_name;
use convoke_domain::view::{PasteOutcome, PasteRequest, PasteTarget, PasteView};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the dialog holds while it is open: signals, so it is copied freely.
#[derive(Clone, Copy)]
struct Paste {
    in_panel: bool,
    target: Callback<(), PasteTarget>,
    open: RwSignal<bool>,
    text: RwSignal<String>,
    /// The text, sorted; `None` before, and when it has changed since.
    view: RwSignal<Option<PasteView>>,
    busy: RwSignal<bool>,
    problem: RwSignal<Option<ApiError>>,
    /// Whether new people are created.
    create: RwSignal<bool>,
    language: RwSignal<Option<Language>>,
    user_type: RwSignal<String>,
    group: RwSignal<String>,
    announcer: Announcer,
    on_pasted: Callback<PasteOutcome>,
}

impl Paste {
    fn check(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let text = self.text.get_untracked();
        let target = self.target.run(());
        spawn_local(async move {
            let answer = paste_preview(target, text.clone()).await;
            self.busy.try_set(false);
            match answer {
                // Typed on meanwhile: that was about another text.
                Ok(_) if self.text.try_get_untracked().as_ref() != Some(&text) => {}
                Ok(view) => {
                    self.problem.try_set(None);
                    self.view.try_set(Some(view));
                    focus::go_to("#paste-found".to_owned());
                }
                Err(error) => self.refused(error),
            }
        });
    }

    /// Shows why not; what has to be corrected gets the focus.
    fn refused(self, error: ApiError) {
        for (field, input) in [("text", "#paste-text"), ("group", "#paste-group")] {
            if error.at_field(language(), field).is_some() {
                focus::go_to(input.to_owned());
            }
        }
        self.problem.try_set(Some(error));
    }

    fn apply(self) {
        if self.busy.get_untracked() {
            return;
        }
        let Some(own) = self.view.with_untracked(|v| v.as_ref().map(|v| v.language)) else {
            return;
        };
        self.busy.set(true);
        let request = PasteRequest {
            target: self.target.run(()),
            text: self.text.get_untracked(),
            create: self.create.get_untracked(),
            language: self.language.get_untracked().unwrap_or(own),
            user_type: self.user_type.get_untracked().parse().ok(),
            group: self.group.get_untracked().parse().ok(),
        };
        spawn_local(async move {
            let answer = paste_apply(request).await;
            self.busy.try_set(false);
            match answer {
                Ok(outcome) => {
                    if let Some(said) = said(&outcome) {
                        self.announcer.toast(said);
                    }
                    self.open.try_set(false);
                    self.text.try_set(String::new());
                    self.view.try_set(None);
                    self.problem.try_set(None);
                    self.on_pasted.run(outcome);
                }
                Err(error) => {
                    self.refused(error);
                }
            }
        });
    }

    /// How many would be put on the list.
    fn count(self) -> usize {
        self.view.with(|view| {
            view.as_ref().map_or(0, |view| {
                let new = if self.create.get() { view.new.len() } else { 0 };
                view.known.len() + new
            })
        })
    }

    /// What is wrong at an input.
    fn error_at(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.problem
                .with(|problem| problem.as_ref()?.at_field(language(), field))
        })
    }
}

/// What was done. Whom a panel moves it says itself.
fn said(outcome: &PasteOutcome) -> Option<String> {
    let created = outcome.created;
    if !outcome.people.is_empty() {
        return (created > 0).then(|| tr!("paste-created-only", count = created));
    }
    let chosen = tr!("paste-done", count = outcome.chosen);
    if created == 0 {
        return Some(chosen);
    }
    let created = tr!("paste-created", count = created);
    Some(format!("{chosen} {created}"))
}

/// The dialog.
#[component]
pub fn PasteDialog(
    /// Where the people go, as it is when they are looked up.
    #[prop(into)]
    target: Callback<(), PasteTarget>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// It is done.
    #[prop(into)]
    on_pasted: Callback<PasteOutcome>,
    /// Whether they go into an open panel.
    #[prop(optional)]
    in_panel: bool,
) -> impl IntoView {
    let paste = Paste {
        target,
        in_panel,
        open,
        text: RwSignal::new(String::new()),
        view: RwSignal::new(None),
        busy: RwSignal::new(false),
        problem: RwSignal::new(None),
        create: RwSignal::new(true),
        language: RwSignal::new(None),
        user_type: RwSignal::new(String::new()),
        group: RwSignal::new(String::new()),
        announcer: use_announcer(),
        on_pasted,
    };
    // What was found belongs to the text it was found in.
    Effect::watch(
        move || paste.text.get(),
        move |_, _, _| paste.view.set(None),
        false,
    );
    let sorted = Memo::new(move |_| paste.view.with(Option::is_some));
    let disabled = move || {
        let nothing = if sorted.get() {
            paste.count() == 0
        } else {
            paste.text.with(|text| text.trim().is_empty())
        };
        (paste.busy.get() || nothing).then_some("true")
    };
    view! {
        <Dialog
            open
            title=Signal::derive(|| tr!("paste-title"))
            kind=DialogKind::Wide
            footer=move || {
                view! {
                    <button type="button" class="button" on:click=move |_| open.set(false)>
                        {tr!("training-cancel")}
                    </button>
                    <button
                        type="button"
                        class="button button-primary"
                        aria-disabled=disabled
                        on:click=move |_| {
                            if untrack(disabled).is_some() {
                            } else if sorted.get_untracked() {
                                paste.apply();
                            } else {
                                paste.check();
                            }
                        }
                    >
                        {move || {
                            if sorted.get() {
                                let count = paste.count();
                                if in_panel { tr!("paste-move", count = count) } else { tr!("paste-apply", count = count) }
                            } else {
                                tr!("paste-check")
                            }
                        }}
                    </button>
                }
            }
        >
            <div class="paste">
                <Field
                    id="paste-text"
                    label=tr!("paste-label")
                    help=tr!("paste-help")
                    kind="textarea"
                    required=true
                    value=paste.text
                    error=paste.error_at("text")
                />
                {move || {
                    paste
                        .problem
                        .get()
                        .filter(|error| {
                            ["text", "group", "user_type"]
                                .iter()
                                .all(|field| error.at_field(language(), field).is_none())
                        })
                        .map(|error| {
                            view! {
                                <ErrorBox
                                    error
                                    on_retry=move |()| {
                                        if sorted.get_untracked() { paste.apply() } else { paste.check() }
                                    }
                                />
                            }
                        })
                }}
                {move || paste.view.get().map(|view| view! { <Found paste view/> })}
            </div>
        </Dialog>
    }
}

/// The text, sorted.
#[component]
fn Found(paste: Paste, view: PasteView) -> impl IntoView {
    let PasteView {
        known,
        new,
        left_out,
        groups,
        user_types,
        group_required,
        language: own,
    } = view;
    let summary = tr!(
        "paste-found",
        known = known.len(),
        new = new.len(),
        left = left_out.len()
    );
    let some_new = !new.is_empty();
    let known_list = people(
        tr!("paste-known", count = known.len()),
        known
            .into_iter()
            .map(|person| {
                let name = full_name(&person.first_name, &person.last_name);
                (name, person.address)
            })
            .collect(),
    );
    let new_list = people(
        tr!("paste-new", count = new.len()),
        new.into_iter()
            .map(|person| {
                // Whoever has no name is called by their address.
                match full_name(&person.first_name, &person.last_name).trim() {
                    "" => (person.address, String::new()),
                    name => (name.to_owned(), person.address),
                }
            })
            .collect(),
    );
    let left_list = people(
        tr!("paste-left-out", count = left_out.len()),
        left_out
            .into_iter()
            .map(|left| {
                let line = tr!("paste-line", line = left.line);
                let reason = convoke_texts::text(language(), &left.reason, &[]);
                (left.text, format!("{line}: {reason}"))
            })
            .collect(),
    );
    view! {
        <p class="paste-found" id="paste-found" tabindex="-1" role="status">
            {summary}
        </p>
        {known_list}
        {new_list}
        {some_new.then(|| view! { <NewPeople paste groups user_types group_required own/> })}
        {left_list}
    }
}

/// More rows than this are not drawn; their number is said.
const SHOWN: usize = 200;

/// A heading with its number and the rows below it; nothing when there are none.
fn people(title: String, rows: Vec<(String, String)>) -> Option<impl IntoView> {
    (!rows.is_empty()).then(|| {
        let few = rows.len() <= 6;
        let more = rows.len().saturating_sub(SHOWN);
        view! {
            <details class="paste-part" open=few>
                <summary>{title.clone()}</summary>
                <ul tabindex="0" aria-label=title>
                    {rows
                        .into_iter()
                        .take(SHOWN)
                        .map(|(name, detail)| {
                            view! {
                                <li>
                                    <bdi>{name}</bdi>
                                    <span class="muted">{detail}</span>
                                </li>
                            }
                        })
                        .collect_view()}
                    {(more > 0)
                        .then(|| view! { <li class="muted">{tr!("paste-more", count = more)}</li> })}
                </ul>
            </details>
        }
    })
}

/// What new people get.
#[component]
fn NewPeople(
    paste: Paste,
    groups: Vec<(convoke_domain::GroupId, String)>,
    user_types: Vec<(convoke_domain::UserTypeId, String)>,
    group_required: bool,
    /// The organisation's language.
    own: Language,
) -> impl IntoView {
    let group_error = paste.error_at("group");
    let options = |all: Vec<(String, String)>, chosen: RwSignal<String>| {
        all.into_iter()
            .map(|(value, words)| {
                let selected = chosen.with_untracked(|chosen| *chosen == value);
                view! { <option value=value selected=selected>{words}</option> }
            })
            .collect_view()
    };
    let groups = groups
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    let user_types = user_types
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    let chosen = paste.language.get_untracked().unwrap_or(own);
    view! {
        <fieldset class="paste-create">
            <legend class="visually-hidden">{tr!("paste-create")}</legend>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || paste.create.get()
                    on:change:target=move |event| paste.create.set(event.target().checked())
                />
                {tr!("paste-create")}
            </label>
            {move || {
                paste
                    .create
                    .get()
                    .then(|| {
                        view! {
                            <p class="field-help">
                                {tr!("paste-create-help")}
                                {paste.in_panel.then(|| format!(" {}", tr!("paste-create-panel")))}
                            </p>
                        }
                    })
            }}
            <div class="paste-create-fields" hidden=move || !paste.create.get()>
                <div class="field">
                    <label for="paste-language">{tr!("paste-language")}</label>
                    <select
                        id="paste-language"
                        class="input"
                        on:change:target=move |event| {
                            paste.language.set(event.target().value().parse().ok());
                        }
                    >
                        {Language::ALL
                            .iter()
                            .map(|language| {
                                let words = match language {
                                    Language::En => tr!("language-en"),
                                    Language::Fr => tr!("language-fr"),
                                };
                                view! {
                                    <option value=language.as_str() selected=*language == chosen>
                                        {words}
                                    </option>
                                }
                            })
                            .collect_view()}
                    </select>
                </div>
                <div class="field">
                    <label for="paste-type">{tr!("paste-type")}</label>
                    <select
                        id="paste-type"
                        class="input"
                        on:change:target=move |event| paste.user_type.set(event.target().value())
                    >
                        {options(user_types, paste.user_type)}
                    </select>
                </div>
                <div class="field">
                    <label for="paste-group">
                        {tr!("paste-group")}
                        {(!group_required)
                            .then(|| {
                                view! { " " <span class="field-optional">{tr!("field-optional")}</span> }
                            })}
                    </label>
                    <select
                        id="paste-group"
                        class="input"
                        aria-invalid=move || group_error.with(Option::is_some).then_some("true")
                        aria-describedby=move || {
                            group_error.with(Option::is_some).then_some("paste-group-error")
                        }
                        on:change:target=move |event| paste.group.set(event.target().value())
                    >
                        <option value="">{tr!("paste-no-group")}</option>
                        {options(groups, paste.group)}
                    </select>
                    <FieldError id="paste-group" error=group_error/>
                </div>
            </div>
        </fieldset>
    }
}
