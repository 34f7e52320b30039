//! The Invitations tab: the blocks, and the buttons that write to people.

use crate::trainings::administered;
use crate::{OrFailure, Outcome, Service};
use convoke_domain::invitation::{Event, Next, next};
use convoke_domain::person::{Route, full_name};
use convoke_domain::view::{
    BatchView, BlockQuery, BlocksView, InvitationRow, InvitationsView, Range, Window,
};
use convoke_domain::{
    Actor, ConfirmedBy, Fate, InvitationId, InvitationState, Language, Refusal, Report, Role,
    Timestamp, TrainingId,
};
use convoke_storage::Transaction;
use convoke_storage::invitations::{BlockPerson, Tab};
use convoke_storage::outbox::RunningBatch;
use convoke_storage::trainings::Training;
use convoke_texts::{dates, t};

/// Rows of every block in the first answer.
const FIRST_ROWS: Range = Range::new(0, 60);

pub(crate) fn tab(actor: &Actor, training_id: TrainingId) -> Tab<'_> {
    Tab {
        organisation_id: actor.organisation_id,
        training_id,
        scope: actor.user_scope(),
    }
}

/// Counts, splits and the first rows of every block; `find` narrows the rows, not the counts.
pub async fn blocks(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
    find: &str,
) -> Outcome<BlocksView> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let training = administered(service, actor, &mut tx, training_id).await?;
    let tab = tab(actor, training_id);
    let counts = tx
        .training_counts(&[training_id], tab.scope)
        .await
        .or_failure(service)?
        .pop()
        .map(|(_, counts)| counts)
        .unwrap_or_default();
    let in_progress = tx
        .training_messages_in_progress(training_id, actor.user_scope())
        .await
        .or_failure(service)?;
    let batches = batches(service, actor, &mut tx, &training).await?;
    let shown: u32 = batches.iter().map(|batch| batch.left).sum();
    let summary = InvitationsView {
        version: training.version,
        counts,
        to_send: tx
            .block_split(tab, InvitationState::ToSend)
            .await
            .or_failure(service)?,
        sent: tx
            .block_split(tab, InvitationState::Sent)
            .await
            .or_failure(service)?,
        in_progress: in_progress.saturating_sub(shown),
        moved: moved(service, &mut tx, tab, &training).await?,
        reminders: tx
            .planned_reminders(actor.organisation_id, training_id)
            .await
            .or_failure(service)?,
        batches,
        seats: training.seats.map(crate::small),
    };
    let asked = Asked {
        actor,
        training: &training,
        find,
    };
    Ok(BlocksView {
        to_send: asked
            .window(service, &mut tx, InvitationState::ToSend, FIRST_ROWS)
            .await?,
        sent: asked
            .window(service, &mut tx, InvitationState::Sent, FIRST_ROWS)
            .await?,
        confirmed: asked
            .window(service, &mut tx, InvitationState::Confirmed, FIRST_ROWS)
            .await?,
        declined: asked
            .window(service, &mut tx, InvitationState::Declined, FIRST_ROWS)
            .await?,
        waiting: asked
            .window(service, &mut tx, InvitationState::Waiting, FIRST_ROWS)
            .await?,
        summary,
    })
}

/// How many people know dates, times or a place that are not so any more.
async fn moved(
    service: &Service,
    tx: &mut Transaction,
    tab: Tab<'_>,
    training: &Training,
) -> Outcome<u32> {
    let Some(since) = training.moved_at else {
        return Ok(0);
    };
    let mut people = 0;
    for state in [
        InvitationState::Sent,
        InvitationState::Confirmed,
        InvitationState::Waiting,
    ] {
        let count = tx.informed_before(tab, state, since).await;
        people += count.or_failure(service)?;
    }
    Ok(people)
}

/// The batches that wait or are on their way. An authorised user sees their own: another one's may be about people outside their groups.
async fn batches(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    training: &Training,
) -> Outcome<Vec<BatchView>> {
    let by = match actor.role {
        Role::Administrator => None,
        _ => actor.user_id,
    };
    let running = tx
        .running_batches(actor.organisation_id, training.id, by)
        .await
        .or_failure(service)?;
    let now = service.clock.now();
    let view = |batch: RunningBatch| BatchView {
        id: batch.id,
        kind: batch.kind,
        messages: crate::small(batch.messages),
        left: crate::small(batch.remaining),
        waits: Some(batch.starts_at.since(now)).filter(|ms| *ms > 0),
        planned: (batch.planned == 1)
            .then(|| dates::date_time(actor.language, batch.starts_at, &training.time_zone)),
        by: full_name(
            batch.first_name.as_deref().unwrap_or_default(),
            batch.last_name.as_deref().unwrap_or_default(),
        ),
    };
    Ok(running.into_iter().map(view).collect())
}

/// More rows of a block.
pub async fn rows(
    service: &Service,
    actor: &Actor,
    query: &BlockQuery,
    range: Range,
) -> Outcome<Window<InvitationRow>> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let training = administered(service, actor, &mut tx, query.training_id).await?;
    let asked = Asked {
        actor,
        training: &training,
        find: &query.find,
    };
    asked.window(service, &mut tx, query.state, range).await
}

/// What a window of rows depends on.
struct Asked<'a> {
    actor: &'a Actor,
    training: &'a Training,
    find: &'a str,
}

