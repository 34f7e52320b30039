//! Why a request was not done, as a person is told. The log has the cause.

use serde::{Deserialize, Serialize};

/// A field that has to be corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The name of the input, for example `title`.
    pub field: String,
    /// The key of the sentence in the catalogue, for example `error-required`.
    pub text: String,
}

impl FieldError {
    /// An error at `field`, explained by the sentence `text` of the catalogue.
    pub fn new(field: &str, text: &str) -> Self {
        Self {
            field: field.to_owned(),
            text: text.to_owned(),
        }
    }
}

/// Why a request was not done. Each has one HTTP status and one sentence in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// 401: nobody is signed in, or the session has ended.
    #[error("not signed in")]
    NotSignedIn,
    /// 401: e-mail, mobile or password do not fit.
    #[error("wrong credentials")]
    WrongCredentials,
    /// 403: this person may not do it.
    #[error("not allowed")]
    NotAllowed,
    /// 404: not there, or of another organisation, which is not told apart.
    #[error("not found")]
    NotFound,
    /// 422: fields have to be corrected.
    #[error("invalid input")]
    Invalid(Vec<FieldError>),
    /// 409: somebody else changed it meanwhile, or the state does not allow it; the key of a sentence.
    #[error("conflict: {0}")]
    Conflict(String),
    /// 429: too many attempts; try again after so many seconds.
    #[error("too many attempts")]
    TooMany {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// 410: too late, or cancelled; the key of a sentence.
    #[error("gone: {0}")]
    Gone(String),
    /// 503: our own failure; the log has the cause under this id.
    #[error("failure {incident}")]
    Failure {
        /// The id that links the sentence to the log.
        incident: String,
    },
}

impl Refusal {
    /// The HTTP status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::NotSignedIn | Self::WrongCredentials => 401,
            Self::NotAllowed => 403,
            Self::NotFound => 404,
            Self::Conflict(_) => 409,
            Self::Gone(_) => 410,
            Self::Invalid(_) => 422,
            Self::TooMany { .. } => 429,
            Self::Failure { .. } => 503,
        }
    }

    /// One wrong field.
    pub fn field(field: &str, text: &str) -> Self {
        Self::Invalid(vec![FieldError::new(field, text)])
    }
}
