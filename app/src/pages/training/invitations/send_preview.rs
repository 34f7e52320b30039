//! The message in the send dialog, as each of its readers will see it: one after the other, or somebody by name.

use super::send::SendState;
use crate::api::invitations::send_preview;
use crate::components::{Glyph, Icon, MessagePaper, Pace};
use crate::state::send_dialog::SendDialog;
use crate::tr;
use convoke_domain::Channel;
use convoke_domain::view::{MessagePreview, SendRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The preview of a plan. The first message came with the plan; the others are asked for.
#[component]
pub fn SendPreview(
    /// The dialog's state.
    state: SendState,
) -> impl IntoView {
    let first = Memo::new(move |_| {
        state.with(|s| s.as_ref().and_then(|d| d.plan.as_ref()?.preview.clone()))
    });
    let total = Memo::new(move |_| state.with(|s| s.as_ref().map_or(0, SendDialog::messages)));
    // The request that the plan in sight answers; another plan begins anew.
    let request = Memo::new(move |_| {
        state.with(|s| {
            let plan = s.as_ref()?.plan.as_ref()?;
            Some((plan.request.clone(), plan.fingerprint.clone()))
        })
    });
    let at = RwSignal::new(0_u32);
    let shown = RwSignal::new(None::<MessagePreview>);
    let nobody = RwSignal::new(false);
    let find = RwSignal::new(String::new());
    let asked = StoredValue::new(0_u32);
    Effect::new(move |_| {
        // Read and not only tracked: a memo says that it changed when it is first read.
        request.with(|_| ());
        asked.update_value(|n| *n += 1);
        at.set(0);
        nobody.set(false);
        shown.set(first.get_untracked());
    });
    let ask = move |wanted: u32, name: String| {
        let Some((request, _)): Option<(SendRequest, String)> = request.get_untracked() else {
            return;
        };
        let number = asked.get_value() + 1;
        asked.set_value(number);
        spawn_local(async move {
            let answer = send_preview(request, wanted, name).await;
            if asked.try_get_value() != Some(number) {
                return;
            }
            match answer {
                Ok(Some(found)) => {
                    nobody.try_set(false);
                    at.try_set(found.at);
                    shown.try_set(Some(found.preview));
                }
                // Nobody is called so, or the list has become shorter; what is in sight stays.
                Ok(None) => {
                    nobody.try_set(true);
                }
                Err(_) => {}
            }
        });
    };
    let step = move |forward: bool| {
        let last = total.get_untracked().saturating_sub(1);
        let now = at.get_untracked();
        let next = if forward {
            now.saturating_add(1).min(last)
        } else {
            now.saturating_sub(1)
        };
        if next != now {
            ask(next, String::new());
        }
    };
    let pace = Pace::new(move || {
        let name = find.get_untracked();
        if !name.trim().is_empty() {
            ask(0, name);
        }
    });
    let is_there = Memo::new(move |_| shown.with(Option::is_some));
    let head = move || {
        shown.with(|shown| {
            shown.as_ref().map(|shown| {
                let glyph = match shown.channel {
                    Channel::Email => Glyph::Mail,
                    Channel::Sms => Glyph::Phone,
                };
                view! {
                    <Icon glyph size=16/>
                    {tr!("send-preview", name = shown.to.as_str())}
                }
            })
        })
    };
    move || {
        is_there.get().then(|| {
            view! {
                <figure class="send-preview">
                    <figcaption aria-live="polite">{head}</figcaption>
                    {move || {
                        (total.get() > 1)
                            .then(|| {
                                view! {
                                    <div class="send-preview-steps">
                                        <button
                                            type="button"
                                            class="icon-button"
                                            aria-label=tr!("send-preview-before")
                                            aria-disabled=move || (at.get() == 0).then_some("true")
                                            on:click=move |_| step(false)
                                        >
                                            <Icon glyph=Glyph::ChevronLeft/>
                                        </button>
                                        <span class="tabular">
                                            {move || tr!("send-preview-step", at = at.get() + 1, total = total.get())}
                                        </span>
                                        <button
                                            type="button"
                                            class="icon-button"
                                            aria-label=tr!("send-preview-next")
                                            aria-disabled=move || (at.get() + 1 >= total.get()).then_some("true")
                                            on:click=move |_| step(true)
                                        >
                                            <Icon glyph=Glyph::ChevronRight/>
                                        </button>
                                        <input
                                            type="search"
                                            class="input"
                                            aria-label=tr!("send-preview-find")
                                            placeholder=tr!("send-preview-find")
                                            autocomplete="off"
                                            prop:value=move || find.get()
                                            on:input:target=move |event| {
                                                find.set(event.target().value());
                                                nobody.set(false);
                                                pace.typed();
                                            }
                                        />
                                    </div>
                                }
                            })
                    }}
                    {move || {
                        nobody
                            .get()
                            .then(|| view! { <p class="field-help" role="status">{tr!("send-preview-nobody")}</p> })
                    }}
                    <MessagePaper preview=Signal::from(shown)/>
                </figure>
            }
        })
    }
}
