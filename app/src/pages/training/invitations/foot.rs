//! The foot of a block: its button, and what it would do.

use super::board::Over;
use super::store::{BlockStore, Board};
use crate::components::{Glyph, Icon, use_announcer};
use crate::number::grouped;
use crate::state::ticks::Ticks;
use crate::tr;
use convoke_domain::InvitationState;
use convoke_domain::view::{SendAction, SendRequest, Split};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The foot of a block.
#[component]
pub fn BlockFoot(
    /// The tab's memory.
    board: Board,
    /// What opens over the blocks.
    over: Over,
    /// The block.
    block: BlockStore,
) -> impl IntoView {
    match (block.state, block.action()) {
        (_, Some(action)) => view! { <SendFoot board over block action/> }.into_any(),
        (InvitationState::Confirmed, None) => view! { <SeatsFoot board/> }.into_any(),
        _ => ().into_any(),
    }
}

/// *Send invitations* or *Resend invitations*, to the ticked ones if there are any.
#[component]
fn SendFoot(
    /// The tab's memory.
    board: Board,
    /// What opens over the blocks.
    over: Over,
    /// The block.
    block: BlockStore,
    /// What its button does.
    action: SendAction,
) -> impl IntoView {
    let ticked = Memo::new(move |_| block.ticked());
    let nobody = Memo::new(move |_| board.count(block.state) == 0);
    let gathering = RwSignal::new(false);
    let announcer = use_announcer();
    let press = move |_| {
        // It keeps the focus when its block runs empty, so it is never really disabled.
        if nobody.get_untracked() || gathering.get_untracked() {
            return;
        }
        gathering.set(true);
        spawn_local(async move {
            let ids = board.ticked_ids(block).await;
            gathering.set(false);
            match ids {
                Ok(only) => over.sending.set(Some(SendRequest {
                    training_id: board.training_id,
                    action,
                    only,
                    spare_recent: false,
                })),
                Err(error) => {
                    announcer.announce(error.sentence(crate::language()));
                    board.problem.set(Some(error));
                }
            }
        });
    };
    let sends = action == SendAction::Send;
    let words = move || match (sends, ticked.get()) {
        (true, 0) => tr!("invitations-send"),
        (true, count) => tr!("invitations-send-ticked", count = count),
        (false, 0) => tr!("invitations-resend"),
        (false, count) => tr!("invitations-resend-ticked", count = count),
    };
    let split = move || {
        board
            .summary
            .with(|s| if sends { s.to_send } else { s.sent })
    };
    view! {
        <footer class="block-foot">
            <button
                type="button"
                class="button"
                class:button-primary=sends
                aria-disabled=move || nobody.get().then_some("true")
                aria-busy=move || gathering.get().then_some("true")
                on:click=press
            >
                {words}
            </button>
            {move || {
                if ticked.get() > 0 {
                    view! {
                        <button
                            type="button"
                            class="link-button"
                            aria-label=tr!("invitations-untick-all")
                            on:click=move |_| block.ticks.set(Ticks::default())
                        >
                            {tr!("invitations-untick")}
                        </button>
                    }
                        .into_any()
                } else {
                    let split = split();
                    view! {
                        <span class="block-foot-text">
                            <span class="block-foot-words">{split_words(&split)}</span>
                            {split_icons(&split)}
                        </span>
                    }
                        .into_any()
                }
            }}
        </footer>
    }
}

/// "4 e-mail · 2 SMS".
fn split_words(split: &Split) -> String {
    let mut parts = Vec::with_capacity(4);
    if split.email > 0 {
        parts.push(tr!("invitations-split-email", count = split.email));
    }
    if split.sms > 0 {
        parts.push(tr!("invitations-split-sms", count = split.sms));
    }
    if split.unreachable > 0 {
        parts.push(tr!(
            "invitations-split-unreachable",
            count = split.unreachable
        ));
    }
    if split.opted_out > 0 {
        parts.push(tr!("invitations-split-opted-out", count = split.opted_out));
    }
    parts.join(" · ")
}

/// The same in a narrow block, where the words would not fit beside the button.
fn split_icons(split: &Split) -> impl IntoView {
    let parts = [
        (Glyph::Mail, split.email),
        (Glyph::Phone, split.sms),
        (Glyph::Warning, split.unreachable),
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(glyph, count)| {
            view! {
                <span class="block-foot-icon tabular">
                    <Icon glyph size=16/>
                    {grouped(count, crate::language())}
                </span>
            }
        })
        .collect();
    view! {
        <span class="block-foot-icons" aria-hidden="true" title=split_words(split)>
            {parts}
        </span>
    }
}

/// "5 of 20 seats · 1 declined".
#[component]
fn SeatsFoot(
    /// The tab's memory.
    board: Board,
) -> impl IntoView {
    let summary = board.summary;
    view! {
        <footer class="block-foot block-foot-seats">
            <p>
                {move || {
                    let (confirmed, seats) = summary.with(|s| (s.counts.confirmed, s.seats));
                    match seats {
                        Some(seats) => {
                            // The number stands out; its sentence is whole for those who hear it.
                            let sentence = tr!("invitations-seats", count = confirmed, seats = seats);
                            let rest = sentence
                                .strip_prefix(&tr!("invitations-count", count = confirmed))
                                .map(ToOwned::to_owned);
                            match rest {
                                Some(rest) => {
                                    view! {
                                        <strong class="tabular">
                                            {tr!("invitations-count", count = confirmed)}
                                        </strong>
                                        {rest}
                                    }
                                        .into_any()
                                }
                                None => sentence.into_any(),
                            }
                        }
                        None => tr!("invitations-no-seats", count = confirmed).into_any(),
                    }
                }}
                {move || {
                    let declined = summary.with(|s| s.counts.declined);
                    (declined > 0)
                        .then(|| format!(" · {}", tr!("invitations-declined-count", count = declined)))
                }}
            </p>
            {move || {
                let (confirmed, seats) = summary.with(|s| (s.counts.confirmed, s.seats));
                let over = seats.map_or(0, |seats| confirmed.saturating_sub(seats));
                (over > 0)
                    .then(|| {
                        view! {
                            <span class="badge badge-problem">
                                {tr!("invitations-over-seats", count = over)}
                            </span>
                        }
                    })
            }}
        </footer>
    }
}
