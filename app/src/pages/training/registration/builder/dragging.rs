//! Ordering fields by dragging: pointer events of the browser into [`crate::state::reorder`], and what comes out onto the screen.

use super::Bench;
use crate::components::Icon;
use crate::components::windowed_list::set_style;
use crate::state::drag::{At, Pointer, edge_scroll};
use crate::state::form_builder::Message;
use crate::state::reorder::{Input, Output, Reorder, gap_at};
use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// A pointer was pressed on the head of a row: a mouse drags it from anywhere there, a finger by the handle.
pub fn down(bench: Bench, index: usize, event: &ev::PointerEvent) {
    let pointer = Pointer::named(&event.pointer_type());
    let target = event
        .target()
        .and_then(|t| t.dyn_into::<web_sys::Element>().ok());
    let is_in = |selector: &str| {
        target
            .as_ref()
            .is_some_and(|t| t.closest(selector).ok().flatten().is_some())
    };
    let allowed = match pointer {
        Pointer::Mouse => !is_in(".field-row-buttons"),
        Pointer::Touch => is_in(".field-grip"),
    };
    if event.button() != 0 || !allowed {
        return;
    }
    step(
        bench,
        Input::Down {
            id: event.pointer_id(),
            pointer,
            index,
            at: at(event),
        },
    );
}

/// Listens to the pointer, wherever it is, while the builder is open; in the browser only.
pub fn listen(bench: Bench) {
    Effect::new(move |_| {
        let moved = window_event_listener(ev::pointermove, move |event| {
            if bench.drag.with_untracked(|drag| *drag != Reorder::Idle) {
                let at = at(&event);
                let (id, gap) = (event.pointer_id(), gap_at(at.y, middles(bench)));
                step(bench, Input::Move { id, at, gap });
            }
        });
        let up = window_event_listener(ev::pointerup, move |event| {
            let id = event.pointer_id();
            step(bench, Input::Up { id });
        });
        let cancelled =
            window_event_listener(ev::pointercancel, move |_| step(bench, Input::Abort));
        let blurred = window_event_listener(ev::blur, move |_| step(bench, Input::Abort));
        let escaped = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" && bench.drag.with_untracked(|d| d.dragged().is_some()) {
                event.prevent_default();
                step(bench, Input::Abort);
            }
        });
        on_cleanup(move || {
            moved.remove();
            up.remove();
            cancelled.remove();
            blurred.remove();
            escaped.remove();
        });
    });
}

/// The middles of the rows, from the top of the window.
fn middles(bench: Bench) -> Vec<f64> {
    let mut middles = Vec::new();
    let mut next = bench
        .list
        .get_untracked()
        .and_then(|list| list.first_element_child());
    while let Some(row) = next {
        next = row.next_element_sibling();
        let area = row.get_bounding_client_rect();
        middles.push(f64::midpoint(area.top(), area.bottom()));
    }
    middles
}

fn at(event: &ev::PointerEvent) -> At {
    At {
        x: f64::from(event.client_x()),
        y: f64::from(event.client_y()),
    }
}

fn step(bench: Bench, input: Input) {
    let before = bench.drag.get_untracked();
    let mut drag = before;
    let output = drag.step(input);
    if drag != before {
        bench.drag.set(drag);
    }
    match output {
        Output::Nothing | Output::End => {}
        Output::Begin => scroll_at_edges(bench),
        Output::Drop(index, gap) => {
            let id = bench
                .state
                .with_untracked(|state| state.form.fields.get(index).map(|field| field.id));
            if let Some(id) = id {
                bench.send(Message::MoveTo(id, gap));
            }
        }
    }
    if matches!(output, Output::Drop(..) | Output::End) {
        swallow_click();
    }
}

/// The release that ends a drag is no click on what lies under it.
fn swallow_click() {
    let listener = Closure::<dyn Fn(web_sys::Event)>::new(|event: web_sys::Event| {
        event.prevent_default();
        event.stop_propagation();
    });
    let window = window();
    let _ = window.add_event_listener_with_callback_and_bool(
        "click",
        listener.as_ref().unchecked_ref(),
        true,
    );
    // The click, if there is one, comes before the next frame.
    request_animation_frame(move || {
        let _ = window.remove_event_listener_with_callback_and_bool(
            "click",
            listener.as_ref().unchecked_ref(),
            true,
        );
    });
}

/// Scrolls the page while the pointer is near its upper or lower edge, frame by frame until the drag ends.
fn scroll_at_edges(bench: Bench) {
    request_animation_frame(move || {
        let Some(Reorder::Dragging { at, .. }) = bench.drag.try_get_untracked() else {
            return;
        };
        let height = window().inner_height().ok().and_then(|h| h.as_f64());
        if let Some(height) = height {
            let by = edge_scroll(at.y, 0.0, height);
            if by.abs() >= 1.0 {
                window().scroll_by_with_x_and_y(0.0, by);
            }
        }
        scroll_at_edges(bench);
    });
}

/// What follows the pointer: the field that was taken hold of.
#[component]
pub fn Ghost(bench: Bench) -> impl IntoView {
    let element = NodeRef::<Div>::new();
    let held = Memo::new(move |_| bench.drag.with(Reorder::dragged));
    Effect::new(move |_| {
        if let (Some(element), Reorder::Dragging { at, .. }) = (element.get(), bench.drag.get()) {
            let place = format!("translate({}px, {}px)", at.x, at.y);
            set_style(&element, "transform", &place);
        }
    });
    move || {
        let index = held.get()?;
        let field = bench
            .state
            .with_untracked(|state| state.form.fields.get(index).cloned())?;
        Some(view! {
            <div class="panel-ghost-place" node_ref=element aria-hidden="true">
                <div class="panel-ghost">
                    <Icon glyph=super::glyph(field.kind)/>
                    <span class="panel-ghost-name">{super::field_name(&field)}</span>
                </div>
            </div>
        })
    }
}
