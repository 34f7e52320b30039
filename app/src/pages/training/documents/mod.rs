//! Documents and links of a training: added here, shared with the trainees at once or later.

mod link;
mod shared;
mod upload;

use super::this_training;
use crate::api::ApiError;
use crate::api::documents::{delete_document, documents, share_document};
use crate::components::{
    Announcer, Dialog, Empty, ErrorBox, Glyph, Icon, SkeletonRows, use_announcer,
};
use crate::tr;
use convoke_domain::view::{DocumentRow, DocumentsView};
use convoke_domain::{DocumentId, Refusal, TrainingId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use link::LinkDialog;
pub use shared::SharedDocuments;
use upload::Uploads;

/// The tab.
#[component]
pub fn DocumentsRoute() -> impl IntoView {
    let this = this_training();
    let first = Resource::new(
        move || this.id.get(),
        |id| async move {
            match id {
                Some(id) => documents(id).await,
                None => Err(Refusal::NotFound.into()),
            }
        },
    );
    view! {
        <Suspense fallback=|| view! { <div class="card"><SkeletonRows rows=4/></div> }>
            {move || Suspend::new(async move {
                if this.view.await.is_err() {
                    // The head says why.
                    return ().into_any();
                }
                match (first.await, this.id.get_untracked()) {
                    (Ok(view), Some(training)) => {
                        view! { <Documents training view/> }.into_any()
                    }
                    (Ok(_), None) => ().into_any(),
                    (Err(error), _) => {
                        view! { <ErrorBox error on_retry=move |()| first.refetch()/> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

/// What the tab holds while it is open.
#[derive(Clone, Copy)]
pub struct Shelf {
    /// The training.
    training: TrainingId,
    /// What the server said last.
    view: RwSignal<DocumentsView>,
    /// The last question failed.
    problem: RwSignal<Option<ApiError>>,
    /// The document that is taken away if that is really meant.
    deleting: RwSignal<Option<DocumentRow>>,
    /// Whether what is added is shared at once.
    share: RwSignal<bool>,
    announcer: Announcer,
}

impl Shelf {
    /// Asks for the list anew.
    fn refresh(self) {
        spawn_local(async move {
            match documents(self.training).await {
                Ok(view) => {
                    self.view.try_set(view);
                    self.problem.try_set(None);
                }
                Err(error) => {
                    self.problem.try_set(Some(error));
                }
            }
        });
    }

    fn delete(self, document: DocumentRow) {
        spawn_local(async move {
            match delete_document(document.id).await {
                Ok(()) => {
                    let name = document.title;
                    self.announcer.toast(tr!("documents-deleted", name = name));
                }
                Err(error) => {
                    self.problem.try_set(Some(error));
                }
            }
            self.refresh();
        });
    }
}

#[component]
fn Documents(training: TrainingId, view: DocumentsView) -> impl IntoView {
    let shelf = Shelf {
        training,
        view: RwSignal::new(view),
        problem: RwSignal::new(None),
        deleting: RwSignal::new(None),
        share: RwSignal::new(false),
        announcer: use_announcer(),
    };
    let linking = RwSignal::new(false);
    let ids = Memo::new(move |_| {
        shelf
            .view
            .with(|view| view.rows.iter().map(|row| row.id).collect::<Vec<_>>())
    });
    let nothing = Memo::new(move |_| ids.with(Vec::is_empty));
    view! {
        <div class="documents">
            <section class="card documents-add" aria-labelledby="documents-add">
                <h2 id="documents-add">{tr!("documents-add")}</h2>
                <Uploads shelf/>
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || shelf.share.get()
                        on:change:target=move |event| shelf.share.set(event.target().checked())
                    />
                    <span>{tr!("documents-share-at-once")}</span>
                </label>
                <div>
                    <button
                        type="button"
                        class="button"
                        aria-haspopup="dialog"
                        on:click=move |_| linking.set(true)
                    >
                        <Icon glyph=Glyph::Link size=16/>
                        {tr!("documents-add-link")}
                    </button>
                </div>
            </section>
            <section class="card documents-card" aria-labelledby="documents-title">
                <h2 id="documents-title" class="list-head">
                    {move || tr!("documents-count", count = ids.with(Vec::len))}
                </h2>
                {move || {
                    shelf
                        .problem
                        .get()
                        .map(|error| view! { <ErrorBox error on_retry=move |()| shelf.refresh()/> })
                }}
                {move || {
                    nothing
                        .get()
                        .then(|| {
                            view! {
                                <Empty
                                    glyph=Glyph::File
                                    title=tr!("documents-empty-title")
                                    text=tr!("documents-empty-text")
                                />
                            }
                        })
                }}
                <ul class="document-rows">
                    <For each=move || ids.get() key=|id| *id let:id>
                        <Row shelf id/>
                    </For>
                </ul>
            </section>
        </div>
        <LinkDialog shelf open=linking/>
        <DeleteDialog shelf/>
    }
}

#[component]
fn Row(shelf: Shelf, id: DocumentId) -> impl IntoView {
    let row = Memo::new(move |_| {
        shelf
            .view
            .with(|view| view.rows.iter().find(|row| row.id == id).cloned())
    });
    let name = Memo::new(move |_| {
        row.with(|row| {
            row.as_ref()
                .map_or_else(String::new, |row| row.title.clone())
        })
    });
    let shared =
        Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.shared.clone())));
    view! {
        <li class="document-row">
            {move || row.get().map(|row| view! { <DocumentName row/> })}
            <span class="document-state">
                {move || match shared.get() {
                    Some(when) => {
                        view! { <span class="badge badge-confirmed">{when}</span> }.into_any()
                    }
                    None => {
                        view! { <span class="badge badge-neutral">{tr!("documents-not-shared")}</span> }
                            .into_any()
                    }
                }}
            </span>
            <span class="document-actions">
                <ShareButton
                    id
                    name
                    shared=Signal::derive(move || shared.with(Option::is_some))
                    on_done=move |()| shelf.refresh()
                    on_failed=move |error| shelf.problem.set(Some(error))
                />
                <button
                    type="button"
                    class="icon-button"
                    aria-haspopup="dialog"
                    aria-label=move || tr!("documents-delete-name", name = name.get())
                    title=tr!("documents-delete")
                    on:click=move |_| shelf.deleting.set(row.get_untracked())
                >
                    <Icon glyph=Glyph::Bin size=16/>
                </button>
            </span>
        </li>
    }
}

/// What a document is called, opens, and is.
#[component]
fn DocumentName(row: DocumentRow) -> impl IntoView {
    let glyph = if row.url.is_some() {
        Glyph::Link
    } else {
        Glyph::File
    };
    let href = row
        .url
        .clone()
        .unwrap_or_else(|| format!("/documents/{}", row.id));
    view! {
        <span class="document-name">
            <span class="document-glyph">
                <Icon glyph/>
            </span>
            <span class="person-text">
                <a
                    class="document-title"
                    href=href
                    rel="external noopener noreferrer"
                    target="_blank"
                >
                    {row.title}
                </a>
                <span class="person-detail">{row.detail}</span>
                {(!row.attached.is_empty())
                    .then(|| {
                        let texts = row.attached.join(", ");
                        view! {
                            <span class="person-detail document-attached">
                                {tr!("documents-attached", texts = texts)}
                            </span>
                        }
                    })}
            </span>
        </span>
    }
}

/// *Share* or *Take back*.
#[component]
fn ShareButton(
    id: DocumentId,
    name: Memo<String>,
    #[prop(into)] shared: Signal<bool>,
    #[prop(into)] on_done: Callback<()>,
    #[prop(into)] on_failed: Callback<ApiError>,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let announcer = use_announcer();
    let press = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let share = !shared.get_untracked();
        spawn_local(async move {
            match share_document(id, share).await {
                Ok(()) => {
                    let name = name.get_untracked();
                    announcer.announce(if share {
                        tr!("documents-shared-now", name = name)
                    } else {
                        tr!("documents-taken-back", name = name)
                    });
                    on_done.run(());
                }
                Err(error) => on_failed.run(error),
            }
            busy.try_set(false);
        });
    };
    view! {
        <button
            type="button"
            class="button button-small document-share"
            aria-disabled=move || busy.get().then_some("true")
            on:click=press
        >
            {move || if shared.get() { tr!("documents-take-back") } else { tr!("documents-share") }}
            <span class="visually-hidden">{move || format!(" {}", name.get())}</span>
        </button>
    }
}

/// A document that is taken away is gone for everyone, so it is asked first.
#[component]
fn DeleteDialog(shelf: Shelf) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(shelf.deleting.with(Option::is_some)));
    Effect::new(move |_| {
        if !open.get() && shelf.deleting.with_untracked(Option::is_some) {
            shelf.deleting.set(None);
        }
    });
    let title = Signal::derive(move || {
        shelf.deleting.with(|row| {
            row.as_ref().map_or_else(String::new, |row| {
                tr!("documents-delete-title", name = row.title.as_str())
            })
        })
    });
    view! {
        <Dialog
            open
            title
            footer=move || {
                view! {
                    <button
                        type="button"
                        class="button"
                        autofocus=true
                        on:click=move |_| open.set(false)
                    >
                        {tr!("training-cancel")}
                    </button>
                    <button
                        type="button"
                        class="button button-danger"
                        on:click=move |_| {
                            let row = shelf.deleting.get_untracked();
                            open.set(false);
                            if let Some(row) = row {
                                shelf.delete(row);
                            }
                        }
                    >
                        {tr!("documents-delete")}
                    </button>
                }
            }
        >
            <p>{tr!("documents-delete-text")}</p>
            {move || {
                let texts = shelf
                    .deleting
                    .with(|row| row.as_ref().map(|row| row.attached.join(", ")).unwrap_or_default());
                (!texts.is_empty())
                    .then(|| view! {
                        <p class="documents-delete-attached">
                            {tr!("documents-delete-attached", texts = texts)}
                        </p>
                    })
            }}
        </Dialog>
    }
}
