//! What went wrong, and what to do about it.

use super::{Glyph, Icon};
use crate::api::ApiError;
use crate::language::{language, tr};
use leptos::prelude::*;

/// The sentence of an error, with a button to try again, or a link to sign in where that is what helps.
#[component]
pub fn ErrorBox(
    /// What went wrong.
    error: ApiError,
    /// Tries again; without it there is no button.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let action = if error.is_signed_out() {
        // A full load: the server shows the page that it wants, and leads back.
        view! {
            <a class="button" href="/sign-in" rel="external">
                {tr!("error-sign-in")}
            </a>
        }
        .into_any()
    } else if error.is_final() {
        ().into_any()
    } else {
        on_retry
            .map(|retry| {
                view! {
                    <button type="button" class="button" on:click=move |_| retry.run(())>
                        <Icon glyph=Glyph::Retry size=16/>
                        {tr!("error-retry")}
                    </button>
                }
            })
            .into_any()
    };
    view! {
        <div class="notice notice-problem" role="alert">
            <Icon glyph=Glyph::Warning/>
            <p class="notice-text">{error.sentence(language())}</p>
            {action}
        </div>
    }
}
