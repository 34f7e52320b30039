//! The registration form, as an administrator defines it.

use super::values::{is_day, number};
use crate::person::text_enum;
use crate::{FieldError, FieldId, Language};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use uuid::Uuid;

/// The most fields of a form.
pub const MAX_FIELDS: usize = 60;
/// The most options of a choice.
pub const MAX_CHOICES: usize = 100;
/// Longest label or help, in characters.
pub const MAX_LABEL: usize = 500;
/// Longest short text, and the length it has where no limit is given.
const SHORT: u32 = 200;
/// Longest long text, and the length it has where no limit is given.
const LONG: u32 = 5_000;

text_enum! {
    /// What a field asks for.
    FieldKind {
        /// One line.
        ShortText = "short_text",
        /// Several lines.
        LongText = "long_text",
        /// An e-mail address.
        Email = "email",
        /// A mobile number.
        Mobile = "mobile",
        /// A number, decimals allowed.
        Number = "number",
        /// A day.
        Date = "date",
        /// One of several options.
        OneChoice = "one_choice",
        /// Any of several options.
        SeveralChoices = "several_choices",
        /// A box to tick, for a consent.
        TickBox = "tick_box",
    }
}

text_enum! {
    /// What a field fills of the user whom a registration makes. It never changes a user who is known already: whoever types an address has
    /// not shown that it is theirs.
    Attribute {
        /// The e-mail address; by it the known are recognised.
        Email = "email",
        /// The mobile number; by it the known are recognised.
        Mobile = "mobile",
        /// The employee id.
        EmployeeId = "employee_id",
        /// Groups: the option chosen names one.
        Group = "group",
        /// The user type: the option chosen names it.
        UserType = "user_type",
    }
}

impl Attribute {
    /// Whether a field of this kind can fill it.
    pub const fn fits(self, kind: FieldKind) -> bool {
        matches!(
            (self, kind),
            (Self::Email, FieldKind::Email)
                | (Self::Mobile, FieldKind::Mobile)
                | (Self::EmployeeId, FieldKind::ShortText)
                | (
                    Self::Group,
                    FieldKind::OneChoice | FieldKind::SeveralChoices
                )
                | (Self::UserType, FieldKind::OneChoice)
        )
    }
}

impl FieldKind {
    /// Whether the field has options to choose from.
    pub const fn has_choices(self) -> bool {
        matches!(self, Self::OneChoice | Self::SeveralChoices)
    }

    /// Whether `min` and `max` mean something: length of a text, value of a number, first and last day, how many are chosen.
    pub const fn has_limits(self) -> bool {
        matches!(
            self,
            Self::ShortText | Self::LongText | Self::Number | Self::Date | Self::SeveralChoices
        )
    }
}

/// A text in both languages. One may be missing: the other is shown then.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
}

impl Bilingual {
    /// The text for a reader.
    pub fn get(&self, language: Language) -> &str {
        let (own, other) = match language {
            Language::En => (&self.en, &self.fr),
            Language::Fr => (&self.fr, &self.en),
        };
        if own.trim().is_empty() { other } else { own }.trim()
    }

    /// Whether it says nothing in either language.
    pub fn is_empty(&self) -> bool {
        self.en.trim().is_empty() && self.fr.trim().is_empty()
    }

    fn is_too_long(&self) -> bool {
        self.en.chars().count() > MAX_LABEL || self.fr.chars().count() > MAX_LABEL
    }
}

/// An option of a choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Number within the field, never used twice, so that answers keep their meaning when options are renamed or moved.
    pub id: u32,
    /// What a visitor reads.
    pub label: Bilingual,
    /// The group or user type it stands for, where the field fills one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<Uuid>,
}

/// A field of the form. Limits are kept as they were typed; [`RegistrationForm::problems`] says what is wrong with them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    /// Stays the same over all versions of the form.
    pub id: FieldId,
    /// What it asks for; it never changes once the field exists.
    pub kind: FieldKind,
    /// The question.
    pub label: Bilingual,
    /// A line below the question, perhaps empty.
    #[serde(default)]
    pub help: Bilingual,
    /// Whether it has to be answered (for a box: ticked).
    #[serde(default)]
    pub required: bool,
    /// Least length (texts), value (number), day (`2026-12-31`) or number of options; or empty.
    #[serde(default)]
    pub min: String,
    /// The most of the same; or empty.
    #[serde(default)]
    pub max: String,
    /// What can be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// What it fills of a new user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fills: Option<Attribute>,
}

impl FormField {
    /// A field without a label.
    pub fn new(id: FieldId, kind: FieldKind) -> Self {
        Self {
            id,
            kind,
            label: Bilingual::default(),
            help: Bilingual::default(),
            required: false,
            min: String::new(),
            max: String::new(),
            choices: Vec::new(),
            fills: None,
        }
    }

    /// The name of its input, and of its errors.
    pub fn name(&self) -> String {
        format!("field-{}", self.id)
    }

    /// The longest answer in characters, for texts.
    pub fn max_length(&self) -> Option<u32> {
        let most = match self.kind {
            FieldKind::ShortText => SHORT,
            FieldKind::LongText => LONG,
            _ => return None,
        };
        Some(self.max.trim().parse().unwrap_or(most).min(most))
    }

    pub(super) fn choice(&self, id: &str) -> Option<&Choice> {
        let id: u32 = id.parse().ok()?;
        self.choices.iter().find(|choice| choice.id == id)
    }
}

/// A version of the form: the fields after first and last name, which are always asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RegistrationForm {
    /// In the order in which they are asked.
    pub fields: Vec<FormField>,
}

impl RegistrationForm {
    /// The field that fills an attribute.
    pub fn filling(&self, attribute: Attribute) -> Option<&FormField> {
        self.fields.iter().find(|f| f.fills == Some(attribute))
    }

