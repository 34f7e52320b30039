//! A filter with several choices: a button that says what is chosen, and check boxes below it.

use super::{Glyph, Icon};
use crate::language;
use crate::number::grouped;
use crate::tr;
use convoke_domain::selection::Filter;
use convoke_domain::view::FilterChoices;
use convoke_domain::{fold, view};
use leptos::ev;
use leptos::html::{Button, Div};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// With more choices than this there is a box to find one.
const MANY: usize = 8;

/// A choice.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Choice {
    /// What it is called.
    name: String,
    /// How many people have it.
    people: u32,
    /// Whether it is chosen.
    chosen: bool,
}

impl Choice {
    fn of<Id: PartialEq>(choice: &view::Choice<Id>, chosen: &[Id]) -> Self {
        Self {
            name: choice.name.clone(),
            people: choice.users,
            chosen: chosen.contains(&choice.id),
        }
    }
}

/// Groups and user types, several of each: the filters of every list of people that are no text.
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
    }
}

/// What the filters of a list share.
#[derive(Clone, Copy)]
struct Held {
    choices: Signal<FilterChoices>,
    filter: Signal<Filter>,
    on_change: Callback<Filter>,
}

/// Where one of them finds what there is to choose, and what is chosen.
#[derive(Clone, Copy)]
struct Part<Id: 'static> {
    all: fn(&FilterChoices) -> &Vec<view::Choice<Id>>,
    chosen: fn(&mut Filter) -> &mut Vec<Id>,
}

/// One of them: its name, and what it says when nothing is chosen.
fn part<Id: Copy + PartialEq + Send + Sync + 'static>(
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
        <FilterMenu
            name
            everything
            choices=shown
            on_toggle=toggle
            on_clear=move |()| change(&Vec::clear)
        />
    }
}

/// The filter called `name`.
#[component]
fn FilterMenu(
    /// What is filtered by.
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
    let open = RwSignal::new(false);
    let find = RwSignal::new(String::new());
    let holder = NodeRef::<Div>::new();
    let button = NodeRef::<Button>::new();

    let summary = {
        let everything = everything.clone();
        Memo::new(move |_| {
            let names = choices.with(|choices| {
                let chosen = choices.iter().filter(|c| c.chosen);
                chosen.map(|c| c.name.clone()).collect::<Vec<_>>()
            });
            if names.is_empty() {
                everything.clone()
            } else {
                names.join(", ")
            }
        })
    };
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

    let close = move || {
        open.set(false);
        find.set(String::new());
    };
    let inside = move |target: Option<web_sys::EventTarget>| {
        let node = target.and_then(|t| t.dyn_into::<web_sys::Node>().ok());
        holder
            .get_untracked()
            .is_some_and(|holder| holder.contains(node.as_ref()))
    };
    let elsewhere = window_event_listener(ev::pointerdown, move |event| {
        if open.get_untracked() && !inside(event.target()) {
            close();
        }
    });
    on_cleanup(move || elsewhere.remove());

    let focus_first = move || {
        request_animation_frame(move || {
            let Some(holder) = holder.try_get_untracked().flatten() else {
                return;
            };
            focus(holder.query_selector(".filter-menu input").ok().flatten());
        });
    };
    let key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Escape" if open.get_untracked() => {
            event.prevent_default();
            event.stop_propagation();
            close();
            if let Some(button) = button.get_untracked() {
                let _ = button.focus();
            }
        }
        "ArrowDown" | "ArrowUp" => {
            event.prevent_default();
            if open.get_untracked() {
                step(
                    holder.get_untracked().as_deref(),
                    event.key() == "ArrowDown",
                );
            } else {
                open.set(true);
                focus_first();
            }
        }
        _ => {}
    };
    let left = move |event: ev::FocusEvent| {
        // Tab went on; a click on nothing keeps the menu.
        if event.related_target().is_some() && !inside(event.related_target()) {
            close();
        }
    };

    let label = name.clone();
    let menu = move || {
        let find_label = tr!("filter-find", filter = label.as_str());
        view! {
            <div class="filter-menu" role="group" aria-label=label.clone()>
                {(count.get() > MANY)
                    .then(|| {
                        view! {
                            <div class="filter-menu-find">
                                <input
                                    type="search"
                                    class="input"
                                    aria-label=find_label.clone()
                                    placeholder=find_label
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
                <div class="filter-menu-foot">
                    <button
                        type="button"
                        class="link-button"
                        disabled=move || !any.get()
                        on:click=move |_| on_clear.run(())
                    >
                        {tr!("filter-clear")}
                    </button>
                </div>
            </div>
        }
    };

    view! {
        <div class="filter" node_ref=holder on:keydown=key on:focusout=left>
            <button
                node_ref=button
                type="button"
                class="input filter-button"
                class:is-chosen=move || any.get()
                aria-expanded=move || open.get().to_string()
                title=move || summary.get()
                on:click=move |_| {
                    if open.get_untracked() {
                        close();
                    } else {
                        open.set(true);
                        focus_first();
                    }
                }
            >
                <span class="visually-hidden">{name} ": "</span>
                <span class="filter-summary">{move || summary.get()}</span>
                <Icon glyph=Glyph::ChevronDown size=16/>
            </button>
            {move || open.get().then(&menu)}
        </div>
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

fn focus(element: Option<web_sys::Element>) {
    if let Some(element) = element.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Moves the focus to the next or the last input of the menu.
fn step(holder: Option<&web_sys::HtmlElement>, forward: bool) {
    let Some(inputs) = holder.and_then(|h| h.query_selector_all(".filter-menu input").ok()) else {
        return;
    };
    let active = document().active_element();
    let all: Vec<web_sys::Element> = (0..inputs.length())
        .filter_map(|n| inputs.item(n)?.dyn_into().ok())
        .collect();
    let place = all.iter().position(|e| Some(e) == active.as_ref());
    let next = match (place, forward) {
        (None, true) => Some(0),
        (None, false) => all.len().checked_sub(1),
        (Some(place), true) => Some((place + 1).min(all.len() - 1)),
        (Some(place), false) => Some(place.saturating_sub(1)),
    };
    focus(next.and_then(|n| all.into_iter().nth(n)));
}
