//! The device without network. The work is the service worker's (`public/sw.js`): it keeps the pages and what is entered. Here it is started,
//! told which training is looked at, and asked how things stand; the page follows.

use crate::{dom, release};
use js_sys::{Object, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    Document, HtmlElement, HtmlInputElement, MessageEvent, ServiceWorkerContainer,
    ServiceWorkerRegistration, VisibilityState, Window,
};

/// So often an open page asks while there is no network or something waits.
const EVERY_MS: i32 = 5_000;
/// While all is well, every fourth time.
const CALM: u32 = 4;

/// How things stand with the entries of a training.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Queue {
    waiting: u32,
    attention: u32,
}

/// What the badge says.
#[derive(Debug, PartialEq, Eq)]
enum Badge {
    Hidden,
    Away,
    Waiting(u32),
    Attention(u32),
}

fn badge(away: bool, queue: Queue) -> Badge {
    match queue {
        Queue { attention: 1.., .. } => Badge::Attention(queue.attention),
        Queue { waiting: 1.., .. } => Badge::Waiting(queue.waiting),
        _ if away => Badge::Away,
        _ => Badge::Hidden,
    }
}

/// Starts the service worker where the browser has one, which it has on https alone.
pub fn start(window: &Window, document: &Document) {
    let navigator = window.navigator();
    if !Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false) {
        return;
    }
    let workers = navigator.service_worker();
    let _ = workers.register("/sw.js");
    // Pages from the device: what is kept must not be thrown away where space is short.
    if document
        .query_selector("main[data-offline]")
        .is_ok_and(|found| found.is_some())
    {
        let _ = navigator.storage().persist();
    }
    let path = window.location().pathname().unwrap_or_default();
    let code = code_of(&path).map(str::to_owned);
    let calm = Rc::new(Cell::new(true));
    listen(
        window,
        document,
        &workers,
        code.clone().unwrap_or_default(),
        Rc::clone(&calm),
    );
    say_hello(&workers, code.as_deref());

    let ask = {
        let (workers, document) = (workers.clone(), document.clone());
        Rc::new(move || {
            if document.visibility_state() == VisibilityState::Visible {
                say_hello(&workers, None);
            }
        })
    };
    for event in ["online", "offline"] {
        let ask = Rc::clone(&ask);
        dom::on(window, event, move |_| ask());
    }
    let times = Cell::new(0_u32);
    let again = Closure::<dyn FnMut()>::new(move || {
        times.set(times.get().wrapping_add(1));
        if !calm.get() || times.get().is_multiple_of(CALM) {
            ask();
        }
    });
    let _ = window.set_interval_with_callback_and_timeout_and_arguments_0(
        again.as_ref().unchecked_ref(),
        EVERY_MS,
    );
    again.forget();
}

/// The training code in the address of a page.
fn code_of(path: &str) -> Option<&str> {
    let code = path.strip_prefix("/join/")?.split('/').next()?;
    let is_code = code.len() == 8 && code.bytes().all(|b| b.is_ascii_alphanumeric());
    is_code.then_some(code)
}

/// Tells the service worker that a page is open, and of which training.
fn say_hello(workers: &ServiceWorkerContainer, code: Option<&str>) {
    let message = Object::new();
    let _ = Reflect::set(&message, &"kind".into(), &"hello".into());
    if let Some(code) = code {
        let _ = Reflect::set(&message, &"code".into(), &code.into());
    }
    let Ok(ready) = workers.ready() else {
        return;
    };
    let then = Closure::once_into_js(move |registration: JsValue| {
        let active = registration
            .dyn_into::<ServiceWorkerRegistration>()
            .ok()
            .and_then(|registration| registration.active());
        if let Some(active) = active {
            let _ = active.post_message(&message);
        }
    });
    if let Ok(then) = then.dyn_into::<js_sys::Function>() {
        let _ = Reflect::get(&ready, &"then".into())
            .and_then(JsValue::dyn_into::<js_sys::Function>)
            .and_then(|method| method.call1(&ready, &then));
    }
}

