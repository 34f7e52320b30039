//! The page of a personal link that does not show the invitation any more: it is past its time, or its person is forgotten.

use super::{Frame, document};
use convoke_domain::view::ClosedLink;
use convoke_texts::t;
use leptos::prelude::*;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ClosedPage {
    /// Language and style.
    pub frame: Frame,
    /// Why.
    pub link: ClosedLink,
    /// Whether a fresh link was asked for.
    pub asked: bool,
    /// The path of the link's page, with its secret.
    pub path: String,
}

/// The page. It says nothing of the training or the person: whoever has an old link may not be who it was sent to.
pub fn closed_page(page: &ClosedPage) -> String {
    let language = page.frame.language;
    let organisation = page.link.organisation.as_str();
    let (title, text) = if page.link.forgotten {
        (
            t!(language, "page-forgotten-title"),
            t!(language, "page-forgotten-text", organisation = organisation),
        )
    } else if page.asked {
        (
            t!(language, "link-fresh-title"),
            t!(language, "link-fresh-text", organisation = organisation),
        )
    } else {
        (
            t!(language, "link-past-title"),
            t!(language, "link-past-text", organisation = organisation),
        )
    };
    let body = view! {
        <main class="public-main public-narrow">
            <h1>{title.clone()}</h1>
            <p class="public-lead">{text}</p>
            {(!page.link.forgotten && !page.asked)
                .then(|| {
                    view! {
                        <form method="post" action=format!("{}/fresh", page.path)>
                            <button class="button button-primary public-button" type="submit">
                                {t!(language, "link-past-button")}
                            </button>
                        </form>
                    }
                })}
        </main>
    };
    document(&page.frame, &title, organisation, None, body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use convoke_domain::Language;

    fn page(forgotten: bool, asked: bool) -> String {
        closed_page(&ClosedPage {
            frame: Frame {
                language: Language::Fr,
                stylesheet: "/pkg/public.css".to_owned(),
                theme: crate::theme::Theme::System,
                build: None,
            },
            link: ClosedLink {
                language: Language::Fr,
                organisation: "Acme Academy".to_owned(),
                forgotten,
            },
            asked,
            path: "/i/secret".to_owned(),
        })
    }

    #[test]
    fn only_a_link_that_is_past_its_time_offers_a_fresh_one() {
        let offers = |html: &str| html.contains("action=\"/i/secret/fresh\"");
        let past = page(false, false);
        assert!(
            offers(&past) && past.contains("M’envoyer un nouveau lien"),
            "{past}"
        );
        assert!(!offers(&page(false, true)));
        assert!(!offers(&page(true, false)));
        assert!(!past.contains("<script"), "{past}");
    }
}
