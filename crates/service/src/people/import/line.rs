//! From the cells of a record to what it says of a person.

use super::Reason;
use crate::phone;
use convoke_domain::person::parse_email;
use convoke_domain::view::ImportField;
use convoke_domain::{Channel, Language, fold};
use rlibphonenumber::enums::Region;
use std::collections::{HashMap, HashSet};

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
    /// The index of each column, in the order of [`ImportField::ALL`].
    places: [Option<usize>; ImportField::ALL.len()],
    /// Number of columns of the header.
    width: usize,
}

/// What columns of other names mean, folded: as other programs and languages call them.
const ALSO_CALLED: &[(ImportField, &[&str])] = &[
    (
        ImportField::LastName,
        &["surname", "familyname", "nom", "nomdefamille", "nachname"],
    ),
    (
        ImportField::FirstName,
        &["givenname", "forename", "prenom", "vorname"],
    ),
    (
        ImportField::Email,
        &[
            "mail",
            "emailaddress",
            "courriel",
            "adresseemail",
            "adressemail",
        ],
    ),
    (
        ImportField::Mobile,
        &[
            "mobilephone",
            "mobilenumber",
            "cell",
            "cellphone",
            "phone",
            "portable",
            "telephone",
            "telephoneportable",
            "telephonemobile",
            "gsm",
            "handy",
        ],
    ),
    (ImportField::Channel, &["canal", "preferredchannel"]),
    (ImportField::Language, &["lang", "langue", "sprache"]),
    (ImportField::UserType, &["usertype", "typedutilisateur"]),
    (
        ImportField::EmployeeId,
        &["employeenumber", "staffid", "matricule", "personalnummer"],
    ),
    (ImportField::Groups, &["group", "groupe", "groupes"]),
];

/// The name of a column as it is compared: `Last Name`, `last_name` and `LASTNAME` are the same.
pub(crate) fn folded(name: &str) -> String {
    fold::plain(name).split_whitespace().collect()
}

/// What the columns of a header are: as they were chosen the last time, or as their names say. Each field is taken by the first column of its name.
pub(crate) fn guess(
    header: &[String],
    remembered: &HashMap<String, Option<ImportField>>,
) -> Vec<Option<ImportField>> {
    let mut taken = HashSet::new();
    header
        .iter()
        .map(|name| {
            let name = folded(name);
            let field = remembered
                .get(&name)
                .copied()
                .unwrap_or_else(|| meant(&name));
            field.filter(|field| taken.insert(*field))
        })
        .collect()
}

fn meant(name: &str) -> Option<ImportField> {
    let own = |field: &&ImportField| folded(field.as_str()) == name;
    let other = || {
        let found = ALSO_CALLED.iter().find(|(_, names)| names.contains(&name));
        found.map(|(field, _)| *field)
    };
    ImportField::ALL.iter().find(own).copied().or_else(other)
}

