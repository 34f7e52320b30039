//! What an import answers.

use convoke_domain::Language;
use convoke_texts::t;

/// The most bad lines a report lists; all are counted.
pub const MAX_REPORTED: usize = 10_000;

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Lines with a person, good or bad; the header and empty lines do not count.
    pub lines: u64,
    /// People who are new in the directory.
    pub created: u64,
    /// Lines that changed somebody.
    pub updated: u64,
    /// Lines that said what was known.
    pub unchanged: u64,
    /// Lines that were left out.
    pub bad_lines: u64,
    /// The first [`MAX_REPORTED`] of those, in the order of the file.
    pub bad: Vec<BadLine>,
    /// Columns that were not understood, as the header names them.
    pub unknown_columns: Vec<String>,
    /// Groups that were made.
    pub new_groups: Vec<String>,
    /// User types that were made.
    pub new_user_types: Vec<String>,
}

impl ImportReport {
    pub(super) fn refuse(&mut self, bad: BadLine) {
        self.bad_lines += 1;
        self.bad.push(bad);
        // Lines come almost in order: keep some to spare, and cut once it is double.
        if self.bad.len() >= 2 * MAX_REPORTED {
            self.cut();
        }
    }

    pub(super) fn finish(&mut self) {
        self.cut();
        self.lines = self.created + self.updated + self.unchanged + self.bad_lines;
    }

    fn cut(&mut self) {
        self.bad.sort_by_key(|bad| bad.line);
        self.bad.truncate(MAX_REPORTED);
    }
}

/// A line that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Its number in the file, from 1; a record over several lines has the number of its first.
    pub line: u64,
    /// Why.
    pub reason: Reason,
}

impl BadLine {
    /// "Line 12: …", in the reader's language.
    pub fn sentence(&self, language: Language) -> String {
        t!(
            language,
            "import-bad-line",
            // As text: a line number has no thousands separators.
            line = self.line.to_string(),
            reason = self.reason.sentence(language)
        )
    }
}

/// Why a line was left out; texts are what stood there, shortened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No last name.
    NoLastName,
    /// No first name.
    NoFirstName,
    /// Neither e-mail nor mobile.
    NoAddress,
    /// Not an e-mail address.
    BadEmail(String),
    /// Not a mobile number.
    BadMobile(String),
    /// Neither `email` nor `sms`.
    UnknownChannel(String),
    /// Neither `en` nor `fr`.
    UnknownLanguage(String),
    /// The text of a column is too long.
    TooLong(&'static str),
    /// More cells than the header has columns.
    TooManyCells,
    /// A quotation mark that opens a cell is never closed.
    OpenQuote,
    /// The line is longer than any person.
    LineTooLong,
    /// Its employee id, e-mail and mobile belong to different people.
    TwoPeople,
}

impl Reason {
    /// The reason in the reader's language, without the number of the line.
    pub fn sentence(&self, language: Language) -> String {
        match self {
            Self::NoLastName => t!(language, "import-no-last-name"),
            Self::NoFirstName => t!(language, "import-no-first-name"),
            Self::NoAddress => t!(language, "import-no-address"),
            Self::BadEmail(value) => t!(language, "import-bad-email", value = value.as_str()),
            Self::BadMobile(value) => t!(language, "import-bad-mobile", value = value.as_str()),
            Self::UnknownChannel(value) => {
                t!(language, "import-unknown-channel", value = value.as_str())
            }
            Self::UnknownLanguage(value) => {
                t!(language, "import-unknown-language", value = value.as_str())
            }
            Self::TooLong(column) => t!(language, "import-too-long", column = *column),
            Self::TooManyCells => t!(language, "import-too-many-cells"),
            Self::OpenQuote => t!(language, "import-open-quote"),
            Self::LineTooLong => t!(language, "import-line-too-long"),
            Self::TwoPeople => t!(language, "import-two-people"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bad_lines_are_kept_in_order_and_all_are_counted() {
        let mut report = ImportReport::default();
        let many = 3 * MAX_REPORTED as u64;
        for line in (1..=many).rev() {
            report.refuse(BadLine {
                line,
                reason: Reason::NoAddress,
            });
        }
        report.finish();
        assert_eq!(report.bad_lines, many);
        assert_eq!(report.lines, many);
        assert_eq!(report.bad.len(), MAX_REPORTED);
        assert!(report.bad.is_sorted_by_key(|b| b.line));
        assert_eq!(report.bad[0].line, 1);
    }

    #[test]
    fn sentences_in_both_languages() {
        let bad = BadLine {
            line: 1_234,
            reason: Reason::BadEmail("anna".into()),
        };
        assert_eq!(
            bad.sentence(Language::En),
            "Line 1234: “anna” is not an e-mail address"
        );
        assert_eq!(
            bad.sentence(Language::Fr),
            "Ligne 1234 : « anna » n’est pas une adresse e-mail"
        );
    }
}
