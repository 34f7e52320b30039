//! The trainers of a training: those chosen, and a search for more.

use crate::api::trainings::trainer_candidates;
use crate::components::{
    Avatar, Candidates, FieldError, Glyph, Icon, SearchBox, SelectionPanel, not_added,
    use_announcer,
};
use crate::tr;
use convoke_domain::UserId;
use convoke_domain::person::full_name;
use convoke_domain::selection::PeopleList;
use convoke_domain::view::{PersonRow, ValidateOutcome};
use leptos::ev;
use leptos::prelude::*;

/// The trainers, as chips, and the search below them.
#[component]
pub fn TrainersField(
    chosen: RwSignal<Vec<(UserId, String)>>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let announcer = use_announcer();
    let remove = move |id: UserId| {
        let name = chosen.try_update(|all| {
            let at = all.iter().position(|(chosen, _)| *chosen == id)?;
            Some(all.remove(at).1)
        });
        if let Some(name) = name.flatten() {
            announcer.announce(tr!("training-trainers-removed", name = name));
        }
    };
    let add = move |id: UserId, name: String| {
        chosen.update(|all| {
            if all.iter().all(|(chosen, _)| *chosen != id) {
                all.push((id, name.clone()));
            }
        });
        announcer.announce(tr!("training-trainers-added", name = name));
    };
    let choosing = RwSignal::new(false);
    let take = move |outcome: ValidateOutcome| {
        // Whoever may not be chosen any more, or not by this person, but is a trainer already, stays.
        let held = chosen.get_untracked();
        let (mut all, left_out): (Vec<_>, Vec<_>) = outcome
            .not_added
            .into_iter()
            .partition(|one| held.contains(one));
        all.extend(outcome.chosen);
        let mut said = tr!("training-trainers-chosen", count = all.len());
        if let Some(left_out) = not_added(&left_out) {
            said = format!("{said} {left_out}");
        }
        chosen.set(all);
        announcer.announce(said);
    };
    // Enter searches; it does not send the form away.
    let keep_form = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
        }
    };
    view! {
        <div class="field" role="group" aria-labelledby="trainers-label">
            <span class="field-label" id="trainers-label">
                {tr!("training-trainers")} " " <span class="field-optional">{tr!("field-optional")}</span>
            </span>
            <Show when=move || chosen.with(|all| !all.is_empty())>
                <ul class="chips">
                    <For each=move || chosen.get() key=|(id, _)| *id let((id, name))>
                        <li class="chip">
                            {name.clone()}
                            <button
                                type="button"
                                class="icon-button"
                                aria-label=tr!("training-trainers-remove", name = name.as_str())
                                on:click=move |_| remove(id)
                            >
                                <Icon glyph=Glyph::Cross size=14/>
                            </button>
                        </li>
                    </For>
                </ul>
            </Show>
            <div class="trainers-search" on:keydown=keep_form>
                <SearchBox
                    label=tr!("training-trainers-search")
                    placeholder=tr!("training-trainers-search")
                    on_search=move |text| search.set(text)
                />
                <button type="button" class="button" on:click=move |_| choosing.set(true)>
                    {tr!("training-trainers-choose")}
                </button>
            </div>
            // Before what is loaded later: what follows that is not found again by a page that the server drew.
            <SelectionPanel
                list=PeopleList::Trainers
                title=tr!("panel-title-trainers")
                held=Signal::derive(move || {
                    chosen.with(|all| all.iter().map(|(id, _)| *id).collect::<Vec<_>>())
                })
                open=choosing
                on_validated=take
            />
            <Candidates
                search
                find=trainer_candidates
                without=Signal::derive(move || {
                    chosen.with(|all| all.iter().map(|(id, _)| *id).collect::<Vec<_>>())
                })
                none=tr!("training-trainers-none")
                row=move |person| view! { <Candidate person add/> }.into_any()
            />
            <FieldError id="trainers" error/>
        </div>
    }
}

#[component]
fn Candidate<F>(person: PersonRow, add: F) -> impl IntoView
where
    F: Fn(UserId, String) + Copy + Send + Sync + 'static,
{
    let id = person.user_id;
    let name = full_name(&person.first_name, &person.last_name);
    let detail = person.email.or(person.mobile).unwrap_or(person.groups);
    let given = name.clone();
    let label = tr!("training-trainers-add", name = name.as_str());
    view! {
            <button
                type="button"
                class="candidate person"
                aria-label=label
                on:click=move |_| add(id, given.clone())
            >
                <Avatar user_id=id first_name=person.first_name last_name=person.last_name/>
                <span class="person-text">
                    <span class="person-name">{name}</span>
                    <span class="person-detail">{detail}</span>
                </span>
                <Icon glyph=Glyph::Plus size=16/>
            </button>
    }
}
