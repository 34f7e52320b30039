//! The question before changes are lost.

use super::desk::Desk;
use crate::components::Dialog;
use crate::state::selection::{Message, Phase};
use crate::tr;
use leptos::prelude::*;

/// *Keep choosing* or *Discard*.
#[component]
pub fn DiscardDialog(desk: Desk) -> impl IntoView {
    let asking = RwSignal::new(false);
    let wanted = Memo::new(move |_| desk.state.with(|s| s.phase == Phase::Asking));
    Effect::new(move |_| asking.set(wanted.get()));
    let keep = move |()| desk.send(Message::KeepChoosing);
    view! {
        <Dialog
            open=asking
            title=tr!("panel-discard-title")
            on_close=keep
            footer=move || {
                view! {
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| desk.send(Message::Discard)
                    >
                        {tr!("panel-discard")}
                    </button>
                    <button type="button" class="button button-primary" autofocus=true on:click=move |_| keep(())>
                        {tr!("panel-keep")}
                    </button>
                }
            }
        >
            <p>{tr!("panel-discard-text")}</p>
        </Dialog>
    }
}
