//! An address that leads nowhere.

use crate::components::{Glyph, Icon, PageTitle};
use crate::tr;
use leptos::prelude::*;

/// The page for an unknown address: says so, answers 404, and leads back.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(options) = use_context::<leptos_axum::ResponseOptions>() {
        options.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <main class="page lost">
            <div class="empty">
                <Icon glyph=Glyph::Search size=28/>
                <PageTitle title=tr!("not-found-title")/>
                <p class="empty-text">{tr!("not-found-text")}</p>
                <a class="button button-primary" href="/trainings">
                    {tr!("not-found-back")}
                </a>
            </div>
        </main>
    }
}
