//! A field of a registration form: the question, its input, its limits in words and as attributes, and every sentence that can be said about it.

use crate::raw_text::raw_text;
use convoke_domain::Language;
use convoke_domain::registration::{FieldKind, FormField, Posted};
use convoke_texts::{dates, t};
use leptos::prelude::*;

/// A choice of this many options is a list to open; fewer lie open.
const MANY_CHOICES: usize = 8;

/// What is said about an answer: the keys that `registration::check_answers` gives, with the field's own limits.
pub(super) fn sentence(language: Language, field: &FormField, key: &str) -> String {
    let shown = |limit: &str| match field.kind {
        FieldKind::Date => day(language, limit),
        _ => limit.trim().to_owned(),
    };
    let min = shown(&field.min);
    let max = match field.max_length() {
        Some(length) => length.to_string(),
        None => shown(&field.max),
    };
    let (min, max) = (min.as_str(), max.as_str());
    match key {
        "error-tick" => t!(language, "join-error-tick"),
        "error-choose" => t!(language, "join-error-choose"),
        "error-too-long" => t!(language, "join-error-long", max = max),
        "error-too-short" => t!(language, "join-error-short", min = min),
        "error-too-small" => t!(language, "join-error-small", min = min),
        "error-too-large" => t!(language, "join-error-large", max = max),
        "error-too-early" => t!(language, "join-error-early", min = min),
        "error-too-late" => t!(language, "join-error-late", max = max),
        "error-too-few-chosen" => t!(language, "join-error-few", min = min),
        "error-too-many-chosen" => t!(language, "join-error-many", max = max),
        "error-number" => t!(language, "join-error-number"),
        other => t!(language, other),
    }
}

/// A day as people read it; as it is when it is none.
fn day(language: Language, day: &str) -> String {
    dates::from_input(&format!("{}T12:00", day.trim()), "UTC").map_or_else(
        || day.trim().to_owned(),
        |at| dates::date(language, at, "UTC"),
    )
}

/// The limits in words, for those that cannot be seen in the input.
fn limits(language: Language, field: &FormField) -> Option<String> {
    let (min, max) = (field.min.trim(), field.max.trim());
    let (words, both) = match field.kind {
        FieldKind::ShortText | FieldKind::LongText => ("length", "join-limit-length"),
        FieldKind::Number => ("number", "join-limit-number"),
        FieldKind::Date => ("date", "join-limit-date"),
        FieldKind::SeveralChoices => ("chosen", "join-limit-chosen"),
        _ => return None,
    };
    let shown = |limit: &str| match field.kind {
        FieldKind::Date => day(language, limit),
        _ => limit.to_owned(),
    };
    match (min.is_empty(), max.is_empty()) {
        (true, true) => None,
        (false, false) if words == "chosen" && min == max => {
            Some(t!(language, "join-limit-chosen-exactly", min = min))
        }
        (false, false) => Some(t!(language, both, min = shown(min), max = shown(max))),
        (false, true) => {
            let key = format!("join-limit-{words}-min");
            Some(t!(language, &key, min = shown(min)))
        }
        (true, false) => {
            let key = format!("join-limit-{words}-max");
            Some(t!(language, &key, max = shown(max)))
        }
    }
}

/// A field with what was typed and what was wrong with it.
pub(super) struct Question<'a> {
    pub language: Language,
    pub field: &'a FormField,
    pub posted: &'a Posted,
    /// The sentence, when it has to be corrected.
    pub error: Option<String>,
}

/// The attributes that inputs of all kinds share.
struct Common {
    name: String,
    required: bool,
    invalid: Option<&'static str>,
    described_by: String,
}

