//! Answering an invitation by its link. There is no actor: who holds the link has the right to answer, and no other.

use crate::{OrFailure, Outcome, Service, history_line, seats, tokens};
use convoke_delivery::calendar::{self, CalendarEvent};
use convoke_domain::invitation::{Event, Next, next};
use convoke_domain::person::full_name;
use convoke_domain::retention;
use convoke_domain::view::{Answer, AnswerView, ClosedLink, Offer};
use convoke_domain::{Actor, ConfirmedBy, InvitationState, Refusal, Timestamp};
use convoke_storage::directory::{Organisation, User};
use convoke_storage::invitations::Invitation;
use convoke_storage::trainings::Training;
use convoke_storage::{StorageError, Transaction};
use convoke_texts::{dates, t};

pub mod fresh;

/// Why no answer can be given: keys of sentences.
const CANCELLED: &str = "gone-cancelled";
const TOO_LATE: &str = "gone-too-late";
const PAST: &str = "gone-past";
const FORGOTTEN: &str = "gone-forgotten";

/// Everything that the page behind a link tells of.
struct Linked {
    invitation: Invitation,
    training: Training,
    person: User,
    organisation: Organisation,
    trainers: Vec<String>,
    /// Whether the person wants no messages.
    opted_out: bool,
}

/// What a secret leads to.
enum Found {
    /// No link has this secret.
    Unknown,
    /// The link was sent, but its invitation was taken away without a trace.
    Gone,
    /// Its person is forgotten.
    Forgotten(Box<Linked>),
    /// It is past its time: whoever has it now may not be who it was sent to.
    Past(Box<Linked>),
    /// The invitation.
    Here(Box<Linked>),
}

/// What the page behind a link shows. Changes nothing.
///
/// When no answer can be given any more, [`AnswerView::gone`] says why. [`Refusal::NotFound`] when no link has this secret; [`Refusal::Gone`] when it is
/// [closed].
pub async fn open(service: &Service, secret: &str) -> Outcome<AnswerView> {
    let mut transaction = service.storage.read().await.or_failure(service)?;
    let linked = here(
        find(service, &mut transaction, secret)
            .await
            .or_failure(service)?,
    )?;
    let offer = offer(service, &mut transaction, &linked).await?;
    Ok(view(&linked, offer, service.clock.now()))
}

/// What a link says whose page does not show the invitation: it is past its time, or the person is forgotten. `None` for every other.
///
/// [`Refusal::NotFound`] when no link has this secret.
pub async fn closed(service: &Service, secret: &str) -> Outcome<Option<ClosedLink>> {
    let mut transaction = service.storage.read().await.or_failure(service)?;
    let found = find(service, &mut transaction, secret)
        .await
        .or_failure(service)?;
    let (linked, forgotten) = match found {
        Found::Forgotten(linked) => (linked, true),
        Found::Past(linked) => (linked, false),
        Found::Unknown => return Err(Refusal::NotFound),
        Found::Gone | Found::Here(_) => return Ok(None),
    };
    Ok(Some(ClosedLink {
        language: linked.person.language,
        organisation: linked.organisation.name,
        forgotten,
    }))
}

/// Whether a link is past its time.
pub(crate) async fn is_past(
    service: &Service,
    transaction: &mut Transaction,
    secret: &str,
) -> Result<bool, StorageError> {
    let life = transaction.link_life(&tokens::hash(secret)).await?;
    let now = service.clock.now();
    Ok(life.is_some_and(|(sent, days)| retention::is_past(sent, days, now)))
}

