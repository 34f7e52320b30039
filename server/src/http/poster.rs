//! The page with the training code, to print or to project: no script but the one behind its *Print* button.

use super::session::Session;
use super::{AppState, reply};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::Response;
use convoke_app::public::{Poster, Qr, poster_page};
use convoke_domain::view::Perspective;
use convoke_domain::{Actor, Refusal, TrainingId};
use convoke_service::{Outcome, registration, trainings};
use qrcode::{Color, EcLevel, QrCode};

/// Like the public pages, but for one script of our own.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// The page.
pub async fn page(
    State(state): State<AppState>,
    session: Option<Extension<Session>>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let made = async {
        let Extension(session) = session.ok_or(Refusal::NotSignedIn)?;
        let id: TrainingId = id.parse().map_err(|_| Refusal::NotFound)?;
        poster(&state, session.actor, id, &uri, &headers).await
    };
    match made.await {
        Ok(poster) => {
            let mut response = reply::page(StatusCode::OK, poster_page(&poster));
            response
                .headers_mut()
                .insert(CONTENT_SECURITY_POLICY, POLICY);
            response
        }
        Err(refusal) => reply::refused(&state, &headers, &refusal),
    }
}

async fn poster(
    state: &AppState,
    actor: Actor,
    id: TrainingId,
    uri: &Uri,
    headers: &HeaderMap,
) -> Outcome<Poster> {
    let language = reply::chosen_language(uri).unwrap_or(actor.language);
    // Dates are written in the language of the poster, not of who prints it.
    let actor = Actor { language, ..actor };
    let view = registration::view(&state.service, &actor, id).await?;
    let training = trainings::view(&state.service, &actor, id, Perspective::Administrator).await?;
    let code = view.code.ok_or(Refusal::NotFound)?;
    let other = reply::other(language);
    Ok(Poster {
        frame: reply::frame(state, headers, language),
        qr: qr(&view.link),
        address: join_address(&state.service.base_url),
        code,
        training,
        code_state: view.code_state,
        back: format!("/trainings/{id}/registration"),
        switch: format!("/trainings/{id}/poster?language={other}"),
    })
}

/// The address as people type it: browsers know `https://` by themselves.
fn join_address(base_url: &str) -> String {
    let address = base_url.strip_prefix("https://").unwrap_or(base_url);
    format!("{}/join", address.trim_end_matches('/'))
}

/// The picture of an address. A quarter of it may be covered or creased.
fn qr(address: &str) -> Option<Qr> {
    let code = QrCode::with_error_correction_level(address, EcLevel::Q).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (place, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            use std::fmt::Write as _;
            let (x, y) = (place % width, place / width);
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    Some(Qr { width, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_holds_the_address() {
        let code = qr("https://convoke.example.org/join/K7PM4XRD").unwrap();
        // Version 4 has 33 modules a side; its three corners are squares of 7.
        assert_eq!(code.width, 33);
        for corner in ["M0 0h1v1h-1z", "M32 0h1v1h-1z", "M0 32h1v1h-1z"] {
            assert!(code.path.contains(corner), "{corner}");
        }
        assert!(!code.path.contains("M1 1h1v1h-1z"));
    }

    #[test]
    fn what_people_type() {
        assert_eq!(
            join_address("https://convoke.example.org"),
            "convoke.example.org/join"
        );
        assert_eq!(
            join_address("http://localhost:3000/"),
            "http://localhost:3000/join"
        );
    }
}
