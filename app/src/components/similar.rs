//! The mark of who was found although something is spelled a little differently.

use crate::tr;
use leptos::prelude::*;

/// *similar*, beside a name.
pub fn similar_badge() -> AnyView {
    view! {
        <span class="badge badge-similar" title=tr!("similar-title")>{tr!("similar")}</span>
    }
    .into_any()
}
