//! Whatever writes must come from our own pages: cookies alone do not show that a person meant it.

use super::{AppState, reply};
use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use url::Url;

/// Refuses with 403 what changes something and does not come from this site.
pub async fn check(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let harmless = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if harmless || is_ours(request.headers(), &state.service.base_url) {
        next.run(request).await
    } else {
        reply::message(
            &state,
            request.headers(),
            StatusCode::FORBIDDEN,
            "page-forbidden-title",
            "page-forbidden-text",
        )
    }
}

/// Whether the browser says that the request comes from this site. `Sec-Fetch-Site` cannot be forged by a page, nor can `Origin`; a
/// browser that sends neither with a request that writes is older than both, and refused.
fn is_ours(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some("same-origin") => return true,
        // `none` is the person's own doing (RFC draft Fetch Metadata, section 2.4); a form never is.
        Some(_) => return false,
        None => {}
    }
    let Some(origin) = text(ORIGIN.as_str()) else {
        return false;
    };
    let Ok(origin) = Url::parse(origin) else {
        return false;
    };
    let same_as_base = Url::parse(base_url).is_ok_and(|base| base.origin() == origin.origin());
    // Reached by another name than the configured one (localhost for 127.0.0.1): then `Host` is what the browser asked for.
    let same_as_host = text(HOST.as_str()).is_some_and(|host| {
        ["http", "https"].iter().any(|scheme| {
            Url::parse(&format!("{scheme}://{host}"))
                .is_ok_and(|asked| asked.origin() == origin.origin())
        })
    });
    same_as_base || same_as_host
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        is_ours(&headers, "https://convoke.example")
    }

    #[test]
    fn what_comes_from_this_site() {
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(ours(&[("origin", "https://convoke.example")]));
        assert!(ours(&[
            ("origin", "http://localhost:3000"),
            ("host", "localhost:3000")
        ]));
    }

    #[test]
    fn what_does_not() {
        assert!(!ours(&[]));
        assert!(!ours(&[("sec-fetch-site", "cross-site")]));
        assert!(!ours(&[("sec-fetch-site", "same-site")]));
        assert!(!ours(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://convoke.example")
        ]));
        assert!(!ours(&[("origin", "null")]));
        assert!(!ours(&[("origin", "https://evil.example")]));
        assert!(!ours(&[("origin", "https://convoke.example.evil.example")]));
        assert!(!ours(&[("origin", "http://convoke.example")]));
        assert!(!ours(&[
            ("origin", "https://evil.example"),
            ("host", "convoke.example")
        ]));
    }
}
