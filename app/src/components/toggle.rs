//! A switch: on or off, with its words and a sentence below.

use leptos::prelude::*;

/// A switch. It shows `checked`, whatever was pressed, so that it never says more than is true.
#[component]
pub fn Toggle(
    /// The id of the input.
    id: &'static str,
    /// Its words.
    #[prop(into)]
    label: String,
    /// A sentence of help.
    #[prop(optional, into)]
    help: Option<String>,
    /// Whether it is on.
    #[prop(into)]
    checked: Signal<bool>,
    /// Whether it is being saved.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Told what is chosen.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    let described = help.is_some().then(|| format!("{id}-help"));
    view! {
        <div class="toggle">
            <input
                type="checkbox"
                role="switch"
                class="toggle-input"
                id=id
                checked=checked.get_untracked()
                prop:checked=move || checked.get()
                aria-describedby=described
                aria-busy=move || busy.get().then_some("true")
                on:change:target=move |event| {
                    let wanted = event.target().checked();
                    if busy.get_untracked() {
                        // It stays as it is until the server has answered.
                        event.target().set_checked(checked.get_untracked());
                    } else {
                        on_change.run(wanted);
                        event.target().set_checked(checked.get_untracked());
                    }
                }
            />
            <span class="toggle-text">
                <label class="toggle-label" for=id>
                    {label}
                </label>
                {help.map(|help| view! { <span class="field-help" id=format!("{id}-help")>{help}</span> })}
            </span>
        </div>
    }
}
