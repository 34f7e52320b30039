//! A person of the directory as a form holds them: everything as typed.

use crate::person::parse_email;
use crate::{Channel, FieldError, GroupId, Language, UserTypeId};
use serde::{Deserialize, Serialize};

/// The longest name of a person, group or user type, in characters.
pub const MAX_NAME: usize = 200;

/// What is typed of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonForm {
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// E-mail; empty for none.
    pub email: String,
    /// Mobile, in whatever way; empty for none.
    pub mobile: String,
    /// How they prefer to be written to.
    pub channel: Channel,
    /// The language they read.
    pub language: Language,
    /// The user type; the organisation's first one when not chosen.
    pub user_type: Option<UserTypeId>,
    /// Employee id; empty for none.
    pub employee_id: String,
    /// Their groups.
    pub groups: Vec<GroupId>,
}

impl PersonForm {
    /// Nobody yet, who reads `language`.
    pub const fn new(language: Language) -> Self {
        Self {
            last_name: String::new(),
            first_name: String::new(),
            email: String::new(),
            mobile: String::new(),
            channel: Channel::Email,
            language,
            user_type: None,
            employee_id: String::new(),
            groups: Vec::new(),
        }
    }

    /// What can be seen to be wrong without asking anyone; whether a mobile number exists and whether somebody else has an address, the server knows.
    pub fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let mut refuse = |field: &str, key: &str| problems.push(FieldError::new(field, key));
        for (field, value, required) in [
            ("last_name", &self.last_name, true),
            ("first_name", &self.first_name, true),
            ("employee_id", &self.employee_id, false),
        ] {
            if required && value.trim().is_empty() {
                refuse(field, "error-required");
            } else if value.trim().chars().count() > MAX_NAME {
                refuse(field, "error-too-long");
            }
        }
        let (email, mobile) = (self.email.trim(), self.mobile.trim());
        if email.is_empty() && mobile.is_empty() {
            refuse("email", "error-no-address");
        } else if !email.is_empty() && parse_email(email).is_none() {
            refuse("email", "error-email");
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(form: &PersonForm) -> Vec<(String, String)> {
        let problems = form.problems().into_iter();
        problems.map(|p| (p.field, p.text)).collect()
    }

    fn anna() -> PersonForm {
        PersonForm {
            last_name: "Müller".to_owned(),
            first_name: "Anna".to_owned(),
            email: "anna@example.org".to_owned(),
            ..PersonForm::new(Language::En)
        }
    }

    fn named(field: &str, key: &str) -> Vec<(String, String)> {
        vec![(field.to_owned(), key.to_owned())]
    }

    #[test]
    fn every_problem_names_its_field() {
        assert!(fields(&anna()).is_empty());
        let mobile = PersonForm {
            email: " ".to_owned(),
            mobile: "06 39 98 00 01".to_owned(),
            ..anna()
        };
        assert!(fields(&mobile).is_empty(), "one address is enough");
        let unreachable = PersonForm {
            email: String::new(),
            ..anna()
        };
        assert_eq!(fields(&unreachable), named("email", "error-no-address"));
        let mistyped = PersonForm {
            email: "anna@".to_owned(),
            ..anna()
        };
        assert_eq!(fields(&mistyped), named("email", "error-email"));
        let nameless = PersonForm {
            last_name: " ".to_owned(),
            ..anna()
        };
        assert_eq!(fields(&nameless), named("last_name", "error-required"));
        let endless = PersonForm {
            employee_id: "x".repeat(MAX_NAME + 1),
            ..anna()
        };
        assert_eq!(fields(&endless), named("employee_id", "error-too-long"));
    }
}
