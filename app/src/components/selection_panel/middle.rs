//! The buttons between the columns: every move without dragging.

use super::desk::Desk;
use crate::components::{Glyph, Icon};
use crate::language;
use crate::number::grouped;
use crate::state::selection::Message;
use crate::tr;
use convoke_domain::view::Side;
use leptos::prelude::*;

/// *Add all*, *Add*, *Remove*, *Remove all*.
#[component]
pub fn Middle(desk: Desk) -> impl IntoView {
    let picked =
        move |side| Memo::new(move |_| desk.state.with(|s| s.column(side).picked_count() > 0));
    let matching = Memo::new(move |_| desk.state.with(|s| s.counts.matching));
    let people = Memo::new(move |_| desk.state.with(|s| s.participants.total));
    let (left, right) = (picked(Side::Users), picked(Side::Participants));
    let add_all =
        Signal::derive(move || tr!("panel-add-all", shown = grouped(matching.get(), language())));
    view! {
        <div class="panel-middle" role="group" aria-label=tr!("panel-move")>
            <Arrow
                class="panel-arrow-users"
                glyph=Glyph::ChevronsRight
                name=add_all
                on=Signal::derive(move || matching.get() > 0)
                press=move |()| desk.send(Message::AddAll)
            />
            <Arrow
                class="panel-arrow-users panel-arrow-primary"
                glyph=Glyph::ChevronRight
                name=Signal::stored(tr!("panel-add"))
                on=left
                press=move |()| desk.send(Message::AddSelected)
            />
            <Arrow
                class="panel-arrow-participants panel-arrow-primary"
                glyph=Glyph::ChevronLeft
                name=Signal::stored(tr!("panel-remove"))
                on=right
                press=move |()| desk.send(Message::RemoveSelected)
            />
            <Arrow
                class="panel-arrow-participants"
                glyph=Glyph::ChevronsLeft
                name=Signal::stored(tr!("panel-remove-all"))
                on=Signal::derive(move || people.get() > 0)
                press=move |()| desk.send(Message::RemoveAll)
            />
        </div>
    }
}

/// One button. While there is nothing to move it says so, but keeps the focus it may have.
#[component]
fn Arrow(
    class: &'static str,
    glyph: Glyph,
    #[prop(into)] name: Signal<String>,
    #[prop(into)] on: Signal<bool>,
    #[prop(into)] press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=format!("button panel-arrow {class}")
            class:is-on=move || on.get()
            title=move || name.get()
            aria-label=move || name.get()
            aria-disabled=move || (!on.get()).then_some("true")
            on:click=move |_| {
                if on.get_untracked() {
                    press.run(());
                }
            }
        >
            <Icon glyph size=18/>
            <span class="panel-arrow-text" aria-hidden="true">{move || name.get()}</span>
        </button>
    }
}
