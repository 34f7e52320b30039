//! Trainings: the list, the page, the form.

use crate::{OrFailure, Outcome, Service, registration};
use convoke_domain::fold::Query;
use convoke_domain::person::full_name;
use convoke_domain::selection::Filter;
use convoke_domain::training::{Phase, TrainingForm};
use convoke_domain::view::{
    PersonRow, Perspective, Range, TrainingChoice, TrainingFormView, TrainingRow, TrainingView,
    TrainingsView,
};
use convoke_domain::{Actor, FieldError, Language, Refusal, Timestamp, TrainingId, UserId};
use convoke_storage::Transaction;
use convoke_storage::trainings::{ListedFor, Training, TrainingFacts};
use convoke_texts::dates;

/// The training, for someone who has its administrator view; refused otherwise.
pub(crate) async fn administered(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    id: TrainingId,
) -> Outcome<Training> {
    let training = seen(service, actor, tx, id).await?;
    if actor.may_invite() {
        Ok(training)
    } else {
        Err(Refusal::NotAllowed)
    }
}

/// The training, for someone who has at least its trainer view; who has neither is not told that it exists.
pub(crate) async fn seen(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    id: TrainingId,
) -> Outcome<Training> {
    let training = tx
        .training(actor.organisation_id, id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    let allowed = actor.may_invite()
        || match actor.user_id {
            Some(user) => tx.is_trainer(id, user).await.or_failure(service)?,
            None => false,
        };
    if allowed {
        Ok(training)
    } else {
        Err(Refusal::NotFound)
    }
}

/// Title and time zone of a training, for the name of a file.
pub(crate) async fn title_and_zone(
    service: &Service,
    actor: &Actor,
    id: TrainingId,
) -> Outcome<(String, String)> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let training = seen(service, actor, &mut tx, id).await?;
    Ok((training.title, training.time_zone))
}

/// A training to filter by.
pub(crate) fn choice(language: Language, training: Training) -> TrainingChoice {
    let day = dates::date(language, training.starts_at, &training.time_zone);
    TrainingChoice {
        id: training.id,
        name: format!("{} · {day}", training.title),
    }
}

/// Whether this person may watch the training for live updates.
pub async fn may_watch(service: &Service, actor: &Actor, id: TrainingId) -> Outcome<()> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    seen(service, actor, &mut tx, id).await.map(|_| ())
}

/// The list of a phase; `search` looks in titles and places. Who may not invite sees the trainings they teach.
pub async fn list(
    service: &Service,
    actor: &Actor,
    search: &str,
    phase: Phase,
) -> Outcome<TrainingsView> {
    let now = service.clock.now();
    let listed_for = if actor.may_invite() {
        ListedFor::Organisation
    } else {
        ListedFor::Trainer(actor.user_id.ok_or(Refusal::NotAllowed)?)
    };
    let words = Query::parse(search);
    let mut tx = service.storage.read().await.or_failure(service)?;
    let organisation = actor.organisation_id;
    let phases = tx
        .count_trainings(organisation, listed_for, &words, now)
        .await
        .or_failure(service)?;
    let any = phases.iter().any(|n| *n > 0)
        || !words.is_empty()
            && tx
                .count_trainings(organisation, listed_for, &Query::default(), now)
                .await
                .or_failure(service)?
                .iter()
                .any(|n| *n > 0);
    let trainings = tx
        .list_trainings(organisation, listed_for, &words, phase, now)
        .await
        .or_failure(service)?;
    let ids: Vec<TrainingId> = trainings.iter().map(|t| t.id).collect();
    let trainers = tx.trainers(&ids).await.or_failure(service)?;
    let counts = if actor.may_invite() {
        tx.training_counts(&ids, actor.user_scope())
            .await
            .or_failure(service)?
    } else {
        Vec::new()
    };
    let rows = trainings
        .into_iter()
        .map(|t| TrainingRow {
            id: t.id,
            dates: dates::date_range(actor.language, t.starts_at, t.ends_at, &t.time_zone),
            trainers: trainers
                .iter()
                .filter(|r| r.training_id == t.id)
                .map(|r| full_name(&r.first_name, &r.last_name))
                .collect::<Vec<_>>()
                .join(", "),
            phase: t.phase(now),
            seats: t.seats.map(crate::small),
            counts: counts.iter().find(|(id, _)| *id == t.id).map(|(_, c)| *c),
            title: t.title,
            place: t.place,
        })
        .collect();
    Ok(TrainingsView {
        rows,
        may_create: actor.may_invite(),
        any,
        phases,
    })
}

