//! Sending: the plan of *Send* and *Resend*, its messages, and what can be done while they wait or are on their way.

mod reached;

pub(crate) use reached::{Limits, route};

use crate::trainings::administered;
use crate::{OrFailure, Outcome, Service};
use convoke_domain::fold::{Query, search_text};
use convoke_domain::message_text::TextKey;
use convoke_domain::person::Route;
use convoke_domain::view::{
    BatchEnded, SendAction, SendOrder, SendOutcome, SendPlan, SendPreview, SendRequest, Split,
};
use convoke_domain::{Actor, BatchId, Channel, InvitationId, Refusal, Role, Timestamp, TrainingId};
use convoke_storage::Transaction;
use convoke_storage::outbox::{Batch, BatchKey, NewBatch};
use convoke_storage::trainings::Training;
use convoke_texts::dates;
use reached::{Named, Reached, block_of, reached};
use sha2::{Digest, Sha256};

/// Everyone a request reaches, and the plan that says so.
async fn plan(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    request: &SendRequest,
) -> Outcome<(SendPlan, Vec<(InvitationId, Channel)>)> {
    let (_, kind) = block_of(request.action);
    let Reached {
        training,
        settings,
        people,
        recent,
        held_back,
        opted_out,
    } = reached(service, actor, tx, request).await?;
    let mut split = Split {
        opted_out: opted_out.count,
        ..Split::default()
    };
    let mut messages = Vec::with_capacity(people.len());
    let mut fingerprint = Sha256::new();
    for person in &people {
        let route = route(person);
        match route.channel() {
            Some(channel) => {
                match channel {
                    Channel::Email => split.email += 1,
                    Channel::Sms => split.sms += 1,
                }
                split.fallback += u32::from(matches!(route, Route::Fallback(_)));
                messages.push((person.invitation_id, channel));
            }
            None => split.unreachable += 1,
        }
    }
    messages.sort_unstable();
    for (id, channel) in &messages {
        fingerprint.update(id.0.as_bytes());
        fingerprint.update(channel.as_str());
    }
    // What is sent says what was shown.
    let texts = tx
        .texts_of([(actor.organisation_id, request.training_id)])
        .await
        .or_failure(service)?;
    let attachments = tx.attachments_of(&[request.training_id]).await;
    let attachments = attachments.or_failure(service)?;
    for key in TextKey::all_of(kind) {
        for attachment in attachments.of(request.training_id, key) {
            fingerprint.update(attachment.document_id.0.as_bytes());
        }
        if let Some(text) = texts.of(actor.organisation_id, request.training_id, key) {
            fingerprint.update(text.subject.as_bytes());
            fingerprint.update([0]);
            fingerprint.update(text.body.as_bytes());
        }
        fingerprint.update([0]);
    }
    let preview = match people.iter().find_map(|p| Some((p, route(p).channel()?))) {
        Some((person, channel)) => {
            crate::preview::preview(
                service,
                actor,
                tx,
                request.training_id,
                person,
                kind,
                channel,
            )
            .await?
        }
        None => None,
    };
    let plan = SendPlan {
        request: request.clone(),
        split,
        unreachable: Named::of(people.iter().filter(|p| route(p) == Route::Unreachable)).names,
        opted_out_names: opted_out.names,
        recent: recent.count,
        recent_names: recent.names,
        held_back: held_back.count,
        held_back_names: held_back.names,
        delay: settings.send_delay,
        time_zone: training.time_zone.clone(),
        fallback_names: Named::of(
            people
                .iter()
                .filter(|p| matches!(route(p), Route::Fallback(_))),
        )
        .names,
        preview,
        fingerprint: fingerprint
            .finalize()
            .iter()
            .take(16)
            .fold(String::new(), |mut out, byte| {
                use std::fmt::Write;
                let _ = write!(out, "{byte:02x}");
                out
            }),
    };
    Ok((plan, messages))
}

/// What *Send* or *Resend* would do.
pub async fn send_plan(
    service: &Service,
    actor: &Actor,
    request: &SendRequest,
) -> Outcome<SendPlan> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    plan(service, actor, &mut tx, request)
        .await
        .map(|(plan, _)| plan)
}

