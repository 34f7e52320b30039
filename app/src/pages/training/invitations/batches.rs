//! The strip above the blocks: what waits for its time, and can be undone; what is on its way, and can be stopped.

use super::store::Board;
use crate::api::ApiError;
use crate::api::invitations::{hurry_batch, stop_batch};
use crate::components::{Glyph, Icon, use_announcer};
use crate::number::grouped;
use crate::{language, tr};
use convoke_domain::view::{BatchEnded, BatchView};
use convoke_domain::{BatchId, MessageKind};
use leptos::leptos_dom::helpers::{IntervalHandle, set_interval_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How often a countdown moves.
const TICK: Duration = Duration::from_millis(250);

/// The batches that wait or are on their way; nothing when there are none.
#[component]
pub fn Batches(
    /// The tab's memory.
    board: Board,
) -> impl IntoView {
    let batches = Memo::new(move |_| board.summary.with(|summary| summary.batches.clone()));
    let ids = Memo::new(move |_| batches.with(|all| all.iter().map(|b| b.id).collect::<Vec<_>>()));
    let some = Memo::new(move |_| ids.with(|ids| !ids.is_empty()));
    let passed = count_down(board, batches);
    view! {
        {move || {
            some.get()
                .then(|| {
                    view! {
                        <section class="batches" aria-label=tr!("batches-title")>
                            <For each=move || ids.get() key=|id| *id let:id>
                                <Batch board id batches passed/>
                            </For>
                        </section>
                    }
                })
        }}
    }
}

/// Milliseconds since the server said how long the batches wait. When the time of one is up, the tab looks again.
fn count_down(board: Board, batches: Memo<Vec<BatchView>>) -> RwSignal<i64> {
    let passed = RwSignal::new(0_i64);
    let running = StoredValue::new(None::<IntervalHandle>);
    let stop = move || {
        if let Some(handle) = running.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    on_cleanup(stop);
    Effect::new(move |_| {
        let next = batches.with(|all| all.iter().filter_map(|batch| batch.waits).min());
        stop();
        passed.set(0);
        let Some(next) = next else { return };
        let tick = move || {
            let Some(now) = passed.try_get_untracked() else {
                return;
            };
            let later = now + 250;
            passed.try_set(later);
            if now < next && later >= next {
                board.refetch();
            }
        };
        running.set_value(set_interval_with_handle(tick, TICK).ok());
    });
    passed
}

/// What is asked of the server.
#[derive(Clone, Copy)]
enum Deed {
    Stop,
    Hurry,
}

#[component]
fn Batch(
    board: Board,
    id: BatchId,
    batches: Memo<Vec<BatchView>>,
    passed: RwSignal<i64>,
) -> impl IntoView {
    let announcer = use_announcer();
    let batch = Memo::new(move |before: Option<&Option<BatchView>>| {
        let now = batches.with(|all| all.iter().find(|batch| batch.id == id).cloned());
        // Its row is about to go: it keeps what it says until then.
        now.or_else(|| before.cloned().flatten())
    });
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<ApiError>);
    let ask = move |deed: Deed| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let answer = match deed {
                Deed::Stop => stop_batch(board.training_id, id)
                    .await
                    .map(|ended| announcer.toast(ended_words(ended))),
                Deed::Hurry => hurry_batch(board.training_id, id).await,
            };
            if let Err(error) = answer {
                problem.try_set(Some(error));
            }
            busy.try_set(false);
            board.refetch();
        });
    };
    let words = move || {
        batch.with(|batch| {
            batch
                .as_ref()
                .map(|batch| words(batch, passed.get()))
                .unwrap_or_default()
        })
    };
    let waits = Memo::new(move |_| batch.with(|b| b.as_ref().is_some_and(|b| b.waits.is_some())));
    let planned =
        Memo::new(move |_| batch.with(|b| b.as_ref().is_some_and(|b| b.planned.is_some())));
    let numbers =
        Memo::new(move |_| batch.with(|b| b.as_ref().map_or((0, 0), |b| (b.done(), b.messages))));
    let disabled = move || busy.get().then_some("true");
    view! {
        <div class="batch" class:batch-waits=move || waits.get()>
            {move || {
                let glyph = match (waits.get(), planned.get()) {
                    (true, true) => Glyph::Calendar,
                    (true, false) => Glyph::Clock,
                    _ => Glyph::Send,
                };
                view! { <Icon glyph/> }
            }}
            <div class="batch-text">
                <p class="batch-words">{words}</p>
                {move || {
                    (!waits.get())
                        .then(|| {
                            view! {
                                <progress
                                    aria-label=tr!("batch-progress")
                                    max=move || numbers.get().1.to_string()
                                    value=move || numbers.get().0.to_string()
                                ></progress>
                            }
                        })
                }}
                {move || {
                    problem
                        .get()
                        .map(|error| {
                            view! {
                                <p class="field-error" role="alert">
                                    {error.sentence(language())}
                                </p>
                            }
                        })
                }}
            </div>
            <div class="batch-buttons">
                {move || {
                    waits
                        .get()
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="button"
                                    aria-disabled=disabled
                                    on:click=move |_| ask(Deed::Hurry)
                                >
                                    {tr!("batch-now")}
                                </button>
                            }
                        })
                }}
                <button
                    type="button"
                    class="button"
                    aria-disabled=disabled
                    on:click=move |_| ask(Deed::Stop)
                >
                    {move || match (waits.get(), planned.get()) {
                        (true, true) => tr!("batch-cancel"),
                        (true, false) => tr!("batch-undo"),
                        _ => tr!("batch-stop"),
                    }}
                </button>
            </div>
        </div>
    }
}

