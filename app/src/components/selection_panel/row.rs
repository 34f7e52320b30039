//! A row of a column: one person.

use super::column::name;
use super::desk::Desk;
use super::words;
use crate::components::{RouteIcon, similar_badge, tone};
use crate::state::selection::{Drawn, DrawnRow};
use crate::tr;
use convoke_domain::person::{Route, full_name, initials};
use convoke_domain::view::{SelectionRow, Side};
use convoke_domain::{Channel, InvitationState};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// The id of a row's element.
pub fn row_id(side: Side, index: u32) -> String {
    format!("panel-{}-{index}", name(side))
}

/// The row that an event came from, and whether it came from its handle.
pub fn row_at(target: Option<web_sys::EventTarget>) -> Option<(u32, bool)> {
    let element: web_sys::Element = target?.dyn_into().ok()?;
    let row = element.closest("[data-index]").ok()??;
    let index = row.get_attribute("data-index")?.parse().ok()?;
    let handle = element.closest("[data-grip]").ok().flatten().is_some();
    Some((index, handle))
}

/// The row at an index; its outline while it is on its way, and nothing to be seen beyond the end of the list.
///
/// Its elements stay whoever stands in it: while one types, and when everybody moves, only texts change.
#[component]
pub fn Row(
    desk: Desk,
    side: Side,
    index: u32,
    /// What is drawn of the column.
    drawn: Memo<Drawn>,
    /// Length of the list.
    total: Memo<u32>,
    /// The row that something points at.
    pointed: RwSignal<Option<u32>>,
) -> impl IntoView {
    let row = Memo::new(move |before: Option<&Option<DrawnRow>>| {
        drawn.with(|drawn| match before {
            // Of a list with nobody in it no row is shown: when everybody leaves, none has to be touched.
            Some(before) if drawn.total == 0 => before.clone(),
            _ => drawn.row(index),
        })
    });
    let pointed = Memo::new(move |_| pointed.get() == Some(index));
    let picked = move || row.with(|row| row.as_ref().is_some_and(|row| row.picked));
    let waits = move || row.with(|row| row.as_ref().is_some_and(|row| row.person.is_none()));
    let person = Memo::new(move |before: Option<&Option<Arc<SelectionRow>>>| {
        row.with(|row| match (row, before) {
            (Some(row), _) => row.person.clone(),
            // Nobody sees who stands there now.
            (None, before) => before.cloned().flatten(),
        })
    });
    let class = move || {
        let state = row.with(|row| match row {
            None => " is-beyond",
            Some(row) if row.person.is_none() => " is-waiting",
            Some(row) => match (row.picked, row.focused) {
                (true, true) => " is-picked is-focused",
                (true, false) => " is-picked",
                (false, true) => " is-focused",
                (false, false) => "",
            },
        });
        format!("windowed-row panel-row{state}")
    };
    view! {
        <div
            class=class
            role="option"
            id=row_id(side, index)
            data-index=index
            aria-selected=move || picked().to_string()
            aria-setsize=move || total.get()
            aria-posinset=index + 1
            aria-label=move || waits().then(|| tr!("loading"))
        >
            {person_of(desk, side, person, pointed)}
        </div>
    }
}

/// Who stands in a row. What may be too long for it is a tooltip while something points at the row.
fn person_of(
    desk: Desk,
    side: Side,
    person: Memo<Option<Arc<SelectionRow>>>,
    pointed: Memo<bool>,
) -> AnyView {
    let text = move |read: fn(&SelectionRow) -> String| {
        move || person.with(|person| person.as_deref().map(read).unwrap_or_default())
    };
    let tooltip = move |read: fn(&SelectionRow) -> String| {
        let whole = text(read);
        move || pointed.get().then(whole)
    };
    let name = |person: &SelectionRow| full_name(&person.first_name, &person.last_name);
    let detail = |person: &SelectionRow| person.detail.clone();
    let letters = |person: &SelectionRow| initials(&person.first_name, &person.last_name);
    let avatar = move || {
        let tone = person.with(|person| person.as_deref().map_or(1, |person| tone(person.user_id)));
        format!("avatar tone-{tone}")
    };
    let told_apart = side == Side::Participants && words::is_saved(desk.list);
    let new = Memo::new(move |_| {
        told_apart && person.with(|person| person.as_deref().is_some_and(|person| !person.saved))
    });
    let found = Memo::new(move |_| {
        person.with(|person| {
            person
                .as_deref()
                .map(|person| (person.similar, person.state))
        })
    });
    let badges = move || {
        found.get().map(|(similar, state)| {
            view! {
                {similar.then(similar_badge)}
                {state.and_then(|state| badge(side, state, new.get()))}
            }
        })
    };
    let route = Memo::new(move |_| {
        let route = person.with(|person| person.as_deref().map(|person| person.route));
        route.unwrap_or(Route::Preferred(Channel::Email))
    });
    view! {
        <span class="panel-grip" data-grip="" aria-hidden="true"></span>
        <span class=avatar aria-hidden="true">{text(letters)}</span>
        <span class="person-text">
            <span class="person-line">
                <span class="person-name" title=tooltip(name)>{text(name)}</span>
                // There for everybody: most people who are added are new.
                <span class="badge badge-sent" hidden=move || !new.get()>{tr!("panel-new")}</span>
                {badges}
            </span>
            <span class="person-detail" title=tooltip(detail)>{text(detail)}</span>
        </span>
        {move || view! { <RouteIcon route=route.get()/> }}
    }
    .into_any()
}

/// What was known of a person before the panel was opened.
fn badge(side: Side, state: InvitationState, new: bool) -> Option<AnyView> {
    let (class, word) = match state {
        InvitationState::Confirmed => ("badge badge-confirmed", tr!("panel-state-confirmed")),
        InvitationState::Sent => ("badge badge-sent", tr!("panel-state-sent")),
        InvitationState::Waiting => ("badge badge-neutral", tr!("panel-state-waiting")),
        InvitationState::Declined => ("badge badge-neutral", tr!("panel-state-declined")),
        InvitationState::Cancelled if side == Side::Users || new => {
            ("badge badge-neutral", tr!("panel-state-cancelled"))
        }
        InvitationState::ToSend | InvitationState::Cancelled => return None,
    };
    Some(view! { <span class=class>{word}</span> }.into_any())
}

/// An outline that is no row: what stands there before the length of the list is known.
pub fn outline() -> AnyView {
    view! { <div class="panel-row is-waiting"></div> }.into_any()
}
