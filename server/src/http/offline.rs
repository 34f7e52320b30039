//! What a device keeps of a training for when there is no network, and what it sends when the network is back. Its service worker
//! (`public/sw.js`) is who asks.

use super::visit::{Passing, Visit};
use super::{AppState, headers, reply};
use axum::Json;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use convoke_app::public::{
    DevicePage, JoinFormPage, NONCE, OfflinePages, OfflineParts, OfflinePerson, OfflineTraining,
    device_page, first_problem, join_form_page, no_network_page, offline_pages, offline_people,
};
use convoke_domain::registration::{FromDevice, ListShows, TrainingCode, by_name};
use convoke_domain::view::{JoinFormView, JoinView, PublicTraining};
use convoke_domain::{Language, Refusal, RegistrationId};
use convoke_service::join as use_case;
use convoke_service::join::Receipt;
use convoke_texts::{dates, t, text};
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// The format of [`Kept`]; a device that reads another asks again.
const FORMAT: u32 = 2;
/// Taking an entry takes at least so long, as registering does: how long it takes must not tell whether an address is known.
const AT_LEAST: Duration = Duration::from_millis(400);

/// What a device keeps of a training.
#[derive(Serialize)]
struct Kept {
    format: u32,
    code: String,
    /// That of the page that was looked at last; on the device another may be chosen.
    language: &'static str,
    ticket: String,
    /// By the server's clock, in Unix milliseconds.
    now: i64,
    /// When it is to be forgotten, by the same clock.
    until: i64,
    time_zone: String,
    days: Vec<String>,
    list_shows: ListShows,
    /// Whether the device is locked to this training.
    locked: bool,
    version: u32,
    /// The id that stands in the form: a device puts a new one in its place.
    registration: RegistrationId,
    people: Vec<OfflinePerson>,
    /// The policy of the pages, with the place of the nonce.
    policy: String,
    /// Addresses of the files that the pages load.
    assets: Vec<String>,
    languages: BTreeMap<&'static str, InLanguage>,
}

/// What is said of a training in a language.
#[derive(Serialize)]
struct InLanguage {
    pages: OfflinePages,
    parts: OfflineParts,
}

/// What became of an entry.
#[derive(Serialize)]
struct Answer {
    /// `saved` or `attention`.
    state: &'static str,
    /// What it means, and what to do, in the language in which it was entered.
    sentence: String,
    /// The same in each language, for whoever reads it there.
    sentences: BTreeMap<&'static str, String>,
    /// The input that has to be corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
}

/// What the device may keep of a training.
pub async fn keep(
    State(state): State<AppState>,
    Path(typed): Path<String>,
    visit: Visit,
) -> Response {
    let kept = match use_case::keep(&state.service, &visit.visitor, &typed).await {
        Ok(kept) => kept,
        Err(refusal) => return refused(visit, &refusal),
    };
    let zone = &kept.list.training.time_zone;
    let in_language = |(language, training): &(_, PublicTraining)| {
        let pages = offline_pages(&OfflineTraining {
            frame: visit.kept_frame(*language),
            until: dates::date_time(*language, kept.until, zone),
            list: JoinView {
                training: training.clone(),
                ..kept.list.clone()
            },
            form: JoinFormView {
                training: training.clone(),
                ..kept.form.clone()
            },
        });
        let parts = OfflineParts::new(*language, &kept.list.code);
        (language.as_str(), InLanguage { pages, parts })
    };
    let answer = Kept {
        format: FORMAT,
        languages: kept.trainings.iter().map(in_language).collect(),
        language: visit.language().as_str(),
        ticket: kept.ticket,
        now: kept.now.0,
        until: kept.until.0,
        time_zone: zone.clone(),
        days: kept.days,
        list_shows: kept.list.list_shows,
        locked: visit.is_locked(),
        version: kept.form.version,
        registration: kept.form.registration,
        people: offline_people(&kept.list.listed),
        policy: headers::join_policy(NONCE),
        assets: state.site.of_public_pages(),
        code: kept.list.code,
    };
    visit.finish(Json(answer).into_response())
}

/// Takes an entry of a device's queue.
pub async fn receive(
    State(state): State<AppState>,
    Path(typed): Path<String>,
    mut visit: Visit,
    Json(entry): Json<FromDevice>,
) -> Response {
    if let Some(language) = entry.language {
        visit.speak(language);
    }
    let language = visit.language();
    let receiving = use_case::receive(&state.service, &visit.visitor, &typed, &entry);
    let (outcome, ()) = tokio::join!(receiving, tokio::time::sleep(AT_LEAST));
    let said = |state: &'static str, say: &dyn Fn(Language) -> String| Answer {
        state,
        sentence: say(language),
        sentences: Language::ALL
            .iter()
            .map(|language| (language.as_str(), say(*language)))
            .collect(),
        field: None,
    };
    let saved = |key: &str| said("saved", &|language| text(language, key, &[]));
    let answer = match outcome {
        Ok(Receipt::Confirmed) => saved("space-confirmed-more"),
        Ok(Receipt::Waiting) => saved("space-waiting-more"),
        Ok(Receipt::Pending) => saved("space-pending-more"),
        Ok(Receipt::Entered) => saved("offline-has-entered"),
        Ok(Receipt::Present) => saved("offline-is-present"),
        Ok(Receipt::Invalid(view)) => {
            let sentence = |language| {
                first_problem(language, &view)
                    .map_or_else(|| t!(language, "offline-refused"), |(_, sentence)| sentence)
            };
            let field = first_problem(language, &view).map(|(field, _)| field);
            Answer {
                field: Some(field.unwrap_or_default()),
                ..said("attention", &sentence)
            }
        }
        Ok(Receipt::Refused(key)) => said("attention", &|language| text(language, key, &[])),
        Err(refusal) => return refused(visit, &refusal),
    };
    visit.finish(Json(answer).into_response())
}

/// The form of now with what was typed without network, to be corrected.
pub async fn correct(
    State(state): State<AppState>,
    Path(typed): Path<String>,
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let corrected = use_case::correct(&state.service, &visit.visitor, &typed, by_name(pairs));
    match corrected.await {
        Ok(view) => visit.page(StatusCode::UNPROCESSABLE_ENTITY, |frame| {
            join_form_page(&JoinFormPage {
                frame,
                view,
                offline: false,
            })
        }),
        Err(refusal) => visit.refused(&refusal),
    }
}

/// What a device keeps. A device that keeps something answers itself.
pub async fn device(Path(typed): Path<String>, Passing(visit): Passing) -> Response {
    match TrainingCode::parse(&typed) {
        Some(code) => visit.page(StatusCode::OK, |frame| {
            device_page(&DevicePage {
                frame,
                code: code.as_str().to_owned(),
                training: None,
                until: String::new(),
            })
        }),
        None => visit.refused(&Refusal::NotFound),
    }
}

/// The page that a device shows when there is no network and it keeps nothing.
pub async fn nothing(Passing(visit): Passing) -> Response {
    let page = no_network_page(&visit.kept_frame(visit.language()));
    reply::page(StatusCode::OK, page)
}

/// Nothing to read, for a program: the status says whether it is worth asking again.
fn refused(visit: Visit, refusal: &Refusal) -> Response {
    let mut response = reply::status(refusal).into_response();
    if let Refusal::TooMany { retry_after } = refusal {
        response
            .headers_mut()
            .insert(RETRY_AFTER, (*retry_after).into());
    }
    visit.finish(response)
}
