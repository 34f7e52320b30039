//! The foot: what Validate will do, and the two ways to end.

use super::desk::Desk;
use super::words;
use crate::components::{Glyph, Icon};
use crate::language;
use crate::number::grouped;
use crate::state::selection::{Message, Phase};
use crate::tr;
use leptos::prelude::*;

/// "+6 to invite · −1 removed", the warning, *Cancel* and *Validate*.
#[component]
pub fn Foot(desk: Desk) -> impl IntoView {
    let counts = Memo::new(move |_| desk.state.with(|s| s.counts));
    let saving = Memo::new(move |_| desk.state.with(|s| s.phase == Phase::Saving));
    let tell = Memo::new(move |_| desk.state.with(|s| s.tell_removed));
    let summary = move || {
        let counts = counts.get();
        let number = |n: u32| grouped(n, language());
        if counts.added + counts.removed == 0 {
            return view! { <span class="panel-sum-none">{tr!("panel-unchanged")}</span> }
                .into_any();
        }
        let plus = if words::is_saved(desk.list) { "+" } else { "" };
        let added = (counts.added > 0).then(|| {
            view! {
                <span>
                    <strong>{format!("{plus}{}", number(counts.added))}</strong>
                    " "
                    {words::added(desk.list, counts.added)}
                </span>
            }
        });
        let dot = (counts.added > 0 && counts.removed > 0).then_some(" · ");
        let removed = (counts.removed > 0).then(|| {
            view! {
                <span>
                    <strong>{format!("−{}", number(counts.removed))}</strong>
                    " "
                    {tr!("panel-removed", count = counts.removed)}
                </span>
            }
        });
        view! { {added} {dot} {removed} }.into_any()
    };
    let warning = move || {
        let counts = counts.get();
        let (sent, confirmed) = (counts.removed_sent, counts.removed_confirmed);
        let informed = sent + confirmed;
        (informed > 0).then(|| {
            let shown = grouped(informed, language());
            let who = match (sent, confirmed) {
                (0, n) => tr!("panel-were-confirmed", count = n, shown = shown),
                (n, 0) => tr!("panel-were-invited", count = n, shown = shown),
                _ => tr!("panel-were-informed", count = informed, shown = shown),
            };
            let told = if tell.get() {
                tr!("panel-will-be-told", count = informed)
            } else {
                tr!("panel-will-not-be-told", count = informed)
            };
            view! {
                <span class="badge badge-problem panel-warning">
                    <Icon glyph=Glyph::Warning size=14/>
                    {format!("{who}: {told}")}
                </span>
                <label class="check panel-tell">
                    <input
                        type="checkbox"
                        prop:checked=move || !tell.get()
                        on:change:target=move |event| {
                            desk.send(Message::TellRemoved(!event.target().checked()));
                        }
                    />
                    {tr!("panel-do-not-tell")}
                </label>
            }
        })
    };
    view! {
        <div class="dialog-foot panel-foot">
            <div class="panel-sum">
                <span class="panel-sum-numbers">{summary}</span>
                {warning}
            </div>
            <button
                type="button"
                class="button button-ghost"
                disabled=move || saving.get()
                on:click=move |_| desk.send(Message::Close)
            >
                {tr!("panel-cancel")}
            </button>
            <button
                type="button"
                class="button button-primary panel-validate"
                aria-disabled=move || saving.get().then_some("true")
                aria-busy=move || saving.get().to_string()
                on:click=move |_| desk.send(Message::Validate)
            >
                {move || if saving.get() { tr!("panel-saving") } else { tr!("panel-validate") }}
            </button>
        </div>
    }
}
