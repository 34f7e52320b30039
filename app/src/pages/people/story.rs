//! A person's story: everything that concerns them, across all trainings or in one.

use super::breadcrumb;
use crate::api::ApiError;
use crate::api::history::{story_head, story_lines};
use crate::components::listing::follow;
use crate::components::windowed_list::WindowedRows;
use crate::components::{
    Empty, ErrorBox, ExportLinks, Glyph, PageTitle, SkeletonRows, TabLink, Tabs,
};
use crate::me::me;
use crate::pages::history::{HistoryList, count_words};
use crate::pages::messages::TextDialog;
use crate::tr;
use convoke_domain::view::{HistoryRow, StoryHead, TrainingChoice};
use convoke_domain::{Refusal, Role, TrainingId, UserId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The tabs of a person's page, for those who may open both.
#[component]
pub fn PersonTabs(
    /// The person.
    id: UserId,
    /// Whether it is the story that is shown.
    story: bool,
) -> impl IntoView {
    let administers = me().is_some_and(|reader| reader.role == Role::Administrator);
    administers.then(|| {
        view! {
            <Tabs label=tr!("story-tabs")>
                <TabLink href=format!("/people/{id}") current=!story>
                    {tr!("story-tab-person")}
                </TabLink>
                <TabLink href=format!("/people/{id}/story") current=story>
                    {tr!("story-tab-story")}
                </TabLink>
            </Tabs>
        }
    })
}

/// The page.
#[component]
pub fn PersonStoryPage() -> impl IntoView {
    let params = use_params_map();
    let id = params.with_untracked(|p| p.get("id").and_then(|id| id.parse::<UserId>().ok()));
    let head = Resource::new(
        move || id,
        |id| async move {
            let id = id.ok_or(ApiError::Refused(Refusal::NotFound))?;
            Ok::<_, ApiError>((id, story_head(id).await?))
        },
    );
    view! {
        {breadcrumb()}
        <Suspense fallback=|| view! { <div class="card"><SkeletonRows rows=8/></div> }>
            {move || Suspend::new(async move {
                match head.await {
                    Ok((id, head)) => view! { <Story id head/> }.into_any(),
                    Err(error) => {
                        view! { <ErrorBox error on_retry=move |()| head.refetch()/> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

#[component]
fn Story(id: UserId, head: StoryHead) -> impl IntoView {
    let training = RwSignal::new(None::<TrainingId>);
    let opened = RwSignal::new(None);
    let rows = WindowedRows::<HistoryRow>::new(move |range| {
        story_lines(id, training.get_untracked(), range)
    });
    let count = move || count_words(rows);
    follow(rows, training, count);
    let query = Signal::derive(move || {
        let training = training.get().map(|id| id.to_string()).unwrap_or_default();
        format!("?person={id}&training={training}")
    });
    let nobody = move || {
        let text = if training.get().is_some() {
            tr!("story-empty-training")
        } else {
            tr!("story-empty-text")
        };
        view! { <Empty glyph=Glyph::Search title=tr!("history-empty-title") text/> }
    };
    view! {
        <div class="page-head">
            <div class="page-head-text">
                <PageTitle title=head.name.clone()/>
                <p class="page-intro">
                    {move || if rows.loaded().get() { count() } else { "\u{a0}".to_owned() }}
                </p>
            </div>
            <div class="page-actions">
                <ExportLinks
                    file="story"
                    before="/api/export/"
                    query
                    labels=[tr!("story-export-csv"), tr!("story-export-xlsx")]
                />
            </div>
        </div>
        <PersonTabs id story=true/>
        {(!head.trainings.is_empty())
            .then(|| view! { <TrainingFilter trainings=head.trainings training/> })}
        <HistoryList rows label=tr!("story-title", name = head.name.as_str()) nobody opened/>
        <TextDialog opened/>
    }
}

/// Narrows the story to one training.
#[component]
fn TrainingFilter(
    trainings: Vec<TrainingChoice>,
    training: RwSignal<Option<TrainingId>>,
) -> impl IntoView {
    let choices = trainings.into_iter();
    let choices = choices.map(|choice| {
        view! { <option value=choice.id.to_string()>{choice.name}</option> }
    });
    view! {
        <div class="toolbar list-toolbar">
            <label class="history-filter">
                <span class="field-label">{tr!("story-training")}</span>
                <select
                    class="input"
                    on:change:target=move |event| training.set(event.target().value().parse().ok())
                >
                    <option value="">{tr!("story-training-all")}</option>
                    {choices.collect_view()}
                </select>
            </label>
        </div>
    }
}