/// Gives an answer, or changes it, until the deadline (the start, when there is none).
///
/// Whoever was invited has a place whenever they want it. Whoever registered by themselves, gave their place back and wants it again gets what
/// anybody gets who registers now.
///
/// [`Refusal::Gone`] when it is too late or the invitation was cancelled, [`Refusal::Conflict`] (`conflict-full`) when there is neither a seat nor a
/// waiting list; then nothing has changed.
pub async fn answer(service: &Service, secret: &str, answer: Answer) -> Outcome<AnswerView> {
    let now = service.clock.now();
    let mut transaction = service.storage.begin().await.or_failure(service)?;
    let mut linked = here(
        find(service, &mut transaction, secret)
            .await
            .or_failure(service)?,
    )?;
    // Raising the version makes those who change this training's list take turns; then the state is looked at again.
    transaction
        .raise_training_version(linked.training.organisation_id, linked.training.id)
        .await
        .or_failure(service)?;
    linked.invitation = transaction
        .invitation_by_link(&tokens::hash(secret))
        .await
        .or_failure(service)?
        .flatten()
        .ok_or_else(|| Refusal::Gone(CANCELLED.to_owned()))?;
    if let Some(reason) = gone(&linked, now) {
        return Err(Refusal::Gone(reason.to_owned()));
    }
    let offer = offer(service, &mut transaction, &linked).await?;
    let (event, name, by) = match (answer, offer) {
        (Answer::Decline, _) => (Event::Declines, "invitation.declined", None),
        (Answer::Attend, Offer::Place) => (
            Event::Confirms,
            "invitation.confirmed",
            Some(ConfirmedBy::Link),
        ),
        (Answer::Attend, Offer::WaitingList) => (
            Event::Registers { full: true },
            "registration.waits_again",
            Some(ConfirmedBy::Registration),
        ),
        (Answer::Attend, Offer::Nothing) => {
            return Err(Refusal::Conflict("conflict-full".to_owned()));
        }
    };
    let before = linked.invitation.state;
    let Some(Next::State(after)) = next(Some(before), event) else {
        return Err(Refusal::Conflict("conflict-state".to_owned()));
    };
    if after == before {
        // Pressed twice: the answer stands, and so does its time.
        return Ok(view(&linked, offer, now));
    }
    let written = transaction
        .set_answer(&linked.invitation, after, by, None, now)
        .await
        .or_failure(service)?;
    if !written {
        return Err(Refusal::Conflict("conflict-state".to_owned()));
    }
    if before == InvitationState::Confirmed {
        seats::fill(service, &mut transaction, &linked.training).await?;
    }
    if after == InvitationState::Waiting {
        transaction
            .stand_last(linked.training.id, linked.person.id)
            .await
            .or_failure(service)?;
    }
    let line = history_line(
        service,
        &actor_of(&linked.person),
        name,
        Some(linked.training.id),
        Some(linked.person.id),
        serde_json::json!({ "from": before.as_str() }),
    );
    transaction.add_history(&line).await.or_failure(service)?;
    linked.invitation.state = after;
    let offer = self::offer(service, &mut transaction, &linked).await?;
    transaction.commit().await.or_failure(service)?;
    // Whoever moved up is written to.
    service.outbox_bell.notify_one();
    Ok(view(&linked, offer, now))
}

/// What *I will attend* would give now.
async fn offer(service: &Service, tx: &mut Transaction, linked: &Linked) -> Outcome<Offer> {
    let Linked {
        invitation,
        training,
        ..
    } = linked;
    if invitation.state != InvitationState::Declined
        || !tx.is_uninvited(invitation.id).await.or_failure(service)?
        || !seats::are_taken(service, tx, training).await?
    {
        return Ok(Offer::Place);
    }
    let settings = tx
        .self_registration(training.organisation_id, training.id)
        .await
        .or_failure(service)?;
    Ok(match settings {
        Some(settings) if settings.waiting_list == 1 => Offer::WaitingList,
        _ => Offer::Nothing,
    })
}

/// The `.ics` file of the invitation. Its UID stays the same; an invitation that was cancelled takes its entry out again.
pub async fn calendar(service: &Service, secret: &str) -> Outcome<String> {
    let mut transaction = service.storage.read().await.or_failure(service)?;
    let linked = here(
        find(service, &mut transaction, secret)
            .await
            .or_failure(service)?,
    )?;
    let training = &linked.training;
    let cancelled = linked.invitation.state == InvitationState::Cancelled;
    let description = if cancelled {
        String::new()
    } else {
        let link = format!("{}/i/{secret}", service.base_url);
        let answer = t!(linked.person.language, "calendar-answer", link = link);
        format!("{}\n\n{answer}", training.description.trim())
            .trim()
            .to_owned()
    };
    Ok(calendar::event(&CalendarEvent {
        uid: calendar::uid(training.id, linked.person.id),
        sequence: training.calendar_sequence + i64::from(cancelled),
        made_at: service.clock.now(),
        starts_at: training.starts_at,
        ends_at: training.ends_at,
        summary: training.title.clone(),
        location: training.place.clone(),
        description,
        organiser: None,
        cancelled,
    }))
}

