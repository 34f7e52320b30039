//! The filters of the directory: text, groups, user types; combined with AND.

use crate::api::ApiError;
use crate::components::{DirectoryFilters, SearchBox};
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
                initial=filter.with_untracked(|filter| filter.text.clone())
                on_search
            />
            <Transition fallback=FiltersSkeleton>
                {move || Suspend::new(async move {
                    // Without its choices the list still works; the list itself says what went wrong.
                    let choices = choices.await.unwrap_or_default();
                    view! {
                        <DirectoryFilters
                            choices=Signal::stored(choices)
                            filter
                            on_change=move |changed| filter.set(changed)
                        />
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn FiltersSkeleton() -> impl IntoView {
    view! {
        {(0..3)
            .map(|_| {
                view! {
                    <span class="filter" aria-hidden="true">
                        <span class="input"></span>
                    </span>
                }
            })
            .collect_view()}
    }
}
