//! The form as a visitor will see it, in either language. It can be tried; nothing is sent.

use super::Bench;
use crate::{language, tr};
use convoke_domain::Language;
use convoke_domain::registration::{FieldKind, FormField};
use convoke_texts::t;
use leptos::prelude::*;

/// The preview beside the fields.
#[component]
pub fn Preview(bench: Bench) -> impl IntoView {
    let shown = RwSignal::new(language());
    let form = Memo::new(move |_| bench.state.with(|s| s.form.clone()));
    view! {
        <section class="card preview" aria-labelledby="preview-title">
            <header class="preview-head">
                <h3 id="preview-title">{tr!("form-preview")}</h3>
                <div class="switch" role="group" aria-label=tr!("form-preview-language")>
                    {Language::ALL
                        .iter()
                        .map(|&side| {
                            let name = match side {
                                Language::En => t!(side, "language-en"),
                                Language::Fr => t!(side, "language-fr"),
                            };
                            view! {
                                <button
                                    type="button"
                                    lang=side.as_str()
                                    aria-pressed=move || (shown.get() == side).to_string()
                                    on:click=move |_| shown.set(side)
                                >
                                    {name}
                                </button>
                            }
                        })
                        .collect_view()}
                </div>
            </header>
            <div class="preview-paper" lang=move || shown.get().as_str()>
                {move || {
                    let side = shown.get();
                    form.with(|form| {
                        view! {
                            {name_field(side, "first", "set-up-first-name")}
                            {name_field(side, "last", "set-up-last-name")}
                            {form.fields.iter().map(|field| asked(field, side)).collect_view()}
                            <p class="button button-primary preview-button" aria-hidden="true">
                                {t!(side, "form-preview-register")}
                            </p>
                        }
                            .into_any()
                    })
                }}
            </div>
        </section>
    }
}

fn name_field(side: Language, which: &'static str, key: &str) -> impl IntoView + use<> {
    let id = format!("preview-{which}");
    view! {
        <div class="field">
            <label for=id.clone()>{t!(side, key)}</label>
            <input type="text" class="input" id=id autocomplete="off"/>
        </div>
    }
}

/// One field, as it is asked.
fn asked(field: &FormField, side: Language) -> AnyView {
    let id = format!("preview-{}", field.id);
    let label = match field.label.get(side) {
        "" => t!(side, "form-field-unnamed"),
        label => label.to_owned(),
    };
    let help = field.help.get(side).to_owned();
    let help_id = (!help.is_empty()).then(|| format!("{id}-help"));
    let help = help_id.clone().map(|help_id| {
        view! { <p class="field-help" id=help_id>{help}</p> }
    });
    let optional = (!field.required).then(|| {
        view! { " " <span class="field-optional">{t!(side, "field-optional")}</span> }
    });
    match field.kind {
        FieldKind::TickBox => view! {
            <div class="field">
                <label class="check preview-check" for=id.clone()>
                    <input type="checkbox" id=id.clone() aria-describedby=help_id/>
                    <span>{label} {optional}</span>
                </label>
                {help}
            </div>
        }
        .into_any(),
        FieldKind::OneChoice | FieldKind::SeveralChoices => {
            let kind = if field.kind == FieldKind::OneChoice {
                "radio"
            } else {
                "checkbox"
            };
            let choices = field
                .choices
                .iter()
                .map(|choice| {
                    let words = match choice.label.get(side) {
                        "" => t!(side, "form-field-unnamed"),
                        words => words.to_owned(),
                    };
                    view! {
                        <label class="check">
                            <input type=kind name=id.clone()/>
                            <span>{words}</span>
                        </label>
                    }
                })
                .collect_view();
            view! {
                <fieldset class="field" aria-describedby=help_id>
                    <legend class="field-label">{label} {optional}</legend>
                    {help}
                    <div class="preview-choices">{choices}</div>
                </fieldset>
            }
            .into_any()
        }
        FieldKind::LongText => view! {
            <div class="field">
                <label for=id.clone()>{label} {optional}</label>
                <textarea class="input" id=id.clone() rows="4" aria-describedby=help_id></textarea>
                {help}
            </div>
        }
        .into_any(),
        kind => {
            let (input, mode) = match kind {
                FieldKind::Email => ("email", Some("email")),
                FieldKind::Mobile => ("tel", Some("tel")),
                FieldKind::Number => ("text", Some("decimal")),
                FieldKind::Date => ("date", None),
                _ => ("text", None),
            };
            view! {
                <div class="field">
                    <label for=id.clone()>{label} {optional}</label>
                    <input
                        type=input
                        class="input"
                        id=id.clone()
                        inputmode=mode
                        autocomplete="off"
                        aria-describedby=help_id
                    />
                    {help}
                </div>
            }
            .into_any()
        }
    }
}
