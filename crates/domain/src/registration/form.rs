//! The registration form: what an administrator defines, and what a visitor answers.

use crate::person::{parse_email, text_enum};
use crate::{FieldError, FieldId, Language};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// The name of the input that every form begins with.
pub const FIRST_NAME: &str = "first_name";
/// The name of the input that every form has second.
pub const LAST_NAME: &str = "last_name";
/// The most fields of a form.
pub const MAX_FIELDS: usize = 60;
/// The most options of a choice.
pub const MAX_CHOICES: usize = 100;
/// Longest label or help, in characters.
pub const MAX_LABEL: usize = 500;
/// Longest name, in characters.
pub const MAX_NAME: usize = 100;
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

    fn choice(&self, id: &str) -> Option<&Choice> {
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

/// A decimal number as it was typed, without zeros that say nothing: compared digit by digit, nothing is rounded.
#[derive(PartialEq, Eq)]
struct Decimal {
    negative: bool,
    whole: String,
    part: String,
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = (self.whole.len().cmp(&other.whole.len()))
            .then_with(|| self.whole.cmp(&other.whole))
            .then_with(|| self.part.cmp(&other.part));
        match (self.negative, other.negative) {
            (false, false) => size,
            (true, true) => size.reverse(),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A number with a point or a comma.
fn number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if text.len() > 30 || whole.len() + part.len() == 0 || !plain(whole) || !plain(part) {
        return None;
    }
    let whole = whole.trim_start_matches('0').to_owned();
    let part = part.trim_end_matches('0').to_owned();
    let is_zero = whole.is_empty() && part.is_empty();
    Some(Decimal {
        negative: text.starts_with('-') && !is_zero,
        whole,
        part,
    })
}

/// Whether it is a day of the calendar, as `2026-12-31`.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return false;
    }
    let (Ok(year), Ok(month), Ok(day)) = (
        year.parse::<u32>(),
        month.parse::<u32>(),
        day.parse::<u32>(),
    ) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=length).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(n: u128, kind: FieldKind) -> FormField {
        FormField {
            label: Bilingual {
                en: format!("Field {n}"),
                fr: String::new(),
            },
            ..FormField::new(FieldId(Uuid::from_u128(n)), kind)
        }
    }

    fn choices(n: u32) -> Vec<Choice> {
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

    fn text(value: &str) -> Result<Option<AnswerValue>, String> {
        Ok(Some(AnswerValue::Text(value.to_owned())))
    }

    fn refused(text: &str) -> Result<Option<AnswerValue>, String> {
        Err(text.to_owned())
    }

    #[test]
    fn numbers_are_compared_as_they_are() {
        let in_order = [
            "-10",
            "-2,5",
            "-2.25",
            "-0.0",
            "0.09",
            ".1",
            "2",
            "2.5",
            "010",
            "1000000000000000000001",
        ];
        for pair in in_order.windows(2) {
            assert!(number(pair[0]) < number(pair[1]), "{pair:?}");
        }
        assert!(number("1.50") == number("+1,5") && number("-0") == number("0"));
        for bad in [
            "",
            "-",
            ".",
            "1.2.3",
            "1,2.3",
            "1e3",
            "٣",
            "--1",
            "1-",
            "NaN",
            &"1".repeat(31),
        ] {
            assert!(number(bad).is_none(), "{bad}");
        }
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
