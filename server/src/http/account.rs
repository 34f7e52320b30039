//! The page behind the link of an account, where somebody chooses a password. GET and HEAD change nothing: mail scanners open links.

use super::{AppState, guard, reply, session};
use axum::extract::{Form, Path, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use convoke_app::public::{PasswordPage, password_page};
use convoke_domain::Refusal;
use convoke_service::people::access;
use serde::Deserialize;

/// What is sent.
#[derive(Deserialize)]
pub struct Chosen {
    password: String,
}

/// The form.
pub async fn page(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    show(&state, &headers, &uri, &secret, None).await
}

/// Takes the password, and goes on signed in.
pub async fn submit(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    Form(form): Form<Chosen>,
) -> Response {
    match access::choose_password(&state.service, &secret, &form.password).await {
        Ok(begun) => {
            let mut response = reply::see_other("/");
            response
                .headers_mut()
                .insert(SET_COOKIE, session::cookie(state.is_https(), &begun.secret));
            response
        }
        Err(refusal) => show(&state, &headers, &uri, &secret, Some(refusal)).await,
    }
}

async fn show(
    state: &AppState,
    headers: &HeaderMap,
    uri: &Uri,
    secret: &str,
    refusal: Option<Refusal>,
) -> Response {
    let account = match access::open(&state.service, secret).await {
        Ok(account) => account,
        Err(refusal) => {
            let language = reply::language(headers, uri);
            return reply::refused_in(state, headers, &refusal, language, false);
        }
    };
    // As the message was written, unless they chose another one here.
    let language = reply::chosen_language(uri).unwrap_or(account.language);
    let status = refusal.as_ref().map_or(StatusCode::OK, reply::status);
    let path = format!("/account/{}", guard::encoded(secret));
    let html = password_page(&PasswordPage {
        frame: reply::frame(state, headers, language),
        account,
        switch: format!("{path}?language={}", reply::other(language)),
        path: format!("{path}?language={language}"),
        refusal,
    });
    reply::page(status, html)
}
