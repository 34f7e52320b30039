//! Where machines call, not people: mail servers with mails that came back, and gateways with what became of text messages.
//!
//! Nobody's browser comes here: the check of the origin is left out, because there is no cookie that somebody else's page could use. Who calls shows it by a secret or
//! a signature, and what they say changes nothing but what is known of the message that they name. Kannel calls with GET, so that GET writes here, and only here.

use super::{AppState, sender};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Form, Path, Query, Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use convoke_domain::{MessageId, Refusal};
use convoke_service::{Outcome, reports};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Mutex;
use subtle::ConstantTimeEq;

/// The largest mail, in bytes; what it says stands in its beginning.
const MAX_MAIL: usize = 1_024 * 1_024;
/// The largest form of a gateway, in bytes.
const MAX_FORM: usize = 64 * 1_024;
/// How many wrong secrets and signatures a network address may try in a minute.
const WRONG: u32 = 20;
/// A minute, in milliseconds.
const MINUTE: i64 = 60_000;

/// What machines have to know.
#[derive(Default)]
pub struct Hooks {
    /// The secret of the hook for mails; without one there is none.
    secret: Option<String>,
    /// The token of the Twilio account, where text messages go there.
    twilio_token: Option<String>,
    wrong: Mutex<HashMap<String, (i64, u32)>>,
}

impl Hooks {
    /// Hooks that know these secrets.
    pub fn new(secret: Option<String>, twilio_token: Option<String>) -> Self {
        Self {
            secret,
            twilio_token,
            wrong: Mutex::default(),
        }
    }

    /// Whether an address has been wrong too often in this minute; `wrong` counts once more.
    fn is_throttled(&self, from: &str, now: i64, wrong: bool) -> bool {
        let mut all = self
            .wrong
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let minute = now / MINUTE;
        all.retain(|_, (when, _)| *when == minute);
        match all.entry(from.to_owned()) {
            Entry::Occupied(mut known) => {
                known.get_mut().1 += u32::from(wrong);
                known.get().1 > WRONG
            }
            Entry::Vacant(new) => {
                if wrong {
                    new.insert((minute, 1));
                }
                false
            }
        }
    }
}

/// The routes.
pub fn routes(state: &AppState) -> Router<AppState> {
    Router::new()
        .route(
            "/hooks/bounces/{secret}",
            post(bounce).layer(DefaultBodyLimit::max(MAX_MAIL)),
        )
        .route(
            "/hooks/sms/kannel/{message}/{signature}",
            get(kannel).post(kannel),
        )
        .route(
            "/hooks/sms/twilio/{message}",
            post(twilio).layer(DefaultBodyLimit::max(MAX_FORM)),
        )
        .layer(from_fn_with_state(state.clone(), throttle))
}

/// In an answer: whoever called had a wrong secret or signature. What else is not found is nobody's guess.
#[derive(Clone, Copy)]
struct Wrong;

/// Slows down whoever guesses.
async fn throttle(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let from = sender::key(&state, request.headers(), request.extensions());
    let now = state.service.clock.now().0;
    if state.hooks.is_throttled(&from, now, false) {
        return StatusCode::TOO_MANY_REQUESTS.into_response();
    }
    let response = next.run(request).await;
    if response.extensions().get::<Wrong>().is_some() {
        state.hooks.is_throttled(&from, now, true);
    }
    response
}

/// A mail that came back, as it came: what a mail server pipes, or a provider posts.
async fn bounce(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    mail: Bytes,
) -> Response {
    let right = state
        .hooks
        .secret
        .as_deref()
        .is_some_and(|right| bool::from(right.as_bytes().ct_eq(secret.as_bytes())));
    if !right {
        return wrong();
    }
    // Whether it was about a message of ours is nobody's business.
    answer(reports::mail(&state.service, &mail).await.map(|_| true))
}

/// What Kannel says about a text message.
async fn kannel(
    State(state): State<AppState>,
    method: Method,
    Path((message, signature)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    if method == Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let get = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let heard = async {
        let message: MessageId = message.parse().map_err(|_| Refusal::NotFound)?;
        let (status, said) = (get("status"), get("answer"));
        reports::kannel(&state.service, message, &signature, status, said).await
    };
    answer(heard.await)
}

/// What Twilio says about a text message.
async fn twilio(
    State(state): State<AppState>,
    Path(message): Path<String>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let heard = async {
        let message: MessageId = message.parse().map_err(|_| Refusal::NotFound)?;
        let token = state.hooks.twilio_token.as_deref();
        let token = token.ok_or(Refusal::NotFound)?;
        let signature = headers
            .get("x-twilio-signature")
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        reports::twilio(&state.service, token, message, &fields, signature).await
    };
    answer(heard.await)
}

/// An address that does not exist, for whoever guesses.
fn wrong() -> Response {
    let mut response = StatusCode::NOT_FOUND.into_response();
    response.extensions_mut().insert(Wrong);
    response
}

/// Machines read no sentences. `believed` says whether the secret or signature was right.
fn answer(believed: Outcome<bool>) -> Response {
    match believed {
        Ok(true) => StatusCode::NO_CONTENT.into_response(),
        Ok(false) => wrong(),
        Err(refusal) => StatusCode::from_u16(refusal.status())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response(),
    }
}
