//! A device that is locked to a training. The server keeps it there, and without network its service worker; here the back button is led back, and the
//! whole screen is offered where the browser has it.

use crate::dom;
use std::cell::Cell;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use web_sys::{Document, HtmlElement, Window};

/// Takes care of the page, if the device is locked.
pub fn start(window: &Window, document: &Document) {
    let is_locked = document
        .body()
        .and_then(|body| body.get_attribute("data-locked"))
        .is_some_and(|mark| mark == "yes");
    if is_locked {
        stay(window);
        offer_full_screen(document);
    }
}

/// One step back leads to the same page once more. Browsers skip steps that a page added before anybody touched it, so another is added at the first
/// touch.
fn stay(window: &Window) {
    let Ok(history) = window.history() else {
        return;
    };
    let add = {
        let history = history.clone();
        move || {
            let _ = history.push_state_with_url(&JsValue::NULL, "", None);
        }
    };
    add();
    {
        let add = add.clone();
        dom::on(window, "popstate", move |_| add());
    }
    let touched = Cell::new(false);
    dom::on(window, "pointerup", move |_| {
        if !touched.replace(true) {
            add();
        }
    });
}

/// Browsers leave the whole screen when another page is opened: it is offered again on each list.
fn offer_full_screen(document: &Document) {
    let button = document
        .get_element_by_id("full-screen")
        .and_then(|found| found.dyn_into::<HtmlElement>().ok());
    let Some(button) = button.filter(|_| document.fullscreen_enabled()) else {
        return;
    };
    button.set_hidden(false);
    let root = document.document_element();
    dom::on(&button, "click", move |_| {
        if let Some(root) = &root {
            let _ = root.request_fullscreen();
        }
    });
    let whole = document.clone();
    dom::on(document, "fullscreenchange", move |_| {
        button.set_hidden(whole.fullscreen_element().is_some());
    });
}