/// Follows what the service worker says.
fn listen(
    window: &Window,
    document: &Document,
    workers: &ServiceWorkerContainer,
    code: String,
    calm: Rc<Cell<bool>>,
) {
    let has = |selector: &str| {
        document
            .query_selector(selector)
            .is_ok_and(|found| found.is_some())
    };
    let is_kept_list = has("main.join-main[data-offline]");
    let is_list = has("main.join-main");
    let follows = has("main[data-device], main.space-main[data-offline]");
    let badge_of_page = document
        .get_element_by_id("device")
        .and_then(|found| found.dyn_into::<HtmlElement>().ok());
    let find = document
        .get_element_by_id("find")
        .and_then(|found| found.dyn_into::<HtmlInputElement>().ok());
    let before: RefCell<Option<Queue>> = RefCell::new(None);
    let page = document.clone();
    let reloading = Cell::new(false);
    let location = window.location();
    let reload = move || {
        if !reloading.replace(true) {
            let _ = location.reload();
        }
    };
    dom::on(workers, "message", move |event| {
        let Some(data) = event.dyn_ref::<MessageEvent>().map(MessageEvent::data) else {
            return;
        };
        if get(&data, "kind").as_string().as_deref() != Some("state") {
            return;
        }
        release::heard(&page, get(&data, "build").as_string().as_deref());
        let away = get(&data, "away").is_truthy();
        let entries = get(&get(&data, "queue"), &code);
        let queue = Queue {
            waiting: number(&entries, "waiting"),
            attention: number(&entries, "attention"),
        };
        calm.set(!away && queue.waiting == 0);
        let earlier = before.replace(Some(queue));
        let changed = earlier.is_some_and(|earlier| earlier != queue);
        // They are in the list of the server now.
        let all_sent = queue.waiting == 0 && earlier.is_some_and(|earlier| earlier.waiting > 0);
        let is_typing = find.as_ref().is_some_and(|find| !find.value().is_empty());
        if is_kept_list {
            // The network is back: the page of the server, with everybody.
            if !is_typing && (!away || changed) {
                reload();
            }
        } else if follows && changed || is_list && all_sent && !is_typing {
            reload();
        } else if let Some(element) = &badge_of_page {
            show(element, &badge(away, queue));
        }
    });
}

/// Puts the badge's words into the page; they come with it.
fn show(element: &HtmlElement, badge: &Badge) {
    let said = |name: &str| element.get_attribute(name);
    let counted = |kind: &str, count: u32| {
        if count == 1 {
            said(&["data-", kind, "-one"].concat())
        } else {
            said(&["data-", kind, "-many"].concat())
                .map(|text| text.replace('#', &count.to_string()))
        }
    };
    let text = match badge {
        Badge::Hidden => None,
        Badge::Away => said("data-away"),
        Badge::Waiting(count) => counted("waiting", *count),
        Badge::Attention(count) => counted("attention", *count),
    };
    if element.text_content() != text {
        element.set_text_content(text.as_deref());
    }
    element.set_hidden(text.is_none());
    element.set_class_name(match badge {
        Badge::Attention(_) => "badge badge-problem join-device",
        _ => "badge join-device",
    });
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn number(object: &JsValue, name: &str) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small count"
    )]
    get(object, name).as_f64().map_or(0, |n| n as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_badge_says_the_most_pressing() {
        let queue = |waiting, attention| Queue { waiting, attention };
        assert_eq!(badge(false, queue(0, 0)), Badge::Hidden);
        assert_eq!(badge(true, queue(0, 0)), Badge::Away);
        assert_eq!(badge(true, queue(3, 0)), Badge::Waiting(3));
        assert_eq!(badge(false, queue(3, 1)), Badge::Attention(1));
    }

    #[test]
    fn the_code_stands_in_the_address() {
        assert_eq!(code_of("/join/K7PM4XRD"), Some("K7PM4XRD"));
        assert_eq!(code_of("/join/K7PM4XRD/device"), Some("K7PM4XRD"));
        for path in ["/join", "/space", "/join/offline", "/join/K7PM-4XRD/here"] {
            assert_eq!(code_of(path), None, "{path}");
        }
    }
}
