use crate::{Language, OptOut};
use serde::{Deserialize, Serialize};

/// Whether somebody is written to, as administrators see it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptOutView {
    /// By whose word they want no messages; `None` while they are written to.
    pub opted_out: Option<OptOut>,
    /// Since when: "22 November 2026, 09:14"; empty while they are written to.
    pub since: String,
}

/// The page behind the link in the foot of an e-mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopPage {
    /// The language of the person.
    pub language: Language,
    /// Name of the organisation.
    pub organisation: String,
    /// Whether they want no messages.
    pub opted_out: bool,
}
