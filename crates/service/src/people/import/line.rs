//! From the cells of a record to what it says of a person.

use super::Reason;
use crate::phone;
use convoke_domain::person::parse_email;
use convoke_domain::{Channel, Language};
use rlibphonenumber::enums::Region;

pub use convoke_domain::person_form::MAX_NAME;
/// The longest text of a cell that a report repeats, in characters.
const MAX_SHOWN: usize = 60;

/// What a line says of a person; what it does not say is left as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file.
    pub number: u64,
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// E-mail, as parsed by [`parse_email`].
    pub email: Option<String>,
    /// Mobile in international form.
    pub mobile: Option<String>,
    /// Preferred channel.
    pub channel: Option<Channel>,
    /// Language.
    pub language: Option<Language>,
    /// Name of the user type.
    pub user_type: Option<String>,
    /// Employee id.
    pub employee_id: Option<String>,
    /// Names of groups.
    pub groups: Vec<String>,
}

/// Where the columns are.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    /// The index of each column of [`NAMES`], in that order.
    places: [Option<usize>; NAMES.len()],
    /// Number of columns of the header.
    width: usize,
    /// Names that were not understood, or that stand there twice.
    pub(super) unknown: Vec<String>,
}

const LAST_NAME: usize = 0;
const FIRST_NAME: usize = 1;
const EMAIL: usize = 2;
const MOBILE: usize = 3;
const CHANNEL: usize = 4;
const LANGUAGE: usize = 5;
const USER_TYPE: usize = 6;
const EMPLOYEE_ID: usize = 7;
const GROUPS: usize = 8;

/// The columns, by the constants above.
const NAMES: [&str; 9] = [
    "last_name",
    "first_name",
    "email",
    "mobile",
    "channel",
    "language",
    "type",
    "employee_id",
    "groups",
];

impl Columns {
    /// Finds the columns in a header; without the necessary ones, the key of the sentence that says so.
    pub(super) fn of(header: &[String]) -> Result<Self, &'static str> {
        let mut columns = Self {
            width: header.len(),
            ..Self::default()
        };
        for (at, name) in header.iter().enumerate() {
            // `Last Name`, `E-mail` and `last_name`, `email` are the same.
            let word: String = name
                .chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect();
            let column = NAMES
                .iter()
                .position(|known| known.replace('_', "") == word);
            match column {
                Some(column) if columns.places[column].is_none() => {
                    columns.places[column] = Some(at);
                }
                _ if name.is_empty() => {}
                _ => columns.unknown.push(shortened(name)),
            }
        }
        if columns.places.iter().all(Option::is_none) {
            Err("import-file-no-table")
        } else if columns.places[LAST_NAME].is_none() {
            Err("import-file-no-last-name")
        } else if columns.places[FIRST_NAME].is_none() {
            Err("import-file-no-first-name")
        } else if columns.places[EMAIL].or(columns.places[MOBILE]).is_none() {
            Err("import-file-no-address")
        } else {
            Ok(columns)
        }
    }

    /// What a record says; numbers without a prefix are of `region`.
    pub(super) fn line(
        &self,
        number: u64,
        fields: &[String],
        region: Region,
    ) -> Result<Line, Reason> {
        if fields.iter().skip(self.width).any(|cell| !cell.is_empty()) {
            return Err(Reason::TooManyCells);
        }
        let cell = |column: usize| -> Option<&str> {
            let text = fields.get(self.places[column]?)?;
            Some(without_apostrophe(text)).filter(|text| !text.is_empty())
        };
        let name = |column: usize| match cell(column) {
            Some(text) if text.chars().count() > MAX_NAME => Err(Reason::TooLong(NAMES[column])),
            text => Ok(text.map(str::to_owned)),
        };
        let last_name = name(LAST_NAME)?.ok_or(Reason::NoLastName)?;
        let first_name = name(FIRST_NAME)?.ok_or(Reason::NoFirstName)?;
        let email = cell(EMAIL)
            .map(|text| parse_email(text).ok_or_else(|| Reason::BadEmail(shortened(text))))
            .transpose()?;
        let mobile = cell(MOBILE)
            .map(|text| {
                phone::parse_mobile(text, region).ok_or_else(|| Reason::BadMobile(shortened(text)))
            })
            .transpose()?;
        if email.is_none() && mobile.is_none() {
            return Err(Reason::NoAddress);
        }
        let channel = cell(CHANNEL)
            .map(|text| match text.to_lowercase().as_str() {
                "email" | "e-mail" => Ok(Channel::Email),
                "sms" => Ok(Channel::Sms),
                _ => Err(Reason::UnknownChannel(shortened(text))),
            })
            .transpose()?;
        let language = cell(LANGUAGE)
            .map(|text| {
                // `fr-FR` and `fr_FR` are French.
                let tag = text.to_lowercase();
                let primary = tag.split(['-', '_']).next().unwrap_or_default();
                primary
                    .parse()
                    .map_err(|_| Reason::UnknownLanguage(shortened(text)))
            })
            .transpose()?;
        let mut groups: Vec<String> = Vec::new();
        for group in cell(GROUPS).unwrap_or_default().split(';').map(str::trim) {
            if group.chars().count() > MAX_NAME {
                return Err(Reason::TooLong(NAMES[GROUPS]));
            }
            if !group.is_empty() {
                groups.push(group.to_owned());
            }
        }
        Ok(Line {
            number,
            last_name,
            first_name,
            email,
            mobile,
            channel,
            language,
            user_type: name(USER_TYPE)?,
            employee_id: name(EMPLOYEE_ID)?,
            groups,
        })
    }
}

