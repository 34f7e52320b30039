//! Approving and refusing registrations.

use super::answered;
use crate::trainings::administered;
use crate::{OrFailure, Outcome, Service, join, seats};
use convoke_domain::person::full_name;
use convoke_domain::registration::RegistrationState;
use convoke_domain::view::{Approved, RegistrationRow};
use convoke_domain::{Actor, InvitationState, Language, Refusal, RegistrationId, TrainingId};
use convoke_storage::Transaction;
use convoke_storage::registration::Registration;
use convoke_texts::{dates, t};

/// Registrations that wait for approval, the oldest first.
pub async fn pending(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
) -> Outcome<Vec<RegistrationRow>> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let training = administered(service, actor, &mut tx, training_id).await?;
    let mut rows = Vec::new();
    for registration in tx
        .pending_registrations(training_id, actor.user_scope())
        .await
        .or_failure(service)?
    {
        rows.push(row(service, actor, &mut tx, &registration, &training.time_zone).await?);
    }
    Ok(rows)
}

/// How many registrations wait for the actor's approval, for each training that has any.
pub async fn awaiting(service: &Service, actor: &Actor) -> Outcome<Vec<(TrainingId, u32)>> {
    if !actor.may_invite() {
        return Err(Refusal::NotAllowed);
    }
    let mut tx = service.storage.read().await.or_failure(service)?;
    tx.count_pending_by_training(actor.organisation_id, actor.user_scope())
        .await
        .or_failure(service)
}

/// A registration, as the actor may see it: the directory's name of a person out of scope stays hidden.
pub(super) async fn row(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    registration: &Registration,
    zone: &str,
) -> Outcome<RegistrationRow> {
    let user = match registration.user() {
        Some(id) if crate::people::is_in_scope(service, actor, tx, id).await? => tx
            .user(actor.organisation_id, id)
            .await
            .or_failure(service)?
            .map(|user| (user.id, full_name(&user.first_name, &user.last_name))),
        _ => None,
    };
    let language: Language = actor.language;
    let when = dates::ago(
        language,
        registration.registered_at,
        service.clock.now(),
        zone,
    );
    Ok(RegistrationRow {
        id: registration.id,
        first_name: registration.first_name.clone(),
        last_name: crate::called::last_name(
            language,
            &registration.first_name,
            registration.last_name.clone(),
        ),
        state: registration.state,
        detail: t!(language, "row-registered", when = when),
        answers: answered(service, tx, registration, language).await?,
        user,
        known: registration.known == 1,
    })
}

/// Approves registrations, in the order in which they came: each gets a seat, or a place on the waiting list. Those that somebody else decided
/// meanwhile are left as they are.
pub async fn approve(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
    registrations: &[RegistrationId],
) -> Outcome<Approved> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let training = administered(service, actor, &mut tx, training_id).await?;
    tx.raise_training_version(actor.organisation_id, training_id)
        .await
        .or_failure(service)?;
    let mut approved = Approved::default();
    for mut registration in chosen(service, actor, &mut tx, training_id, registrations).await? {
        let form = tx
            .registration_form(training_id, registration.form_version)
            .await
            .or_failure(service)?
            .unwrap_or_default();
        let answers = tx
            .answers_of(&[registration.id])
            .await
            .or_failure(service)?
            .remove(&registration.id)
            .unwrap_or_default();
        let full = seats::are_taken(service, &mut tx, &training).await?;
        registration.state = RegistrationState::Accepted;
        let (_, state) = join::accept(
            service,
            &mut tx,
            &training,
            &mut registration,
            &form,
            &answers,
            full,
        )
        .await?;
        tx.decide_registration(&registration, actor.user_id, service.clock.now())
            .await
            .or_failure(service)?;
        // Somebody who had a place keeps it, full or not.
        if state == InvitationState::Waiting {
            approved.waiting += 1;
        } else {
            approved.confirmed += 1;
        }
        note(
            service,
            actor,
            &mut tx,
            &registration,
            "registration.approved",
        )
        .await?;
    }
    tx.commit().await.or_failure(service)?;
    service.outbox_bell.notify_one();
    Ok(approved)
}

/// Refuses registrations, and gives how many. Nobody is written to; whoever comes back to the page on the same device reads it there.
pub async fn refuse(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
    registrations: &[RegistrationId],
) -> Outcome<u32> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    administered(service, actor, &mut tx, training_id).await?;
    tx.raise_training_version(actor.organisation_id, training_id)
        .await
        .or_failure(service)?;
    let mut refused = 0;
    for mut registration in chosen(service, actor, &mut tx, training_id, registrations).await? {
        registration.state = RegistrationState::Refused;
        if tx
            .decide_registration(&registration, actor.user_id, service.clock.now())
            .await
            .or_failure(service)?
        {
            refused += 1;
            note(
                service,
                actor,
                &mut tx,
                &registration,
                "registration.refused",
            )
            .await?;
        }
    }
    tx.commit().await.or_failure(service)?;
    Ok(refused)
}

/// Those of a list that wait and that the actor may see, in the order in which they came.
async fn chosen(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    training_id: TrainingId,
    registrations: &[RegistrationId],
) -> Outcome<Vec<Registration>> {
    if registrations.len() > 10_000 {
        return Err(Refusal::Conflict("conflict-selection-too-large".to_owned()));
    }
    let wanted: std::collections::HashSet<_> = registrations.iter().collect();
    Ok(tx
        .pending_registrations(training_id, actor.user_scope())
        .await
        .or_failure(service)?
        .into_iter()
        .filter(|r| wanted.contains(&r.id))
        .collect())
}

async fn note(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    registration: &Registration,
    event: &'static str,
) -> Outcome<()> {
    let name = full_name(&registration.first_name, &registration.last_name);
    let line = crate::history_line(
        service,
        actor,
        event,
        Some(registration.training_id),
        registration.user(),
        serde_json::json!({ "registration": registration.id.to_string(), "name": name }),
    );
    tx.add_history(&line).await.or_failure(service)
}
