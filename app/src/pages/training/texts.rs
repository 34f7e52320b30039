//! A training's own message texts: a page below its invitations.

use super::{InvitationsHidden, this_training};
use crate::pages::texts::Texts;
use crate::tr;
use convoke_domain::view::Perspective;
use leptos::prelude::*;

/// The texts, or why they are not in this view.
#[component]
pub fn TrainingTextsRoute() -> impl IntoView {
    let this = this_training();
    move || match (this.perspective.get(), this.id.get()) {
        (Perspective::Administrator, Some(id)) => view! {
            <div class="texts-head">
                <p>
                    <a href=move || this.address("invitations", Perspective::Administrator)>
                        {tr!("texts-back")}
                    </a>
                </p>
                <h2>{tr!("texts-title")}</h2>
                <p class="muted">{tr!("texts-training-lead")}</p>
            </div>
            <Texts training=Some(id)/>
        }
        .into_any(),
        (Perspective::Administrator, None) => ().into_any(),
        (Perspective::Trainer, _) => view! { <InvitationsHidden this/> }.into_any(),
    }
}
