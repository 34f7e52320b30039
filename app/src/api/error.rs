//! The error of every server function.

use crate::release;
use convoke_domain::{Language, Refusal};
use convoke_texts::t;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::Decodes as _;
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

/// Why a call brought no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ApiError {
    /// The server refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The call did not get through.
    #[error("{0}")]
    Transport(String),
    /// Page and server do not understand each other: they are of different builds.
    #[error("the page is of another build than the server")]
    Outdated,
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        use ServerFnErrorErr as E;
        release::doubt();
        match error {
            E::Args(_) | E::MissingArg(_) | E::Deserialization(_) => Self::Outdated,
            error => Self::Transport(error.to_string()),
        }
    }

    /// What is no error of ours comes from a proxy, or from a server that is about to stop.
    fn de(data: server_fn::Bytes) -> Self {
        let error = JsonEncoding::decode(data)
            .unwrap_or_else(|unknown| Self::Transport(unknown.to_string()));
        if !matches!(error, Self::Refused(_)) {
            release::doubt();
        }
        error
    }
}

impl ApiError {
    /// The sentence a person reads.
    pub fn sentence(&self, language: Language) -> String {
        match self {
            Self::Transport(_) => t!(language, "refusal-transport"),
            Self::Outdated => t!(language, "refusal-outdated"),
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
            Self::Outdated
                | Self::Refused(Refusal::NotFound | Refusal::NotAllowed | Refusal::Gone(_))
        )
    }

    /// Whether signing in again is what helps.
    pub const fn is_signed_out(&self) -> bool {
        matches!(self, Self::Refused(Refusal::NotSignedIn))
    }
}
