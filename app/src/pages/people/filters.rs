//! The filters of the directory: text, groups, user types; combined with AND.

use crate::api::ApiError;
use crate::components::SearchBox;
use crate::components::filter_menu::{Choice, FilterMenu, toggle};
use crate::tr;
use convoke_domain::selection::Filter;
use convoke_domain::view::FilterChoices;
use leptos::prelude::*;

/// The line of filters.
#[component]
pub fn PeopleFilters(
    choices: Resource<Result<FilterChoices, ApiError>>,
    filter: RwSignal<Filter>,
) -> impl IntoView {
    let on_search = Callback::new(move |text: String| {
        if filter.with_untracked(|now| now.text != text) {
            filter.update(|now| now.text = text);
        }
    });
    view! {
        <div class="toolbar list-toolbar">
            <SearchBox
                label=tr!("people-search")
                placeholder=tr!("people-search-hint")
                on_search
            />
            <Transition fallback=FiltersSkeleton>
                {move || Suspend::new(async move {
                    // Without its choices the list still works; the list itself says what went wrong.
                    let choices = choices.await.unwrap_or_default();
                    view! { <Menus choices filter/> }
                })}
            </Transition>
        </div>
    }
}

/// Groups and user types, several of each.
#[component]
fn Menus(choices: FilterChoices, filter: RwSignal<Filter>) -> impl IntoView {
    let choices = StoredValue::new(choices);
    let groups = Memo::new(move |_| {
        filter.with(|filter| {
            choices.with_value(|c| {
                let all = c.groups.iter();
                all.map(|c| Choice::of(c, &filter.groups)).collect()
            })
        })
    });
    let user_types = Memo::new(move |_| {
        filter.with(|filter| {
            choices.with_value(|c| {
                let all = c.user_types.iter();
                all.map(|c| Choice::of(c, &filter.user_types)).collect()
            })
        })
    });
    let toggle_group = move |index: usize| {
        let id = choices.with_value(|c| c.groups.get(index).map(|c| c.id));
        filter.update(|filter| toggle(&mut filter.groups, id));
    };
    let toggle_type = move |index: usize| {
        let id = choices.with_value(|c| c.user_types.get(index).map(|c| c.id));
        filter.update(|filter| toggle(&mut filter.user_types, id));
    };
    view! {
        <FilterMenu
            name=tr!("people-filter-groups")
            everything=tr!("people-filter-all-groups")
            choices=groups
            on_toggle=toggle_group
            on_clear=move |()| filter.update(|filter| filter.groups.clear())
        />
        <FilterMenu
            name=tr!("people-filter-types")
            everything=tr!("people-filter-all-types")
            choices=user_types
            on_toggle=toggle_type
            on_clear=move |()| filter.update(|filter| filter.user_types.clear())
        />
    }
}

#[component]
fn FiltersSkeleton() -> impl IntoView {
    view! {
        <span class="filter" aria-hidden="true">
            <span class="input"></span>
        </span>
        <span class="filter" aria-hidden="true">
            <span class="input"></span>
        </span>
    }
}
