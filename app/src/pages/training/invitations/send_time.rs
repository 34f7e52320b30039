//! When the messages go out: after the moment in which they can be undone, or at a day and time.

use super::send::SendState;
use crate::components::FieldError;
use crate::state::send_dialog::{SendDialog, Step};
use crate::{language, tr};
use leptos::prelude::*;

/// The choice, once there is a plan with somebody in it.
#[component]
pub fn SendTime(
    /// The dialog's state.
    state: SendState,
) -> impl IntoView {
    let plan = Memo::new(move |_| {
        state.with(|s| {
            let dialog = s.as_ref().filter(|dialog| dialog.messages() > 0)?;
            let plan = dialog.plan.as_ref()?;
            Some((plan.delay, plan.time_zone.clone()))
        })
    });
    let later = Memo::new(move |_| state.with(|s| s.as_ref().is_some_and(|d| d.at.is_some())));
    let error = Signal::derive(move || {
        state.with(|s| match s.as_ref().map(|d| &d.step) {
            Some(Step::SendFailed(error)) => error.at_field(language(), "at"),
            _ => None,
        })
    });
    let choose = move |at: Option<String>| {
        state.update(|s| {
            if let Some(dialog) = s {
                set(dialog, at);
            }
        });
    };
    let choices = move |(delay, zone): (u32, String)| {
        let now = if delay == 0 {
            tr!("send-at-once")
        } else {
            tr!("send-after-delay", seconds = delay)
        };
        view! {
            <fieldset class="send-time">
                <legend>{tr!("send-when")}</legend>
                <label class="check">
                    <input
                        type="radio"
                        name="send-when"
                        prop:checked=move || !later.get()
                        on:change=move |_| choose(None)
                    />
                    <span>{now}</span>
                </label>
                <label class="check">
                    <input
                        type="radio"
                        name="send-when"
                        prop:checked=move || later.get()
                        on:change=move |_| choose(Some(String::new()))
                    />
                    <span>{tr!("send-later")}</span>
                </label>
                {move || {
                    later
                        .get()
                        .then(|| {
                            view! {
                                <div class="field send-at">
                                    <label for="send-at">{tr!("send-at", zone = zone.as_str())}</label>
                                    <input
                                        id="send-at"
                                        type="datetime-local"
                                        class="input"
                                        aria-invalid=move || error.with(Option::is_some).then_some("true")
                                        aria-describedby=move || {
                                            error.with(Option::is_some).then_some("send-at-error")
                                        }
                                        prop:value=move || {
                                            state
                                                .with(|s| {
                                                    s.as_ref().and_then(|d| d.at.clone()).unwrap_or_default()
                                                })
                                        }
                                        on:input:target=move |event| choose(Some(event.target().value()))
                                    />
                                    <FieldError id="send-at" error/>
                                </div>
                            }
                        })
                }}
            </fieldset>
        }
    };
    move || plan.get().map(choices)
}

/// Another time makes what was said of the last one pointless.
fn set<E>(dialog: &mut SendDialog<E>, at: Option<String>) {
    dialog.at = at;
    if matches!(dialog.step, Step::SendFailed(_)) {
        dialog.step = Step::Ready;
    }
}
