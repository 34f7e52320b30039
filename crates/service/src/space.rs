//! The training space. There is no actor: the right is the secret in the device's cookie, made when somebody entered.

use crate::{Outcome, Service};
use convoke_domain::view::SpaceView;
use convoke_domain::{Language, Refusal};

/// How somebody leaves the space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// *Next person*, or nobody touched the tablet for a while.
    Done,
    /// *That is not me*.
    NotMe,
}

/// The space of whoever entered. [`Refusal::NotSignedIn`] when nobody has, or no longer.
pub async fn open(_service: &Service, _secret: &str, _language: Language) -> Outcome<SpaceView> {
    Err(Refusal::NotFound)
}

/// *I am here*.
pub async fn arrive(_service: &Service, _secret: &str) -> Outcome<()> {
    Err(Refusal::NotFound)
}

/// Leaves the space, and gives the code of the list to go back to, if there is one.
pub async fn leave(_service: &Service, _secret: &str, _how: Leaving) -> Outcome<Option<String>> {
    Err(Refusal::NotFound)
}

/// Enters by the personal link of an invitation that is confirmed or on the waiting list; the secret is for the cookie.
pub async fn enter_by_link(_service: &Service, _link: &str) -> Outcome<String> {
    Err(Refusal::NotFound)
}
