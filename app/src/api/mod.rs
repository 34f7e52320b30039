//! Server functions, one file per capability. Each is thin: who is asking, call the service, map the error.

#![allow(
    missing_docs,
    reason = "`#[server]` makes one undocumented struct for the arguments of each function"
)]

pub mod access;
pub mod deliverability;
pub mod documents;
mod error;
pub mod history;
pub mod imports;
pub mod invitations;
pub mod messages;
pub mod opt_out;
pub mod paste;
pub mod people;
pub mod presence;
pub mod registration;
pub mod reminders;
pub mod repair;
pub mod selection;
pub mod session;
pub mod settings;
pub mod texts;
pub mod trainings;

pub use error::ApiError;

#[cfg(feature = "ssr")]
pub use context::RequestContext;

#[cfg(feature = "ssr")]
mod context {
    use super::ApiError;
    use convoke_domain::view::SignedIn;
    use convoke_domain::{Actor, Refusal};
    use convoke_service::Service;
    use leptos::prelude::*;

    /// What the server knows of a request; its router provides one to every page and server function.
    #[derive(Clone)]
    pub struct RequestContext {
        /// The use cases' tools.
        pub service: Service,
        /// Who is signed in, if anyone.
        pub session: Option<(Actor, SignedIn)>,
        /// Which build of Convoke serves; releases only.
        pub build: Option<String>,
    }

    /// The service and the person who asks.
    pub(super) fn who() -> Result<(Service, Actor), ApiError> {
        let context = expect_context::<RequestContext>();
        let (actor, _) = context
            .session
            .ok_or_else(|| refused(Refusal::NotSignedIn))?;
        Ok((context.service, actor))
    }

    /// Sets the status of the answer; in Leptos 0.8 every error would be a 500.
    pub(super) fn refused(refusal: Refusal) -> ApiError {
        if let Some(options) = use_context::<leptos_axum::ResponseOptions>()
            && let Ok(status) = http::StatusCode::from_u16(refusal.status())
        {
            options.set_status(status);
        }
        ApiError::Refused(refusal)
    }
}

#[cfg(feature = "ssr")]
use context::{refused, who};
