//! The training code: large, to read aloud; its link, its poster, and what can be done with it.

use super::store::Desk;
use crate::components::{CopyButton, Dialog, Glyph, Icon};
use crate::tr;
use convoke_domain::view::CodeState;
use leptos::prelude::*;

/// The card of the code.
#[component]
pub fn CodeCard(desk: Desk) -> impl IntoView {
    let code = Signal::derive(move || desk.view.with(|view| view.code.clone().unwrap_or_default()));
    let link = Signal::derive(move || desk.view.with(|view| view.link.clone()));
    let state = Memo::new(move |_| desk.view.with(|view| view.code_state.clone()));
    let is_on = Memo::new(move |_| desk.view.with(|view| view.settings.code_on));
    let offered = Memo::new(move |_| desk.view.with(|view| view.settings.offered));
    let asking = RwSignal::new(false);
    let poster = format!("/trainings/{}/poster", desk.training);
    view! {
        <section class="card code-card" aria-labelledby="code-title">
            <header class="code-head">
                <h2 id="code-title">{tr!("code-title")}</h2>
                <span role="status">
                    {move || {
                        let (class, words) = state_words(&state.get(), offered.get());
                        view! { <span class=class>{words}</span> }
                    }}
                </span>
            </header>
            <p class="code-line">
                <strong class="code-value mono" class:is-off=move || !(is_on.get() && offered.get())>
                    {move || code.get()}
                </strong>
                <CopyButton text=code label=tr!("code-copy")/>
            </p>
            <p class="code-help">{tr!("code-help")}</p>
            <div class="field">
                <span class="field-label">{tr!("code-link")}</span>
                <div class="code-link">
                    <a href=move || link.get() rel="external noopener" target="_blank">
                        {move || link.get()}
                    </a>
                    <CopyButton text=link label=tr!("code-copy-link")/>
                </div>
            </div>
            <div class="code-actions">
                <a class="button button-primary" href=poster rel="external" target="_blank">
                    <Icon glyph=Glyph::Printer size=16/>
                    {tr!("code-poster")}
                </a>
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || desk.busy.get().then_some("true")
                    on:click=move |_| {
                        if !desk.busy.get_untracked() {
                            desk.switch_code(!is_on.get_untracked());
                        }
                    }
                >
                    {move || if is_on.get() { tr!("code-switch-off") } else { tr!("code-switch-on") }}
                </button>
                <button
                    type="button"
                    class="button"
                    aria-haspopup="dialog"
                    aria-disabled=move || desk.busy.get().then_some("true")
                    on:click=move |_| {
                        if !desk.busy.get_untracked() {
                            asking.set(true);
                        }
                    }
                >
                    <Icon glyph=Glyph::Retry size=16/>
                    {tr!("code-renew")}
                </button>
            </div>
            <RenewDialog desk asking/>
        </section>
    }
}

/// What the code opens, as a badge.
fn state_words(state: &CodeState, offered: bool) -> (&'static str, String) {
    if !offered {
        return ("badge badge-neutral", tr!("code-not-offered"));
    }
    match state {
        CodeState::Open(until) => (
            "badge badge-confirmed",
            tr!("code-open-until", when = until.as_str()),
        ),
        CodeState::NotYet(from) => (
            "badge badge-to-send",
            tr!("code-opens", when = from.as_str()),
        ),
        CodeState::Closed(since) => (
            "badge badge-neutral",
            tr!("code-closed", when = since.as_str()),
        ),
        CodeState::Off => ("badge badge-problem", tr!("code-off")),
    }
}

/// The old code stops working, so it is asked first.
#[component]
fn RenewDialog(desk: Desk, asking: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog
            open=asking
            title=tr!("code-renew-title")
            footer=move || {
                view! {
                    <button type="button" class="button" on:click=move |_| asking.set(false)>
                        {tr!("code-renew-keep")}
                    </button>
                    <button
                        type="button"
                        class="button button-primary"
                        autofocus=true
                        on:click=move |_| {
                            asking.set(false);
                            desk.renew();
                        }
                    >
                        {tr!("code-renew")}
                    </button>
                }
            }
        >
            <p>{tr!("code-renew-text")}</p>
        </Dialog>
    }
}
