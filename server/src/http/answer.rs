//! The pages behind the link of an invitation. GET and HEAD change nothing: mail scanners open links.

use super::{AppState, reply};
use axum::extract::{Form, Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use convoke_app::public::{
    AnswerPage, ClosedPage, MessagePage, answer_page, closed_page, message_page,
};
use convoke_delivery::link;
use convoke_domain::Refusal;
use convoke_domain::view::{Answer, AnswerView};
use convoke_service::answer::{self as use_case, fresh};
use convoke_texts::t;
use serde::Deserialize;

/// The form of either button.
#[derive(Deserialize)]
pub struct AnswerForm {
    answer: Answer,
}

/// The invitation, and the answer given so far.
pub async fn page(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    headers: HeaderMap,
) -> Response {
    if secret == link::TEST {
        let language = reply::accepted_language(&headers);
        let html = message_page(&MessagePage {
            frame: reply::frame(&state, &headers, language),
            title: t!(language, "page-test-title"),
            text: t!(language, "page-test-text"),
            home: false,
        });
        return reply::page(StatusCode::OK, html);
    }
    match use_case::open(&state.service, &secret).await {
        Ok(view) => show(&state, &headers, &secret, view),
        Err(Refusal::Gone(reason)) => closed(&state, &headers, &secret, reason).await,
        Err(refusal) => refused(&state, &headers, &refusal),
    }
}

/// Why the page of a link does not show the invitation; of one that is past its time with the button *Send me a fresh link*.
async fn closed(state: &AppState, headers: &HeaderMap, secret: &str, reason: String) -> Response {
    match use_case::closed(&state.service, secret).await {
        Ok(Some(link)) => {
            let html = closed_page(&ClosedPage {
                frame: reply::frame(state, headers, link.language),
                link,
                asked: false,
                path: path(secret),
            });
            reply::page(StatusCode::GONE, html)
        }
        Ok(None) => refused(state, headers, &Refusal::Gone(reason)),
        Err(refusal) => refused(state, headers, &refusal),
    }
}

/// *Send me a fresh link*: answers before it is looked whether one is sent.
pub async fn ask_fresh(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    headers: HeaderMap,
) -> Response {
    match fresh::ask(&state.service, &secret).await {
        Ok(Some(asked)) => {
            // Logged where it failed; whoever asked can ask again.
            tokio::spawn(asked.look_into());
            reply::see_other(&format!("{}/fresh", path(&secret)))
        }
        // The page says where the invitation stands.
        Ok(None) => reply::see_other(&path(&secret)),
        Err(refusal) => refused(&state, &headers, &refusal),
    }
}

/// What whoever asked reads. Opening it changes nothing.
pub async fn fresh(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    headers: HeaderMap,
) -> Response {
    match use_case::closed(&state.service, &secret).await {
        Ok(Some(link)) => {
            let html = closed_page(&ClosedPage {
                frame: reply::frame(&state, &headers, link.language),
                link,
                asked: true,
                path: path(&secret),
            });
            reply::page(StatusCode::OK, html)
        }
        Ok(None) => reply::see_other(&path(&secret)),
        Err(refusal) => refused(&state, &headers, &refusal),
    }
}

/// Gives an answer and shows the page again, by GET, so that a reload sends nothing.
pub async fn submit(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    headers: HeaderMap,
    Form(form): Form<AnswerForm>,
) -> Response {
    match use_case::answer(&state.service, &secret, form.answer).await {
        Ok(_) | Err(Refusal::Conflict(_)) => reply::see_other(&path(&secret)),
        // The page says why, with everything else about the training.
        Err(Refusal::Gone(_)) => page(State(state), Path(secret), headers).await,
        Err(refusal) => refused(&state, &headers, &refusal),
    }
}

/// Enters the training space of whoever has the link.
pub async fn space(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    headers: HeaderMap,
) -> Response {
    match convoke_service::space::enter_by_link(&state.service, &secret).await {
        Ok(entered) => super::space::entered(&state, &entered),
        // The page says where the invitation stands instead.
        Err(Refusal::Gone(_) | Refusal::Conflict(_)) => reply::see_other(&path(&secret)),
        Err(refusal) => refused(&state, &headers, &refusal),
    }
}

/// The entry for the calendar.
pub async fn calendar(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    headers: HeaderMap,
) -> Response {
    match use_case::calendar(&state.service, &secret).await {
        Ok(text) => (
            [
                (CONTENT_TYPE, "text/calendar; charset=utf-8"),
                (CONTENT_DISPOSITION, "attachment; filename=\"training.ics\""),
            ],
            text,
        )
            .into_response(),
        Err(Refusal::Gone(reason)) => closed(&state, &headers, &secret, reason).await,
        Err(refusal) => refused(&state, &headers, &refusal),
    }
}

pub(super) fn path(secret: &str) -> String {
    format!("/i/{}", super::guard::encoded(secret))
}

fn show(state: &AppState, headers: &HeaderMap, secret: &str, view: AnswerView) -> Response {
    let status = if view.gone.is_some() {
        StatusCode::GONE
    } else {
        StatusCode::OK
    };
    let html = answer_page(&AnswerPage {
        frame: reply::frame(state, headers, view.language),
        view,
        path: path(secret),
    });
    reply::page(status, html)
}

pub(super) fn refused(state: &AppState, headers: &HeaderMap, refusal: &Refusal) -> Response {
    let language = reply::accepted_language(headers);
    if *refusal == Refusal::NotFound {
        let html = message_page(&MessagePage {
            frame: reply::frame(state, headers, language),
            title: t!(language, "page-link-unknown-title"),
            text: t!(language, "page-link-unknown-text"),
            home: false,
        });
        return reply::page(StatusCode::NOT_FOUND, html);
    }
    reply::refused_in(state, headers, refusal, language, false)
}
