//! Live updates: server-sent events that say only "this training has version N"; the page asks for the rest.

use super::session::Session;
use super::{AppState, reply};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use convoke_domain::TrainingId;
use convoke_service::{Service, session, trainings};
use convoke_storage::Storage;
use futures::Stream;
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// How often the versions of watched trainings are looked up. One look for all of them, whatever the number of browsers.
const LOOK_EVERY: Duration = Duration::from_millis(400);
/// How often it is checked that a stream's session still stands and its reader still may.
const CHECK_EVERY: Duration = Duration::from_mins(1);
/// A line now and then, so that nothing between takes the connection for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// Who watches which training. Several processes may serve one database: the versions come from there.
#[derive(Clone)]
pub struct Live {
    watched: Arc<Mutex<HashMap<TrainingId, watch::Sender<i64>>>>,
    stopping: watch::Receiver<bool>,
}

impl Live {
    /// Nobody watches yet. When `stopping` turns true, every stream ends.
    pub fn new(stopping: watch::Receiver<bool>) -> Self {
        Self {
            watched: Arc::default(),
            stopping,
        }
    }

    /// Looks up versions until the server stops.
    pub async fn run(self, storage: Storage) {
        let mut stopping = self.stopping.clone();
        let mut beat = tokio::time::interval(LOOK_EVERY);
        beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = beat.tick() => self.look(&storage).await,
                () = stopped(&mut stopping) => return,
            }
        }
    }

    async fn look(&self, storage: &Storage) {
        let ids = self.watched_now();
        if ids.is_empty() {
            return;
        }
        let versions = async {
            let mut transaction = storage.read().await?;
            transaction.training_versions(&ids).await
        };
        match versions.await {
            Ok(versions) => {
                let watched = self.lock();
                for (id, version) in versions {
                    if let Some(sender) = watched.get(&id) {
                        sender.send_if_modified(|known| {
                            let moved = *known != version;
                            *known = version;
                            moved
                        });
                    }
                }
            }
            Err(cause) => tracing::warn!(%cause, "versions of trainings could not be looked up"),
        }
    }

    /// The trainings somebody watches; those that nobody does any more are forgotten.
    fn watched_now(&self) -> Vec<TrainingId> {
        let mut watched = self.lock();
        watched.retain(|_, sender| sender.receiver_count() > 0);
        watched.keys().copied().collect()
    }

    /// The versions of a training from now on, beginning with `version`.
    fn subscribe(&self, id: TrainingId, version: i64) -> watch::Receiver<i64> {
        self.lock()
            .entry(id)
            .or_insert_with(|| watch::Sender::new(version))
            .subscribe()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<TrainingId, watch::Sender<i64>>> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The stream of a training's versions, for those who may see it.
pub async fn watch(
    State(state): State<AppState>,
    Path(id): Path<String>,
    person: Option<Extension<Session>>,
) -> Response {
    let Some(Extension(person)) = person else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let Ok(id) = id.parse::<TrainingId>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if let Err(refusal) = trainings::may_watch(&state.service, &person.actor, id).await {
        return reply::status(&refusal).into_response();
    }
    let versions = async {
        let mut transaction = state.service.storage.read().await?;
        transaction.training_versions(&[id]).await
    };
    let version = match versions.await {
        Ok(found) => found.first().map(|(_, version)| *version),
        Err(cause) => {
            tracing::error!(%cause, "the version of a training could not be looked up");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    let Some(version) = version else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let stream = events(state, person, id, version);
    let mut response = Sse::new(stream)
        .keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
        .into_response();
    // Proxies that collect answers before they pass them on must not.
    response.headers_mut().insert(
        HeaderName::from_static("x-accel-buffering"),
        axum::http::HeaderValue::from_static("no"),
    );
    response
}

struct Watcher {
    service: Service,
    person: Session,
    id: TrainingId,
    versions: watch::Receiver<i64>,
    stopping: watch::Receiver<bool>,
    check: tokio::time::Interval,
    /// What the browser knows; `None` before the first event.
    told: Option<i64>,
    first: i64,
}

fn events(
    state: AppState,
    person: Session,
    id: TrainingId,
    version: i64,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let mut check =
        tokio::time::interval_at(tokio::time::Instant::now() + CHECK_EVERY, CHECK_EVERY);
    check.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let watcher = Watcher {
        versions: state.live.subscribe(id, version),
        stopping: state.live.stopping.clone(),
        service: state.service,
        person,
        id,
        check,
        told: None,
        first: version,
    };
    futures::stream::unfold(watcher, |mut watcher| async move {
        let version = watcher.next().await?;
        watcher.told = Some(version);
        let event = Event::default().event("version").data(version.to_string());
        Some((Ok(event), watcher))
    })
}

impl Watcher {
    /// The next version to tell of; `None` when the stream ends.
    async fn next(&mut self) -> Option<i64> {
        if self.told.is_none() {
            // What others were told already may be newer than what was read for this one.
            let known = *self.versions.borrow_and_update();
            return Some(known.max(self.first));
        }
        loop {
            tokio::select! {
                changed = self.versions.changed() => {
                    changed.ok()?;
                    let version = *self.versions.borrow_and_update();
                    if Some(version) != self.told {
                        return Some(version);
                    }
                }
                _ = self.check.tick() => {
                    if !still_may(&self.service, &self.person, self.id).await {
                        return None;
                    }
                }
                () = stopped(&mut self.stopping) => return None,
            }
        }
    }
}

/// Waits until the server stops.
async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // An error means that whoever could say so is gone: the same.
    let _ = stopping.wait_for(|stop| *stop).await;
}

async fn still_may(service: &Service, person: &Session, id: TrainingId) -> bool {
    match session::peek(service, &person.secret.0).await {
        Ok(Some(actor)) => trainings::may_watch(service, &actor, id).await.is_ok(),
        // A database that is away for a moment ends nobody's session.
        Err(convoke_domain::Refusal::Failure { .. }) => true,
        Ok(None) | Err(_) => false,
    }
}
