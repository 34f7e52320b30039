//! The entry point of the browser: it hydrates the page that the server rendered, and does nothing else.

use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page. `data-hydrated` on the root element says that it has: browser tests wait for it.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(convoke_app::App);
    // Effects, which attach what only the browser has, run after this turn.
    request_animation_frame(|| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-hydrated", "true");
        }
    });
}
