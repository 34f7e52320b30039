//! On a phone one column is shown at a time; this switches.

use super::column::name;
use super::desk::Desk;
use super::words;
use crate::language;
use crate::number::grouped;
use crate::tr;
use convoke_domain::view::Side;
use leptos::prelude::*;

/// *Users* and *Participants*, each with its number; also places to drop on.
#[component]
pub fn Switch(desk: Desk) -> impl IntoView {
    let counts = Memo::new(move |_| desk.state.with(|s| s.counts));
    let button = move |side: Side, label: String| {
        let number = move || {
            let counts = counts.get();
            let number = match side {
                Side::Users => counts.matching + counts.similar,
                Side::Participants => counts.participants,
            };
            grouped(number, language())
        };
        let pressed = Memo::new(move |_| desk.shown.get() == side);
        let target =
            Memo::new(move |_| desk.drag.with(crate::state::drag::Drag::target) == Some(side));
        view! {
            <button
                type="button"
                class="panel-switch-button"
                class:is-target=move || target.get()
                aria-pressed=move || pressed.get().to_string()
                data-drop=name(side)
                on:click=move |_| desk.shown.set(side)
            >
                {label} <span class="panel-switch-number">{number}</span>
            </button>
        }
    };
    view! {
        <div class="panel-switch" role="group" aria-label=tr!("panel-switch")>
            {button(Side::Users, tr!("panel-users"))}
            {button(Side::Participants, words::column(desk.list))}
        </div>
    }
}
