//! The field to sign in: by finger, pen or mouse. What is drawn goes with the form as strokes; whoever cannot draw types their name, as without scripts.

use crate::dom;
use convoke_domain::attendance::{PAPER, Signature};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use web_sys::{
    CanvasRenderingContext2d, Document, EventTarget, HtmlCanvasElement, HtmlElement,
    HtmlInputElement, PointerEvent, Window,
};

/// The width of a line, in units of the paper.
const PEN: f64 = 4.0;

/// The field, and what was drawn in it.
struct Field {
    canvas: HtmlCanvasElement,
    paper: CanvasRenderingContext2d,
    drawn: RefCell<Signature>,
    /// The pointer that draws.
    pointer: Cell<Option<i32>>,
    value: HtmlInputElement,
    typed: HtmlInputElement,
}

/// Takes care of the field, if the page has one. Before [`crate::once`], which leaves alone what this one stops.
pub fn start(window: &Window, document: &Document) {
    let Some(root) = document.get_element_by_id("sign") else {
        return;
    };
    let first = |selector: &str| root.query_selector(selector).ok().flatten();
    let Some(canvas) = first("canvas").and_then(|c| c.dyn_into::<HtmlCanvasElement>().ok()) else {
        return;
    };
    let input = |selector| first(selector).and_then(|i| i.dyn_into::<HtmlInputElement>().ok());
    let (Some(value), Some(typed)) = (input("[name=signature]"), input("[name=signed_name]"))
    else {
        return;
    };
    // Two dots of the screen for each unit: sharp on any tablet.
    canvas.set_width(u32::from(PAPER.0) * 2);
    canvas.set_height(u32::from(PAPER.1) * 2);
    let Some(paper) = canvas
        .get_context("2d")
        .ok()
        .flatten()
        .and_then(|paper| paper.dyn_into::<CanvasRenderingContext2d>().ok())
    else {
        return;
    };
    let colour = window
        .get_computed_style(&canvas)
        .ok()
        .flatten()
        .and_then(|style| style.get_property_value("color").ok());
    paper.set_stroke_style_str(colour.as_deref().unwrap_or("black"));
    paper.set_line_width(PEN);
    paper.set_line_cap("round");
    paper.set_line_join("round");
    let _ = paper.scale(2.0, 2.0);
    let field = Rc::new(Field {
        canvas,
        paper,
        drawn: RefCell::default(),
        pointer: Cell::new(None),
        value,
        typed,
    });
    field.listen();
    if let Some(clear) = first(".sign-clear") {
        let field = Rc::clone(&field);
        dom::on(&clear, "click", move |_| field.clear());
    }
    // Without scripts it stands open.
    if let Some(details) = first("details")
        && field.typed.get_attribute("aria-invalid").is_none()
    {
        let _ = details.remove_attribute("open");
    }
    let missing = root.get_attribute("data-missing").unwrap_or_default();
    let error = document
        .get_element_by_id("sign-error")
        .and_then(|error| error.dyn_into::<HtmlElement>().ok());
    // Whoever signs after all has read it.
    if let Some(error) = &error {
        for (target, event) in [
            (&*field.canvas as &EventTarget, "pointerdown"),
            (&*field.typed, "input"),
        ] {
            let error = error.clone();
            dom::on(target, event, move |_| error.set_hidden(true));
        }
    }
    if let Some(form) = field.value.form() {
        dom::on(&form, "submit", move |event| {
            let is_signed = field.drawn.borrow().is_drawn();
            if !is_signed && field.typed.value().trim().is_empty() {
                event.prevent_default();
                if let Some(error) = &error {
                    error.set_text_content(Some(&missing));
                    error.set_hidden(false);
                }
            }
        });
    }
}

impl Field {
    fn listen(self: &Rc<Self>) {
        let field = Rc::clone(self);
        dom::on(&self.canvas, "pointerdown", move |event| {
            if let Some(event) = event.dyn_ref::<PointerEvent>()
                && field.pointer.get().is_none()
                && event.button() == 0
            {
                event.prevent_default();
                let _ = field.canvas.set_pointer_capture(event.pointer_id());
                field.pointer.set(Some(event.pointer_id()));
                let (x, y) = field.place(event);
                field.drawn.borrow_mut().begin(x, y);
                field.line((x, y), (x, y));
            }
        });
        let field = Rc::clone(self);
        dom::on(&self.canvas, "pointermove", move |event| {
            if let Some(event) = event.dyn_ref::<PointerEvent>()
                && field.pointer.get() == Some(event.pointer_id())
            {
                field.go_on(event);
            }
        });
        for end in ["pointerup", "pointercancel", "lostpointercapture"] {
            let field = Rc::clone(self);
            dom::on(&self.canvas, end, move |event| {
                if let Some(event) = event.dyn_ref::<PointerEvent>()
                    && field.pointer.get() == Some(event.pointer_id())
                {
                    field.pointer.set(None);
                    field.value.set_value(&field.drawn.borrow().to_string());
                }
            });
        }
    }

    /// Where the pointer is, in units of the paper.
    fn place(&self, event: &PointerEvent) -> (f64, f64) {
        let field = self.canvas.get_bounding_client_rect();
        let across = (f64::from(event.client_x()) - field.left()) / field.width().max(1.0);
        let down = (f64::from(event.client_y()) - field.top()) / field.height().max(1.0);
        (across * f64::from(PAPER.0), down * f64::from(PAPER.1))
    }

    fn go_on(&self, event: &PointerEvent) {
        let (x, y) = self.place(event);
        let before = self.last();
        if self.drawn.borrow_mut().draw(x, y)
            && let Some(before) = before
            && let Some(after) = self.last()
        {
            self.line(before, after);
        }
    }

    fn last(&self) -> Option<(f64, f64)> {
        let drawn = self.drawn.borrow();
        let (x, y) = *drawn.strokes().last()?.last()?;
        Some((f64::from(x), f64::from(y)))
    }

    fn line(&self, from: (f64, f64), to: (f64, f64)) {
        self.paper.begin_path();
        self.paper.move_to(from.0, from.1);
        self.paper.line_to(to.0, to.1);
        self.paper.stroke();
    }

    fn clear(&self) {
        self.drawn.borrow_mut().clear();
        self.value.set_value("");
        self.paper
            .clear_rect(0.0, 0.0, f64::from(PAPER.0), f64::from(PAPER.1));
    }
}
