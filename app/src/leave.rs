//! Who is asked before the browser's *Back* and *Forward* leave a page.
//!
//! The router follows them as soon as it hears of them, and browsers tell listeners of the window in the order in which they came. So ours
//! comes before the router is made, and asks whoever wants to be asked.

use leptos::prelude::*;

/// The question of the page that is shown, if it has one; from the context, made once in `App`.
#[derive(Clone, Copy)]
pub struct LeaveGuard {
    asks: StoredValue<Option<Callback<(), bool>>>,
}

impl LeaveGuard {
    /// Puts it into the context; before the router is made.
    pub fn provide() {
        let guard = Self {
            asks: StoredValue::new(None),
        };
        #[cfg(feature = "hydrate")]
        {
            let heard = window_event_listener(leptos::ev::popstate, move |event| {
                let asks = guard.asks.try_get_value().flatten();
                if asks.is_some_and(|asks| asks.run(())) {
                    event.stop_immediate_propagation();
                }
            });
            on_cleanup(move || heard.remove());
        }
        provide_context(guard);
    }

    /// As long as the current owner lives, `asks` is asked first. When it answers `true`, the router does not hear of it.
    pub fn ask(self, asks: Callback<(), bool>) {
        self.asks.set_value(Some(asks));
        on_cleanup(move || {
            self.asks.try_update_value(|asks| *asks = None);
        });
    }
}
