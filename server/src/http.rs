//! The router: who is served what, and the layers every request passes.

mod account;
mod answer;
mod cookies;
mod documents;
mod exports;
mod forgotten;
mod guard;
mod headers;
mod hooks;
mod imports;
mod join;
mod live;
mod lock;
mod offline;
mod origin;
mod poster;
mod reply;
mod sender;
mod session;
mod set_up;
mod sign_in;
mod space;
mod state;
mod statics;
mod stop;
#[cfg(test)]
mod tests;
mod visit;

pub use hooks::Hooks;
pub use live::Live;
pub use state::{AppState, Site};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use convoke_app::api::RequestContext;
use convoke_app::{App, shell};
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, ResponseOptions, generate_route_list};
use session::Session;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};

/// Everything that is served.
pub fn router(state: AppState) -> Router {
    // What needs a person: the console, its server functions, live updates.
    let routes = generate_route_list(App);
    let console = Router::new()
        .leptos_routes_with_context(&state, routes, page_context(&state), {
            let options = state.options.clone();
            move || shell(options.clone())
        })
        .route("/api/live/trainings/{id}", get(live::watch))
        .route("/trainings/{id}/poster", get(poster::page))
        .route(
            documents::UPLOAD,
            // Its own limit is set by `headers::limit_body`.
            post(documents::upload).layer(DefaultBodyLimit::disable()),
        )
        .route("/documents/{id}", get(documents::download))
        .route("/api/trainings/{id}/{file}", get(exports::of_training))
        .route(
            "/api/trainings/{id}/attendance/{file}",
            get(exports::person_sheet),
        )
        .route("/api/export/{file}", get(exports::lists))
        .route(
            imports::UPLOAD,
            post(imports::upload).layer(DefaultBodyLimit::disable()),
        )
        .route("/api/imports/{id}/{file}", get(exports::import_result))
        .layer(from_fn_with_state(state.clone(), guard::console));

    let public = Router::new()
        .route("/sign-in", get(sign_in::page).post(sign_in::submit))
        .route(
            forgotten::PATH,
            get(forgotten::page).post(forgotten::submit),
        )
        .route("/sign-out", post(sign_in::sign_out))
        .route("/set-up", get(set_up::page).post(set_up::submit))
        .route(
            "/account/{secret}",
            get(account::page).post(account::submit),
        )
        .route("/i/{secret}", get(answer::page).post(answer::submit))
        .route("/i/{secret}/calendar.ics", get(answer::calendar))
        .route(
            "/i/{secret}/fresh",
            get(answer::fresh).post(answer::ask_fresh),
        )
        .route("/i/{secret}/space", post(answer::space))
        .route("/i/{secret}/messages", post(stop::submit_beside_answer))
        .route("/join", get(join::page).post(join::submit))
        .route("/join/{code}", get(join::list))
        .route(
            "/join/{code}/register",
            get(join::form).post(join::register),
        )
        .route("/join/{code}/leave", post(join::leave))
        .route("/join/offline", get(offline::nothing))
        .route("/join/{code}/keep", get(offline::keep))
        .route("/join/{code}/queue", post(offline::receive))
        .route("/join/{code}/correct", post(offline::correct))
        .route("/join/{code}/device", get(offline::device))
        .route("/join/{code}/enter", post(join::enter))
        .route("/join/{code}/sure/{id}", get(join::sure))
        .route("/join/{code}/lock", get(lock::page).post(lock::lock))
        .route(
            "/join/{code}/unlock",
            get(lock::unlock_page).post(lock::unlock),
        )
        .route(
            "/join/{code}/proof/{id}",
            get(join::proof).post(join::prove),
        )
        .route("/space", get(space::page))
        .route("/space/documents/{id}", get(documents::download_in_space))
        .route("/space/here", post(space::here))
        .route("/space/attendance.pdf", get(space::sheet))
        .route("/space/not-me", post(space::not_me))
        .route("/space/next", post(space::next))
        .route("/space/goodbye", get(space::goodbye))
        .route(headers::HEALTH, get(statics::health));

    console
        .merge(public)
        .fallback(statics::file_or_not_found)
        .method_not_allowed_fallback(reply::method_not_allowed)
        .layer(from_fn_with_state(state.clone(), origin::check))
        // Below the check of the origin: machines have no browser that says where a request comes from.
        .merge(hooks::routes(&state))
        .merge(stop::routes())
        .layer(from_fn_with_state(state.clone(), lock::keep_in))
        .layer(from_fn_with_state(state.clone(), headers::limit_body))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(compressible)))
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .layer(from_fn_with_state(state.clone(), headers::trace))
        .with_state(state)
}

/// Files are sent as they are: most are compressed already, and parts of them are counted in their own bytes.
fn compressible(_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions) -> bool {
    extensions.get::<documents::AsItIs>().is_none()
}

/// What pages and server functions of the console find in their context, and the policy with the page's nonce.
fn page_context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let service = state.service.clone();
    let build = state.site.build.clone();
    move || {
        let session = use_context::<axum::http::request::Parts>()
            .and_then(|parts| parts.extensions.get::<Session>().cloned())
            .map(|session| (session.actor, session.signed_in));
        provide_context(RequestContext {
            service: service.clone(),
            session,
            build: build.clone(),
        });
        if let (Some(nonce), Some(options)) =
            (leptos::nonce::use_nonce(), use_context::<ResponseOptions>())
            && let Ok(policy) = headers::console_policy(&nonce.to_string()).parse()
        {
            options.insert_header(axum::http::header::CONTENT_SECURITY_POLICY, policy);
        }
    }
}
