//! The error of every server function.

use convoke_domain::{Language, Refusal};
use convoke_texts::t;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

/// Why a call brought no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ApiError {
    /// The server refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The call did not get through, or its answer was not understood.
    #[error("{0}")]
    Transport(String),
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self::Transport(error.to_string())
    }
}

impl ApiError {
    /// The sentence a person reads.
    pub fn sentence(&self, language: Language) -> String {
        match self {
            Self::Transport(_) => t!(language, "refusal-transport"),
            Self::Refused(refusal) => match refusal {
                Refusal::NotSignedIn => t!(language, "refusal-not-signed-in"),
                Refusal::WrongCredentials => t!(language, "refusal-wrong-credentials"),
                Refusal::NotAllowed => t!(language, "refusal-not-allowed"),
                Refusal::NotFound => t!(language, "refusal-not-found"),
                Refusal::Invalid(_) => t!(language, "refusal-invalid"),
                Refusal::Conflict(key) | Refusal::Gone(key) => t!(language, key),
                Refusal::TooMany { retry_after } => {
                    t!(
                        language,
                        "refusal-too-many",
                        minutes = retry_after.div_ceil(60).max(1)
                    )
                }
                Refusal::Failure { incident } => {
                    t!(language, "refusal-failure", incident = incident.as_str())
                }
            },
        }
    }

    /// The sentence for one field of a form, if the refusal names it.
    pub fn at_field(&self, language: Language, field: &str) -> Option<String> {
        match self {
            Self::Refused(Refusal::Invalid(fields)) => fields
                .iter()
                .find(|e| e.field == field)
                .map(|e| t!(language, &e.text)),
            _ => None,
        }
    }

    /// Whether the same question will get the same answer: then trying again does not help.
    pub const fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Refused(Refusal::NotFound | Refusal::NotAllowed | Refusal::Gone(_))
        )
    }

    /// Whether signing in again is what helps.
    pub const fn is_signed_out(&self) -> bool {
        matches!(self, Self::Refused(Refusal::NotSignedIn))
    }
}
