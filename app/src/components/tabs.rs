//! Tabs that are pages: links along a line, so each has an address of its own, and the keys of a tab list.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};

/// The line of tabs. Arrow keys, Home and End move along it; Enter opens.
#[component]
pub fn Tabs(
    /// What the tabs belong to, for screen readers.
    #[prop(into)]
    label: String,
    /// The links.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=|event| along(&event)>
            {children()}
        </div>
    }
}

/// One tab.
#[component]
pub fn TabLink(
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// Whether it is the one that is shown.
    #[prop(into)]
    current: Signal<bool>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <a
            class="tab"
            role="tab"
            href=move || href.get()
            aria-selected=move || current.get().to_string()
            data-noscroll="true"
        >
            {children()}
        </a>
    }
}

/// Moves the focus to a neighbour (<https://www.w3.org/WAI/ARIA/apg/patterns/tabs/>, with manual activation).
fn along(event: &KeyboardEvent) {
    let Some(tab) = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.closest("[role=tab]").ok().flatten())
    else {
        return;
    };
    let line = tab.parent_element();
    let to = match event.key().as_str() {
        "ArrowRight" => tab.next_element_sibling(),
        "ArrowLeft" => tab.previous_element_sibling(),
        "Home" => line.and_then(|line| line.first_element_child()),
        "End" => line.and_then(|line| line.last_element_child()),
        _ => return,
    };
    if let Some(to) = to.and_then(|to| to.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        let _ = to.focus();
    }
}
