//! One import: its columns, what would come of it, and what came of it.

use super::FOR;
use super::columns::Columns;
use super::outcome::Now;
use crate::api::ApiError;
use crate::api::imports::{check_import, import_view, run_import, undo_import};
use crate::api::trainings::training;
use crate::components::{Announcer, ErrorBox, PageTitle, SkeletonRows, use_announcer};
use crate::{focus, language, tr};
use convoke_domain::view::{ImportField, ImportState, ImportView, Perspective};
use convoke_domain::{ImportId, Refusal, TrainingId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_params_map, use_query_map};
use std::future::Future;
use std::time::Duration;

/// How long to wait between two looks at what is under way.
const LOOK_AGAIN: Duration = Duration::from_millis(600);
/// The same, while the server does not answer.
const LOOK_LATER: Duration = Duration::from_secs(5);

/// The heading of what stands on the page now.
pub const NOW: &str = "#import-now";
/// What keeps the columns from being checked, or asks for it again.
pub const PROBLEMS: &str = "#import-problems";

/// The page of an import.
#[component]
pub fn ImportPage() -> impl IntoView {
    let params = use_params_map();
    let id = params.with_untracked(|p| p.get("id").and_then(|id| id.parse::<ImportId>().ok()));
    let wanted = use_query_map()
        .with_untracked(|query| query.get(FOR).and_then(|id| id.parse::<TrainingId>().ok()));
    let loaded = Resource::new(
        move || (id, wanted),
        |(id, wanted)| async move {
            let view = match id {
                Some(id) => import_view(id).await?,
                None => return Err(Refusal::NotFound.into()),
            };
            // A training that is gone meanwhile, or never was, is passed over.
            let training = match wanted {
                Some(wanted) => training(wanted, Perspective::Administrator).await.ok(),
                None => None,
            };
            Ok::<_, ApiError>((view, training.map(|t| (t.id, t.title))))
        },
    );
    view! {
        <nav class="breadcrumb" aria-label=tr!("imports-title")>
            <a href="/people">{tr!("people-title")}</a>
            <span class="muted" aria-hidden="true">" / "</span>
            <a href="/people/import">{tr!("imports-title")}</a>
            <span class="muted" aria-hidden="true">" /"</span>
        </nav>
        <Suspense fallback=|| view! { <div class="card"><SkeletonRows rows=6/></div> }>
            {move || Suspend::new(async move {
                match loaded.await {
                    Ok((first, training)) => view! { <OneImport first training/> }.into_any(),
                    Err(error) => {
                        view! { <ErrorBox error on_retry=move |()| loaded.refetch()/> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

/// What was asked of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// To tell what would come of it.
    Check,
    /// To store the people, or go on with that.
    Run,
    /// To undo it.
    Undo,
}

/// What the page holds while it is open: signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Import {
    /// The import.
    pub id: ImportId,
    /// What the server said last.
    pub view: RwSignal<ImportView>,
    /// The training that its people are to be chosen for, if any, and its title.
    pub training: StoredValue<Option<(TrainingId, String)>>,
    /// What the columns are, as chosen here.
    pub chosen: RwSignal<Vec<Option<ImportField>>>,
    /// Whether something is being asked of the server.
    pub busy: RwSignal<bool>,
    /// Whether the check broke off: then nothing is known of the file again.
    pub stopped: RwSignal<bool>,
    /// Why what was asked was refused.
    failure: RwSignal<Option<(Deed, ApiError)>>,
    /// Why the last look brought nothing.
    lost: RwSignal<Option<ApiError>>,
    /// Number of the latest look: the answer to another one is pointless.
    question: StoredValue<u32>,
    /// Number of looks that were answered; each, even one without news, plans the next.
    looks: RwSignal<u32>,
    announcer: Announcer,
}

impl Import {
    fn new(view: ImportView, training: Option<(TrainingId, String)>) -> Self {
        let chosen = view.columns.iter().map(|column| column.field).collect();
        Self {
            id: view.id,
            view: RwSignal::new(view),
            training: StoredValue::new(training),
            chosen: RwSignal::new(chosen),
            busy: RwSignal::new(false),
            stopped: RwSignal::new(false),
            failure: RwSignal::new(None),
            lost: RwSignal::new(None),
            question: StoredValue::new(0),
            looks: RwSignal::new(0),
            announcer: use_announcer(),
        }
    }

    /// Says something to screen readers, politely.
    pub fn announce(self, text: String) {
        self.announcer.announce(text);
    }

    /// Takes a column of the file as `field`, or leaves it out.
    pub fn choose(self, place: usize, field: Option<ImportField>) {
        self.forget();
        self.chosen.update(|chosen| {
            if let Some(column) = chosen.get_mut(place) {
                *column = field;
            }
        });
    }

    /// Takes back what was said of what was asked before.
    fn forget(self) {
        self.failure.set(None);
        self.stopped.set(false);
    }

    /// Whether what would come of it is known, with the columns as they are chosen now.
    pub fn is_checked(self) -> Memo<bool> {
        Memo::new(move |_| {
            self.view.with(|view| {
                view.state == ImportState::Checked
                    && self.chosen.with(|chosen| {
                        view.columns
                            .iter()
                            .map(|c| c.field)
                            .eq(chosen.iter().copied())
                    })
            })
        })
    }

    /// *Check the file*.
    pub fn check(self) {
        let columns = self.chosen.get_untracked();
        self.ask(Deed::Check, move || check_import(self.id, columns));
    }

    /// *Import*, or *Go on*.
    pub fn run(self) {
        self.ask(Deed::Run, move || run_import(self.id));
    }

    /// *Undo this import*.
    pub fn undo(self) {
        self.ask(Deed::Undo, move || undo_import(self.id));
    }

    /// Asks for something, unless something is being asked already; then shows what stands there now.
    fn ask<Answer>(self, deed: Deed, call: impl FnOnce() -> Answer)
    where
        Answer: Future<Output = Result<(), ApiError>> + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.forget();
        let answer = call();
        spawn_local(async move {
            match answer.await {
                Ok(()) => {
                    self.look().await;
                    focus::go_to(NOW.to_owned());
                }
                Err(error) => {
                    // A colleague was there first: the page shows what stands there now, and why nothing was done.
                    if matches!(error, ApiError::Refused(Refusal::Conflict(_))) {
                        self.look().await;
                    }
                    self.failure.try_set(Some((deed, error)));
                }
            }
            self.busy.try_set(false);
        });
    }

    /// Asks how it stands.
    async fn look(self) {
        let next = self.question.try_update_value(|question| {
            *question += 1;
            *question
        });
        let answer = import_view(self.id).await;
        // A later question, or the end of the page, makes this answer pointless.
        if next.is_none() || self.question.try_get_value() != next {
            return;
        }
        match answer {
            Ok(view) => {
                self.lost.try_set(None);
                let before = self.view.with_untracked(|view| view.state);
                if before == ImportState::Checking && view.state == ImportState::Ready {
                    self.stopped.try_set(true);
                    focus::catch(PROBLEMS.to_owned());
                }
                self.view.try_set(view);
            }
            Err(error) => {
                // The same words again would be read again.
                if self
                    .lost
                    .with_untracked(|lost| lost.as_ref() != Some(&error))
                {
                    self.lost.try_set(Some(error));
                }
            }
        }
        self.looks.try_update(|looks| *looks += 1);
    }

    /// Looks again by itself as long as something is under way.
    fn follow(self) {
        let pending = StoredValue::new(None::<TimeoutHandle>);
        let stop = move || {
            if let Some(handle) = pending.try_update_value(Option::take).flatten() {
                handle.clear();
            }
        };
        on_cleanup(stop);
        Effect::new(move |_| {
            self.looks.track();
            stop();
            if !self.view.with_untracked(|view| view.state.is_busy()) {
                return;
            }
            let pause = match self.lost.get_untracked() {
                None => LOOK_AGAIN,
                Some(error) if error.is_final() || error.is_signed_out() => return,
                Some(_) => LOOK_LATER,
            };
            let handle = set_timeout_with_handle(move || spawn_local(self.look()), pause);
            pending.set_value(handle.ok());
        });
    }

    /// Why one of these `deeds` was refused.
    pub fn failed(self, deeds: fn(Deed) -> bool) -> impl IntoView {
        move || {
            let (_, error) = self.failure.get().filter(|(deed, _)| deeds(*deed))?;
            let at_columns = error.at_field(language(), "columns");
            Some(match at_columns {
                Some(words) => view! {
                    <p class="field-error" role="alert">
                        {words}
                    </p>
                }
                .into_any(),
                None => view! { <ErrorBox error/> }.into_any(),
            })
        }
    }
}

#[component]
fn OneImport(first: ImportView, training: Option<(TrainingId, String)>) -> impl IntoView {
    let title = first.file_name.clone();
    let brought = tr!(
        "imports-brought",
        when = first.when.as_str(),
        who = first.who.as_str()
    );
    let for_training = training
        .as_ref()
        .map(|(_, title)| tr!("imports-for", training = title.as_str()));
    let import = Import::new(first, training);
    import.follow();
    let preparing = Memo::new(move |_| {
        import.view.with(|view| {
            matches!(
                view.state,
                ImportState::Ready | ImportState::Checking | ImportState::Checked
            )
        })
    });
    view! {
        <div class="page-head">
            <div class="page-head-text">
                <PageTitle title/>
                <p class="page-intro">{brought}</p>
                {for_training.map(|words| view! { <p class="import-for">{words}</p> })}
            </div>
        </div>
        <div class="import-one">
            {move || preparing.get().then(|| view! { <Columns import/> })}
            {move || {
                import
                    .lost
                    .get()
                    .map(|error| {
                        view! { <ErrorBox error on_retry=move |()| spawn_local(import.look())/> }
                    })
            }}
            <Now import/>
        </div>
    }
}
