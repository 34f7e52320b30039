//! What went wrong, and what to do about it.

use super::{Glyph, Icon};
use crate::api::ApiError;
use crate::language::{language, tr};
use crate::release;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::fmt::Write;

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
        let location = use_location();
        let href = move || {
            location.pathname.with(|path| {
                location
                    .search
                    .with(|search| sign_in_address(path, search.trim_start_matches('?')))
            })
        };
        // A full load: the server shows the page that it wants, and leads back.
        view! {
            <a class="button" href=href rel="external">
                {tr!("error-sign-in")}
            </a>
        }
        .into_any()
    } else if error == ApiError::Outdated {
        view! {
            <button type="button" class="button" on:click=move |_| release::reload()>
                <Icon glyph=Glyph::Retry size=16/>
                {tr!("new-version-reload")}
            </button>
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

/// Where to sign in, and come back from.
fn sign_in_address(path: &str, search: &str) -> String {
    let mut address = format!("/sign-in?next={}", encoded(path));
    if !search.is_empty() {
        address.push_str(&encoded("?"));
        address.push_str(&encoded(search));
    }
    address
}

/// Percent-encoding of a query value (RFC 3986, section 2.1).
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_back() {
        assert_eq!(sign_in_address("/messages", ""), "/sign-in?next=/messages");
        assert_eq!(
            sign_in_address("/trainings/1", "view=trainer&find=a%20b"),
            "/sign-in?next=/trainings/1%3Fview%3Dtrainer%26find%3Da%2520b"
        );
    }
}
