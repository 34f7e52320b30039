//! A training space that nobody touches for a while goes back to the list by itself: the next person must not find it open. On a locked device so do the
//! other pages.

use crate::dom;
use js_sys::Date;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, HtmlElement, HtmlFormElement, Window};

/// So long before it happens it is said, and any touch stops it (WCAG 2.2, 2.2.1 asks for twenty seconds).
const WARNING_SECONDS: f64 = 20.0;
/// So long before, the seconds are counted.
const COUNTED_SECONDS: f64 = 10.0;

/// Everything that shows that somebody is there.
const TOUCHES: &[&str] = &[
    "pointerdown",
    "pointermove",
    "keydown",
    "wheel",
    "scroll",
    "input",
];

/// What is to be seen so long before the end.
#[derive(Debug, PartialEq)]
enum Shown {
    Nothing,
    Soon,
    Seconds(u32),
    Leave,
}

fn shown(left: f64) -> Shown {
    if left <= 0.0 {
        Shown::Leave
    } else if left <= COUNTED_SECONDS {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 10"
        )]
        Shown::Seconds(left.ceil() as u32)
    } else if left <= WARNING_SECONDS {
        Shown::Soon
    } else {
        Shown::Nothing
    }
}

/// Takes care of the page, if it has a list to go back to.
pub fn start(window: &Window, document: &Document) {
    let found = document.query_selector("[data-idle]").ok().flatten();
    let Some(seconds) = found
        .and_then(|main| main.get_attribute("data-idle"))
        .and_then(|seconds| seconds.parse::<u32>().ok())
    else {
        return;
    };
    let element = |id: &str| {
        document
            .get_element_by_id(id)?
            .dyn_into::<HtmlElement>()
            .ok()
    };
    let (Some(said), Some(counted)) = (element("idle"), element("idle-count")) else {
        return;
    };
    let form = document
        .get_element_by_id("next")
        .and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let Some(form) = form else {
        return;
    };
    let soon = said.get_attribute("data-soon").unwrap_or_default();
    let count = counted.get_attribute("data-count").unwrap_or_default();

    let touched = Rc::new(Cell::new(Date::now()));
    for kind in TOUCHES {
        let touched = Rc::clone(&touched);
        dom::on(window, kind, move |_| touched.set(Date::now()));
    }
    let look = Closure::<dyn FnMut()>::new(move || {
        let left = f64::from(seconds) - (Date::now() - touched.get()) / 1000.0;
        let now = shown(left);
        // Read out once, when it is said first; the seconds are for the eyes.
        let text = if now == Shown::Nothing { "" } else { &soon };
        if said.text_content().unwrap_or_default() != text {
            said.set_text_content(Some(text));
        }
        counted.set_hidden(!matches!(now, Shown::Seconds(_)));
        said.set_class_name(if matches!(now, Shown::Seconds(_)) {
            "visually-hidden"
        } else {
            "space-idle"
        });
        match now {
            Shown::Seconds(seconds) => {
                counted.set_text_content(Some(&count.replace('#', &seconds.to_string())));
            }
            Shown::Leave => {
                let _ = form.request_submit();
            }
            Shown::Nothing | Shown::Soon => {}
        }
    });
    let _ = window
        .set_interval_with_callback_and_timeout_and_arguments_0(look.as_ref().unchecked_ref(), 500);
    look.forget();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_seconds_are_counted() {
        assert_eq!(shown(60.0), Shown::Nothing);
        assert_eq!(shown(20.0), Shown::Soon);
        assert_eq!(shown(10.0), Shown::Seconds(10));
        assert_eq!(shown(0.2), Shown::Seconds(1));
        assert_eq!(shown(0.0), Shown::Leave);
    }
}
