//! The Invitations tab: the blocks, and the buttons that write to people.

use crate::trainings::administered;
use crate::{OrFailure, Outcome, Service};
use convoke_domain::fold::{Query, search_text};
use convoke_domain::invitation::{Event, Next, next};
use convoke_domain::message_text::TextKey;
use convoke_domain::person::{Route, full_name};
use convoke_domain::view::{
    BlockQuery, BlocksView, InvitationRow, InvitationsView, Range, SendAction, SendOutcome,
    SendPlan, SendPreview, SendRequest, Split, Window,
};
use convoke_domain::{
    Actor, Channel, ConfirmedBy, InvitationId, InvitationState, Language, MessageKind, Refusal,
    Timestamp, TrainingId,
};
use convoke_storage::Transaction;
use convoke_storage::invitations::{BlockPerson, Recipient, Tab};
use convoke_storage::outbox::NewBatch;
use convoke_storage::trainings::Training;
use convoke_texts::{dates, t};
use sha2::{Digest, Sha256};

/// Rows of every block in the first answer.
const FIRST_ROWS: Range = Range::new(0, 60);
/// Who was written to less than this long ago is pointed out before *Resend* (specification, section 3).
const RECENT_MS: i64 = 24 * 60 * 60 * 1_000;
/// Who was written to this often is pointed out too.
const OFTEN: i64 = 5;

fn tab(actor: &Actor, training_id: TrainingId) -> Tab<'_> {
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
        in_progress: tx
            .training_messages_in_progress(training_id, actor.user_scope())
            .await
            .or_failure(service)?,
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
                (answered(language, &person, now, zone), person.answered_at)
            }
        };
        InvitationRow {
            id: person.invitation_id,
            user_id: person.user_id,
            detail,
            when: at
                .map(|at| dates::date_time(language, Timestamp(at), zone))
                .unwrap_or_default(),
            route: Route::choose(
                person.channel,
                person.email.is_some(),
                person.mobile.is_some(),
            ),
            message: person.message(),
            problem: person.problem(),
            first_name: person.first_name,
            last_name: person.last_name,
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
    let sent = t!(language, "row-sent", when = when);
    match person.sent_count - 1 {
        reminders @ 1.. => format!(
            "{sent} · {}",
            t!(language, "row-reminders", count = reminders)
        ),
        _ => sent,
    }
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

/// The block a button belongs to, and the event and kind of message it means.
const fn block_of(action: SendAction) -> (InvitationState, MessageKind) {
    match action {
        SendAction::Send => (InvitationState::ToSend, MessageKind::Invitation),
        SendAction::Resend => (InvitationState::Sent, MessageKind::Resend),
    }
}

fn route(person: &Recipient) -> Route {
    Route::choose(
        person.channel,
        person.has_email == 1,
        person.has_mobile == 1,
    )
}

fn is_recent(person: &Recipient, now: Timestamp) -> bool {
    person.sent_count >= OFTEN
        || person
            .last_sent_at
            .is_some_and(|at| now.since(Timestamp(at)) < RECENT_MS)
}

/// Everyone a request reaches, and the plan that says so.
async fn plan(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    request: &SendRequest,
) -> Outcome<(SendPlan, Vec<(InvitationId, Channel)>)> {
    administered(service, actor, tx, request.training_id).await?;
    let now = service.clock.now();
    let (state, kind) = block_of(request.action);
    let found = tx
        .recipients(
            tab(actor, request.training_id),
            state,
            request.only.as_deref(),
        )
        .await
        .or_failure(service)?;

    let resend = request.action == SendAction::Resend;
    let (recent, rest): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|p| resend && is_recent(p, now));
    let names = |people: &mut dyn Iterator<Item = &Recipient>| -> Vec<String> {
        people
            .take(SendPlan::NAMES)
            .map(|p| full_name(&p.first_name, &p.last_name))
            .collect()
    };
    let recent_count = u32::try_from(recent.len()).unwrap_or(u32::MAX);
    let recent_names = names(&mut recent.iter());
    let spared = if request.spare_recent {
        Vec::new()
    } else {
        recent
    };
    let people: Vec<Recipient> = rest.into_iter().chain(spared).collect();

    let mut split = Split::default();
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
    for key in TextKey::all_of(kind) {
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
        unreachable: names(&mut people.iter().filter(|p| route(p) == Route::Unreachable)),
        recent: recent_count,
        recent_names,
        fallback_names: names(
            &mut people
                .iter()
                .filter(|p| matches!(route(p), Route::Fallback(_))),
        ),
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
    administered(service, actor, &mut tx, request.training_id).await?;
    let now = service.clock.now();
    let (state, kind) = block_of(request.action);
    let tab = tab(actor, request.training_id);
    let found = tx
        .recipients(tab, state, request.only.as_deref())
        .await
        .or_failure(service)?;
    let resend = request.action == SendAction::Resend;
    let (recent, rest): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|p| resend && is_recent(p, now));
    let spared = if request.spare_recent {
        Vec::new()
    } else {
        recent
    };
    let words = Query::parse(find);
    let mut reached = rest
        .into_iter()
        .chain(spared)
        .filter_map(|person| Some((route(&person).channel()?, person)))
        .zip(0_u32..)
        .skip(usize::try_from(at).unwrap_or(usize::MAX));
    let wanted = reached.find(|((_, person), _)| {
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

/// Queues the messages of a plan, if it is still true; otherwise nothing is queued and the plan as it is now comes back.
pub async fn send(
    service: &Service,
    actor: &Actor,
    request: &SendRequest,
    fingerprint: &str,
) -> Outcome<SendOutcome> {
    let now = service.clock.now();
    let mut tx = service.storage.begin().await.or_failure(service)?;
    // First, so that two who press at once take turns: the second finds messages on their way, and sends to nobody.
    tx.raise_training_version(actor.organisation_id, request.training_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    let (plan, messages) = plan(service, actor, &mut tx, request).await?;
    if plan.fingerprint != fingerprint {
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
    };
    let queued = tx.enqueue(&batch, &messages).await.or_failure(service)?;
    if queued > 0 {
        let event = match request.action {
            SendAction::Send => "invitations.sent",
            SendAction::Resend => "invitations.resent",
        };
        let details = serde_json::json!({
            "batch": batch.id.to_string(),
            "email": plan.split.email,
            "sms": plan.split.sms,
        });
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
