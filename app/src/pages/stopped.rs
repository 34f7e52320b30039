//! What stands above every page while a channel is stopped: nothing goes out, and whoever sends shall not find that out from those who got nothing.

use crate::api::messages::channels;
use crate::components::{Glyph, Icon};
use crate::tr;
use convoke_domain::Channel;
use leptos::prelude::*;
use std::time::Duration;

/// How often it is looked whether a channel is stopped, or works again, while the page can be seen.
const LOOK_EVERY: Duration = Duration::from_secs(20);

/// A sentence for each channel that is stopped, with the way to the page that says why. It comes and goes by itself.
#[component]
pub fn StoppedChannels() -> impl IntoView {
    let status = Resource::new(|| (), |()| channels());
    // Effects run in the browser only, after hydration.
    Effect::new(move |_| {
        let look = move || {
            if !document().hidden() {
                status.refetch();
            }
        };
        let beat = set_interval_with_handle(look, LOOK_EVERY);
        let shown = window_event_listener_untyped("visibilitychange", move |_| look());
        on_cleanup(move || {
            if let Ok(beat) = beat {
                beat.clear();
            }
            shown.remove();
        });
    });
    view! {
        <div class="stopped-channels" role="status">
            <Transition fallback=|| ()>
                {move || Suspend::new(async move {
                    // Where the question fails the page says so itself.
                    let channels = status.await.unwrap_or_default();
                    channels
                        .into_iter()
                        .filter(|channel| channel.stopped.is_some())
                        .map(|channel| sentence(channel.channel))
                        .collect_view()
                })}
            </Transition>
        </div>
    }
}

fn sentence(channel: Channel) -> impl IntoView {
    let words = match channel {
        Channel::Email => tr!("stopped-email"),
        Channel::Sms => tr!("stopped-sms"),
    };
    view! {
        <div class="notice notice-problem">
            <Icon glyph=Glyph::Info size=18/>
            <p class="notice-text">{words}</p>
            <a href="/messages">{tr!("stopped-why")}</a>
        </div>
    }
}
