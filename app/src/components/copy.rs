//! A button that copies a text.

use super::{Glyph, Icon, use_announcer};
use crate::language::tr;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};

/// How long the button says that it has copied.
const SAID: Duration = Duration::from_secs(2);

/// Copies a text to the clipboard, and says so.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// Its name: *Copy the link*.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let announcer = use_announcer();
    let name = label.clone();
    let press = move |_| {
        let text = text.get_untracked();
        leptos::task::spawn_local(async move {
            if copy(&text).await {
                announcer.announce(tr!("copy-done"));
                copied.try_set(true);
                set_timeout(
                    move || {
                        copied.try_set(false);
                    },
                    SAID,
                );
            } else {
                announcer.toast(tr!("copy-failed"));
            }
        });
    };
    view! {
        <button
            type="button"
            class="icon-button copy-button"
            class:is-copied=move || copied.get()
            aria-label=label
            title=name
            on:click=press
        >
            {move || {
                if copied.get() {
                    view! { <Icon glyph=Glyph::Check size=16/> }
                } else {
                    view! { <Icon glyph=Glyph::Copy size=16/> }
                }
            }}
        </button>
    }
}

/// Whether the text is in the clipboard now. Browsers have the clipboard on https and on this machine only; elsewhere the old command does.
async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    let has_clipboard = web_sys::js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"))
        .is_ok_and(|clipboard| !clipboard.is_undefined());
    if has_clipboard {
        let written = navigator.clipboard().write_text(text);
        if wasm_bindgen_futures::JsFuture::from(written).await.is_ok() {
            return true;
        }
    }
    copy_by_command(text).unwrap_or(false)
}

fn copy_by_command(text: &str) -> Option<bool> {
    let document = document();
    let focused = document.active_element();
    let area = document.create_element("textarea").ok()?;
    let area = area.dyn_into::<web_sys::HtmlTextAreaElement>().ok()?;
    area.set_value(text);
    area.set_class_name("visually-hidden");
    // What is outside an open dialog cannot be selected.
    let place = focused
        .as_ref()
        .and_then(|focused| focused.parent_element());
    let place = place.or_else(|| document.body().map(Into::into))?;
    place.append_child(&area).ok()?;
    area.select();
    let done = document
        .dyn_ref::<web_sys::HtmlDocument>()
        .and_then(|document| document.exec_command("copy").ok());
    area.remove();
    if let Some(focused) = focused.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = focused.focus();
    }
    done
}
