//! Self-registration, as administrators see it: the code, the settings, the form, approvals, and a person's story.

use super::ApiError;
use convoke_domain::registration::{RegistrationForm, RegistrationSettings};
use convoke_domain::view::{Approved, DevicesView, RegistrationRow, RegistrationView, StoryView};
use convoke_domain::{RegistrationId, TrainingId, UserId};
use leptos::prelude::*;
use server_fn::codec::Json;

/// The *Self-registration* tab.
#[server(name = RegistrationCall, prefix = "/api", endpoint = "registration", input = Json, output = Json)]
pub async fn registration(training: TrainingId) -> Result<RegistrationView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::registration::view(&service, &actor, training)
        .await
        .map_err(super::refused)
}

/// Saves the settings; the first time self-registration is offered makes the code.
#[server(name = SaveRegistrationCall, prefix = "/api", endpoint = "save_registration", input = Json, output = Json)]
pub async fn save_registration(
    training: TrainingId,
    settings: RegistrationSettings,
) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::registration::save_settings(&service, &actor, training, &settings)
        .await
        .map_err(super::refused)
}

/// Gives the training a new code; the old one opens nothing from then on.
#[server(name = RenewCodeCall, prefix = "/api", endpoint = "renew_code", input = Json, output = Json)]
pub async fn renew_code(training: TrainingId) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::registration::renew_code(&service, &actor, training)
        .await
        .map_err(super::refused)
}

/// Publishes a version of the form and gives its number; `based_on` is the version that was edited.
#[server(name = PublishFormCall, prefix = "/api", endpoint = "publish_form", input = Json, output = Json)]
pub async fn publish_form(
    training: TrainingId,
    based_on: u32,
    form: RegistrationForm,
) -> Result<u32, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::registration::publish_form(&service, &actor, training, based_on, &form)
        .await
        .map_err(super::refused)
}

/// Registrations that wait for approval, the oldest first.
#[server(name = PendingCall, prefix = "/api", endpoint = "pending_registrations", input = Json, output = Json)]
pub async fn pending_registrations(training: TrainingId) -> Result<Vec<RegistrationRow>, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::registration::pending(&service, &actor, training)
        .await
        .map_err(super::refused)
}

/// How many registrations wait for approval, for each training that has any.
#[server(name = AwaitingCall, prefix = "/api", endpoint = "awaiting_registrations", input = Json, output = Json)]
pub async fn awaiting_registrations() -> Result<Vec<(TrainingId, u32)>, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::registration::awaiting(&service, &actor)
        .await
        .map_err(super::refused)
}

/// Approves registrations.
#[server(name = ApproveCall, prefix = "/api", endpoint = "approve_registrations", input = Json, output = Json)]
pub async fn approve_registrations(
    training: TrainingId,
    registrations: Vec<RegistrationId>,
) -> Result<Approved, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::registration::approve(&service, &actor, training, &registrations)
        .await
        .map_err(super::refused)
}

/// Refuses registrations, and gives how many.
#[server(name = RefuseCall, prefix = "/api", endpoint = "refuse_registrations", input = Json, output = Json)]
pub async fn refuse_registrations(
    training: TrainingId,
    registrations: Vec<RegistrationId>,
) -> Result<u32, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::registration::refuse(&service, &actor, training, &registrations)
        .await
        .map_err(super::refused)
}

/// The devices that have opened a training's list.
#[server(name = DevicesCall, prefix = "/api", endpoint = "devices", input = Json, output = Json)]
pub async fn devices(training: TrainingId) -> Result<DevicesView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::registration::devices(&service, &actor, training)
        .await
        .map_err(super::refused)
}

/// Unlocks a device that is locked to a training.
#[server(name = ReleaseDeviceCall, prefix = "/api", endpoint = "release_device", input = Json, output = Json)]
pub async fn release_device(training: TrainingId, device: String) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::registration::release(&service, &actor, training, &device)
        .await
        .map_err(super::refused)
}

/// A person in a training: what happened, and what they answered.
#[server(name = StoryCall, prefix = "/api", endpoint = "story", input = Json, output = Json)]
pub async fn story(training: TrainingId, user: UserId) -> Result<StoryView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::registration::story(&service, &actor, training, user)
        .await
        .map_err(super::refused)
}
