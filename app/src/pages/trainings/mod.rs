//! The list of trainings.

mod list;

use crate::api::ApiError;
use crate::api::trainings::trainings;
use crate::components::{
    ErrorBox, Glyph, Icon, PageTitle, SearchBox, SkeletonRows, TabLink, Tabs, use_announcer,
};
use crate::me::me;
use crate::tr;
use convoke_domain::Role;
use convoke_domain::training::Phase;
use convoke_domain::view::TrainingsView;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use list::TrainingsList;

/// The words of a phase.
pub fn phase_name(phase: Phase) -> String {
    match phase {
        Phase::Upcoming => tr!("phase-upcoming"),
        Phase::Running => tr!("phase-running"),
        Phase::Past => tr!("phase-past"),
    }
}

/// The address of the list.
fn address(phase: Phase, search: &str) -> String {
    let mut query = Vec::new();
    if phase != Phase::Upcoming {
        query.push(format!("phase={phase}"));
    }
    if !search.trim().is_empty() {
        query.push(format!(
            "search={}",
            leptos_router::location::Url::escape(search)
        ));
    }
    if query.is_empty() {
        "/trainings".to_owned()
    } else {
        format!("/trainings?{}", query.join("&"))
    }
}

/// The page: search and phase are in its address, so that a list can be linked and gone back to.
#[component]
pub fn TrainingsPage() -> impl IntoView {
    let query = use_query_map();
    let phase = Memo::new(move |_| {
        query.with(|q| {
            q.get("phase")
                .and_then(|p| p.parse().ok())
                .unwrap_or(Phase::Upcoming)
        })
    });
    let search = Memo::new(move |_| query.with(|q| q.get("search").unwrap_or_default()));
    let list = Resource::new(
        move || (search.get(), phase.get()),
        |(search, phase)| trainings(search, phase),
    );
    announce_results(list, search);

    let navigate = use_navigate();
    let on_search = Callback::new(move |text: String| {
        if text != search.get_untracked() {
            let options = NavigateOptions {
                replace: true,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&address(phase.get_untracked(), &text), options);
        }
    });
    let may_create = me().is_some_and(|person| person.role != Role::Member);
    view! {
        <div class="page-head">
            <div class="page-head-text">
                <PageTitle title=tr!("trainings-title")/>
            </div>
            {may_create
                .then(|| {
                    view! {
                        <a class="button button-primary" href="/trainings/new">
                            <Icon glyph=Glyph::Plus size=16/>
                            {tr!("trainings-new")}
                        </a>
                    }
                })}
        </div>
        <PhaseTabs list phase search/>
        <div class="toolbar list-toolbar">
            <SearchBox
                label=tr!("trainings-search")
                placeholder=tr!("trainings-search-hint")
                initial=search.get_untracked()
                on_search
            />
        </div>
        <Transition fallback=|| view! { <div class="card"><SkeletonRows rows=8/></div> }>
            {move || Suspend::new(async move {
                match list.await {
                    Ok(view) => {
                        let (phase, search) = (phase.get_untracked(), search.get_untracked());
                        view! { <TrainingsList view phase search/> }.into_any()
                    }
                    Err(error) => view! { <ErrorBox error on_retry=move |()| list.refetch()/> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// Upcoming, running, past, each with the number that matches.
#[component]
fn PhaseTabs(
    list: Resource<Result<TrainingsView, ApiError>>,
    phase: Memo<Phase>,
    search: Memo<String>,
) -> impl IntoView {
    let tab = move |this: Phase, index: usize| {
        view! {
            <TabLink
                href=Signal::derive(move || address(this, &search.get()))
                current=Signal::derive(move || phase.get() == this)
            >
                {phase_name(this)}
                <Transition>
                    {move || Suspend::new(async move {
                        let count = list.await.ok().map(|view| view.phases[index]);
                        count.map(|count| view! { <span class="tab-count">{count}</span> })
                    })}
                </Transition>
            </TabLink>
        }
    };
    view! {
        <Tabs label=tr!("trainings-phases")>
            {tab(Phase::Upcoming, 0)} {tab(Phase::Running, 1)} {tab(Phase::Past, 2)}
        </Tabs>
    }
}

/// Says how many trainings were found, when the search has changed.
fn announce_results(list: Resource<Result<TrainingsView, ApiError>>, search: Memo<String>) {
    let announcer = use_announcer();
    Effect::new(move |last: Option<String>| {
        let found = list.with(|answer| match answer {
            Some(Ok(view)) => u32::try_from(view.rows.len()).ok(),
            _ => None,
        });
        let now = search.get_untracked();
        if let Some(count) = found
            && last.as_ref().is_some_and(|last| *last != now)
        {
            announcer.announce(tr!("trainings-found", count = count));
        }
        now
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_holds_what_is_not_the_usual() {
        assert_eq!(address(Phase::Upcoming, " "), "/trainings");
        assert_eq!(address(Phase::Past, ""), "/trainings?phase=past");
    }
}
