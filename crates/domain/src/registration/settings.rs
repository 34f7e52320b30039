//! What an administrator decides about the self-registration of a training.

use crate::FieldError;
use crate::person::text_enum;
use serde::{Deserialize, Serialize};

text_enum! {
    /// What the public list of registered trainees shows.
    ListShows {
        /// First and last names.
        FullNames = "full_names",
        /// First name and the initial of the last name.
        Initials = "initials",
        /// Nothing until two letters of a name are typed; then full names.
        Search = "search",
    }
}

text_enum! {
    /// What tapping a name asks for.
    Proof {
        /// Nothing.
        Nothing = "nothing",
        /// A one-time code, sent by e-mail or SMS as the person prefers.
        Code = "code",
        /// The last four digits of the person's mobile.
        MobileDigits = "mobile_digits",
    }
}

text_enum! {
    /// Where a registration stands.
    RegistrationState {
        /// Waits for an administrator; the person does not count yet.
        Pending = "pending",
        /// Counts: the invitation is confirmed or on the waiting list.
        Accepted = "accepted",
        /// An administrator refused it.
        Refused = "refused",
    }
}

/// The settings of the *Self-registration* tab, as typed; times are local to the training (`2026-12-09T08:00`) or empty.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the screen"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationSettings {
    /// Whether people may register themselves for this training.
    pub offered: bool,
    /// Whether the training code opens the public page; switched off, it looks like an unknown one.
    pub code_on: bool,
    /// First moment at which the code opens the page, or empty.
    pub opens: String,
    /// Last moment, or empty: then the training's end.
    pub closes: String,
    /// What the public list shows.
    pub list_shows: ListShows,
    /// What tapping a name asks for.
    pub proof: Proof,
    /// Whether an administrator approves a registration before the person counts.
    pub approval: bool,
    /// Whether a full training takes further people on a waiting list.
    pub waiting_list: bool,
}

impl Default for RegistrationSettings {
    fn default() -> Self {
        Self {
            offered: false,
            code_on: true,
            opens: String::new(),
            closes: String::new(),
            list_shows: ListShows::FullNames,
            proof: Proof::Nothing,
            approval: false,
            waiting_list: true,
        }
    }
}

impl RegistrationSettings {
    /// The checks that need no time zones; the server adds those. Local times compare as text.
    pub fn problems(&self) -> Vec<FieldError> {
        let both = !self.opens.is_empty() && !self.closes.is_empty();
        if both && self.closes <= self.opens {
            vec![FieldError::new("closes", "error-closes-before-opens")]
        } else {
            Vec::new()
        }
    }
}
