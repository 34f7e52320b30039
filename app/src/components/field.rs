//! A field of a form: label, input, help and error, tied together for assistive technology.

use crate::language::tr;
use crate::raw_text::raw_text;
use leptos::html;
use leptos::prelude::*;

/// The error of a field, if it has one; `aria-describedby` of the input names it by `<id>-error`.
#[component]
pub fn FieldError(
    /// The id of the input.
    id: &'static str,
    /// The sentence.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    move || {
        error.get().map(|error| {
            view! { <p class="field-error" id=format!("{id}-error")>{error}</p> }
        })
    }
}

/// A labelled input. What is typed before the page is hydrated is kept.
#[component]
pub fn Field(
    /// Id and name of the input.
    id: &'static str,
    /// The words of the label.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// The `type` of the input; `textarea` for several lines.
    #[prop(default = "text")]
    kind: &'static str,
    /// A sentence of help.
    #[prop(optional, into)]
    help: Option<String>,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// The keyboard that tablets show.
    #[prop(optional)]
    inputmode: Option<&'static str>,
) -> impl IntoView {
    let has_help = help.is_some();
    let described = move || {
        let error = error.with(Option::is_some).then(|| format!("{id}-error"));
        let help = has_help.then(|| format!("{id}-help"));
        let ids: Vec<_> = [error, help].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    };
    let invalid = move || error.with(Option::is_some).then_some("true");
    let initial = value.get_untracked();
    let control = if kind == "textarea" {
        let element = NodeRef::<html::Textarea>::new();
        Effect::new(move |_| {
            if let Some(element) = element.get() {
                keep(value, element.value());
            }
        });
        view! {
            <textarea
                node_ref=element
                id=id
                name=id
                class="input"
                aria-describedby=described
                aria-invalid=invalid
                on:input:target=move |event| value.set(event.target().value())
            >
                {raw_text(&initial)}
            </textarea>
        }
        .into_any()
    } else {
        let element = NodeRef::<html::Input>::new();
        Effect::new(move |_| {
            if let Some(element) = element.get() {
                keep(value, element.value());
            }
        });
        view! {
            <input
                node_ref=element
                type=kind
                id=id
                name=id
                class="input"
                value=initial
                autocomplete="off"
                inputmode=inputmode
                aria-required=required.then_some("true")
                aria-describedby=described
                aria-invalid=invalid
                on:input:target=move |event| value.set(event.target().value())
            />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=id>
                {label}
                {(!required)
                    .then(|| view! { " " <span class="field-optional">{tr!("field-optional")}</span> })}
            </label>
            {control}
            {help.map(|help| view! { <p class="field-help" id=format!("{id}-help")>{help}</p> })}
            <FieldError id error/>
        </div>
    }
}

/// Takes over what the element holds, if it is not what we hold.
fn keep(value: RwSignal<String>, typed: String) {
    if value.with_untracked(|value| *value != typed) {
        value.set(typed);
    }
}
