//! Files of people that are imported.

use super::AppState;
use super::documents::{broken, refused};
use super::session::Session;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use convoke_domain::Refusal;
use convoke_domain::view::MAX_IMPORT_BYTES;
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
        while let Some(field) = form.next_field().await.map_err(broken_off)? {
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
    while let Some(part) = field.chunk().await.map_err(broken_off)? {
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

fn broken_off(cause: MultipartError) -> Refusal {
    broken(&cause, too_large)
}
