//! *Import people*: a file is brought, its columns are named, what would come of it is shown; then the people are stored, which can be undone.

mod bring;
mod columns;
mod outcome;
mod page;

pub use bring::{Bring, GivenFile};
pub use page::ImportPage;

use crate::api::ApiError;
use crate::api::imports::imports;
use crate::components::{ErrorBox, PageTitle};
use crate::me::me;
use crate::{language, tr};
use convoke_domain::view::{ImportCounts, ImportField, ImportRow, ImportState};
use convoke_domain::{ImportId, Refusal, Role, TrainingId};
use leptos::prelude::*;

/// The page *Import people*: where a file is brought, and those of the last weeks.
#[component]
pub fn ImportsPage() -> impl IntoView {
    let administers = me().is_some_and(|person| person.role == Role::Administrator);
    view! {
        <nav class="breadcrumb" aria-label=tr!("people-title")>
            <a href="/people">{tr!("people-title")}</a>
            <span class="muted" aria-hidden="true">" /"</span>
        </nav>
        <div class="page-head">
            <div class="page-head-text">
                <PageTitle title=tr!("imports-title")/>
                <p class="page-intro">{tr!("imports-lead")}</p>
            </div>
        </div>
        {if administers {
            view! {
                <div class="import-page">
                    <section class="card import-bring" aria-labelledby="import-bring">
                        <h2 id="import-bring">{tr!("imports-file")}</h2>
                        <Bring/>
                    </section>
                    <Latest/>
                </div>
            }
                .into_any()
        } else {
            let error = ApiError::Refused(Refusal::NotAllowed);
            view! { <ErrorBox error/> }.into_any()
        }}
    }
}

/// The address of an import's page; with the training that its people are to be chosen for, if any.
fn address(id: ImportId, training: Option<TrainingId>) -> String {
    match training {
        Some(training) => format!("/people/import/{id}?{FOR}={training}"),
        None => format!("/people/import/{id}"),
    }
}

/// The word in the address of an import that names a training.
const FOR: &str = "for";

/// What a field of a person is called.
fn field_words(field: ImportField) -> String {
    convoke_texts::text(language(), field.label(), &[])
}

/// Where an import stands, in a few words.
fn state_words(state: ImportState) -> String {
    match state {
        ImportState::Ready => tr!("imports-state-ready"),
        ImportState::Checking => tr!("imports-state-checking"),
        ImportState::Checked => tr!("imports-state-checked"),
        ImportState::Running => tr!("imports-state-running"),
        ImportState::Done => tr!("imports-state-done"),
        ImportState::Broken => tr!("imports-state-broken"),
        ImportState::Undoing => tr!("imports-state-undoing"),
        ImportState::Undone => tr!("imports-state-undone"),
    }
}

/// What came of the lines, in one sentence without a full stop.
fn counts_words(counts: &ImportCounts) -> String {
    [
        tr!("imports-said-created", count = counts.created),
        tr!("imports-said-updated", count = counts.updated),
        tr!("imports-said-unchanged", count = counts.unchanged),
        tr!("imports-said-left-out", count = counts.bad_lines),
    ]
    .join(", ")
}

/// The imports of the last weeks; nothing when there is none.
#[component]
fn Latest() -> impl IntoView {
    let latest = Resource::new(|| (), |()| imports());
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                match latest.await {
                    Ok(rows) if rows.is_empty() => ().into_any(),
                    Ok(rows) => {
                        view! {
                            <section class="card import-latest" aria-labelledby="import-latest">
                                <h2 id="import-latest" class="list-head">
                                    {tr!("imports-latest")}
                                </h2>
                                <ul class="import-rows">{rows.into_iter().map(row).collect_view()}</ul>
                            </section>
                        }
                            .into_any()
                    }
                    Err(error) => {
                        view! { <ErrorBox error on_retry=move |()| latest.refetch()/> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

fn row(row: ImportRow) -> impl IntoView {
    let badge = match row.state {
        ImportState::Done => "badge badge-confirmed",
        ImportState::Broken => "badge badge-problem",
        state if state.is_busy() => "badge badge-sent",
        _ => "badge badge-neutral",
    };
    let counts = (row.counts.lines > 0).then(|| counts_words(&row.counts));
    view! {
        <li class="import-row">
            <span class="import-row-file">
                <a href=address(row.id, None)>{row.file_name}</a>
                <span class="import-detail">{row.when} " · " {row.who}</span>
            </span>
            <span class="import-row-state">
                <span class=badge>{state_words(row.state)}</span>
            </span>
            <span class="import-row-counts">{counts}</span>
        </li>
    }
}
