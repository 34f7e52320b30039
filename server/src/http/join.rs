//! The public pages behind a training code: the code, the list, the form, the proof.

use super::AppState;
use super::visit::{Passing, Visit};
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use convoke_app::public::{
    ElsewherePage, JoinFormPage, JoinFrame, JoinPage, ProofPage, elsewhere_page, join_form_page,
    join_page, proof_page,
};
use convoke_domain::registration::{Proof, TrainingCode, by_name};
use convoke_domain::view::{Entered, JoinFormView};
use convoke_domain::{Refusal, RegistrationId};
use convoke_service::join as use_case;
use convoke_service::join::Registered;
use serde::Deserialize;
use std::time::Duration;
use uuid::Uuid;

/// Registering takes at least so long, whoever it is: how long it takes must not tell whether an address is known. Several times what
/// the database needs.
const AT_LEAST: Duration = Duration::from_millis(400);

/// The form of the code.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    code: String,
}

/// The address of the list.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    find: String,
}

/// A name that was tapped.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct EnterForm {
    person: String,
    /// Not empty when they were asked whether it is them.
    sure: String,
}

/// A proof that was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ProofForm {
    proof: String,
}

/// The page where a code is typed.
pub async fn page(visit: Visit) -> Response {
    visit.code(None, "", StatusCode::OK)
}

/// Goes on to the page of a code.
pub async fn submit(visit: Visit, Form(form): Form<CodeForm>) -> Response {
    match TrainingCode::parse(&form.code) {
        Some(code) => visit.see_other(&path(&code)),
        None => visit.refused_typed(&Refusal::NotFound, &form.code),
    }
}

