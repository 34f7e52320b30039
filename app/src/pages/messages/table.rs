//! The messages, newest first.

use super::store::Sheet;
use crate::components::{Empty, Glyph, Icon};
use crate::pages::training::invitations::{Repairing, problem_words};
use crate::tr;
use convoke_domain::message::Problem;
use convoke_domain::view::{MessageRow, Repair};
use convoke_domain::{Channel, Fate, MessageId, MessageKind};
use leptos::prelude::*;

/// The table, or why it is empty.
#[component]
pub fn MessageTable(
    /// The list's memory.
    sheet: Sheet,
) -> impl IntoView {
    let nothing = Memo::new(move |_| sheet.rows.with(|rows| rows.rows.is_empty()));
    let filtered = Memo::new(move |_| sheet.filter.with(|filter| !filter.is_empty()));
    view! {
        {move || {
            if nothing.get() {
                empty(filtered.get()).into_any()
            } else {
                view! { <Rows sheet/> }.into_any()
            }
        }}
    }
}

fn empty(filtered: bool) -> impl IntoView {
    let (title, text) = if filtered {
        (
            tr!("messages-empty-filter"),
            tr!("messages-empty-filter-next"),
        )
    } else {
        (tr!("messages-empty"), tr!("messages-empty-next"))
    };
    view! {
        <div class="card">
            <Empty glyph=Glyph::Chat title text>
                {filtered
                    .then(|| {
                        view! {
                            <a class="button" href="/messages" rel="external">
                                {tr!("messages-clear")}
                            </a>
                        }
                    })}
            </Empty>
        </div>
    }
}

#[component]
fn Rows(sheet: Sheet) -> impl IntoView {
    let ids = Memo::new(move |_| {
        sheet
            .rows
            .with(|rows| rows.rows.iter().map(|row| row.id).collect::<Vec<_>>())
    });
    let busy = sheet.busy;
    view! {
        <div class="card messages-card">
            <table class="table messages-table" aria-busy=move || busy.get().then_some("true")>
                <thead>
                    <tr>
                        <th scope="col">{tr!("messages-to")}</th>
                        <th scope="col">{tr!("messages-about")}</th>
                        <th scope="col">{tr!("messages-by")}</th>
                        <th scope="col">{tr!("messages-state")}</th>
                        <th scope="col" class="messages-when-head">
                            {tr!("messages-when")}
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || ids.get() key=|id| *id let:id>
                        <Row sheet id/>
                    </For>
                </tbody>
            </table>
            {move || {
                sheet
                    .has_more()
                    .then(|| {
                        view! {
                            <div class="messages-more">
                                <button
                                    type="button"
                                    class="button"
                                    on:click=move |_| sheet.more()
                                >
                                    {tr!("messages-more")}
                                </button>
                                <span class="muted tabular">
                                    {move || {
                                        sheet
                                            .rows
                                            .with(|rows| {
                                                tr!(
                                                    "messages-shown",
                                                    shown = rows.rows.len(),
                                                    total = rows.total
                                                )
                                            })
                                    }}
                                </span>
                            </div>
                        }
                    })
            }}
        </div>
    }
}

/// One message. Its row stays while the message changes its state.
#[component]
fn Row(sheet: Sheet, id: MessageId) -> impl IntoView {
    let row = Memo::new(move |_| {
        sheet
            .rows
            .with(|rows| rows.rows.iter().find(|row| row.id == id).cloned())
    });
    move || row.get().map(|row| cells(row, sheet))
}

