//! *Reminders*: those that go out by themselves, and those that did.

use super::board::Over;
use super::store::Board;
use crate::api::ApiError;
use crate::api::reminders::{plan_reminder, reminders, remove_reminder};
use crate::components::{
    Dialog, Empty, ErrorBox, FieldError, Glyph, Icon, SkeletonRows, use_announcer,
};
use crate::{language, tr};
use convoke_domain::reminder::{ReminderAnchor, ReminderForm};
use convoke_domain::view::{ReminderView, RemindersView};
use convoke_domain::{FieldError as Problem, Refusal, ReminderId};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog.
#[component]
pub fn RemindersDialog(
    /// The tab's memory.
    board: Board,
    /// What opens over the blocks.
    over: Over,
) -> impl IntoView {
    view! {
        <Dialog open=over.reminding title=Signal::derive(|| tr!("reminders-title"))>
            <Reminders board/>
        </Dialog>
    }
}

/// What the dialog holds while it is open.
#[derive(Clone, Copy)]
struct Desk {
    board: Board,
    view: RwSignal<Option<Result<RemindersView, ApiError>>>,
    busy: RwSignal<bool>,
    problem: RwSignal<Option<ApiError>>,
    days: RwSignal<String>,
    anchor: RwSignal<ReminderAnchor>,
}

impl Desk {
    async fn look(self) {
        let answer = reminders(self.board.training_id).await;
        self.view.try_set(Some(answer));
        self.board.refetch();
    }

    /// Does something, unless something is being done, and shows what stands there then.
    fn act<Answer>(self, call: Answer, done: impl FnOnce() + 'static)
    where
        Answer: Future<Output = Result<(), ApiError>> + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        spawn_local(async move {
            match call.await {
                Ok(()) => {
                    done();
                    self.look().await;
                }
                Err(error) => {
                    self.problem.try_set(Some(error));
                }
            }
            self.busy.try_set(false);
        });
    }

    fn error_at(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.problem
                .with(|problem| problem.as_ref()?.at_field(language(), field))
        })
    }
}

#[component]
fn Reminders(board: Board) -> impl IntoView {
    let desk = Desk {
        board,
        view: RwSignal::new(None),
        busy: RwSignal::new(false),
        problem: RwSignal::new(None),
        days: RwSignal::new("3".to_owned()),
        anchor: RwSignal::new(ReminderAnchor::Start),
    };
    let look = move || spawn_local(desk.look());
    Effect::new(move |_| look());
    let elsewhere = move || {
        desk.problem
            .get()
            .filter(|error| {
                ["days", "anchor"]
                    .iter()
                    .all(|field| error.at_field(language(), field).is_none())
            })
            .map(|error| view! { <ErrorBox error/> })
    };
    view! {
        <div class="reminders">
            <p class="muted">{tr!("reminders-lead")}</p>
            {move || match desk.view.get() {
                None => view! { <SkeletonRows rows=2/> }.into_any(),
                Some(Err(error)) => {
                    view! { <ErrorBox error on_retry=move |()| look()/> }.into_any()
                }
                Some(Ok(view)) => {
                    let has_deadline = view.has_deadline;
                    view! {
                        {list(desk, view.reminders)}
                        <NewReminder desk has_deadline/>
                    }
                        .into_any()
                }
            }}
            {elsewhere}
        </div>
    }
}

