//! A person as a row of the directory.

use super::bulk::Ticked;
use crate::components::{Avatar, RouteIcon, similar_badge};
use crate::state::ticks::Ticks;
use crate::tr;
use convoke_domain::UserState;
use convoke_domain::person::full_name;
use convoke_domain::view::PersonRow;
use leptos::prelude::*;

/// One row; grey while it is on its way.
#[component]
pub fn PersonLine(
    person: Memo<Option<PersonRow>>,
    index: u32,
    total: Signal<u32>,
    /// What is ticked, for those who may do something with it: they also change people.
    ticked: Option<Ticked>,
) -> impl IntoView {
    view! {
        <div
            class="windowed-row listing-row"
            role="listitem"
            aria-setsize=move || total.get()
            aria-posinset=index + 1
        >
            {move || match person.get() {
                Some(person) => view! { <Known person ticked/> }.into_any(),
                None => {
                    view! {
                        {ticked.map(|_| view! { <span class="people-tick"></span> })}
                        <span class="person" aria-hidden="true">
                            <span class="skeleton skeleton-circle"></span>
                            <span class="skeleton-lines">
                                <span class="skeleton"></span>
                                <span class="skeleton"></span>
                            </span>
                        </span>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

#[component]
fn Known(person: PersonRow, ticked: Option<Ticked>) -> impl IntoView {
    let (id, similar) = (person.user_id, person.similar);
    let name = full_name(&person.first_name, &person.last_name);
    // Who may not change people reads their story.
    let address = if ticked.is_some() {
        format!("/people/{id}")
    } else {
        format!("/people/{id}/story")
    };
    let state = match person.state {
        UserState::Inactive => Some(tr!("user-state-inactive")),
        UserState::Created | UserState::Invited | UserState::Active => None,
    };
    let contact = [person.email, person.mobile]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>();
    let first_contact = contact.first().cloned().unwrap_or_default();
    let more_contact = contact.get(1).cloned();
    // On small screens one line below the name stands for the columns.
    let short = [person.user_type.as_str(), person.groups.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let tick = ticked.map(|ticked| {
        // Those who are only similar are not part of *everyone*.
        let on = Memo::new(move |_| {
            ticked.ticks.with(|ticks| match ticks {
                Ticks::AllBut(_) if similar => false,
                ticks => ticks.contains(id),
            })
        });
        let change = move |wanted: bool| {
            ticked.ticks.update(|ticks| {
                if !similar || matches!(ticks, Ticks::These(_)) {
                    ticks.set(id, wanted);
                }
            });
        };
        view! {
            <label class="people-tick">
                <input
                    type="checkbox"
                    aria-label=name.clone()
                    prop:checked=move || on.get()
                    on:change:target=move |event| {
                        change(event.target().checked());
                        event.target().set_checked(on.get_untracked());
                    }
                />
            </label>
        }
    });
    view! {
        {tick}
        <span class="person">
            <Avatar
                user_id=person.user_id
                first_name=person.first_name
                last_name=person.last_name
            />
            <span class="person-text">
                <span class="person-line">
                    <a class="person-name" href=address title=name.clone()>{name.clone()}</a>
                    {person.similar.then(similar_badge)}
                    {state.map(|state| view! { <span class="badge badge-neutral">{state}</span> })}
                    {person
                        .opted_out
                        .then(|| {
                            view! { <span class="badge badge-neutral">{tr!("row-opted-out")}</span> }
                        })}
                </span>
                <span class="person-detail people-short">{short}</span>
                {person
                    .employee_id
                    .map(|id| view! { <span class="person-detail people-employee">{id}</span> })}
            </span>
        </span>
        <span class="people-type">{person.user_type}</span>
        <span class="people-groups" title=person.groups.clone()>{person.groups.clone()}</span>
        <span class="person-text people-contact">
            <span class="people-line">{first_contact}</span>
            {more_contact.map(|more| view! { <span class="person-detail">{more}</span> })}
        </span>
        <span class="people-route">
            <RouteIcon route=person.route/>
        </span>
    }
}