fn cells(row: MessageRow, sheet: Sheet) -> impl IntoView {
    let (glyph, channel) = match row.channel {
        Channel::Email => (Glyph::Mail, tr!("channel-email")),
        Channel::Sms => (Glyph::Phone, tr!("channel-sms")),
    };
    let attempts = (row.attempts > 1).then(|| tr!("messages-attempts", count = row.attempts));
    // The badge has said it.
    let said = row.fate == Fate::Bounced;
    let problem = row.problem.filter(|_| !said).map(|problem| {
        view! {
            <span
                class="messages-problem-words"
                class:is-open=matches!(problem, Problem::Retrying | Problem::Uncertain)
                title=row.problem_detail.clone()
            >
                {if problem == Problem::Uncertain {
                    // That it is uncertain, the badge says.
                    tr!("story-message-uncertain")
                } else {
                    problem_words(problem)
                }}
            </span>
        }
    });
    let opened = row.clone();
    view! {
        <tr class="messages-row">
            <td class="messages-to">
                <button
                    type="button"
                    class="messages-open"
                    aria-label=tr!("messages-open", name = row.to.as_str())
                    aria-haspopup="dialog"
                    on:click=move |_| sheet.opened.set(Some(opened.clone()))
                >
                    {row.to.clone()}
                </button>
                <span class="messages-kind">{kind_words(row.kind)}</span>
            </td>
            <td class="messages-about">
                {row
                    .training
                    .clone()
                    .map(|(id, title)| view! { <a href=format!("/trainings/{id}")>{title}</a> })}
            </td>
            <td class="messages-by">
                <span class="messages-channel">
                    <Icon glyph size=16/>
                    {channel}
                </span>
            </td>
            <td class="messages-state">
                <span class=fate_class(row.fate)>{fate_words(row.fate)}</span>
                {problem}
                {attempts.map(|attempts| view! { <span class="messages-attempts">{attempts}</span> })}
                {row.repair.map(|repair| repair_button(repair, &row, sheet))}
            </td>
            <td class="messages-when tabular">{row.when.clone()}</td>
        </tr>
    }
}

/// What is done about a message that did not arrive.
fn repair_button(repair: Repair, row: &MessageRow, sheet: Sheet) -> impl IntoView {
    let (id, name) = (row.id, row.to.clone());
    let (words, label) = match repair {
        Repair::Invitation(_) => (
            tr!("messages-repair"),
            tr!("messages-repair-of", name = name.as_str()),
        ),
        Repair::Again => (
            tr!("messages-again"),
            tr!("messages-again-of", name = name.as_str()),
        ),
    };
    let press = move |_| match repair {
        Repair::Invitation(invitation) => sheet.repairing.set(Some(Repairing {
            invitation,
            name: name.clone(),
        })),
        Repair::Again => sheet.again(id, name.clone()),
    };
    view! {
        <button
            type="button"
            class="button button-small messages-repair"
            aria-label=label
            on:click=press
        >
            {words}
        </button>
    }
}

/// What became of a message, in the words of the filter.
pub fn fate_words(fate: Fate) -> String {
    match fate {
        Fate::Queued => tr!("messages-state-queued"),
        Fate::Sending => tr!("messages-state-sending"),
        Fate::Sent => tr!("messages-state-sent"),
        Fate::Delayed => tr!("messages-state-delayed"),
        Fate::Delivered => tr!("messages-state-delivered"),
        Fate::Bounced => tr!("messages-state-bounced"),
        Fate::Failed => tr!("messages-state-failed"),
        Fate::Cancelled => tr!("messages-state-cancelled"),
        Fate::Uncertain => tr!("messages-state-uncertain"),
    }
}

/// The badge of what became of a message.
pub const fn fate_class(fate: Fate) -> &'static str {
    match fate {
        Fate::Queued | Fate::Cancelled => "badge badge-neutral",
        Fate::Sending | Fate::Sent => "badge badge-sent",
        Fate::Delivered => "badge badge-confirmed",
        Fate::Failed | Fate::Bounced => "badge badge-problem",
        Fate::Uncertain | Fate::Delayed => "badge badge-to-send",
    }
}

/// Why it is sent.
pub fn kind_words(kind: MessageKind) -> String {
    match kind {
        MessageKind::Invitation => tr!("messages-kind-invitation"),
        MessageKind::Resend => tr!("messages-kind-resend"),
        MessageKind::Cancellation => tr!("messages-kind-cancellation"),
        MessageKind::Registered => tr!("messages-kind-registered"),
        MessageKind::WaitingList => tr!("messages-kind-waiting-list"),
        MessageKind::PlaceFreed => tr!("messages-kind-place-freed"),
        MessageKind::EntryCode => tr!("messages-kind-entry-code"),
        MessageKind::Reminder => tr!("messages-kind-reminder"),
        MessageKind::ReminderStart => tr!("messages-kind-reminder-start"),
        MessageKind::Change => tr!("messages-kind-change"),
        MessageKind::FreshLink => tr!("messages-kind-fresh-link"),
        MessageKind::Test => tr!("messages-kind-test"),
        MessageKind::Account => tr!("messages-kind-account"),
    }
}
