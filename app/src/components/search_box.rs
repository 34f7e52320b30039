//! A box to search in a list, which asks a moment after the last key.

use super::{Glyph, Icon};
use leptos::html;
use leptos::prelude::*;
use std::time::Duration;

/// How long after the last key the search starts: short enough to feel immediate, long enough to spare a request per letter.
const PAUSE: Duration = Duration::from_millis(180);

/// A search box; its label is for screen readers, the placeholder for the eyes.
#[component]
pub fn SearchBox(
    /// Its name.
    #[prop(into)]
    label: String,
    /// What can be typed.
    #[prop(into)]
    placeholder: String,
    /// What stands in it first.
    #[prop(optional, into)]
    initial: String,
    /// Told what is typed, a moment after the last key.
    #[prop(into)]
    on_search: Callback<String>,
) -> impl IntoView {
    let element = NodeRef::<html::Input>::new();
    let pending = StoredValue::new(None::<TimeoutHandle>);
    let search_soon = move |text: String| {
        if let Some(handle) = pending.get_value() {
            handle.clear();
        }
        let handle = set_timeout_with_handle(
            move || {
                pending.set_value(None);
                on_search.run(text.clone());
            },
            PAUSE,
        );
        pending.set_value(handle.ok());
    };
    on_cleanup(move || {
        if let Some(handle) = pending.try_get_value().flatten() {
            handle.clear();
        }
    });
    // What was typed before the page came alive.
    let first = initial.clone();
    Effect::new(move |_| {
        if let Some(element) = element.get()
            && element.value() != first
        {
            search_soon(element.value());
        }
    });
    view! {
        <div class="search">
            <Icon glyph=Glyph::Search size=16/>
            <input
                node_ref=element
                type="search"
                class="input"
                value=initial
                aria-label=label
                placeholder=placeholder
                autocomplete="off"
                on:input:target=move |event| search_soon(event.target().value())
            />
        </div>
    }
}
