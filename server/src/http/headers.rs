//! Layers around everything: headers that keep a page safe, the limit of a request's size, and the log.

use super::{AppState, documents, imports};
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use convoke_app::BUILD_HEADER;
use convoke_delivery::render::mail_style_source;
use http_body_util::Limited;
use std::sync::LazyLock;

/// The largest request: a selection names at most some ten thousand people one by one.
const MAX_BODY: u64 = 4 * 1024 * 1024;

/// Pages without a script get a policy without one.
const PUBLIC_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// The policy of a page of the console. Windowed lists place their rows by style attributes; style elements stay forbidden, but for the one of our
/// e-mails, whose preview inherits this policy.
pub fn console_policy(nonce: &str) -> String {
    static MAIL_STYLE: LazyLock<String> = LazyLock::new(mail_style_source);
    let mail_style = &*MAIL_STYLE;
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' {mail_style}; \
         style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
         manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// The policy of the pages behind a training code: their module, and nothing else that runs.
pub fn join_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; connect-src 'self'; \
         style-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; worker-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// Headers for every answer. `same-origin` keeps addresses, and so the secrets in them, from every other site, and lets
/// browsers name our own origin when a form is sent.
pub async fn secure(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert(PUBLIC_POLICY);
    if state.is_https() {
        headers.insert(
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        );
    }
    // Files say themselves how long they keep; everything else is somebody's and of the moment.
    let is_html = headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_html || !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        // Pages that stay open hear by it that the server has become another build. Files do not say it: a browser would go on saying it for them.
        if let Some(build) = &state.site.build
            && let Ok(build) = HeaderValue::from_str(build)
        {
            headers.insert(HeaderName::from_static(BUILD_HEADER), build);
        }
    }
    response
}

/// Refuses requests that are too large: at once when they say so, or when they turn out to be. Uploads have a limit of their own, and
/// a sentence for it.
pub async fn limit_body(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>();
    let upload = match path.map(MatchedPath::as_str) {
        Some(documents::UPLOAD) => Some((
            documents::largest_upload(&state.service),
            documents::too_large(),
        )),
        Some(imports::UPLOAD) => Some((imports::LARGEST_UPLOAD, imports::too_large())),
        _ => None,
    };
    let most = upload.as_ref().map_or(MAX_BODY, |(most, _)| *most);
    let announced = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > most) {
        return match upload {
            Some((_, refusal)) => documents::refused(refusal),
            None => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        };
    }
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let request = request.map(|body| Body::new(Limited::new(body, most)));
    next.run(request).await
}

/// Where it is asked whether the server answers.
pub const HEALTH: &str = "/healthz";

/// Logs each request by the pattern of its path: no secret, no id, no address of anyone. The id goes into the answer too.
pub async fn trace(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let service = &state.service;
    let begun = service.clock.now();
    let mut bytes = [0; 8];
    service.random.fill(&mut bytes);
    let id = format!("{:016x}", u64::from_be_bytes(bytes));
    let method = request.method().clone();
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());

    let mut response = next.run(request).await;

    let status = response.status().as_u16();
    let milliseconds = service.clock.now().since(begun);
    match &path {
        Some(path) if status >= 500 => {
            tracing::error!(request = id, %method, path, status, milliseconds, "answered");
        }
        // Every open list asks it every few seconds.
        Some(path) if path == HEALTH => {
            tracing::debug!(request = id, %method, path, status, milliseconds, "answered");
        }
        Some(path) => tracing::info!(request = id, %method, path, status, milliseconds, "answered"),
        // Files, and addresses that lead nowhere.
        None => tracing::debug!(request = id, %method, status, milliseconds, "answered"),
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response
            .headers_mut()
            .insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}
