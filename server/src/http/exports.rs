//! Tables to download: participants of a training, people of the directory.

use super::documents::label;
use super::session::Session;
use super::{AppState, reply};
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use convoke_app::state::filter_address;
use convoke_domain::{Refusal, TrainingId};
use convoke_service::Outcome;
use convoke_service::export::{self, Export, FileFormat};
use std::collections::HashMap;

/// The participants of a training, as a file of the kind that the path ends with.
pub async fn participants(
    State(state): State<AppState>,
    Path((id, file)): Path<(String, String)>,
    person: Option<Extension<Session>>,
    headers: HeaderMap,
) -> Response {
    let made = async {
        let Extension(person) = person.ok_or(Refusal::NotSignedIn)?;
        let id: TrainingId = id.parse().map_err(|_| Refusal::NotFound)?;
        let format = format("participants", &file)?;
        export::participants(&state.service, &person.actor, id, format).await
    }
    .await;
    answer(&state, &headers, made)
}

/// The people of the directory who match the filters of the address, which are those of the page *People*.
pub async fn people(
    State(state): State<AppState>,
    Path(file): Path<String>,
    Query(query): Query<HashMap<String, String>>,
    person: Option<Extension<Session>>,
    headers: HeaderMap,
) -> Response {
    let made = async {
        let Extension(person) = person.ok_or(Refusal::NotSignedIn)?;
        let format = format("people", &file)?;
        let filter = filter_address::read(|name| query.get(name).cloned());
        export::people(&state.service, &person.actor, &filter, format).await
    }
    .await;
    answer(&state, &headers, made)
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
        Ok(file) => {
            let mut response = Body::from(Bytes::from(file.bytes)).into_response();
            label(response.headers_mut(), &file.name, file.media_type, false);
            response
        }
        Err(refusal) => reply::refused(state, headers, &refusal),
    }
}
