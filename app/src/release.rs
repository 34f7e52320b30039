//! A page that stays open while the server is replaced by a new release: each answer of the server names its build, and the page asks now and then
//! whether it is still its own (`another`). It never loads itself anew: what is typed is the person's, and so is the moment.

#![cfg_attr(
    not(any(feature = "ssr", feature = "hydrate")),
    allow(dead_code, reason = "neither written nor read without a page")
)]

/// The header of every answer that names the build of the server.
pub const HEADER: &str = "x-convoke-build";

/// The name of the `meta` element that says which build made a page.
pub const META: &str = "build";

/// What is told to the window when a call was not understood or did not get through: perhaps the server is another one.
#[cfg(feature = "hydrate")]
pub const DOUBT: &str = "convoke-doubt";

/// The build that serves.
#[cfg(feature = "ssr")]
pub fn build() -> Option<String> {
    leptos::prelude::use_context::<crate::api::RequestContext>()?.build
}

/// Has whoever listens look whether the server is another build.
pub fn doubt() {
    #[cfg(feature = "hydrate")]
    if let Ok(event) = web_sys::Event::new(DOUBT) {
        let _ = leptos::prelude::window().dispatch_event(&event);
    }
}

/// Loads the page anew.
pub fn reload() {
    let _ = leptos::prelude::window().location().reload();
}

/// Whether the server says that it is another build than the page; `false` while nobody answers, and where builds have no names.
#[cfg(feature = "hydrate")]
pub async fn another() -> bool {
    let Some(ours) = of_page() else {
        return false;
    };
    of_server().await.is_some_and(|theirs| theirs != ours)
}

#[cfg(feature = "hydrate")]
fn of_page() -> Option<String> {
    leptos::prelude::document()
        .query_selector(&format!("meta[name={META}]"))
        .ok()??
        .get_attribute("content")
}

#[cfg(feature = "hydrate")]
async fn of_server() -> Option<String> {
    use wasm_bindgen::JsCast as _;
    let how = web_sys::RequestInit::new();
    how.set_method("HEAD");
    how.set_cache(web_sys::RequestCache::NoStore);
    let asked = leptos::prelude::window().fetch_with_str_and_init("/healthz", &how);
    let answer = wasm_bindgen_futures::JsFuture::from(asked).await.ok()?;
    let answer: web_sys::Response = answer.dyn_into().ok()?;
    answer.headers().get(HEADER).ok()?
}
