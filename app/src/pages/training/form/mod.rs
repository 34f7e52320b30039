//! The form of a training: a new one, or changes to one. Nothing typed is lost when it is refused.

mod fields;
mod time_zones;
mod trainers;

use crate::api::ApiError;
use crate::api::trainings::{save_training, training_form};
use crate::components::{ErrorBox, PageTitle, SkeletonRows, use_announcer};
use crate::tr;
use convoke_domain::view::TrainingFormView;
use convoke_domain::{FieldError, Refusal, TrainingId};
pub use fields::error_at;
use fields::{FieldSet, Fields};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use wasm_bindgen::JsCast;

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
    let problems = RwSignal::new(Vec::<FieldError>::new());
    set.forgive(problems);
    let failure = RwSignal::new(None::<ApiError>);
    let saving = RwSignal::new(false);
    // A press before the page is alive would leave it, and what was typed.
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let form = NodeRef::<html::Form>::new();
    let announcer = use_announcer();
    let navigate = use_navigate();

    let refuse = move |found: Vec<FieldError>| {
        announcer.announce(tr!("training-form-problems", count = found.len()));
        problems.set(found);
        focus_first_problem(form);
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if saving.get_untracked() {
            return;
        }
        let values = set.form();
        failure.set(None);
        let found = values.problems();
        if !found.is_empty() {
            refuse(found);
            return;
        }
        problems.set(Vec::new());
        saving.set(true);
        let navigate = navigate.clone();
        leptos::task::spawn_local(async move {
            let answer = save_training(id, values).await;
            saving.try_set(false);
            match answer {
                Ok(saved) if id.is_none() => {
                    navigate(&format!("/trainings/{saved}/invitations"), <_>::default());
                    announcer.toast(tr!("training-created"));
                }
                Ok(saved) => {
                    navigate(&format!("/trainings/{saved}"), <_>::default());
                    announcer.toast(tr!("training-saved"));
                }
                Err(ApiError::Refused(Refusal::Invalid(found))) => refuse(found),
                Err(error) => {
                    failure.try_set(Some(error));
                }
            }
        });
    };
    let back = id.map_or_else(|| "/trainings".to_owned(), |id| format!("/trainings/{id}"));
    view! {
        <form class="card training-form" method="post" novalidate node_ref=form on:submit=submit>
            <Fields set problems/>
            <div class="form-foot">
                {move || failure.get().map(|error| view! { <ErrorBox error/> })}
                <div class="toolbar">
                    <button
                        type="submit"
                        class="button button-primary"
                        disabled=move || !alive.get()
                        aria-disabled=move || saving.get().then_some("true")
                    >
                        {move || match (saving.get(), id) {
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

/// Once the errors are drawn, the focus goes to the first field that has one.
pub fn focus_first_problem(form: NodeRef<html::Form>) {
    request_animation_frame(move || {
        let first = form
            .try_get_untracked()
            .flatten()
            .and_then(|form| form.query_selector("[aria-invalid=true]").ok().flatten());
        if let Some(field) = first.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = field.focus();
        }
    });
}