fn list(desk: Desk, reminders: Vec<ReminderView>) -> AnyView {
    if reminders.is_empty() {
        return view! {
            <Empty glyph=Glyph::Clock title=tr!("reminders-empty") text=tr!("reminders-empty-next")>
                ""
            </Empty>
        }
        .into_any();
    }
    let announcer = use_announcer();
    let take_away = move |id: ReminderId| {
        desk.act(remove_reminder(desk.board.training_id, id), move || {
            announcer.toast(tr!("reminders-removed"));
        });
    };
    view! {
        <ul class="reminder-rows">
            {reminders
                .into_iter()
                .map(|reminder| {
                    let id = reminder.id;
                    let what = words(reminder.form);
                    let state = match reminder.sent {
                        Some(0) => tr!("reminder-nobody", when = reminder.when.as_str()),
                        Some(count) => tr!("reminder-sent", when = reminder.when.as_str(), count = count),
                        None if reminder.when.is_empty() => tr!("reminder-no-date"),
                        None => tr!("reminder-waits", when = reminder.when.as_str()),
                    };
                    view! {
                        <li class="reminder-row">
                            <Icon glyph=if reminder.sent.is_some() { Glyph::Check } else { Glyph::Clock }/>
                            <span class="reminder-text">
                                <span class="reminder-what">{what.clone()}</span>
                                <span class="muted">
                                    {state} {(!reminder.by.is_empty()).then(|| format!(" · {}", reminder.by))}
                                </span>
                            </span>
                            {reminder
                                .sent
                                .is_none()
                                .then(|| {
                                    view! {
                                        <button
                                            type="button"
                                            class="icon-button"
                                            aria-label=tr!("reminder-remove", what = what)
                                            aria-disabled=move || desk.busy.get().then_some("true")
                                            on:click=move |_| take_away(id)
                                        >
                                            <Icon glyph=Glyph::Bin/>
                                        </button>
                                    }
                                })}
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
    .into_any()
}

/// "3 days before the start".
fn words(form: ReminderForm) -> String {
    match form.anchor {
        ReminderAnchor::Deadline => tr!("reminder-before-deadline", count = form.days),
        ReminderAnchor::Start => tr!("reminder-before-start", count = form.days),
    }
}

#[component]
fn NewReminder(desk: Desk, has_deadline: bool) -> impl IntoView {
    let announcer = use_announcer();
    let days_error = desk.error_at("days");
    let anchor_error = desk.error_at("anchor");
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Ok(days) = desk
            .days
            .with_untracked(|typed| typed.trim().parse::<u32>())
        else {
            let refused = Refusal::Invalid(vec![Problem::new("days", "reminder-days-limit")]);
            desk.problem.set(Some(refused.into()));
            return;
        };
        let form = ReminderForm {
            days,
            anchor: desk.anchor.get_untracked(),
        };
        let call = plan_reminder(desk.board.training_id, form);
        desk.act(async move { call.await.map(|_| ()) }, move || {
            announcer.toast(tr!("reminders-planned"));
        });
    };
    let option = move |anchor: ReminderAnchor, words: String| {
        view! {
            <option
                value=anchor.as_str()
                selected=desk.anchor.get_untracked() == anchor
                disabled=anchor == ReminderAnchor::Deadline && !has_deadline
            >
                {words}
            </option>
        }
    };
    view! {
        <form class="reminder-new" novalidate on:submit=submit>
            <div class="field reminder-days">
                <label for="reminder-days">{tr!("reminder-days")}</label>
                <input
                    id="reminder-days"
                    class="input"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-invalid=move || days_error.with(Option::is_some).then_some("true")
                    aria-describedby=move || {
                        days_error.with(Option::is_some).then_some("reminder-days-error")
                    }
                    prop:value=move || desk.days.get()
                    on:input:target=move |event| desk.days.set(event.target().value())
                />
            </div>
            <div class="field reminder-anchor">
                <label for="reminder-anchor">{tr!("reminder-anchor")}</label>
                <select
                    id="reminder-anchor"
                    class="input"
                    aria-describedby=move || {
                        anchor_error.with(Option::is_some).then_some("reminder-anchor-error")
                    }
                    on:change:target=move |event| {
                        if let Ok(anchor) = event.target().value().parse() {
                            desk.anchor.set(anchor);
                        }
                    }
                >
                    {option(ReminderAnchor::Start, tr!("reminder-anchor-start"))}
                    {option(ReminderAnchor::Deadline, tr!("reminder-anchor-deadline"))}
                </select>
            </div>
            <button
                type="submit"
                class="button button-primary"
                aria-disabled=move || desk.busy.get().then_some("true")
            >
                {tr!("reminder-plan")}
            </button>
            <div class="reminder-errors">
                <FieldError id="reminder-days" error=days_error/>
                <FieldError id="reminder-anchor" error=anchor_error/>
            </div>
        </form>
    }
}
