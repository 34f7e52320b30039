//! People who match what is typed, to choose one of them.

use super::ErrorBox;
use crate::api::ApiError;
use convoke_domain::UserId;
use convoke_domain::view::PersonRow;
use leptos::prelude::*;

/// The most people that are shown: more than that, and typing another letter is quicker than reading.
pub const CANDIDATES: usize = 8;

/// The list below a search box. Nobody while nothing is typed.
#[component]
pub fn Candidates<Find, Answer, Row>(
    /// What is typed.
    search: RwSignal<String>,
    /// Who matches; it may give a few more than are shown.
    find: Find,
    /// Who is left out.
    #[prop(into)]
    without: Signal<Vec<UserId>>,
    /// What is said when nobody else matches.
    none: String,
    /// Draws one of them: a button.
    row: Row,
) -> impl IntoView
where
    Find: Fn(String) -> Answer + Copy + Send + Sync + 'static,
    Answer: Future<Output = Result<Vec<PersonRow>, ApiError>> + 'static,
    Row: Fn(PersonRow) -> AnyView + Copy + Send + Sync + 'static,
{
    let none = StoredValue::new(none);
    let found = LocalResource::new(move || {
        let text = search.get();
        async move {
            if text.trim().is_empty() {
                Ok(None)
            } else {
                find(text).await.map(Some)
            }
        }
    });
    let rows = move |people: Vec<PersonRow>| {
        let others: Vec<PersonRow> = without.with(|without| {
            let others = people.into_iter();
            let others = others.filter(|person| !without.contains(&person.user_id));
            others.take(CANDIDATES).collect()
        });
        if others.is_empty() {
            return view! { <p class="field-help">{none.get_value()}</p> }.into_any();
        }
        let others = others
            .into_iter()
            .map(|person| view! { <li>{row(person)}</li> });
        view! { <ul class="candidates">{others.collect_view()}</ul> }.into_any()
    };
    view! {
        <Transition>
            {move || {
                found
                    .get()
                    .map(|answer| match answer {
                        Ok(None) => ().into_any(),
                        Ok(Some(people)) => rows(people),
                        Err(error) => {
                            view! { <ErrorBox error on_retry=move |()| found.refetch()/> }.into_any()
                        }
                    })
            }}
        </Transition>
    }
}
