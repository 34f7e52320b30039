//! A message as its reader will see it: an SMS with what it costs, an e-mail in both of its parts.

use super::{Glyph, Icon};
use crate::tr;
use convoke_domain::sms::{Coding, SmsCost};
use convoke_domain::view::{AttachedFile, MessagePreview};
use leptos::prelude::*;

/// What an SMS takes, and why.
#[component]
pub fn SmsCostLine(
    /// The count.
    #[prop(into)]
    cost: Signal<SmsCost>,
) -> impl IntoView {
    let words = move || {
        let size = cost.with(|cost| cost.size);
        tr!("text-sms-cost", parts = size.parts, left = size.left)
    };
    let why = move || {
        cost.with(|cost| match cost.size.coding {
            Coding::Gsm7 => tr!("text-sms-gsm"),
            Coding::Ucs2 => {
                let signs: Vec<String> = cost
                    .costly
                    .iter()
                    .map(|sign| tr!("text-sms-sign", sign = sign.to_string()))
                    .collect();
                tr!("text-sms-ucs", signs = signs.join(", "))
            }
        })
    };
    let dear = move || cost.with(|cost| cost.size.coding == Coding::Ucs2 || cost.size.parts > 1);
    view! {
        <p class="sms-cost" class:is-dear=dear>
            <strong>{words}</strong>
            " "
            <span>{why}</span>
        </p>
    }
}

/// Which part of an e-mail is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MailPart {
    Html,
    Text,
}

/// The message. The HTML of a mail stands in a frame of its own in which nothing runs, loads or leads anywhere.
#[component]
pub fn MessagePaper(
    /// The message.
    preview: Signal<Option<MessagePreview>>,
) -> impl IntoView {
    let part = RwSignal::new(MailPart::Html);
    let has_html =
        Memo::new(move |_| preview.with(|p| p.as_ref().is_some_and(|p| p.html.is_some())));
    let subject = Memo::new(move |_| {
        preview.with(|p| p.as_ref().map(|p| p.subject.clone()).unwrap_or_default())
    });
    let name =
        Memo::new(move |_| preview.with(|p| p.as_ref().map(|p| p.to.clone()).unwrap_or_default()));
    let text = Memo::new(move |_| {
        preview.with(|p| p.as_ref().map(|p| p.text.clone()).unwrap_or_default())
    });
    let html = Memo::new(move |_| {
        preview.with(|p| p.as_ref().and_then(|p| p.html.clone()).unwrap_or_default())
    });
    let files = Memo::new(move |_| {
        preview.with(|p| {
            p.as_ref()
                .map(|p| p.attachments.clone())
                .unwrap_or_default()
        })
    });
    let cost = Memo::new(move |_| preview.with(|p| p.as_ref().and_then(|p| p.sms.clone())));
    let side = move |which: MailPart, words: String| {
        view! {
            <button
                type="button"
                aria-pressed=move || (part.get() == which).to_string()
                on:click=move |_| part.set(which)
            >
                {words}
            </button>
        }
    };
    let label = move || tr!("text-preview-frame", name = name.get());
    view! {
        <div class="message-seen">
            {move || {
                has_html
                    .get()
                    .then(|| {
                        view! {
                            <div class="switch" role="group" aria-label=tr!("text-preview-parts")>
                                {side(MailPart::Html, tr!("text-preview-html"))}
                                {side(MailPart::Text, tr!("text-preview-plain"))}
                            </div>
                        }
                    })
            }}
            {move || {
                (!subject.with(String::is_empty))
                    .then(|| {
                        view! {
                            <p class="message-seen-subject">
                                <span class="visually-hidden">{tr!("send-preview-subject")} ": "</span>
                                {subject}
                            </p>
                        }
                    })
            }}
            {move || {
                let files = files.get();
                let file = |file: AttachedFile| {
                    view! {
                        <li>
                            <Icon glyph=Glyph::File size=16/>
                            <span>{file.name}</span>
                            <span class="muted">{file.size}</span>
                        </li>
                    }
                };
                (!files.is_empty())
                    .then(|| {
                        view! {
                            <ul class="message-seen-files" aria-label=tr!("message-attachments")>
                                {files.into_iter().map(file).collect_view()}
                            </ul>
                        }
                    })
            }}
            {move || {
                if has_html.get() && part.get() == MailPart::Html {
                    view! { <iframe class="message-seen-html" sandbox="" title=label srcdoc=html></iframe> }
                        .into_any()
                } else {
                    view! {
                        <div class="message-seen-text" tabindex="0" role="group" aria-label=label>
                            <p class="pre-line">{text}</p>
                        </div>
                    }
                        .into_any()
                }
            }}
            {move || {
                cost.get()
                    .map(|cost| view! { <SmsCostLine cost=Signal::derive(move || cost.clone())/> })
            }}
        </div>
    }
}
