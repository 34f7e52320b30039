//! What happened since this person last looked, and the note that they look now.

use crate::api::reminders::{visit_news, visited};
use crate::components::{Glyph, Icon};
use crate::tr;
use convoke_domain::TrainingId;
use convoke_domain::view::VisitNews;
use leptos::leptos_dom::helpers::{IntervalHandle, set_interval_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// So often it is noted that the tab is looked at, while it is in sight.
const NOTE_EVERY: Duration = Duration::from_mins(1);

/// The strip; nothing on a first visit, or when nothing happened.
#[component]
pub fn LastVisit(
    /// The training.
    training_id: TrainingId,
) -> impl IntoView {
    let news = RwSignal::new(None::<VisitNews>);
    let noting = StoredValue::new(None::<IntervalHandle>);
    on_cleanup(move || {
        if let Some(handle) = noting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    });
    // In the browser only, and first what happened: looking ends what was new. What either call fails with is no news.
    Effect::new(move |_| {
        spawn_local(async move {
            if let Ok(Some(found)) = visit_news(training_id).await {
                news.try_set(Some(found));
            }
            let _ = visited(training_id).await;
        });
        let note = move || {
            if !document().hidden() {
                spawn_local(async move {
                    let _ = visited(training_id).await;
                });
            }
        };
        noting.set_value(set_interval_with_handle(note, NOTE_EVERY).ok());
    });
    move || {
        news.get().map(|found| {
            view! {
                <div class="notice notice-info invitations-notice" role="status">
                    <Icon glyph=Glyph::Clock/>
                    <p class="notice-text">{words(&found)}</p>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=tr!("notice-close")
                        on:click=move |_| news.set(None)
                    >
                        <Icon glyph=Glyph::Cross size=16/>
                    </button>
                </div>
            }
        })
    }
}

/// "Since yesterday: 4 confirmed, 1 declined, 2 messages did not arrive".
fn words(news: &VisitNews) -> String {
    let mut parts = Vec::new();
    if news.confirmed > 0 {
        parts.push(tr!("news-confirmed", count = news.confirmed));
    }
    if news.registered > 0 {
        parts.push(tr!("visit-registered", count = news.registered));
    }
    if news.waiting > 0 {
        parts.push(tr!("visit-waiting", count = news.waiting));
    }
    if news.declined > 0 {
        parts.push(tr!("news-declined", count = news.declined));
    }
    if news.failed > 0 {
        parts.push(tr!("visit-failed", count = news.failed));
    }
    tr!(
        "visit-news",
        since = news.since.as_str(),
        news = parts.join(", ")
    )
}
