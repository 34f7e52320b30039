//! Files of the built site, and what is answered when there is none.

use super::{AppState, page_context, reply, session};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY,
    ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, RANGE, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use convoke_app::shell;
use leptos_axum::render_app_async_with_context;
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// The service worker of the pages behind a training code. Its policy holds for what it fetches and runs.
const SERVICE_WORKER: &str = "/sw.js";
const SERVICE_WORKER_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; script-src 'self'; connect-src 'self'");
/// A year: the content of a name with a hash never changes.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Fonts and icons keep their names for long, but not for ever.
const A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");
/// Kept, but asked about each time.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");

/// A file of the site; or the page that says that nothing is here, in the console's frame for those who are signed in.
pub async fn file_or_not_found(State(state): State<AppState>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return if request.uri().path().starts_with("/api/") {
            // A page of another build calls what this one does not have.
            reply::outdated()
        } else {
            reply::not_found(&state, request.headers())
        };
    }
    let headers = request.headers().clone();
    let mark = mark(&state, request.uri().path());
    if let Some(wanted) = wanted_file(&request, mark.is_some())
        && let Some(file) = file(&state, wanted).await
    {
        return marked(file, mark, &headers);
    }
    match session::find(&state, &headers).await {
        Err(refusal) => reply::refused(&state, &headers, &refusal),
        Ok(None) => reply::not_found(&state, &headers),
        Ok(Some(session)) => console_not_found(state, session, request).await,
    }
}

/// The console's own page for an address that leads nowhere.
async fn console_not_found(
    state: AppState,
    session: session::Session,
    mut request: Request,
) -> Response {
    request.extensions_mut().insert(session);
    let options = state.options.clone();
    let render =
        render_app_async_with_context(page_context(&state), move || shell(options.clone()));
    let mut response = render(request).await.into_response();
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// What a file of a release is recognised by, where its name has no hash: the build. The time in its folder says nothing: whoever unpacks releases may give
/// all files the same, and then a browser would keep an old service worker.
fn mark(state: &AppState, path: &str) -> Option<HeaderValue> {
    let build = state.site.build.as_ref()?;
    if path.starts_with("/pkg/") {
        return None;
    }
    HeaderValue::from_str(&format!("W/\"{build}\"")).ok()
}

/// The file with its mark, or that it is the one that the browser has.
fn marked(mut file: Response, mark: Option<HeaderValue>, asked: &HeaderMap) -> Response {
    let Some(mark) = mark else {
        return file;
    };
    let is_known = file.status() == StatusCode::OK
        && asked
            .get_all(IF_NONE_MATCH)
            .iter()
            .any(|known| known.as_bytes() == mark.as_bytes());
    if is_known {
        *file.status_mut() = StatusCode::NOT_MODIFIED;
        *file.body_mut() = Body::empty();
        file.headers_mut().remove(CONTENT_LENGTH);
        file.headers_mut().remove(CONTENT_ENCODING);
    }
    file.headers_mut().remove(LAST_MODIFIED);
    file.headers_mut().insert(ETAG, mark);
    file
}

/// What matters of a request to a file; one that has a mark is not asked for by its time.
fn wanted_file(request: &Request, is_marked: bool) -> Option<Request> {
    let path = request.uri().path();
    if path.ends_with('/') || path == "/hash.txt" {
        return None;
    }
    let mut wanted = Request::builder()
        .method(request.method().clone())
        .uri(request.uri().clone());
    for name in [ACCEPT_ENCODING, IF_MODIFIED_SINCE, RANGE] {
        if is_marked && name == IF_MODIFIED_SINCE {
            continue;
        }
        if let Some(value) = request.headers().get(&name) {
            wanted = wanted.header(name, value);
        }
    }
    wanted.body(Body::empty()).ok()
}

/// The file at the path of a request; compressed where the browser takes it and the build has made it.
async fn file(state: &AppState, wanted: Request) -> Option<Response> {
    let path = wanted.uri().path().to_owned();
    let files = ServeDir::new(&state.site.root)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    let mut response = files.oneshot(wanted).await.ok()?.map(Body::new);
    let found = response.status().is_success()
        || matches!(
            response.status(),
            StatusCode::NOT_MODIFIED | StatusCode::RANGE_NOT_SATISFIABLE
        );
    if !found {
        return None;
    }
    let headers = response.headers_mut();
    if path == SERVICE_WORKER {
        headers.insert(CONTENT_SECURITY_POLICY, SERVICE_WORKER_POLICY);
    }
    headers.insert(CACHE_CONTROL, keep(&path, state.site.is_hashed()));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    Some(response)
}

/// How long a browser may keep a file.
fn keep(path: &str, is_hashed: bool) -> HeaderValue {
    if is_hashed && path.starts_with("/pkg/") {
        FOREVER
    } else if is_hashed && path.starts_with("/fonts/") {
        A_DAY
    } else {
        REVALIDATE
    }
}

/// Whether the server answers, for whoever watches it.
pub async fn health() -> &'static str {
    "ok"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert_eq!(keep("/pkg/convoke.abc.js", true), FOREVER);
        assert_eq!(keep("/pkg/convoke.js", false), REVALIDATE);
        assert_eq!(keep("/fonts/inter.woff2", true), A_DAY);
        assert_eq!(keep("/sw.js", true), REVALIDATE);
        assert_eq!(keep("/sw/queue.js", true), REVALIDATE);
    }
}