/// The message to one of those whom a request reaches, in the order of the plan: the first from `at` on, of those whose name matches `find`.
/// `None` when there is nobody.
pub async fn send_preview(
    service: &Service,
    actor: &Actor,
    request: &SendRequest,
    at: u32,
    find: &str,
) -> Outcome<Option<SendPreview>> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let (_, kind) = block_of(request.action);
    let Reached { people, .. } = reached(service, actor, &mut tx, request).await?;
    let words = Query::parse(find);
    let mut written_to = people
        .into_iter()
        .filter_map(|person| Some((route(&person).channel()?, person)))
        .zip(0_u32..)
        .skip(usize::try_from(at).unwrap_or(usize::MAX));
    let wanted = written_to.find(|((_, person), _)| {
        words.is_empty()
            || words.matches(&search_text(
                &person.last_name,
                &person.first_name,
                None,
                None,
            ))
    });
    let Some(((channel, person), at)) = wanted else {
        return Ok(None);
    };
    let training = request.training_id;
    let preview =
        crate::preview::preview(service, actor, &mut tx, training, &person, kind, channel).await?;
    Ok(preview.map(|preview| SendPreview { at, preview }))
}

/// Queues the messages of a plan, if it is still true; otherwise nothing is queued and the plan as it is now comes back. They go out
/// after the moment in which they can be undone, or at the time that was chosen ([`Refusal::Invalid`] at `at`).
pub async fn send(service: &Service, actor: &Actor, order: &SendOrder) -> Outcome<SendOutcome> {
    let request = &order.request;
    let now = service.clock.now();
    let mut tx = service.storage.begin().await.or_failure(service)?;
    // First, so that two who press at once take turns: the second finds messages on their way, and sends to nobody.
    tx.raise_training_version(actor.organisation_id, request.training_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    let (plan, messages) = plan(service, actor, &mut tx, request).await?;
    let planned = match &order.at {
        None => None,
        Some(at) => {
            let training = administered(service, actor, &mut tx, request.training_id).await?;
            Some(chosen_time(at, &training, request.action, now)?)
        }
    };
    if plan.fingerprint != order.fingerprint {
        return Ok(SendOutcome::Changed(Box::new(plan)));
    }
    let (_, kind) = block_of(request.action);
    let batch = NewBatch {
        id: service.id(),
        organisation_id: actor.organisation_id,
        training_id: request.training_id,
        kind,
        queued_by: actor.user_id,
        at: now,
        starts_at: planned.unwrap_or(now.plus_seconds(i64::from(plan.delay))),
        planned: planned.is_some(),
    };
    let queued = tx.enqueue(&batch, &messages).await.or_failure(service)?;
    if request.action == SendAction::Announce {
        note_announced(service, actor, &mut tx, &batch).await?;
    }
    if queued > 0 {
        let event = match (request.action, planned) {
            (SendAction::Send, None) => "invitations.sent",
            (SendAction::Resend, None) => "invitations.resent",
            (SendAction::Announce, None) => "change.announced",
            (SendAction::Send, Some(_)) => "invitations.planned",
            (SendAction::Resend, Some(_)) => "invitations.resend_planned",
            (SendAction::Announce, Some(_)) => "change.announcement_planned",
        };

        let mut details = serde_json::json!({
            "batch": batch.id.to_string(),
            "email": plan.split.email,
            "sms": plan.split.sms,
        });
        if let Some(at) = &order.at {
            // As it was chosen, in the training's own time zone.
            details["at"] = at.replace('T', " ").into();
        }
        let line = crate::history_line(
            service,
            actor,
            event,
            Some(request.training_id),
            None,
            details,
        );
        tx.add_history(&line).await.or_failure(service)?;
    }
    tx.commit().await.or_failure(service)?;
    service.outbox_bell.notify_one();
    Ok(SendOutcome::Queued(
        u32::try_from(queued).unwrap_or(u32::MAX),
    ))
}

/// Everybody is told now; since when they were not is kept with the batch, in case it is undone.
async fn note_announced(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    batch: &NewBatch,
) -> Outcome<()> {
    let (organisation, training_id) = (actor.organisation_id, batch.training_id);
    let training = tx.training(organisation, training_id).await;
    let moved_at = training.or_failure(service)?.and_then(|t| t.moved_at);
    tx.set_batch_moved(batch.id, moved_at)
        .await
        .or_failure(service)?;
    tx.set_moved(organisation, training_id, None)
        .await
        .or_failure(service)
}

/// The chosen time: later than now, before the training is over, and, where an answer is asked for, before the deadline.
fn chosen_time(
    text: &str,
    training: &Training,
    action: SendAction,
    now: Timestamp,
) -> Outcome<Timestamp> {
    let refused = |key: &str| Err(Refusal::field("at", key));
    let Some(at) = dates::from_input(text, &training.time_zone) else {
        return refused("error-date");
    };
    if at <= now {
        return refused("send-at-past");
    }
    if at >= training.ends_at {
        return refused("send-at-after-end");
    }
    let deadline = training.answer_deadline.map(Timestamp);
    if action != SendAction::Announce && deadline.is_some_and(|deadline| at >= deadline) {
        return refused("send-at-after-deadline");
    }
    Ok(at)
}

/// *Undo* and *Stop*: takes back what of a batch has not gone out. Administrators every batch, authorised users their own.
pub async fn stop_batch(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
    id: BatchId,
) -> Outcome<BatchEnded> {
    let now = service.clock.now();
    let (mut tx, key, batch) = own_batch(service, actor, training_id, id).await?;
    let ended = tx.withdraw_batch(key, now).await.or_failure(service)?;
    if ended.withdrawn > 0 {
        if batch.moved_at.is_some() {
            // Somebody has not been told after all.
            tx.set_moved(actor.organisation_id, training_id, batch.moved_at)
                .await
                .or_failure(service)?;
        }
        let event = match ended.gone {
            0 => "invitations.undone",
            _ => "invitations.stopped",
        };
        let details = serde_json::json!({
            "batch": id.to_string(),
            "withdrawn": ended.withdrawn,
            "gone": ended.gone,
        });
        let line = crate::history_line(service, actor, event, Some(training_id), None, details);
        tx.add_history(&line).await.or_failure(service)?;
    }
    tx.commit().await.or_failure(service)?;
    Ok(ended)
}

/// *Send now*: a batch that waits begins. Administrators every batch, authorised users their own. Nothing happens to one that has begun.
pub async fn hurry_batch(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
    id: BatchId,
) -> Outcome<()> {
    let now = service.clock.now();
    let (mut tx, key, _) = own_batch(service, actor, training_id, id).await?;
    if tx.hurry_batch(key, now).await.or_failure(service)? {
        let details = serde_json::json!({ "batch": id.to_string() });
        let event = "invitations.hurried";
        let line = crate::history_line(service, actor, event, Some(training_id), None, details);
        tx.add_history(&line).await.or_failure(service)?;
    }
    tx.commit().await.or_failure(service)?;
    service.outbox_bell.notify_one();
    Ok(())
}

/// *They know*: nobody is told that the training has moved.
pub async fn let_move(service: &Service, actor: &Actor, training_id: TrainingId) -> Outcome<()> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    administered(service, actor, &mut tx, training_id).await?;
    tx.set_moved(actor.organisation_id, training_id, None)
        .await
        .or_failure(service)?;
    tx.raise_training_version(actor.organisation_id, training_id)
        .await
        .or_failure(service)?;
    let details = serde_json::json!({});
    let event = "change.not_announced";
    let line = crate::history_line(service, actor, event, Some(training_id), None, details);
    tx.add_history(&line).await.or_failure(service)?;
    tx.commit().await.or_failure(service)
}

/// A batch that this person may change, with the training locked for it.
async fn own_batch(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
    id: BatchId,
) -> Outcome<(Transaction, BatchKey, Batch)> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    administered(service, actor, &mut tx, training_id).await?;
    let key = BatchKey {
        organisation_id: actor.organisation_id,
        training_id,
        id,
    };
    let batch = tx
        .batch(key)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    if actor.role != Role::Administrator
        && (batch.queued_by.is_none() || batch.queued_by != actor.user_id)
    {
        return Err(Refusal::NotFound);
    }
    tx.raise_training_version(actor.organisation_id, training_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    Ok((tx, key, batch))
}
