//! The text itself: its fields, its placeholders, and what is done with it.

use super::attachments::{Attaching, Attachments};
use super::desk::Desk;
use super::words;
use crate::components::{AskFirst, ErrorBox, FieldError, Glyph, Icon};
use crate::raw_text::raw_text;
use crate::state::text_editor::{TextEditor, insert};
use crate::tr;
use convoke_domain::message_text::{Placeholder, TextField, TextKey, placeholders};
use convoke_domain::view::TextSource;
use convoke_domain::{Channel, Language};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

/// The two fields, and which of them a placeholder goes into.
#[derive(Clone, Copy)]
struct Fields {
    subject: NodeRef<html::Input>,
    body: NodeRef<html::Textarea>,
    last: RwSignal<TextField>,
}

/// The text that is shown, to be written.
#[component]
pub fn TextCard(desk: Desk, attaching: Attaching) -> impl IntoView {
    let key = desk.key;
    let fields = Fields {
        subject: NodeRef::new(),
        body: NodeRef::new(),
        last: RwSignal::new(TextField::Body),
    };
    let is_mail = Memo::new(move |_| key.get().channel == Channel::Email);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        desk.save();
    };
    view! {
        <form class="card text-card" method="post" novalidate on:submit=submit>
            <header class="text-head">
                <div class="text-head-words">
                    <h2>{move || words::kind_name(key.get().kind)}</h2>
                    <p class="field-help">{move || words::kind_help(key.get().kind)}</p>
                </div>
                <Switches desk/>
            </header>
            <Conflict desk/>
            <div class="text-fields">
                <p class="text-source">
                    <Source desk/>
                </p>
                {move || is_mail.get().then(|| view! { <SubjectField desk fields/> })}
                <BodyField desk fields/>
                <Placeholders desk fields/>
                {move || is_mail.get().then(|| view! { <Attachments attaching/> })}
            </div>
            <Foot desk/>
        </form>
    }
}

/// Language and channel.
#[component]
fn Switches(desk: Desk) -> impl IntoView {
    let key = desk.key;
    let language = move |side: Language| {
        view! {
            <button
                type="button"
                lang=side.as_str()
                aria-pressed=move || (key.get().language == side).to_string()
                on:click=move |_| desk.show(TextKey { language: side, ..key.get_untracked() })
            >
                {words::language_name(side)}
            </button>
        }
    };
    let channel = move |side: Channel| {
        let words = match side {
            Channel::Email => tr!("text-tab-email"),
            Channel::Sms => tr!("text-tab-sms"),
        };
        view! {
            <button
                type="button"
                aria-pressed=move || (key.get().channel == side).to_string()
                on:click=move |_| desk.show(TextKey { channel: side, ..key.get_untracked() })
            >
                {words}
            </button>
        }
    };
    view! {
        <div class="toolbar">
            <div class="switch" role="group" aria-label=tr!("texts-languages")>
                {Language::ALL.iter().copied().map(language).collect_view()}
            </div>
            <div class="switch" role="group" aria-label=tr!("texts-channels")>
                {Channel::ALL.iter().copied().map(channel).collect_view()}
            </div>
        </div>
    }
}

/// Who wrote what is shown, and when.
#[component]
fn Source(desk: Desk) -> impl IntoView {
    let source = Memo::new(move |_| desk.editor.with(|editor| editor.source(editor.current)));
    let changed = Memo::new(move |_| {
        desk.editor
            .with(|editor| editor.text().map(|text| text.changed.clone()))
            .unwrap_or_default()
    });
    view! {
        <span
            class="badge"
            class:badge-neutral=move || source.get() == TextSource::BuiltIn
            class:badge-sent=move || source.get() != TextSource::BuiltIn
        >
            {move || words::source_name(source.get())}
        </span>
        <span class="muted">{changed}</span>
    }
}

fn problem(desk: Desk, field: TextField) -> Signal<Option<String>> {
    Signal::derive(move || {
        desk.editor.with(|editor| {
            let problem = editor.problem(field)?;
            Some(words::problem(&problem, field, editor.current))
        })
    })
}

