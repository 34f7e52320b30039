//! Installing on the device: offered where the browser can and the page has a place for it, and put away by *Not now*, which the device remembers.

use crate::dom;
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Document, Window};

/// Where a script in the head of the page keeps the browser's offer: it may come before this module does.
const OFFER: &str = "installOffer";
/// What the device remembers: that it was put away. It says nothing of anybody.
const DISMISSED: &str = "convoke-install-dismissed";

/// Takes care of the offer, if the page has one.
pub fn start(window: &Window, document: &Document) {
    let element = |id: &str| dom::html(&document.get_element_by_id(id)?);
    let (Some(offer), Some(button), Some(by_hand)) = (
        element("install"),
        element("install-button"),
        element("install-by-hand"),
    ) else {
        return;
    };
    if let Some(dismiss) = element("install-dismiss") {
        let storage = window.local_storage().ok().flatten();
        let dismissed = storage
            .as_ref()
            .and_then(|storage| storage.get_item(DISMISSED).ok().flatten());
        if dismissed.is_some() {
            return;
        }
        let offer = offer.clone();
        dom::on(&dismiss, "click", move |_| {
            if let Some(storage) = &storage {
                let _ = storage.set_item(DISMISSED, "1");
            }
            offer.set_hidden(true);
        });
    }
    // Only Safari on iPhones and iPads says whether it runs installed; there it is done by hand.
    let standalone = Reflect::get(&window.navigator(), &"standalone".into());
    if standalone.is_ok_and(|standalone| standalone == JsValue::FALSE) {
        by_hand.set_hidden(false);
        offer.set_hidden(false);
    }
    let show = {
        let (offer, button) = (offer.clone(), button.clone());
        move || {
            button.set_hidden(false);
            offer.set_hidden(false);
        }
    };
    if Reflect::get(window, &OFFER.into()).is_ok_and(|offer| offer.is_truthy()) {
        show();
    }
    dom::on(window, "beforeinstallprompt", move |_| show());
    {
        let (window, offer) = (window.clone(), offer.clone());
        dom::on(&button, "click", move |_| {
            // The browser asks once; if the answer is no, it is not asked again on this page.
            if let Ok(event) = Reflect::get(&window, &OFFER.into()) {
                let _ = Reflect::get(&event, &"prompt".into())
                    .and_then(JsValue::dyn_into::<Function>)
                    .and_then(|prompt| prompt.call0(&event));
            }
            offer.set_hidden(true);
        });
    }
    dom::on(window, "appinstalled", move |_| offer.set_hidden(true));
}