impl Question<'_> {
    fn value(&self, name: &str) -> String {
        let values = self.posted.get(name);
        values.and_then(|v| v.first()).cloned().unwrap_or_default()
    }

    fn has(&self, name: &str, value: &str) -> bool {
        let values = self.posted.get(name);
        values.is_some_and(|all| all.iter().any(|v| v == value))
    }

    /// The sentence for a key, when the field can be wrong in that way: the browser's check finds them at the field.
    fn can_say(&self, key: &str) -> Option<String> {
        use FieldKind as K;
        let field = self.field;
        let (min, max) = (!field.min.trim().is_empty(), !field.max.trim().is_empty());
        let can = match key {
            "error-required" => {
                field.required && !field.kind.has_choices() && field.kind != K::TickBox
            }
            "error-tick" => field.required && field.kind == K::TickBox,
            "error-choose" => field.required && field.kind.has_choices(),
            "error-too-long" => field.max_length().is_some(),
            "error-too-short" => min && matches!(field.kind, K::ShortText | K::LongText),
            "error-email" => field.kind == K::Email,
            "error-mobile" => field.kind == K::Mobile,
            "error-number" => field.kind == K::Number,
            "error-too-small" => min && field.kind == K::Number,
            "error-too-large" => max && field.kind == K::Number,
            "error-day" => field.kind == K::Date,
            "error-too-early" => min && field.kind == K::Date,
            "error-too-late" => max && field.kind == K::Date,
            "error-too-few-chosen" => min && field.kind == K::SeveralChoices,
            "error-too-many-chosen" => max && field.kind == K::SeveralChoices,
            _ => false,
        };
        can.then(|| sentence(self.language, field, key))
    }

    /// The field.
    pub(super) fn view(self) -> AnyView {
        let (language, field) = (self.language, self.field);
        let name = field.name();
        let label = field.label.get(language).to_owned();
        let mut help = field.help.get(language).to_owned();
        if help.is_empty() && field.kind == FieldKind::Mobile {
            help = t!(language, "join-form-mobile-help");
        }
        if let Some(limits) = limits(language, field) {
            if !help.is_empty() {
                help.push('\n');
            }
            help.push_str(&limits);
        }
        let help_id = format!("{name}-help");
        let error_id = format!("{name}-error");
        let described_by = if help.is_empty() {
            error_id.clone()
        } else {
            format!("{error_id} {help_id}")
        };
        let common = Common {
            name: name.clone(),
            required: field.required,
            invalid: self.error.is_some().then_some("true"),
            described_by,
        };
        let mark = field
            .required
            .then(|| view! { <span class="field-required" aria-hidden="true">" *"</span> });
        let lies_open = field.kind == FieldKind::SeveralChoices
            || field.kind == FieldKind::OneChoice && field.choices.len() < MANY_CHOICES;
        let error = view! {
            <p class="field-error" id=error_id hidden=self.error.is_none()>
                {self.error.clone()}
            </p>
        };
        let help = (!help.is_empty()).then(|| {
            view! {
                <p class="field-help pre-line" id=help_id>
                    {help}
                </p>
            }
        });
        let inside = if lies_open {
            let group_name = name.clone();
            let options = self.options(&common);
            view! {
                <fieldset
                    class="field"
                    id=group_name
                    tabindex="-1"
                    aria-describedby=common.described_by.clone()
                    aria-invalid=common.invalid
                    aria-required=(field.required && field.kind == FieldKind::OneChoice).then_some("true")
                    role=(field.kind == FieldKind::OneChoice).then_some("radiogroup")
                >
                    <legend class="field-label">{label} {mark}</legend>
                    {help}
                    {error}
                    <div class="join-options">{options}</div>
                </fieldset>
            }
            .into_any()
        } else if field.kind == FieldKind::TickBox {
            view! {
                <div class="field">
                    <label class="join-option join-consent" for=name.clone()>
                        <input
                            type="checkbox"
                            id=name.clone()
                            name=name.clone()
                            value="yes"
                            checked=!self.value(&name).is_empty()
                            required=common.required
                            aria-invalid=common.invalid
                            aria-describedby=common.described_by.clone()
                        />
                        <span class="pre-line">{label} {mark}</span>
                    </label>
                    {error}
                    {help}
                </div>
            }
            .into_any()
        } else {
            let input = self.input(&common);
            view! {
                <div class="field">
                    <label for=name.clone()>{label} {mark}</label>
                    {input}
                    {error}
                    {help}
                </div>
            }
            .into_any()
        };
        view! {
            <div
                class="join-question"
                data-field=name
                data-kind=field.kind.as_str()
                data-required=field.required.then_some("")
                data-min=(!field.min.trim().is_empty()).then(|| field.min.trim().to_owned())
                data-max=(!field.max.trim().is_empty()).then(|| field.max.trim().to_owned())
                data-error-required=self.can_say("error-required")
                data-error-tick=self.can_say("error-tick")
                data-error-choose=self.can_say("error-choose")
                data-error-too-long=self.can_say("error-too-long")
                data-error-too-short=self.can_say("error-too-short")
                data-error-email=self.can_say("error-email")
                data-error-mobile=self.can_say("error-mobile")
                data-error-number=self.can_say("error-number")
                data-error-too-small=self.can_say("error-too-small")
                data-error-too-large=self.can_say("error-too-large")
                data-error-day=self.can_say("error-day")
                data-error-too-early=self.can_say("error-too-early")
                data-error-too-late=self.can_say("error-too-late")
                data-error-too-few-chosen=self.can_say("error-too-few-chosen")
                data-error-too-many-chosen=self.can_say("error-too-many-chosen")
            >
                {inside}
            </div>
        }
        .into_any()
    }

    /// The options of a choice that lies open.
    fn options(&self, common: &Common) -> AnyView {
        let one = self.field.kind == FieldKind::OneChoice;
        let kind = if one { "radio" } else { "checkbox" };
        // Who may leave it open must be able to take a choice back.
        let none = (one && !common.required).then(|| {
            let nothing = self.value(&common.name).is_empty();
            (
                String::new(),
                t!(self.language, "join-form-no-answer"),
                nothing,
            )
        });
        let choices = self.field.choices.iter().map(|choice| {
            let id = choice.id.to_string();
            let chosen = self.has(&common.name, &id);
            (id, choice.label.get(self.language).to_owned(), chosen)
        });
        choices
            .chain(none)
            .map(|(value, label, chosen)| {
                view! {
                    <label class="join-option">
                        <input
                            type=kind
                            name=common.name.clone()
                            value=value
                            checked=chosen
                            required=common.required && one
                            aria-describedby=common.described_by.clone()
                        />
                        <span>{label}</span>
                    </label>
                }
            })
            .collect_view()
            .into_any()
    }

    /// An input with a label above it.
    fn input(&self, common: &Common) -> AnyView {
        let field = self.field;
        let value = self.value(&common.name);
        let limit = |text: &str| {
            let text = text.trim().to_owned();
            (!text.is_empty()).then_some(text)
        };
        let length = field.max_length().map(|most| most.to_string());
        let least = matches!(field.kind, FieldKind::ShortText | FieldKind::LongText)
            .then(|| limit(&field.min))
            .flatten();
        match field.kind {
            FieldKind::LongText => view! {
                <textarea
                    class="input"
                    id=common.name.clone()
                    name=common.name.clone()
                    rows="4"
                    autocomplete="off"
                    minlength=least
                    maxlength=length
                    required=common.required
                    aria-invalid=common.invalid
                    aria-describedby=common.described_by.clone()
                >
                    {format!("\n{}", raw_text(&value))}
                </textarea>
            }
            .into_any(),
            FieldKind::OneChoice => {
                let options = field
                    .choices
                    .iter()
                    .map(|choice| {
                        let id = choice.id.to_string();
                        let chosen = self.has(&common.name, &id);
                        view! {
                            <option value=id selected=chosen>
                                {choice.label.get(self.language).to_owned()}
                            </option>
                        }
                    })
                    .collect_view();
                view! {
                    <select
                        class="input"
                        id=common.name.clone()
                        name=common.name.clone()
                        autocomplete="off"
                        required=common.required
                        aria-invalid=common.invalid
                        aria-describedby=common.described_by.clone()
                    >
                        <option value="">{t!(self.language, "join-form-choose")}</option>
                        {options}
                    </select>
                }
                .into_any()
            }
            kind => {
                let is_date = kind == FieldKind::Date;
                let only_positive = field
                    .min
                    .trim()
                    .parse::<f64>()
                    .is_ok_and(|least| least >= 0.0);
                // A number is a text for the browser: one that it cannot read would not be sent, and lost.
                let (input, mode) = match kind {
                    FieldKind::Email => ("email", Some("email")),
                    FieldKind::Mobile => ("tel", Some("tel")),
                    FieldKind::Date => ("date", None),
                    FieldKind::Number if only_positive => ("text", Some("decimal")),
                    _ => ("text", None),
                };
                let plain = matches!(
                    kind,
                    FieldKind::Email | FieldKind::Mobile | FieldKind::Number
                );
                view! {
                    <input
                        class="input"
                        id=common.name.clone()
                        name=common.name.clone()
                        type=input
                        inputmode=mode
                        value=value
                        min=is_date.then(|| limit(&field.min)).flatten()
                        max=is_date.then(|| limit(&field.max)).flatten()
                        minlength=least
                        maxlength=length
                        autocomplete="off"
                        autocapitalize=plain.then_some("none")
                        spellcheck=plain.then_some("false")
                        required=common.required
                        aria-invalid=common.invalid
                        aria-describedby=common.described_by.clone()
                    />
                }
                .into_any()
            }
        }
    }
}
