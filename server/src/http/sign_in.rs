//! Signing in and out: ordinary forms.

use super::guard::{encoded, local_path};
use super::{AppState, reply, sender, session};
use axum::extract::{Form, Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::{Extensions, HeaderMap, Uri};
use axum::response::Response;
use convoke_app::public::{SignInPage, sign_in_page};
use convoke_domain::{FieldError, Refusal};
use convoke_service::session as use_case;
use convoke_texts::t;
use serde::Deserialize;

/// The address of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    next: Option<String>,
    signed_out: Option<String>,
}

/// The form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    identifier: String,
    password: String,
    next: Option<String>,
}

/// The page to sign in; whoever is signed in goes on.
pub async fn page(
    State(state): State<AppState>,
    uri: Uri,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    match state.needs_set_up().await {
        Err(refusal) => return reply::refused(&state, &headers, &refusal),
        Ok(true) => return reply::see_other("/set-up"),
        Ok(false) => {}
    }
    let next = asked.next.as_deref().and_then(local_path);
    match session::find(&state, &headers).await {
        Err(refusal) => return reply::refused(&state, &headers, &refusal),
        Ok(Some(_)) => return reply::see_other(next.unwrap_or("/")),
        Ok(None) => {}
    }
    let language = reply::language(&headers, &uri);
    let notice = if asked.signed_out.is_some() {
        Some(t!(language, "sign-in-signed-out"))
    } else {
        next.map(|_| t!(language, "sign-in-needed"))
    };
    show(
        &state,
        &headers,
        &uri,
        &SignInForm::default(),
        next,
        None,
        notice,
    )
}

/// Signs in.
pub async fn submit(
    State(state): State<AppState>,
    uri: Uri,
    headers: HeaderMap,
    extensions: Extensions,
    Form(form): Form<SignInForm>,
) -> Response {
    let next = form.next.as_deref().and_then(local_path);
    let missing: Vec<_> = [
        ("identifier", form.identifier.trim().is_empty()),
        ("password", form.password.is_empty()),
    ]
    .into_iter()
    .filter(|(_, is_missing)| *is_missing)
    .map(|(field, _)| FieldError::new(field, "error-required"))
    .collect();
    let outcome = if missing.is_empty() {
        let peer = sender::key(&state, &headers, &extensions);
        use_case::sign_in(&state.service, &form.identifier, &form.password, &peer).await
    } else {
        Err(Refusal::Invalid(missing))
    };
    match outcome {
        Err(refusal) => show(&state, &headers, &uri, &form, next, Some(refusal), None),
        Ok(begun) => {
            // A session that the browser had before ends here: nobody gets into a session that was planted.
            if let Some(old) = session::secret(&headers, state.is_https())
                && let Err(refusal) = use_case::sign_out(&state.service, &old).await
            {
                tracing::warn!(%refusal, "an earlier session could not be ended");
            }
            let mut response = reply::see_other(next.unwrap_or("/"));
            response
                .headers_mut()
                .insert(SET_COOKIE, session::cookie(state.is_https(), &begun.secret));
            response
        }
    }
}

/// Signs out.
pub async fn sign_out(State(state): State<AppState>, headers: HeaderMap) -> Response {
    if let Some(secret) = session::secret(&headers, state.is_https())
        && let Err(refusal) = use_case::sign_out(&state.service, &secret).await
    {
        return reply::refused(&state, &headers, &refusal);
    }
    let mut response = reply::see_other("/sign-in?signed_out=1");
    response
        .headers_mut()
        .insert(SET_COOKIE, session::no_cookie(state.is_https()));
    response
}

fn show(
    state: &AppState,
    headers: &HeaderMap,
    uri: &Uri,
    form: &SignInForm,
    next: Option<&str>,
    refusal: Option<Refusal>,
    notice: Option<String>,
) -> Response {
    let language = reply::language(headers, uri);
    let mut switch = format!("/sign-in?language={}", reply::other(language));
    if let Some(next) = next {
        switch.push_str("&next=");
        switch.push_str(&encoded(next));
    }
    let shown = SignInPage {
        frame: reply::frame(state, headers, language),
        identifier: form.identifier.clone(),
        next: next.map(str::to_owned),
        refusal,
        notice,
        switch,
    };
    reply::page_about(shown.refusal.as_ref(), sign_in_page(&shown))
}
