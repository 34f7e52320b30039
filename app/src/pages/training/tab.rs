//! What the trainer's tabs have in common: each loads what it shows, and says why where it can't.

use super::this_training;
use crate::api::ApiError;
use crate::components::{ErrorBox, LeaveDialog, SkeletonRows};
use crate::marks::WaitingMarks;
use crate::tr;
use convoke_domain::{Refusal, TrainingId};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A tab of the page's training: what it asks the server first, and what it shows of the answer.
pub fn loaded<V, F>(
    load: impl Fn(TrainingId) -> F + Copy + Send + Sync + 'static,
    show: impl Fn(TrainingId, V) -> AnyView + Copy + Send + Sync + 'static,
) -> impl IntoView
where
    V: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<V, ApiError>> + Send + 'static,
{
    let this = this_training();
    let first = Resource::new(
        move || this.id.get(),
        move |id| async move {
            match id {
                Some(id) => load(id).await,
                None => Err(Refusal::NotFound.into()),
            }
        },
    );
    view! {
        <Suspense fallback=|| view! { <div class="card"><SkeletonRows rows=6/></div> }>
            {move || Suspend::new(async move {
                if this.view.await.is_err() {
                    // The head says why.
                    return ().into_any();
                }
                match (first.await, this.id.get_untracked()) {
                    (Ok(view), Some(training)) => show(training, view),
                    (Ok(_), None) => ().into_any(),
                    (Err(error), _) => {
                        view! { <ErrorBox error on_retry=move |()| first.refetch()/> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

/// Asks whoever leaves a tab with marks that wait for the network: without it the tab cannot be opened again. The marks stay on the device.
#[component]
pub fn Leaving(marks: WaitingMarks) -> impl IntoView {
    let changed = Memo::new(move |_| marks.wait_for_network());
    view! {
        <LeaveDialog
            changed
            title=tr!("marks-leave-title")
            text=tr!("marks-leave-text")
            stay=tr!("marks-stay")
        />
    }
}
