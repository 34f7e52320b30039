//! Tables and sheets to download: participants of a training and their attendance, people of the directory, the history, a person's story, what came of an import.

use super::documents::label;
use super::session::Session;
use super::{AppState, reply};
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use convoke_app::state::{filter_address, message_address};
use convoke_domain::view::HistoryFilter;
use convoke_domain::{Actor, ImportId, Refusal, TrainingId};
use convoke_service::export::{self, Export, FileFormat};
use convoke_service::{Outcome, attendance, history, imports};
use std::collections::HashMap;

/// What a training has as a file: `participants.csv`, `attendance.xlsx`, `attendance.pdf`.
pub async fn of_training(
    State(state): State<AppState>,
    Path((id, file)): Path<(String, String)>,
    person: Option<Extension<Session>>,
    headers: HeaderMap,
) -> Response {
    let made = async {
        let Extension(person) = person.ok_or(Refusal::NotSignedIn)?;
        let id: TrainingId = id.parse().map_err(|_| Refusal::NotFound)?;
        let (service, actor) = (&state.service, &person.actor);
        if file == "attendance.pdf" {
            return attendance::paper::sheet(service, actor, id).await;
        }
        if file.starts_with("attendance.") {
            let format = format("attendance", &file)?;
            return export::attendance(service, actor, id, format).await;
        }
        let format = format("participants", &file)?;
        export::participants(service, actor, id, format).await
    }
    .await;
    answer(&state, &headers, made)
}

/// The attendance sheet of one person: the id of their invitation, and `.pdf`.
pub async fn person_sheet(
    State(state): State<AppState>,
    Path((id, file)): Path<(String, String)>,
    person: Option<Extension<Session>>,
    headers: HeaderMap,
) -> Response {
    let made = async {
        let Extension(person) = person.ok_or(Refusal::NotSignedIn)?;
        let id: TrainingId = id.parse().map_err(|_| Refusal::NotFound)?;
        let invitation = file
            .strip_suffix(".pdf")
            .and_then(|id| id.parse().ok())
            .ok_or(Refusal::NotFound)?;
        attendance::paper::person_sheet(&state.service, &person.actor, id, invitation).await
    }
    .await;
    answer(&state, &headers, made)
}

/// What came of the lines of an import: `result.csv`, `left-out.xlsx`.
pub async fn import_result(
    State(state): State<AppState>,
    Path((id, file)): Path<(String, String)>,
    person: Option<Extension<Session>>,
    headers: HeaderMap,
) -> Response {
    let made = async {
        let Extension(person) = person.ok_or(Refusal::NotSignedIn)?;
        let id: ImportId = id.parse().map_err(|_| Refusal::NotFound)?;
        let only_left_out = file.starts_with("left-out.");
        let name = if only_left_out { "left-out" } else { "result" };
        let format = format(name, &file)?;
        imports::result(&state.service, &person.actor, id, only_left_out, format).await
    }
    .await;
    answer(&state, &headers, made)
}

/// What a list of the console shows, narrowed as its address says: `people.csv`, `history.xlsx`, `story.csv`, `messages.csv`.
pub async fn lists(
    State(state): State<AppState>,
    Path(file): Path<String>,
    Query(query): Query<HashMap<String, String>>,
    person: Option<Extension<Session>>,
    headers: HeaderMap,
) -> Response {
    let made = async {
        let Extension(person) = person.ok_or(Refusal::NotSignedIn)?;
        if file.starts_with("history.") {
            return events(&state, &person.actor, &query, &file).await;
        }
        if file.starts_with("messages.") {
            let filter = message_address::read(|name| query.get(name).cloned());
            let format = format("messages", &file)?;
            return export::messages(&state.service, &person.actor, &filter, format).await;
        }
        if file.starts_with("story.") {
            return story(&state, &person.actor, &query, &file).await;
        }
        people(&state, &person.actor, &query, &file).await
    }
    .await;
    answer(&state, &headers, made)
}

/// The people of the directory who match the filters of the address, which are those of the page *People*.
async fn people(
    state: &AppState,
    actor: &Actor,
    query: &HashMap<String, String>,
    file: &str,
) -> Outcome<Export> {
    let format = format("people", file)?;
    let filter = filter_address::read(|name| query.get(name).cloned());
    export::people(&state.service, actor, &filter, format).await
}

/// The lines of the history that match the filters of the address.
async fn events(
    state: &AppState,
    actor: &Actor,
    query: &HashMap<String, String>,
    file: &str,
) -> Outcome<Export> {
    let get = |name: &str| query.get(name).cloned().unwrap_or_default();
    let filter = HistoryFilter {
        text: get("search"),
        area: get("area").parse().ok(),
        from: get("from"),
        until: get("until"),
    };
    let format = format("history", file)?;
    history::export(&state.service, actor, &filter, format).await
}

/// The story of the person of the address, of its training or all.
async fn story(
    state: &AppState,
    actor: &Actor,
    query: &HashMap<String, String>,
    file: &str,
) -> Outcome<Export> {
    let get = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let person = get("person").parse().map_err(|_| Refusal::NotFound)?;
    let training = get("training").parse().ok();
    let format = format("story", file)?;
    history::story::export(&state.service, actor, person, training, format).await
}

/// What kind of file is wanted: `participants.csv` or `participants.xlsx`.
fn format(name: &str, file: &str) -> Outcome<FileFormat> {
    match file.split_once('.') {
        Some((before, "csv")) if before == name => Ok(FileFormat::Csv),
        Some((before, "xlsx")) if before == name => Ok(FileFormat::Xlsx),
        _ => Err(Refusal::NotFound),
    }
}

fn answer(state: &AppState, headers: &HeaderMap, made: Outcome<Export>) -> Response {
    match made {
        Ok(file) => download(file),
        Err(refusal) => reply::refused(state, headers, &refusal),
    }
}

/// What browsers may do with a PDF of ours: show it. Theirs do not in a sandbox.
const PAPER_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; object-src 'self'; style-src 'unsafe-inline'");

/// The answer that is a file. A PDF opens in the browser, to be looked at and printed.
pub fn download(file: Export) -> Response {
    let is_paper = file.media_type == "application/pdf";
    let mut response = Body::from(Bytes::from(file.bytes)).into_response();
    let headers = response.headers_mut();
    label(headers, &file.name, file.media_type, is_paper);
    if is_paper {
        headers.insert(CONTENT_SECURITY_POLICY, PAPER_POLICY);
    }
    response
}
