//! Files of people that are imported, up; and what came of their lines, down.

use super::documents::refused;
use super::session::Session;
use super::{AppState, exports};
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use convoke_domain::view::MAX_IMPORT_BYTES;
use convoke_domain::{ImportId, Refusal};
use convoke_service::{Outcome, imports};

/// The path that takes files.
pub const UPLOAD: &str = "/api/imports";
/// The largest body: the file, with what a form has around it.
pub const LARGEST_UPLOAD: u64 = MAX_IMPORT_BYTES + 64 * 1024;

/// The refusal of a file that is larger than allowed.
pub fn too_large() -> Refusal {
    Refusal::field("file", "import-file-too-large")
}

/// Takes a file of people: a multipart form with `file`. Answers the import's id.
pub async fn upload(
    State(state): State<AppState>,
    person: Option<Extension<Session>>,
    request: Request,
) -> Response {
    let taken = async {
        let Extension(person) = person.ok_or(Refusal::NotSignedIn)?;
        // Before anything is read.
        imports::may_bring(&person.actor)?;
        let mut form = Multipart::from_request(request, &())
            .await
            .map_err(|_| Refusal::field("file", "error-file-missing"))?;
        while let Some(field) = form.next_field().await.map_err(broken)? {
            if field.name() == Some("file") {
                let name = field.file_name().unwrap_or_default().to_owned();
                let bytes = whole(field).await?;
                return imports::bring(&state.service, &person.actor, &name, bytes).await;
            }
        }
        Err(Refusal::field("file", "error-file-missing"))
    }
    .await;
    match taken {
        Ok(id) => Json(id).into_response(),
        Err(refusal) => refused(refusal),
    }
}

async fn whole(mut field: Field<'_>) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(part) = field.chunk().await.map_err(broken)? {
        // Taken in to its end, so that the browser hears why.
        if bytes.len() as u64 <= MAX_IMPORT_BYTES {
            bytes.extend_from_slice(&part);
        }
    }
    if bytes.len() as u64 > MAX_IMPORT_BYTES {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Why a form cannot be read to its end.
fn broken(cause: MultipartError) -> Refusal {
    if cause.status() == StatusCode::PAYLOAD_TOO_LARGE {
        too_large()
    } else {
        Refusal::field("file", "error-file-broken")
    }
}

/// What came of the lines: `result.csv`, `left-out.xlsx`.
pub async fn result(
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
        let format = exports::format(name, &file)?;
        imports::result(&state.service, &person.actor, id, only_left_out, format).await
    }
    .await;
    exports::answer(&state, &headers, made)
}
