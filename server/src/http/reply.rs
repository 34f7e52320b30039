//! Answers that several handlers give.

use super::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use convoke_app::Theme;
use convoke_app::api::ApiError;
use convoke_app::public::{Frame, MessagePage, message_page};
use convoke_domain::{Language, Refusal};
use convoke_texts::{t, text};

/// Goes on to another page, by GET.
pub fn see_other(path: &str) -> Response {
    match HeaderValue::from_str(path) {
        Ok(location) => (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// A page with a status.
pub fn page(status: StatusCode, html: String) -> Response {
    (status, Html(html)).into_response()
}

/// A page that may be about a refusal: with its status, and when to come again.
pub fn page_about(refusal: Option<&Refusal>, html: String) -> Response {
    let response = page(refusal.map_or(StatusCode::OK, status), html);
    match refusal {
        Some(refusal) => saying_when(refusal, response),
        None => response,
    }
}

/// The same answer; where it refuses for now, it says when to come again.
pub fn saying_when(refusal: &Refusal, mut response: Response) -> Response {
    if let Refusal::TooMany { retry_after } = refusal {
        let seconds = HeaderValue::from(*retry_after);
        response.headers_mut().insert(RETRY_AFTER, seconds);
    }
    response
}

/// The language of someone who is not known: chosen by `?language=…`, or the browser's.
pub fn language(headers: &HeaderMap, uri: &Uri) -> Language {
    chosen_language(uri).unwrap_or_else(|| accepted_language(headers))
}

/// The language in `?language=…`.
pub fn chosen_language(uri: &Uri) -> Option<Language> {
    url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
        .find_map(|(name, value)| (name == "language").then(|| value.parse().ok())?)
}

/// The best of our languages for the browser.
pub fn accepted_language(headers: &HeaderMap) -> Language {
    let header = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    Language::from_accept_language(header.unwrap_or_default())
}

/// The other language, which a page offers to switch to.
pub const fn other(language: Language) -> Language {
    match language {
        Language::En => Language::Fr,
        Language::Fr => Language::En,
    }
}

/// What public pages share.
pub fn frame(state: &AppState, headers: &HeaderMap, language: Language) -> Frame {
    let cookies = headers.get(COOKIE).and_then(|value| value.to_str().ok());
    Frame {
        language,
        stylesheet: state.site.stylesheet.clone(),
        theme: Theme::from_cookies(cookies.unwrap_or_default()),
        build: state.site.build.clone(),
    }
}

/// A page that says what happened and what to do, from two sentences of the catalogue.
pub fn message(
    state: &AppState,
    headers: &HeaderMap,
    status: StatusCode,
    title: &str,
    sentence: &str,
) -> Response {
    let language = accepted_language(headers);
    let html = message_page(&MessagePage {
        frame: frame(state, headers, language),
        title: text(language, title, &[]),
        text: text(language, sentence, &[]),
        home: true,
    });
    page(status, html)
}

/// A page for a refusal that no form can show.
pub fn refused(state: &AppState, headers: &HeaderMap, refusal: &Refusal) -> Response {
    let language = accepted_language(headers);
    refused_in(state, headers, refusal, language, true)
}

/// The same, in a known language; `home` offers the way to the first page.
pub fn refused_in(
    state: &AppState,
    headers: &HeaderMap,
    refusal: &Refusal,
    language: Language,
    home: bool,
) -> Response {
    let title = match refusal {
        Refusal::NotFound => t!(language, "page-not-found-title"),
        Refusal::Gone(_) => t!(language, "page-gone-title"),
        Refusal::TooMany { .. } => t!(language, "page-busy-title"),
        _ => t!(language, "page-failure-title"),
    };
    let html = message_page(&MessagePage {
        frame: frame(state, headers, language),
        title,
        text: ApiError::Refused(refusal.clone()).sentence(language),
        home,
    });
    page_about(Some(refusal), html)
}

/// The status of a refusal.
pub fn status(refusal: &Refusal) -> StatusCode {
    StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Nothing is at this address.
pub fn not_found(state: &AppState, headers: &HeaderMap) -> Response {
    message(
        state,
        headers,
        StatusCode::NOT_FOUND,
        "page-not-found-title",
        "page-not-found-text",
    )
}

/// Nothing is at this address, for a program of ours: it is of another build.
pub fn outdated() -> Response {
    (StatusCode::NOT_FOUND, Json(ApiError::Outdated)).into_response()
}

/// Something is at this address, but not for this method.
pub async fn method_not_allowed(State(state): State<AppState>, headers: HeaderMap) -> Response {
    message(
        &state,
        &headers,
        StatusCode::METHOD_NOT_ALLOWED,
        "page-not-found-title",
        "page-not-found-text",
    )
}
