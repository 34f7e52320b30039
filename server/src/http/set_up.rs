//! The first run: an ordinary form, guarded by the token in the log.

use super::{AppState, reply, session};
use axum::extract::{Form, Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use convoke_app::public::{SetUpPage, set_up_page};
use convoke_domain::Refusal;
use convoke_domain::view::SetUpForm;
use convoke_service::setup;
use serde::Deserialize;

/// The address of the page: the log prints it with the token.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    token: String,
}

/// The page of the first run; afterwards there is none.
pub async fn page(
    State(state): State<AppState>,
    uri: Uri,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    match state.needs_set_up().await {
        Err(refusal) => reply::refused(&state, &headers, &refusal),
        Ok(false) => reply::see_other("/sign-in"),
        Ok(true) => {
            let form = SetUpForm {
                token: asked.token,
                time_zone: jiff::tz::TimeZone::system()
                    .iana_name()
                    .unwrap_or("UTC")
                    .to_owned(),
                ..SetUpForm::default()
            };
            show(&state, &headers, &uri, form, None)
        }
    }
}

/// Sets up, and goes on signed in.
pub async fn submit(
    State(state): State<AppState>,
    uri: Uri,
    headers: HeaderMap,
    Form(form): Form<SetUpForm>,
) -> Response {
    let language = reply::language(&headers, &uri);
    match setup::set_up(&state.service, &form, language).await {
        Err(Refusal::Conflict(_)) => reply::see_other("/sign-in"),
        Err(refusal) => show(&state, &headers, &uri, form, Some(refusal)),
        Ok(begun) => {
            let mut response = reply::see_other("/");
            response
                .headers_mut()
                .insert(SET_COOKIE, session::cookie(state.is_https(), &begun.secret));
            response
        }
    }
}

fn show(
    state: &AppState,
    headers: &HeaderMap,
    uri: &Uri,
    form: SetUpForm,
    refusal: Option<Refusal>,
) -> Response {
    let language = reply::language(headers, uri);
    let status = refusal.as_ref().map_or(StatusCode::OK, reply::status);
    let switch = format!(
        "/set-up?language={}&token={}",
        reply::other(language),
        super::guard::encoded(&form.token)
    );
    let html = set_up_page(&SetUpPage {
        frame: reply::frame(state, headers, language),
        form,
        refusal,
        time_zones: jiff::tz::db()
            .available()
            .map(|name| name.to_string())
            .collect(),
        switch,
    });
    reply::page(status, html)
}
