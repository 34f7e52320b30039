//! A modal dialog: the browser's own, which traps the focus, gives it back, and hides what is under it.

use super::{Glyph, Icon, LiveRegion, use_announcer};
use crate::language::tr;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Where a dialog stands and how wide it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialogKind {
    /// In the middle, for one question.
    #[default]
    Centre,
    /// In the middle, for something to read.
    Wide,
    /// At the right edge, the whole height.
    Side,
}

impl DialogKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Centre => "dialog",
            Self::Wide => "dialog dialog-wide",
            Self::Side => "dialog dialog-side",
        }
    }
}

/// A modal dialog that `open` opens and closes. Its content is made anew each time it opens. The element with
/// `autofocus` gets the focus, else the first that can have it; closing gives it back to where it was.
#[component]
pub fn Dialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The title: its heading and its name.
    #[prop(into)]
    title: Signal<String>,
    /// Where it stands.
    #[prop(optional)]
    kind: DialogKind,
    /// What Escape and the cross do; by default they close it.
    #[prop(optional, into)]
    on_close: Option<Callback<()>>,
    /// The buttons of its foot.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    /// What it shows.
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    let announcer = use_announcer();

    Effect::new(move |_| {
        let wanted = open.get();
        // The content is drawn in the same turn; the frame after it, everything that takes the focus is there.
        request_animation_frame(move || show(element, open, wanted));
    });
    Effect::new(move |was: Option<bool>| {
        let is = open.get();
        match (was.unwrap_or(false), is) {
            (false, true) => announcer.modal_opened(),
            (true, false) => announcer.modal_closed(),
            _ => {}
        }
        is
    });
    on_cleanup(move || {
        if open.try_get_untracked() == Some(true) {
            announcer.modal_closed();
        }
    });

    let ask_to_close = move || match on_close {
        Some(callback) => callback.run(()),
        None => open.set(false),
    };
    let cancelled = move |event: ev::Event| {
        event.prevent_default();
        ask_to_close();
    };
    // Browsers close a dialog at the second Escape whatever the page says: the signal follows.
    let closed = move |_| {
        if open.get_untracked() {
            open.set(false);
        }
    };

    view! {
        <dialog
            node_ref=element
            class=kind.class()
            aria-label=move || title.get()
            on:cancel=cancelled
            on:close=closed
        >
            {move || {
                open.get()
                    .then(|| {
                        view! {
                            <div class="dialog-head">
                                <h2 class="dialog-title">{move || title.get()}</h2>
                                <button
                                    type="button"
                                    class="icon-button"
                                    aria-label=tr!("dialog-close")
                                    on:click=move |_| ask_to_close()
                                >
                                    <Icon glyph=Glyph::Cross/>
                                </button>
                            </div>
                            <div class="dialog-body">{children()}</div>
                            {footer
                                .as_ref()
                                .map(|footer| view! { <div class="dialog-foot">{footer.run()}</div> })}
                            <LiveRegion modal=true/>
                        }
                            .into_any()
                    })
            }}
        </dialog>
    }
}

fn show(element: NodeRef<html::Dialog>, open: RwSignal<bool>, wanted: bool) {
    let Some(dialog) = element.try_get_untracked().flatten() else {
        return;
    };
    if open.try_get_untracked() != Some(wanted) {
        return;
    }
    if wanted && !dialog.open() {
        let _ = dialog.show_modal();
        let first = dialog.query_selector("[autofocus]").ok().flatten();
        if let Some(first) = first.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = first.focus();
        }
    } else if !wanted && dialog.open() {
        // Also the element of a dialog that was drawn anew before it could close.
        dialog.close();
    }
}
