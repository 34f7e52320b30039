//! The outbox, as an administrator or authorised user sees it; who has a scope sees only messages to users in it.

use crate::called::called;
use crate::people::edit::administrator;
use crate::{OrFailure, Outcome, Service, repair};
use convoke_delivery::bounces::MailboxState;
use convoke_domain::message::Problem;
use convoke_domain::view::{
    BouncesStatus, ChannelStatus, MessageFilter, MessageRow, MessageText, Range, Repair, Window,
};
use convoke_domain::{Actor, Channel, Fate, MessageId, MessageKind, Refusal};
use convoke_storage::Transaction;
use convoke_storage::outbox::{MessageLine, MessageQuery};
use convoke_texts::dates;
use std::collections::HashMap;

pub(crate) fn query<'a>(actor: &'a Actor, filter: &'a MessageFilter) -> Outcome<MessageQuery<'a>> {
    if !actor.may_invite() {
        return Err(Refusal::NotAllowed);
    }
    Ok(MessageQuery {
        organisation_id: actor.organisation_id,
        scope: actor.user_scope(),
        filter,
    })
}

fn fate(line: &MessageLine) -> Fate {
    Fate::of(line.state, line.report)
}

/// What can be done about a message that did not arrive.
fn repair_of(line: &MessageLine) -> Option<Repair> {
    let fate = fate(line);
    let forgotten = line.first_name.is_empty() && line.last_name.is_empty();
    if forgotten || !matches!(fate, Fate::Failed | Fate::Bounced | Fate::Uncertain) {
        return None;
    }
    if line.kind.invites() {
        return line.open.then_some(Repair::Invitation(line.invitation_id));
    }
    // A one-time code is of no use any more.
    (fate == Fate::Failed && line.kind != MessageKind::EntryCode).then_some(Repair::Again)
}

pub(crate) fn row(actor: &Actor, line: MessageLine) -> MessageRow {
    let fate = fate(&line);
    let repair = repair_of(&line);
    let (problem, problem_detail) = match fate {
        Fate::Bounced => (Some(Problem::Bounced), line.report_detail),
        Fate::Delayed => (None, line.report_detail),
        _ => (line.problem, line.problem_detail),
    };
    let last = line.reported_at.max(Some(line.updated_at));
    MessageRow {
        id: line.id,
        to: called(actor.language, &line.first_name, &line.last_name),
        training: line.training_id.zip(line.training),
        kind: line.kind,
        channel: line.channel,
        fate,
        when: dates::date_time(
            actor.language,
            last.unwrap_or(line.updated_at),
            &line.time_zone,
        ),
        attempts: u32::try_from(line.attempts).unwrap_or(0),
        problem,
        problem_detail,
        repair,
    }
}

/// Messages that match, newest first.
pub async fn list(
    service: &Service,
    actor: &Actor,
    filter: &MessageFilter,
    range: Range,
) -> Outcome<Window<MessageRow>> {
    let query = query(actor, filter)?;
    let range = range.bounded();
    let mut tx = service.storage.read().await.or_failure(service)?;
    let total = tx.message_count(&query).await.or_failure(service)?;
    let lines = tx.message_window(&query, range).await.or_failure(service)?;
    Ok(Window {
        offset: range.offset,
        rows: lines.into_iter().map(|line| row(actor, line)).collect(),
        total,
    })
}

/// Messages of the organisation by their ids.
pub(crate) async fn rows(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    ids: &[MessageId],
) -> Outcome<HashMap<MessageId, MessageRow>> {
    let lines = tx.messages_by_ids(actor.organisation_id, ids).await;
    let lines = lines.or_failure(service)?.into_iter();
    Ok(lines.map(|line| (line.id, row(actor, line))).collect())
}

/// The text of one message as it went out, with the secret of its link blotted out. Empty before the first attempt.
pub async fn text(service: &Service, actor: &Actor, id: MessageId) -> Outcome<MessageText> {
    let query = query(actor, MessageFilter::none())?;
    let mut tx = service.storage.read().await.or_failure(service)?;
    let stored = tx
        .message_text(&query, id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    Ok(MessageText {
        address: stored.address.unwrap_or_default(),
        subject: stored.subject.unwrap_or_default(),
        text: stored.body.unwrap_or_default(),
        removed: stored.text_removed.map(crate::small),
    })
}

/// Sends a message again that did not arrive: an invitation as a new message to the person, with the address that is known now; another one as it is.
///
/// [`Refusal::Conflict`] when it arrived, or another one was sent since.
pub async fn retry(service: &Service, actor: &Actor, id: MessageId) -> Outcome<()> {
    let query = query(actor, MessageFilter::none())?;
    let mut tx = service.storage.read().await.or_failure(service)?;
    let line = tx.message_line(&query, id).await.or_failure(service)?;
    let line = line.ok_or(Refusal::NotFound)?;
    drop(tx);
    match repair_of(&line) {
        Some(Repair::Invitation(invitation)) => {
            repair::send_again(service, actor, invitation).await?;
        }
        Some(Repair::Again) => {
            let now = service.clock.now();
            let mut tx = service.storage.begin().await.or_failure(service)?;
            let queued = tx.queue_again(actor.organisation_id, id, now).await;
            if !queued.or_failure(service)? {
                return Err(Refusal::Conflict("conflict-message-state".to_owned()));
            }
            let history = crate::history_line(
                service,
                actor,
                "invitations.message_again",
                line.training_id,
                Some(line.user_id),
                serde_json::json!({}),
            );
            tx.add_history(&history).await.or_failure(service)?;
            tx.commit().await.or_failure(service)?;
            service.outbox_bell.notify_one();
        }
        None => return Err(Refusal::Conflict("conflict-message-state".to_owned())),
    }
    Ok(())
}

/// Where messages go, and whether a channel is stopped. A channel that no worker has served yet is left out.
pub async fn channels(service: &Service, actor: &Actor) -> Outcome<Vec<ChannelStatus>> {
    query(actor, MessageFilter::none())?;
    let mut tx = service.storage.read().await.or_failure(service)?;
    let mut all = Vec::new();
    for channel in Channel::ALL {
        let Some(destination) = tx.destination(*channel).await.or_failure(service)? else {
            continue;
        };
        let stopped = tx.stopped_channel(*channel).await.or_failure(service)?;
        all.push(ChannelStatus {
            channel: *channel,
            destination: destination.address,
            is_file: destination.is_file,
            stopped: stopped.map(|stopped| stopped.reason),
        });
    }
    Ok(all)
}

/// The mailbox that mails come back to, if one is read. For administrators.
pub async fn bounces(service: &Service, actor: &Actor) -> Outcome<Option<BouncesStatus>> {
    administrator(actor)?;
    let mut tx = service.storage.read().await.or_failure(service)?;
    let Some(state) = MailboxState::load(&mut tx).await.or_failure(service)? else {
        return Ok(None);
    };
    let organisation = tx.organisation(actor.organisation_id).await;
    let organisation = organisation.or_failure(service)?.ok_or(Refusal::NotFound)?;
    let moment = |at| dates::date_time(actor.language, at, &organisation.time_zone);
    Ok(Some(BouncesStatus {
        mailbox: state.mailbox,
        read_at: state.read_at.map(moment).unwrap_or_default(),
        problem: state.problem,
    }))
}