    /// What has to be put right before it can be published. Errors are at `field-<id>` for the label, and at `field-<id>-help`, `-min`, `-max`,
    /// `-choices`, `-fills`, or at `form` for the form as a whole.
    pub fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        if self.fields.len() > MAX_FIELDS {
            problems.push(FieldError::new("form", "error-too-many-fields"));
        }
        let mut ids = HashSet::new();
        let mut filled = HashSet::new();
        for field in &self.fields {
            let name = field.name();
            let mut refuse = |part: &str, text: &str| {
                problems.push(FieldError::new(&format!("{name}{part}"), text));
            };
            if !ids.insert(field.id) {
                refuse("", "error-field-twice");
            }
            if field.label.is_empty() {
                refuse("", "error-required");
            } else if field.label.is_too_long() {
                refuse("", "error-too-long");
            }
            if field.help.is_too_long() {
                refuse("-help", "error-too-long");
            }
            if let Some(attribute) = field.fills {
                if !attribute.fits(field.kind) {
                    refuse("-fills", "error-fills-kind");
                } else if !filled.insert(attribute) {
                    refuse("-fills", "error-fills-twice");
                }
            }
            check_limits(field, &mut refuse);
            if field.kind.has_choices() {
                check_choices(field, &mut refuse);
            }
        }
        problems
    }
}

fn check_limits(field: &FormField, refuse: &mut impl FnMut(&str, &str)) {
    if !field.kind.has_limits() {
        return;
    }
    let (min, max) = (field.min.trim(), field.max.trim());
    let good = |text: &str| match field.kind {
        FieldKind::Number => number(text).is_some(),
        FieldKind::Date => is_day(text),
        FieldKind::ShortText => text.parse::<u32>().is_ok_and(|n| (1..=SHORT).contains(&n)),
        FieldKind::LongText => text.parse::<u32>().is_ok_and(|n| (1..=LONG).contains(&n)),
        _ => text
            .parse::<usize>()
            .is_ok_and(|n| n >= 1 && n <= field.choices.len()),
    };
    let text = match field.kind {
        FieldKind::Number => "error-number",
        FieldKind::Date => "error-day",
        _ => "error-limit",
    };
    for (part, value) in [("-min", min), ("-max", max)] {
        if !value.is_empty() && !good(value) {
            refuse(part, text);
            return;
        }
    }
    let crossed = !min.is_empty()
        && !max.is_empty()
        && match field.kind {
            // Days compare as text.
            FieldKind::Date => min > max,
            _ => number(min) > number(max),
        };
    if crossed {
        refuse("-max", "error-limits-crossed");
    }
}

fn check_choices(field: &FormField, refuse: &mut impl FnMut(&str, &str)) {
    let ids: HashSet<u32> = field.choices.iter().map(|choice| choice.id).collect();
    let names_something = matches!(field.fills, Some(Attribute::Group | Attribute::UserType));
    if field.choices.len() < 2 {
        refuse("-choices", "error-two-choices");
    } else if field.choices.len() > MAX_CHOICES {
        refuse("-choices", "error-too-many-choices");
    } else if ids.len() < field.choices.len() {
        refuse("-choices", "error-choice-twice");
    } else if field.choices.iter().any(|c| c.label.is_empty()) {
        refuse("-choices", "error-choice-empty");
    } else if field.choices.iter().any(|c| c.label.is_too_long()) {
        refuse("-choices", "error-too-long");
    } else if names_something && field.choices.iter().any(|c| c.names.is_none()) {
        refuse("-choices", "error-choice-names");
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) fn field(n: u128, kind: FieldKind) -> FormField {
        FormField {
            label: Bilingual {
                en: format!("Field {n}"),
                fr: String::new(),
            },
            ..FormField::new(FieldId(Uuid::from_u128(n)), kind)
        }
    }

    pub(in super::super) fn choices(n: u32) -> Vec<Choice> {
        (1..=n)
            .map(|id| Choice {
                id,
                label: Bilingual {
                    en: format!("Option {id}"),
                    fr: String::new(),
                },
                names: None,
            })
            .collect()
    }

    #[test]
    fn a_form_says_what_is_wrong_with_it() {
        let wrong = |field: FormField| -> Vec<String> {
            let form = RegistrationForm {
                fields: vec![field],
            };
            form.problems().into_iter().map(|p| p.text).collect()
        };
        assert_eq!(
            wrong(FormField::new(FieldId(Uuid::nil()), FieldKind::ShortText)),
            ["error-required"]
        );
        assert_eq!(wrong(field(1, FieldKind::OneChoice)), ["error-two-choices"]);
        assert_eq!(
            wrong(FormField {
                fills: Some(Attribute::Email),
                ..field(1, FieldKind::ShortText)
            }),
            ["error-fills-kind"]
        );
        assert_eq!(
            wrong(FormField {
                fills: Some(Attribute::Group),
                choices: choices(2),
                ..field(1, FieldKind::OneChoice)
            }),
            ["error-choice-names"]
        );
        assert_eq!(
            wrong(FormField {
                min: "5".into(),
                max: "3".into(),
                ..field(1, FieldKind::Number)
            }),
            ["error-limits-crossed"]
        );
        assert_eq!(
            wrong(FormField {
                max: "400".into(),
                ..field(1, FieldKind::ShortText)
            }),
            ["error-limit"]
        );
        let twice = RegistrationForm {
            fields: vec![
                FormField {
                    fills: Some(Attribute::Email),
                    ..field(1, FieldKind::Email)
                },
                FormField {
                    fills: Some(Attribute::Email),
                    ..field(2, FieldKind::Email)
                },
            ],
        };
        assert_eq!(twice.problems()[0].text, "error-fills-twice");
    }
}