impl Asked<'_> {
    async fn window(
        &self,
        service: &Service,
        tx: &mut Transaction,
        state: InvitationState,
        range: Range,
    ) -> Outcome<Window<InvitationRow>> {
        let range = range.bounded();
        let now = service.clock.now();
        let tab = tab(self.actor, self.training.id);
        let (people, total) = tx
            .block_rows(tab, state, self.find, range)
            .await
            .or_failure(service)?;
        let rows = people
            .into_iter()
            .map(|p| self.row(p, state, now))
            .collect();
        Ok(Window {
            offset: range.offset,
            rows,
            total,
        })
    }

    fn row(&self, person: BlockPerson, state: InvitationState, now: Timestamp) -> InvitationRow {
        let (language, zone) = (self.actor.language, &self.training.time_zone);
        let (detail, at) = match state {
            InvitationState::ToSend | InvitationState::Cancelled => {
                let detail = if person.groups.is_empty() {
                    person.user_type.clone()
                } else {
                    format!("{} · {}", person.user_type, person.groups)
                };
                (detail, None)
            }
            InvitationState::Sent => (sent(language, &person, now, zone), person.last_sent_at),
            InvitationState::Confirmed | InvitationState::Declined | InvitationState::Waiting => {
                let mut detail = answered(language, &person, now, zone);
                if person.opted_out {
                    detail = format!("{detail} · {}", t!(language, "row-opted-out"));
                }
                (detail, person.answered_at)
            }
        };
        InvitationRow {
            id: person.invitation_id,
            user_id: person.user_id,
            detail,
            when: moments(language, at, heard(&person, state), zone),
            route: Route::choose(
                person.channel,
                person.email.is_some(),
                person.mobile.is_some(),
            ),
            message: person.message(),
            problem: person.problem(),
            last_name: crate::called::last_name(language, &person.first_name, person.last_name),
            opted_out: person.opted_out,
            first_name: person.first_name,
            problem_detail: person.problem_detail,
        }
    }
}

/// "Sent 2 days ago · 1 reminder".
fn sent(language: Language, person: &BlockPerson, now: Timestamp, zone: &str) -> String {
    let when = person
        .last_sent_at
        .map(|at| dates::ago(language, Timestamp(at), now, zone))
        .unwrap_or_default();
    let mut parts = vec![t!(language, "row-sent", when = when)];
    if let reminders @ 1.. = person.sent_count - 1 {
        parts.push(t!(language, "row-reminders", count = reminders));
    }
    match person.message() {
        Some(Fate::Delivered) => parts.push(t!(language, "row-delivered")),
        Some(Fate::Delayed) => parts.push(t!(language, "row-delayed")),
        _ => {}
    }
    parts.join(" · ")
}

/// What was heard of the last message, and when, while an answer is waited for.
fn heard(person: &BlockPerson, state: InvitationState) -> Option<(Report, i64)> {
    let open = matches!(state, InvitationState::ToSend | InvitationState::Sent);
    person
        .message_report
        .zip(person.reported_at)
        .filter(|_| open)
}

/// "22 November 2026, 09:14 · bounced 22 November 2026, 09:15".
fn moments(
    language: Language,
    at: Option<i64>,
    heard: Option<(Report, i64)>,
    zone: &str,
) -> String {
    let moment = |at| dates::date_time(language, Timestamp(at), zone);
    let heard = heard.map(|(report, at)| {
        t!(
            language,
            "row-heard",
            report = report.as_str(),
            when = moment(at)
        )
    });
    let parts: Vec<String> = at.map(moment).into_iter().chain(heard).collect();
    parts.join(" · ")
}

/// "Confirmed yesterday", "Confirmed by Nadia Roux", "Registered with the code", "Declined 3 h ago".
fn answered(language: Language, person: &BlockPerson, now: Timestamp, zone: &str) -> String {
    let confirmer = full_name(
        person.confirmer_first_name.as_deref().unwrap_or_default(),
        person.confirmer_last_name.as_deref().unwrap_or_default(),
    );
    answered_by(
        language,
        person.confirmed_by(),
        person.answered_at.map(Timestamp),
        &confirmer,
        now,
        zone,
    )
}

/// The same, of how a confirmation came about (`None`: it is none), when, and who confirmed for the person.
pub(crate) fn answered_by(
    language: Language,
    by: Option<ConfirmedBy>,
    at: Option<Timestamp>,
    confirmer: &str,
    now: Timestamp,
    zone: &str,
) -> String {
    let when = at
        .map(|at| dates::ago(language, at, now, zone))
        .unwrap_or_default();
    match by {
        Some(ConfirmedBy::Link) => t!(language, "row-confirmed", when = when),
        Some(ConfirmedBy::Registration) => t!(language, "row-registered", when = when),
        Some(ConfirmedBy::Administrator) => t!(language, "row-confirmed-by", name = confirmer),
        None => t!(language, "row-declined", when = when),
    }
}

/// An administrator confirms for the person.
pub async fn confirm_for(service: &Service, actor: &Actor, id: InvitationId) -> Outcome<()> {
    if !actor.may_invite() {
        return Err(Refusal::NotAllowed);
    }
    let now = service.clock.now();
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let invitation = tx
        .invitation(actor.organisation_id, id, actor.user_scope())
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    let Some(Next::State(state)) = next(Some(invitation.state), Event::ConfirmedByAdministrator)
    else {
        return Err(Refusal::Conflict("conflict-state".to_owned()));
    };
    if state != invitation.state {
        let by = Some(ConfirmedBy::Administrator);
        if !tx
            .set_answer(&invitation, state, by, actor.user_id, now)
            .await
            .or_failure(service)?
        {
            return Err(Refusal::Conflict("conflict-state".to_owned()));
        }
        tx.raise_training_version(actor.organisation_id, invitation.training_id)
            .await
            .or_failure(service)?;
        let line = crate::history_line(
            service,
            actor,
            "invitation.confirmed_for",
            Some(invitation.training_id),
            Some(invitation.user_id),
            serde_json::json!({ "from": invitation.state.as_str() }),
        );
        tx.add_history(&line).await.or_failure(service)?;
    }
    tx.commit().await.or_failure(service)
}
