//! A filter as a button that says what is chosen, and what can be chosen below it.

use crate::components::{Glyph, Icon};
use crate::tr;
use leptos::ev;
use leptos::html::{Button, Div};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The filter called `name`.
#[component]
pub fn Menu(
    /// What is filtered by.
    name: String,
    /// What the button says.
    #[prop(into)]
    summary: Signal<String>,
    /// Whether anything is chosen.
    #[prop(into)]
    any: Signal<bool>,
    /// Nothing is to be chosen any more.
    #[prop(into)]
    on_clear: Callback<()>,
    /// It was closed.
    #[prop(into)]
    on_close: Callback<()>,
    /// What can be chosen.
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let holder = NodeRef::<Div>::new();
    let button = NodeRef::<Button>::new();

    let close = move || {
        open.set(false);
        on_close.run(());
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
        "ArrowDown" | "ArrowUp" if !has_arrows_of_its_own(event.target()) => {
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
        view! {
            <div class="filter-menu" role="group" aria-label=label.clone()>
                {children()}
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

fn focus(element: Option<web_sys::Element>) {
    if let Some(element) = element.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Whether the arrows change what a control holds.
fn has_arrows_of_its_own(target: Option<web_sys::EventTarget>) -> bool {
    let element = target.and_then(|t| t.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|e| e.matches("select, input[type=date]").unwrap_or_default())
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
