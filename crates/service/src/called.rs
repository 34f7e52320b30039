//! What people are called on screens and in files, those who are forgotten too.

use convoke_domain::Language;
use convoke_domain::person::full_name;
use convoke_texts::t;

/// The name of a person of the directory, or that they are forgotten: everybody else is called something.
pub(crate) fn called(language: Language, first_name: &str, last_name: &str) -> String {
    let name = full_name(first_name, last_name);
    if name.is_empty() {
        t!(language, "person-forgotten")
    } else {
        name
    }
}

/// The same for rows that have the two apart: the last name.
pub(crate) fn last_name(language: Language, first_name: &str, last_name: String) -> String {
    if first_name.is_empty() && last_name.is_empty() {
        t!(language, "person-forgotten")
    } else {
        last_name
    }
}
