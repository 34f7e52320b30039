//! An open field: its words in both languages, whether it is required, its limits, its options, and what it fills.

use super::{Bench, palette};
use crate::components::{Glyph, Icon};
use crate::state::form_builder::{FormBuilder, Message};
use crate::{focus, language, tr};
use convoke_domain::registration::{Attribute, Bilingual, FieldKind, FormField};
use convoke_domain::{FieldId, Language};
use convoke_texts::t;
use leptos::prelude::*;
use uuid::Uuid;

/// The editor of a field.
#[component]
pub fn Editor(bench: Bench, id: FieldId) -> impl IntoView {
    let Some(kind) = bench
        .state
        .with_untracked(|s| s.field(id).map(|field| field.kind))
    else {
        return ().into_any();
    };
    let required = read(bench, id, |field| field.required);
    let label_error = bench.error_at(format!("field-{id}"));
    let help_error = bench.error_at(format!("field-{id}-help"));
    let required_words = if kind == FieldKind::TickBox {
        tr!("form-required-tick")
    } else {
        tr!("form-required-help")
    };
    view! {
        <div class="field-editor">
            <div class="form-grid">
                {Language::ALL
                    .iter()
                    .map(|&side| {
                        // The first of them is where the focus goes.
                        let input = if side == language() {
                            format!("field-{id}-label")
                        } else {
                            format!("field-{id}-label-other")
                        };
                        view! {
                            <Line
                                id=input
                                label=tr!("form-label-in", language = language_name(side))
                                value=read(bench, id, move |field| pick(&field.label, side))
                                error=label_error
                                // One of the two is enough: the sentence stands once.
                                shows_error=side == language()
                                lang=side
                                on_input=move |text| bench.send(Message::Label(id, side, text))
                            />
                        }
                    })
                    .collect_view()}
                {Language::ALL
                    .iter()
                    .map(|&side| {
                        view! {
                            <Line
                                id=format!("field-{id}-help-{}", side.as_str())
                                label=tr!("form-help-in", language = language_name(side))
                                value=read(bench, id, move |field| pick(&field.help, side))
                                error=help_error
                                shows_error=side == language()
                                lang=side
                                optional=true
                                on_input=move |text| bench.send(Message::Help(id, side, text))
                            />
                        }
                    })
                    .collect_view()}
            </div>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || required.get()
                    on:change:target=move |event| {
                        bench.send(Message::Required(id, event.target().checked()));
                    }
                />
                <span>{required_words}</span>
            </label>
            {kind.has_limits().then(|| view! { <Limits bench id kind/> })}
            <Fills bench id kind/>
            {kind.has_choices().then(|| view! { <Choices bench id/> })}
        </div>
    }
    .into_any()
}

/// Something of a field, as it stands.
fn read<T: Clone + Default + PartialEq + Send + Sync + 'static>(
    bench: Bench,
    id: FieldId,
    pick: impl Fn(&FormField) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |_| {
        bench
            .state
            .with(|s| s.field(id).map(&pick).unwrap_or_default())
    })
}

fn pick(text: &Bilingual, side: Language) -> String {
    match side {
        Language::En => text.en.clone(),
        Language::Fr => text.fr.clone(),
    }
}

fn language_name(side: Language) -> String {
    match side {
        Language::En => tr!("language-en"),
        Language::Fr => tr!("language-fr"),
    }
}

/// A labelled line of the editor.
#[component]
fn Line(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    value: Memo<String>,
    error: Memo<Option<String>>,
    #[prop(default = true)] shows_error: bool,
    #[prop(optional)] lang: Option<Language>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional)] optional: bool,
    #[prop(into)] on_input: Callback<String>,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    let described = {
        let error_id = error_id.clone();
        move || (shows_error && error.with(Option::is_some)).then(|| error_id.clone())
    };
    view! {
        <div class="field">
            <label for=id.clone()>
                {label}
                {optional
                    .then(|| view! { " " <span class="field-optional">{tr!("field-optional")}</span> })}
            </label>
            <input
                type=kind
                id=id.clone()
                class="input"
                autocomplete="off"
                lang=lang.map(Language::as_str)
                inputmode=inputmode
                prop:value=move || value.get()
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                on:input:target=move |event| on_input.run(event.target().value())
            />
            {move || {
                error
                    .get()
                    .filter(|_| shows_error)
                    .map(|error| view! { <p class="field-error" id=error_id.clone()>{error}</p> })
            }}
        </div>
    }
}

