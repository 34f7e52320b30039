//! The dialog of *Send* and *Resend*: it says what will happen, and does it once.

use super::board::Over;
use super::send_plan::PlanView;
use super::send_time::SendTime;
use super::store::Board;
use crate::api::ApiError;
use crate::api::invitations::{send, send_plan};
use crate::components::{Dialog, ErrorBox, Glyph, Icon, SkeletonRows, use_announcer};
use crate::state::send_dialog::{SendDialog, Step};
use crate::state::ticks::Ticks;
use crate::{language, tr};
use convoke_domain::InvitationState;
use convoke_domain::view::{SendAction, SendRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog's state while it is open; `None` before it was ever opened.
pub type SendState = RwSignal<Option<SendDialog<ApiError>>>;

/// The dialog. It opens when `over.sending` names a request.
#[component]
pub fn SendPanel(
    /// The tab's memory.
    board: Board,
    /// What opens over the blocks.
    over: Over,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let state: SendState = RwSignal::new(None);

    Effect::new(move |_| {
        if let Some(request) = over.sending.get() {
            state.set(Some(SendDialog::open(request.clone())));
            open.set(true);
            ask_plan(state, request);
        }
    });
    Effect::new(move |_| {
        if !open.get() && over.sending.with_untracked(Option::is_some) {
            over.sending.set(None);
        }
    });
    // While messages are being handed over there is nothing to cancel: the dialog stays until the answer is here.
    let close = Callback::new(move |()| {
        if !state.with_untracked(|s| s.as_ref().is_some_and(|d| d.step == Step::Sending)) {
            open.set(false);
        }
    });
    let title = Signal::derive(move || match action(state) {
        SendAction::Send => tr!("send-title"),
        SendAction::Resend => tr!("resend-title"),
        SendAction::Announce => tr!("announce-title"),
    });
    view! {
        <Dialog
            open
            title
            on_close=close
            footer=move || view! { <SendFoot board state open close/> }
        >
            <SendBody state/>
        </Dialog>
    }
}

fn action(state: SendState) -> SendAction {
    state.with(|s| s.as_ref().map_or(SendAction::Send, |d| d.request.action))
}

/// Asks the server what would happen.
pub fn ask_plan(state: SendState, request: SendRequest) {
    spawn_local(async move {
        let answer = send_plan(request.clone()).await;
        state.try_update(|s| {
            if let Some(dialog) = s {
                dialog.planned(&request, answer);
            }
        });
    });
}

#[component]
fn SendBody(state: SendState) -> impl IntoView {
    let planning = move || {
        state.with(|s| {
            s.as_ref()
                .is_some_and(|d| d.step == Step::Planning && d.plan.is_none())
        })
    };
    let failure = move || {
        state.with(|s| match s.as_ref().map(|d| &d.step) {
            Some(Step::PlanFailed(error)) => Some((error.clone(), true)),
            Some(Step::SendFailed(error)) => Some((error.clone(), false)),
            _ => None,
        })
    };
    let plan_again = Callback::new(move |()| {
        let request = state
            .try_update(|s| s.as_mut().and_then(SendDialog::plan_again))
            .flatten();
        if let Some(request) = request {
            ask_plan(state, request);
        }
    });
    let changed = move || state.with(|s| s.as_ref().is_some_and(|d| d.changed));
    view! {
        <div class="send">
            {move || {
                planning()
                    .then(|| {
                        view! {
                            <p class="visually-hidden" role="status">
                                {tr!("send-planning")}
                            </p>
                            <SkeletonRows rows=3/>
                        }
                    })
            }}
            {move || {
                changed()
                    .then(|| {
                        view! {
                            <div class="notice notice-info" role="alert">
                                <Icon glyph=Glyph::Info/>
                                <p class="notice-text">{tr!("send-changed")}</p>
                            </div>
                        }
                    })
            }}
            {move || {
                failure()
                    .filter(|(error, _)| error.at_field(language(), "at").is_none())
                    .map(|(error, of_plan)| {
                        if of_plan {
                            view! { <ErrorBox error on_retry=plan_again/> }.into_any()
                        } else {
                            view! { <ErrorBox error/> }.into_any()
                        }
                    })
            }}
            <PlanView state/>
            <SendTime state/>
        </div>
    }
}

#[component]
fn SendFoot(
    board: Board,
    state: SendState,
    open: RwSignal<bool>,
    close: Callback<()>,
) -> impl IntoView {
    let announcer = use_announcer();
    let step = move |wanted: fn(&SendDialog<ApiError>) -> bool| {
        state.with(|s| s.as_ref().is_some_and(wanted))
    };
    let may = move || step(SendDialog::may_send);
    let busy = move || step(|d| matches!(d.step, Step::Sending | Step::Done(_)));
    let nobody = move || step(|d| d.plan.is_some() && d.messages() == 0);
    let press = move |_| {
        let pressed = state
            .try_update(|s| s.as_mut().and_then(SendDialog::press))
            .flatten();
        let Some(order) = pressed else {
            return;
        };
        let waits = state.with_untracked(|s| {
            let delay = s.as_ref()?.plan.as_ref()?.delay;
            (order.at.is_none() && delay > 0).then_some(delay)
        });
        let planned = order.at.is_some();
        let block = match order.request.action {
            SendAction::Send => Some(board.block(InvitationState::ToSend)),
            SendAction::Resend => Some(board.block(InvitationState::Sent)),
            SendAction::Announce => None,
        };
        spawn_local(async move {
            let answer = send(order).await;
            let done = state
                .try_update(|s| {
                    let dialog = s.as_mut()?;
                    dialog.sent(answer);
                    match dialog.step {
                        Step::Done(count) => Some(count),
                        _ => None,
                    }
                })
                .flatten();
            if let Some(count) = done {
                open.set(false);
                if let Some(block) = block {
                    block.ticks.set(Ticks::default());
                }
                announcer.toast(match waits {
                    Some(seconds) => tr!("send-waits", count = count, seconds = seconds),
                    None if planned => tr!("send-planned", count = count),
                    None => tr!("send-queued", count = count),
                });
            }
            board.refetch();
        });
    };
    let words = move || {
        if busy() {
            return tr!("send-busy");
        }
        let count = state.with(|s| s.as_ref().map_or(0, SendDialog::messages));
        if state.with(|s| s.as_ref().is_some_and(|d| d.at.is_some())) {
            return tr!("send-plan-button", count = count);
        }
        match action(state) {
            SendAction::Send => tr!("send-button", count = count),
            SendAction::Resend => tr!("resend-button", count = count),
            SendAction::Announce => tr!("announce-button", count = count),
        }
    };
    view! {
        <button
            type="button"
            class="button"
            aria-disabled=move || busy().then_some("true")
            on:click=move |_| close.run(())
        >
            {move || if nobody() { tr!("send-close") } else { tr!("send-cancel") }}
        </button>
        {move || {
            (!nobody())
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="button button-primary"
                            aria-disabled=move || (!may()).then_some("true")
                            aria-busy=move || busy().then_some("true")
                            on:click=press
                        >
                            {move || {
                                busy().then(|| view! { <span class="spinner" aria-hidden="true"></span> })
                            }}
                            {words}
                        </button>
                    }
                })
        }}
    }
}
