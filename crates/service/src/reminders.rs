//! Reminders that go out by themselves.

use crate::sending::{Limits, route};
use crate::trainings::administered;
use crate::{OrFailure, Outcome, Service};
use convoke_domain::person::full_name;
use convoke_domain::reminder::{HOUR, MAX_DAYS, MAX_REMINDERS, ReminderAnchor, ReminderForm};
use convoke_domain::view::{ReminderView, RemindersView};
use convoke_domain::{
    Actor, GroupId, InvitationState, MessageKind, Refusal, ReminderId, Role, Timestamp, TrainingId,
};
use convoke_storage::Transaction;
use convoke_storage::history::NewHistory;
use convoke_storage::invitations::{Recipient, Tab};
use convoke_storage::outbox::NewBatch;
use convoke_storage::reminders::Reminder;
use convoke_storage::trainings::Training;
use convoke_texts::dates;

/// A reminder that could not go out for so long, because nothing ran, does not go out any more: its readers would take it for a mistake.
const TOO_LATE_MS: i64 = 24 * 60 * 60 * 1_000;

/// When a reminder is due; `None` when the training has no deadline to count from.
fn due(training: &Training, form: ReminderForm) -> Option<Timestamp> {
    let from = match form.anchor {
        ReminderAnchor::Deadline => Timestamp(training.answer_deadline?),
        ReminderAnchor::Start => training.starts_at,
    };
    Some(dates::days_before(
        from,
        &training.time_zone,
        form.days,
        HOUR,
    ))
}

const fn form(reminder: &Reminder) -> ReminderForm {
    ReminderForm {
        days: reminder.days,
        anchor: reminder.anchor,
    }
}

/// The reminders of a training.
pub async fn list(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
) -> Outcome<RemindersView> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let training = administered(service, actor, &mut tx, training_id).await?;
    let reminders = tx
        .reminders(actor.organisation_id, training_id)
        .await
        .or_failure(service)?;
    let mut rows: Vec<(Timestamp, ReminderView)> = reminders
        .into_iter()
        .map(|reminder| {
            let form = form(&reminder);
            let at = reminder.done_at.or_else(|| due(&training, form));
            let when = at.map(|at| dates::date_time(actor.language, at, &training.time_zone));
            let view = ReminderView {
                id: reminder.id,
                form,
                when: when.unwrap_or_default(),
                sent: reminder
                    .done_at
                    .map(|_| reminder.messages.unwrap_or_default()),
                by: full_name(
                    reminder.first_name.as_deref().unwrap_or_default(),
                    reminder.last_name.as_deref().unwrap_or_default(),
                ),
            };
            (at.unwrap_or(Timestamp(i64::MAX)), view)
        })
        .collect();
    rows.sort_by_key(|(at, _)| *at);
    Ok(RemindersView {
        reminders: rows.into_iter().map(|(_, view)| view).collect(),
        has_deadline: training.answer_deadline.is_some(),
    })
}

/// Plans a reminder. Refusals are at `days` and `anchor`.
pub async fn plan(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
    wanted: ReminderForm,
) -> Outcome<ReminderId> {
    let now = service.clock.now();
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let training = administered(service, actor, &mut tx, training_id).await?;
    tx.raise_training_version(actor.organisation_id, training_id)
        .await
        .or_failure(service)?;
    if wanted.days == 0 || wanted.days > MAX_DAYS {
        return Err(Refusal::field("days", "reminder-days-limit"));
    }
    let at =
        due(&training, wanted).ok_or_else(|| Refusal::field("anchor", "reminder-no-deadline"))?;
    if at <= now {
        return Err(Refusal::field("days", "reminder-past"));
    }
    let others = tx
        .reminders(actor.organisation_id, training_id)
        .await
        .or_failure(service)?;
    let mut waiting = others.iter().filter(|other| other.done_at.is_none());
    if waiting.clone().any(|other| form(other) == wanted) {
        return Err(Refusal::field("days", "reminder-twice"));
    }
    if waiting.by_ref().count() >= MAX_REMINDERS {
        return Err(Refusal::field("days", "reminder-too-many"));
    }
    let id: ReminderId = service.id();
    let of = (actor.organisation_id, training_id);
    tx.insert_reminder(of, id, wanted, actor.user_id, now)
        .await
        .or_failure(service)?;
    let details = details(wanted, None);
    let line = crate::history_line(
        service,
        actor,
        match wanted.anchor {
            ReminderAnchor::Deadline => "reminder.planned",
            ReminderAnchor::Start => "reminder.planned_for_start",
        },
        Some(training_id),
        None,
        details,
    );
    tx.add_history(&line).await.or_failure(service)?;
    tx.commit().await.or_failure(service)?;
    Ok(id)
}

fn details(form: ReminderForm, people: Option<u64>) -> serde_json::Value {
    let mut details = serde_json::json!({ "days": form.days });
    if let Some(people) = people {
        details["people"] = people.into();
    }
    details
}

