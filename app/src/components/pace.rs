//! Questions while one types: the first at once, the next ones no more often than the server is to be asked.

use leptos::prelude::*;
use std::time::Duration;

/// The least time between two questions. The first key is answered at once; who types faster than this is answered for the last key.
const PAUSE: Duration = Duration::from_millis(90);

/// Asks at a bearable pace; from the owner that made it, and no longer than it lives.
#[derive(Clone, Copy)]
pub struct Pace {
    ask: Callback<()>,
    /// Runs while it is too soon to ask again.
    resting: StoredValue<Option<TimeoutHandle>>,
    /// Whether to ask when the time is up.
    wanted: StoredValue<bool>,
}

impl Pace {
    /// `ask` asks for what is typed by then.
    pub fn new(ask: impl Fn() + Send + Sync + 'static) -> Self {
        let pace = Self {
            ask: Callback::new(move |()| ask()),
            resting: StoredValue::new(None),
            wanted: StoredValue::new(false),
        };
        on_cleanup(move || pace.stop());
        pace
    }

    /// Something was typed.
    pub fn typed(self) {
        if self.resting.with_value(Option::is_some) {
            self.wanted.set_value(true);
        } else {
            self.now();
        }
    }

    /// Asks without waiting.
    pub fn now(self) {
        self.stop();
        self.ask.run(());
        let rested = move || {
            let wanted = self.wanted.try_get_value().unwrap_or_default();
            self.stop();
            if wanted {
                self.now();
            }
        };
        self.resting
            .set_value(set_timeout_with_handle(rested, PAUSE).ok());
    }

    fn stop(self) {
        if let Some(handle) = self.resting.try_get_value().flatten() {
            handle.clear();
        }
        self.resting.try_update_value(|resting| *resting = None);
        self.wanted.try_update_value(|wanted| *wanted = false);
    }
}
