//! What the send dialog says: the split, who gets it otherwise or not at all, and the message itself.

use super::send::{SendState, ask_plan};
use super::send_preview::SendPreview;
use crate::components::{Glyph, Icon};
use crate::state::send_dialog::{SendDialog, Step};
use crate::tr;
use convoke_domain::view::{SendAction, SendPlan};
use leptos::prelude::*;

/// The plan, once there is one.
#[component]
pub fn PlanView(
    /// The dialog's state.
    state: SendState,
) -> impl IntoView {
    let plan = Memo::new(move |_| state.with(|s| s.as_ref().and_then(|d| d.plan.clone())));
    let outdated =
        Memo::new(move |_| state.with(|s| s.as_ref().is_some_and(|d| d.step == Step::Planning)));
    view! {
        {move || {
            plan.get()
                .map(|plan| {
                    view! {
                        <div class="send-plan" aria-busy=move || outdated.get().then_some("true")>
                            {nobody(&plan)}
                            {split(&plan)}
                            {unreachable(&plan)}
                            {held_back(&plan)}
                            {opted_out(&plan)}
                        </div>
                    }
                })
        }}
        <Recent state/>
        <SendPreview state/>
        <TypeNumber state/>
    }
}

/// Why no message would go out.
fn nobody(plan: &SendPlan) -> Option<impl IntoView + use<>> {
    (plan.split.messages() == 0).then(|| {
        let why = if plan.request.spare_recent && plan.recent > 0 {
            tr!("send-nobody-spared")
        } else if plan.held_back > 0 {
            tr!("send-nobody-held-back")
        } else if plan.split.unreachable > 0 {
            tr!("send-nobody-unreachable")
        } else if plan.split.opted_out > 0 {
            tr!("send-nobody-opted-out")
        } else {
            tr!("send-nobody-empty")
        };
        view! {
            <p class="send-nobody">
                <strong>{tr!("send-nobody")}</strong>
                " "
                {why}
            </p>
        }
    })
}

/// How the messages split.
fn split(plan: &SendPlan) -> impl IntoView + use<> {
    let by_email = (plan.split.email > 0).then(|| {
        view! {
            <li class="send-line">
                <Icon glyph=Glyph::Mail/>
                <span>{tr!("send-by-email", count = plan.split.email)}</span>
            </li>
        }
    });
    let by_sms = (plan.split.sms > 0).then(|| {
        view! {
            <li class="send-line">
                <Icon glyph=Glyph::Phone/>
                <span>{tr!("send-by-sms", count = plan.split.sms)}</span>
            </li>
        }
    });
    let fallback = (plan.split.fallback > 0).then(|| {
        view! {
            <li class="send-line send-line-more">
                <Icon glyph=Glyph::ChevronRight/>
                <span>
                    {tr!("send-fallback", count = plan.split.fallback)}
                    {names(&plan.fallback_names, plan.split.fallback)}
                </span>
            </li>
        }
    });
    view! { <ul class="send-lines">{by_email} {by_sms} {fallback}</ul> }
}

/// Who cannot be reached.
fn unreachable(plan: &SendPlan) -> Option<impl IntoView + use<>> {
    (plan.split.unreachable > 0).then(|| {
        view! {
            <div class="notice notice-problem">
                <Icon glyph=Glyph::Warning/>
                <div class="notice-text">
                    <p>{tr!("send-unreachable", count = plan.split.unreachable)}</p>
                    {names(&plan.unreachable, plan.split.unreachable)}
                    <p>{tr!("send-unreachable-next")}</p>
                </div>
            </div>
        }
    })
}

/// Who is left out by the organisation's settings.
fn held_back(plan: &SendPlan) -> Option<impl IntoView + use<>> {
    (plan.held_back > 0).then(|| {
        view! {
            <p class="send-held-back">
                {tr!("send-held-back", count = plan.held_back)}
                {names(&plan.held_back_names, plan.held_back)}
            </p>
        }
    })
}

/// Who wants no messages.
fn opted_out(plan: &SendPlan) -> Option<impl IntoView + use<>> {
    (plan.split.opted_out > 0).then(|| {
        view! {
            <div class="send-held-back">
                <p>
                    {tr!("send-opted-out", count = plan.split.opted_out)}
                    {names(&plan.opted_out_names, plan.split.opted_out)}
                </p>
                <p>{tr!("send-opted-out-next")}</p>
            </div>
        }
    })
}

/// Names, and how many more there are.
fn names(names: &[String], total: u32) -> Option<impl IntoView + use<>> {
    if names.is_empty() {
        return None;
    }
    let listed = u32::try_from(names.len()).unwrap_or(u32::MAX);
    let more = total.saturating_sub(listed);
    let mut text = names.join(", ");
    if more > 0 {
        text.push(' ');
        text.push_str(&tr!("send-names-more", count = more));
    }
    Some(view! { <span class="send-names">{text}</span> })
}

/// Who was written to recently, and the box that leaves them out. It stays in place while another plan is made.
#[component]
fn Recent(
    /// The dialog's state.
    state: SendState,
) -> impl IntoView {
    let recent = Memo::new(move |_| {
        state.with(|s| {
            let dialog = s.as_ref()?;
            let plan = dialog.plan.as_ref()?;
            (dialog.request.action == SendAction::Resend
                && (plan.recent > 0 || dialog.request.spare_recent))
                .then(|| (plan.recent, plan.recent_names.clone()))
        })
    });
    let spare =
        Memo::new(move |_| state.with(|s| s.as_ref().is_some_and(|d| d.request.spare_recent)));
    let shown = Memo::new(move |_| recent.with(Option::is_some));
    let change = move |spare: bool| {
        let request = state
            .try_update(|s| s.as_mut().and_then(|d| d.spare_recent(spare)))
            .flatten();
        if let Some(request) = request {
            ask_plan(state, request);
        }
    };
    move || {
        shown.get().then(|| {
            view! {
                <div class="send-recent">
                    {move || {
                        recent
                            .get()
                            .filter(|(count, _)| *count > 0)
                            .map(|(count, listed)| {
                                view! {
                                    <p>
                                        {tr!("send-recent", count = count)}
                                        {names(&listed, count)}
                                    </p>
                                }
                            })
                    }}
                    <label class="check">
                        <input
                            type="checkbox"
                            prop:checked=move || spare.get()
                            on:change:target=move |event| change(event.target().checked())
                        />
                        <span>{tr!("send-spare-recent")}</span>
                    </label>
                </div>
            }
        })
    }
}

/// The number that has to be typed above a certain size.
#[component]
fn TypeNumber(
    /// The dialog's state.
    state: SendState,
) -> impl IntoView {
    let count = Memo::new(move |_| {
        state.with(|s| {
            s.as_ref()
                .filter(|d| d.asks_for_number())
                .map(SendDialog::messages)
        })
    });
    move || {
        count.get().map(|count| {
            view! {
                <label class="field send-number">
                    <span class="field-label">{tr!("send-type-number", count = count)}</span>
                    <input
                        type="text"
                        class="input"
                        inputmode="numeric"
                        autocomplete="off"
                        prop:value=move || {
                            state.with(|s| s.as_ref().map(|d| d.typed.clone()).unwrap_or_default())
                        }
                        on:input:target=move |event| {
                            let typed = event.target().value();
                            state
                                .update(|s| {
                                    if let Some(dialog) = s {
                                        dialog.typed = typed;
                                    }
                                });
                        }
                    />
                </label>
            }
        })
    }
}