/// A training, as the view that is asked for shows it; refused to who does not have that view.
pub async fn view(
    service: &Service,
    actor: &Actor,
    id: TrainingId,
    perspective: Perspective,
) -> Outcome<TrainingView> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let training = match perspective {
        Perspective::Administrator => administered(service, actor, &mut tx, id).await?,
        Perspective::Trainer => seen(service, actor, &mut tx, id).await?,
    };
    let trainers = tx.trainers(&[id]).await.or_failure(service)?;
    let counts = match perspective {
        Perspective::Administrator => tx
            .training_counts(&[id], actor.user_scope())
            .await
            .or_failure(service)?
            .pop()
            .map(|(_, counts)| counts),
        Perspective::Trainer => None,
    };
    let code = registration::shown_code(service, actor, &mut tx, &training).await?;
    let t = training;
    let language = actor.language;
    let times = dates::time_range(
        language,
        t.starts_at,
        t.ends_at,
        &t.time_zone,
        t.days_taught.map(crate::small),
    );
    Ok(TrainingView {
        id,
        dates: dates::date_range(language, t.starts_at, t.ends_at, &t.time_zone),
        times: format!("{times} ({})", t.time_zone),
        trainers: trainers
            .into_iter()
            .map(|r| (r.user_id, full_name(&r.first_name, &r.last_name)))
            .collect(),
        seats: t.seats.map(crate::small),
        answer_deadline: t
            .answer_deadline
            .map(|d| dates::date_time(language, Timestamp(d), &t.time_zone)),
        phase: t.phase(service.clock.now()),
        counts,
        may_administer: actor.may_invite(),
        code,
        title: t.title,
        description: t.description,
        place: t.place,
    })
}

/// The values of the form: of a training, or of a new one.
pub async fn form(
    service: &Service,
    actor: &Actor,
    id: Option<TrainingId>,
) -> Outcome<TrainingFormView> {
    if !actor.may_invite() {
        return Err(Refusal::NotAllowed);
    }
    let mut tx = service.storage.read().await.or_failure(service)?;
    let Some(id) = id else {
        let organisation = tx
            .organisation(actor.organisation_id)
            .await
            .or_failure(service)?
            .ok_or(Refusal::NotFound)?;
        let form = TrainingForm {
            time_zone: organisation.time_zone,
            ..TrainingForm::default()
        };
        return Ok(TrainingFormView {
            form,
            trainer_names: Vec::new(),
        });
    };
    let t = administered(service, actor, &mut tx, id).await?;
    let trainers = tx.trainers(&[id]).await.or_failure(service)?;
    let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let local = |at: Timestamp| dates::to_input(at, &t.time_zone);
    let form = TrainingForm {
        start: local(t.starts_at),
        end: local(t.ends_at),
        answer_deadline: t
            .answer_deadline
            .map(|d| local(Timestamp(d)))
            .unwrap_or_default(),
        days_taught: number(t.days_taught),
        seats: number(t.seats),
        trainers: trainers.iter().map(|r| r.user_id).collect(),
        title: t.title.clone(),
        description: t.description.clone(),
        time_zone: t.time_zone.clone(),
        place: t.place.clone(),
    };
    let trainer_names = trainers
        .iter()
        .map(|r| full_name(&r.first_name, &r.last_name))
        .collect();
    Ok(TrainingFormView {
        form,
        trainer_names,
    })
}

