//! Before the console: the first run, and signing in.

use super::{AppState, reply, sender, session};
use axum::extract::{Request, State};
use axum::http::uri::PathAndQuery;
use axum::http::{Method, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Finds the session for what follows. Pages are redirected to be set up or signed in first; calls of the API go on without a person and
/// are refused where they need one.
pub async fn console(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let is_page = !request.uri().path().starts_with("/api/")
        && matches!(*request.method(), Method::GET | Method::HEAD);
    // A copy: a body cannot be shared between threads, and the request holds one.
    let headers = request.headers().clone();
    let found = async {
        if is_page && state.needs_set_up().await? {
            return Ok(None);
        }
        session::find(&state, &headers).await.map(Some)
    }
    .await;
    match found {
        Err(refusal) => reply::refused(&state, &headers, &refusal),
        Ok(None) => reply::see_other("/set-up"),
        Ok(Some(None)) if is_page => reply::see_other(&sign_in_address(request.uri())),
        Ok(Some(found)) => {
            if let Some(mut session) = found {
                let address = sender::address(&state, &headers, request.extensions());
                if !address.is_unspecified() {
                    session.actor.origin = address.to_canonical().to_string();
                }
                request.extensions_mut().insert(session);
            }
            next.run(request).await.into_response()
        }
    }
}

/// Where to sign in, and come back from.
fn sign_in_address(wanted: &Uri) -> String {
    match wanted.path_and_query().map(PathAndQuery::as_str) {
        None | Some("/") => "/sign-in".to_owned(),
        Some(path) => format!("/sign-in?next={}", encoded(path)),
    }
}

/// A path of this site to go on to after signing in; nothing that a browser could take for another site.
pub fn local_path(wanted: &str) -> Option<&str> {
    let local = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && !wanted.contains('\\')
        && !wanted.chars().any(char::is_control)
        && wanted.parse::<Uri>().is_ok_and(|uri| uri.host().is_none());
    let path = wanted.split('?').next().unwrap_or_default();
    let loops = matches!(path, "/sign-in" | "/sign-out" | "/set-up") || path.starts_with("/api/");
    (local && !loops).then_some(wanted)
}

/// Percent-encoding of a query value (RFC 3986, section 2.1).
pub fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_gone_on_to() {
        for good in ["/", "/trainings", "/trainings/1?tab=invitations&find=a%20b"] {
            assert_eq!(local_path(good), Some(good));
        }
        for bad in [
            "",
            "trainings",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example/",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x=y",
            "/\t/evil.example",
            "/sign-out",
            "/sign-in?next=/",
            "/api/trainings",
        ] {
            assert_eq!(local_path(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn the_way_back_is_kept() {
        let uri: Uri = "/trainings/1?view=trainer&x=y".parse().unwrap();
        assert_eq!(
            sign_in_address(&uri),
            "/sign-in?next=%2Ftrainings%2F1%3Fview%3Dtrainer%26x%3Dy"
        );
        assert_eq!(sign_in_address(&Uri::from_static("/")), "/sign-in");
    }
}
