//! A filter with several choices, as check boxes.

use super::Held;
use super::menu::Menu;
use crate::language;
use crate::number::grouped;
use crate::tr;
use convoke_domain::selection::Filter;
use convoke_domain::view::FilterChoices;
use convoke_domain::{fold, view};
use leptos::prelude::*;

/// With more choices than this there is a box to find one.
const MANY: usize = 8;

/// A choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it is called.
    pub name: String,
    /// How many people have it.
    pub people: u32,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Choice {
    /// A choice of a list, with those of the list that are chosen.
    pub fn of<Id: PartialEq>(choice: &view::Choice<Id>, chosen: &[Id]) -> Self {
        Self {
            name: choice.name.clone(),
            people: choice.users,
            chosen: chosen.contains(&choice.id),
        }
    }
}

/// Where one of them finds what there is to choose, and what is chosen.
#[derive(Clone, Copy)]
pub(super) struct Part<Id: 'static> {
    pub(super) all: fn(&FilterChoices) -> &Vec<view::Choice<Id>>,
    pub(super) chosen: fn(&mut Filter) -> &mut Vec<Id>,
}

/// One of them: its name, and what it says when nothing is chosen.
pub(super) fn part<Id: Copy + PartialEq + Send + Sync + 'static>(
    held: Held,
    part: Part<Id>,
    name: String,
    everything: String,
) -> impl IntoView {
    let Held {
        choices,
        filter,
        on_change,
    } = held;
    let Part { all, chosen } = part;
    let shown = Memo::new(move |_| {
        let mut filter = filter.get();
        let chosen = chosen(&mut filter);
        choices.with(|choices| {
            let choices = all(choices).iter();
            choices.map(|choice| Choice::of(choice, chosen)).collect()
        })
    });
    let change = move |edit: &dyn Fn(&mut Vec<Id>)| {
        let mut changed = filter.get_untracked();
        edit(chosen(&mut changed));
        on_change.run(changed);
    };
    let toggle = move |place: usize| {
        let id = choices.with_untracked(|choices| all(choices).get(place).map(|choice| choice.id));
        let Some(id) = id else { return };
        change(&|ids| {
            if ids.contains(&id) {
                ids.retain(|other| *other != id);
            } else {
                ids.push(id);
            }
        });
    };
    view! {
        <ChoicesMenu
            name
            everything
            choices=shown
            on_toggle=toggle
            on_clear=move |()| change(&Vec::clear)
        />
    }
}

/// The choices called `name`.
#[component]
pub fn ChoicesMenu(
    /// What is chosen.
    name: String,
    /// What the button says when nothing is chosen.
    everything: String,
    /// What can be chosen.
    choices: Memo<Vec<Choice>>,
    /// A choice, by its place, was chosen or is no longer.
    #[prop(into)]
    on_toggle: Callback<usize>,
    /// Nothing is chosen any more.
    #[prop(into)]
    on_clear: Callback<()>,
) -> impl IntoView {
    let find = RwSignal::new(String::new());
    let summary = Memo::new(move |_| {
        let names = choices.with(|choices| {
            let chosen = choices.iter().filter(|c| c.chosen);
            chosen.map(|c| c.name.clone()).collect::<Vec<_>>()
        });
        if names.is_empty() {
            everything.clone()
        } else {
            names.join(", ")
        }
    });
    let any = Memo::new(move |_| choices.with(|choices| choices.iter().any(|c| c.chosen)));
    let count = Memo::new(move |_| choices.with(Vec::len));
    // The places of the choices that the box finds.
    let found = Memo::new(move |_| {
        let wanted = fold::plain(&find.get());
        choices.with(|choices| {
            let matching = choices
                .iter()
                .enumerate()
                .filter(|(_, c)| fold::plain(&c.name).contains(wanted.trim()));
            matching.map(|(place, _)| place).collect::<Vec<_>>()
        })
    });
    let find_label = tr!("filter-find", filter = name.as_str());
    view! {
        <Menu name summary any on_clear on_close=move |()| find.set(String::new())>
            {(count.get() > MANY)
                .then(|| {
                    view! {
                        <div class="filter-menu-find">
                            <input
                                type="search"
                                class="input"
                                aria-label=find_label.clone()
                                placeholder=find_label.clone()
                                autocomplete="off"
                                prop:value=move || find.get()
                                on:input:target=move |event| find.set(event.target().value())
                            />
                        </div>
                    }
                })}
            <div class="filter-menu-choices">
                <For each=move || found.get() key=|place| *place let:place>
                    {item(choices, place, on_toggle)}
                </For>
                {move || {
                    found
                        .with(Vec::is_empty)
                        .then(|| view! { <p class="filter-menu-none">{tr!("filter-find-none")}</p> })
                }}
            </div>
        </Menu>
    }
}

fn item(choices: Memo<Vec<Choice>>, place: usize, on_toggle: Callback<usize>) -> AnyView {
    let (name, people) = choices
        .with_untracked(|choices| choices.get(place).map(|c| (c.name.clone(), c.people)))
        .unwrap_or_default();
    let chosen =
        Memo::new(move |_| choices.with(|choices| choices.get(place).is_some_and(|c| c.chosen)));
    view! {
        <label class="check filter-menu-item">
            <input
                type="checkbox"
                prop:checked=move || chosen.get()
                on:change=move |_| on_toggle.run(place)
            />
            <span class="filter-menu-name">{name}</span>
            <span class="filter-menu-people" aria-hidden="true">{grouped(people, language())}</span>
        </label>
    }
    .into_any()
}
