//! Who is there, for the trainer of a training.

use super::ApiError;
use convoke_domain::view::{AttendanceView, OnTheSpot, ParticipantsView};
use convoke_domain::{Attendance, HalfDay, InvitationId, TrainingId};
use leptos::prelude::*;
use server_fn::codec::Json;

/// The participants on a half-day; without one, that which is on or the one nearest to it.
#[server(name = ParticipantsCall, prefix = "/api", endpoint = "participants", input = Json, output = Json)]
pub async fn participants(
    training: TrainingId,
    half_day: Option<HalfDay>,
) -> Result<ParticipantsView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::presence::participants(&service, &actor, training, half_day.as_ref())
        .await
        .map_err(super::refused)
}

/// People × half-days.
#[server(name = AttendanceCall, prefix = "/api", endpoint = "attendance", input = Json, output = Json)]
pub async fn attendance(training: TrainingId) -> Result<AttendanceView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::attendance::grid(&service, &actor, training)
        .await
        .map_err(super::refused)
}

/// Says something of somebody on a half-day, or takes it back.
#[server(name = MarkPresenceCall, prefix = "/api", endpoint = "mark_presence", input = Json, output = Json)]
pub async fn mark_presence(
    training: TrainingId,
    invitation: InvitationId,
    half_day: HalfDay,
    attendance: Option<Attendance>,
) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::presence::mark(
        &service, &actor, training, invitation, &half_day, attendance,
    )
    .await
    .map_err(super::refused)
}

/// Says something of everybody of whom nothing is said on a half-day. How many that are.
#[server(name = MarkRestCall, prefix = "/api", endpoint = "mark_rest", input = Json, output = Json)]
pub async fn mark_rest(
    training: TrainingId,
    half_day: HalfDay,
    attendance: Attendance,
) -> Result<u32, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::attendance::mark_rest(&service, &actor, training, &half_day, attendance)
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
