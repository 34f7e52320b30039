//! Dragging: pointer events of the browser into [`crate::state::drag`], and what comes out onto the screen.

use super::desk::Desk;
use super::row::row_at;
use crate::components::Avatar;
use crate::components::windowed_list::set_style;
use crate::language;
use crate::number::grouped;
use crate::state::drag::{At, Drag, HOLD_MS, Input, Output, Pointer, edge_scroll};
use crate::state::selection::Message;
use convoke_domain::person::full_name;
use convoke_domain::view::Side;
use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// A pointer was pressed on the list of a column.
pub fn down(desk: Desk, side: Side, event: &ev::PointerEvent) {
    let pointer = Pointer::named(&event.pointer_type());
    desk.pointer.set_value(pointer);
    if event.button() != 0 {
        return;
    }
    let Some((index, handle)) = row_at(event.target()) else {
        return;
    };
    let known = desk
        .state
        .with_untracked(|s| s.is_choosing() && s.column(side).row(index).is_some());
    if !known {
        return;
    }
    step(
        desk,
        Input::Down {
            id: event.pointer_id(),
            pointer,
            side,
            index,
            at: at(event),
            handle,
        },
    );
}

/// Ends what is being dragged without a move; `false` when nothing is.
pub fn abort(desk: Desk) -> bool {
    let dragging = desk.drag.with_untracked(Drag::is_dragging);
    step(desk, Input::Abort);
    dragging
}

/// Listens to the pointer, wherever it is, while the panel is open.
pub fn listen(desk: Desk) {
    let moved = window_event_listener(ev::pointermove, move |event| {
        if desk.drag.with_untracked(|drag| *drag != Drag::Idle) {
            let (id, at) = (event.pointer_id(), at(&event));
            let over = under(at);
            step(desk, Input::Move { id, at, over });
        }
    });
    let up = window_event_listener(ev::pointerup, move |event| {
        let (id, over) = (event.pointer_id(), under(at(&event)));
        step(desk, Input::Up { id, over });
    });
    let cancelled = window_event_listener(ev::pointercancel, move |_| step(desk, Input::Abort));
    let lost = window_event_listener(ev::lostpointercapture, move |event| {
        // A finger's own capture goes over to the list when a drag begins; only the list's loss is an end.
        let of_list = event
            .target()
            .and_then(|t| t.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|e| e.get_attribute("role").as_deref() == Some("listbox"));
        if of_list {
            step(desk, Input::Abort);
        }
    });
    let blurred = window_event_listener(ev::blur, move |_| step(desk, Input::Abort));
    on_cleanup(move || {
        moved.remove();
        up.remove();
        cancelled.remove();
        lost.remove();
        blurred.remove();
    });
    hold_the_scroll(desk);
}

/// A finger that drags must not scroll the list too. Whether it scrolls is decided at its first movement, which only
/// a listener that is not passive can stop.
fn hold_the_scroll(desk: Desk) {
    for side in [Side::Users, Side::Participants] {
        Effect::new(move |_| {
            let Some(list) = desk.list(side).get() else {
                return;
            };
            let hold = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
                if desk.drag.try_with_untracked(Drag::is_dragging) == Some(true)
                    && event.cancelable()
                {
                    event.prevent_default();
                }
            });
            let options = web_sys::AddEventListenerOptions::new();
            options.set_passive(false);
            let _ = list.add_event_listener_with_callback_and_add_event_listener_options(
                "touchmove",
                hold.as_ref().unchecked_ref(),
                &options,
            );
            // The listener goes with the list; the closure has to live as long.
            let kept = StoredValue::new_local(hold);
            on_cleanup(move || {
                kept.try_with_value(|hold| {
                    list.remove_event_listener_with_callback(
                        "touchmove",
                        hold.as_ref().unchecked_ref(),
                    )
                });
            });
        });
    }
}

fn at(event: &ev::PointerEvent) -> At {
    At {
        x: f64::from(event.client_x()),
        y: f64::from(event.client_y()),
    }
}

/// The column at a place, by hit-testing: a finger's events all go to the element where it was pressed.
fn under(at: At) -> Option<Side> {
    #[allow(clippy::cast_possible_truncation, reason = "a place in the window")]
    let element = document().element_from_point(at.x as f32, at.y as f32)?;
    let column = element.closest("[data-drop]").ok()??;
    match column.get_attribute("data-drop")?.as_str() {
        "users" => Some(Side::Users),
        "participants" => Some(Side::Participants),
        _ => None,
    }
}

fn step(desk: Desk, input: Input) {
    let before = desk.drag.get_untracked();
    let mut drag = before;
    let output = drag.step(input);
    if drag != before {
        desk.drag.set(drag);
    }
    match output {
        Output::Nothing | Output::Follow | Output::End => {}
        Output::Wait => {
            if let Input::Down { id, .. } = input {
                set_timeout(
                    move || {
                        // Another press of the same pointer has its own wait.
                        if desk.drag.try_get_untracked() == Some(drag) {
                            step(desk, Input::Held { id });
                        }
                    },
                    Duration::from_millis(HOLD_MS),
                );
            }
        }
        Output::Begin(side, index) => {
            desk.send(Message::DragStart(side, index));
            if let (Drag::Dragging { id, .. }, Some(list)) = (drag, desk.list(side).get_untracked())
            {
                // From here on the events come whatever the pointer passes and whether or not its row stays in the document.
                let _ = list.set_pointer_capture(id);
            }
            scroll_at_edges(desk);
        }
        Output::Drop(from, onto) => desk.send(Message::Drop(from, onto)),
    }
}

/// Scrolls the column under the pointer while it is near an edge, frame by frame until the drag ends.
fn scroll_at_edges(desk: Desk) {
    request_animation_frame(move || {
        let Some(Drag::Dragging { at, over, .. }) = desk.drag.try_get_untracked() else {
            return;
        };
        if let Some(list) = over.and_then(|side| desk.list(side).try_get_untracked().flatten()) {
            let area = list.get_bounding_client_rect();
            let by = edge_scroll(at.y, area.top(), area.bottom());
            if by.abs() >= 1.0 {
                list.scroll_by_with_x_and_y(0.0, by);
            }
        }
        scroll_at_edges(desk);
    });
}

/// What follows the pointer: the card of the person that was taken hold of, and how many go along.
#[component]
pub fn Ghost(desk: Desk) -> impl IntoView {
    let element = NodeRef::<Div>::new();
    let held = Memo::new(move |_| match desk.drag.get() {
        Drag::Dragging { from, index, .. } => Some((from, index)),
        _ => None,
    });
    Effect::new(move |_| {
        if let (Some(element), Drag::Dragging { at, .. }) = (element.get(), desk.drag.get()) {
            let place = format!("translate({}px, {}px)", at.x, at.y);
            set_style(&element, "transform", &place);
        }
    });
    move || {
        let (from, index) = held.get()?;
        let (person, count) = desk.state.with_untracked(|s| {
            let column = s.column(from);
            (column.row(index).cloned(), column.picked_count())
        });
        let person = person?;
        let name = full_name(&person.first_name, &person.last_name);
        Some(view! {
            <div class="panel-ghost-place" node_ref=element aria-hidden="true">
                <div class="panel-ghost">
                    <Avatar
                        user_id=person.user_id
                        first_name=person.first_name.clone()
                        last_name=person.last_name.clone()
                    />
                    <span class="panel-ghost-name">{name}</span>
                    {(count > 1)
                        .then(|| {
                            view! { <span class="panel-ghost-count">{grouped(count, language())}</span> }
                        })}
                </div>
            </div>
        })
    }
}
