//! The documents beside the participants: what a trainer shares in the middle of a day.

use super::{DocumentName, ShareButton};
use crate::api::ApiError;
use crate::components::{ErrorBox, Glyph, Icon};
use crate::pages::training::this_training;
use crate::tr;
use convoke_domain::view::DocumentRow;
use convoke_domain::{DocumentId, TrainingId};
use leptos::prelude::*;

/// The card.
#[component]
pub fn SharedDocuments(
    /// The training.
    training: TrainingId,
    /// Its documents.
    #[prop(into)]
    documents: Signal<Vec<DocumentRow>>,
    /// Told when one was shared or taken back.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    let _ = training;
    let this = this_training();
    let problem = RwSignal::new(None::<ApiError>);
    let ids = Memo::new(move |_| {
        documents.with(|rows| rows.iter().map(|row| row.id).collect::<Vec<_>>())
    });
    view! {
        <section class="card presence-documents" aria-labelledby="shared-title">
            <header class="code-head">
                <h2 id="shared-title">{tr!("documents-title")}</h2>
                <a
                    class="button button-small"
                    href=move || this.address("documents", this.perspective.get())
                >
                    <Icon glyph=Glyph::Plus size=14/>
                    {tr!("documents-manage")}
                </a>
            </header>
            {move || problem.get().map(|error| view! { <ErrorBox error/> })}
            {move || {
                ids.with(Vec::is_empty)
                    .then(|| view! { <p class="muted">{tr!("documents-none-here")}</p> })
            }}
            <ul class="document-rows">
                <For each=move || ids.get() key=|id| *id let:id>
                    <Row id documents problem on_changed/>
                </For>
            </ul>
        </section>
    }
}

#[component]
fn Row(
    id: DocumentId,
    documents: Signal<Vec<DocumentRow>>,
    problem: RwSignal<Option<ApiError>>,
    on_changed: Callback<()>,
) -> impl IntoView {
    let row =
        Memo::new(move |_| documents.with(|rows| rows.iter().find(|row| row.id == id).cloned()));
    let name = Memo::new(move |_| {
        row.with(|row| {
            row.as_ref()
                .map_or_else(String::new, |row| row.title.clone())
        })
    });
    // Here the second line says whether the trainees see it.
    let shown = move || {
        row.get().map(|row| {
            let detail = row
                .shared
                .clone()
                .unwrap_or_else(|| tr!("documents-not-shared"));
            let row = DocumentRow { detail, ..row };
            view! { <DocumentName row/> }
        })
    };
    let shared = Signal::derive(move || {
        row.with(|row| row.as_ref().is_some_and(|row| row.shared.is_some()))
    });
    view! {
        <li class="document-row">
            {shown}
            <span class="document-actions">
                <ShareButton
                    id
                    name
                    shared
                    on_done=move |()| {
                        problem.set(None);
                        on_changed.run(());
                    }
                    on_failed=move |error| problem.set(Some(error))
                />
            </span>
        </li>
    }
}
