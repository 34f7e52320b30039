//! What makes the public pages behind a training code quicker in a browser. Every one of them is complete without it: this module hides
//! nothing, and whatever it checks the server checks again.
//!
//! - the list follows what is typed, and the alphabet bar goes to its names ([`list`]);
//! - the form says at the field what has to be corrected, before it is sent ([`form`]);
//! - a button is not pressed twice ([`once`]);
//! - a signature is drawn by finger, pen or mouse ([`sign`]);
//! - a training space that nobody touches goes back to the list ([`idle`]);
//! - it goes on without network, by a service worker, and says how things stand ([`device`]);
//! - it can be installed, where the browser offers that ([`install`]);
//! - on a locked device the back button stays within the training ([`lock`]);
//! - a page that stays open says when there is a new release ([`release`]).

mod device;
mod dom;
mod form;
mod idle;
mod install;
mod list;
mod lock;
mod once;
mod release;
mod sign;
mod unicode;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::PageTransitionEvent;

/// Takes care of the page that loaded the module.
#[wasm_bindgen(start)]
pub fn start() {
    let Some(window) = web_sys::window() else {
        return;
    };
    let Some(document) = window.document() else {
        return;
    };
    // A page that the browser kept in its memory is the previous person's.
    let location = window.location();
    dom::on(&window, "pageshow", move |event| {
        let kept = event
            .dyn_ref::<PageTransitionEvent>()
            .is_some_and(PageTransitionEvent::persisted);
        if kept {
            let _ = location.reload();
        }
    });
    list::start(&document);
    // Before `once`, which leaves alone what this one stops.
    form::start(&document);
    sign::start(&window, &document);
    once::start(&window, &document);
    idle::start(&window, &document);
    device::start(&window, &document);
    install::start(&window, &document);
    lock::start(&window, &document);
    release::start(&window, &document);
    if let Some(root) = document.document_element() {
        let _ = root.set_attribute("data-quick", "");
    }
}
