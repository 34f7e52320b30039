//! Who is there: what a trainer sees and marks.

use crate::{Outcome, Service};
use convoke_domain::view::{OnTheSpot, ParticipantsView};
use convoke_domain::{Actor, InvitationId, Refusal, TrainingId};

/// The participants of a training on a day (`2026-12-09`); without one, today or the day nearest to it.
pub async fn participants(
    _service: &Service,
    _actor: &Actor,
    _training: TrainingId,
    _day: Option<&str>,
) -> Outcome<ParticipantsView> {
    Err(Refusal::NotFound)
}

/// Marks somebody as there on a day, or takes the mark away.
pub async fn mark(
    _service: &Service,
    _actor: &Actor,
    _training: TrainingId,
    _invitation: InvitationId,
    _day: &str,
    _present: bool,
) -> Outcome<()> {
    Err(Refusal::NotFound)
}

/// Adds someone on the spot: confirmed, and there today.
pub async fn add_on_the_spot(
    _service: &Service,
    _actor: &Actor,
    _training: TrainingId,
    _person: &OnTheSpot,
) -> Outcome<()> {
    Err(Refusal::NotFound)
}
