//! A box to search in a list while one types.

use super::{Glyph, Icon, Pace};
use leptos::html;
use leptos::prelude::*;

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
    /// Told what is typed.
    #[prop(into)]
    on_search: Callback<String>,
) -> impl IntoView {
    let element = NodeRef::<html::Input>::new();
    let pace = Pace::new(move || {
        if let Some(element) = element.get_untracked() {
            on_search.run(element.value());
        }
    });
    // What was typed before the page came alive.
    let first = initial.clone();
    Effect::new(move |_| {
        if let Some(element) = element.get()
            && element.value() != first
        {
            pace.typed();
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
                on:input=move |_| pace.typed()
            />
        </div>
    }
}