/// Without the apostrophe that an export puts before what a spreadsheet would take for a formula.
fn without_apostrophe(text: &str) -> &str {
    text.strip_prefix('\'')
        .filter(|rest| rest.starts_with(['=', '+', '-', '@']))
        .unwrap_or(text)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(fields: &[&str]) -> Vec<String> {
        fields.iter().map(|f| (*f).to_owned()).collect()
    }

    fn line(header: &[&str], fields: &[&str]) -> Result<Line, Reason> {
        Columns::of(&texts(header))
            .unwrap()
            .line(7, &texts(fields), Region::FR)
    }

    const ALL: [&str; 9] = NAMES;

    #[test]
    fn a_full_line() {
        let found = line(
            &ALL,
            &[
                "Müller",
                "Anna",
                "Anna.Mueller@Example.org",
                "06 39 98 00 01",
                "SMS",
                "fr-FR",
                "intern",
                "E-1",
                "Plant Lyon; Site B;;",
            ],
        )
        .unwrap();
        assert_eq!(
            found,
            Line {
                number: 7,
                last_name: "Müller".into(),
                first_name: "Anna".into(),
                email: Some("Anna.Mueller@example.org".into()),
                mobile: Some("+33639980001".into()),
                channel: Some(Channel::Sms),
                language: Some(Language::Fr),
                user_type: Some("intern".into()),
                employee_id: Some("E-1".into()),
                groups: texts(&["Plant Lyon", "Site B"]),
            }
        );
    }

    #[test]
    fn any_order_any_case_and_unknown_columns() {
        let header = [
            "Shoe size",
            "E-Mail",
            "FIRST NAME",
            "Last_Name",
            "",
            "email",
        ];
        let columns = Columns::of(&texts(&header)).unwrap();
        assert_eq!(columns.unknown, ["Shoe size", "email"]);
        let found = columns
            .line(2, &texts(&["42", "a@b.org", "Anna"]), Region::FR)
            .unwrap_err();
        assert_eq!(
            found,
            Reason::NoLastName,
            "a short line lacks its last cells"
        );
        let found = columns
            .line(2, &texts(&["42", "a@b.org", "Anna", "A"]), Region::FR)
            .unwrap();
        assert_eq!(
            (found.channel, found.language, found.groups.len()),
            (None, None, 0)
        );
    }

    #[test]
    fn headers_that_are_none() {
        let of = |header: &[&str]| Columns::of(&texts(header)).unwrap_err();
        assert_eq!(of(&["Müller", "Anna"]), "import-file-no-table");
        assert_eq!(of(&["first_name", "email"]), "import-file-no-last-name");
        assert_eq!(of(&["last_name", "email"]), "import-file-no-first-name");
        assert_eq!(of(&["last_name", "first_name"]), "import-file-no-address");
    }

    #[test]
    fn every_reason() {
        let header = [
            "last_name",
            "first_name",
            "email",
            "mobile",
            "channel",
            "language",
        ];
        let reason = |fields: &[&str]| line(&header, fields).unwrap_err();
        assert_eq!(reason(&["", "Anna", "a@b.org"]), Reason::NoLastName);
        assert_eq!(reason(&["A", "", "a@b.org"]), Reason::NoFirstName);
        assert_eq!(reason(&["A", "Anna"]), Reason::NoAddress);
        assert_eq!(
            reason(&["A", "Anna", "anna"]),
            Reason::BadEmail("anna".into())
        );
        assert_eq!(
            reason(&["A", "Anna", "a@b.org", "call me"]),
            Reason::BadMobile("call me".into())
        );
        assert_eq!(
            reason(&["A", "Anna", "a@b.org", "", "pigeon"]),
            Reason::UnknownChannel("pigeon".into())
        );
        assert_eq!(
            reason(&["A", "Anna", "a@b.org", "", "", "de"]),
            Reason::UnknownLanguage("de".into())
        );
        assert_eq!(
            reason(&[&"x".repeat(201), "Anna", "a@b.org"]),
            Reason::TooLong("last_name")
        );
        assert_eq!(
            reason(&["A", "Anna", "a@b.org", "", "", "", "more"]),
            Reason::TooManyCells
        );
        assert!(line(&header, &["A", "Anna", "a@b.org", "", "", "", ""]).is_ok());
        let long = format!("{}é", "x".repeat(80));
        assert_eq!(
            reason(&["A", "Anna", &long]),
            Reason::BadEmail(format!("{}…", "x".repeat(60)))
        );
    }
}
