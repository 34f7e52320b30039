//! Self-registration, as administrators see it.

use crate::{Outcome, Service};
use convoke_domain::registration::{RegistrationForm, RegistrationSettings};
use convoke_domain::view::{Approved, RegistrationRow, RegistrationView, StoryView};
use convoke_domain::{Actor, Refusal, RegistrationId, TrainingId, UserId};

/// The *Self-registration* tab.
pub async fn view(
    _service: &Service,
    _actor: &Actor,
    _training: TrainingId,
) -> Outcome<RegistrationView> {
    Err(Refusal::NotFound)
}

/// Saves the settings; the first time self-registration is offered makes the code.
pub async fn save_settings(
    _service: &Service,
    _actor: &Actor,
    _training: TrainingId,
    _settings: &RegistrationSettings,
) -> Outcome<()> {
    Err(Refusal::NotFound)
}

/// Gives the training a new code.
pub async fn renew_code(_service: &Service, _actor: &Actor, _training: TrainingId) -> Outcome<()> {
    Err(Refusal::NotFound)
}

/// Publishes a version of the form and gives its number. [`Refusal::Conflict`] when somebody published another one since `based_on`.
pub async fn publish_form(
    _service: &Service,
    _actor: &Actor,
    _training: TrainingId,
    _based_on: u32,
    _form: &RegistrationForm,
) -> Outcome<u32> {
    Err(Refusal::NotFound)
}

/// Registrations that wait for approval, the oldest first.
pub async fn pending(
    _service: &Service,
    _actor: &Actor,
    _training: TrainingId,
) -> Outcome<Vec<RegistrationRow>> {
    Err(Refusal::NotFound)
}

/// Approves registrations.
pub async fn approve(
    _service: &Service,
    _actor: &Actor,
    _training: TrainingId,
    _registrations: &[RegistrationId],
) -> Outcome<Approved> {
    Err(Refusal::NotFound)
}

/// Refuses registrations, and gives how many.
pub async fn refuse(
    _service: &Service,
    _actor: &Actor,
    _training: TrainingId,
    _registrations: &[RegistrationId],
) -> Outcome<u32> {
    Err(Refusal::NotFound)
}

/// A person in a training: what happened, and what they answered.
pub async fn story(
    _service: &Service,
    _actor: &Actor,
    _training: TrainingId,
    _user: UserId,
) -> Outcome<StoryView> {
    Err(Refusal::NotFound)
}