/// The least and the most.
#[component]
fn Limits(bench: Bench, id: FieldId, kind: FieldKind) -> impl IntoView {
    let (least, most) = match kind {
        FieldKind::Number => (tr!("limit-least-number"), tr!("limit-most-number")),
        FieldKind::Date => (tr!("limit-first-day"), tr!("limit-last-day")),
        FieldKind::SeveralChoices => (tr!("limit-least-choices"), tr!("limit-most-choices")),
        _ => (tr!("limit-least-length"), tr!("limit-most-length")),
    };
    let (input, mode) = match kind {
        FieldKind::Date => ("date", None),
        FieldKind::Number => ("text", Some("decimal")),
        _ => ("text", Some("numeric")),
    };
    let line = move |part: &'static str,
                     label: String,
                     value: Memo<String>,
                     on_input: Callback<String>| {
        let error = bench.error_at(format!("field-{id}-{part}"));
        let id = format!("field-{id}-{part}");
        match mode {
            Some(inputmode) => view! {
                <Line id label value error kind=input inputmode optional=true on_input/>
            }
            .into_any(),
            None => {
                view! { <Line id label value error kind=input optional=true on_input/> }.into_any()
            }
        }
    };
    view! {
        <div class="form-grid field-limits">
            {line(
                "min",
                least,
                read(bench, id, |field| field.min.clone()),
                Callback::new(move |text| bench.send(Message::Min(id, text))),
            )}
            {line(
                "max",
                most,
                read(bench, id, |field| field.max.clone()),
                Callback::new(move |text| bench.send(Message::Max(id, text))),
            )}
        </div>
    }
}

fn attribute_words(attribute: Attribute) -> String {
    match attribute {
        Attribute::Email => tr!("fills-email"),
        Attribute::Mobile => tr!("fills-mobile"),
        Attribute::EmployeeId => tr!("fills-employee-id"),
        Attribute::Group => tr!("fills-group"),
        Attribute::UserType => tr!("fills-user-type"),
    }
}

