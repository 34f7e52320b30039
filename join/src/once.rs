//! Forms with `data-once` are sent once, and their button shows that it was pressed. The server counts a form once in any case.

use crate::dom;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, HtmlElement, HtmlFormElement, Window};

/// Somebody who stopped the loading of the page can press again after so long.
const AGAIN_MS: i32 = 20_000;

/// Takes care of all forms of the page.
pub fn start(window: &Window, document: &Document) {
    for form in dom::of_kind::<HtmlFormElement>(document.query_selector_all("form[data-once]")) {
        let button = form
            .query_selector("button[type=submit]")
            .ok()
            .flatten()
            .and_then(|button| button.dyn_into::<HtmlElement>().ok());
        let busy_text = form.get_attribute("data-busy");
        let sent = Rc::new(Cell::new(false));
        let window = window.clone();
        dom::on(&form, "submit", move |event| {
            if sent.get() {
                event.prevent_default();
            } else if !event.default_prevented() {
                sent.set(true);
                let Some(button) = &button else {
                    return;
                };
                let text = button.text_content();
                let _ = button.set_attribute("aria-busy", "true");
                if busy_text.is_some() {
                    button.set_text_content(busy_text.as_deref());
                }
                let (sent, button) = (Rc::clone(&sent), button.clone());
                let again = Closure::once_into_js(move || {
                    sent.set(false);
                    let _ = button.remove_attribute("aria-busy");
                    button.set_text_content(text.as_deref());
                });
                let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(
                    again.unchecked_ref(),
                    AGAIN_MS,
                );
            }
        });
    }
}
