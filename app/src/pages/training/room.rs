//! The card for the day itself: how trainees enter, and the way to the list on the device that stands in the room.

use super::this_training;
use crate::tr;
use leptos::prelude::*;

/// The public page behind a training code as it is shown, in two groups.
pub fn list_address(code: &str) -> String {
    format!("/join/{}", code.replace('-', ""))
}

/// The card; there is none for a training without a code.
#[component]
pub fn RoomCard() -> impl IntoView {
    let this = this_training();
    view! {
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                let code = this.view.await.ok()?.code?;
                Some(
                    view! {
                        <section class="card devices-card" aria-labelledby="room-title">
                            <h2 id="room-title">{tr!("room-title")}</h2>
                            <p class="muted">{tr!("room-text", code = code.as_str())}</p>
                            <a class="button" href=list_address(&code) rel="external">
                                {tr!("room-open")}
                            </a>
                        </section>
                    },
                )
            })}
        </Transition>
    }
}
