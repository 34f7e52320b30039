//! Leaving with changes that are not saved asks first: links, the browser's own buttons, and closing the tab.

use super::Dialog;
use crate::leave::LeaveGuard;
use crate::tr;
use leptos::ev;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// Where somebody wanted to go.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    /// To this address of the console.
    Address(String),
    /// Where the browser's *Back* or *Forward* led.
    History,
}

/// The question, while there is something to lose.
#[component]
pub fn LeaveDialog(
    /// Whether there is.
    changed: Memo<bool>,
    /// What is asked.
    #[prop(into)]
    title: String,
    /// What would be lost.
    #[prop(into)]
    text: String,
    /// What the button to stay says; *Keep editing* unless given.
    #[prop(optional, into)]
    stay: Option<String>,
) -> impl IntoView {
    let stay = StoredValue::new(stay.unwrap_or_else(|| tr!("form-keep-editing")));
    let text = StoredValue::new(text);
    let wanted = RwSignal::new(None::<Wanted>);
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(wanted.with(Option::is_some)));
    Effect::new(move |_| {
        if !open.get() && wanted.with_untracked(Option::is_some) {
            wanted.set(None);
        }
    });
    // Once it is decided to leave, nothing is asked any more.
    let leaving = StoredValue::new(false);
    let guards =
        move || leaving.try_get_value() == Some(false) && changed.try_get_untracked() == Some(true);
    watch(guards, wanted);
    let location = use_location();
    expect_context::<LeaveGuard>().ask(Callback::new(move |()| {
        if !guards() {
            return false;
        }
        // The address is put back on top: *Leave* goes back from it to where the browser is now.
        let mut here = location.pathname.get_untracked();
        let search = location.search.get_untracked();
        if !search.is_empty() {
            here = format!("{here}?{search}");
        }
        if let Ok(history) = window().history() {
            let _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&here));
        }
        wanted.set(Some(Wanted::History));
        true
    }));

    let navigate = use_navigate();
    let leave = Callback::new(move |()| {
        let Some(to) = wanted.get_untracked() else {
            return;
        };
        leaving.set_value(true);
        open.set(false);
        match to {
            Wanted::Address(address) => navigate(&address, <_>::default()),
            Wanted::History => {
                if let Ok(history) = window().history() {
                    let _ = history.back();
                }
            }
        }
    });
    view! {
        <Dialog
            open
            title
            footer=move || {
                view! {
                    <button type="button" class="button" on:click=move |_| leave.run(())>
                        {tr!("form-leave")}
                    </button>
                    <button
                        type="button"
                        class="button button-primary"
                        autofocus=true
                        on:click=move |_| open.set(false)
                    >
                        {stay.get_value()}
                    </button>
                }
            }
        >
            <p>{text.get_value()}</p>
        </Dialog>
    }
}

/// Looks at links before the router does, and at the end of the page; in the browser only.
fn watch(guards: impl Fn() -> bool + Copy + 'static, wanted: RwSignal<Option<Wanted>>) {
    Effect::new(move |_| {
        let unload = window_event_listener(ev::beforeunload, move |event| {
            if guards() {
                event.prevent_default();
            }
        });
        let clicked = capture("click", move |event| {
            if guards()
                && let Some(address) = local_link(&event)
            {
                event.prevent_default();
                event.stop_propagation();
                wanted.set(Some(Wanted::Address(address)));
            }
        });
        on_cleanup(move || {
            unload.remove();
            drop(clicked);
        });
    });
}

/// A listener that is asked before all others; it goes when it is dropped.
struct Capture {
    name: &'static str,
    listener: StoredValue<Closure<dyn Fn(web_sys::Event)>, LocalStorage>,
}

fn capture(name: &'static str, listen: impl Fn(web_sys::Event) + 'static) -> Capture {
    let listener = Closure::<dyn Fn(web_sys::Event)>::new(listen);
    let _ = window().add_event_listener_with_callback_and_bool(
        name,
        listener.as_ref().unchecked_ref(),
        true,
    );
    Capture {
        name,
        listener: StoredValue::new_local(listener),
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        self.listener.try_with_value(|listener| {
            window().remove_event_listener_with_callback_and_bool(
                self.name,
                listener.as_ref().unchecked_ref(),
                true,
            )
        });
    }
}

/// The address of a link that the router would follow; `None` for what opens elsewhere or is no link.
fn local_link(event: &web_sys::Event) -> Option<String> {
    let event = event.dyn_ref::<web_sys::MouseEvent>()?;
    let modified = event.meta_key() || event.alt_key() || event.ctrl_key() || event.shift_key();
    if event.default_prevented() || event.button() != 0 || modified {
        return None;
    }
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = target.closest("a[href]").ok()??;
    let link = link.dyn_into::<web_sys::HtmlAnchorElement>().ok()?;
    let location = window().location();
    let is_elsewhere = !matches!(link.target().as_str(), "" | "_self")
        || link.has_attribute("download")
        || link.origin() != location.origin().ok()?;
    if is_elsewhere || link.pathname() == location.pathname().ok()? {
        return None;
    }
    Some(format!(
        "{}{}{}",
        link.pathname(),
        link.search(),
        link.hash()
    ))
}
