//! The public pages behind a training code. There is no actor: who knows the code may look and register, within the throttle.

use crate::{Outcome, Service};
use convoke_domain::registration::Posted;
use convoke_domain::view::{Entered, JoinFormView, JoinView, ProofView};
use convoke_domain::{Language, Refusal, RegistrationId};
use uuid::Uuid;

/// Who looks, as far as the throttle and the language are concerned.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The id of the device, from its cookie; `None` when it showed none that we made.
    pub device: Option<String>,
    /// The network address.
    pub peer: String,
    /// The language of the page.
    pub language: Language,
}

/// What posting the form led to.
#[derive(Clone, Debug)]
pub enum Registered {
    /// The registration stands; the secret is for the cookie of the training space.
    Space(String),
    /// Something has to be corrected; nothing typed is lost.
    Invalid(Box<JoinFormView>),
}

/// A new device id with our mark, for its cookie.
pub async fn new_device(_service: &Service) -> Outcome<String> {
    Err(Refusal::NotFound)
}

/// The device id in a cookie, if the mark is ours.
pub async fn known_device(_service: &Service, _cookie: &str) -> Outcome<Option<String>> {
    Err(Refusal::NotFound)
}

/// The page behind a code, as typed or from the address. [`Refusal::NotFound`] alike for a code that is unknown, closed or switched off;
/// [`Refusal::TooMany`] after too many of those.
pub async fn open(
    _service: &Service,
    _visitor: &Visitor,
    _code: &str,
    _search: &str,
) -> Outcome<JoinView> {
    Err(Refusal::NotFound)
}

/// The form, empty.
pub async fn form(_service: &Service, _visitor: &Visitor, _code: &str) -> Outcome<JoinFormView> {
    Err(Refusal::NotFound)
}

/// Registers. `version` is the version of the form that was filled in.
///
/// What comes back does not depend on whether an address is known. [`Refusal::Conflict`] (`join-full`) when there is neither a seat nor a
/// waiting list.
pub async fn register(
    _service: &Service,
    _visitor: &Visitor,
    _code: &str,
    _registration: RegistrationId,
    _version: u32,
    _posted: &Posted,
) -> Outcome<Registered> {
    Err(Refusal::NotFound)
}

/// A name was tapped: into the space, or first a proof. With [`convoke_domain::registration::Proof::Code`] this sends the code.
pub async fn enter(
    _service: &Service,
    _visitor: &Visitor,
    _code: &str,
    _listed: Uuid,
) -> Outcome<Entered> {
    Err(Refusal::NotFound)
}

/// The page that asks for the proof.
pub async fn proof(
    _service: &Service,
    _visitor: &Visitor,
    _code: &str,
    _listed: Uuid,
) -> Outcome<ProofView> {
    Err(Refusal::NotFound)
}

/// Checks a proof: the secret for the cookie, or the page again with what was wrong.
pub async fn prove(
    _service: &Service,
    _visitor: &Visitor,
    _code: &str,
    _listed: Uuid,
    _typed: &str,
) -> Outcome<Result<String, Box<ProofView>>> {
    Err(Refusal::NotFound)
}