#[component]
fn SubjectField(desk: Desk, fields: Fields) -> impl IntoView {
    let error = problem(desk, TextField::Subject);
    let value = Memo::new(move |_| desk.editor.with(|editor| editor.draft().subject));
    Effect::new(move |known: Option<bool>| {
        let Some(element) = fields.subject.get() else {
            return false;
        };
        let (shown, typed) = (value.get(), element.value());
        if known == Some(true) {
            if typed != shown {
                element.set_value(&shown);
            }
        } else if typed != shown {
            // Before the page reacted.
            desk.editor
                .update(|editor| editor.type_in(TextField::Subject, typed));
        }
        true
    });
    view! {
        <div class="field">
            <label for="text-subject">{tr!("text-subject")}</label>
            <input
                node_ref=fields.subject
                type="text"
                id="text-subject"
                name="subject"
                class="input"
                autocomplete="off"
                lang=move || desk.key.get().language.as_str()
                value=value.get_untracked()
                aria-required="true"
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || error.with(Option::is_some).then_some("text-subject-error")
                on:focus=move |_| fields.last.set(TextField::Subject)
                on:input:target=move |event| {
                    let words = event.target().value();
                    desk.editor.update(|editor| editor.type_in(TextField::Subject, words));
                }
            />
            <FieldError id="text-subject" error/>
        </div>
    }
}

#[component]
fn BodyField(desk: Desk, fields: Fields) -> impl IntoView {
    let error = problem(desk, TextField::Body);
    let value = Memo::new(move |_| desk.editor.with(|editor| editor.draft().body));
    let initial = value.get_untracked();
    Effect::new(move |known: Option<bool>| {
        let Some(element) = fields.body.get() else {
            return false;
        };
        let (shown, typed) = (value.get(), element.value());
        if known == Some(true) {
            if typed != shown {
                element.set_value(&shown);
            }
        } else if typed != shown {
            // Before the page reacted.
            desk.editor
                .update(|editor| editor.type_in(TextField::Body, typed));
        }
        true
    });
    let described = move || {
        if error.with(Option::is_some) {
            "text-body-error text-body-help"
        } else {
            "text-body-help"
        }
    };
    let help = move || match desk.key.get().channel {
        Channel::Email => tr!("text-body-help-email"),
        Channel::Sms => tr!("text-body-help-sms"),
    };
    view! {
        <div class="field">
            <label for="text-body">{tr!("text-body")}</label>
            <textarea
                node_ref=fields.body
                id="text-body"
                name="body"
                class="input text-body"
                class:is-long=move || desk.key.get().channel == Channel::Email
                lang=move || desk.key.get().language.as_str()
                aria-required="true"
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                on:focus=move |_| fields.last.set(TextField::Body)
                on:input:target=move |event| {
                    let words = event.target().value();
                    desk.editor.update(|editor| editor.type_in(TextField::Body, words));
                }
            >
                {raw_text(&initial)}
            </textarea>
            <FieldError id="text-body" error/>
            <p class="field-help" id="text-body-help">
                {help}
            </p>
        </div>
    }
}

/// Buttons that put a placeholder where the cursor is.
#[component]
fn Placeholders(desk: Desk, fields: Fields) -> impl IntoView {
    let kind = Memo::new(move |_| desk.key.get().kind);
    let button = move |placeholder: Placeholder| {
        view! {
            <li>
                <button
                    type="button"
                    class="button button-small text-placeholder"
                    on:click=move |_| put(desk, fields, placeholder)
                >
                    <Icon glyph=Glyph::Plus size=16/>
                    <span>{words::placeholder_name(placeholder)}</span>
                    <code>{move || placeholder.typed(desk.key.get().language)}</code>
                </button>
            </li>
        }
    };
    view! {
        <div class="text-placeholders">
            <h3 id="text-placeholders">{tr!("text-placeholders")}</h3>
            <p class="field-help">{tr!("text-placeholders-help")}</p>
            <ul aria-labelledby="text-placeholders">
                {move || placeholders(kind.get()).map(button).collect_view()}
            </ul>
        </div>
    }
}

