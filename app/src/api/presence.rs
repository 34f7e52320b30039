//! Who is there, for the trainer of a training.

use super::ApiError;
#[cfg(feature = "ssr")]
use convoke_domain::Refusal;
use convoke_domain::attendance::Seen;
use convoke_domain::view::{AttendanceView, OnTheSpot, ParticipantsView};
use convoke_domain::{Attendance, HalfDay, InvitationId, TrainingId, UserId};
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

/// Says something of somebody on a half-day, or takes it back; `seen` says what they saw who said it, and how long ago. What waited on a device says
/// by whom it was made: it must not count as a word of somebody who has signed in there since.
#[server(name = MarkPresenceCall, prefix = "/api", endpoint = "mark_presence", input = Json, output = Json)]
pub async fn mark_presence(
    training: TrainingId,
    invitation: InvitationId,
    half_day: HalfDay,
    attendance: Option<Attendance>,
    seen: Option<Seen>,
    by: Option<UserId>,
) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    if by.is_some() && by != actor.user_id {
        return Err(super::refused(Refusal::NotSignedIn));
    }
    let cell = (invitation, &half_day);
    convoke_service::presence::mark(&service, &actor, training, cell, attendance, seen)
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
