//! One participant, with the button that says whether they are there.

use super::store::Sheet;
use crate::components::{Avatar, Glyph, Icon};
use crate::state::marks::Mark;
use crate::tr;
use convoke_domain::person::full_name;
use convoke_domain::{Attendance, InvitationId};
use leptos::prelude::*;

/// A participant.
#[component]
pub fn ParticipantRow(sheet: Sheet, id: InvitationId) -> impl IntoView {
    let row = Memo::new(move |_| {
        sheet.view.with(|view| {
            view.rows
                .iter()
                .find(|row| row.invitation_id == id)
                .cloned()
        })
    });
    // The button stays while the row around it changes, and keeps the focus.
    let person = Memo::new(move |_| {
        row.with(|row| {
            row.as_ref()
                .map(|row| (row.user_id, row.first_name.clone(), row.last_name.clone()))
        })
    });
    let name = Memo::new(move |_| {
        person.with(|person| {
            person
                .as_ref()
                .map_or_else(String::new, |(_, first, last)| full_name(first, last))
        })
    });
    let present = Memo::new(move |_| {
        row.with(|row| {
            row.as_ref()
                .is_some_and(|row| sheet.shown(row) == Some(Attendance::Present))
        })
    });
    let own = Memo::new(move |_| sheet.own(id));
    let said = Memo::new(move |_| {
        match own.get() {
            Some(mark) if !mark.waits() => return Some(tr!("attendance-attention")),
            Some(_) if sheet.marks.is_stuck() => return Some(tr!("attendance-waiting")),
            _ => {}
        }
        row.with(|row| {
            let row = row.as_ref()?;
            match row.attendance? {
                Attendance::Absent => return Some(tr!("attendance-absent")),
                Attendance::Excused => return Some(tr!("attendance-excused")),
                Attendance::Present => {}
            }
            let at = row.present_at.as_ref()?;
            Some(if row.marked_by_trainer {
                tr!("participants-at-trainer", time = at.as_str())
            } else {
                tr!("participants-at-self", time = at.as_str())
            })
        })
    });
    let detail = Memo::new(move |_| {
        row.with(|row| row.as_ref().map(|row| row.detail.clone()))
            .unwrap_or_default()
    });
    let has_day = Memo::new(move |_| sheet.view.with(|view| view.half_day.is_some()));
    let can_mark = Memo::new(move |_| sheet.view.with(|view| view.can_mark));
    let busy = Memo::new(move |_| {
        own.with(|own| own.as_ref().is_some_and(Mark::waits)) && !sheet.marks.is_stuck()
    });
    view! {
        <li class="person trainee" class:is-present=move || present.get()>
            {move || {
                person
                    .get()
                    .map(|(user_id, first_name, last_name)| {
                        view! { <Avatar user_id first_name last_name/> }
                    })
            }}
            <span class="person-text trainee-text">
                <span class="person-name">{move || name.get()}</span>
                <span class="person-detail">
                    {move || said.get().unwrap_or_else(|| detail.get())}
                </span>
            </span>
            {move || {
                has_day
                    .get()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="presence-button"
                                aria-pressed=move || present.get().to_string()
                                aria-disabled=move || (!can_mark.get()).then_some("true")
                                aria-busy=move || busy.get().then_some("true")
                                on:click=move |_| sheet.mark(id)
                            >
                                <span class="presence-box" aria-hidden="true">
                                    <Icon glyph=Glyph::Check size=16/>
                                </span>
                                <span>{tr!("participants-there")}</span>
                                <span class="visually-hidden">{move || name.get()}</span>
                            </button>
                        }
                    })
            }}
        </li>
    }
}
