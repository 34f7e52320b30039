//! One block: its head with the count, its rows, its foot.

use super::board::Over;
use super::foot::BlockFoot;
use super::row::InvitationLine;
use super::store::{BlockStore, Board};
use crate::components::windowed_list::WindowedList;
use crate::state::list_window::Rows;
use crate::state::ticks::Ticks;
use crate::tr;
use convoke_domain::InvitationState;
use leptos::prelude::*;

/// The words of a block.
pub fn name(state: InvitationState) -> String {
    match state {
        InvitationState::ToSend => tr!("state-to-send"),
        InvitationState::Sent => tr!("state-sent"),
        InvitationState::Confirmed => tr!("state-confirmed"),
        InvitationState::Declined => tr!("state-declined"),
        InvitationState::Waiting => tr!("state-waiting"),
        InvitationState::Cancelled => tr!("state-cancelled"),
    }
}

/// The name of its colours in the style sheets.
const fn colour(state: InvitationState) -> &'static str {
    match state {
        InvitationState::ToSend => "to-send",
        InvitationState::Sent => "sent",
        InvitationState::Confirmed => "confirmed",
        InvitationState::Declined => "problem",
        InvitationState::Waiting | InvitationState::Cancelled => "neutral",
    }
}

/// A block of the tab: a region named by its words.
#[component]
pub fn InvitationBlock(
    /// The tab's memory.
    board: Board,
    /// What opens over the blocks.
    over: Over,
    /// Which block.
    state: InvitationState,
) -> impl IntoView {
    let block = board.block(state);
    let count = Memo::new(move |_| board.count(state));
    let shown = Memo::new(move |_| block.shown());
    let colour = colour(state);
    let heading = format!("block-{colour}");
    view! {
        <section
            class=format!("block card block-of-{colour}")
            aria-label=name(state)
            class:block-ticking=move || { block.ticked() > 0 }
            class:block-empty=move || { shown.get() == 0 }
        >
            <header class="block-head">
                <span class="block-mark">
                    <span class=format!("dot dot-{colour}") aria-hidden="true"></span>
                    {block
                        .action()
                        .map(|_| view! { <TickAll board block/> })}
                </span>
                <h2 id=heading class="block-title">
                    <span>{name(state)}</span>
                    " "
                    <span class=format!("badge badge-round badge-{colour} tabular")>
                        {move || tr!("invitations-count", count = count.get())}
                    </span>
                </h2>
            </header>
            <div class="block-body">
                {move || (shown.get() == 0).then(|| view! { <NobodyHere board state/> })}
                <WindowedList
                    total=shown
                    on_rows=Callback::new(move |rows: Rows| {
                        board.seen(block, rows.first, rows.end());
                    })
                    row=move |index| {
                        view! { <InvitationLine board over block index/> }.into_any()
                    }
                    attr:role="list"
                    attr:aria-label=name(state)
                    attr:tabindex=block.action().is_none().then_some("0")
                />
            </div>
            <BlockFoot board over block/>
        </section>
    }
}

/// Ticks everyone in the block, or nobody.
#[component]
fn TickAll(
    /// The tab's memory.
    board: Board,
    /// The block.
    block: BlockStore,
) -> impl IntoView {
    let all = Memo::new(move |_| {
        let total = block.shown();
        let searching = board.found.with(|find| !find.trim().is_empty());
        block.ticks.with(|ticks| ticks.is_all(total, searching))
    });
    let some = Memo::new(move |_| !all.get() && block.ticked() > 0);
    view! {
        <input
            type="checkbox"
            class="tick"
            aria-label=tr!("invitations-tick-all", block = name(block.state))
            disabled=move || block.shown() == 0
            prop:checked=move || all.get()
            prop:indeterminate=move || some.get()
            on:change:target=move |event| {
                block
                    .ticks
                    .set(if event.target().checked() { Ticks::all() } else { Ticks::default() });
            }
        />
    }
}

/// Why a block is empty, and what to do next.
#[component]
fn NobodyHere(
    /// The tab's memory.
    board: Board,
    /// The block.
    state: InvitationState,
) -> impl IntoView {
    let text = move || {
        let find = board.found.get();
        if !find.trim().is_empty() && board.count(state) > 0 {
            return (
                tr!("invitations-find-nobody", text = find.trim()),
                String::new(),
            );
        }
        let counts = board.summary.with(|s| s.counts);
        let gone_out = counts.sent + counts.confirmed + counts.declined > 0;
        match state {
            InvitationState::ToSend if gone_out => (
                tr!("invitations-to-send-empty"),
                tr!("invitations-to-send-all-sent"),
            ),
            InvitationState::ToSend => (
                tr!("invitations-to-send-empty"),
                tr!("invitations-to-send-empty-next"),
            ),
            InvitationState::Sent if gone_out => {
                (tr!("invitations-sent-all-answered"), String::new())
            }
            InvitationState::Sent => (
                tr!("invitations-sent-empty"),
                tr!("invitations-sent-empty-next"),
            ),
            _ => (
                tr!("invitations-confirmed-empty"),
                tr!("invitations-confirmed-empty-next"),
            ),
        }
    };
    view! {
        <div class="block-nobody">
            {move || {
                let (title, next) = text();
                view! {
                    <p class="block-nobody-title">{title}</p>
                    {(!next.is_empty()).then(|| view! { <p>{next.clone()}</p> })}
                }
            }}
        </div>
    }
}
