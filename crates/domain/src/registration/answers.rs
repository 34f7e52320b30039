//! What a visitor answers, and the checks of it.

use super::form::{FieldKind, FormField, RegistrationForm};
use super::values::{is_day, number};
use crate::person::parse_email;
use crate::{FieldError, FieldId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// The name of the input that every form begins with.
pub const FIRST_NAME: &str = "first_name";
/// The name of the input that every form has second.
pub const LAST_NAME: &str = "last_name";
/// Longest name, in characters.
pub const MAX_NAME: usize = 100;

/// An answer, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AnswerValue {
    /// Ticked or not.
    Ticked(bool),
    /// The options chosen.
    Choices(Vec<u32>),
    /// Everything else: a text, a number with a point, a day (`2026-12-31`), an address.
    Text(String),
}

/// What a form posted: all values of each input.
pub type Posted = HashMap<String, Vec<String>>;

/// The answers that a form posted, without those left empty; or every field that has to be corrected. Inputs of no field are ignored.
/// Mobile numbers are only looked at roughly here: what a number is depends on tables that the browser does not have.
pub fn check_answers(
    form: &RegistrationForm,
    posted: &Posted,
) -> Result<BTreeMap<FieldId, AnswerValue>, Vec<FieldError>> {
    let mut answers = BTreeMap::new();
    let mut problems = Vec::new();
    for name in [FIRST_NAME, LAST_NAME] {
        let value = first(posted, name);
        if value.is_empty() {
            problems.push(FieldError::new(name, "error-required"));
        } else if value.chars().count() > MAX_NAME {
            problems.push(FieldError::new(name, "error-too-long"));
        }
    }
    for field in &form.fields {
        match check_answer(field, posted) {
            Ok(Some(answer)) => {
                answers.insert(field.id, answer);
            }
            Ok(None) if field.required => {
                let text = match field.kind {
                    FieldKind::TickBox => "error-tick",
                    kind if kind.has_choices() => "error-choose",
                    _ => "error-required",
                };
                problems.push(FieldError::new(&field.name(), text));
            }
            Ok(None) => {}
            Err(text) => problems.push(FieldError::new(&field.name(), text)),
        }
    }
    if problems.is_empty() {
        Ok(answers)
    } else {
        Err(problems)
    }
}

/// The first value of an input, without white space around it.
fn first<'a>(posted: &'a Posted, name: &str) -> &'a str {
    posted
        .get(name)
        .and_then(|values| values.first())
        .map(|value| value.trim())
        .unwrap_or_default()
}

fn check_answer(field: &FormField, posted: &Posted) -> Result<Option<AnswerValue>, &'static str> {
    let name = field.name();
    let value = first(posted, &name);
    if field.kind == FieldKind::SeveralChoices {
        return check_several(field, posted.get(&name).map_or(&[][..], Vec::as_slice));
    }
    if value.is_empty() {
        return Ok(None);
    }
    let text = |value: &str| Ok(Some(AnswerValue::Text(value.to_owned())));
    let (min, max) = (field.min.trim(), field.max.trim());
    match field.kind {
        FieldKind::ShortText | FieldKind::LongText => {
            let length = u32::try_from(value.chars().count()).unwrap_or(u32::MAX);
            if field.max_length().is_some_and(|most| length > most) {
                Err("error-too-long")
            } else if min.parse().is_ok_and(|least: u32| length < least) {
                Err("error-too-short")
            } else {
                text(value)
            }
        }
        FieldKind::Email => match parse_email(value) {
            Some(address) => text(&address),
            None => Err("error-email"),
        },
        FieldKind::Mobile => {
            let digits = value.chars().filter(char::is_ascii_digit).count();
            if (6..=20).contains(&digits) && value.chars().count() <= 40 {
                text(value)
            } else {
                Err("error-mobile")
            }
        }
        FieldKind::Number => {
            let n = number(value).ok_or("error-number")?;
            if number(min).is_some_and(|least| n < least) {
                Err("error-too-small")
            } else if number(max).is_some_and(|most| n > most) {
                Err("error-too-large")
            } else {
                text(&value.replace(',', "."))
            }
        }
        FieldKind::Date => {
            if !is_day(value) {
                Err("error-day")
            } else if !min.is_empty() && value < min {
                Err("error-too-early")
            } else if !max.is_empty() && value > max {
                Err("error-too-late")
            } else {
                text(value)
            }
        }
        FieldKind::OneChoice => match field.choice(value) {
            Some(choice) => Ok(Some(AnswerValue::Choices(vec![choice.id]))),
            None => Err("error-choose"),
        },
        FieldKind::TickBox => Ok(Some(AnswerValue::Ticked(true))),
        FieldKind::SeveralChoices => Ok(None),
    }
}