impl Columns {
    /// The columns of a file; without the necessary ones, or with one field twice, the key of the sentence that says so.
    pub(super) fn of(fields: &[Option<ImportField>]) -> Result<Self, &'static str> {
        let mut columns = Self {
            width: fields.len(),
            ..Self::default()
        };
        for (at, field) in fields.iter().enumerate() {
            if let Some(field) = field
                && columns.places[*field as usize].replace(at).is_some()
            {
                return Err("import-file-twice");
            }
        }
        let lacks = |field: ImportField| columns.places[field as usize].is_none();
        if fields.iter().all(Option::is_none) {
            Err("import-file-no-table")
        } else if lacks(ImportField::LastName) {
            Err("import-file-no-last-name")
        } else if lacks(ImportField::FirstName) {
            Err("import-file-no-first-name")
        } else if lacks(ImportField::Email) && lacks(ImportField::Mobile) {
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
        let cell = |column: ImportField| -> Option<&str> {
            let text = fields.get(self.places[column as usize]?)?;
            Some(without_apostrophe(text)).filter(|text| !text.is_empty())
        };
        let name = |column: ImportField| match cell(column) {
            Some(text) if text.chars().count() > MAX_NAME => Err(Reason::TooLong(column)),
            text => Ok(text.map(str::to_owned)),
        };
        let last_name = name(ImportField::LastName)?.ok_or(Reason::NoLastName)?;
        let first_name = name(ImportField::FirstName)?.ok_or(Reason::NoFirstName)?;
        let email = cell(ImportField::Email)
            .map(|text| parse_email(text).ok_or_else(|| Reason::BadEmail(shortened(text))))
            .transpose()?;
        let mobile = cell(ImportField::Mobile)
            .map(|text| {
                phone::parse_mobile(text, region).ok_or_else(|| Reason::BadMobile(shortened(text)))
            })
            .transpose()?;
        if email.is_none() && mobile.is_none() {
            return Err(Reason::NoAddress);
        }
        let channel = cell(ImportField::Channel)
            .map(|text| match text.to_lowercase().as_str() {
                "email" | "e-mail" => Ok(Channel::Email),
                "sms" => Ok(Channel::Sms),
                _ => Err(Reason::UnknownChannel(shortened(text))),
            })
            .transpose()?;
        let language = cell(ImportField::Language)
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
        for group in cell(ImportField::Groups)
            .unwrap_or_default()
            .split(';')
            .map(str::trim)
        {
            if group.chars().count() > MAX_NAME {
                return Err(Reason::TooLong(ImportField::Groups));
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
            user_type: name(ImportField::UserType)?,
            employee_id: name(ImportField::EmployeeId)?,
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

pub(crate) fn shortened(text: &str) -> String {
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
        found(header).unwrap().line(7, &texts(fields), Region::FR)
    }

    fn found(header: &[&str]) -> Result<Columns, &'static str> {
        Columns::of(&guess(&texts(header), &HashMap::new()))
    }

    #[test]
    fn a_full_line() {
        let all: Vec<&str> = ImportField::ALL.iter().map(|f| f.as_str()).collect();
        let found = line(
            &all,
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
        let fields = guess(&texts(&header), &HashMap::new());
        assert_eq!(
            fields,
            [
                None,
                Some(ImportField::Email),
                Some(ImportField::FirstName),
                Some(ImportField::LastName),
                None,
                None
            ],
            "of two columns of a name the first one counts"
        );
        let columns = Columns::of(&fields).unwrap();
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
        let of = |header: &[&str]| found(header).unwrap_err();
        assert_eq!(of(&["Müller", "Anna"]), "import-file-no-table");
        assert_eq!(of(&["first_name", "email"]), "import-file-no-last-name");
        assert_eq!(of(&["last_name", "email"]), "import-file-no-first-name");
        assert_eq!(of(&["last_name", "first_name"]), "import-file-no-address");
    }

    #[test]
    fn columns_of_other_programs_and_as_chosen_before() {
        let header = texts(&[
            "Nom",
            "PRÉNOM",
            "Courriel",
            "Téléphone portable",
            "Matricule",
            "Service",
        ]);
        let mut fields = guess(&header, &HashMap::new());
        assert_eq!(
            fields,
            [
                Some(ImportField::LastName),
                Some(ImportField::FirstName),
                Some(ImportField::Email),
                Some(ImportField::Mobile),
                Some(ImportField::EmployeeId),
                None
            ]
        );
        let remembered = HashMap::from([
            (folded("SERVICE"), Some(ImportField::Groups)),
            (folded("Matricule"), None),
        ]);
        let again = guess(&header, &remembered);
        assert_eq!(again[4..], [None, Some(ImportField::Groups)]);
        fields[5] = Some(ImportField::LastName);
        assert_eq!(Columns::of(&fields).unwrap_err(), "import-file-twice");
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
            Reason::TooLong(ImportField::LastName)
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
