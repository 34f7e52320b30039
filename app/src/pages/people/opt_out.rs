//! Whether a person is written to, and what an administrator may note of that.

use crate::api::ApiError;
use crate::api::opt_out::record_opt_out;
use crate::components::{AskFirst, ErrorBox, use_announcer};
use crate::{focus, tr};
use convoke_domain::view::OptOutView;
use convoke_domain::{OptOut, UserId};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The card on a person's page.
#[component]
pub fn OptOutCard(
    /// Whose.
    id: UserId,
    /// How it stands.
    view: OptOutView,
) -> impl IntoView {
    view! {
        <section class="card person-access" aria-labelledby="person-messages">
            <h2 id="person-messages" class="card-title">{tr!("opt-out-card")}</h2>
            <Standing id view/>
        </section>
    }
}

#[component]
fn Standing(id: UserId, view: OptOutView) -> impl IntoView {
    let standing = RwSignal::new(view);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<ApiError>);
    let announcer = use_announcer();
    let go = move |none: bool| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let answer = record_opt_out(id, none).await;
            busy.try_set(false);
            match answer {
                Ok(view) => {
                    announcer.toast(if none {
                        tr!("opt-out-recorded")
                    } else {
                        tr!("opt-out-taken-back")
                    });
                    standing.try_set(view);
                    focus::go_to(".person-opt-out .button".to_owned());
                }
                Err(error) => {
                    failure.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <div class="person-opt-out">
            {move || {
                let OptOutView { opted_out, since } = standing.get();
                let since = since.as_str();
                match opted_out {
                    None => {
                        view! {
                            <p>{tr!("opt-out-none")}</p>
                            <AskFirst
                                class="opt-out-record"
                                words=tr!("opt-out-record")
                                question=tr!("opt-out-record-ask")
                                busy
                                on_yes=move |()| go(true)
                            />
                        }
                            .into_any()
                    }
                    Some(OptOut::Person) => {
                        view! {
                            <p>{tr!("opt-out-by-person", since = since)}</p>
                            <p class="field-help">{tr!("opt-out-by-person-help")}</p>
                        }
                            .into_any()
                    }
                    Some(OptOut::Administrator) => {
                        view! {
                            <p>{tr!("opt-out-by-administrator", since = since)}</p>
                            <p class="field-help">{tr!("opt-out-by-administrator-help")}</p>
                            <button
                                type="button"
                                class="button"
                                aria-disabled=move || busy.get().then_some("true")
                                on:click=move |_| go(false)
                            >
                                {tr!("opt-out-take-back")}
                            </button>
                        }
                            .into_any()
                    }
                }
            }}
            {move || failure.get().map(|error| view! { <ErrorBox error/> })}
        </div>
    }
}