/// What a batch is doing, in one sentence.
fn words(batch: &BatchView, passed: i64) -> String {
    match (batch.waits, &batch.planned) {
        (Some(_), Some(when)) => tr!(
            "batch-planned",
            what = what(batch.kind, batch.messages),
            count = batch.messages,
            when = when.as_str(),
            by = batch.by.as_str()
        ),
        (Some(waits), None) => tr!(
            "batch-waits",
            what = what(batch.kind, batch.messages),
            count = batch.messages,
            time = clock(waits - passed)
        ),
        _ => tr!(
            "batch-running",
            done = grouped(batch.done(), language()),
            what = what(batch.kind, batch.messages)
        ),
    }
}

/// "300 invitations".
fn what(kind: MessageKind, count: u32) -> String {
    let number = grouped(count, language());
    match kind {
        MessageKind::Invitation => {
            tr!("batch-of-invitations", count = count, number = number)
        }
        MessageKind::Resend => tr!("batch-of-resends", count = count, number = number),
        MessageKind::Cancellation => {
            tr!("batch-of-cancellations", count = count, number = number)
        }
        MessageKind::Reminder | MessageKind::ReminderStart => {
            tr!("batch-of-reminders", count = count, number = number)
        }
        MessageKind::Change => tr!("batch-of-changes", count = count, number = number),
        _ => tr!("batch-of-messages", count = count, number = number),
    }
}

/// "0:09", in whole seconds that are not over yet.
fn clock(ms: i64) -> String {
    let seconds = (ms.max(0) + 999) / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn ended_words(ended: BatchEnded) -> String {
    match ended {
        BatchEnded { withdrawn: 0, .. } => tr!("batch-ended-nothing"),
        BatchEnded { withdrawn, gone: 0 } => tr!("batch-ended-undone", count = withdrawn),
        BatchEnded { withdrawn, gone } => {
            tr!("batch-ended-stopped", withdrawn = withdrawn, gone = gone)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn a_second_that_is_not_over_counts() {
        assert_eq!(clock(10_000), "0:10");
        assert_eq!(clock(9_001), "0:10");
        assert_eq!(clock(250), "0:01");
        assert_eq!(clock(0), "0:00");
        assert_eq!(clock(300_000), "5:00");
    }
}
