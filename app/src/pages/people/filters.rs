//! The filters of the directory: text, group, user type; combined with AND.

use crate::api::ApiError;
use crate::components::SearchBox;
use crate::tr;
use convoke_domain::selection::Filter;
use convoke_domain::view::{Choice, FilterChoices};
use leptos::prelude::*;
use std::fmt::Display;

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
    let on_group = move |id: String| {
        filter.update(|now| now.groups = id.parse().ok().into_iter().collect());
    };
    let on_type = move |id: String| {
        filter.update(|now| now.user_types = id.parse().ok().into_iter().collect());
    };
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
                    view! {
                        <ChoiceFilter
                            label=tr!("people-filter-groups")
                            all=tr!("people-filter-all-groups")
                            choices=options(&choices.groups)
                            on_choose=on_group
                        />
                        <ChoiceFilter
                            label=tr!("people-filter-types")
                            all=tr!("people-filter-all-types")
                            choices=options(&choices.user_types)
                            on_choose=on_type
                        />
                    }
                })}
            </Transition>
        </div>
    }
}

/// Id and words of each choice.
fn options<Id: Display>(choices: &[Choice<Id>]) -> Vec<(String, String)> {
    choices
        .iter()
        .map(|choice| {
            let words = format!("{} ({})", choice.name, choice.users);
            (choice.id.to_string(), words)
        })
        .collect()
}

/// A drop-down of which one, or all, are chosen.
#[component]
fn ChoiceFilter(
    label: String,
    all: String,
    choices: Vec<(String, String)>,
    #[prop(into)] on_choose: Callback<String>,
) -> impl IntoView {
    view! {
        <select
            class="input filter-input"
            aria-label=label
            autocomplete="off"
            on:change:target=move |event| on_choose.run(event.target().value())
        >
            <option value="">{all}</option>
            {choices
                .into_iter()
                .map(|(id, words)| view! { <option value=id>{words}</option> })
                .collect_view()}
        </select>
    }
}

#[component]
fn FiltersSkeleton() -> impl IntoView {
    view! {
        <span class="input filter-input" aria-hidden="true"></span>
        <span class="input filter-input" aria-hidden="true"></span>
    }
}
