//! What happened, said once: the one live region of the page for screen readers, and toasts for the eyes.

use super::{Glyph, Icon};
use crate::language::tr;
use leptos::prelude::*;
use std::time::Duration;

/// How long a toast stays; it can be closed before, and its words stay in the live region.
const TOAST_TIME: Duration = Duration::from_secs(7);

/// A toast on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Toast {
    id: u32,
    text: String,
}

/// Says things to the person; from the context, see [`use_announcer`].
#[derive(Clone, Copy)]
pub struct Announcer {
    words: RwSignal<String>,
    toasts: RwSignal<Vec<Toast>>,
    count: StoredValue<u32>,
    modals: RwSignal<u32>,
}

impl Announcer {
    /// Says `text` to screen readers, politely.
    pub fn announce(self, text: impl Into<String>) {
        let mut text = text.into();
        // The same words again would be no change, and no change is not read.
        if self.words.with_untracked(|last| *last == text) {
            text.push('\u{a0}');
        }
        self.words.set(text);
    }

    /// Shows `text` for some seconds and says it too: for the outcome of something the person did.
    pub fn toast(self, text: impl Into<String>) {
        let text = text.into();
        self.announce(text.clone());
        let id = self.count.get_value() + 1;
        self.count.set_value(id);
        self.toasts.update(|toasts| {
            toasts.push(Toast { id, text });
            if toasts.len() > 3 {
                toasts.remove(0);
            }
        });
        set_timeout(move || self.close(id), TOAST_TIME);
    }

    fn close(self, id: u32) {
        let _ = self
            .toasts
            .try_update(|toasts| toasts.retain(|toast| toast.id != id));
    }

    /// A modal dialog opened: what lies under it is not read, so the dialog has the live region now.
    pub(crate) fn modal_opened(self) {
        self.modals.update(|n| *n += 1);
    }

    /// A modal dialog closed.
    pub(crate) fn modal_closed(self) {
        let _ = self.modals.try_update(|n| *n = n.saturating_sub(1));
    }
}

/// Makes the announcer of the page; once, in `App`.
pub fn provide_announcer() {
    provide_context(Announcer {
        words: RwSignal::new(String::new()),
        toasts: RwSignal::new(Vec::new()),
        count: StoredValue::new(0),
        modals: RwSignal::new(0),
    });
}

/// The announcer of the page.
pub fn use_announcer() -> Announcer {
    expect_context()
}

/// The live region: one of the page, and one in each modal dialog, of which only the topmost speaks.
#[component]
pub fn LiveRegion(
    /// Whether it stands in a modal dialog.
    #[prop(optional)]
    modal: bool,
) -> impl IntoView {
    let announcer = use_announcer();
    let words = move || {
        if (announcer.modals.get() > 0) == modal {
            announcer.words.get()
        } else {
            String::new()
        }
    };
    view! { <p class="visually-hidden" aria-live="polite" aria-atomic="true">{words}</p> }
}

/// The toasts, at the lower edge.
#[component]
pub fn Toasts() -> impl IntoView {
    let announcer = use_announcer();
    view! {
        <Show when=move || announcer.toasts.with(|toasts| !toasts.is_empty())>
            <section class="toasts" aria-label=tr!("toasts")>
            <For each=move || announcer.toasts.get() key=|toast| toast.id let:toast>
                <div class="toast">
                    <span>{toast.text.clone()}</span>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=tr!("toast-close")
                        on:click=move |_| announcer.close(toast.id)
                    >
                        <Icon glyph=Glyph::Cross size=16/>
                    </button>
                </div>
            </For>
            </section>
        </Show>
    }
}
