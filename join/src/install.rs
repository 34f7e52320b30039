//! Installing on the device: offered where the code is typed, by whoever sets the tablet up, and nowhere else.

use crate::dom;
use js_sys::{Function, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Document, HtmlElement, Window};

/// Takes care of the offer, if the page has one.
pub fn start(window: &Window, document: &Document) {
    let element = |id: &str| {
        document
            .get_element_by_id(id)?
            .dyn_into::<HtmlElement>()
            .ok()
    };
    let (Some(offer), Some(button), Some(by_hand)) = (
        element("install"),
        element("install-button"),
        element("install-by-hand"),
    ) else {
        return;
    };
    // Only Safari on iPhones and iPads says whether it runs installed; there it is done by hand.
    let standalone = Reflect::get(&window.navigator(), &"standalone".into());
    if standalone.is_ok_and(|standalone| standalone == JsValue::FALSE) {
        by_hand.set_hidden(false);
        offer.set_hidden(false);
    }
    let kept: Rc<RefCell<Option<JsValue>>> = Rc::default();
    {
        let (kept, offer, button) = (Rc::clone(&kept), offer.clone(), button.clone());
        dom::on(window, "beforeinstallprompt", move |event| {
            event.prevent_default();
            kept.replace(Some(event.into()));
            button.set_hidden(false);
            offer.set_hidden(false);
        });
    }
    {
        let offer = offer.clone();
        dom::on(&button, "click", move |_| {
            // The browser asks once; if the answer is no, it is not asked again on this page.
            if let Some(event) = kept.take() {
                let _ = Reflect::get(&event, &"prompt".into())
                    .and_then(JsValue::dyn_into::<Function>)
                    .and_then(|prompt| prompt.call0(&event));
            }
            offer.set_hidden(true);
        });
    }
    dom::on(window, "appinstalled", move |_| offer.set_hidden(true));
}