/// Takes a planned reminder away. One that went out stays.
pub async fn remove(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
    id: ReminderId,
) -> Outcome<()> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    administered(service, actor, &mut tx, training_id).await?;
    tx.raise_training_version(actor.organisation_id, training_id)
        .await
        .or_failure(service)?;
    let of = (actor.organisation_id, training_id);
    if !tx.delete_reminder(of, id).await.or_failure(service)? {
        return Err(Refusal::NotFound);
    }
    let details = serde_json::json!({});
    let line = crate::history_line(
        service,
        actor,
        "reminder.removed",
        Some(training_id),
        None,
        details,
    );
    tx.add_history(&line).await.or_failure(service)?;
    tx.commit().await.or_failure(service)
}

/// Sends the reminders that are due, of all organisations, each once, whoever else does the same; gives how many messages were queued.
/// Called again and again by the program.
pub async fn send_due(service: &Service) -> Outcome<u64> {
    let waiting = {
        let mut tx = service.storage.read().await.or_failure(service)?;
        tx.waiting_reminders().await.or_failure(service)?
    };
    let mut queued = 0;
    for reminder in waiting {
        queued += send_if_due(service, &reminder).await?;
    }
    if queued > 0 {
        service.outbox_bell.notify_one();
    }
    Ok(queued)
}

async fn send_if_due(service: &Service, reminder: &Reminder) -> Outcome<u64> {
    let now = service.clock.now();
    let organisation = reminder.organisation_id;
    let training = {
        let mut tx = service.storage.read().await.or_failure(service)?;
        let training = tx.training(organisation, reminder.training_id).await;
        training.or_failure(service)?
    };
    let Some(training) = training else {
        return Ok(0);
    };
    let wanted = form(reminder);
    let Some(at) = due(&training, wanted).filter(|at| *at <= now) else {
        return Ok(0);
    };
    let mut tx = service.storage.begin().await.or_failure(service)?;
    // The training first, as everybody who queues messages does.
    tx.raise_training_version(organisation, training.id)
        .await
        .or_failure(service)?;
    let in_time = now.since(at) < TOO_LATE_MS && now < training.ends_at;
    let queued = if in_time {
        queue(service, &mut tx, reminder, &training, now).await?
    } else {
        0
    };
    if !tx
        .finish_reminder(organisation, reminder.id, queued, now)
        .await
        .or_failure(service)?
    {
        // Another process was quicker: what was queued here is undone with the transaction.
        return Ok(0);
    }
    let line = NewHistory {
        id: service.id(),
        organisation_id: organisation,
        at: now,
        actor_id: None,
        actor_name: String::new(),
        event: match wanted.anchor {
            _ if !in_time => "reminder.missed",
            ReminderAnchor::Deadline => "reminder.sent",
            ReminderAnchor::Start => "reminder.sent_for_start",
        },
        training_id: Some(training.id),
        user_id: None,
        details: details(wanted, Some(queued)),
    };
    tx.add_history(&line).await.or_failure(service)?;
    tx.commit().await.or_failure(service)?;
    Ok(queued)
}

/// Queues the messages of a reminder: to whoever has not answered, and before the start to whoever comes.
async fn queue(
    service: &Service,
    tx: &mut Transaction,
    reminder: &Reminder,
    training: &Training,
    now: Timestamp,
) -> Outcome<u64> {
    let organisation = reminder.organisation_id;
    let settings = tx
        .organisation_settings(organisation)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    let limits = Limits::of(&settings, now);
    let scope = scope(service, tx, reminder).await?;
    let tab = Tab {
        organisation_id: organisation,
        training_id: training.id,
        scope: scope.as_deref(),
    };
    let still_answers = training.answer_deadline.is_none_or(|at| now.0 < at);
    let mut kinds = Vec::new();
    if still_answers {
        kinds.push((InvitationState::Sent, MessageKind::Reminder));
    }
    if reminder.anchor == ReminderAnchor::Start {
        kinds.push((InvitationState::Confirmed, MessageKind::ReminderStart));
    }
    let mut queued = 0;
    for (state, kind) in kinds {
        let people = tx.recipients(tab, state, None).await.or_failure(service)?;
        let wanted = |person: &&Recipient| !(kind.invites() && limits.hold_back(person));
        let messages: Vec<_> = people
            .iter()
            .filter(wanted)
            .filter_map(|person| Some((person.invitation_id, route(person).channel()?)))
            .collect();
        let batch = NewBatch {
            id: service.id(),
            organisation_id: organisation,
            training_id: training.id,
            kind,
            queued_by: reminder.created_by,
            at: now,
            starts_at: now,
            planned: false,
        };
        queued += tx.enqueue(&batch, &messages).await.or_failure(service)?;
    }
    Ok(queued)
}

/// Whom a reminder reaches: the people of the groups of whoever planned it, as they are now; everybody when that is an administrator, nobody
/// when they have no right any more.
async fn scope(
    service: &Service,
    tx: &mut Transaction,
    reminder: &Reminder,
) -> Outcome<Option<Vec<GroupId>>> {
    let Some(planner) = reminder.created_by else {
        return Ok(None);
    };
    let organisation = reminder.organisation_id;
    let user = tx.user(organisation, planner).await.or_failure(service)?;
    match user.map(|user| user.role) {
        Some(Role::Administrator) => Ok(None),
        Some(Role::Authorised) => {
            let groups = tx.scope(organisation, planner).await;
            Ok(Some(groups.or_failure(service)?))
        }
        _ => Ok(Some(Vec::new())),
    }
}
