//! Self-registration, as administrators see it: the code, the settings, the form, approvals, and a person's story.

mod decide;
mod devices;
mod story;

pub use decide::{approve, awaiting, pending, refuse};
pub use devices::{devices, release};
pub(crate) use story::answered;
pub use story::story;

use crate::join::closes_at;
use crate::trainings::administered;
use crate::{OrFailure, Outcome, Service};
use convoke_domain::registration::{RegistrationForm, RegistrationSettings, TrainingCode};
use convoke_domain::view::{CodeState, RegistrationView};
use convoke_domain::{Actor, FieldError, Refusal, Role, Timestamp, TrainingId};
use convoke_storage::Transaction;
use convoke_storage::registration::{SelfRegistration, StoredForm};
use convoke_storage::trainings::Training;
use convoke_texts::dates;

/// The *Self-registration* tab.
pub async fn view(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
) -> Outcome<RegistrationView> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let training = administered(service, actor, &mut tx, training_id).await?;
    let options = tx
        .organisation_settings(actor.organisation_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    let stored = tx
        .self_registration(actor.organisation_id, training_id)
        .await
        .or_failure(service)?;
    let version = stored.as_ref().map_or(0, |s| s.form_version);
    let counts = tx
        .training_counts(&[training_id], None)
        .await
        .or_failure(service)?;
    let counts = counts.first().map(|(_, c)| *c).unwrap_or_default();
    let groups = tx
        .groups(actor.organisation_id, actor.user_scope())
        .await
        .or_failure(service)?;
    let types = tx
        .user_types(actor.organisation_id)
        .await
        .or_failure(service)?;
    let code = stored.as_ref().and_then(|s| TrainingCode::parse(&s.code));
    let local = |at: Option<i64>| {
        at.map(|at| dates::to_input(Timestamp(at), &training.time_zone))
            .unwrap_or_default()
    };
    Ok(RegistrationView {
        login_codes: options.login_codes,
        may_change_option: actor.role == Role::Administrator,
        settings: stored
            .as_ref()
            .map(|s| RegistrationSettings {
                offered: s.offered == 1,
                code_on: s.code_on == 1,
                opens: local(s.opens_at),
                closes: local(s.closes_at),
                list_shows: s.list_shows,
                proof: s.proof,
                approval: s.approval == 1,
                waiting_list: s.waiting_list == 1,
            })
            .unwrap_or_default(),
        link: code
            .as_ref()
            .map(|code| format!("{}/join/{}", service.base_url, code.as_str()))
            .unwrap_or_default(),
        code: code.as_ref().map(TrainingCode::grouped),
        code_state: code_state(service, actor, stored.as_ref(), &training),
        time_zone: training.time_zone.clone(),
        seats: training.seats.map(crate::small),
        confirmed: counts.confirmed,
        waiting: counts.waiting,
        pending: tx
            .count_pending(training_id, actor.user_scope())
            .await
            .or_failure(service)?,
        form_version: crate::small(version),
        form: tx
            .registration_form(training_id, version)
            .await
            .or_failure(service)?
            .unwrap_or_default(),
        answered: tx.answered_counts(training_id).await.or_failure(service)?,
        groups: groups.into_iter().map(|g| (g.id, g.name)).collect(),
        user_types: types.into_iter().map(|t| (t.id, t.name)).collect(),
    })
}

/// The code, for who has to tell it to others: while it opens the page, or is going to.
pub(crate) async fn shown_code(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    training: &Training,
) -> Outcome<Option<String>> {
    let stored = tx
        .self_registration(training.organisation_id, training.id)
        .await
        .or_failure(service)?;
    let state = code_state(service, actor, stored.as_ref(), training);
    if !matches!(state, CodeState::Open(_) | CodeState::NotYet(_)) {
        return Ok(None);
    }
    let options = tx
        .organisation_settings(training.organisation_id)
        .await
        .or_failure(service)?;
    Ok(options
        .filter(|options| options.login_codes)
        .and(stored)
        .and_then(|stored| TrainingCode::parse(&stored.code))
        .map(|code| code.grouped()))
}

