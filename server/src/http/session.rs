//! The session of a request: the cookie, and the person behind it.

use super::AppState;
use axum::http::header::COOKIE;
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

/// How long a browser keeps the cookie: as long as any does (RFC 6265bis asks for at most 400 days). When the session
/// ends, the database decides.
const MAX_AGE_SECONDS: u32 = 400 * 24 * 3600;

/// The name of the cookie. `__Host-` makes browsers insist on https, the whole site and no other host; on plain http they refuse it.
pub const fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-convoke" } else { "convoke" }
}

/// The cookie that begins a session.
pub fn cookie(https: bool, secret: &str) -> HeaderValue {
    set_cookie(https, secret, MAX_AGE_SECONDS)
}

/// The cookie that ends a session.
pub fn no_cookie(https: bool) -> HeaderValue {
    set_cookie(https, "", 0)
}

fn set_cookie(https: bool, value: &str, max_age: u32) -> HeaderValue {
    let name = cookie_name(https);
    let secure = if https { "; Secure" } else { "" };
    HeaderValue::from_str(&format!(
        "{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{secure}"
    ))
    .unwrap_or(HeaderValue::from_static(""))
}

/// The secret in the request's cookies.
pub fn secret(headers: &HeaderMap, https: bool) -> Option<String> {
    let name = cookie_name(https);
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name && !value.is_empty()).then(|| value.to_owned()))
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
    fn the_cookie_of_https_is_bound_to_the_host() {
        assert_eq!(
            cookie(true, "abc").to_str().unwrap(),
            "__Host-convoke=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=34560000; Secure"
        );
        assert_eq!(
            no_cookie(false).to_str().unwrap(),
            "convoke=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        );
    }

    #[test]
    fn the_secret_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "theme=dark; convoke=abc".parse().unwrap());
        headers.append(COOKIE, "__Host-convoke=def".parse().unwrap());
        assert_eq!(secret(&headers, false).as_deref(), Some("abc"));
        assert_eq!(secret(&headers, true).as_deref(), Some("def"));
        assert_eq!(secret(&HeaderMap::new(), true), None);
    }

    #[test]
    fn a_secret_is_not_shown() {
        assert_eq!(format!("{:?}", Secret("abc".to_owned())), "Secret(…)");
    }
}
