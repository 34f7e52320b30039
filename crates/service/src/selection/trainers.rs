//! *Validate* of the trainers that a form holds: who they are now, by name. Nothing is saved.

use super::{Desk, Saved};
use crate::{OrFailure, Outcome, Service};
use convoke_domain::person::full_name;
use convoke_domain::selection::{Filter, PeopleList};
use convoke_domain::training::MAX_TRAINERS;
use convoke_domain::view::{Range, Side, ValidateOutcome, ValidateRequest};
use convoke_domain::{Actor, Refusal};

/// Gives the trainers back to the form.
///
/// [`Refusal::Conflict`] when they are more than a training may have.
pub(super) async fn validate(
    service: &Service,
    actor: &Actor,
    request: &ValidateRequest,
) -> Outcome<ValidateOutcome> {
    let (mut tx, directory) = crate::directory::read(service, actor.organisation_id)
        .await
        .or_failure(service)?;
    let saved = Saved::of(service, actor, &mut tx, PeopleList::Trainers).await?;
    let asked = (&request.changes, &Filter::default());
    let desk = Desk::new(service, actor, (&mut tx, directory), saved, asked).await?;
    let one_too_many = u32::try_from(MAX_TRAINERS).unwrap_or(u32::MAX) + 1;
    let chosen = desk.people(Side::Participants, Some(Range::new(0, one_too_many)));
    if chosen.len() > MAX_TRAINERS {
        return Err(Refusal::Conflict("conflict-too-many-trainers".to_owned()));
    }
    let not_added = desk
        .not_addable(service, actor, &mut tx, &request.changes)
        .await?;
    let users = tx.users_by_ids(actor.organisation_id, &chosen).await;
    let users = users.or_failure(service)?.into_iter();
    Ok(ValidateOutcome {
        chosen: users
            .map(|user| (user.id, full_name(&user.first_name, &user.last_name)))
            .collect(),
        not_added,
        ..ValidateOutcome::default()
    })
}
