//! A field with one choice of a few: label, list and error, tied together for assistive technology.

use super::FieldError;
use leptos::prelude::*;

/// A labelled list of choices.
#[component]
pub fn SelectField(
    /// Id and name of the list.
    id: &'static str,
    /// The words of the label.
    #[prop(into)]
    label: String,
    /// What is chosen.
    value: RwSignal<String>,
    /// What there is to choose: value and words.
    options: Vec<(String, String)>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let options = options.into_iter().map(|(option, words)| {
        let selected = value.with_untracked(|value| *value == option);
        view! { <option value=option selected=selected>{words}</option> }
    });
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select
                id=id
                name=id
                class="input"
                prop:value=move || value.get()
                aria-describedby=move || error.with(Option::is_some).then(|| format!("{id}-error"))
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                on:change:target=move |event| value.set(event.target().value())
            >
                {options.collect_view()}
            </select>
            <FieldError id error/>
        </div>
    }
}
