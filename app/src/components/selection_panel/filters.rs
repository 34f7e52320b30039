//! The filters of the left column.

use super::desk::Desk;
use crate::components::{DirectoryFilters, Glyph, Icon, Pace};
use crate::state::selection::Message;
use crate::tr;
use convoke_domain::selection::Filter;
use convoke_domain::view::Side;
use leptos::ev;
use leptos::prelude::*;

/// Text, groups, user types and what people took part in, combined with AND; and the way to those whose addresses are at hand.
#[component]
pub fn Filters(desk: Desk) -> impl IntoView {
    let changed = move |filter: Filter| {
        desk.shown.set(Side::Users);
        desk.send(Message::FilterChanged(filter));
    };
    let pace = Pace::new(move || {
        let text = desk.text.get_untracked();
        let now = desk.state.with_untracked(|state| state.filter.clone());
        changed(Filter { text, ..now });
    });
    let typed = move |text: String| {
        desk.text.set(text);
        pace.typed();
    };
    let key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            pace.now();
        }
        // Down from the box into what it found.
        "ArrowDown" => {
            event.prevent_default();
            if let Some(list) = desk.users.get_untracked() {
                let _ = list.focus();
            }
        }
        _ => {}
    };

    view! {
        <div class="panel-filters">
            <div class="search panel-search">
                <Icon glyph=Glyph::Search size=16/>
                <input
                    type="search"
                    class="input"
                    autofocus=true
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=tr!("panel-search")
                    placeholder=tr!("panel-search-placeholder")
                    prop:value=move || desk.text.get()
                    on:input:target=move |event| typed(event.target().value())
                    on:keydown=key
                />
            </div>
            <DirectoryFilters
                choices=desk.choices
                filter=Signal::derive(move || desk.state.with(|state| state.filter.clone()))
                on_change=changed
            />
            <button
                type="button"
                class="button panel-paste"
                title=tr!("paste-title")
                aria-label=tr!("paste-title")
                on:click=move |_| desk.pasting.set(true)
            >
                <Icon glyph=Glyph::Clipboard size=16/>
                <span class="panel-paste-text" aria-hidden="true">{tr!("paste-title")}</span>
            </button>
        </div>
    }
}
