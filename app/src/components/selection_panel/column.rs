//! A column: its head, and its list, which is a listbox.

use super::desk::Desk;
use super::dragging;
use super::row::{Row, row_at, row_id};
use super::words;
use crate::components::windowed_list::WindowedList;
use crate::language;
use crate::number::grouped;
use crate::state::drag::Pointer;
use crate::state::list_window::Rows;
use crate::state::selection::{Column, Key, Message};
use crate::tr;
use convoke_domain::selection::Filter;
use convoke_domain::view::Side;
use leptos::ev;
use leptos::prelude::*;

/// The word in the document for a column: part of ids, and the mark of a place to drop.
pub const fn name(side: Side) -> &'static str {
    match side {
        Side::Users => "users",
        Side::Participants => "participants",
    }
}

/// Something of a column that is drawn.
fn of<T: PartialEq + Send + Sync + 'static>(
    desk: Desk,
    side: Side,
    read: impl Fn(&Column) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |_| desk.state.with(|state| read(state.column(side))))
}

/// *Users* or *Participants*.
#[component]
pub fn PanelColumn(desk: Desk, side: Side) -> impl IntoView {
    let label = match side {
        Side::Users => tr!("panel-users"),
        Side::Participants => words::column(desk.list),
    };
    let drawn = of(desk, side, Column::drawn);
    let pointed = RwSignal::new(None::<u32>);
    let total = of(desk, side, |column| column.total);
    let loaded = of(desk, side, Column::loaded);
    let stale = of(desk, side, |column| !column.current());
    let active = of(desk, side, move |column| {
        let here = column.window.contains(column.focus) && column.total > 0;
        here.then(|| row_id(side, column.focus))
    });
    let target = Memo::new(move |_| desk.drag.with(crate::state::drag::Drag::target) == Some(side));
    let on_rows = Callback::new(move |rows: Rows| desk.send(Message::Drawn(side, rows)));
    let on_page_rows = Callback::new(move |rows| desk.send(Message::PageRows(side, rows)));

    view! {
        <section
            class=format!("panel-column panel-{}", name(side))
            class:is-target=move || target.get()
            data-drop=name(side)
        >
            <header class="panel-column-head">
                <h3 class="panel-column-title">{label.clone()}</h3>
                {head(desk, side)}
            </header>
            <div
                class="panel-list"
                aria-busy=move || stale.get().to_string()
            >
                <WindowedList
                    total
                    on_rows=on_rows
                    on_page_rows=on_page_rows
                    reveal=desk.reveal(side)
                    node_ref=desk.list(side)
                    spare_rows=true
                    row=move |index| view! { <Row desk side index drawn total pointed/> }.into_any()
                    attr:role="listbox"
                    attr:tabindex="0"
                    attr:aria-label=label
                    attr:aria-multiselectable="true"
                    attr:aria-activedescendant=move || active.get()
                    on:click=move |event: ev::MouseEvent| clicked(desk, side, &event)
                    on:dblclick=move |event: ev::MouseEvent| {
                        if let Some((index, _)) = row_at(event.target()) {
                            desk.send(Message::DoubleClick(side, index));
                        }
                    }
                    on:pointerover=move |event: ev::PointerEvent| {
                        let at = row_at(event.target()).map(|(index, _)| index);
                        if pointed.get_untracked() != at {
                            pointed.set(at);
                        }
                    }
                    on:keydown=move |event: ev::KeyboardEvent| pressed(desk, side, &event)
                    on:pointerdown=move |event: ev::PointerEvent| {
                        dragging::down(desk, side, &event);
                    }
                    on:contextmenu=move |event: ev::MouseEvent| {
                        // A long press is the beginning of a drag.
                        if desk.pointer.get_value() == Pointer::Touch {
                            event.prevent_default();
                        }
                    }
                />
                {move || (loaded.get() && total.get() == 0).then(|| empty(desk, side))}
                {move || (!loaded.get()).then(waiting)}
            </div>
            {(side == Side::Participants).then(|| out_of_scope(desk))}
        </section>
    }
}