/// What the answer fills of a new person of the directory; where there is something that fits the kind.
#[component]
fn Fills(bench: Bench, id: FieldId, kind: FieldKind) -> impl IntoView {
    let fitting: Vec<Attribute> = Attribute::ALL
        .iter()
        .copied()
        .filter(|attribute| attribute.fits(kind))
        .collect();
    if fitting.is_empty() {
        return ().into_any();
    }
    let fills = read(bench, id, |field| field.fills);
    let error = bench.error_at(format!("field-{id}-fills"));
    let input = format!("field-{id}-fills");
    let help = format!("{input}-help");
    let described = {
        let (input, help) = (input.clone(), help.clone());
        move || {
            if error.with(Option::is_some) {
                format!("{input}-error {help}")
            } else {
                help.clone()
            }
        }
    };
    view! {
        <div class="field field-fills">
            <label for=input.clone()>{tr!("fills-label")}</label>
            <select
                id=input.clone()
                class="input"
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                prop:value=move || fills.get().map_or("", Attribute::as_str)
                on:change:target=move |event| {
                    let chosen = event.target().value().parse().ok();
                    bench.send(Message::Fills(id, chosen));
                }
            >
                <option value="" selected=fills.get_untracked().is_none()>
                    {tr!("fills-nothing")}
                </option>
                {fitting
                    .into_iter()
                    .map(|attribute| {
                        let taken = Memo::new(move |_| {
                            bench.state.with(|s| FormBuilder::is_filled_elsewhere(s, attribute, id))
                        });
                        view! {
                            <option
                                value=attribute.as_str()
                                selected=fills.get_untracked() == Some(attribute)
                                disabled=move || taken.get()
                            >
                                {move || {
                                    if taken.get() {
                                        tr!("fills-taken", name = attribute_words(attribute))
                                    } else {
                                        attribute_words(attribute)
                                    }
                                }}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            <p class="field-help" id=help>
                {tr!("fills-help")}
            </p>
            {move || {
                error
                    .get()
                    .map(|error| {
                        view! { <p class="field-error" id=format!("{input}-error")>{error}</p> }
                    })
            }}
        </div>
    }
    .into_any()
}

/// The options of a choice.
#[component]
fn Choices(bench: Bench, id: FieldId) -> impl IntoView {
    let ids = read(bench, id, |field| {
        field.choices.iter().map(|c| c.id).collect::<Vec<_>>()
    });
    let fills = read(bench, id, |field| field.fills);
    let error = bench.error_at(format!("field-{id}-choices"));
    let invalid = Memo::new(move |_| error.with(Option::is_some));
    view! {
        <fieldset
            class="choices"
            aria-describedby=move || {
                invalid.get().then(|| format!("field-{id}-choices-error"))
            }
        >
            <legend class="field-label">{tr!("choices-title")}</legend>
            {move || {
                error
                    .get()
                    .map(|error| {
                        view! {
                            <p class="field-error" id=format!("field-{id}-choices-error")>
                                {error}
                            </p>
                        }
                    })
            }}
            <ol class="choice-rows">
                <For each=move || ids.get() key=|choice| *choice let:choice>
                    <ChoiceRow bench id choice fills ids invalid/>
                </For>
            </ol>
            <button
                type="button"
                class="button button-small"
                on:click=move |_| bench.send(Message::AddChoice(id, palette::new_number()))
            >
                <Icon glyph=Glyph::Plus size=14/>
                {tr!("choices-add")}
            </button>
        </fieldset>
    }
}

#[component]
fn ChoiceRow(
    bench: Bench,
    id: FieldId,
    choice: u32,
    fills: Memo<Option<Attribute>>,
    ids: Memo<Vec<u32>>,
    invalid: Memo<bool>,
) -> impl IntoView {
    let place =
        Memo::new(move |_| ids.with(|ids| ids.iter().position(|c| *c == choice).unwrap_or(0)));
    let is_last = Memo::new(move |_| place.get() + 1 == ids.with(Vec::len));
    let own = move |pick: fn(&Bilingual) -> String| {
        read(bench, id, move |field| {
            let found = field.choices.iter().find(|c| c.id == choice);
            found.map(|c| pick(&c.label)).unwrap_or_default()
        })
    };
    let names = read(bench, id, move |field| {
        let found = field.choices.iter().find(|c| c.id == choice);
        found.and_then(|c| c.names)
    });
    let empty = read(bench, id, move |field| {
        let found = field.choices.iter().find(|c| c.id == choice);
        found.is_none_or(|c| c.label.is_empty())
    });
    let number = Memo::new(move |_| place.get() + 1);
    let input = move |side: Language, value: Memo<String>| {
        let input_id = if side == language() {
            format!("field-{id}-choice-{choice}")
        } else {
            format!("field-{id}-choice-{choice}-other")
        };
        view! {
            <input
                type="text"
                class="input"
                id=input_id
                lang=side.as_str()
                autocomplete="off"
                placeholder=language_name(side)
                aria-label=move || {
                    tr!("choices-option-in", number = number.get(), language = language_name(side))
                }
                aria-invalid=move || (invalid.get() && empty.get()).then_some("true")
                prop:value=move || value.get()
                on:input:target=move |event| {
                    bench
                        .send(Message::ChoiceLabel(id, choice, side, event.target().value()));
                }
            />
        }
    };
    let step = move |up: bool| {
        bench.send(Message::StepChoice(id, choice, up));
        let side = if up { "up" } else { "down" };
        focus::go_to(format!("#field-{id}-choice-{choice}-{side}"));
    };
    let inputs = Language::ALL
        .iter()
        .map(|&side| match side {
            Language::En => input(side, own(|label| label.en.clone())),
            Language::Fr => input(side, own(|label| label.fr.clone())),
        })
        .collect_view();
    view! {
        <li class="choice-row">
            <span class="choice-inputs">
                {inputs}
                {move || {
                    let named = match fills.get()? {
                        Attribute::Group => bench.groups.get_value().into_iter().map(|(id, name)| (id.0, name)).collect::<Vec<_>>(),
                        Attribute::UserType => bench.user_types.get_value().into_iter().map(|(id, name)| (id.0, name)).collect(),
                        _ => return None,
                    };
                    Some(view! { <Names bench id choice names number invalid named/> })
                }}
            </span>
            <span class="choice-buttons">
                <button
                    type="button"
                    class="icon-button"
                    id=format!("field-{id}-choice-{choice}-up")
                    aria-label=move || tr!("choices-up", number = number.get())
                    title=tr!("form-up-title")
                    aria-disabled=move || (place.get() == 0).then_some("true")
                    on:click=move |_| step(true)
                >
                    <Icon glyph=Glyph::ArrowUp size=16/>
                </button>
                <button
                    type="button"
                    class="icon-button"
                    id=format!("field-{id}-choice-{choice}-down")
                    aria-label=move || tr!("choices-down", number = number.get())
                    title=tr!("form-down-title")
                    aria-disabled=move || is_last.get().then_some("true")
                    on:click=move |_| step(false)
                >
                    <Icon glyph=Glyph::ArrowDown size=16/>
                </button>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=move || tr!("choices-remove", number = number.get())
                    title=tr!("choices-remove-title")
                    on:click=move |_| bench.send(Message::RemoveChoice(id, choice))
                >
                    <Icon glyph=Glyph::Cross size=16/>
                </button>
            </span>
        </li>
    }
}

/// The group or user type that an option stands for.
#[component]
fn Names(
    bench: Bench,
    id: FieldId,
    choice: u32,
    names: Memo<Option<Uuid>>,
    number: Memo<usize>,
    invalid: Memo<bool>,
    named: Vec<(Uuid, String)>,
) -> impl IntoView {
    let known = StoredValue::new(named.clone());
    view! {
        <select
            class="input"
            aria-label=move || tr!("choices-names", number = number.get())
            aria-invalid=move || (invalid.get() && names.get().is_none()).then_some("true")
            prop:value=move || names.get().map(|id| id.to_string()).unwrap_or_default()
            on:change:target=move |event| {
                let chosen: Option<Uuid> = event.target().value().parse().ok();
                let chosen = known
                    .with_value(|known| {
                        known.iter().find(|(id, _)| Some(*id) == chosen).cloned()
                    });
                bench.send(Message::ChoiceNames(id, choice, chosen));
            }
        >
            <option value="" selected=names.get_untracked().is_none()>
                {tr!("choices-names-none")}
            </option>
            {named
                .into_iter()
                .map(|(value, name)| {
                    view! {
                        <option
                            value=value.to_string()
                            selected=names.get_untracked() == Some(value)
                        >
                            {t!(language(), "choices-stands-for", name = name)}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    }
}
