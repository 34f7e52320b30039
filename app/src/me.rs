//! Who is signed in, known from the first render on: the server writes it into the page, the browser reads it there.
//! It decides what is offered; what is allowed, the server decides anew at every call.

use convoke_domain::view::SignedIn;

/// The name of the `meta` element that carries it.
#[cfg_attr(
    not(any(feature = "ssr", feature = "hydrate")),
    allow(dead_code, reason = "neither written nor read without a page")
)]
pub const META: &str = "signed-in";

/// The person who is signed in.
#[cfg(feature = "ssr")]
pub fn me() -> Option<SignedIn> {
    let context = leptos::prelude::use_context::<crate::api::RequestContext>()?;
    context.session.map(|(_, person)| person)
}

/// The person who is signed in.
#[cfg(all(not(feature = "ssr"), feature = "hydrate"))]
pub fn me() -> Option<SignedIn> {
    use std::sync::OnceLock;
    static ME: OnceLock<Option<SignedIn>> = OnceLock::new();
    ME.get_or_init(|| {
        let selector = format!("meta[name={META}]");
        let meta = leptos::prelude::document()
            .query_selector(&selector)
            .ok()??;
        serde_json::from_str(&meta.get_attribute("content")?).ok()
    })
    .clone()
}

/// The person who is signed in.
#[cfg(not(any(feature = "ssr", feature = "hydrate")))]
pub fn me() -> Option<SignedIn> {
    None
}
