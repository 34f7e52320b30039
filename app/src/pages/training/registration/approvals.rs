//! Who waits for approval: one, the ticked ones or all are approved or refused.

use super::store::Desk;
use crate::api::ApiError;
use crate::api::registration::{approve_registrations, refuse_registrations};
use crate::components::{Dialog, Glyph, Icon, SkeletonRows};
use crate::pages::training::story::Answers;
use crate::{focus, tr};
use convoke_domain::RegistrationId;
use convoke_domain::person::{full_name, initials};
use convoke_domain::view::{Approved, RegistrationRow};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashSet;

/// What is being done, and what is ticked.
#[derive(Clone, Copy)]
struct Queue {
    desk: Desk,
    ticked: RwSignal<HashSet<RegistrationId>>,
    busy: RwSignal<bool>,
    /// Whom a refusal would be about, while it is asked.
    refusing: RwSignal<Vec<RegistrationId>>,
}

impl Queue {
    /// The ticked ones that still wait; all of them if none is ticked.
    fn meant(self) -> Vec<RegistrationId> {
        self.desk.queue.with_untracked(|rows| {
            let rows = rows.as_deref().unwrap_or_default();
            let all = || rows.iter().map(|row| row.id);
            self.ticked.with_untracked(|ticked| {
                let chosen: Vec<_> = all().filter(|id| ticked.contains(id)).collect();
                if chosen.is_empty() {
                    all().collect()
                } else {
                    chosen
                }
            })
        })
    }

    fn approve(self, ids: Vec<RegistrationId>) {
        let training = self.desk.training;
        self.act(ids.clone(), async move {
            let done = approve_registrations(training, ids).await?;
            Ok(approved_words(done))
        });
    }

    fn refuse(self, ids: Vec<RegistrationId>) {
        let training = self.desk.training;
        self.act(ids.clone(), async move {
            let count = refuse_registrations(training, ids).await?;
            Ok(tr!("approvals-refused", count = count))
        });
    }

    /// Whom the focus goes to when these are decided: the next one that waits, else the last.
    fn next(self, decided: &[RegistrationId]) -> Option<RegistrationId> {
        self.desk.queue.with_untracked(|rows| {
            let rows = rows.as_deref().unwrap_or_default();
            let first = rows.iter().position(|row| decided.contains(&row.id));
            let left = |row: &&RegistrationRow| !decided.contains(&row.id);
            let after = rows[first.unwrap_or(0)..].iter().find(left);
            after.or_else(|| rows.iter().rfind(left)).map(|row| row.id)
        })
    }

    fn act(
        self,
        ids: Vec<RegistrationId>,
        what: impl Future<Output = Result<String, ApiError>> + 'static,
    ) {
        if self.busy.get_untracked() || ids.is_empty() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match what.await {
                Ok(words) => {
                    self.desk.announcer.toast(words);
                    let next = self.next(&ids);
                    self.desk.queue.try_update(|rows| {
                        if let Some(rows) = rows {
                            rows.retain(|row| !ids.contains(&row.id));
                        }
                    });
                    self.ticked
                        .try_update(|ticked| ticked.retain(|id| !ids.contains(id)));
                    match next {
                        Some(id) => focus::catch(format!(
                            "#approval-{id} .approval-actions button:last-child"
                        )),
                        // The queue goes, with whatever was pressed in it.
                        None => focus::go_to("#offered".to_owned()),
                    }
                }
                Err(error) => {
                    self.desk.problem.try_set(Some(error));
                }
            }
            self.busy.try_set(false);
            self.desk.fresh.refresh();
        });
    }
}

fn approved_words(done: Approved) -> String {
    match (done.confirmed, done.waiting) {
        (confirmed, 0) => tr!("approvals-approved", count = confirmed),
        (0, waiting) => tr!("approvals-waiting", count = waiting),
        (confirmed, waiting) => {
            let first = tr!("approvals-approved", count = confirmed);
            let second = tr!("approvals-waiting", count = waiting);
            format!("{first} {second}")
        }
    }
}

