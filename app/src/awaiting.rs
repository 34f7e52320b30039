//! How many registrations wait for approval: in the title of every page of the console, on the icon of the installed application where the system
//! has a place for it, at the trainings concerned.

use convoke_domain::TrainingId;
use leptos::prelude::*;

/// What waits, by training; from the context, made once in `App`. Empty until it is known, and for those who approve nothing.
#[derive(Clone, Copy)]
pub struct Awaiting {
    counts: RwSignal<Vec<(TrainingId, u32)>>,
}

/// What waits.
pub fn awaiting() -> Awaiting {
    expect_context()
}

impl Awaiting {
    /// Puts it into the context.
    pub fn provide() -> Self {
        let this = Self {
            counts: RwSignal::new(Vec::new()),
        };
        provide_context(this);
        this
    }

    /// How many wait for a training.
    pub fn of(self, training: TrainingId) -> u32 {
        self.counts.with(|counts| {
            counts
                .iter()
                .find_map(|(id, count)| (*id == training).then_some(*count))
                .unwrap_or_default()
        })
    }

    /// The title of a document: how many wait, if any, before the title of the page.
    pub fn titled(self, title: &str) -> String {
        // The server does not know yet: it is asked when the page is there.
        let total = if cfg!(feature = "ssr") {
            0
        } else {
            self.counts.with(|counts| total(counts))
        };
        if total == 0 {
            format!("{title} – Convoke")
        } else {
            format!("({total}) {title} – Convoke")
        }
    }

    /// Asks the server; only in the browser.
    #[cfg_attr(
        not(feature = "hydrate"),
        allow(clippy::unused_self, reason = "only a browser asks")
    )]
    pub fn refresh(self) {
        #[cfg(feature = "hydrate")]
        leptos::task::spawn_local(async move {
            use crate::api::registration::awaiting_registrations;
            let counts = match awaiting_registrations().await {
                Ok(counts) => counts,
                // Nothing of it is shown to whoever comes after.
                Err(error) if error.is_signed_out() => Vec::new(),
                Err(_) => return,
            };
            badge::show(total(&counts));
            if self.counts.try_with_untracked(|old| *old != counts) == Some(true) {
                self.counts.set(counts);
            }
        });
    }

    /// Keeps it up to date as long as the current owner lives, also while nobody looks at the page: that is when a badge is of use.
    #[cfg_attr(
        not(feature = "hydrate"),
        allow(clippy::unused_self, reason = "only a browser asks")
    )]
    pub fn watch(self) {
        #[cfg(feature = "hydrate")]
        Effect::new(move |_| {
            self.refresh();
            let beat = set_interval_with_handle(move || self.refresh(), badge::LOOK_EVERY);
            let shown = window_event_listener_untyped("visibilitychange", move |_| {
                if !document().hidden() {
                    self.refresh();
                }
            });
            on_cleanup(move || {
                if let Ok(beat) = beat {
                    beat.clear();
                }
                shown.remove();
            });
        });
    }

    /// Whoever signs out leaves no number behind.
    pub fn forget() {
        #[cfg(feature = "hydrate")]
        badge::show(0);
    }
}

#[cfg_attr(
    all(feature = "ssr", not(feature = "hydrate")),
    allow(dead_code, reason = "the server shows none")
)]
fn total(counts: &[(TrainingId, u32)]) -> u32 {
    counts.iter().map(|(_, count)| count).sum()
}

/// The badge of the installed application (<https://www.w3.org/TR/badging/>): Chromium on Windows, macOS and Android, Safari.
#[cfg(feature = "hydrate")]
mod badge {
    use leptos::wasm_bindgen::{JsCast as _, JsValue};
    use std::time::Duration;
    use web_sys::js_sys::{Array, Function, Reflect};

    /// So often it is looked how many wait.
    pub const LOOK_EVERY: Duration = Duration::from_secs(30);

    /// Shows a number, or none. Browsers without a badge, and those that refuse because nothing is installed, do nothing.
    pub fn show(count: u32) {
        let navigator = leptos::prelude::window().navigator();
        let (name, arguments) = if count == 0 {
            ("clearAppBadge", Array::new())
        } else {
            ("setAppBadge", Array::of1(&count.into()))
        };
        let Ok(method) =
            Reflect::get(&navigator, &name.into()).and_then(JsValue::dyn_into::<Function>)
        else {
            return;
        };
        if let Ok(done) = Reflect::apply(&method, &navigator, &arguments)
            && let Ok(done) = done.dyn_into::<web_sys::js_sys::Promise>()
        {
            // A refusal is nobody's mistake: it would be logged as one.
            leptos::task::spawn_local(async move {
                let _ = wasm_bindgen_futures::JsFuture::from(done).await;
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_trainings_count() {
        let id = |n: u128| TrainingId(uuid::Uuid::from_u128(n));
        assert_eq!(total(&[]), 0);
        assert_eq!(total(&[(id(1), 2), (id(2), 1)]), 3);
    }
}
