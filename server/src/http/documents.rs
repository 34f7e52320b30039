//! Documents of trainings, up and down.
//!
//! What comes is written to the store as it comes; what goes is sent as it is read. Nothing is whole in memory.

use super::cookies::Cookie;
use super::session::Session;
use super::{AppState, reply};
use axum::body::Body;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::header::{
    ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use convoke_app::api::ApiError;
use convoke_domain::{Actor, DocumentId, Refusal, TrainingId};
use convoke_service::documents::{self, OpenFile, Upload};
use convoke_service::{Outcome, Service};
use std::ops::Range;
use std::time::Duration;

/// The path that takes uploads, whose bodies may be larger than all others.
pub const UPLOAD: &str = "/api/trainings/{id}/documents";
/// What a form has around a file.
const AROUND: u64 = 64 * 1024;
/// How long what follows a refused file is still taken in, so that the browser hears why instead of losing its connection.
const PATIENCE: Duration = Duration::from_secs(10);
/// What an answer that must not be compressed carries: its length and its ranges are those of the file.
#[derive(Clone, Copy)]
pub struct AsItIs;
/// Somebody's file opens in a place of its own, where nothing of it runs.
const SANDBOX: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'");

/// The largest upload, with what a form has around the file.
pub fn largest_upload(service: &Service) -> u64 {
    service.files.max_bytes.saturating_add(AROUND)
}

/// A refusal, as the browser's code reads it.
pub fn refused(refusal: Refusal) -> Response {
    (reply::status(&refusal), Json(ApiError::Refused(refusal))).into_response()
}

/// The refusal of a file that is larger than allowed.
pub fn too_large() -> Refusal {
    Refusal::field("file", "error-file-too-large")
}

/// Takes a file: a multipart form with `share` (`on`), if it is to be shared at once, and after it `file`. Answers the document's id.
pub async fn upload(
    State(state): State<AppState>,
    Path(id): Path<String>,
    person: Option<Extension<Session>>,
    request: Request,
) -> Response {
    let Some(Extension(person)) = person else {
        return refused(Refusal::NotSignedIn);
    };
    let Ok(training) = id.parse::<TrainingId>() else {
        return refused(Refusal::NotFound);
    };
    // A task of its own: it goes on when the browser is gone and this future is dropped, and so can clear up.
    let taken = tokio::spawn(async move {
        let (service, actor) = (&state.service, &person.actor);
        // Before anything is read.
        documents::may_upload(service, actor, training).await?;
        let mut form = Multipart::from_request(request, &())
            .await
            .map_err(|_| Refusal::field("file", "error-file-missing"))?;
        let taken = take(service, actor, training, &mut form).await;
        if taken.is_err() {
            // It is over at the end of the body, when it is too large, or when patience is.
            let _ = tokio::time::timeout(PATIENCE, rest(&mut form)).await;
        }
        taken
    })
    .await;
    match taken {
        Ok(Ok(document)) => Json(document).into_response(),
        Ok(Err(refusal)) => refused(refusal),
        Err(cause) => {
            tracing::error!(%cause, "an upload stopped");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn take(
    service: &Service,
    actor: &Actor,
    training: TrainingId,
    form: &mut Multipart,
) -> Outcome<DocumentId> {
    let mut share = false;
    while let Some(field) = form.next_field().await.map_err(broken_off)? {
        match field.name() {
            Some("share") => share = field.text().await.map_err(broken_off)? == "on",
            Some("file") => {
                let name = field.file_name().unwrap_or_default().to_owned();
                let mut upload = documents::begin_upload(service, actor, training, &name).await?;
                let whole = match write(&mut upload, field).await {
                    // The end of the form is what tells a whole file from one that broke off.
                    Ok(()) => rest(form).await.map_err(broken_off),
                    Err(refusal) => Err(refusal),
                };
                if let Err(refusal) = whole {
                    upload.abort().await;
                    return Err(refusal);
                }
                return upload.finish(share).await;
            }
            _ => {}
        }
    }
    Err(Refusal::field("file", "error-file-missing"))
}

fn broken_off(cause: MultipartError) -> Refusal {
    broken(&cause, too_large)
}

/// Why a form with a file cannot be read to its end.
pub fn broken(cause: &MultipartError, too_large: fn() -> Refusal) -> Refusal {
    if cause.status() == StatusCode::PAYLOAD_TOO_LARGE {
        too_large()
    } else {
        Refusal::field("file", "error-file-broken")
    }
}

/// Takes in what is left of a form.
async fn rest(form: &mut Multipart) -> Result<(), MultipartError> {
    while form.next_field().await?.is_some() {}
    Ok(())
}

async fn write(upload: &mut Upload, mut field: Field<'_>) -> Outcome<()> {
    loop {
        match field.chunk().await {
            Ok(Some(bytes)) => upload.write(bytes).await?,
            Ok(None) => return Ok(()),
            Err(cause) => return Err(broken_off(cause)),
        }
    }
}

/// A document, for people of the console.
pub async fn download(
    State(state): State<AppState>,
    Path(id): Path<String>,
    person: Option<Extension<Session>>,
    headers: HeaderMap,
) -> Response {
    let opened = async {
        let Extension(person) = person.ok_or(Refusal::NotSignedIn)?;
        let id: DocumentId = id.parse().map_err(|_| Refusal::NotFound)?;
        documents::open(&state.service, &person.actor, id).await
    }
    .await;
    send(&state, &headers, opened).await
}

/// A document that is shared, for whoever is in the training space.
pub async fn download_in_space(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let opened = async {
        let secret = Cookie::Space
            .get(&headers, state.is_https())
            .ok_or(Refusal::NotSignedIn)?;
        let id: DocumentId = id.parse().map_err(|_| Refusal::NotFound)?;
        convoke_service::space::document(&state.service, &secret, id).await
    }
    .await;
    match opened {
        // The page says how to get in.
        Err(Refusal::NotSignedIn) => reply::see_other("/space"),
        Err(refusal) => {
            let language = reply::accepted_language(&headers);
            reply::refused_in(&state, &headers, &refusal, language, false)
        }
        opened => send(&state, &headers, opened).await,
    }
}

/// A file on its way, whole or in part; or the page that says why not.
async fn send(state: &AppState, headers: &HeaderMap, opened: Outcome<OpenFile>) -> Response {
    let file = match opened {
        Ok(file) => file,
        Err(refusal) => return reply::refused(state, headers, &refusal),
    };
    let (status, range) = match wanted(headers, file.size) {
        Wanted::All => (StatusCode::OK, 0..file.size),
        Wanted::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
        Wanted::Nothing => {
            let all = format!("bytes */{}", file.size);
            return (StatusCode::RANGE_NOT_SATISFIABLE, [(CONTENT_RANGE, all)]).into_response();
        }
    };
    let part = (status == StatusCode::PARTIAL_CONTENT).then(|| range.clone());
    let stream = match file.read(&state.service, part).await {
        Ok(stream) => stream,
        Err(refusal) => return reply::refused(state, headers, &refusal),
    };
    let mut response = (status, Body::from_stream(stream)).into_response();
    response.extensions_mut().insert(AsItIs);
    let out = response.headers_mut();
    out.insert(CONTENT_LENGTH, (range.end - range.start).into());
    out.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if status == StatusCode::PARTIAL_CONTENT {
        let of = format!("bytes {}-{}/{}", range.start, range.end - 1, file.size);
        out.extend(HeaderValue::from_str(&of).map(|of| (CONTENT_RANGE, of)));
    }
    label(out, &file.name, &file.media_type, file.inline);
    response
}

/// What a browser is told about somebody's file.
pub(super) fn label(headers: &mut HeaderMap, name: &str, media_type: &str, inline: bool) {
    let how = if inline { "inline" } else { "attachment" };
    headers.extend(
        HeaderValue::from_str(media_type)
            .ok()
            .map(|kind| (CONTENT_TYPE, kind)),
    );
    headers.extend(
        HeaderValue::from_str(&disposition(how, name))
            .ok()
            .map(|value| (CONTENT_DISPOSITION, value)),
    );
    headers.insert(CONTENT_SECURITY_POLICY, SANDBOX);
}

/// `Content-Disposition` with the name twice (RFC 6266): for old readers without what they do not understand, and in full.
fn disposition(how: &str, name: &str) -> String {
    use std::fmt::Write;
    let plain: String = name
        .chars()
        .map(|c| match c {
            ' '..='~' if !matches!(c, '"' | '\\' | '%') => c,
            _ => '_',
        })
        .collect();
    let mut full = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        // attr-char of RFC 8187.
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            full.push(char::from(byte));
        } else {
            let _ = write!(full, "%{byte:02X}");
        }
    }
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

/// How much of a file is asked for.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    All,
    Part(Range<u64>),
    /// A part behind the end.
    Nothing,
}

/// The one range of a request; several at once, or under a condition, are answered with the whole file (RFC 9110, section 14.2).
fn wanted(headers: &HeaderMap, size: u64) -> Wanted {
    let range = headers
        .get(RANGE)
        .and_then(|value| value.to_str().ok()?.strip_prefix("bytes="))
        .and_then(|range| range.trim().split_once('-'));
    let Some((first, last)) = range.filter(|_| !headers.contains_key(IF_RANGE)) else {
        return Wanted::All;
    };
    let number = |text: &str| text.parse::<u64>().ok();
    let range = match (number(first), number(last)) {
        (Some(first), Some(last)) if last >= first => first..last.saturating_add(1).min(size),
        (Some(first), None) if last.is_empty() => first..size,
        (None, Some(n)) if first.is_empty() => size.saturating_sub(n)..size,
        _ => return Wanted::All,
    };
    if range.start < range.end {
        Wanted::Part(range)
    } else {
        Wanted::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_headers() {
        assert_eq!(
            disposition("attachment", "plan 1.pdf"),
            "attachment; filename=\"plan 1.pdf\"; filename*=UTF-8''plan%201.pdf"
        );
        let odd = disposition("inline", "a\"b\r\nX: é🔥%.png");
        assert_eq!(
            odd,
            "inline; filename=\"a_b__X: ___.png\"; filename*=UTF-8''a%22b%0D%0AX%3A%20%C3%A9%F0%9F%94%A5%25.png"
        );
        assert!(HeaderValue::from_str(&odd).is_ok());
    }

    #[test]
    fn parts_of_a_file() {
        let ask = |range: &'static str| {
            let headers = [(RANGE, HeaderValue::from_static(range))];
            wanted(&headers.into_iter().collect(), 100)
        };
        assert_eq!(wanted(&HeaderMap::new(), 100), Wanted::All);
        assert_eq!(ask("bytes=0-9"), Wanted::Part(0..10));
        assert_eq!(ask("bytes=90-"), Wanted::Part(90..100));
        assert_eq!(ask("bytes=-10"), Wanted::Part(90..100));
        assert_eq!(ask("bytes=-500"), Wanted::Part(0..100));
        assert_eq!(ask("bytes=50-500"), Wanted::Part(50..100));
        assert_eq!(ask("bytes=100-"), Wanted::Nothing);
        assert_eq!(ask("bytes=-0"), Wanted::Nothing);
        assert_eq!(ask("bytes=9-2"), Wanted::All);
        assert_eq!(ask("bytes=0-1,3-4"), Wanted::All);
        assert_eq!(ask("pages=0-9"), Wanted::All);
    }
}
