//! The table: one cell for each person and half-day, marked by tap, click or key.

use super::store::{Grid, word};
use crate::components::{Glyph, Icon};
use crate::state::attendance::{Act, Cell, key};
use crate::state::marks;
use crate::tr;
use convoke_domain::fold::Query;
use convoke_domain::person::full_name;
use convoke_domain::view::{AttendanceCell, HalfDayHead};
use convoke_domain::{Attendance, Half, InvitationId};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

/// The table.
#[component]
pub fn AttendanceTable(grid: Grid) -> impl IntoView {
    let ids = Memo::new(move |_| {
        let query = grid.search.with(|text| Query::parse(text));
        grid.people.with(|people| {
            people
                .iter()
                .filter(|(_, text)| query.is_empty() || query.matches(text))
                .map(|(id, _)| *id)
                .collect::<Vec<_>>()
        })
    });
    let heads = grid.heads;
    let columns = Memo::new(move |_| grid.heads.with(Vec::len));
    let present = Memo::new(move |_| grid.present());
    let none_found = Memo::new(move |_| ids.with(Vec::is_empty));
    // One cell is in the order of Tab: the first, until another had the focus. A search may have taken that one away.
    Effect::new(move |_| {
        ids.track();
        heads.track();
        request_animation_frame(|| {
            if found(".attendance-grid [tabindex='0']").is_none()
                && let Some(first) = found(".attendance-grid tbody td")
            {
                let _ = first.set_attribute("tabindex", "0");
            }
        });
    });
    let place = move |element: &Element| -> Option<(InvitationId, usize)> {
        let cell = element.closest("td").ok().flatten()?;
        let column = cell.get_attribute("data-column")?.parse().ok()?;
        let row = cell.closest("tr").ok().flatten()?;
        let id = row.get_attribute("data-id")?.parse().ok()?;
        Some((id, column))
    };
    let on_click = move |event: ev::MouseEvent| {
        if let Some((id, column)) = target(&event).as_ref().and_then(place) {
            grid.tap(id, column);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let Some((id, column)) = target(&event).as_ref().and_then(place) else {
            return;
        };
        let (row, rows) = ids.with_untracked(|ids| {
            let row = ids.iter().position(|other| *other == id);
            (row.unwrap_or_default(), ids.len())
        });
        let size = (rows, heads.with_untracked(Vec::len));
        let ctrl = event.ctrl_key() || event.meta_key() || event.alt_key();
        let Some(act) = key(&event.key(), ctrl, Cell { row, column }, size) else {
            return;
        };
        event.prevent_default();
        match act {
            Act::Go(cell) => go(cell),
            Act::Tap => grid.tap(id, column),
            Act::Say(wanted) => grid.say(id, column, wanted),
        }
    };
    let on_focus = move |event: ev::FocusEvent| {
        let cell = target(&event).and_then(|element| element.closest("td").ok().flatten());
        if let Some(cell) = cell {
            if let Some(before) = found(".attendance-grid [tabindex='0']") {
                let _ = before.set_attribute("tabindex", "-1");
            }
            let _ = cell.set_attribute("tabindex", "0");
        }
    };
    view! {
        <div class="attendance-scroll">
            <table
                class="attendance-grid"
                role="grid"
                aria-label=tr!("attendance-grid")
                aria-describedby="attendance-help"
                on:click=on_click
                on:keydown=on_key
                on:focusin=on_focus
            >
                <thead>
                    <tr>
                        <th scope="col" class="attendance-corner">
                            {tr!("attendance-name")}
                        </th>
                        {move || {
                            heads
                                .get()
                                .into_iter()
                                .enumerate()
                                .map(|(column, head)| view! { <ColumnHead grid present column head/> })
                                .collect_view()
                        }}
                    </tr>
                </thead>
                <tbody>
                    <For each=move || ids.get() key=|id| *id let:id>
                        <Row grid columns id/>
                    </For>
                </tbody>
            </table>
        </div>
        {move || {
            none_found
                .get()
                .then(|| {
                    view! {
                        <p class="presence-none" role="status">
                            {tr!("invitations-find-nobody", text = grid.search.get())}
                        </p>
                    }
                })
        }}
    }
}

/// A half-day, how many were there, and the button for all others.
#[component]
fn ColumnHead(
    grid: Grid,
    present: Memo<Vec<usize>>,
    column: usize,
    head: HalfDayHead,
) -> impl IntoView {
    let present = Memo::new(move |_| {
        present.with(|present| present.get(column).copied().unwrap_or_default())
    });
    let half = match head.half_day.half {
        Half::Morning => "morning",
        Half::Afternoon => "afternoon",
    };
    let asked = head.clone();
    view! {
        <th scope="col" class:is-now=head.is_now>
            <span class="attendance-day">{head.day}</span>
            <span class="attendance-half">
                {tr!("attendance-half", half = half)}
                {head
                    .is_now
                    .then(|| view! { <span class="badge badge-sent">{tr!("attendance-now")}</span> })}
            </span>
            <span class="attendance-count tabular">
                {move || tr!("attendance-count", count = present.get())}
            </span>
            {head
                .begun
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="attendance-rest"
                            aria-label=tr!("attendance-rest-of", half_day = head.label.as_str())
                            on:click=move |_| grid.ask_rest(&asked)
                        >
                            {tr!("attendance-rest")}
                        </button>
                    }
                })}
        </th>
    }
}

