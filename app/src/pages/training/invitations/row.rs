//! One person of a block.

use super::board::Over;
use super::menu::OpenMenu;
use super::repair::{ProblemButton, Repairing};
use super::store::{BlockStore, Board};
use crate::components::{Avatar, Glyph, Icon, RouteIcon};
use crate::tr;
use convoke_domain::message::Problem;
use convoke_domain::person::{Route, full_name};
use convoke_domain::view::InvitationRow;
use convoke_domain::{Fate, InvitationState};
use leptos::prelude::*;

/// The row at a place of a block; it shows whoever stands there now.
#[component]
pub fn InvitationLine(
    /// The tab's memory.
    board: Board,
    /// What opens over the blocks.
    over: Over,
    /// The block.
    block: BlockStore,
    /// Its place.
    index: u32,
) -> impl IntoView {
    let _ = board;
    let row = Memo::new(move |_| block.rows.with(|rows| rows.row(index).cloned()));
    let ticked = Memo::new(move |_| {
        row.with(|row| {
            row.as_ref()
                .is_some_and(|row| block.ticks.with(|ticks| ticks.contains(row.id)))
        })
    });
    let opened = Memo::new(move |_| {
        over.menu.with(|menu| {
            menu.as_ref().is_some_and(|menu| {
                row.with(|row| row.as_ref().is_some_and(|row| row.id == menu.row.id))
            })
        })
    });
    view! {
        <div
            class="windowed-row invitation"
            class:invitation-ticked=move || ticked.get()
            class:invitation-opened=move || opened.get()
            role="listitem"
            aria-setsize=move || block.shown()
            aria-posinset=index + 1
        >
            {move || match row.get() {
                Some(row) => line(row, block, over, ticked).into_any(),
                None => {
                    view! {
                        <span class="skeleton skeleton-circle" aria-hidden="true"></span>
                        <span class="skeleton invitation-loading" aria-hidden="true"></span>
                        <span class="visually-hidden">{tr!("invitations-loading-row")}</span>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

fn line(row: InvitationRow, block: BlockStore, over: Over, ticked: Memo<bool>) -> impl IntoView {
    let name = full_name(&row.first_name, &row.last_name);
    let id = row.id;
    let tickable = block.action().is_some();
    let tick = tickable.then(|| {
        view! {
            <input
                type="checkbox"
                class="tick"
                aria-label=tr!("invitations-tick", name = name.as_str())
                prop:checked=move || ticked.get()
                on:change:target=move |event| {
                    let checked = event.target().checked();
                    block.ticks.update(|ticks| ticks.set(id, checked));
                }
            />
        }
    });
    let menu = {
        let row = row.clone();
        view! {
            <button
                type="button"
                class="icon-button invitation-menu"
                aria-label=tr!("invitations-actions-of", name = name.as_str())
                aria-haspopup="menu"
                on:click=move |event| {
                    over.menu.set(Some(OpenMenu::at(&event, row.clone(), block.state)));
                }
            >
                <Icon glyph=Glyph::More/>
            </button>
        }
    };
    view! {
        <span class="invitation-mark">
            <Avatar
                user_id=row.user_id
                first_name=row.first_name.clone()
                last_name=row.last_name.clone()
            />
            {tick}
        </span>
        <span class="person-text invitation-text">
            <span class="person-name">{name}</span>
            <span class="person-detail" title=row.when.clone()>
                {row.detail.clone()}
            </span>
        </span>
        <span class="invitation-end">{badge(&row, block.state, over)}</span>
        {menu}
    }
}

/// What stands at the end of the row: the answer, what went wrong, what is under way, or the channel.
fn badge(row: &InvitationRow, state: InvitationState, over: Over) -> AnyView {
    if state == InvitationState::Confirmed {
        return view! {
            <span class="badge badge-confirmed invitation-yes" title=tr!("invitations-is-confirmed")>
                <Icon glyph=Glyph::Check size=14/>
                <span class="visually-hidden">{tr!("invitations-is-confirmed")}</span>
            </span>
        }
        .into_any();
    }
    let open = matches!(state, InvitationState::ToSend | InvitationState::Sent);
    if open && row.opted_out {
        let name = full_name(&row.first_name, &row.last_name);
        return view! {
            <span
                class="badge badge-neutral"
                title=tr!("row-opted-out-title", name = name.as_str())
            >
                {tr!("row-opted-out")}
            </span>
        }
        .into_any();
    }
    if matches!(row.message, Some(Fate::Queued | Fate::Sending))
        && !matches!(
            row.problem,
            Some(Problem::Retrying | Problem::ChannelStopped)
        )
    {
        return view! {
            <span class="badge badge-neutral">{tr!("invitations-message-waiting")}</span>
        }
        .into_any();
    }
    let unreachable = (row.route == Route::Unreachable).then_some(Problem::NoAddress);
    if let Some(problem) = row
        .problem
        .or(unreachable)
        .filter(|p| open && p.can_be_put_right())
    {
        let who = Repairing {
            invitation: row.id,
            name: full_name(&row.first_name, &row.last_name),
        };
        let detail = row.problem_detail.clone();
        return view! { <ProblemButton who problem detail opened=over.repairing/> }.into_any();
    }
    if let Some(problem) = row.problem {
        // What may still end well is not painted as a failure.
        let class = match problem {
            Problem::Retrying | Problem::Uncertain => "badge badge-to-send",
            _ => "badge badge-problem",
        };
        return view! {
            <span class=class title=row.problem_detail.clone()>
                {problem_words(problem)}
            </span>
        }
        .into_any();
    }
    // Where the invitation went is known: the other address is news only before it goes out.
    let route = match row.route {
        Route::Fallback(channel) if state != InvitationState::ToSend => Route::Preferred(channel),
        route => route,
    };
    view! { <RouteIcon route/> }.into_any()
}

/// A problem in a few plain words.
pub fn problem_words(problem: Problem) -> String {
    match problem {
        Problem::NoAddress => tr!("problem-no-address"),
        Problem::AddressRefused => tr!("problem-address-refused"),
        Problem::MessageRefused => tr!("problem-message-refused"),
        Problem::GaveUp => tr!("problem-gave-up"),
        Problem::Retrying => tr!("problem-retrying"),
        Problem::ChannelStopped => tr!("problem-channel-stopped"),
        Problem::Uncertain => tr!("problem-uncertain"),
        Problem::Bounced => tr!("problem-bounced"),
        Problem::OptedOut => tr!("problem-opted-out"),
        Problem::AttachmentMissing => tr!("problem-attachment-missing"),
    }
}
