//! The page of the first run: the organisation and its first administrator.

use super::{Field, Frame, at_field, document, problem, sentence};
use convoke_domain::Refusal;
use convoke_domain::view::{MIN_PASSWORD, SetUpForm};
use convoke_texts::t;
use leptos::prelude::*;

/// What the page of the first run shows.
#[derive(Clone, Debug)]
pub struct SetUpPage {
    /// Language and style.
    pub frame: Frame,
    /// What was typed; the password is never sent back.
    pub form: SetUpForm,
    /// Why the last attempt failed.
    pub refusal: Option<Refusal>,
    /// IANA names to choose from.
    pub time_zones: Vec<String>,
    /// Address of the same page in the other language.
    pub switch: String,
}

/// The page of the first run.
pub fn set_up_page(page: &SetUpPage) -> String {
    let language = page.frame.language;
    let error = |field: &str| at_field(page.refusal.as_ref(), language, field);
    let above = page
        .refusal
        .as_ref()
        .filter(|r| !matches!(r, Refusal::Invalid(_)))
        .map(|r| problem(sentence(r, language)));
    let form = &page.form;
    let zones = page
        .time_zones
        .iter()
        .map(|zone| view! { <option value=zone.clone()></option> })
        .collect_view();
    let text = |name: &'static str, label: String, value, autocomplete| Field {
        name,
        kind: "text",
        label,
        value,
        help: None,
        error: error(name),
        autocomplete,
        autofocus: false,
        list: None,
    };
    let body = view! {
        <main class="public-main public-narrow">
            <h1>{t!(language, "set-up-title")}</h1>
            <p class="public-lead">{t!(language, "set-up-lead")}</p>
            {above}
            <form class="public-form" method="post" action=format!("/set-up?language={language}") novalidate>
                {Field {
                    help: Some(t!(language, "set-up-token-help")),
                    autofocus: form.token.is_empty(),
                    ..text("token", t!(language, "set-up-token"), &form.token, "off")
                }
                    .view()}
                {Field {
                    autofocus: !form.token.is_empty(),
                    ..text(
                        "organisation",
                        t!(language, "set-up-organisation"),
                        &form.organisation,
                        "organization",
                    )
                }
                    .view()}
                {Field {
                    help: Some(t!(language, "set-up-time-zone-help")),
                    list: Some("time-zones"),
                    ..text("time_zone", t!(language, "set-up-time-zone"), &form.time_zone, "off")
                }
                    .view()}
                <datalist id="time-zones">{zones}</datalist>
                <fieldset class="public-fieldset">
                    <legend>{t!(language, "set-up-administrator")}</legend>
                    {text(
                            "first_name",
                            t!(language, "set-up-first-name"),
                            &form.first_name,
                            "given-name",
                        )
                        .view()}
                    {text(
                            "last_name",
                            t!(language, "set-up-last-name"),
                            &form.last_name,
                            "family-name",
                        )
                        .view()}
                    {Field {
                        kind: "email",
                        ..text("email", t!(language, "set-up-email"), &form.email, "email")
                    }
                        .view()}
                    {Field {
                        kind: "password",
                        help: Some(t!(language, "set-up-password-help", length = MIN_PASSWORD.to_string())),
                        ..text("password", t!(language, "set-up-password"), "", "new-password")
                    }
                        .view()}
                </fieldset>
                <button class="button button-primary public-button" type="submit">
                    {t!(language, "set-up-submit")}
                </button>
            </form>
        </main>
    };
    document(
        &page.frame,
        &t!(language, "set-up-title"),
        &t!(language, "app-name"),
        Some(page.switch.clone()),
        body,
    )
}
