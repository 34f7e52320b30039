//! Asking for another password: an ordinary form. What comes back, and when, is the same whether anybody is known by what was typed.

use super::{AppState, reply, sender};
use axum::extract::{Form, Query, State};
use axum::http::{Extensions, HeaderMap, Uri};
use axum::response::Response;
use convoke_app::public::{ForgottenPage, forgotten_page};
use convoke_domain::Refusal;
use convoke_service::session::forgotten;
use serde::Deserialize;

/// The address of the page.
pub const PATH: &str = "/sign-in/forgotten";

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    sent: Option<String>,
}

/// The form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ForgottenForm {
    identifier: String,
}

/// The page, and after it was sent what happens now.
pub async fn page(
    State(state): State<AppState>,
    uri: Uri,
    headers: HeaderMap,
    Query(shown): Query<Shown>,
) -> Response {
    match state.needs_set_up().await {
        Err(refusal) => return reply::refused(&state, &headers, &refusal),
        Ok(true) => return reply::see_other("/set-up"),
        Ok(false) => {}
    }
    show(&state, &headers, &uri, "", shown.sent.is_some(), None)
}

/// Answers first, and writes to whom it may mean aside.
pub async fn submit(
    State(state): State<AppState>,
    uri: Uri,
    headers: HeaderMap,
    extensions: Extensions,
    Form(form): Form<ForgottenForm>,
) -> Response {
    let peer = sender::key(&state, &headers, &extensions);
    match forgotten::ask(&state.service, &form.identifier, &peer).await {
        Err(refusal) => show(
            &state,
            &headers,
            &uri,
            &form.identifier,
            false,
            Some(refusal),
        ),
        Ok(asked) => {
            // The log has why it failed.
            tokio::spawn(asked.look_into());
            let language = reply::language(&headers, &uri);
            reply::see_other(&format!("{PATH}?language={language}&sent=1"))
        }
    }
}

fn show(
    state: &AppState,
    headers: &HeaderMap,
    uri: &Uri,
    identifier: &str,
    sent: bool,
    refusal: Option<Refusal>,
) -> Response {
    let language = reply::language(headers, uri);
    let mut switch = format!("{PATH}?language={}", reply::other(language));
    if sent {
        switch.push_str("&sent=1");
    }
    let shown = ForgottenPage {
        frame: reply::frame(state, headers, language),
        identifier: identifier.to_owned(),
        path: format!("{PATH}?language={language}"),
        sent,
        refusal,
        switch,
    };
    reply::page_about(shown.refusal.as_ref(), forgotten_page(&shown))
}