#[component]
fn Row(grid: Grid, columns: Memo<usize>, id: InvitationId) -> impl IntoView {
    // Whoever is listed has a row; it goes when they do.
    let Some(row) = grid.row(id) else {
        return ().into_any();
    };
    let name = {
        let row = row.clone();
        Memo::new(move |_| row.with(|row| full_name(&row.first_name, &row.last_name)))
    };
    let own = Memo::new(move |_| grid.marks.of(grid.training, id));
    // A row is worked out as one: a memo for each cell would be ten times as many.
    let shown = Memo::new(move |_| {
        let own = own.get();
        // Who has nothing on its way need not know what is in the way.
        let stuck = !own.is_empty() && grid.marks.is_stuck();
        grid.heads.with(|heads| {
            row.with(|row| {
                (heads.iter().zip(&row.cells))
                    .map(|(head, cell)| {
                        let mark = own.iter().find(|(day, _)| *day == head.half_day);
                        Shown::of(cell.as_ref(), mark.map(|(_, mark)| mark), stuck)
                    })
                    .collect::<Vec<_>>()
            })
        })
    });
    let sheet = format!("/api/trainings/{}/attendance/{id}.pdf", grid.training);
    view! {
        <tr data-id=id.to_string()>
            <th scope="row">
                <span class="attendance-name">{move || name.get()}</span>
                <a
                    class="icon-button attendance-own"
                    href=sheet
                    target="_blank"
                    rel="external"
                    aria-label=move || tr!("attendance-person-sheet", name = name.get())
                    title=move || tr!("attendance-person-sheet", name = name.get())
                >
                    <Icon glyph=Glyph::File size=16/>
                </a>
            </th>
            {move || {
                (0..columns.get()).map(|column| view! { <Mark shown column/> }).collect_view()
            }}
        </tr>
    }
    .into_any()
}

/// What is said of a person on a half-day. The cell stays while that changes, and keeps the focus.
#[component]
fn Mark(shown: Memo<Vec<Shown>>, column: usize) -> impl IntoView {
    let look = move |look: fn(&Shown) -> &'static str| {
        shown.with(|shown| shown.get(column).map(look).unwrap_or_default())
    };
    view! {
        <td
            class=move || look(|shown| shown.class)
            tabindex="-1"
            data-column=column.to_string()
        >
            {move || {
                let shown = shown.with(|shown| shown.get(column).cloned()).unwrap_or_default();
                view! {
                    <span class="attendance-state">{shown.said}</span>
                    <span class=shown.more_class>{shown.more}</span>
                }
            }}
        </td>
    }
}

/// What a cell shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shown {
    class: &'static str,
    said: String,
    more_class: &'static str,
    more: String,
}

impl Shown {
    /// Of what the server says, of the mark that it does not have, and whether something is in the way of that.
    fn of(cell: Option<&AttendanceCell>, mark: Option<&marks::Mark>, stuck: bool) -> Self {
        let waits = mark.filter(|mark| mark.waits());
        let state = match waits {
            Some(mark) => mark.wanted,
            None => cell.map(|cell| cell.state),
        };
        let (more, more_class) = match (mark, waits) {
            (_, Some(_)) if stuck => (tr!("attendance-waiting"), "attendance-more is-waiting"),
            (Some(_), None) => (tr!("attendance-attention"), "attendance-more is-attention"),
            _ => (
                details(cell.filter(|cell| Some(cell.state) == state)),
                "attendance-more tabular",
            ),
        };
        Self {
            class: match state {
                Some(Attendance::Present) => "attendance-cell is-present",
                Some(Attendance::Absent) => "attendance-cell is-absent",
                Some(Attendance::Excused) => "attendance-cell is-excused",
                None => "attendance-cell",
            },
            said: state.map_or_else(|| "–".to_owned(), word),
            more_class,
            more,
        }
    }
}

/// Since when they are there, and whether they signed.
fn details(cell: Option<&AttendanceCell>) -> String {
    let Some(cell) = cell else {
        return String::new();
    };
    let signed = cell.signed && cell.state == Attendance::Present;
    let signed = signed.then(|| tr!("attendance-signed"));
    [cell.at.clone(), signed]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Puts the focus on a cell.
fn go(cell: Cell) {
    let selector = format!(
        ".attendance-grid tbody tr:nth-child({}) td[data-column='{}']",
        cell.row + 1,
        cell.column
    );
    if let Some(cell) = found(&selector).and_then(|cell| cell.dyn_into::<HtmlElement>().ok()) {
        let _ = cell.focus();
    }
}

fn found(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

fn target(event: &ev::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
