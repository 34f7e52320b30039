//! The training has other dates, times or another place than its people were told: they can be told now.

use super::board::Over;
use super::store::Board;
use crate::api::reminders::let_move;
use crate::components::{Glyph, Icon};
use crate::tr;
use convoke_domain::view::{SendAction, SendRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Says so, while somebody does not know it.
#[component]
pub fn Moved(
    /// The tab's memory.
    board: Board,
    /// What opens over the blocks.
    over: Over,
) -> impl IntoView {
    let people = Memo::new(move |_| board.summary.with(|summary| summary.moved));
    let some = Memo::new(move |_| people.get() > 0);
    let tell = move |_| {
        over.sending.set(Some(SendRequest {
            training_id: board.training_id,
            action: SendAction::Announce,
            only: None,
            spare_recent: false,
        }));
    };
    let busy = RwSignal::new(false);
    let leave = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            if let Err(error) = let_move(board.training_id).await {
                board.problem.try_set(Some(error));
            }
            busy.try_set(false);
            board.refetch();
        });
    };
    move || {
        some.get().then(|| {
            view! {
                <div class="notice notice-moved invitations-notice" role="status">
                    <Icon glyph=Glyph::Calendar/>
                    <p class="notice-text">{move || tr!("moved-people", count = people.get())}</p>
                    <button type="button" class="button button-primary" on:click=tell>
                        {tr!("moved-tell")}
                    </button>
                    <button
                        type="button"
                        class="button"
                        aria-disabled=move || busy.get().then_some("true")
                        on:click=leave
                    >
                        {tr!("moved-leave")}
                    </button>
                </div>
            }
        })
    }
}
