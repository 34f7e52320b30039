//! The import of people from a file.

use crate::ImportId;
use crate::person::text_enum;
use serde::{Deserialize, Serialize};

/// The largest file that is taken, in bytes.
pub const MAX_IMPORT_BYTES: u64 = 50_000_000;

text_enum! {
    /// What a column of a file says of a person. The names are those of the columns of the command line and of an export.
    ImportField {
        /// Last name; has to be there.
        LastName = "last_name",
        /// First name; has to be there.
        FirstName = "first_name",
        /// E-mail; or a mobile.
        Email = "email",
        /// Mobile; or an e-mail.
        Mobile = "mobile",
        /// Preferred channel: `email` or `sms`.
        Channel = "channel",
        /// Language: `en` or `fr`.
        Language = "language",
        /// Name of the user type.
        UserType = "type",
        /// Employee id.
        EmployeeId = "employee_id",
        /// Names of groups, separated by `;`.
        Groups = "groups",
    }
}

impl ImportField {
    /// The key of what it is called in the catalogue.
    pub const fn label(self) -> &'static str {
        match self {
            Self::LastName => "person-last-name",
            Self::FirstName => "person-first-name",
            Self::Email => "person-email",
            Self::Mobile => "person-mobile",
            Self::Channel => "person-channel",
            Self::Language => "person-language",
            Self::UserType => "person-type",
            Self::EmployeeId => "person-employee-id",
            Self::Groups => "filter-groups",
        }
    }
}

text_enum! {
    /// Where an import stands.
    ImportState {
        /// The file is there: it can be checked, and begun.
        Ready = "ready",
        /// It is being read to tell what would come of it.
        Checking = "checking",
        /// What would come of it is known. It can be begun.
        Checked = "checked",
        /// People are being stored.
        Running = "running",
        /// All lines are done. It can be undone.
        Done = "done",
        /// It stopped in the middle. What was stored stays; it can be gone on with, or undone.
        Broken = "broken",
        /// It is being undone.
        Undoing = "undoing",
        /// It is undone.
        Undone = "undone",
    }
}

impl ImportState {
    /// Whether something is under way, so that it is worth asking again.
    pub const fn is_busy(self) -> bool {
        matches!(self, Self::Checking | Self::Running | Self::Undoing)
    }
}

/// A column of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportColumn {
    /// What its header says; perhaps nothing.
    pub name: String,
    /// What it says of people, as chosen last or guessed; `None` leaves it out.
    pub field: Option<ImportField>,
    /// Its first few cells.
    pub samples: Vec<String>,
}

/// What came of the lines, or would come of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCounts {
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
    /// Groups that were made.
    pub new_groups: Vec<String>,
    /// User types that were made.
    pub new_user_types: Vec<String>,
}

/// What came of an undoing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoCounts {
    /// People whom the import had created, and who are gone again.
    pub removed: u64,
    /// People who are again as they were before.
    pub restored: u64,
    /// People who stay as they are: they were changed since, or are on a list by now.
    pub kept: u64,
}

/// A line that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportBadLine {
    /// Its number in the file, from 1.
    pub line: u64,
    /// Why, in the reader's language.
    pub reason: String,
}

/// An import, for its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    /// The import.
    pub id: ImportId,
    /// What the file is called.
    pub file_name: String,
    /// When it was brought, in the organisation's time zone and the reader's language.
    pub when: String,
    /// Who brought it.
    pub who: String,
    /// Where it stands.
    pub state: ImportState,
    /// How much of what is under way is done, 0 to 100.
    pub percent: u32,
    /// The columns, in the order of the file. None for an import from the command line.
    pub columns: Vec<ImportColumn>,
    /// What came, or (checked) would come of the lines so far.
    pub counts: ImportCounts,
    /// The first lines that were, or would be, left out.
    pub bad: Vec<ImportBadLine>,
    /// Whether it broke off and can be gone on with: not when undoing it did, and not without its file.
    pub goes_on: bool,
    /// What came of undoing it.
    pub undone: Option<UndoCounts>,
    /// Whether the lines with what came of them can be downloaded.
    pub has_result: bool,
}

/// An import in the list of those of the last weeks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    /// The import.
    pub id: ImportId,
    /// What the file is called.
    pub file_name: String,
    /// When it was brought.
    pub when: String,
    /// Who brought it.
    pub who: String,
    /// Where it stands.
    pub state: ImportState,
    /// What came of the lines so far.
    pub counts: ImportCounts,
}
