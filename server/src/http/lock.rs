//! A device that is locked to a training: the layer that keeps it there, and the pages to lock and unlock it.

use super::cookies::Cookie;
use super::join::path;
use super::visit::Visit;
use super::{AppState, reply};
use axum::extract::{Form, Path, Request, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use convoke_app::public::{LockPage, lock_page};
use convoke_domain::Refusal;
use convoke_domain::registration::{TrainingCode, device_name};
use convoke_service::{join as use_case, session, tokens};
use serde::Deserialize;

/// The form of the PIN.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct PinForm {
    pin: String,
}

/// What people call the device, if it is locked to the training that its cookie names.
pub async fn found(state: &AppState, headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let https = state.is_https();
    let (Some(code), Some(cookie)) = (
        Cookie::Lock.get(headers, https),
        Cookie::Device.get(headers, https),
    ) else {
        return Ok(None);
    };
    let Some(device) = use_case::known_device(&state.service, &cookie).await? else {
        return Ok(None);
    };
    let is_locked = use_case::is_locked(&state.service, &device, &code).await?;
    Ok(is_locked.then(|| device_name(&tokens::hash(&device))))
}

/// Sends a locked device back to its list, wherever else it wants to go.
pub async fn keep_in(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let https = state.is_https();
    let code = Cookie::Lock
        .get(request.headers(), https)
        .and_then(|code| TrainingCode::parse(&code));
    let Some(code) = code.filter(|code| !stays(request.uri().path(), code)) else {
        return next.run(request).await;
    };
    // A copy: a body cannot be shared between threads, and the request holds one.
    let headers = request.headers().clone();
    match found(&state, &headers).await {
        Ok(Some(_)) => reply::see_other(&path(&code)),
        Ok(None) => {
            let mut response = next.run(request).await;
            response
                .headers_mut()
                .append(SET_COOKIE, Cookie::Lock.remove(https));
            response
        }
        Err(refusal) => reply::refused(&state, &headers, &refusal),
    }
}

/// Whether an address belongs to what a locked device shows: the pages behind the code, training spaces, and the files of these pages.
fn stays(address: &str, code: &TrainingCode) -> bool {
    const FOLDERS: &[&str] = &["/pkg/", "/fonts/", "/icons/", "/sw/"];
    const FILES: &[&str] = &[
        "/space",
        "/space/here",
        "/space/next",
        "/space/not-me",
        "/space/goodbye",
        "/sw.js",
        "/favicon.svg",
        "/join.webmanifest",
        "/join/offline",
        "/healthz",
    ];
    let is_behind_code = address
        .strip_prefix(path(code).as_str())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    is_behind_code
        || FILES.contains(&address)
        || FOLDERS.iter().any(|folder| address.starts_with(folder))
}

/// The page to lock a device.
pub async fn page(
    State(state): State<AppState>,
    Path(typed): Path<String>,
    visit: Visit,
) -> Response {
    if visit.is_locked() {
        return to_list(visit, &typed);
    }
    show(&state, visit, &typed, false, None).await
}

/// Locks a device. The console's session in this browser ends: whoever manages trainings is not signed in on a tablet at the door.
pub async fn lock(
    State(state): State<AppState>,
    Path(typed): Path<String>,
    mut visit: Visit,
    Form(form): Form<PinForm>,
) -> Response {
    match use_case::lock(&state.service, &visit.visitor, &typed, &form.pin).await {
        Ok(()) => {}
        Err(Refusal::Conflict(key)) if key == "lock-already" => return to_list(visit, &typed),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_))) => {
            return show(&state, visit, &typed, false, Some(refusal)).await;
        }
        Err(refusal) => return visit.refused(&refusal),
    }
    if let Some(secret) = visit.console_session() {
        if let Err(refusal) = session::sign_out(&state.service, &secret).await {
            tracing::warn!(%refusal, "a session could not be ended");
        }
        visit.remove(Cookie::Session);
    }
    match TrainingCode::parse(&typed) {
        Some(code) => {
            visit.set(Cookie::Lock, code.as_str());
            // Nobody is inside when it begins.
            visit.leave(&path(&code))
        }
        None => visit.refused(&Refusal::NotFound),
    }
}

/// The page to unlock a device.
pub async fn unlock_page(
    State(state): State<AppState>,
    Path(typed): Path<String>,
    visit: Visit,
) -> Response {
    if visit.is_locked() {
        show(&state, visit, &typed, true, None).await
    } else {
        to_list(visit, &typed)
    }
}

/// Unlocks a device.
pub async fn unlock(
    State(state): State<AppState>,
    Path(typed): Path<String>,
    mut visit: Visit,
    Form(form): Form<PinForm>,
) -> Response {
    match use_case::unlock(&state.service, &visit.visitor, &typed, &form.pin).await {
        Ok(true) => {
            visit.remove(Cookie::Lock);
            to_list(visit, &typed)
        }
        Ok(false) => {
            let wrong = Refusal::field("pin", "unlock-wrong");
            show(&state, visit, &typed, true, Some(wrong)).await
        }
        Err(refusal @ Refusal::TooMany { .. }) => {
            show(&state, visit, &typed, true, Some(refusal)).await
        }
        Err(refusal) => visit.refused(&refusal),
    }
}

async fn show(
    state: &AppState,
    visit: Visit,
    typed: &str,
    unlocks: bool,
    problem: Option<Refusal>,
) -> Response {
    let view = match use_case::open(&state.service, &visit.visitor, typed, "").await {
        Ok(view) => view,
        Err(refusal) => return visit.refused(&refusal),
    };
    let status = problem.as_ref().map_or(StatusCode::OK, reply::status);
    let device = visit.visitor.device_name();
    let response = visit.page(status, |frame| {
        lock_page(&LockPage {
            frame,
            code: view.code,
            training: view.training,
            device,
            unlocks,
            problem: problem.clone(),
        })
    });
    match &problem {
        Some(refusal) => reply::saying_when(refusal, response),
        None => response,
    }
}

fn to_list(visit: Visit, typed: &str) -> Response {
    match TrainingCode::parse(typed) {
        Some(code) => visit.see_other(&path(&code)),
        None => visit.refused(&Refusal::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_device_has_the_pages_behind_its_code_and_their_files() {
        let code = TrainingCode::parse("K7PM4XRD").unwrap();
        for address in [
            "/join/K7PM4XRD",
            "/join/K7PM4XRD/register",
            "/join/offline",
            "/space",
            "/space/next",
            "/pkg/public.css",
            "/sw.js",
            "/healthz",
        ] {
            assert!(stays(address, &code), "{address}");
        }
        for address in [
            "/",
            "/join",
            "/join/K7PM4XRDX",
            "/join/AAAACCCC",
            "/spaces",
            "/space/documents/1",
            "/space/attendance.pdf",
            "/sign-in",
            "/trainings",
            "/api/people",
            "/i/secret",
        ] {
            assert!(!stays(address, &code), "{address}");
        }
    }
}
