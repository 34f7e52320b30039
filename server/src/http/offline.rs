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
    DevicePage, JoinFormPage, NONCE, OfflinePages, OfflineParts, OfflineTraining, device_page,
    first_problem, join_form_page, no_network_page, offline_pages,
};
use convoke_domain::registration::{FromDevice, ListShows, TrainingCode, by_name};
use convoke_domain::{Refusal, RegistrationId};
use convoke_service::join as use_case;
use convoke_service::join::Receipt;
use convoke_texts::{dates, t, text};
use serde::Serialize;
use std::time::Duration;
use uuid::Uuid;

/// The format of [`Kept`]; a device that reads another asks again.
const FORMAT: u32 = 1;
/// Taking an entry takes at least so long, as registering does: how long it takes must not tell whether an address is known.
const AT_LEAST: Duration = Duration::from_millis(400);

/// What a device keeps of a training.
#[derive(Serialize)]
struct Kept {
    format: u32,
    code: String,
    language: &'static str,
    ticket: String,
    /// By the server's clock, in Unix milliseconds.
    now: i64,
    /// When it is to be forgotten, by the same clock.
    until: i64,
    time_zone: String,
    days: Vec<String>,
    may_arrive: bool,
    list_shows: ListShows,
    /// Whether the device is locked to this training.
    locked: bool,
    version: u32,
    /// The id that stands in the form: a device puts a new one in its place.
    registration: RegistrationId,
    people: Vec<Person>,
    /// The policy of the pages, with the place of the nonce.
    policy: String,
    /// Addresses of the files that the pages load.
    assets: Vec<String>,
    pages: OfflinePages,
    parts: OfflineParts,
}

/// A name of the list.
#[derive(Serialize)]
struct Person {
    id: Uuid,
    name: String,
    initials: String,
    present_at: Option<String>,
}

/// What became of an entry.
#[derive(Serialize)]
struct Answer {
    /// `saved` or `attention`.
    state: &'static str,
    /// What it means, and what to do.
    sentence: String,
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
    let language = visit.language();
    let zone = kept.list.training.time_zone.clone();
    let people = kept.list.listed.iter().map(|listed| Person {
        id: listed.id,
        name: listed.name.clone(),
        initials: listed.initials.clone(),
        present_at: listed.present_at.clone(),
    });
    let answer = Kept {
        format: FORMAT,
        code: kept.list.code.clone(),
        language: language.as_str(),
        ticket: kept.ticket,
        now: kept.now.0,
        until: kept.until.0,
        time_zone: zone.clone(),
        days: kept.days,
        may_arrive: kept.may_arrive,
        list_shows: kept.list.list_shows,
        locked: visit.is_locked(),
        version: kept.form.version,
        registration: kept.form.registration,
        people: people.collect(),
        policy: headers::join_policy(NONCE),
        assets: state.site.of_public_pages(),
        parts: OfflineParts::new(language, &kept.list.code),
        pages: offline_pages(&OfflineTraining {
            frame: visit.kept_frame(),
            until: dates::date_time(language, kept.until, &zone),
            list: kept.list,
            form: kept.form,
        }),
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
    let saved = |key: &str| Answer {
        state: "saved",
        sentence: text(language, key, &[]),
        field: None,
    };
    let answer = match outcome {
        Ok(Receipt::Confirmed) => saved("space-confirmed-more"),
        Ok(Receipt::Waiting) => saved("space-waiting-more"),
        Ok(Receipt::Pending) => saved("space-pending-more"),
        Ok(Receipt::Present) => saved("offline-is-present"),
        Ok(Receipt::Invalid(view)) => {
            let (field, sentence) = first_problem(language, &view)
                .unwrap_or_else(|| (String::new(), t!(language, "offline-refused")));
            Answer {
                state: "attention",
                sentence,
                field: Some(field),
            }
        }
        Ok(Receipt::Refused(key)) => Answer {
            state: "attention",
            sentence: text(language, key, &[]),
            field: None,
        },
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
    let page = no_network_page(&visit.kept_frame().frame);
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
