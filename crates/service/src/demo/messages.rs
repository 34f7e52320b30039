//! What went out before the demonstration began: a message for every time that an invitation says it was sent.

use super::people::Person;
use super::trainings::Stage;
use convoke_delivery::link::{BLOTTED, answer_link};
use convoke_delivery::render::{Letter, render};
use convoke_delivery::stop;
use convoke_domain::message::Problem;
use convoke_domain::person::Route;
use convoke_domain::{
    BatchId, Channel, InvitationId, MessageKind, MessageState, Report, Timestamp, TrainingId,
};
use convoke_storage::outbox::{NewReport, PastMessage, PersonFacts, TrainingFacts};
use convoke_storage::{StorageError, Transaction};
use std::collections::BTreeMap;

/// The public address in the messages when this installation does not know its own.
const SOMEWHERE: &str = "https://convoke.example.org";

/// What an invitation says of its messages.
pub(super) struct Sent {
    pub invitation_id: InvitationId,
    /// The person of the directory who was written to.
    pub reader: usize,
    /// When messages went out, in order.
    pub at: Vec<Timestamp>,
    /// When one more was refused, and why.
    pub refused: Option<(Timestamp, Problem, String)>,
    /// What was heard of the last one, when, and the server's words.
    pub heard: Option<(Timestamp, Report, String)>,
}

/// Adds the messages of a training.
pub(super) async fn add(
    stage: &Stage<'_>,
    work: &mut Transaction,
    training_id: TrainingId,
    all: &[Sent],
) -> Result<(), StorageError> {
    let facts = work
        .training_facts(stage.organisation_id, training_id)
        .await?;
    let Some(training) = facts else {
        return Ok(());
    };
    // What went out at the same moment was one press of a button.
    let mut batches: BTreeMap<Timestamp, BatchId> = BTreeMap::new();
    let mut messages: Vec<PastMessage> = Vec::new();
    let mut reports = Vec::new();
    for sent in all {
        for (generation, at) in (1..).zip(&sent.at) {
            let batch = *batches.entry(*at).or_insert_with(|| stage.service.id());
            messages.extend(message(stage, &training, sent, batch, generation, *at));
        }
        let last = messages
            .last()
            .filter(|m| m.invitation_id == sent.invitation_id);
        if let (Some(last), Some((at, report, detail))) = (last, &sent.heard) {
            // Mail servers say only what did not arrive.
            if last.channel == Channel::Sms || *report == Report::Bounced {
                reports.push(NewReport {
                    message_id: last.id,
                    report: *report,
                    detail: detail.clone(),
                    at: *at,
                });
            }
        }
        if let Some((at, problem, words)) = &sent.refused {
            let batch = *batches.entry(*at).or_insert_with(|| stage.service.id());
            let rounds = u32::try_from(sent.at.len()).unwrap_or(u32::MAX);
            let refused = message(stage, &training, sent, batch, rounds, *at);
            messages.extend(refused.map(|message| PastMessage {
                kind: MessageKind::Resend,
                state: MessageState::Failed,
                problem: Some((*problem, words.clone())),
                ..message
            }));
        }
    }
    work.insert_past_messages(&messages).await?;
    for report in &reports {
        work.report(report).await?;
    }
    Ok(())
}

/// A message that went out; `None` for somebody whom none can reach.
fn message(
    stage: &Stage<'_>,
    training: &TrainingFacts,
    sent: &Sent,
    batch_id: BatchId,
    generation: u32,
    at: Timestamp,
) -> Option<PastMessage> {
    let person: &Person = &stage.people[sent.reader];
    let route = Route::choose(
        person.channel,
        person.email.is_some(),
        person.mobile.is_some(),
    );
    let channel = route.channel()?;
    let address = match channel {
        Channel::Email => person.email.clone(),
        Channel::Sms => person.mobile.clone(),
    };
    let kind = if generation == 1 {
        MessageKind::Invitation
    } else {
        MessageKind::Resend
    };
    let base_url = match stage.service.base_url.as_str() {
        "" => SOMEWHERE,
        known => known,
    };
    let rendered = render(
        &Letter {
            training,
            person: &PersonFacts {
                id: stage.ids[sent.reader],
                first_name: person.first_name.clone(),
                last_name: person.last_name.clone(),
            },
            kind,
            language: person.language,
            link: &answer_link(base_url, BLOTTED),
            stop: &stop::link(base_url, BLOTTED),
            code: "",
            text: None,
            waits: false,
            now: at,
            from: None,
        },
        channel,
    );
    Some(PastMessage {
        id: stage.service.id(),
        invitation_id: sent.invitation_id,
        batch_id,
        kind,
        channel,
        generation,
        state: MessageState::Sent,
        problem: None,
        address: address?,
        subject: rendered.subject,
        body: rendered.text,
        queued_by: Some(stage.administrator),
        at,
    })
}
