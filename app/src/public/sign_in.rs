//! The page to sign in.

use super::{Field, Frame, at_field, document, problem, sentence};
use convoke_domain::Refusal;
use convoke_texts::t;
use leptos::prelude::*;

/// What the page to sign in shows.
#[derive(Clone, Debug)]
pub struct SignInPage {
    /// Language and style.
    pub frame: Frame,
    /// What was typed as e-mail or mobile.
    pub identifier: String,
    /// Where to go afterwards: a path of this site.
    pub next: Option<String>,
    /// Why the last attempt failed.
    pub refusal: Option<Refusal>,
    /// A sentence above the form: that signing in is needed, or that one is signed out.
    pub notice: Option<String>,
    /// Address of the same page in the other language.
    pub switch: String,
}

/// The page to sign in.
pub fn sign_in_page(page: &SignInPage) -> String {
    let language = page.frame.language;
    let refusal = page.refusal.as_ref();
    let identifier_error = at_field(refusal, language, "identifier");
    let password_error = match refusal {
        Some(wrong @ Refusal::WrongCredentials) => Some(sentence(wrong, language)),
        other => at_field(other, language, "password"),
    };
    let above = refusal
        .filter(|r| !matches!(r, Refusal::WrongCredentials | Refusal::Invalid(_)))
        .map(|r| problem(sentence(r, language)));
    let notice = page.notice.clone().map(|text| {
        view! {
            <div class="notice notice-info" role="status">
                <p class="notice-text">{text}</p>
            </div>
        }
    });
    // Whoever mistyped the password goes on there.
    let at_password = !page.identifier.is_empty() && identifier_error.is_none();
    let body = view! {
        <main class="public-main public-narrow">
            <h1>{t!(language, "sign-in-title")}</h1>
            {above}
            {notice}
            <form class="public-form" method="post" action=format!("/sign-in?language={language}") novalidate>
                {page
                    .next
                    .clone()
                    .map(|next| view! { <input type="hidden" name="next" value=next /> })}
                {Field {
                    name: "identifier",
                    kind: "text",
                    label: t!(language, "sign-in-identifier"),
                    value: &page.identifier,
                    help: Some(t!(language, "sign-in-identifier-help")),
                    error: identifier_error,
                    autocomplete: "username",
                    autofocus: !at_password,
                    list: None,
                }
                    .view()}
                {Field {
                    name: "password",
                    kind: "password",
                    label: t!(language, "sign-in-password"),
                    value: "",
                    help: None,
                    error: password_error,
                    autocomplete: "current-password",
                    autofocus: at_password,
                    list: None,
                }
                    .view()}
                <button class="button button-primary public-button" type="submit">
                    {t!(language, "sign-in-submit")}
                </button>
            </form>
            <p class="public-way">
                <a href=format!("/sign-in/forgotten?language={language}")>{t!(language, "sign-in-forgotten")}</a>
            </p>
            <p class="public-way">
                <a href=format!("/join?language={language}")>{t!(language, "sign-in-to-code")}</a>
            </p>
        </main>
    };
    document(
        &page.frame,
        &t!(language, "sign-in-title"),
        &t!(language, "app-name"),
        Some(page.switch.clone()),
        body,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_domain::Language;

    fn page() -> SignInPage {
        SignInPage {
            frame: Frame {
                language: Language::En,
                stylesheet: "/pkg/public.css".to_owned(),
                theme: crate::theme::Theme::System,
                build: None,
            },
            identifier: "\"><script>alert(1)</script>".to_owned(),
            next: Some("/trainings?phase=past&find=a".to_owned()),
            refusal: Some(Refusal::WrongCredentials),
            notice: None,
            switch: "/sign-in?language=fr".to_owned(),
        }
    }

    #[test]
    fn what_was_typed_is_kept_and_harmless() {
        let html = sign_in_page(&page());
        assert!(
            html.starts_with("<!DOCTYPE html><html lang=\"en\">"),
            "{html}"
        );
        assert!(html.contains("<title>Sign in – Convoke</title>"), "{html}");
        // Inside the quotes of the attribute, where nothing but a quote could end it.
        assert!(
            html.contains("value=\"&quot;>") || html.contains("value=\"&quot;&gt;"),
            "{html}"
        );
        assert!(html.contains("name=\"next\""), "{html}");
    }

    #[test]
    fn the_error_belongs_to_its_field() {
        let html = sign_in_page(&page());
        assert!(
            html.contains("aria-describedby=\"password-error\""),
            "{html}"
        );
        assert!(html.contains("id=\"password-error\""), "{html}");
    }
}
