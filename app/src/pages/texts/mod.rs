//! The editor of message texts: the organisation's below the settings, a training's below its invitations.

mod attachments;
mod desk;
mod editor;
mod preview;
mod words;

use crate::api::texts::message_texts;
use crate::components::{ErrorBox, LeaveDialog, PageTitle, SkeletonRows};
use crate::language::language;
use crate::state::text_editor::TextEditor;
use crate::tr;
use attachments::Attaching;
use convoke_domain::message_text::{TextKey, WRITABLE};
use convoke_domain::view::TextsView;
use convoke_domain::{Channel, MessageKind, TrainingId};
use desk::Desk;
use editor::TextCard;
use leptos::prelude::*;
use preview::PreviewCard;

/// The page *Message texts* of the organisation.
#[component]
pub fn TextsPage() -> impl IntoView {
    view! {
        <nav class="breadcrumb" aria-label=tr!("settings-title")>
            <a href="/settings">{tr!("settings-title")}</a>
            <span class="muted" aria-hidden="true">" /"</span>
        </nav>
        <div class="page-head">
            <div class="page-head-text">
                <PageTitle title=tr!("texts-title")/>
                <p class="page-intro">{tr!("texts-lead")}</p>
            </div>
        </div>
        <Texts training=None/>
    }
}

/// The texts of the organisation, or of a training.
#[component]
pub fn Texts(
    /// The training.
    training: Option<TrainingId>,
) -> impl IntoView {
    let stored = Resource::new(|| (), move |()| message_texts(training));
    view! {
        <Suspense fallback=|| view! { <div class="card"><SkeletonRows rows=6/></div> }>
            {move || Suspend::new(async move {
                match stored.await {
                    Ok(texts) => view! { <Editor texts/> }.into_any(),
                    Err(error) => {
                        view! { <ErrorBox error on_retry=move |()| stored.refetch()/> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

#[component]
fn Editor(texts: TextsView) -> impl IntoView {
    let first = TextKey {
        kind: WRITABLE[0],
        language: language(),
        channel: Channel::Email,
    };
    let (files, attached) = (texts.files.clone(), texts.attached.clone());
    let training = texts.training.as_ref().map(|(id, _)| *id);
    let desk = Desk::new(texts, first);
    let attaching = Attaching::new(desk, training, files, attached);
    let changed = Memo::new(move |_| desk.editor.with(|editor| editor.changed() > 0));
    view! {
        <div class="texts">
            <Kinds desk/>
            <TextCard desk attaching/>
            <PreviewCard desk/>
        </div>
        <LeaveDialog changed title=tr!("text-leave-title") text=tr!("text-leave-text")/>
    }
}

/// The kinds of messages, each with whether anything is written or typed for it.
#[component]
fn Kinds(desk: Desk) -> impl IntoView {
    let own = Memo::new(move |_| desk.editor.with(TextEditor::own));
    let kind = move |kind: MessageKind| {
        let keys = move || TextKey::all_of(kind);
        let is_current = Memo::new(move |_| desk.key.get().kind == kind);
        let is_own = Memo::new(move |_| {
            desk.editor
                .with(|editor| keys().any(|key| editor.is_own(key)))
        });
        let is_changed = Memo::new(move |_| {
            desk.editor
                .with(|editor| keys().any(|key| editor.is_changed(key)))
        });
        view! {
            <li>
                <button
                    type="button"
                    class="text-kind"
                    aria-pressed=move || is_current.get().to_string()
                    on:click=move |_| {
                        desk.show(TextKey { kind, ..desk.key.get_untracked() });
                    }
                >
                    <span>{words::kind_name(kind)}</span>
                    {move || {
                        if is_changed.get() {
                            view! { <span class="text-kind-mark is-changed">{tr!("text-unsaved-here")}</span> }
                                .into_any()
                        } else if is_own.get() {
                            view! { <span class="text-kind-mark">{tr!("text-source-own")}</span> }.into_any()
                        } else {
                            ().into_any()
                        }
                    }}
                </button>
            </li>
        }
    };
    view! {
        <nav class="text-kinds" aria-label=tr!("texts-kinds")>
            <ul>{WRITABLE.iter().copied().map(kind).collect_view()}</ul>
            <p class="muted">{move || tr!("text-written-count", count = own.get())}</p>
        </nav>
    }
}