/// The history names the person who answered.
fn actor_of(person: &User) -> Actor {
    Actor {
        origin: String::new(),
        organisation_id: person.organisation_id,
        user_id: Some(person.id),
        name: full_name(&person.first_name, &person.last_name),
        role: person.role,
        scope: Vec::new(),
        language: person.language,
    }
}

async fn find(
    service: &Service,
    transaction: &mut Transaction,
    secret: &str,
) -> Result<Found, StorageError> {
    let Some(invitation) = transaction
        .invitation_by_link(&tokens::hash(secret))
        .await?
    else {
        return Ok(Found::Unknown);
    };
    let Some(invitation) = invitation else {
        return Ok(Found::Gone);
    };
    let organisation_id = invitation.organisation_id;
    let training = transaction
        .training(organisation_id, invitation.training_id)
        .await?;
    let person = transaction
        .user(organisation_id, invitation.user_id)
        .await?;
    let organisation = transaction.organisation(organisation_id).await?;
    let (Some(training), Some(person), Some(organisation)) = (training, person, organisation)
    else {
        return Ok(Found::Gone);
    };
    let trainers = transaction
        .trainers(&[training.id])
        .await?
        .iter()
        .map(|t| full_name(&t.first_name, &t.last_name))
        .collect();
    let opt_outs = transaction.opt_outs(organisation_id, &[person.id]).await?;
    let linked = Box::new(Linked {
        opted_out: opt_outs.contains_key(&person.id),
        invitation,
        training,
        person,
        organisation,
        trainers,
    });
    Ok(if linked.person.is_forgotten() {
        Found::Forgotten(linked)
    } else if is_past(service, transaction, secret).await? {
        Found::Past(linked)
    } else {
        Found::Here(linked)
    })
}

fn here(found: Found) -> Outcome<Box<Linked>> {
    match found {
        Found::Unknown => Err(Refusal::NotFound),
        Found::Gone => Err(Refusal::Gone(CANCELLED.to_owned())),
        Found::Forgotten(_) => Err(Refusal::Gone(FORGOTTEN.to_owned())),
        Found::Past(_) => Err(Refusal::Gone(PAST.to_owned())),
        Found::Here(linked) => Ok(linked),
    }
}

/// Why no answer can be given any more.
fn gone(linked: &Linked, now: Timestamp) -> Option<&'static str> {
    if linked.invitation.state == InvitationState::Cancelled {
        Some(CANCELLED)
    } else if now > linked.training.answers_until() {
        Some(TOO_LATE)
    } else {
        None
    }
}

fn view(linked: &Linked, offer: Offer, now: Timestamp) -> AnswerView {
    let Linked {
        invitation,
        training,
        person,
        organisation,
        trainers,
        opted_out,
    } = linked;
    let language = person.language;
    let zone = &training.time_zone;
    AnswerView {
        language,
        organisation: organisation.name.clone(),
        first_name: person.first_name.clone(),
        title: training.title.clone(),
        dates: dates::date_range(language, training.starts_at, training.ends_at, zone),
        times: dates::time_range(
            language,
            training.starts_at,
            training.ends_at,
            zone,
            training
                .days_taught
                .and_then(|days| u32::try_from(days).ok()),
        ),
        time_zone: zone.clone(),
        place: training.place.clone(),
        trainers: trainers.join(", "),
        description: training.description.clone(),
        state: invitation.state,
        answer_until: dates::date_time(language, training.answers_until(), zone),
        gone: gone(linked, now).map(str::to_owned),
        offer,
        opted_out: *opted_out,
    }
}
