//! The training space. Whoever entered has a secret in a cookie; there is nobody to be signed in.

use super::cookies::Cookie;
use super::join::path;
use super::visit::{Passing, Visit};
use super::{AppState, exports, reply};
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use convoke_app::public::{NobodyPage, SpacePage, nobody_page, space_page};
use convoke_domain::registration::TrainingCode;
use convoke_domain::{Refusal, Timestamp};
use convoke_service::space as use_case;
use convoke_service::space::{Leaving, Signing};
use serde::Deserialize;

/// The forms at the foot: the code of the list to go back to, for when the space has ended already.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct LeaveForm {
    code: String,
    /// When it was left, in Unix milliseconds, if that was earlier on a device without network.
    left: Option<i64>,
}

/// Goes into a space.
pub fn entered(state: &AppState, secret: &str) -> Response {
    let mut response = reply::see_other("/space");
    response
        .headers_mut()
        .insert(SET_COOKIE, Cookie::Space.set(state.is_https(), secret));
    response
}

/// The form *I am here*: what was drawn, or typed instead.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct HereForm {
    signature: String,
    signed_name: String,
}

/// The space of whoever entered.
pub async fn page(State(state): State<AppState>, Passing(visit): Passing) -> Response {
    match visit.space() {
        Some(secret) => show(&state, visit, &secret, None).await,
        None => nobody(visit),
    }
}

/// The page; `problem` is the key of what was wrong with the signature.
async fn show(
    state: &AppState,
    mut visit: Visit,
    secret: &str,
    problem: Option<String>,
) -> Response {
    let mut opened = use_case::open(&state.service, secret, visit.language()).await;
    if let Ok(view) = &opened
        && let Some(own) = view.language
        && own != visit.language()
        && !visit.has_chosen_language()
    {
        visit.speak(own);
        opened = use_case::open(&state.service, secret, own).await;
    }
    let status = match problem {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    match opened {
        Ok(view) => visit.page(status, |frame| {
            space_page(&SpacePage {
                frame,
                view,
                problem,
            })
        }),
        Err(Refusal::NotSignedIn | Refusal::NotFound) => nobody(visit),
        Err(refusal) => visit.refused(&refusal),
    }
}

/// *I am here*.
pub async fn here(
    State(state): State<AppState>,
    Passing(visit): Passing,
    Form(form): Form<HereForm>,
) -> Response {
    let Some(secret) = visit.space() else {
        return nobody(visit);
    };
    let signing = Signing {
        drawn: form.signature,
        typed: form.signed_name,
    };
    match use_case::arrive(&state.service, &secret, &signing).await {
        // The page shows where things stand, also when it was not the day.
        Ok(()) | Err(Refusal::Conflict(_) | Refusal::Gone(_)) => visit.see_other("/space"),
        Err(Refusal::NotSignedIn | Refusal::NotFound) => nobody(visit),
        Err(Refusal::Invalid(problems)) => {
            let problem = problems.into_iter().next().map(|problem| problem.text);
            show(&state, visit, &secret, problem).await
        }
        Err(refusal) => visit.refused(&refusal),
    }
}

/// One's own attendance sheet.
pub async fn sheet(State(state): State<AppState>, Passing(visit): Passing) -> Response {
    let Some(secret) = visit.space() else {
        return nobody(visit);
    };
    match use_case::attendance_sheet(&state.service, &secret, visit.language()).await {
        Ok(file) => exports::download(file),
        Err(Refusal::NotSignedIn | Refusal::NotFound) => nobody(visit),
        Err(refusal) => visit.refused(&refusal),
    }
}

/// *That is not me*.
pub async fn not_me(
    State(state): State<AppState>,
    Passing(visit): Passing,
    Form(form): Form<LeaveForm>,
) -> Response {
    leave(&state, visit, &form, Leaving::NotMe).await
}

/// *Next person*.
pub async fn next(
    State(state): State<AppState>,
    Passing(visit): Passing,
    Form(form): Form<LeaveForm>,
) -> Response {
    leave(&state, visit, &form, Leaving::Done).await
}

/// After somebody has left a space without a list.
pub async fn goodbye(Passing(visit): Passing) -> Response {
    visit.page(StatusCode::OK, |frame| {
        nobody_page(&NobodyPage { frame, left: true })
    })
}

async fn leave(state: &AppState, visit: Visit, form: &LeaveForm, how: Leaving) -> Response {
    let left = match visit.space() {
        Some(secret) => use_case::leave(&state.service, &secret, how).await,
        None => Ok(None),
    };
    let code = match left {
        Ok(code) => code,
        // Left already: pressed twice, or in another tab.
        Err(Refusal::NotSignedIn | Refusal::NotFound) => None,
        // Whatever fails on the server, the tablet must not keep the person.
        Err(refusal) => {
            tracing::error!(%refusal, "a space could not be left on the server");
            None
        }
    };
    let list = code
        .as_deref()
        .or(Some(form.code.as_str()))
        .and_then(TrainingCode::parse);
    let to = list.map_or_else(|| "/space/goodbye".to_owned(), |code| path(&code));
    visit.leave_at(&to, form.left.map(Timestamp))
}

fn nobody(visit: Visit) -> Response {
    if let Some(list) = visit.locked_list() {
        return visit.see_other(&list);
    }
    visit.page(reply::status(&Refusal::NotSignedIn), |frame| {
        nobody_page(&NobodyPage { frame, left: false })
    })
}
