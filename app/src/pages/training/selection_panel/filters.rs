//! The filters of the left column.

use super::desk::Desk;
use crate::components::filter_menu::{Choice, FilterMenu, toggle};
use crate::components::{Glyph, Icon};
use crate::state::selection::Message;
use crate::tr;
use convoke_domain::selection::Filter;
use convoke_domain::view::Side;
use leptos::ev;
use leptos::prelude::*;
use std::time::Duration;

/// How long after the last key the search starts.
const PAUSE: Duration = Duration::from_millis(120);

/// Text, groups and user types; combined with AND.
#[component]
pub fn Filters(desk: Desk) -> impl IntoView {
    let change = move |edit: &dyn Fn(&mut Filter)| {
        let mut filter = desk.state.with_untracked(|s| s.filter.clone());
        edit(&mut filter);
        desk.shown.set(Side::Users);
        desk.send(Message::FilterChanged(filter));
    };
    let pending = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(handle) = pending.try_get_value().flatten() {
            handle.clear();
        }
    };
    on_cleanup(stop);
    let search = move || {
        stop();
        let text = desk.text.get_untracked();
        change(&|filter| filter.text.clone_from(&text));
    };
    let typed = move |text: String| {
        stop();
        desk.text.set(text);
        pending.set_value(set_timeout_with_handle(search, PAUSE).ok());
    };
    let key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            search();
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

    let groups = Memo::new(move |_| {
        let chosen = desk.state.with(|s| s.filter.groups.clone());
        desk.choices.with(|choices| {
            choices
                .groups
                .iter()
                .map(|c| Choice::of(c, &chosen))
                .collect()
        })
    });
    let user_types = Memo::new(move |_| {
        let chosen = desk.state.with(|s| s.filter.user_types.clone());
        desk.choices.with(|choices| {
            choices
                .user_types
                .iter()
                .map(|c| Choice::of(c, &chosen))
                .collect()
        })
    });
    let toggle_group = move |index: usize| {
        let id = desk
            .choices
            .with_untracked(|c| c.groups.get(index).map(|c| c.id));
        change(&|filter| toggle(&mut filter.groups, id));
    };
    let toggle_type = move |index: usize| {
        let id = desk
            .choices
            .with_untracked(|c| c.user_types.get(index).map(|c| c.id));
        change(&|filter| toggle(&mut filter.user_types, id));
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
            <FilterMenu
                name=tr!("panel-groups")
                everything=tr!("panel-groups-all")
                choices=groups
                on_toggle=toggle_group
                on_clear=move |()| change(&|filter| filter.groups.clear())
            />
            <FilterMenu
                name=tr!("panel-types")
                everything=tr!("panel-types-all")
                choices=user_types
                on_toggle=toggle_type
                on_clear=move |()| change(&|filter| filter.user_types.clear())
            />
        </div>
    }
}
