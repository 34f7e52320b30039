//! The little of the DOM that is needed, in few words.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventTarget, HtmlElement, NodeList};

/// Calls `react` at each such event, as long as the page lives.
pub fn on(target: &EventTarget, kind: &str, react: impl FnMut(Event) + 'static) {
    let react = Closure::<dyn FnMut(Event)>::new(react);
    let _ = target.add_event_listener_with_callback(kind, react.as_ref().unchecked_ref());
    react.forget();
}

/// The element as one of HTML, which can be hidden.
pub fn html(element: &Element) -> Option<HtmlElement> {
    element.dyn_ref::<HtmlElement>().cloned()
}

/// The elements of a kind in what a selector found.
pub fn of_kind<T: JsCast>(found: Result<NodeList, wasm_bindgen::JsValue>) -> Vec<T> {
    let Ok(nodes) = found else {
        return Vec::new();
    };
    (0..nodes.length())
        .filter_map(|n| nodes.get(n)?.dyn_into().ok())
        .collect()
}

/// The elements below another that fit a selector.
pub fn below<T: JsCast>(root: &Element, selector: &str) -> Vec<T> {
    of_kind(root.query_selector_all(selector))
}