fn code_state(
    service: &Service,
    actor: &Actor,
    stored: Option<&SelfRegistration>,
    training: &Training,
) -> CodeState {
    let Some(stored) = stored.filter(|s| s.offered == 1 && s.code_on == 1) else {
        return CodeState::Off;
    };
    let now = service.clock.now();
    let words = |at| dates::date_time(actor.language, at, &training.time_zone);
    let closes = closes_at(stored, training);
    match stored.opens_at.map(Timestamp) {
        Some(opens) if now < opens => CodeState::NotYet(words(opens)),
        _ if now >= closes => CodeState::Closed(words(closes)),
        _ => CodeState::Open(words(closes)),
    }
}

/// Whether the organisation has the option; without it nothing can be offered.
async fn login_codes(service: &Service, actor: &Actor, tx: &mut Transaction) -> Outcome<()> {
    let options = tx
        .organisation_settings(actor.organisation_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    if options.login_codes {
        Ok(())
    } else {
        Err(Refusal::Conflict("conflict-login-codes".to_owned()))
    }
}

/// A code that no training of the installation has.
async fn free_code(service: &Service, tx: &mut Transaction) -> Outcome<String> {
    loop {
        let code = TrainingCode::new(&*service.random);
        if !tx.code_is_taken(code.as_str()).await.or_failure(service)? {
            return Ok(code.as_str().to_owned());
        }
    }
}

/// Saves the settings; the first time self-registration is offered makes the code. Refused fields are `opens` and `closes`.
/// [`Refusal::Conflict`] where the organisation's option is off.
pub async fn save_settings(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
    settings: &RegistrationSettings,
) -> Outcome<()> {
    let now = service.clock.now();
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let training = administered(service, actor, &mut tx, training_id).await?;
    login_codes(service, actor, &mut tx).await?;
    let mut problems = settings.problems();
    let mut moment = |field: &str, text: &str| {
        let at = dates::from_input(text, &training.time_zone);
        if at.is_none() && !text.is_empty() && !problems.iter().any(|p| p.field == field) {
            problems.push(FieldError::new(field, "error-date"));
        }
        at.map(|at| at.0)
    };
    let opens_at = moment("opens", &settings.opens);
    let closes_at = moment("closes", &settings.closes);
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems));
    }
    tx.raise_training_version(actor.organisation_id, training_id)
        .await
        .or_failure(service)?;
    let before = tx
        .self_registration(actor.organisation_id, training_id)
        .await
        .or_failure(service)?;
    let code = match &before {
        Some(before) => before.code.clone(),
        None => free_code(service, &mut tx).await?,
    };
    // What devices without network did before this moment is taken when it comes.
    let is_good = settings.offered && settings.code_on;
    let was_good = |row: &SelfRegistration| row.offered == 1 && row.code_on == 1;
    let code_ended_at = match &before {
        Some(before) if was_good(before) && !is_good => Some(now.0),
        Some(before) => before.code_ended_at,
        None => None,
    };
    let row = SelfRegistration {
        training_id,
        organisation_id: actor.organisation_id,
        offered: i64::from(settings.offered),
        code,
        code_on: i64::from(settings.code_on),
        opens_at,
        closes_at,
        list_shows: settings.list_shows,
        proof: settings.proof,
        approval: i64::from(settings.approval),
        waiting_list: i64::from(settings.waiting_list),
        form_version: before.map_or(0, |b| b.form_version),
        code_ended_at,
    };
    tx.save_self_registration(&row, now)
        .await
        .or_failure(service)?;
    let details = serde_json::to_value(settings).unwrap_or_default();
    add_line(
        service,
        actor,
        &mut tx,
        "registration.settings",
        training_id,
        details,
    )
    .await?;
    tx.commit().await.or_failure(service)
}

