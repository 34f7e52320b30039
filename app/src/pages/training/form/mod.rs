//! The form of a training: a new one, or changes to one. Nothing typed is lost when it is refused.

mod fields;
mod time_zones;
mod trainers;

use crate::api::ApiError;
use crate::api::trainings::{save_training, training_form};
use crate::components::{ErrorBox, PageTitle, SkeletonRows, use_announcer, use_form_submission};
use crate::tr;
use convoke_domain::view::TrainingFormView;
use convoke_domain::{Refusal, TrainingId};
use fields::{FieldSet, Fields};
use leptos::ev;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};

/// The page *New training*.
#[component]
pub fn NewTrainingPage() -> impl IntoView {
    let values = Resource::new(|| (), |()| training_form(None));
    view! {
        <nav class="breadcrumb" aria-label=tr!("training-breadcrumb")>
            <a href="/trainings">{tr!("training-breadcrumb")}</a>
            <span class="muted" aria-hidden="true">" /"</span>
        </nav>
        <div class="page-head">
            <PageTitle title=tr!("training-form-new")/>
        </div>
        <FormPage id=None values/>
    }
}

/// The page to change a training.
#[component]
pub fn EditTrainingPage() -> impl IntoView {
    let params = use_params_map();
    let id = params.with_untracked(|p| p.get("id").and_then(|id| id.parse::<TrainingId>().ok()));
    let values = Resource::new(
        move || id,
        |id| async move {
            match id {
                Some(id) => training_form(Some(id)).await,
                None => Err(ApiError::Refused(Refusal::NotFound)),
            }
        },
    );
    view! {
        <nav class="breadcrumb" aria-label=tr!("training-breadcrumb")>
            <a href="/trainings">{tr!("training-breadcrumb")}</a>
            <span class="muted" aria-hidden="true">" /"</span>
        </nav>
        <div class="page-head">
            <PageTitle title=tr!("training-form-edit")/>
        </div>
        <FormPage id values/>
    }
}

#[component]
fn FormPage(
    id: Option<TrainingId>,
    values: Resource<Result<TrainingFormView, ApiError>>,
) -> impl IntoView {
    view! {
        <Suspense fallback=|| view! { <div class="card"><SkeletonRows rows=8/></div> }>
            {move || Suspend::new(async move {
                match values.await {
                    Ok(values) => view! { <TrainingEditor id values/> }.into_any(),
                    Err(error) => {
                        view! { <ErrorBox error on_retry=move |()| values.refetch()/> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

#[component]
fn TrainingEditor(id: Option<TrainingId>, values: TrainingFormView) -> impl IntoView {
    let set = FieldSet::new(values);
    let submission = use_form_submission();
    set.forgive(submission.problems);
    let announcer = use_announcer();
    let navigate = use_navigate();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let values = set.form();
        let navigate = navigate.clone();
        submission.send(
            values.problems(),
            || save_training(id, values),
            move |saved| {
                let (address, words) = match id {
                    None => (
                        format!("/trainings/{saved}/invitations"),
                        tr!("training-created"),
                    ),
                    Some(_) => (format!("/trainings/{saved}"), tr!("training-saved")),
                };
                navigate(&address, <_>::default());
                announcer.toast(words);
            },
        );
    };
    let back = id.map_or_else(|| "/trainings".to_owned(), |id| format!("/trainings/{id}"));
    view! {
        <form class="card training-form" method="post" novalidate node_ref=submission.form on:submit=submit>
            <Fields set submission/>
            <div class="form-foot">
                {submission.failed()}
                <div class="toolbar">
                    <button
                        type="submit"
                        class="button button-primary"
                        disabled=move || !submission.is_alive()
                        aria-disabled=move || submission.is_busy().then_some("true")
                    >
                        {move || match (submission.is_busy(), id) {
                            (true, _) => tr!("training-saving"),
                            (false, None) => tr!("training-create"),
                            (false, Some(_)) => tr!("training-save"),
                        }}
                    </button>
                    <a class="button button-ghost" href=back>
                        {tr!("training-cancel")}
                    </a>
                </div>
            </div>
        </form>
    }
}
