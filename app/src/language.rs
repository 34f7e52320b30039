//! The language of the page, and the texts of the catalogue in it.

use convoke_domain::Language;

/// The text of a key in the language of the page: `tr!("people-title")`, `tr!("people-count", count = 3)`.
macro_rules! tr {
    ($key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        convoke_texts::t!($crate::language::language(), $key $(, $name = $value)*)
    };
}
pub(crate) use tr;

/// The language of the page. The server decides it and writes it on `<html lang>`; the browser reads it there,
/// so that both render the same. It never changes without a reload.
#[cfg(not(feature = "ssr"))]
pub fn language() -> Language {
    use std::sync::OnceLock;
    static LANGUAGE: OnceLock<Language> = OnceLock::new();
    *LANGUAGE.get_or_init(|| {
        of_document()
            .and_then(|lang| lang.parse().ok())
            .unwrap_or(Language::En)
    })
}

#[cfg(all(not(feature = "ssr"), feature = "hydrate"))]
fn of_document() -> Option<String> {
    leptos::prelude::document()
        .document_element()?
        .get_attribute("lang")
}

#[cfg(not(any(feature = "ssr", feature = "hydrate")))]
fn of_document() -> Option<String> {
    None
}

/// The language of the page: that of the person who is signed in, else the browser's.
#[cfg(feature = "ssr")]
pub fn language() -> Language {
    use leptos::prelude::use_context;
    use_context::<PageLanguage>()
        .unwrap_or_else(PageLanguage::of_request)
        .0
}

/// The language that was found for a page, kept so that it is looked up once.
#[cfg(feature = "ssr")]
#[derive(Clone, Copy)]
pub(crate) struct PageLanguage(pub Language);

#[cfg(feature = "ssr")]
impl PageLanguage {
    /// Reads the request that is being answered.
    pub fn of_request() -> Self {
        use leptos::prelude::use_context;
        let chosen = use_context::<crate::api::RequestContext>()
            .and_then(|context| context.session)
            .map(|(_, person)| person.language);
        let accepted = || {
            let parts = use_context::<http::request::Parts>()?;
            let header = parts.headers.get(http::header::ACCEPT_LANGUAGE)?;
            Some(Language::from_accept_language(header.to_str().ok()?))
        };
        Self(chosen.or_else(accepted).unwrap_or(Language::En))
    }
}
