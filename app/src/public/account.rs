//! The page by which somebody chooses a password of their own.

use super::{Field, Frame, at_field, document, problem, sentence};
use convoke_domain::Refusal;
use convoke_domain::view::{AccountPage, MIN_PASSWORD};
use convoke_texts::t;
use leptos::prelude::*;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct PasswordPage {
    /// Language and style.
    pub frame: Frame,
    /// Whose account it is.
    pub account: AccountPage,
    /// Where the form goes.
    pub path: String,
    /// Why the last attempt failed.
    pub refusal: Option<Refusal>,
    /// Address of the same page in the other language.
    pub switch: String,
}

/// The page.
pub fn password_page(page: &PasswordPage) -> String {
    let language = page.frame.language;
    let account = &page.account;
    let (title, lead) = if account.has_password {
        ("account-title-again", "account-lead-again")
    } else {
        ("account-title", "account-lead")
    };
    let title = t!(language, title);
    let error = at_field(page.refusal.as_ref(), language, "password");
    let above = page
        .refusal
        .as_ref()
        .filter(|r| !matches!(r, Refusal::Invalid(_)))
        .map(|r| problem(sentence(r, language)));
    let body = view! {
        <main class="public-main public-narrow">
            <h1>{title.clone()}</h1>
            <p class="public-lead">
                {t!(
                    language,
                    lead,
                    name = account.name.as_str(),
                    organisation = account.organisation.as_str()
                )}
            </p>
            {above}
            <form class="public-form" method="post" action=page.path.clone() novalidate>
                <p class="account-identifier">
                    {t!(language, "account-identifier")} " "
                    <strong>{account.identifier.clone()}</strong>
                </p>
                // For the memory of the browser.
                <input
                    type="hidden"
                    name="username"
                    autocomplete="username"
                    value=account.identifier.clone()
                />
                {Field {
                    name: "password",
                    kind: "password",
                    label: t!(language, "account-password"),
                    value: "",
                    help: Some(t!(language, "set-up-password-help", length = MIN_PASSWORD.to_string())),
                    error,
                    autocomplete: "new-password",
                    autofocus: true,
                    list: None,
                }
                    .view()}
                <button class="button button-primary public-button" type="submit">
                    {t!(language, "account-submit")}
                </button>
            </form>
        </main>
    };
    document(
        &page.frame,
        &title,
        &account.organisation,
        Some(page.switch.clone()),
        body,
    )
}
