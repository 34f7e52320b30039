//! Seats: who moves up when one is freed, and how they are told.

use crate::{OrFailure, Outcome, Service};
use convoke_domain::invitation::{Event, Next, next};
use convoke_domain::person::Route;
use convoke_domain::{
    ConfirmedBy, InvitationId, InvitationState, MessageId, MessageKind, OrganisationId,
};
use convoke_storage::Transaction;
use convoke_storage::history::NewHistory;
use convoke_storage::invitations::Invitation;
use convoke_storage::outbox::Notice;
use convoke_storage::trainings::Training;

/// The most people who move up in one go; the next change moves the rest.
const MOST: u32 = 1_000;

/// How many seats are left; `None` when they are not limited.
pub(crate) async fn left(
    service: &Service,
    tx: &mut Transaction,
    training: &Training,
) -> Outcome<Option<u32>> {
    let Some(seats) = training.seats else {
        return Ok(None);
    };
    let taken = tx.count_confirmed(training.id).await.or_failure(service)?;
    Ok(Some(crate::small(seats).saturating_sub(taken)))
}

/// Whether all seats are taken.
pub(crate) async fn are_taken(
    service: &Service,
    tx: &mut Transaction,
    training: &Training,
) -> Outcome<bool> {
    Ok(left(service, tx, training).await? == Some(0))
}

/// Gives free seats to those who wait, in the order in which they registered, and tells them. The caller has raised the training's version in
/// this transaction, so that nobody else counts seats at the same time; it rings the outbox's bell after the commit.
/// Gives how many moved up.
pub(crate) async fn fill(
    service: &Service,
    tx: &mut Transaction,
    training: &Training,
) -> Outcome<u32> {
    let now = service.clock.now();
    if now >= training.ends_at {
        return Ok(0);
    }
    let free = left(service, tx, training).await?.unwrap_or(MOST).min(MOST);
    if free == 0 {
        return Ok(0);
    }
    let mut moved = 0;
    for person in tx
        .first_waiting(training.id, free)
        .await
        .or_failure(service)?
    {
        let Some(Next::State(state)) = next(Some(InvitationState::Waiting), Event::SeatFreed)
        else {
            continue;
        };
        let invitation = Invitation {
            id: person.invitation_id,
            organisation_id: training.organisation_id,
            training_id: training.id,
            user_id: person.user_id,
            state: InvitationState::Waiting,
        };
        let by = Some(ConfirmedBy::Registration);
        tx.set_answer(&invitation, state, by, None, now)
            .await
            .or_failure(service)?;
        let route = Route::choose(
            person.channel,
            person.has_email == 1,
            person.has_mobile == 1,
        );
        notify(
            service,
            tx,
            training.organisation_id,
            person.invitation_id,
            MessageKind::PlaceFreed,
            route,
        )
        .await?;
        tx.add_history(&NewHistory {
            id: service.id(),
            organisation_id: training.organisation_id,
            at: now,
            actor_id: None,
            actor_name: "Convoke".to_owned(),
            event: "registration.moved_up",
            training_id: Some(training.id),
            user_id: Some(person.user_id),
            details: serde_json::json!({}),
        })
        .await
        .or_failure(service)?;
        moved += 1;
    }
    Ok(moved)
}

/// Queues a notice to one person, and gives its id; whoever cannot be reached gets none.
pub(crate) async fn notify(
    service: &Service,
    tx: &mut Transaction,
    organisation_id: OrganisationId,
    invitation_id: InvitationId,
    kind: MessageKind,
    route: Route,
) -> Outcome<Option<MessageId>> {
    let Some(channel) = route.channel() else {
        return Ok(None);
    };
    let id = service.id();
    tx.enqueue_notice(&Notice {
        id,
        organisation_id,
        invitation_id,
        kind,
        channel,
        at: service.clock.now(),
    })
    .await
    .or_failure(service)?;
    Ok(Some(id))
}
