//! A list with nothing in it, and what to do about that.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// Says why a list is empty and what to do next; the children are the buttons.
#[component]
pub fn Empty(
    /// A picture for it.
    glyph: Glyph,
    /// In a few words.
    #[prop(into)]
    title: String,
    /// What to do next.
    #[prop(into)]
    text: String,
    /// A link or button to do it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon glyph size=28/>
            <p class="empty-title">{title}</p>
            <p class="empty-text">{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
