//! The page behind the link in the foot of an e-mail: *Write to me no more*, and back.

use super::{Frame, document};
use convoke_domain::view::StopPage as View;
use convoke_texts::t;
use leptos::prelude::*;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct StopPage {
    /// Language and style.
    pub frame: Frame,
    /// Whose messages they are, and how it stands.
    pub view: View,
    /// The path of the page, with its secret.
    pub path: String,
}

/// The page. Opening it changes nothing; its button is a form.
pub fn stop_page(page: &StopPage) -> String {
    let language = page.frame.language;
    let organisation = page.view.organisation.as_str();
    let stopped = page.view.opted_out;
    let title = if stopped {
        t!(language, "stop-done-title")
    } else {
        t!(language, "stop-title", organisation = organisation)
    };
    let lead = if stopped {
        t!(language, "stop-done", organisation = organisation)
    } else {
        t!(language, "stop-lead", organisation = organisation)
    };
    let body = view! {
        <main class="public-main public-narrow">
            <h1>{title.clone()}</h1>
            <p class="public-lead" role=stopped.then_some("status")>{lead}</p>
            <p>{t!(language, "stop-keeps")}</p>
            {stop_form(
                language,
                page.path.clone(),
                stopped,
                "button button-primary public-button",
            )}
        </main>
    };
    document(&page.frame, &title, organisation, None, body)
}

/// The form that changes how it stands.
pub(super) fn stop_form(
    language: convoke_domain::Language,
    path: String,
    stopped: bool,
    class: &'static str,
) -> impl IntoView {
    let (wanted, words) = if stopped {
        ("again", t!(language, "stop-again"))
    } else {
        ("stop", t!(language, "stop-button"))
    };
    view! {
        <form method="post" action=path>
            <input type="hidden" name="messages" value=wanted />
            <button class=class type="submit">
                {words}
            </button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_domain::Language;

    fn page(opted_out: bool) -> String {
        stop_page(&StopPage {
            frame: Frame {
                language: Language::En,
                stylesheet: "/pkg/public.css".to_owned(),
                theme: crate::theme::Theme::System,
                build: None,
            },
            view: View {
                language: Language::En,
                organisation: "Acme & Sons".to_owned(),
                opted_out,
            },
            path: "/stop/secret".to_owned(),
        })
    }

    #[test]
    fn it_offers_the_other_thing_than_is_so() {
        let (before, after) = (page(false), page(true));
        assert!(before.contains("value=\"stop\"") && before.contains("Write to me no more"));
        assert!(after.contains("value=\"again\"") && after.contains("Write to me again"));
        for html in [before, after] {
            assert_eq!(html.matches("<form").count(), 1, "{html}");
            assert!(!html.contains("<script"), "{html}");
            assert!(html.contains("Acme &amp; Sons"), "{html}");
        }
    }
}