/// Gives the training a new code; the old one opens nothing from then on.
pub async fn renew_code(service: &Service, actor: &Actor, training_id: TrainingId) -> Outcome<()> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    administered(service, actor, &mut tx, training_id).await?;
    login_codes(service, actor, &mut tx).await?;
    tx.raise_training_version(actor.organisation_id, training_id)
        .await
        .or_failure(service)?;
    let mut row = tx
        .self_registration(actor.organisation_id, training_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    row.code = free_code(service, &mut tx).await?;
    let now = service.clock.now();
    row.code_ended_at = Some(now.0);
    tx.save_self_registration(&row, now)
        .await
        .or_failure(service)?;
    let nothing = serde_json::json!({});
    add_line(
        service,
        actor,
        &mut tx,
        "registration.code_renewed",
        training_id,
        nothing,
    )
    .await?;
    tx.commit().await.or_failure(service)
}

/// Publishes a version of the form and gives its number. [`Refusal::Conflict`] when somebody published another one since `based_on`;
/// refused fields are named as [`RegistrationForm::problems`] does.
pub async fn publish_form(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
    based_on: u32,
    form: &RegistrationForm,
) -> Outcome<u32> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    administered(service, actor, &mut tx, training_id).await?;
    login_codes(service, actor, &mut tx).await?;
    let mut problems = form.problems();
    problems.extend(unknown_names(service, actor, &mut tx, form).await?);
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems));
    }
    tx.raise_training_version(actor.organisation_id, training_id)
        .await
        .or_failure(service)?;
    let before = tx
        .self_registration(actor.organisation_id, training_id)
        .await
        .or_failure(service)?
        .ok_or_else(|| Refusal::Conflict("conflict-not-offered".to_owned()))?;
    if before.form_version != i64::from(based_on) {
        return Err(Refusal::Conflict("conflict-form-changed".to_owned()));
    }
    // A field keeps its kind: an answer must not change its meaning.
    let versions = tx
        .registration_forms(training_id)
        .await
        .or_failure(service)?;
    for field in &form.fields {
        let other_kind = versions
            .iter()
            .flat_map(|v| &v.form.fields)
            .any(|old| old.id == field.id && old.kind != field.kind);
        if other_kind {
            return Err(Refusal::field(&field.name(), "error-field-twice"));
        }
    }
    let stored = StoredForm {
        version: before.form_version + 1,
        form: form.clone(),
    };
    let now = service.clock.now();
    tx.publish_form(
        actor.organisation_id,
        training_id,
        &stored,
        actor.user_id,
        now,
    )
    .await
    .or_failure(service)?;
    let details = serde_json::json!({ "version": stored.version, "fields": form.fields.len() });
    add_line(
        service,
        actor,
        &mut tx,
        "registration.form_published",
        training_id,
        details,
    )
    .await?;
    tx.commit().await.or_failure(service)?;
    Ok(crate::small(stored.version))
}

/// Options that name a group or user type that is not there, or not in the actor's scope.
async fn unknown_names(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    form: &RegistrationForm,
) -> Outcome<Vec<FieldError>> {
    let groups = tx
        .groups(actor.organisation_id, actor.user_scope())
        .await
        .or_failure(service)?;
    let types = tx
        .user_types(actor.organisation_id)
        .await
        .or_failure(service)?;
    let is_there = |id| groups.iter().any(|g| g.id.0 == id) || types.iter().any(|t| t.id.0 == id);
    Ok(form
        .fields
        .iter()
        .filter(|f| {
            f.choices
                .iter()
                .filter_map(|c| c.names)
                .any(|id| !is_there(id))
        })
        .map(|f| FieldError::new(&format!("{}-choices", f.name()), "error-choice-names"))
        .collect())
}

async fn add_line(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    event: &'static str,
    training_id: TrainingId,
    details: serde_json::Value,
) -> Outcome<()> {
    let line = crate::history_line(service, actor, event, Some(training_id), None, details);
    tx.add_history(&line).await.or_failure(service)
}
