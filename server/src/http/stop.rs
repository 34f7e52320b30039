//! *Write to me no more*: by the link in the foot and in the head of an e-mail, and on the answer page.
//!
//! Opening the link changes nothing: mail scanners open links. A mail program that is asked to unsubscribe posts `List-Unsubscribe=One-Click` to it (RFC 8058), from a
//! server of its provider: without cookies, and without an origin that is ours. So these routes lie below the check of the origin; nobody without the secret gets anywhere.

use super::{AppState, answer, reply};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use convoke_app::public::{MessagePage, StopPage, message_page, stop_page};
use convoke_delivery::stop;
use convoke_domain::Refusal;
use convoke_domain::view::StopPage as View;
use convoke_service::opt_out;
use convoke_texts::t;
use serde::Deserialize;

/// The largest body that says so, in bytes.
const MAX_BODY: usize = 4 * 1024;

/// What somebody wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Messages {
    Stop,
    Again,
}

/// The form of the answer page.
#[derive(Deserialize)]
pub struct StopForm {
    messages: Messages,
}

/// The routes that no origin is asked of.
pub fn routes() -> Router<AppState> {
    Router::new().route(
        "/stop/{secret}",
        get(page)
            .post(submit)
            .layer(DefaultBodyLimit::max(MAX_BODY)),
    )
}

/// How it stands, and the button.
async fn page(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    headers: HeaderMap,
) -> Response {
    if secret == stop::TEST {
        let language = reply::accepted_language(&headers);
        let html = message_page(&MessagePage {
            frame: reply::frame(&state, &headers, language),
            title: t!(language, "page-test-title"),
            text: t!(language, "page-test-text"),
            home: false,
        });
        return reply::page(StatusCode::OK, html);
    }
    match opt_out::open(&state.service, &secret).await {
        Ok(view) => show(&state, &headers, &secret, view),
        Err(refusal) => refused(&state, &headers, &refusal),
    }
}

/// The button of the page, or a mail program.
async fn submit(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(wanted) = wanted(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let again = wanted == Messages::Again;
    match opt_out::choose(&state.service, &secret, again).await {
        // Answered at once, without a way to go on: a mail program follows none (RFC 8058, section 3.1).
        Ok(view) => show(&state, &headers, &secret, view),
        Err(refusal) => refused(&state, &headers, &refusal),
    }
}

/// What a body asks for: our form, or a mail program's in either of the two encodings that it may take.
fn wanted(body: &[u8]) -> Option<Messages> {
    let mut fields = url::form_urlencoded::parse(body);
    let form = fields.find_map(|(name, value)| match (&*name, &*value) {
        ("messages", "again") => Some(Messages::Again),
        ("messages", "stop") | ("List-Unsubscribe", "One-Click") => Some(Messages::Stop),
        _ => None,
    });
    let multipart = || {
        let text = String::from_utf8_lossy(body);
        let (_, value) = text.split_once("name=\"List-Unsubscribe\"")?;
        (value.lines().any(|line| line == "One-Click")).then_some(Messages::Stop)
    };
    form.or_else(multipart)
}

/// The same from the answer page, by its own secret; then the page again, by GET.
pub async fn submit_beside_answer(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    headers: HeaderMap,
    Form(form): Form<StopForm>,
) -> Response {
    let again = form.messages == Messages::Again;
    match opt_out::choose_by_invitation(&state.service, &secret, again).await {
        Ok(()) => reply::see_other(&answer::path(&secret)),
        Err(refusal) => answer::refused(&state, &headers, &refusal),
    }
}

fn show(state: &AppState, headers: &HeaderMap, secret: &str, view: View) -> Response {
    let html = stop_page(&StopPage {
        frame: reply::frame(state, headers, view.language),
        view,
        path: format!("/stop/{}", super::guard::encoded(secret)),
    });
    reply::page(StatusCode::OK, html)
}

fn refused(state: &AppState, headers: &HeaderMap, refusal: &Refusal) -> Response {
    let language = reply::accepted_language(headers);
    if *refusal == Refusal::NotFound {
        let html = message_page(&MessagePage {
            frame: reply::frame(state, headers, language),
            title: t!(language, "stop-unknown-title"),
            text: t!(language, "stop-unknown-text"),
            home: false,
        });
        return reply::page(StatusCode::NOT_FOUND, html);
    }
    reply::refused_in(state, headers, refusal, language, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_mail_program_and_our_page_send() {
        let multipart = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
        for (body, expected) in [
            ("List-Unsubscribe=One-Click", Some(Messages::Stop)),
            (multipart, Some(Messages::Stop)),
            ("messages=stop", Some(Messages::Stop)),
            ("messages=again", Some(Messages::Again)),
            ("", None),
            ("List-Unsubscribe=", None),
            ("messages=maybe", None),
            ("One-Click", None),
        ] {
            assert_eq!(wanted(body.as_bytes()), expected, "{body}");
        }
    }
}
