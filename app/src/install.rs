//! Installing on the device. Browsers that can say so with an event, early: a few words of script in the head of a page keep it until somebody asks
//! for it ([`CATCH`]). Safari on iPhones and iPads has no event; there it is done by hand.

use leptos::prelude::*;

/// Keeps the browser's offer in `window.installOffer`, and keeps the browser from making it by itself.
#[cfg(feature = "ssr")]
pub const CATCH: &str =
    "addEventListener(\"beforeinstallprompt\",e=>{e.preventDefault();window.installOffer=e})";

/// How it can be installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "hydrate"),
    allow(dead_code, reason = "only a browser can be installed in")
)]
pub enum Way {
    /// The browser asks when it is told to.
    Asked,
    /// By hand, with *Share* (iPhone and iPad).
    ByHand,
}

/// How it can be installed, from now on as long as the current owner lives; `None` where it is, or cannot be.
pub fn way() -> RwSignal<Option<Way>> {
    let way = RwSignal::new(None);
    #[cfg(feature = "hydrate")]
    browser::follow(way);
    way
}

/// Has the browser ask. It does so once for each offer.
pub fn prompt() {
    #[cfg(feature = "hydrate")]
    browser::prompt();
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::Way;
    use leptos::prelude::*;
    use leptos::wasm_bindgen::{JsCast as _, JsValue};
    use std::time::Duration;
    use web_sys::js_sys::{Function, Reflect};

    /// Where [`super::CATCH`] puts the offer.
    const OFFER: &str = "installOffer";

    fn now() -> Option<Way> {
        let window = window();
        if Reflect::get(&window, &OFFER.into()).is_ok_and(|offer| offer.is_truthy()) {
            return Some(Way::Asked);
        }
        // Only Safari there says whether it runs installed.
        let standalone = Reflect::get(&window.navigator(), &"standalone".into());
        standalone
            .is_ok_and(|standalone| standalone == JsValue::FALSE)
            .then_some(Way::ByHand)
    }

    pub fn follow(way: RwSignal<Option<Way>>) {
        Effect::new(move |_| {
            way.set(now());
            let heard = ["beforeinstallprompt", "appinstalled"].map(|kind| {
                window_event_listener_untyped(kind, move |event| {
                    if event.type_() == "appinstalled" {
                        take();
                    }
                    // The script in the head has heard of it first.
                    set_timeout(
                        move || {
                            way.try_set(now());
                        },
                        Duration::ZERO,
                    );
                })
            });
            on_cleanup(move || {
                for listener in heard {
                    listener.remove();
                }
            });
        });
    }

    /// The offer, which is gone then.
    fn take() -> Option<JsValue> {
        let window = window();
        let offer = Reflect::get(&window, &OFFER.into()).ok()?;
        let _ = Reflect::set(&window, &OFFER.into(), &JsValue::UNDEFINED);
        offer.is_truthy().then_some(offer)
    }

    pub fn prompt() {
        let Some(offer) = take() else {
            return;
        };
        let _ = Reflect::get(&offer, &"prompt".into())
            .and_then(JsValue::dyn_into::<Function>)
            .and_then(|prompt| prompt.call0(&offer));
    }
}
