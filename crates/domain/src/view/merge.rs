use crate::person::text_enum;
use crate::{Channel, Language, UserId, UserState};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What is chosen, field by field, when two rows of the directory are made one.
    MergeField {
        /// First name.
        FirstName = "first_name",
        /// Last name.
        LastName = "last_name",
        /// E-mail.
        Email = "email",
        /// Mobile.
        Mobile = "mobile",
        /// How they prefer to be written to.
        Channel = "channel",
        /// The language they read.
        Language = "language",
        /// The user type.
        UserType = "user_type",
        /// The employee id.
        EmployeeId = "employee_id",
    }
}

/// One of the two people who may be one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergePerson {
    /// The person.
    pub user_id: UserId,
    /// Goes back with the request, so that nobody is merged who was changed meanwhile.
    pub version: i64,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail, if known.
    pub email: Option<String>,
    /// Mobile in international form, if known.
    pub mobile: Option<String>,
    /// How they prefer to be written to.
    pub channel: Channel,
    /// The language they read.
    pub language: Language,
    /// Name of the user type.
    pub user_type: String,
    /// Employee id, if given.
    pub employee_id: Option<String>,
    /// State.
    pub state: UserState,
    /// How many trainings they are or were on the list of.
    pub trainings: u32,
}

impl MergePerson {
    /// Whether nothing is known in a field; some fields always hold something.
    const fn lacks(&self, field: MergeField) -> bool {
        match field {
            MergeField::Email => self.email.is_none(),
            MergeField::Mobile => self.mobile.is_none(),
            MergeField::EmployeeId => self.employee_id.is_none(),
            MergeField::FirstName
            | MergeField::LastName
            | MergeField::Channel
            | MergeField::Language
            | MergeField::UserType => false,
        }
    }

    /// Whether both have the same in a field.
    pub fn agrees(&self, other: &Self, field: MergeField) -> bool {
        match field {
            MergeField::FirstName => self.first_name == other.first_name,
            MergeField::LastName => self.last_name == other.last_name,
            MergeField::Email => self.email == other.email,
            MergeField::Mobile => self.mobile == other.mobile,
            MergeField::Channel => self.channel == other.channel,
            MergeField::Language => self.language == other.language,
            MergeField::UserType => self.user_type == other.user_type,
            MergeField::EmployeeId => self.employee_id == other.employee_id,
        }
    }
}

/// Two people side by side, before they are made one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergePreview {
    /// Who stays.
    pub keep: MergePerson,
    /// Whose row goes.
    pub other: MergePerson,
    /// Names of the groups of either, in alphabetical order: the person will be in all of them.
    pub groups: Vec<String>,
    /// In how many trainings both are: there the stronger invitation stays ([`crate::InvitationState::weight`]).
    pub both: u32,
}

impl MergePreview {
    /// What is taken from the other unless one chooses otherwise: what the one who stays does not have.
    pub fn suggested(&self) -> Vec<MergeField> {
        let fields = MergeField::ALL.iter().copied();
        fields
            .filter(|field| self.keep.lacks(*field) && !self.other.lacks(*field))
            .collect()
    }
}

/// Makes two people one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeRequest {
    /// Who stays, and their version in the preview.
    pub keep: (UserId, i64),
    /// Whose row goes, and their version in the preview.
    pub other: (UserId, i64),
    /// What is taken from the other; everything else stays as it is.
    pub from_other: Vec<MergeField>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(email: Option<&str>, mobile: Option<&str>) -> MergePerson {
        MergePerson {
            user_id: UserId(uuid::Uuid::nil()),
            version: 1,
            first_name: "Anna".to_owned(),
            last_name: "Müller".to_owned(),
            email: email.map(str::to_owned),
            mobile: mobile.map(str::to_owned),
            channel: Channel::Email,
            language: Language::En,
            user_type: "Collaborator".to_owned(),
            employee_id: None,
            state: UserState::Created,
            trainings: 0,
        }
    }

    #[test]
    fn what_the_one_who_stays_lacks_is_taken_from_the_other() {
        let preview = MergePreview {
            keep: person(Some("anna@acme.test"), None),
            other: MergePerson {
                employee_id: Some("E-1".to_owned()),
                first_name: "Anne".to_owned(),
                ..person(Some("anne@acme.test"), Some("+33639980001"))
            },
            groups: Vec::new(),
            both: 0,
        };
        assert_eq!(
            preview.suggested(),
            [MergeField::Mobile, MergeField::EmployeeId]
        );
        let (keep, other) = (&preview.keep, &preview.other);
        assert!(!keep.agrees(other, MergeField::FirstName));
        assert!(keep.agrees(other, MergeField::LastName));
    }
}
