//! A row of a column: one person.

use super::column::name;
use super::desk::Desk;
use crate::components::{Avatar, Glyph, Icon, RouteIcon, similar_badge};
use crate::tr;
use convoke_domain::InvitationState;
use convoke_domain::person::full_name;
use convoke_domain::view::{SelectionRow, Side};
use leptos::prelude::*;
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

/// The row at an index, or its outline while it is on its way.
#[component]
pub fn Row(desk: Desk, side: Side, index: u32) -> impl IntoView {
    let person = Memo::new(move |_| desk.state.with(|s| s.column(side).row(index).cloned()));
    let picked = Memo::new(move |_| desk.state.with(|s| s.column(side).is_picked(index)));
    let focused = Memo::new(move |_| desk.state.with(|s| s.column(side).focus == index));
    let total = Memo::new(move |_| desk.state.with(|s| s.column(side).total));
    view! {
        <div
            class="windowed-row panel-row"
            class:is-picked=move || picked.get()
            class:is-focused=move || focused.get()
            role="option"
            id=row_id(side, index)
            data-index=index
            aria-selected=move || picked.get().to_string()
            aria-setsize=move || total.get()
            aria-posinset=index + 1
        >
            {move || match person.get() {
                Some(person) => known(side, person),
                None => outline(),
            }}
        </div>
    }
}

fn known(side: Side, person: SelectionRow) -> AnyView {
    let SelectionRow {
        user_id,
        first_name,
        last_name,
        detail,
        route,
        state,
        new,
        similar,
    } = person;
    let full = full_name(&first_name, &last_name);
    let state = state.and_then(|state| badge(side, state, new));
    view! {
        <span class="panel-grip" data-grip="" aria-hidden="true">
            <Icon glyph=Glyph::Grip size=20/>
        </span>
        <Avatar user_id first_name last_name/>
        <span class="person-text">
            <span class="person-line">
                <span class="person-name" title=full.clone()>{full.clone()}</span>
                {similar.then(similar_badge)}
                {new.then(|| view! { <span class="badge badge-sent">{tr!("panel-new")}</span> })}
                {state}
            </span>
            <span class="person-detail" title=detail.clone()>{detail.clone()}</span>
        </span>
        <RouteIcon route/>
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

fn outline() -> AnyView {
    view! {
        <span class="panel-grip"></span>
        <span class="skeleton skeleton-circle"></span>
        <span class="skeleton-lines">
            <span class="skeleton"></span>
            <span class="skeleton"></span>
        </span>
        <span class="visually-hidden">{tr!("loading")}</span>
    }
    .into_any()
}

/// An outline that is no row: what stands there before the length of the list is known.
pub fn skeleton() -> AnyView {
    view! {
        <div class="panel-row">
            <span class="panel-grip"></span>
            <span class="skeleton skeleton-circle"></span>
            <span class="skeleton-lines">
                <span class="skeleton"></span>
                <span class="skeleton"></span>
            </span>
        </div>
    }
    .into_any()
}
