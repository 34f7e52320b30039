//! The filters of every list of people that are no text: groups, user types, what people have behind them.

mod choices;
mod menu;
mod past;

pub use choices::{Choice, ChoicesMenu};
use choices::{Part, part};
use convoke_domain::selection::Filter;
use convoke_domain::view::FilterChoices;
use leptos::prelude::*;
use past::PastFilter;

use crate::tr;

/// Groups and user types, several of each, and the past.
#[component]
pub fn DirectoryFilters(
    /// What there is to choose.
    #[prop(into)]
    choices: Signal<FilterChoices>,
    /// What is chosen.
    #[prop(into)]
    filter: Signal<Filter>,
    /// Something else is chosen.
    #[prop(into)]
    on_change: Callback<Filter>,
) -> impl IntoView {
    let held = Held {
        choices,
        filter,
        on_change,
    };
    let groups = Part {
        all: |choices| &choices.groups,
        chosen: |filter| &mut filter.groups,
    };
    let types = Part {
        all: |choices| &choices.user_types,
        chosen: |filter| &mut filter.user_types,
    };
    view! {
        {part(held, groups, tr!("filter-groups"), tr!("filter-groups-all"))}
        {part(held, types, tr!("filter-types"), tr!("filter-types-all"))}
        <PastFilter held/>
    }
}

/// What the filters of a list share.
#[derive(Clone, Copy)]
struct Held {
    choices: Signal<FilterChoices>,
    filter: Signal<Filter>,
    on_change: Callback<Filter>,
}
