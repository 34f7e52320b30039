//! Live updates: the server says only "this training is at version N"; the page asks for the rest itself.

use convoke_domain::TrainingId;
use leptos::prelude::*;

/// What the tab does about the announcements of the server.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(feature = "hydrate"),
    allow(dead_code, reason = "only a browser listens")
)]
pub struct Listener {
    /// The server announced this version.
    pub announced: Callback<i64>,
    /// The tab is seen again, or the connection is back: something may have been missed.
    pub doubtful: Callback<()>,
    /// Whether the connection is lost at this moment.
    pub lost: RwSignal<bool>,
}

/// Listens for changes of a training as long as the current owner lives; only in the browser.
pub fn listen(training_id: TrainingId, listener: Listener) {
    #[cfg(feature = "hydrate")]
    browser::listen(training_id, listener);
    #[cfg(not(feature = "hydrate"))]
    let _ = (training_id, listener);
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::Listener;
    use crate::patience::waited;
    use convoke_domain::TrainingId;
    use futures::future::{AbortHandle, Either, abortable, select};
    use futures::{FutureExt, StreamExt};
    use gloo_net::eventsource::State;
    use gloo_net::eventsource::futures::EventSource;
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use std::time::Duration;

    /// The browser reconnects by itself after a broken line; after an answer that is no stream (a restart, a proxy's error page) it
    /// gives up, and we wait this long, doubling up to [`SLOWEST`].
    const FIRST_WAIT: Duration = Duration::from_secs(1);
    const SLOWEST: Duration = Duration::from_secs(30);
    /// While the browser reconnects it says nothing: so often it is looked whether it still does.
    const LOOK: Duration = Duration::from_secs(2);

    pub fn listen(training_id: TrainingId, listener: Listener) {
        let running = StoredValue::new(None::<AbortHandle>);
        let start = move || {
            let (future, handle) = abortable(run(training_id, listener));
            if let Some(Some(old)) = running.try_update_value(|r| r.replace(handle)) {
                old.abort();
            }
            spawn_local(future.map(|_| ()));
        };
        let stop = move || {
            if let Some(Some(old)) = running.try_update_value(Option::take) {
                old.abort();
            }
        };
        // Effects run in the browser only, after hydration.
        Effect::new(move |_| {
            start();
            // A hidden tab holds no connection: browsers allow only six to one server, and there may be more tabs.
            let handle = window_event_listener_untyped("visibilitychange", move |_| {
                if document().hidden() {
                    stop();
                } else {
                    listener.doubtful.run(());
                    start();
                }
            });
            on_cleanup(move || {
                handle.remove();
                stop();
            });
        });
    }

    /// Follows the stream, and comes back to it whatever happens; ends by being aborted.
    async fn run(training_id: TrainingId, listener: Listener) {
        let url = format!("/api/live/trainings/{training_id}");
        let mut wait = FIRST_WAIT;
        loop {
            if let Ok(mut source) = EventSource::new(&url)
                && let Ok(mut events) = source.subscribe("version")
            {
                loop {
                    let event = match select(events.next(), std::pin::pin!(waited(LOOK))).await {
                        Either::Left((Some(Ok((_, event))), _)) => event,
                        Either::Left(_) => break,
                        Either::Right(_) => {
                            let lost = source.state() != State::Open;
                            if listener.lost.get_untracked() != lost {
                                listener.lost.set(lost);
                            }
                            continue;
                        }
                    };
                    wait = FIRST_WAIT;
                    listener.lost.set(false);
                    if let Some(version) = event.data().as_string().and_then(|d| d.parse().ok()) {
                        listener.announced.run(version);
                    }
                }
            }
            listener.lost.set(true);
            waited(wait).await;
            wait = (wait * 2).min(SLOWEST);
            listener.doubtful.run(());
        }
    }
}
