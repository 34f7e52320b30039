//! The head of a training's page: what, when, where, by whom; the switch between the views; the tabs.

use super::room::list_address;
use super::{ThisTraining, may_administer, this_training};
use crate::awaiting::awaiting;
use crate::components::{ErrorBox, Glyph, Icon, PageTitle, TabLink, Tabs};
use crate::tr;
use convoke_domain::view::{Perspective, TrainingView};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The head of a training's page.
#[component]
pub fn TrainingHead() -> impl IntoView {
    let this = this_training();
    view! {
        <nav class="breadcrumb" aria-label=tr!("training-breadcrumb")>
            <a href="/trainings">{tr!("training-breadcrumb")}</a>
            <span class="muted" aria-hidden="true">" /"</span>
        </nav>
        <Transition fallback=HeadSkeleton>
            {move || Suspend::new(async move {
                match this.view.await {
                    Ok(view) => {
                        view! {
                            <Head view/>
                            <TrainingTabs this/>
                        }
                            .into_any()
                    }
                    Err(error) => {
                        view! {
                            <div class="page-head">
                                <PageTitle title=tr!("training-loading")/>
                            </div>
                            <ErrorBox error on_retry=move |()| this.view.refetch()/>
                        }
                            .into_any()
                    }
                }
            })}
        </Transition>
    }
}

#[component]
fn Head(view: TrainingView) -> impl IntoView {
    let this = this_training();
    let names: Vec<_> = view.trainers.iter().map(|(_, name)| name.clone()).collect();
    let trainers = tr!(
        "training-trainer-fact",
        count = names.len(),
        names = names.join(", ")
    );
    let edit = format!("/trainings/{}/edit", view.id);
    view! {
        <div class="page-head">
            <div class="page-head-text">
                <PageTitle title=view.title/>
                <p class="page-facts">
                    <span>{view.dates}</span>
                    {(!view.place.is_empty()).then(|| view! { <span>{view.place}</span> })}
                    {(!names.is_empty()).then(|| view! { <span>{trainers}</span> })}
                    {view
                        .code
                        .map(|code| {
                            let list = list_address(&code);
                            view! {
                                <span>
                                    {tr!("training-code-fact")}" "
                                    <a class="page-code mono" href=list rel="external" title=tr!("room-open")>
                                        {code}
                                    </a>
                                </span>
                            }
                        })}
                </p>
            </div>
            {may_administer()
                .then(|| {
                    view! {
                        <div class="toolbar">
                            {move || {
                                (this.perspective.get() == Perspective::Administrator)
                                    .then(|| {
                                        view! {
                                            <a class="button" href=edit.clone()>
                                                <Icon glyph=Glyph::Pencil size=16/>
                                                {tr!("training-edit")}
                                            </a>
                                        }
                                    })
                            }} <ViewSwitch this/>
                        </div>
                    }
                })}
        </div>
    }
}

/// *Administrator view* / *Trainer view*: links, so that either can be sent to somebody.
#[component]
fn ViewSwitch(this: ThisTraining) -> impl IntoView {
    let tab = current_tab(this);
    let side = move |perspective: Perspective, words: String| {
        let href = move || {
            // What the other view does not have leads to its overview.
            let tab = tab.get();
            let tab = match (perspective, tab.as_str()) {
                (
                    Perspective::Trainer,
                    "invitations" | "invitations/texts" | "registration" | "registration/form",
                ) => "",
                (_, tab) => tab,
            };
            this.address(tab, perspective)
        };
        let current = move || (this.perspective.get() == perspective).then_some("true");
        view! {
            <a href=href aria-current=current data-noscroll="true">
                {words}
            </a>
        }
    };
    view! {
        <div class="switch" role="group" aria-label=tr!("training-view-switch")>
            {side(Perspective::Administrator, tr!("training-view-administrator"))}
            {side(Perspective::Trainer, tr!("training-view-trainer"))}
        </div>
    }
}

/// The tab that the address names; empty for the overview.
fn current_tab(this: ThisTraining) -> Memo<String> {
    let path = use_location().pathname;
    Memo::new(move |_| {
        let id = this.id.get().map(|id| id.to_string()).unwrap_or_default();
        path.with(|path| {
            path.split_once(&id)
                .map(|(_, rest)| rest.trim_matches('/').to_owned())
                .unwrap_or_default()
        })
    })
}

#[component]
fn TrainingTabs(this: ThisTraining) -> impl IntoView {
    let current = current_tab(this);
    let tab = move |name: &'static str, words: String| {
        view! {
            <TabLink
                href=Signal::derive(move || this.address(name, this.perspective.get()))
                // A page below a tab is a part of it.
                current=Signal::derive(move || {
                    current.with(|now| {
                        now.strip_prefix(name)
                            .is_some_and(|rest| rest.is_empty() || (!name.is_empty() && rest.starts_with('/')))
                    })
                })
            >
                {words}
            </TabLink>
        }
    };
    view! {
        <Tabs label=tr!("training-tabs")>
            {tab("", tr!("training-tab-overview"))}
            {move || {
                (this.perspective.get() == Perspective::Administrator)
                    .then(|| {
                        view! {
                            {tab("invitations", tr!("training-tab-invitations"))}
                            {registration_tab(this, current)}
                        }
                    })
            }} {tab("participants", tr!("training-tab-participants"))}
            {tab("attendance", tr!("training-tab-attendance"))}
            {tab("documents", tr!("training-tab-documents"))}
        </Tabs>
    }
}

/// The tab of self-registration, with how many wait for approval.
fn registration_tab(this: ThisTraining, current: Memo<String>) -> impl IntoView {
    let awaiting = awaiting();
    view! {
        <TabLink
            href=Signal::derive(move || this.address("registration", this.perspective.get()))
            current=Signal::derive(move || current.with(|now| now.starts_with("registration")))
        >
            {tr!("training-tab-registration")}
            {move || {
                let count = this.id.get().map_or(0, |id| awaiting.of(id));
                (count > 0)
                    .then(|| {
                        view! {
                            <span class="badge badge-to-send tab-waiting">
                                <span aria-hidden="true">{count}</span>
                                <span class="visually-hidden">
                                    {tr!("count-to-approve", count = count)}
                                </span>
                            </span>
                        }
                    })
            }}
        </TabLink>
    }
}

/// The head's height, while it is on its way.
#[component]
fn HeadSkeleton() -> impl IntoView {
    view! {
        <div class="page-head" aria-busy="true">
            <div class="page-head-text">
                <span class="visually-hidden">{tr!("loading")}</span>
                <span class="skeleton skeleton-title"></span>
                <span class="skeleton skeleton-facts"></span>
            </div>
        </div>
        <div class="tabs"></div>
    }
}
