//! Tabs that are pages: links along a line.

use leptos::prelude::*;

/// The line of tabs.
#[component]
pub fn Tabs(
    /// What the tabs belong to, for screen readers.
    #[prop(into)]
    label: String,
    /// The links.
    children: Children,
) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=label>
            {children()}
        </nav>
    }
}

/// One tab.
#[component]
pub fn TabLink(
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// Whether it is the one that is shown.
    #[prop(into)]
    current: Signal<bool>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <a
            class="tab"
            href=move || href.get()
            aria-current=move || current.get().then_some("page")
            data-noscroll="true"
        >
            {children()}
        </a>
    }
}
