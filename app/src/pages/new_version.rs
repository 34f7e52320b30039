//! What every page of the console says when the server has become a new release: calmly, with one button.

use crate::components::{Glyph, Icon};
use crate::{release, tr};
use leptos::prelude::*;

/// Comes by itself, stays until the page is loaded anew, and asks nothing: whoever is typing goes on.
#[component]
pub fn NewVersion() -> impl IntoView {
    let found = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    browser::watch(found);
    view! {
        <Show when=move || found.get()>
            <div class="notice notice-info new-version">
                <Icon glyph=Glyph::Info size=18/>
                <p class="notice-text">{tr!("new-version-text")}</p>
                <button type="button" class="button" on:click=move |_| release::reload()>
                    <Icon glyph=Glyph::Retry size=16/>
                    {tr!("new-version-reload")}
                </button>
            </div>
        </Show>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::components::use_announcer;
    use crate::{release, tr};
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use std::time::Duration;

    /// So often it is looked while the page can be seen.
    const LOOK_EVERY: Duration = Duration::from_mins(1);
    /// What else makes it look: the page is seen again, the network is back, a call failed.
    const REASONS: [&str; 3] = ["visibilitychange", "online", release::DOUBT];

    pub fn watch(found: RwSignal<bool>) {
        let announcer = use_announcer();
        // One question at a time.
        let asking = StoredValue::new(false);
        let look = move || {
            if document().hidden() || found.get_untracked() || asking.get_value() {
                return;
            }
            asking.set_value(true);
            spawn_local(async move {
                let another = release::another().await;
                asking.try_set_value(false);
                if another && found.try_set(true).is_none() {
                    // Said by the page's own live region, which is heard in dialogs, too.
                    announcer.announce(tr!("new-version-text"));
                }
            });
        };
        // Effects run in the browser only, after hydration.
        Effect::new(move |_| {
            let beat = set_interval_with_handle(look, LOOK_EVERY);
            let heard =
                REASONS.map(|reason| window_event_listener_untyped(reason, move |_| look()));
            on_cleanup(move || {
                if let Ok(beat) = beat {
                    beat.clear();
                }
                for listener in heard {
                    listener.remove();
                }
            });
        });
    }
}
