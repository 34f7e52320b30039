//! Putting right what went wrong for one person of a training.

use super::ApiError;
use convoke_domain::InvitationId;
use convoke_domain::view::{ContactForm, ContactView, Repaired};
use leptos::prelude::*;
use server_fn::codec::Json;

/// How the person of an invitation is reached, and what went wrong.
#[server(name = ContactCall, prefix = "/api", endpoint = "contact", input = Json, output = Json)]
pub async fn contact(id: InvitationId) -> Result<ContactView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::repair::contact(&service, &actor, id)
        .await
        .map_err(super::refused)
}

/// Corrects how the person is reached, who is as they were at `version`, and with `send` writes to them again.
#[server(name = CorrectContactCall, prefix = "/api", endpoint = "correct_contact", input = Json, output = Json)]
pub async fn correct_contact(
    id: InvitationId,
    version: i64,
    form: ContactForm,
    send: bool,
) -> Result<Repaired, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::repair::correct(&service, &actor, id, version, &form, send)
        .await
        .map_err(super::refused)
}

/// Writes to the person of an invitation again.
#[server(name = SendAgainCall, prefix = "/api", endpoint = "send_again", input = Json, output = Json)]
pub async fn send_again(id: InvitationId) -> Result<Repaired, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::repair::send_again(&service, &actor, id)
        .await
        .map_err(super::refused)
}

/// The message of which a crash left it unknown arrived.
#[server(name = ItArrivedCall, prefix = "/api", endpoint = "it_arrived", input = Json, output = Json)]
pub async fn it_arrived(id: InvitationId) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::repair::it_arrived(&service, &actor, id)
        .await
        .map_err(super::refused)
}
