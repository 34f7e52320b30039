//! The outbox, as an administrator or authorised user sees it; who has a scope sees only messages to users in it.

use crate::{OrFailure, Outcome, Service};
use convoke_domain::person::full_name;
use convoke_domain::view::{ChannelStatus, MessageRow, MessageText, Range, Window};
use convoke_domain::{Actor, Channel, MessageId, MessageState, Refusal};
use convoke_storage::Transaction;
use convoke_storage::outbox::{MessageLine, MessageQuery};
use convoke_texts::dates;
use std::collections::HashMap;

fn query(actor: &Actor, state: Option<MessageState>) -> Outcome<MessageQuery<'_>> {
    if !actor.may_invite() {
        return Err(Refusal::NotAllowed);
    }
    Ok(MessageQuery {
        organisation_id: actor.organisation_id,
        scope: actor.user_scope(),
        state,
    })
}

fn row(actor: &Actor, line: MessageLine) -> MessageRow {
    MessageRow {
        id: line.id,
        to: full_name(&line.first_name, &line.last_name),
        training: line.training_id.zip(line.training),
        kind: line.kind,
        channel: line.channel,
        state: line.state,
        when: dates::date_time(actor.language, line.updated_at, &line.time_zone),
        attempts: u32::try_from(line.attempts).unwrap_or(0),
        problem: line.problem,
        problem_detail: line.problem_detail,
    }
}

/// Messages, newest first; of one state, or all.
pub async fn list(
    service: &Service,
    actor: &Actor,
    state: Option<MessageState>,
    range: Range,
) -> Outcome<Window<MessageRow>> {
    let query = query(actor, state)?;
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
    let query = query(actor, None)?;
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
    })
}

/// Where messages go, and whether a channel is stopped. A channel that no worker has served yet is left out.
pub async fn channels(service: &Service, actor: &Actor) -> Outcome<Vec<ChannelStatus>> {
    query(actor, None)?;
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