/// Puts a placeholder where the cursor was last, and the cursor behind it.
fn put(desk: Desk, fields: Fields, placeholder: Placeholder) {
    let key = desk.key.get_untracked();
    let word = placeholder.typed(key.language);
    let subject = fields.subject.get_untracked();
    let body = fields.body.get_untracked();
    let draft = desk.editor.with_untracked(TextEditor::draft);
    match (fields.last.get_untracked(), subject, body) {
        (TextField::Subject, Some(element), _) if key.channel == Channel::Email => {
            let start = element.selection_start().ok().flatten();
            let end = element.selection_end().ok().flatten();
            let selected = selection(start, end, &draft.subject);
            let (words, cursor) = insert(&draft.subject, selected, &word);
            desk.editor
                .update(|editor| editor.type_in(TextField::Subject, words));
            request_animation_frame(move || {
                let _ = element.focus();
                let _ = element.set_selection_range(cursor, cursor);
            });
        }
        (_, _, Some(element)) => {
            let start = element.selection_start().ok().flatten();
            let end = element.selection_end().ok().flatten();
            let selected = selection(start, end, &draft.body);
            let (words, cursor) = insert(&draft.body, selected, &word);
            desk.editor
                .update(|editor| editor.type_in(TextField::Body, words));
            request_animation_frame(move || {
                let _ = element.focus();
                let _ = element.set_selection_range(cursor, cursor);
            });
        }
        _ => {}
    }
}

/// What is selected in a field; its end when the browser does not say.
fn selection(start: Option<u32>, end: Option<u32>, text: &str) -> (u32, u32) {
    let last = u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    let start = start.unwrap_or(last);
    (start, end.unwrap_or(start))
}

/// What a colleague wrote meanwhile.
#[component]
fn Conflict(desk: Desk) -> impl IntoView {
    let theirs = Memo::new(move |_| desk.editor.with(|editor| editor.theirs.clone()));
    move || {
        theirs.get().map(|theirs| {
            view! {
                <div class="notice notice-info text-conflict" role="alert">
                    <Icon glyph=Glyph::Info/>
                    <div class="notice-text">
                        <p>{tr!("conflict-text")} " " <span class="muted">{theirs.changed.clone()}</span></p>
                        <h3>{tr!("text-conflict-theirs")}</h3>
                        {(!theirs.draft.subject.is_empty())
                            .then(|| view! { <p><strong>{theirs.draft.subject.clone()}</strong></p> })}
                        <p class="pre-line">{theirs.draft.body.clone()}</p>
                        <div class="toolbar">
                            <button
                                type="button"
                                class="button button-small"
                                on:click=move |_| desk.editor.update(TextEditor::take_theirs)
                            >
                                {tr!("text-conflict-take-theirs")}
                            </button>
                            <button
                                type="button"
                                class="button button-small"
                                on:click=move |_| desk.editor.update(TextEditor::keep_mine)
                            >
                                {tr!("text-conflict-keep-mine")}
                            </button>
                        </div>
                    </div>
                </div>
            }
        })
    }
}

#[component]
fn Foot(desk: Desk) -> impl IntoView {
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let is_changed =
        Memo::new(move |_| desk.editor.with(|editor| editor.is_changed(editor.current)));
    let changed = Memo::new(move |_| desk.editor.with(TextEditor::changed));
    // What would be said without the text that was written here.
    let beneath = Memo::new(move |_| {
        desk.editor.with(|editor| {
            let text = editor.text()?;
            text.version.map(|_| (text.key, text.beneath_source))
        })
    });
    view! {
        <div class="form-foot">
            {move || desk.failure.get().map(|error| view! { <ErrorBox error/> })}
            <div class="toolbar">
                <button
                    type="submit"
                    class="button button-primary"
                    disabled=move || !alive.get()
                    aria-disabled=move || (desk.saving.get() || !is_changed.get()).then_some("true")
                >
                    {move || if desk.saving.get() { tr!("text-saving") } else { tr!("text-save") }}
                </button>
                {move || {
                    is_changed
                        .get()
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="button"
                                    on:click=move |_| {
                                        desk.editor.update(TextEditor::discard);
                                        crate::focus::go_to("#text-body".to_owned());
                                    }
                                >
                                    {tr!("text-discard")}
                                </button>
                            }
                        })
                }}
                {move || {
                    beneath
                        .get()
                        .map(|(_, source)| {
                            let (words, question) = match source {
                                TextSource::BuiltIn => {
                                    (tr!("text-reset"), tr!("text-reset-question-built-in"))
                                }
                                _ => {
                                    (
                                        tr!("text-reset-organisation"),
                                        tr!("text-reset-question-organisation"),
                                    )
                                }
                            };
                            view! {
                                <AskFirst
                                    class="text-reset"
                                    words
                                    question
                                    busy=desk.saving
                                    on_yes=move |()| {
                                        desk.take_away();
                                        crate::focus::go_to("#text-body".to_owned());
                                    }
                                />
                            }
                        })
                }}
                <span class="save-state" role="status">
                    {move || tr!("text-unsaved", count = changed.get())}
                </span>
            </div>
        </div>
    }
}
