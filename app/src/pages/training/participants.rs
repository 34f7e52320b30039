//! Who takes part: those who confirmed, as a trainer sees them.

use super::this_training;
use crate::api::trainings::trainees;
use crate::components::{Avatar, Empty, ErrorBox, Glyph, Icon, SkeletonRows};
use crate::tr;
use convoke_domain::Refusal;
use convoke_domain::person::full_name;
use convoke_domain::view::TraineeRow;
use leptos::prelude::*;

/// The list of those who confirmed.
#[component]
pub fn ParticipantsRoute() -> impl IntoView {
    let this = this_training();
    let list = Resource::new(
        move || this.id.get(),
        |id| async move {
            match id {
                Some(id) => trainees(id).await,
                None => Err(Refusal::NotFound.into()),
            }
        },
    );
    view! {
        <Transition fallback=|| view! { <div class="card"><SkeletonRows rows=6/></div> }>
            {move || Suspend::new(async move {
                if this.view.await.is_err() {
                    // The head says why.
                    return ().into_any();
                }
                match list.await {
                    Ok(rows) if rows.is_empty() => {
                        view! {
                            <div class="card">
                                <Empty
                                    glyph=Glyph::People
                                    title=tr!("participants-empty-title")
                                    text=tr!("participants-empty-text")
                                />
                            </div>
                        }
                            .into_any()
                    }
                    Ok(rows) => view! { <Rows rows/> }.into_any(),
                    Err(error) => {
                        view! { <ErrorBox error on_retry=move |()| list.refetch()/> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

#[component]
fn Rows(rows: Vec<TraineeRow>) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="participants-count">
            <h2 id="participants-count" class="list-head">
                {tr!("participants-count", count = rows.len())}
            </h2>
            <ul class="trainees">
                {rows
                    .into_iter()
                    .map(|row| {
                        view! {
                            <li class="person trainee">
                                <Avatar
                                    user_id=row.user_id
                                    first_name=row.first_name.clone()
                                    last_name=row.last_name.clone()
                                />
                                <span class="person-text">
                                    <span class="person-name">
                                        {full_name(&row.first_name, &row.last_name)}
                                    </span>
                                    <span class="person-detail">{row.detail}</span>
                                </span>
                                <span class="badge badge-confirmed" aria-hidden="true">
                                    <Icon glyph=Glyph::Check size=14/>
                                </span>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </section>
    }
}
