//! When, where and by whom a training is given, as a list with icons.

use convoke_domain::Language;
use convoke_domain::view::PublicTraining;
use convoke_texts::t;
use leptos::prelude::*;

/// What is known of a training, formatted.
pub(super) struct Facts<'a> {
    pub dates: &'a str,
    pub times: &'a str,
    pub time_zone: &'a str,
    pub place: &'a str,
    pub trainers: &'a str,
    /// Whether the place leads to a map, which is another site.
    pub map: bool,
}

impl<'a> From<&'a PublicTraining> for Facts<'a> {
    fn from(training: &'a PublicTraining) -> Self {
        Self {
            dates: &training.dates,
            times: &training.times,
            time_zone: &training.time_zone,
            place: &training.place,
            trainers: &training.trainers,
            map: true,
        }
    }
}

/// How many trainers are named.
pub(super) fn trainers(names: &str) -> usize {
    names.matches(", ").count() + 1
}

/// The entries of a `dl`.
pub(super) fn facts(language: Language, facts: &Facts<'_>) -> impl IntoView + use<> {
    let map = facts.map.then(|| {
        let address = format!(
            "https://www.openstreetmap.org/search?query={}",
            encoded(facts.place)
        );
        view! {
            <a class="invitation-map" href=address target="_blank" rel="noopener noreferrer">
                {t!(language, "answer-map")}
            </a>
        }
    });
    let place = (!facts.place.is_empty()).then(|| {
        view! {
            <div class="invitation-fact">
                <dt>
                    {icon("M12 21s7-6.2 7-11.5a7 7 0 1 0-14 0C5 14.800 12 21 12 21Z", Some((12, 9.5)))}
                    <span class="visually-hidden">{t!(language, "answer-place")}</span>
                </dt>
                <dd>
                    {facts.place.to_owned()}
                    {map}
                </dd>
            </div>
        }
    });
    let several = trainers(facts.trainers);
    let trainers = (!facts.trainers.is_empty()).then(|| {
        view! {
            <div class="invitation-fact">
                <dt>
                    {icon("M5 20c.6-3.600 3.400-5.500 7-5.500s6.400 1.900 7 5.500M12 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z", None)}
                    <span class="visually-hidden">{t!(language, "answer-trainers", count = several)}</span>
                </dt>
                <dd>{facts.trainers.to_owned()}</dd>
            </div>
        }
    });
    view! {
        <div class="invitation-fact">
            <dt>
                {icon("M4 6.500h16v13.500h-16zM4 10.500h16M8 3.500v4M16 3.500v4", None)}
                <span class="visually-hidden">{t!(language, "answer-date")}</span>
            </dt>
            <dd>
                <strong>{facts.dates.to_owned()}</strong>
                <span class="invitation-times">
                    {facts.times.to_owned()} " " <span class="muted">{format!("({})", facts.time_zone)}</span>
                </span>
            </dd>
        </div>
        {place}
        {trainers}
    }
}

/// A line icon on a square of 24 units, perhaps with a ring in it.
pub(super) fn icon(path: &'static str, dot: Option<(i32, f64)>) -> impl IntoView {
    view! {
        <svg
            width="18"
            height="18"
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
        >
            <path d=path></path>
            {dot
                .map(|(x, y)| {
                    view! { <circle cx=x.to_string() cy=y.to_string() r="2.500"></circle> }
                })}
        </svg>
    }
}

/// Percent-encoding of a query value (RFC 3986, section 2.1).
pub(super) fn encoded(text: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
