//! The selection panel: the state is a reducer ([`crate::state::selection`]); here it is drawn and listened to.

#![allow(
    clippy::large_types_passed_by_value,
    reason = "the desk is a handful of signals, copied into closures as signals are"
)]

mod column;
mod desk;
mod discard;
mod dragging;
mod filters;
mod foot;
mod middle;
mod row;
mod switch;
mod words;

pub use words::not_added;

use super::{Dialog, DialogKind, ErrorBox, PasteDialog};
use crate::remembered::NarrowedList;
use crate::state::selection::{Message, Phase};
use column::PanelColumn;
use convoke_domain::UserId;
use convoke_domain::selection::PeopleList;
use convoke_domain::view::{PasteOutcome, PasteTarget, Side, ValidateOutcome};
use desk::Desk;
use discard::DiscardDialog;
use filters::Filters;
use foot::Foot;
use leptos::ev;
use leptos::prelude::*;
use middle::Middle;
use switch::Switch;

/// The panel in which the people of a list are chosen. Nothing is saved until *Validate*.
#[component]
pub fn SelectionPanel(
    /// The list.
    list: PeopleList,
    /// The panel's title.
    #[prop(into)]
    title: Signal<String>,
    /// Who is on the list now, where a form holds it.
    #[prop(optional, into)]
    held: Signal<Vec<UserId>>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Told what Validate did, when the panel has closed.
    #[prop(into)]
    on_validated: Callback<ValidateOutcome>,
) -> impl IntoView {
    // The open panel's desk, for the cross of the dialog.
    let desk = StoredValue::new(None::<Desk>);
    let on_close = move |()| match desk.get_value() {
        Some(desk) => desk.send(Message::Close),
        None => open.set(false),
    };
    view! {
        <Dialog open title kind=DialogKind::Side on_close=on_close>
            {
                let opened = Desk::new(list, held.get_untracked(), open, on_validated);
                desk.set_value(Some(opened));
                view! { <Panel desk=opened/> }
            }
        </Dialog>
    }
}

#[component]
fn Panel(desk: Desk) -> impl IntoView {
    desk.open();
    dragging::listen(desk);
    let filter = Memo::new(move |_| desk.state.with(|state| state.filter.clone()));
    if words::remembers_filters(desk.list) {
        NarrowedList::Panel.remember(filter.into());
    }
    // The browser would close the dialog at the second Escape without asking: the key is taken before it.
    let escape = window_event_listener(ev::keydown, move |event| {
        // What is open over the panel closes first, by itself.
        let over = desk.pasting.get_untracked();
        if event.key() == "Escape" && !over && !event.default_prevented() {
            event.prevent_default();
            if !dragging::abort(desk) {
                desk.send(Message::Close);
            }
        }
    });
    on_cleanup(move || escape.remove());

    let error = Memo::new(move |_| desk.state.with(|s| s.error.clone()));
    let refusal = Memo::new(move |_| desk.state.with(|s| s.refusal.clone()));
    let retry = Callback::new(move |()| {
        if desk.state.with_untracked(|s| s.phase == Phase::Opening) {
            desk.open();
        } else {
            desk.send(Message::Retry);
        }
    });
    let saving = Memo::new(move |_| desk.state.with(|s| s.phase == Phase::Saving));

    view! {
        <div
            class="panel"
            class:is-dragging=move || desk.drag.with(crate::state::drag::Drag::is_dragging)
            class:shows-participants=move || desk.shown.get() == Side::Participants
            aria-busy=move || saving.get().to_string()
        >
            <Filters desk/>
            {move || error.get().map(|error| view! { <ErrorBox error on_retry=retry/> })}
            {move || refusal.get().map(|error| view! { <ErrorBox error/> })}
            <Switch desk/>
            <div class="panel-columns">
                <PanelColumn desk side=Side::Users/>
                <Middle desk/>
                <PanelColumn desk side=Side::Participants/>
            </div>
            <Foot desk/>
            <dragging::Ghost desk/>
            <DiscardDialog desk/>
            <PasteDialog
                target=move |()| {
                    let changes = desk.state.with_untracked(|state| state.changes.clone());
                    PasteTarget::Panel(desk.list, changes)
                }
                open=desk.pasting
                on_pasted=move |outcome: PasteOutcome| {
                    desk.shown.set(Side::Participants);
                    desk.send(Message::Pasted(outcome.people));
                }
                in_panel=true
            />
        </div>
    }
}
