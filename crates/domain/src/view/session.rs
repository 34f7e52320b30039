use crate::{Language, Role, UserId};
use serde::{Deserialize, Serialize};

/// The person who is signed in, as the frame of the console shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// The user.
    pub user_id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The right.
    pub role: Role,
    /// The language the console is shown in.
    pub language: Language,
    /// Name of the organisation.
    pub organisation: String,
}

/// The first-run form: the organisation and its first administrator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SetUpForm {
    /// The token printed in the log.
    pub token: String,
    /// Name of the organisation.
    pub organisation: String,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// First name of the administrator.
    pub first_name: String,
    /// Last name of the administrator.
    pub last_name: String,
    /// E-mail of the administrator.
    pub email: String,
    /// Password, at least [`MIN_PASSWORD`] characters.
    pub password: String,
}

/// Shortest password, in characters (OWASP ASVS 5.0, 6.2.1 asks for at least 8).
pub const MIN_PASSWORD: usize = 10;
