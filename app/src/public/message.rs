//! A page that says what happened and what to do: wrong address, refused, our failure.

use super::{Frame, document};
use convoke_texts::t;
use leptos::prelude::*;

/// What such a page says.
#[derive(Clone, Debug)]
pub struct MessagePage {
    /// Language and style.
    pub frame: Frame,
    /// The title.
    pub title: String,
    /// What to do.
    pub text: String,
    /// Whether to offer the way to the first page; not to those who only hold a link.
    pub home: bool,
}

/// The page.
pub fn message_page(page: &MessagePage) -> String {
    let language = page.frame.language;
    let body = view! {
        <main class="public-main public-narrow">
            <h1>{page.title.clone()}</h1>
            <p class="public-lead">{page.text.clone()}</p>
            {page
                .home
                .then(|| {
                    view! {
                        <a class="button public-button" href="/">
                            {t!(language, "page-home")}
                        </a>
                    }
                })}
        </main>
    };
    document(
        &page.frame,
        &page.title,
        &t!(language, "app-name"),
        None,
        body,
    )
}
