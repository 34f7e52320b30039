//! *Import people*: a file is brought, its columns are named, what would come of it is shown; then the people are stored, which can be undone.

mod columns;
mod outcome;
mod page;

pub use page::ImportPage;

use crate::api::ApiError;
use crate::api::imports::imports;
use crate::components::file_upload::{Answer, DropZone, Taken, send_file};
use crate::components::{ErrorBox, PageTitle};
use crate::me::me;
use crate::{language, tr};
use convoke_domain::view::{ImportCounts, ImportField, ImportRow, ImportState, MAX_IMPORT_BYTES};
use convoke_domain::{ImportId, Refusal, Role};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// The endings that are taken; some programs end tables with separators in `.txt`.
const ACCEPT: &str = ".csv,.txt,.xlsx";

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
                    <Bring/>
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

/// The place for a file. As soon as it has arrived, its page opens.
#[component]
fn Bring() -> impl IntoView {
    let taken = StoredValue::new(Taken {
        accept: ACCEPT.to_owned(),
        max_bytes: MAX_IMPORT_BYTES,
        too_large: || tr!("imports-too-large"),
        empty: || tr!("imports-empty-file"),
        kind: || tr!("imports-kind"),
    });
    // The name of what is on its way, and how much of it has gone out.
    let sending = RwSignal::new(None::<String>);
    let percent = RwSignal::new(0_u32);
    // The name of what was refused, and why.
    let refused = RwSignal::new(None::<(String, String)>);
    let arrived = RwSignal::new(None::<ImportId>);
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(id) = arrived.get() {
            navigate(&format!("/people/import/{id}"), <_>::default());
        }
    });
    let answered = move |name: String, answer: &Answer| {
        let id = serde_json::from_str::<ImportId>(&answer.body).ok();
        if let Some(id) = id.filter(|_| answer.is_taken()) {
            arrived.try_set(Some(id));
            return;
        }
        sending.try_set(None);
        if let Some(words) = taken.try_with_value(|taken| taken.refusal_words(answer)) {
            refused.try_set(Some((name, words)));
        }
    };
    let begin = move |file: web_sys::File| {
        if sending.with_untracked(Option::is_some) {
            return;
        }
        let name = file.name();
        refused.set(None);
        // What the server would refuse is said at once.
        if let Some(words) = taken.with_value(|taken| taken.refused(&file)) {
            refused.set(Some((name, words)));
            return;
        }
        percent.set(0);
        sending.set(Some(name.clone()));
        let sent = name.clone();
        let begun = send_file(
            "/api/imports",
            &[],
            &file,
            move |gone| {
                percent.try_set(gone);
            },
            move |answer| answered(sent, &answer),
        );
        if begun.is_err() {
            sending.set(None);
            refused.set(Some((name, tr!("refusal-transport"))));
        }
    };
    let reading = Memo::new(move |_| percent.get() >= 100);
    view! {
        <section class="card import-bring" aria-labelledby="import-bring">
            <h2 id="import-bring">{tr!("imports-file")}</h2>
            <DropZone
                words=tr!("imports-drop")
                choose=tr!("imports-choose")
                help=tr!("imports-limit", size = MAX_IMPORT_BYTES / 1_000_000)
                accept=ACCEPT.to_owned()
                on_file=begin
            />
            <div class="uploads" aria-live="polite">
                {move || {
                    sending
                        .get()
                        .map(|name| {
                            let label = tr!("documents-uploading", name = name.as_str());
                            view! {
                                <div class="upload">
                                    <span class="upload-name">{name}</span>
                                    <progress
                                        max="100"
                                        aria-label=label
                                        value=move || percent.get().to_string()
                                    ></progress>
                                    {move || {
                                        reading
                                            .get()
                                            .then(|| {
                                                view! { <p class="field-help">{tr!("imports-reading")}</p> }
                                            })
                                    }}
                                </div>
                            }
                        })
                }}
                {move || {
                    refused
                        .get()
                        .map(|(name, words)| {
                            view! {
                                <div class="upload is-failed">
                                    <span class="upload-name">{name}</span>
                                    <p class="field-error">{words}</p>
                                </div>
                            }
                        })
                }}
            </div>
            <div class="import-known">
                <h3>{tr!("imports-known")}</h3>
                <ul class="import-fields">
                    {ImportField::ALL
                        .iter()
                        .map(|field| view! { <li class="badge badge-neutral">{field_words(*field)}</li> })
                        .collect_view()}
                </ul>
                <p class="field-help">{tr!("imports-known-help")}</p>
                <p class="field-help">{tr!("imports-known-again")}</p>
            </div>
        </section>
    }
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
                <a href=format!("/people/import/{}", row.id)>{row.file_name}</a>
                <span class="import-detail">{row.when} " · " {row.who}</span>
            </span>
            <span class="import-row-state">
                <span class=badge>{state_words(row.state)}</span>
            </span>
            <span class="import-row-counts">{counts}</span>
        </li>
    }
}
