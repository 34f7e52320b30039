//! Where the keyboard's focus goes when the page changes under it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Focuses what a CSS selector finds, once what was just changed is drawn.
pub fn go_to(selector: String) {
    request_animation_frame(move || focus(&selector));
}

/// The same, where the focus fell off what was just taken away; elsewhere it stays.
pub fn catch(selector: String) {
    request_animation_frame(move || {
        if is_nowhere() {
            focus(&selector);
        }
    });
}

/// Whether the element that had the focus is gone.
pub fn is_nowhere() -> bool {
    document()
        .active_element()
        .is_none_or(|element| element.tag_name() == "BODY")
}

fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
