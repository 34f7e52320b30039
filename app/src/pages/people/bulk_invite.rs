//! Inviting several people at once to choose a password: who gets a link and who does not is said before anything is sent.

use super::bulk::Ticked;
use crate::api::ApiError;
use crate::api::access::{invite_accounts, plan_accounts};
use crate::components::{ErrorBox, Glyph, Icon, use_announcer};
use crate::language;
use crate::number::grouped;
use crate::state::send_dialog::{asks_for_number, number_is_typed};
use crate::tr;
use convoke_domain::Refusal;
use convoke_domain::view::{AccountPlan, InviteAccounts};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is asked before the links go out.
#[component]
pub fn InviteAll(ticked: Ticked, open: RwSignal<bool>, on_done: Callback<()>) -> impl IntoView {
    let people = StoredValue::new(ticked.people());
    let plan = RwSignal::new(None::<AccountPlan>);
    let failure = RwSignal::new(None::<ApiError>);
    let busy = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let announcer = use_announcer();
    let messages = Memo::new(move |_| plan.get().map_or(0, |plan| plan.messages()));
    let count = move || {
        plan.set(None);
        typed.set(String::new());
        spawn_local(async move {
            match plan_accounts(people.get_value()).await {
                Ok(found) => {
                    plan.try_set(Some(found));
                }
                Err(error) => {
                    failure.try_set(Some(error));
                }
            }
        });
    };
    let count_again = move |()| {
        failure.set(None);
        count();
    };
    count();
    let may_send = Memo::new(move |_| {
        let messages = messages.get();
        messages > 0 && typed.with(|typed| number_is_typed(messages, typed))
    });
    let go = move |_| {
        let Some(shown) = plan.get_untracked().filter(|_| may_send.get_untracked()) else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let request = InviteAccounts {
            people: people.get_value(),
            shown,
        };
        spawn_local(async move {
            let answer = invite_accounts(request).await;
            busy.try_set(false);
            match answer {
                Ok(sent) => {
                    let count = sent.messages();
                    let shown = grouped(count, language());
                    announcer.toast(tr!("bulk-invited", count = count, shown = shown));
                    open.try_set(false);
                    ticked.nobody();
                    on_done.run(());
                }
                Err(error) => {
                    let is_outdated = matches!(error, ApiError::Refused(Refusal::Conflict(_)));
                    failure.try_set(Some(error));
                    if is_outdated {
                        count();
                    }
                }
            }
        });
    };
    view! {
        <div class="bulk-invite">
            <p>{tr!("bulk-invite-help")}</p>
            <div class="bulk-invite" role="status">
                {move || match plan.get() {
                    Some(plan) => view! { <Lines plan/> }.into_any(),
                    None if failure.with(Option::is_some) => ().into_any(),
                    None => view! { <p class="muted">{tr!("bulk-invite-planning")}</p> }.into_any(),
                }}
            </div>
            {move || {
                let messages = messages.get();
                asks_for_number(messages)
                    .then(|| {
                        view! {
                            <label class="field send-number">
                                <span class="field-label">
                                    {tr!("send-type-number", count = messages)}
                                </span>
                                <input
                                    type="text"
                                    class="input"
                                    inputmode="numeric"
                                    autocomplete="off"
                                    prop:value=typed
                                    on:input:target=move |event| typed.set(event.target().value())
                                />
                            </label>
                        }
                    })
            }}
            {move || {
                failure
                    .get()
                    .map(|error| {
                        if plan.with(Option::is_none) {
                            view! { <ErrorBox error on_retry=count_again/> }.into_any()
                        } else {
                            view! { <ErrorBox error/> }.into_any()
                        }
                    })
            }}
        </div>
        <div class="dialog-actions">
            <button type="button" class="button" on:click=move |_| open.set(false)>
                {tr!("panel-cancel")}
            </button>
            <button
                type="button"
                class="button button-primary"
                aria-disabled=move || (busy.get() || !may_send.get()).then_some("true")
                on:click=go
            >
                {move || {
                    let count = messages.get();
                    if busy.get() {
                        tr!("bulk-invite-busy")
                    } else {
                        tr!("bulk-invite-go", count = count, shown = grouped(count, language()))
                    }
                }}
            </button>
        </div>
    }
}

/// Who gets a link, who cannot be reached, and who is left out.
#[component]
fn Lines(plan: AccountPlan) -> impl IntoView {
    // A line of the list; none where there is nobody.
    let line = |count: u32, key: &'static str, glyph: Option<Glyph>| {
        (count > 0).then(|| {
            let shown = grouped(count, language());
            view! {
                <li class="send-line">
                    {glyph.map(|glyph| view! { <Icon glyph/> })}
                    <span>{tr!(key, count = count, shown = shown)}</span>
                </li>
            }
        })
    };
    let left_out = [
        (plan.has_password, "bulk-invite-has-password"),
        (plan.written_to, "bulk-invite-written-to"),
        (plan.inactive, "bulk-invite-inactive"),
        (plan.opted_out, "bulk-invite-opted-out"),
    ];
    let any_left_out = left_out.iter().any(|(count, _)| *count > 0);
    view! {
        {(plan.messages() == 0).then(|| view! { <p><strong>{tr!("bulk-invite-nobody")}</strong></p> })}
        <ul class="send-lines">
            {line(plan.email, "bulk-invite-email", Some(Glyph::Mail))}
            {line(plan.sms, "bulk-invite-sms", Some(Glyph::Phone))}
            {line(plan.unreachable, "bulk-invite-unreachable", Some(Glyph::Warning))}
        </ul>
        {any_left_out
            .then(|| {
                view! {
                    <div class="bulk-left-out">
                        <p>{tr!("bulk-invite-skipped")}</p>
                        <ul>
                            {left_out
                                .into_iter()
                                .filter(|(count, _)| *count > 0)
                                .map(|(count, key)| {
                                    let shown = grouped(count, language());
                                    view! { <li>{tr!(key, count = count, shown = shown)}</li> }
                                })
                                .collect_view()}
                        </ul>
                    </div>
                }
            })}
    }
}