fn check_several(
    field: &FormField,
    values: &[String],
) -> Result<Option<AnswerValue>, &'static str> {
    let mut chosen: Vec<u32> = Vec::new();
    for value in values.iter().filter(|value| !value.is_empty()) {
        let id = field.choice(value).ok_or("error-choose")?.id;
        if !chosen.contains(&id) {
            chosen.push(id);
        }
    }
    let limit = |text: &str| text.trim().parse::<usize>().ok();
    if chosen.is_empty() {
        Ok(None)
    } else if limit(&field.max).is_some_and(|most| chosen.len() > most) {
        Err("error-too-many-chosen")
    } else if limit(&field.min).is_some_and(|least| chosen.len() < least) {
        Err("error-too-few-chosen")
    } else {
        Ok(Some(AnswerValue::Choices(chosen)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::form::tests::{choices, field};
    use super::*;

    fn posted(field: &FormField, values: &[&str]) -> Posted {
        let mut posted: Posted = [(FIRST_NAME, "Anna"), (LAST_NAME, "Müller")]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), vec![value.to_owned()]))
            .collect();
        posted.insert(
            field.name(),
            values.iter().map(|value| (*value).to_owned()).collect(),
        );
        posted
    }

    /// What one field makes of one answer.
    fn answer(field: &FormField, values: &[&str]) -> Result<Option<AnswerValue>, String> {
        let form = RegistrationForm {
            fields: vec![field.clone()],
        };
        assert_eq!(form.problems(), [], "the form of the test is a good one");
        check_answers(&form, &posted(field, values))
            .map(|mut answers| answers.remove(&field.id))
            .map_err(|mut problems| {
                assert_eq!(problems.len(), 1);
                problems.remove(0).text
            })
    }

    #[expect(clippy::unnecessary_wraps, reason = "what `answer` gives")]
    fn text(value: &str) -> Result<Option<AnswerValue>, String> {
        Ok(Some(AnswerValue::Text(value.to_owned())))
    }

    fn refused(text: &str) -> Result<Option<AnswerValue>, String> {
        Err(text.to_owned())
    }

    #[test]
    fn names_are_always_asked() {
        let problems = check_answers(&RegistrationForm::default(), &Posted::new()).unwrap_err();
        let fields: Vec<_> = problems.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(fields, [FIRST_NAME, LAST_NAME]);
    }

    #[test]
    fn texts_have_lengths() {
        let mut short = field(1, FieldKind::ShortText);
        assert_eq!(answer(&short, &["  hé  "]), text("hé"));
        assert_eq!(answer(&short, &["   "]), Ok(None));
        assert_eq!(
            answer(&short, &[&"x".repeat(201)]),
            refused("error-too-long")
        );
        short.min = "3".into();
        short.max = "5".into();
        short.required = true;
        assert_eq!(answer(&short, &["hé"]), refused("error-too-short"));
        assert_eq!(answer(&short, &["hérisson"]), refused("error-too-long"));
        assert_eq!(answer(&short, &[""]), refused("error-required"));
    }

    #[test]
    fn addresses_and_numbers() {
        let email = field(1, FieldKind::Email);
        assert_eq!(
            answer(&email, &["Anna@Example.ORG"]),
            text("Anna@example.org")
        );
        assert_eq!(answer(&email, &["anna"]), refused("error-email"));
        let mobile = field(1, FieldKind::Mobile);
        assert_eq!(answer(&mobile, &["06 39 98 12 34"]), text("06 39 98 12 34"));
        assert_eq!(answer(&mobile, &["no"]), refused("error-mobile"));
        let number = FormField {
            min: "-1,5".into(),
            max: "10".into(),
            ..field(1, FieldKind::Number)
        };
        assert_eq!(answer(&number, &["2,5"]), text("2.5"));
        assert_eq!(answer(&number, &["-2"]), refused("error-too-small"));
        assert_eq!(answer(&number, &["11"]), refused("error-too-large"));
        for bad in ["1e3", "inf", "NaN", "two", "1.2.3"] {
            assert_eq!(answer(&number, &[bad]), refused("error-number"), "{bad}");
        }
    }

    #[test]
    fn days_are_of_the_calendar() {
        let day = FormField {
            min: "2024-01-01".into(),
            max: "2026-12-31".into(),
            ..field(1, FieldKind::Date)
        };
        assert_eq!(answer(&day, &["2024-02-29"]), text("2024-02-29"));
        for bad in [
            "2025-02-29",
            "2025-13-01",
            "2025-1-1",
            "01/02/2025",
            "2025-00-10",
        ] {
            assert_eq!(answer(&day, &[bad]), refused("error-day"), "{bad}");
        }
        assert_eq!(answer(&day, &["2023-12-31"]), refused("error-too-early"));
        assert_eq!(answer(&day, &["2027-01-01"]), refused("error-too-late"));
    }

    #[test]
    fn choices_and_boxes() {
        let one = FormField {
            choices: choices(3),
            required: true,
            ..field(1, FieldKind::OneChoice)
        };
        let chosen = |ids: &[u32]| Ok(Some(AnswerValue::Choices(ids.to_vec())));
        assert_eq!(answer(&one, &["2"]), chosen(&[2]));
        assert_eq!(answer(&one, &["9"]), refused("error-choose"));
        assert_eq!(answer(&one, &[]), refused("error-choose"));
        let several = FormField {
            choices: choices(4),
            min: "2".into(),
            max: "3".into(),
            ..field(1, FieldKind::SeveralChoices)
        };
        assert_eq!(answer(&several, &["1", "4", "1"]), chosen(&[1, 4]));
        assert_eq!(answer(&several, &["1"]), refused("error-too-few-chosen"));
        assert_eq!(
            answer(&several, &["1", "2", "3", "4"]),
            refused("error-too-many-chosen")
        );
        assert_eq!(answer(&several, &[]), Ok(None));
        let consent = FormField {
            required: true,
            ..field(1, FieldKind::TickBox)
        };
        assert_eq!(
            answer(&consent, &["on"]),
            Ok(Some(AnswerValue::Ticked(true)))
        );
        assert_eq!(answer(&consent, &[]), refused("error-tick"));
    }

    #[test]
    fn an_answer_survives_storage() {
        for value in [
            AnswerValue::Ticked(true),
            AnswerValue::Choices(vec![1, 3]),
            AnswerValue::Text("true".into()),
        ] {
            let json = serde_json::to_string(&value).unwrap();
            assert_eq!(serde_json::from_str::<AnswerValue>(&json).unwrap(), value);
        }
    }
}
