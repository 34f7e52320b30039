//! The training code to print or to project: a page of its own, without the console around it.

use super::Frame;
use convoke_domain::Language;
use convoke_domain::view::{CodeState, TrainingView};
use convoke_texts::t;
use leptos::prelude::*;

/// A QR code: its modules as a path over squares of one unit.
#[derive(Clone, Debug)]
pub struct Qr {
    /// Modules a side.
    pub width: usize,
    /// The dark ones.
    pub path: String,
}

/// What the poster shows.
#[derive(Clone, Debug)]
pub struct Poster {
    /// Language and style.
    pub frame: Frame,
    /// The training.
    pub training: TrainingView,
    /// The code in two groups.
    pub code: String,
    /// The picture of the link, if one can be made.
    pub qr: Option<Qr>,
    /// The address to type.
    pub address: String,
    /// What the code opens now: said on the screen, not on paper.
    pub code_state: CodeState,
    /// Address of the tab it belongs to.
    pub back: String,
    /// Address of the same page in the other language.
    pub switch: String,
}

/// Empty modules around the code: scanners ask for four.
const QUIET: usize = 4;

/// The page.
pub fn poster_page(page: &Poster) -> String {
    let language = page.frame.language;
    let title = page.training.title.clone();
    let other = match language {
        Language::En => "fr",
        Language::Fr => "en",
    };
    let warning = warning(language, &page.code_state).map(|words| {
        view! {
            <p class="poster-warning" role="status">
                {words}
            </p>
        }
    });
    let facts: Vec<_> = [page.training.dates.clone(), page.training.place.clone()]
        .into_iter()
        .filter(|fact| !fact.is_empty())
        .map(|fact| view! { <span>{fact}</span> })
        .collect();
    let (left, right) = page.code.split_once('-').unwrap_or((&page.code, ""));
    let (left, right) = (left.to_owned(), right.to_owned());
    let spoken = spelled(&page.code);
    let html = view! {
        <html lang=language.as_str() data-theme=page.frame.theme.attribute()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="robots" content="noindex, nofollow"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="stylesheet" href=page.frame.stylesheet.clone()/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <title>{format!("{title} – {}", t!(language, "poster-title"))}</title>
                <script src="/poster.js" defer></script>
            </head>
            <body class="poster-body">
                <nav class="poster-bar" aria-label=t!(language, "poster-title")>
                    <a class="button button-ghost" href=page.back.clone()>
                        {t!(language, "poster-back")}
                    </a>
                    <span class="toolbar-end"></span>
                    <a class="button" href=page.switch.clone() lang=other hreflang=other>
                        {t!(language, "public-language-switch")}
                    </a>
                    <button type="button" class="button button-primary" data-print hidden>
                        {t!(language, "poster-print")}
                    </button>
                </nav>
                <main class="poster">
                    <header class="poster-head">
                        <h1>{title}</h1>
                        <p class="poster-facts">{facts}</p>
                        {warning}
                    </header>
                    <div class="poster-main">
                        {page.qr.clone().map(|qr| picture(language, &qr))}
                        <div class="poster-text">
                            <p class="poster-label">{t!(language, "poster-code")}</p>
                            <p class="poster-code mono">
                                <span class="visually-hidden">{spoken}</span>
                                <span aria-hidden="true">{left}</span>
                                <span class="poster-dash" aria-hidden="true">"-"</span>
                                <span aria-hidden="true">{right}</span>
                            </p>
                            <ol class="poster-steps">
                                <li>
                                    {t!(language, "poster-step-open")} " "
                                    <strong class="poster-address">{page.address.clone()}</strong>
                                </li>
                                <li>{t!(language, "poster-step-name")}</li>
                            </ol>
                        </div>
                    </div>
                </main>
            </body>
        </html>
    };
    // The marks between texts are for hydration, which this page has none of.
    format!("<!DOCTYPE html>{}", html.to_html().replace("<!>", ""))
}

/// The code letter by letter, as it is read aloud.
fn spelled(code: &str) -> String {
    let letters: Vec<_> = code
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(String::from)
        .collect();
    letters.join(" ")
}

/// What whoever hangs it up has to know.
fn warning(language: Language, state: &CodeState) -> Option<String> {
    match state {
        CodeState::Open(_) => None,
        CodeState::NotYet(from) => Some(t!(language, "poster-not-yet", when = from.as_str())),
        CodeState::Closed(_) => Some(t!(language, "poster-closed")),
        CodeState::Off => Some(t!(language, "poster-off")),
    }
}

fn picture(language: Language, qr: &Qr) -> impl IntoView + use<> {
    let side = qr.width + 2 * QUIET;
    let shapes = format!(
        r##"<rect width="{side}" height="{side}" fill="#fff"/><path transform="translate({QUIET} {QUIET})" d="{}" fill="#000"/>"##,
        qr.path
    );
    view! {
        <svg
            class="poster-qr"
            viewBox=format!("0 0 {side} {side}")
            role="img"
            aria-label=t!(language, "poster-qr")
            shape-rendering="crispEdges"
            inner_html=shapes
        ></svg>
    }
}
