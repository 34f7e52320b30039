//! A training's page: its head, and the tabs below it.

mod attendance;
mod devices;
mod documents;
pub mod form;
mod fresh;
mod head;
pub mod invitations;
mod overview;
mod participants;
mod registration;
mod room;
mod story;
mod tab;
mod texts;

pub use attendance::AttendanceRoute;
pub use documents::DocumentsRoute;
pub use overview::OverviewRoute;
pub use participants::ParticipantsRoute;
pub use registration::{FormBuilderRoute, RegistrationRoute};
pub use texts::TrainingTextsRoute;

use crate::api::ApiError;
use crate::api::trainings::training;
use crate::components::{Empty, Glyph};
use crate::me::me;
use crate::tr;
use convoke_domain::view::{Perspective, TrainingView};
use convoke_domain::{Refusal, Role, TrainingId};
use head::TrainingHead;
use invitations::InvitationsTab;
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The training that the page is about, for its tabs; from the context.
#[derive(Clone, Copy)]
pub struct ThisTraining {
    /// Its id, from the address.
    pub id: Memo<Option<TrainingId>>,
    /// Which view is shown, from the address and the person's right.
    pub perspective: Memo<Perspective>,
    /// What the head and the overview show.
    pub view: Resource<Result<TrainingView, ApiError>>,
}

impl ThisTraining {
    /// The address of a tab (`""` is the overview) in a view.
    fn address(self, tab: &str, perspective: Perspective) -> String {
        let id = self.id.get().map(|id| id.to_string()).unwrap_or_default();
        let tab = if tab.is_empty() {
            String::new()
        } else {
            format!("/{tab}")
        };
        // Someone who is only its trainer has no other view, and no need to name it.
        let query = match perspective {
            Perspective::Trainer if may_administer() => "?view=trainer",
            _ => "",
        };
        format!("/trainings/{id}{tab}{query}")
    }
}

/// The training of the page.
pub fn this_training() -> ThisTraining {
    expect_context()
}

/// Whether the person has the administrator view.
fn may_administer() -> bool {
    me().is_some_and(|person| person.role != Role::Member)
}

/// The head of a training and the tab that the address names.
#[component]
pub fn TrainingPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id")?.parse::<TrainingId>().ok()));
    let perspective = Memo::new(move |_| {
        let asked = query.with(|q| q.get("view"));
        if asked.as_deref() == Some("trainer") || !may_administer() {
            Perspective::Trainer
        } else {
            Perspective::Administrator
        }
    });
    let view = Resource::new(
        move || (id.get(), perspective.get()),
        |(id, perspective)| async move {
            match id {
                Some(id) => training(id, perspective).await,
                None => Err(ApiError::Refused(Refusal::NotFound)),
            }
        },
    );
    provide_context(ThisTraining {
        id,
        perspective,
        view,
    });
    view! {
        <TrainingHead/>
        <Outlet/>
    }
}

/// The Invitations tab, or why it is not in this view.
#[component]
pub fn InvitationsRoute() -> impl IntoView {
    let this = this_training();
    move || match (this.perspective.get(), this.id.get()) {
        (Perspective::Administrator, Some(training_id)) => {
            view! { <InvitationsTab training_id/> }.into_any()
        }
        (Perspective::Administrator, None) => ().into_any(),
        (Perspective::Trainer, _) => view! { <InvitationsHidden this/> }.into_any(),
    }
}

#[component]
pub(crate) fn InvitationsHidden(this: ThisTraining) -> impl IntoView {
    let text = if may_administer() {
        tr!("invitations-hidden-text")
    } else {
        tr!("invitations-hidden-trainer")
    };
    view! {
        <div class="card">
            <Empty glyph=Glyph::Info title=tr!("invitations-hidden-title") text>
                {if may_administer() {
                    view! {
                        <a
                            class="button button-primary"
                            href=move || this.address("invitations", Perspective::Administrator)
                        >
                            {tr!("invitations-hidden-switch")}
                        </a>
                    }
                        .into_any()
                } else {
                    view! {
                        <a
                            class="button button-primary"
                            href=move || this.address("participants", Perspective::Trainer)
                        >
                            {tr!("invitations-hidden-participants")}
                        </a>
                    }
                        .into_any()
                }}
            </Empty>
        </div>
    }
}
