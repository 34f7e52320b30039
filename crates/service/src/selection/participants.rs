//! *Validate* of the participants of a training.

use super::{Desk, Saved, VALIDATED};
use crate::trainings::administered;
use crate::{OrFailure, Outcome, Service};
use convoke_domain::invitation::{Event, Next, next};
use convoke_domain::person::Route;
use convoke_domain::selection::Filter;
use convoke_domain::view::{ValidateOutcome, ValidateRequest};
use convoke_domain::{
    Actor, Channel, InvitationId, InvitationState, MessageKind, Refusal, TrainingId, UserId,
};
use convoke_storage::Transaction;
use convoke_storage::outbox::NewBatch;
use convoke_storage::selection::{Additions, TakenOut};

/// Puts people on the list who are not on it, within what the actor may see. The training's version was raised before. How many.
pub(crate) async fn choose(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    training_id: TrainingId,
    people: &[UserId],
    version: i64,
) -> Outcome<u32> {
    let additions = Additions {
        organisation_id: actor.organisation_id,
        training_id,
        people,
        scope: actor.user_scope(),
        by: actor.user_id,
        version,
        at: service.clock.now(),
    };
    let added = tx.selection_add(additions).await.or_failure(service)?;
    Ok(u32::try_from(added).unwrap_or(u32::MAX))
}

/// Saves the participants of a training, as [`super::validate`] says.
pub(super) async fn validate(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
    request: &ValidateRequest,
) -> Outcome<ValidateOutcome> {
    let now = service.clock.now();
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let training = administered(service, actor, &mut tx, training_id).await?;
    // Raising the version first makes two administrators take turns on PostgreSQL too.
    let version = tx
        .raise_training_version(actor.organisation_id, training_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    let directory = crate::directory::of(service, &mut tx, actor.organisation_id)
        .await
        .or_failure(service)?;
    let saved = Saved::Raised(training_id, version);
    let asked = (&request.changes, &Filter::default());
    let desk = Desk::new(service, actor, (&mut tx, directory), saved, asked).await?;
    let not_added = desk
        .not_addable(service, actor, &mut tx, &request.changes)
        .await?;
    let removed = desk.directory.ids(desk.columns.removed().iter());
    let taken_out = tx
        .selection_taken_out(training_id, &removed)
        .await
        .or_failure(service)?;
    let chosen = desk.directory.ids(desk.columns.added().iter());
    let added = choose(service, actor, &mut tx, training_id, &chosen, version).await?;

    let (cancelled, gone): (Vec<_>, Vec<_>) = taken_out.iter().partition(|t| leaves_a_trace(t));
    let gone: Vec<InvitationId> = gone.iter().map(|t| t.invitation_id).collect();
    let cancelled_ids: Vec<InvitationId> = cancelled.iter().map(|t| t.invitation_id).collect();
    tx.take_out(&gone, &cancelled_ids, now)
        .await
        .or_failure(service)?;
    let moved_up = if cancelled.is_empty() {
        0
    } else {
        crate::seats::fill(service, &mut tx, &training).await?
    };
    let told = if request.tell_removed {
        to_tell(&cancelled)
    } else {
        Vec::new()
    };
    let batch = NewBatch {
        id: service.id(),
        organisation_id: actor.organisation_id,
        training_id,
        kind: MessageKind::Cancellation,
        queued_by: actor.user_id,
        at: now,
        starts_at: now,
        planned: false,
    };
    let queued = tx.enqueue(&batch, &told).await.or_failure(service)?;

    let since = request.changes.base_version;
    let (colleague_added, colleague_removed) = if actor.user_scope().is_none() {
        tx.colleagues_changes(training_id, VALIDATED, since, actor.user_id)
            .await
            .or_failure(service)?
    } else {
        // The history counts everybody. Whoever may see some hears of those; who was taken out is not known any more.
        (desk.columns.added_since(&desk.roster, since), 0)
    };
    let outcome = ValidateOutcome {
        added,
        removed: u32::try_from(taken_out.len()).unwrap_or(u32::MAX),
        colleague_added,
        colleague_removed,
        not_added,
        chosen: Vec::new(),
    };
    if outcome.added > 0 || outcome.removed > 0 {
        let details = serde_json::json!({
            "added": outcome.added,
            "removed": outcome.removed,
            "told": queued,
            "version": version,
            "removed_users": taken_out.iter().take(1_000).map(|t| t.user_id.to_string()).collect::<Vec<_>>(),
        });
        let line = crate::history_line(service, actor, VALIDATED, Some(training_id), None, details);
        tx.add_history(&line).await.or_failure(service)?;
    }
    tx.commit().await.or_failure(service)?;
    if queued > 0 || moved_up > 0 {
        service.outbox_bell.notify_one();
    }
    Ok(outcome)
}

/// Whether someone taken out stays as *cancelled*: the table says so, or a message went out (or may have) whose link has to answer.
fn leaves_a_trace(person: &TakenOut) -> bool {
    person.written_to == 1
        || next(Some(person.state), Event::TakenOut)
            == Some(Next::State(InvitationState::Cancelled))
}

/// Who is told, and by which channel: those who were written to and can be reached.
fn to_tell(cancelled: &[&TakenOut]) -> Vec<(InvitationId, Channel)> {
    cancelled
        .iter()
        .filter(|t| t.written_to == 1 || t.state == InvitationState::Confirmed)
        .filter_map(|t| {
            let route = Route::choose(t.channel, t.has_email == 1, t.has_mobile == 1);
            Some((t.invitation_id, route.channel()?))
        })
        .collect()
}