/// The training and the list of those registered.
pub async fn list(
    State(state): State<AppState>,
    Path(typed): Path<String>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Response {
    let Some(code) = TrainingCode::parse(&typed) else {
        return visit.refused_typed(&Refusal::NotFound, &typed);
    };
    // One address per list, however the code was written.
    if code.as_str() != typed {
        return visit.see_other(&path(&code));
    }
    match use_case::open(&state.service, &visit.visitor, code.as_str(), &asked.find).await {
        Ok(view) => visit.page(StatusCode::OK, |frame| {
            join_page(&JoinPage {
                frame,
                view,
                find: asked.find,
                offline: false,
            })
        }),
        Err(refusal) => visit.refused_typed(&refusal, &typed),
    }
}

/// The form, empty.
pub async fn form(
    State(state): State<AppState>,
    Path(typed): Path<String>,
    visit: Visit,
) -> Response {
    match use_case::form(&state.service, &visit.visitor, &typed).await {
        Ok(view) => show_form(visit, StatusCode::OK, view),
        // Full: the list says so.
        Err(Refusal::Conflict(_)) => to_list(visit, &typed),
        Err(refusal) => visit.refused(&refusal),
    }
}

/// Registers.
pub async fn register(
    State(state): State<AppState>,
    Path(typed): Path<String>,
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let mut posted = by_name(pairs);
    let hidden = |name: &str| posted.get(name).and_then(|values| values.first());
    let registration = hidden("registration").and_then(|id| id.parse::<RegistrationId>().ok());
    let version = hidden("version").and_then(|version| version.parse::<u32>().ok());
    let (Some(registration), Some(version)) = (registration, version) else {
        return to_form(visit, &typed);
    };
    posted.remove("registration");
    posted.remove("version");
    if visit.is_of_another(registration) {
        return to_form(visit, &typed);
    }
    let registering = use_case::register(
        &state.service,
        &visit.visitor,
        &typed,
        registration,
        version,
        &posted,
    );
    let (outcome, ()) = tokio::join!(registering, tokio::time::sleep(AT_LEAST));
    match outcome {
        Ok(Registered::Space(secret)) => visit.enter(&secret),
        Ok(Registered::Invalid(view)) => show_form(visit, StatusCode::UNPROCESSABLE_ENTITY, *view),
        // Full meanwhile: the list says so.
        Err(Refusal::Conflict(_)) => to_list(visit, &typed),
        Err(refusal) => visit.refused(&refusal),
    }
}

/// Leaves the form without registering.
pub async fn leave(Path(typed): Path<String>, Passing(visit): Passing) -> Response {
    let list = TrainingCode::parse(&typed).map_or_else(|| "/join".to_owned(), |code| path(&code));
    visit.leave(&list)
}

/// A name was tapped.
pub async fn enter(
    State(state): State<AppState>,
    Path(typed): Path<String>,
    visit: Visit,
    Form(form): Form<EnterForm>,
) -> Response {
    let Ok(person) = form.person.parse::<RegistrationId>() else {
        return to_list(visit, &typed);
    };
    let sure = !form.sure.is_empty();
    match use_case::enter(&state.service, &visit.visitor, &typed, person.0, sure).await {
        Ok(Entered::Space(secret)) => visit.enter(&secret),
        Ok(Entered::Elsewhere) => match TrainingCode::parse(&typed) {
            Some(code) => visit.see_other(&format!("{}/sure/{person}", path(&code))),
            None => visit.refused(&Refusal::NotFound),
        },
        Ok(Entered::Asked(proof)) if proof != Proof::Nothing => match TrainingCode::parse(&typed) {
            Some(code) => visit.see_other(&format!("{}/proof/{person}", path(&code))),
            None => visit.refused(&Refusal::NotFound),
        },
        // Not in the list any more, or there is no such list: the list says which.
        Ok(Entered::Asked(_)) | Err(Refusal::NotFound) => to_list(visit, &typed),
        Err(refusal) => visit.refused(&refusal),
    }
}

/// The page that asks whether it is them: somebody has entered by this name on another device.
pub async fn sure(
    State(state): State<AppState>,
    Path((typed, person)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let asked = match tapped(&person) {
        Ok(person) => use_case::elsewhere(&state.service, &visit.visitor, &typed, person).await,
        Err(refusal) => Err(refusal),
    };
    show_or_list(visit, &typed, asked, |frame, view| {
        elsewhere_page(&ElsewherePage { frame, view })
    })
}

/// The page that asks for a proof.
pub async fn proof(
    State(state): State<AppState>,
    Path((typed, person)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let asked = match tapped(&person) {
        Ok(person) => use_case::proof(&state.service, &visit.visitor, &typed, person).await,
        Err(refusal) => Err(refusal),
    };
    show_or_list(visit, &typed, asked, |frame, view| {
        proof_page(&ProofPage { frame, view })
    })
}

/// Checks a proof.
pub async fn prove(
    State(state): State<AppState>,
    Path((typed, person)): Path<(String, String)>,
    visit: Visit,
    Form(form): Form<ProofForm>,
) -> Response {
    let Ok(person) = tapped(&person) else {
        return to_list(visit, &typed);
    };
    let proving = use_case::prove(&state.service, &visit.visitor, &typed, person, &form.proof);
    match proving.await {
        Ok(Ok(secret)) => visit.enter(&secret),
        Ok(Err(view)) => visit.page(StatusCode::UNPROCESSABLE_ENTITY, |frame| {
            proof_page(&ProofPage { frame, view: *view })
        }),
        Err(Refusal::NotFound) => to_list(visit, &typed),
        Err(refusal) => visit.refused(&refusal),
    }
}

/// The address of a list.
pub fn path(code: &TrainingCode) -> String {
    format!("/join/{}", code.as_str())
}

/// The name in an address; what is none is not in the list.
fn tapped(person: &str) -> Result<Uuid, Refusal> {
    person.parse().map_err(|_| Refusal::NotFound)
}

/// A page about a name that was tapped; the list, where there is nothing to ask about it any more: it says how things stand.
fn show_or_list<V>(
    visit: Visit,
    typed: &str,
    asked: Result<V, Refusal>,
    page: impl FnOnce(JoinFrame, V) -> String,
) -> Response {
    match asked {
        Ok(view) => visit.page(StatusCode::OK, |frame| page(frame, view)),
        Err(Refusal::NotFound) => to_list(visit, typed),
        Err(refusal) => visit.refused(&refusal),
    }
}

fn to_list(visit: Visit, typed: &str) -> Response {
    match TrainingCode::parse(typed) {
        Some(code) => visit.see_other(&path(&code)),
        None => visit.refused(&Refusal::NotFound),
    }
}

/// An empty form instead of one that is not to be taken.
fn to_form(visit: Visit, typed: &str) -> Response {
    match TrainingCode::parse(typed) {
        Some(code) => visit.see_other(&format!("{}/register", path(&code))),
        None => visit.refused(&Refusal::NotFound),
    }
}

fn show_form(visit: Visit, status: StatusCode, view: JoinFormView) -> Response {
    visit.page(status, |frame| {
        join_form_page(&JoinFormPage {
            frame,
            view,
            offline: false,
        })
    })
}
