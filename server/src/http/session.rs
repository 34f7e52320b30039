//! The session of a request: the cookie, and the person behind it.

use super::AppState;
use super::cookies::Cookie;
use axum::http::{HeaderMap, HeaderValue};
use convoke_domain::Actor;
use convoke_domain::view::SignedIn;
use convoke_service::{Outcome, session};

/// The person who sent a request.
#[derive(Clone, Debug)]
pub struct Session {
    /// On whose behalf things are done.
    pub actor: Actor,
    /// How the console shows them.
    pub signed_in: SignedIn,
    /// The cookie's secret, to look the session up again.
    pub secret: Secret,
}

/// A secret that no log shows.
#[derive(Clone)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The cookie that begins a session. When the session ends, the database decides.
pub fn cookie(https: bool, secret: &str) -> HeaderValue {
    Cookie::Session.set(https, secret)
}

/// The cookie that ends a session.
pub fn no_cookie(https: bool) -> HeaderValue {
    Cookie::Session.remove(https)
}

/// The secret in the request's cookies.
pub fn secret(headers: &HeaderMap, https: bool) -> Option<String> {
    Cookie::Session.get(headers, https)
}

/// Who sent the request.
pub async fn find(state: &AppState, headers: &HeaderMap) -> Outcome<Option<Session>> {
    let Some(secret) = secret(headers, state.is_https()) else {
        return Ok(None);
    };
    let found = session::find(&state.service, &secret).await?;
    Ok(found.map(|(actor, signed_in)| Session {
        actor,
        signed_in,
        secret: Secret(secret),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_shown() {
        assert_eq!(format!("{:?}", Secret("abc".to_owned())), "Secret(…)");
    }
}
