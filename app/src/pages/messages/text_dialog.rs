//! One message, opened: where it went and what it said.

use super::table::{fate_class, fate_words, kind_words};
use crate::api::ApiError;
use crate::api::messages::message_text;
use crate::components::{Dialog, DialogKind, ErrorBox, Glyph, Icon, SkeletonRows};
use crate::pages::training::invitations::problem_words;
use crate::tr;
use convoke_domain::view::{MessageRow, MessageText};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog; it opens when `opened` has a message.
#[component]
pub fn TextDialog(
    /// The message that is opened.
    opened: RwSignal<Option<MessageRow>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let text = RwSignal::new(None::<Result<MessageText, ApiError>>);
    let load = move || {
        let Some(row) = opened.get_untracked() else {
            return;
        };
        text.set(None);
        spawn_local(async move {
            let answer = message_text(row.id).await;
            let still =
                opened.try_with_untracked(|opened| opened.as_ref().is_some_and(|o| o.id == row.id));
            if still == Some(true) {
                text.set(Some(answer));
            }
        });
    };
    Effect::new(move |_| {
        if opened.with(Option::is_some) {
            open.set(true);
            load();
        }
    });
    Effect::new(move |_| {
        if !open.get() && opened.with_untracked(Option::is_some) {
            opened.set(None);
        }
    });
    let title = Signal::derive(move || {
        opened.with(|opened| {
            opened.as_ref().map_or_else(
                || tr!("messages-title"),
                |row| tr!("messages-text-title", name = row.to.as_str()),
            )
        })
    });
    view! {
        <Dialog open title kind=DialogKind::Wide>
            <div class="message-text">
                {move || opened.get().map(facts)}
                {move || match text.get() {
                    None => view! { <SkeletonRows rows=2/> }.into_any(),
                    Some(Ok(text)) => words(text).into_any(),
                    Some(Err(error)) => {
                        view! { <ErrorBox error on_retry=move |()| load()/> }.into_any()
                    }
                }}
            </div>
        </Dialog>
    }
}

/// What is known about the message: its state, when, about what, and what went wrong.
fn facts(row: MessageRow) -> impl IntoView {
    let problem = row.problem.map(|problem| {
        let said = row.problem_detail.clone().filter(|detail| !detail.is_empty());
        view! {
            <div class="notice notice-problem">
                <Icon glyph=Glyph::Warning/>
                <div class="notice-text">
                    <p>{problem_words(problem)}</p>
                    {said
                        .map(|said| {
                            view! {
                                <p class="message-said">{tr!("messages-server-words", said = said)}</p>
                            }
                        })}
                </div>
            </div>
        }
    });
    view! {
        <p class="message-facts">
            <span class=fate_class(row.fate)>{fate_words(row.fate)}</span>
            <span>
                {kind_words(row.kind)}
                {row.training.as_ref().map(|(_, title)| format!(" · {title}"))}
            </span>
            <span class="muted tabular">{row.when.clone()}</span>
        </p>
        {problem}
    }
}

fn words(text: MessageText) -> impl IntoView {
    let subject = (!text.subject.is_empty()).then(|| {
        view! {
            <dt>{tr!("messages-subject")}</dt>
            <dd>
                <strong>{text.subject.clone()}</strong>
            </dd>
        }
    });
    let address = (!text.address.is_empty()).then(|| {
        view! {
            <dt>{tr!("messages-address")}</dt>
            <dd class="message-address">{text.address.clone()}</dd>
        }
    });
    view! {
        <dl class="message-head">{address} {subject}</dl>
        {if text.text.is_empty() {
            let why = match text.removed {
                Some(days) => tr!("messages-text-removed", days = days),
                None => tr!("messages-no-text"),
            };
            view! { <p class="muted">{why}</p> }.into_any()
        } else {
            view! {
                <div class="message-paper" tabindex="0" role="group" aria-label=tr!("messages-text")>
                    <p class="pre-line">{text.text.clone()}</p>
                </div>
            }
                .into_any()
        }}
    }
}
