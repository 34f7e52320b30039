//! The page where somebody who forgot their password asks for another.

use super::{Field, Frame, at_field, document, problem, sentence};
use convoke_domain::Refusal;
use convoke_texts::t;
use leptos::prelude::*;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ForgottenPage {
    /// Language and style.
    pub frame: Frame,
    /// What was typed as e-mail or mobile.
    pub identifier: String,
    /// Where the form goes.
    pub path: String,
    /// Whether it was sent: then the page says what happens now, to everybody the same.
    pub sent: bool,
    /// Why the last attempt failed.
    pub refusal: Option<Refusal>,
    /// Address of the same page in the other language.
    pub switch: String,
}

/// The page.
pub fn forgotten_page(page: &ForgottenPage) -> String {
    let language = page.frame.language;
    let title = if page.sent {
        t!(language, "forgotten-sent-title")
    } else {
        t!(language, "forgotten-title")
    };
    let refusal = page.refusal.as_ref();
    let above = refusal
        .filter(|r| !matches!(r, Refusal::Invalid(_)))
        .map(|r| problem(sentence(r, language)));
    let content = if page.sent {
        view! {
            <p class="public-lead" role="status">{t!(language, "forgotten-sent")}</p>
            <p>{t!(language, "forgotten-sent-nothing")}</p>
        }
        .into_any()
    } else {
        view! {
            <p class="public-lead">{t!(language, "forgotten-lead")}</p>
            {above}
            <form class="public-form" method="post" action=page.path.clone() novalidate>
                {Field {
                    name: "identifier",
                    kind: "text",
                    label: t!(language, "sign-in-identifier"),
                    value: &page.identifier,
                    help: Some(t!(language, "sign-in-identifier-help")),
                    error: at_field(refusal, language, "identifier"),
                    autocomplete: "username",
                    autofocus: true,
                    list: None,
                }
                    .view()}
                <button class="button button-primary public-button" type="submit">
                    {t!(language, "forgotten-submit")}
                </button>
            </form>
        }
        .into_any()
    };
    let body = view! {
        <main class="public-main public-narrow">
            <h1>{title.clone()}</h1>
            {content}
            <p class="public-way">
                <a href=format!("/sign-in?language={language}")>{t!(language, "forgotten-back")}</a>
            </p>
        </main>
    };
    document(
        &page.frame,
        &title,
        &t!(language, "app-name"),
        Some(page.switch.clone()),
        body,
    )
}
