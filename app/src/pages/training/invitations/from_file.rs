//! People of a file for this training: it is dropped anywhere on the tab, or chosen in the dialog; its import leads back to the panel.

use super::board::Over;
use crate::components::{Dialog, DialogKind, Glyph, Icon};
use crate::me::me;
use crate::pages::people::import::{Bring, GivenFile};
use crate::tr;
use convoke_domain::{Role, TrainingId};
use leptos::ev;
use leptos::prelude::*;

/// Whether this person may import people.
pub fn may_import() -> bool {
    me().is_some_and(|person| person.role == Role::Administrator)
}

/// Listens for files that are dragged over the page while nothing is open over it, and shows that they can be dropped.
#[component]
pub fn FileDrop(
    /// What opens over the blocks.
    over: Over,
) -> impl IntoView {
    let hovering = RwSignal::new(false);
    let takes = move |event: &ev::DragEvent| {
        let busy = over.importing.get_untracked()
            || over.choosing.get_untracked()
            || over.pasting.get_untracked()
            || over.sending.with_untracked(Option::is_some)
            || over.story.with_untracked(Option::is_some);
        !busy && has_files(event)
    };
    let entered = window_event_listener(ev::dragover, move |event| {
        if takes(&event) {
            event.prevent_default();
            if !hovering.get_untracked() {
                hovering.set(true);
            }
        }
    });
    let left = window_event_listener(ev::dragleave, move |event| {
        // Only when it leaves the window: between two elements it comes, too.
        if event.related_target().is_none() {
            hovering.set(false);
        }
    });
    let dropped = window_event_listener(ev::drop, move |event| {
        hovering.set(false);
        if !takes(&event) {
            return;
        }
        event.prevent_default();
        let file = event
            .data_transfer()
            .and_then(|data| data.files())
            .and_then(|files| files.get(0));
        if let Some(file) = file {
            over.dropped.set(Some(StoredValue::new_local(file)));
            over.importing.set(true);
        }
    });
    on_cleanup(move || {
        entered.remove();
        left.remove();
        dropped.remove();
    });
    move || {
        hovering.get().then(|| {
            view! {
                <div class="drop-over" aria-hidden="true">
                    <div class="drop-over-card">
                        <Icon glyph=Glyph::Upload size=28/>
                        <p>{tr!("invitations-drop-file")}</p>
                    </div>
                </div>
            }
        })
    }
}

fn has_files(event: &ev::DragEvent) -> bool {
    event
        .data_transfer()
        .is_some_and(|data| data.types().iter().any(|kind| kind == "Files"))
}

/// *Import a file*.
#[component]
pub fn FileDialog(
    /// The training.
    training: TrainingId,
    /// What opens over the blocks.
    over: Over,
) -> impl IntoView {
    // The next time it begins without a file.
    Effect::new(move |_| {
        if !over.importing.get() {
            over.dropped.set(None::<GivenFile>);
        }
    });
    view! {
        <Dialog
            open=over.importing
            title=Signal::derive(|| tr!("invitations-import"))
            kind=DialogKind::Wide
        >
            <div class="import-bring import-in-dialog">
                <p>{tr!("invitations-import-lead")}</p>
                <Bring training given=over.dropped.get_untracked()/>
            </div>
        </Dialog>
    }
}