fn clicked(desk: Desk, side: Side, event: &ev::MouseEvent) {
    let Some((index, _)) = row_at(event.target()) else {
        return;
    };
    let touch = desk.pointer.get_value() == Pointer::Touch;
    desk.send(Message::Click {
        side,
        index,
        shift: event.shift_key(),
        // A finger has no Ctrl: each tap adds or takes away.
        ctrl: event.ctrl_key() || event.meta_key() || touch,
    });
}

fn pressed(desk: Desk, side: Side, event: &ev::KeyboardEvent) {
    let ctrl = event.ctrl_key() || event.meta_key();
    let other = match event.key().as_str() {
        "ArrowLeft" if side == Side::Participants => Some(Side::Users),
        "ArrowRight" if side == Side::Users => Some(Side::Participants),
        _ => None,
    };
    if let Some(other) = other {
        event.prevent_default();
        desk.shown.set(other);
        if let Some(list) = desk.list(other).get_untracked() {
            let _ = list.focus();
        }
        return;
    }
    let Some(key) = Key::named(&event.key()) else {
        return;
    };
    if event.alt_key() || (key == Key::A && !ctrl) {
        return;
    }
    event.prevent_default();
    desk.send(Message::KeyDown {
        side,
        key,
        shift: event.shift_key(),
        ctrl,
    });
}

fn head(desk: Desk, side: Side) -> AnyView {
    let number = |n: u32| grouped(n, language());
    let counts = Memo::new(move |_| desk.state.with(|s| s.counts));
    match side {
        Side::Users => {
            let filtered = Memo::new(move |_| desk.state.with(|s| !s.shown_filter.is_empty()));
            let shown = move || {
                let counts = counts.get();
                if counts.similar > 0 {
                    tr!(
                        "panel-matching-similar",
                        shown = number(counts.matching),
                        similar = number(counts.similar)
                    )
                } else if filtered.get() {
                    tr!(
                        "panel-matching",
                        shown = number(counts.matching),
                        all = number(counts.directory)
                    )
                } else {
                    number(counts.matching)
                }
            };
            view! {
                <span class="panel-column-count">{shown}</span>
                // The same button stands between the columns, where readers of the screen find it with the others.
                <button
                    type="button"
                    class="link-button panel-column-link"
                    tabindex="-1"
                    aria-hidden="true"
                    disabled=move || counts.get().matching == 0
                    on:click=move |_| desk.send(Message::AddAll)
                >
                    {move || tr!("panel-add-all", shown = number(counts.get().matching))}
                </button>
            }
            .into_any()
        }
        Side::Participants => view! {
            <span class="panel-column-count">{move || number(counts.get().participants)}</span>
            <span class="panel-column-note">
                {move || {
                    let informed = counts.get().informed;
                    (informed > 0).then(|| tr!("panel-informed", shown = number(informed)))
                }}
            </span>
        }
        .into_any(),
    }
}

fn empty(desk: Desk, side: Side) -> AnyView {
    let (filtered, counts) = desk.state.with(|s| (!s.shown_filter.is_empty(), s.counts));
    let (sentence, clear) = match side {
        Side::Participants => (tr!("panel-empty-participants"), false),
        Side::Users if filtered && counts.directory > 0 => (tr!("panel-empty-matching"), true),
        Side::Users if counts.participants > 0 => (words::everyone_chosen(desk.list), filtered),
        Side::Users => (tr!("panel-empty-directory"), filtered),
    };
    view! {
        <div class="panel-empty">
            <p>{sentence}</p>
            {clear
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="button button-small"
                            on:click=move |_| {
                                desk.text.set(String::new());
                                desk.send(Message::FilterChanged(Filter::default()));
                            }
                        >
                            {tr!("panel-clear-filters")}
                        </button>
                    }
                })}
        </div>
    }
    .into_any()
}

fn waiting() -> AnyView {
    view! {
        <div class="panel-waiting" aria-hidden="true">
            {(0..9).map(|_| super::row::outline()).collect_view()}
        </div>
    }
    .into_any()
}

fn out_of_scope(desk: Desk) -> AnyView {
    let count = Memo::new(move |_| desk.state.with(|s| s.counts.out_of_scope));
    view! {
        {move || {
            let count = count.get();
            (count > 0)
                .then(|| {
                    let shown = grouped(count, language());
                    view! { <p class="panel-beyond">{tr!("panel-out-of-scope", count = count, shown = shown)}</p> }
                })
        }}
    }
    .into_any()
}
