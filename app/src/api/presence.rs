//! Who is there, for the trainer of a training.

use super::ApiError;
use convoke_domain::view::{OnTheSpot, ParticipantsView};
use convoke_domain::{InvitationId, TrainingId};
use leptos::prelude::*;
use server_fn::codec::Json;

/// The participants on a day (`2026-12-09`); without one, today or the day nearest to it.
#[server(name = ParticipantsCall, prefix = "/api", endpoint = "participants", input = Json, output = Json)]
pub async fn participants(
    training: TrainingId,
    day: Option<String>,
) -> Result<ParticipantsView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::presence::participants(&service, &actor, training, day.as_deref())
        .await
        .map_err(super::refused)
}

/// Marks somebody as there on a day, or takes the mark away.
#[server(name = MarkPresenceCall, prefix = "/api", endpoint = "mark_presence", input = Json, output = Json)]
pub async fn mark_presence(
    training: TrainingId,
    invitation: InvitationId,
    day: String,
    present: bool,
) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::presence::mark(&service, &actor, training, invitation, &day, present)
        .await
        .map_err(super::refused)
}

/// Adds someone on the spot: confirmed, and there today.
#[server(name = AddOnTheSpotCall, prefix = "/api", endpoint = "add_on_the_spot", input = Json, output = Json)]
pub async fn add_on_the_spot(training: TrainingId, person: OnTheSpot) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::presence::add_on_the_spot(&service, &actor, training, &person)
        .await
        .map_err(super::refused)
}
