//! A button that asks in place before it does something that no other press takes back.

use crate::{focus, tr};
use leptos::prelude::*;

/// The button; pressed, it gives way to a question with *Cancel* and the same words again.
#[component]
pub fn AskFirst(
    /// The class of what stands around it, by which the focus finds it; there is one on a page.
    class: &'static str,
    /// What it does.
    words: String,
    /// What is asked.
    question: String,
    /// Whether it is being done.
    #[prop(into)]
    busy: Signal<bool>,
    /// Does it.
    #[prop(into)]
    on_yes: Callback<()>,
) -> impl IntoView {
    let asked = RwSignal::new(false);
    let (words, question) = (StoredValue::new(words), StoredValue::new(question));
    let id = format!("{class}-ask");
    view! {
        <div class=class>
            {move || {
                if asked.get() {
                    view! {
                        <p id=id.clone()>{question.get_value()}</p>
                        <button
                            type="button"
                            class="button"
                            on:click=move |_| {
                                asked.set(false);
                                focus::go_to(format!(".{class} .button"));
                            }
                        >
                            {tr!("panel-cancel")}
                        </button>
                        <button
                            type="button"
                            class="button button-danger"
                            aria-describedby=id.clone()
                            aria-disabled=move || busy.get().then_some("true")
                            on:click=move |_| on_yes.run(())
                        >
                            {words.get_value()}
                        </button>
                    }
                        .into_any()
                } else {
                    view! {
                        <button
                            type="button"
                            class="button"
                            on:click=move |_| {
                                asked.set(true);
                                focus::go_to(format!(".{class} .button-danger"));
                            }
                        >
                            {words.get_value()}
                        </button>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}