/// The queue.
#[component]
pub fn Approvals(desk: Desk) -> impl IntoView {
    let queue = Queue {
        desk,
        ticked: RwSignal::new(HashSet::new()),
        busy: RwSignal::new(false),
        refusing: RwSignal::new(Vec::new()),
    };
    Effect::new(move |_| {
        if desk.queue.with_untracked(Option::is_none) {
            spawn_local(desk.load_queue());
        }
    });
    let ids = Memo::new(move |_| {
        desk.queue.with(|rows| {
            let rows = rows.as_deref().unwrap_or_default();
            rows.iter().map(|row| row.id).collect::<Vec<_>>()
        })
    });
    let loading = Memo::new(move |_| desk.queue.with(Option::is_none));
    let ticked = Memo::new(move |_| {
        let ids = ids.get();
        queue
            .ticked
            .with(|ticked| ids.iter().filter(|id| ticked.contains(id)).count())
    });
    let all = Memo::new(move |_| ticked.get() > 0 && ticked.get() == ids.with(Vec::len));
    let disabled = move || (queue.busy.get() || loading.get()).then_some("true");
    view! {
        <section class="card approvals" aria-labelledby="approvals-title">
            <header class="approvals-head">
                <input
                    type="checkbox"
                    aria-label=tr!("approvals-tick-all")
                    prop:checked=move || all.get()
                    prop:indeterminate=move || { ticked.get() > 0 && !all.get() }
                    on:change:target=move |event| {
                        let everyone = event.target().checked();
                        queue
                            .ticked
                            .set(
                                if everyone {
                                    ids.get_untracked().into_iter().collect()
                                } else {
                                    HashSet::new()
                                },
                            );
                    }
                />
                <h2 id="approvals-title">
                    {tr!("approvals-title")} " "
                    <span class="badge badge-round badge-to-send tabular">
                        {move || desk.view.with(|view| tr!("invitations-count", count = view.pending))}
                    </span>
                </h2>
                <div class="toolbar toolbar-end">
                    <button
                        type="button"
                        class="button"
                        aria-haspopup="dialog"
                        aria-disabled=disabled
                        on:click=move |_| {
                            if untrack(disabled).is_none() {
                                queue.refusing.set(queue.meant());
                            }
                        }
                    >
                        {move || match ticked.get() {
                            0 => tr!("approvals-refuse-all"),
                            count => tr!("approvals-refuse-ticked", count = count),
                        }}
                    </button>
                    <button
                        type="button"
                        class="button button-primary"
                        aria-disabled=disabled
                        on:click=move |_| {
                            if untrack(disabled).is_none() {
                                queue.approve(queue.meant());
                            }
                        }
                    >
                        {move || match ticked.get() {
                            0 => tr!("approvals-approve-all"),
                            count => tr!("approvals-approve-ticked", count = count),
                        }}
                    </button>
                </div>
            </header>
            {move || loading.get().then(|| view! { <SkeletonRows rows=3/> })}
            <ul class="approvals-list">
                <For each=move || ids.get() key=|id| *id let:id>
                    <Row queue id/>
                </For>
            </ul>
            <RefuseDialog queue/>
        </section>
    }
}

#[component]
fn Row(queue: Queue, id: RegistrationId) -> impl IntoView {
    let row = Memo::new(move |_| {
        queue.desk.queue.with(|rows| {
            let rows = rows.as_deref().unwrap_or_default();
            rows.iter().find(|row| row.id == id).cloned()
        })
    });
    view! { <li class="approval" id=format!("approval-{id}")>{move || row.get().map(|row| cells(row, &queue))}</li> }
}

fn cells(row: RegistrationRow, queue: &Queue) -> impl IntoView + use<> {
    let queue = *queue;
    let id = row.id;
    let name = full_name(&row.first_name, &row.last_name);
    // The name that the directory has may differ from the one that was typed.
    let known = match (row.known, &row.user) {
        (true, Some((_, directory))) if *directory != name => {
            tr!("approvals-known-as", name = directory.as_str())
        }
        (true, _) => tr!("approvals-known"),
        (false, _) => tr!("approvals-unknown"),
    };
    let class = if row.known {
        "badge badge-sent"
    } else {
        "badge badge-neutral"
    };
    view! {
        <input
            type="checkbox"
            aria-label=tr!("invitations-tick", name = name.as_str())
            prop:checked=move || queue.ticked.with(|ticked| ticked.contains(&id))
            on:change:target=move |event| {
                let on = event.target().checked();
                queue
                    .ticked
                    .update(|ticked| {
                        if on {
                            ticked.insert(id);
                        } else {
                            ticked.remove(&id);
                        }
                    });
            }
        />
        <div class="approval-text">
            <div class="person">
                <span class="avatar tone-5" aria-hidden="true">
                    {initials(&row.first_name, &row.last_name)}
                </span>
                <span class="person-text">
                    <span class="person-name">{name.clone()}</span>
                    <span class="person-detail">{row.detail.clone()}</span>
                </span>
                <span class=class>{known}</span>
            </div>
            <Answers answers=row.answers/>
        </div>
        <div class="approval-actions">
            <button
                type="button"
                class="button"
                aria-label=tr!("approvals-refuse-one", name = name.as_str())
                aria-haspopup="dialog"
                on:click=move |_| queue.refusing.set(vec![id])
            >
                {tr!("approvals-refuse")}
            </button>
            <button
                type="button"
                class="button"
                aria-label=tr!("approvals-approve-one", name = name.as_str())
                on:click=move |_| queue.approve(vec![id])
            >
                <Icon glyph=Glyph::Check size=16/>
                {tr!("approvals-approve")}
            </button>
        </div>
    }
}

/// A refusal cannot be taken back, so it is asked first.
#[component]
fn RefuseDialog(queue: Queue) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(queue.refusing.with(|ids| !ids.is_empty())));
    Effect::new(move |_| {
        if !open.get() && queue.refusing.with_untracked(|ids| !ids.is_empty()) {
            queue.refusing.set(Vec::new());
        }
    });
    let title = Signal::derive(move || {
        tr!(
            "approvals-refuse-title",
            count = queue.refusing.with(Vec::len)
        )
    });
    view! {
        <Dialog
            open
            title
            footer=move || {
                view! {
                    <button type="button" class="button" on:click=move |_| open.set(false)>
                        {tr!("training-cancel")}
                    </button>
                    <button
                        type="button"
                        class="button button-danger"
                        on:click=move |_| {
                            let ids = queue.refusing.get_untracked();
                            open.set(false);
                            queue.refuse(ids);
                        }
                    >
                        {tr!("approvals-refuse")}
                    </button>
                }
            }
        >
            <p>{tr!("approvals-refuse-text")}</p>
        </Dialog>
    }
}
