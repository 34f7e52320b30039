//! The Invitations tab: three blocks of people, what is done with them, and their changes as they happen.

mod batches;
mod block;
mod board;
mod foot;
mod from_file;
mod last_visit;
pub mod live;
mod menu;
mod moved;
mod notice;
mod reminders;
mod repair;
mod row;
mod send;
mod send_plan;
mod send_preview;
mod send_time;
mod store;

use crate::api::invitations::invitation_blocks;
use crate::components::{ErrorBox, SkeletonRows};
pub use block::name as state_words;
use board::InvitationBoard;
use convoke_domain::TrainingId;
use leptos::prelude::*;
pub use repair::{RepairDialog, Repairing};
pub use row::problem_words;

/// The tab *Invitations* of a training.
#[component]
pub fn InvitationsTab(
    /// The training.
    training_id: TrainingId,
) -> impl IntoView {
    let blocks = Resource::new(
        move || training_id,
        |id| async move { invitation_blocks(id, String::new()).await },
    );
    view! {
        <Suspense fallback=|| {
            view! {
                <div class="card">
                    <SkeletonRows rows=8/>
                </div>
            }
        }>
            {move || Suspend::new(async move {
                match blocks.await {
                    Ok(view) => view! { <InvitationBoard training_id view/> }.into_any(),
                    Err(error) => {
                        view! { <ErrorBox error on_retry=move |()| blocks.refetch()/> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}
