//! Signing out. Marks of attendance that are not saved yet would stay behind on a device that others use: it is asked first.

use crate::awaiting::Awaiting;
use crate::components::{Dialog, Glyph, Icon};
use crate::marks::waiting_marks;
use crate::state::marks::Marks;
use crate::tr;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlFormElement;

/// The item of the account's menu.
#[component]
pub fn SignOut(
    /// Set when there is something to ask first.
    asking: RwSignal<bool>,
) -> impl IntoView {
    let marks = waiting_marks();
    view! {
        <form
            id="sign-out"
            method="post"
            action="/sign-out"
            on:submit=move |event| {
                if marks.is_empty() {
                    Awaiting::forget();
                } else {
                    event.prevent_default();
                    asking.set(true);
                }
            }
        >
            <button type="submit" class="menu-item">
                <Icon glyph=Glyph::SignOut/>
                {tr!("sign-out")}
            </button>
        </form>
    }
}

/// The question. It stands beside the menu, which is not there any more when it is asked.
#[component]
pub fn SignOutDialog(
    /// Whether it is asked.
    asking: RwSignal<bool>,
) -> impl IntoView {
    let marks = waiting_marks();
    let leave = move || {
        marks.discard(|_, _| true);
        // Nothing is left to ask about.
        let form = document().get_element_by_id("sign-out");
        if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
            let _ = form.request_submit();
        }
    };
    view! {
        <Dialog
            open=asking
            title=tr!("marks-sign-out-title")
            footer=move || {
                view! {
                    <button type="button" class="button button-danger" on:click=move |_| leave()>
                        {tr!("marks-sign-out-yes")}
                    </button>
                    <button
                        type="button"
                        class="button button-primary"
                        autofocus=true
                        on:click=move |_| asking.set(false)
                    >
                        {tr!("marks-stay")}
                    </button>
                }
            }
        >
            <p>
                {move || {
                    let count = marks.with(Marks::len);
                    tr!("marks-sign-out-text", count = count)
                }}
            </p>
        </Dialog>
    }
}