/// Creates a training, or changes it.
pub async fn save(
    service: &Service,
    actor: &Actor,
    id: Option<TrainingId>,
    form: &TrainingForm,
) -> Outcome<TrainingId> {
    if !actor.may_invite() {
        return Err(Refusal::NotAllowed);
    }
    let facts = facts(form)?;
    let now = service.clock.now();
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let trainers = known_trainers(service, actor, &mut tx, id, &form.trainers).await?;
    let (training_id, event) = match id {
        None => {
            let new = service.id();
            tx.insert_training(new, actor.organisation_id, &facts, actor.user_id, now)
                .await
                .or_failure(service)?;
            (new, "training.created")
        }
        Some(id) => {
            let there = tx
                .update_training(actor.organisation_id, id, &facts, now)
                .await
                .or_failure(service)?;
            if !there {
                return Err(Refusal::NotFound);
            }
            (id, "training.changed")
        }
    };
    tx.set_trainers(actor.organisation_id, training_id, &trainers)
        .await
        .or_failure(service)?;
    if id.is_some()
        && let Some(training) = tx
            .training(actor.organisation_id, training_id)
            .await
            .or_failure(service)?
    {
        // More seats than before: those who wait move up.
        crate::seats::fill(service, &mut tx, &training).await?;
    }
    let details = serde_json::json!({ "title": facts.title });
    let line = crate::history_line(service, actor, event, Some(training_id), None, details);
    tx.add_history(&line).await.or_failure(service)?;
    tx.commit().await.or_failure(service)?;
    service.outbox_bell.notify_one();
    Ok(training_id)
}

/// The trainers without repetition. Those who are named already stay; others have to be within the actor's scope. Who teaches sees everyone in the training, so
/// an authorised user cannot make themselves the trainer of one that is there already.
async fn known_trainers(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    training: Option<TrainingId>,
    trainers: &[UserId],
) -> Outcome<Vec<UserId>> {
    let named = match training {
        Some(id) => tx.trainers(&[id]).await.or_failure(service)?,
        None => Vec::new(),
    };
    let mut known: Vec<UserId> = Vec::with_capacity(trainers.len());
    for trainer in trainers {
        if known.contains(trainer) {
            continue;
        }
        if !named.iter().any(|named| named.user_id == *trainer) {
            if !crate::people::is_in_scope(service, actor, tx, *trainer).await? {
                return Err(Refusal::field("trainers", "error-trainer"));
            }
            let themselves = actor.user_id == Some(*trainer);
            if themselves && training.is_some() && actor.user_scope().is_some() {
                return Err(Refusal::field("trainers", "error-trainer-yourself"));
            }
        }
        known.push(*trainer);
    }
    Ok(known)
}

/// What a form says, or every field that has to be corrected.
fn facts(form: &TrainingForm) -> Outcome<TrainingFacts> {
    let mut problems = form.problems();
    let zone = form.time_zone.trim();
    if dates::zone(zone).is_none() {
        problems.push(FieldError::new("time_zone", "error-time-zone"));
    }
    let mut moment = |field: &str, text: &str| {
        let parsed = dates::from_input(text, zone);
        let reported = problems
            .iter()
            .any(|p| p.field == field || p.field == "time_zone");
        if parsed.is_none() && !text.is_empty() && !reported {
            problems.push(FieldError::new(field, "error-date"));
        }
        parsed
    };
    let start = moment("start", &form.start);
    let end = moment("end", &form.end);
    let answer_deadline = moment("answer_deadline", &form.answer_deadline);
    let (Some(starts_at), Some(ends_at), true) = (start, end, problems.is_empty()) else {
        return Err(Refusal::Invalid(problems));
    };
    Ok(TrainingFacts {
        title: form.title.trim().to_owned(),
        description: form.description.trim().to_owned(),
        starts_at,
        ends_at,
        time_zone: zone.to_owned(),
        days_taught: form.days_taught.trim().parse().ok(),
        place: form.place.trim().to_owned(),
        seats: form.seats.trim().parse().ok(),
        answer_deadline,
    })
}

/// People who could be trainers, by name: anyone of the organisation who is not inactive.
pub async fn trainer_candidates(
    service: &Service,
    actor: &Actor,
    search: &str,
) -> Outcome<Vec<PersonRow>> {
    if !actor.may_invite() {
        return Err(Refusal::NotAllowed);
    }
    let filter = Filter {
        text: search.to_owned(),
        ..Filter::default()
    };
    let window = crate::people::list(service, actor, &filter, Range::new(0, 20)).await?;
    Ok(window
        .rows
        .into_iter()
        .filter(|p| p.state != convoke_domain::UserState::Inactive)
        .collect())
}
