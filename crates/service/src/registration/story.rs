//! A person in a training: what happened, and what they answered.

use super::decide::row;
use crate::trainings::administered;
use crate::{OrFailure, Outcome, Service, history};
use convoke_domain::person::full_name;
use convoke_domain::registration::{AnswerValue, FormField};
use convoke_domain::view::{AnsweredField, Range, StoryView};
use convoke_domain::{Actor, FieldId, Language, Refusal, TrainingId, UserId};
use convoke_storage::Transaction;
use convoke_storage::registration::Registration;
use convoke_texts::t;

/// The most lines of what happened in one training.
const LINES: u32 = 500;

/// The answers of a registration, each beside its question as it was asked, in a reader's language.
pub(crate) async fn answered(
    service: &Service,
    tx: &mut Transaction,
    registration: &Registration,
    language: Language,
) -> Outcome<Vec<AnsweredField>> {
    let form = tx
        .registration_form(registration.training_id, registration.form_version)
        .await
        .or_failure(service)?
        .unwrap_or_default();
    let answers = tx
        .answers_of(&[registration.id])
        .await
        .or_failure(service)?
        .remove(&registration.id)
        .unwrap_or_default();
    let answer = |id: &FieldId| answers.get(id);
    Ok(form
        .fields
        .iter()
        .filter_map(|field| {
            Some(AnsweredField {
                label: field.label.get(language).to_owned(),
                answer: words(field, answer(&field.id)?, language),
            })
        })
        .collect())
}

/// An answer, as a person reads it.
pub(crate) fn words(field: &FormField, answer: &AnswerValue, language: Language) -> String {
    match answer {
        AnswerValue::Text(text) => text.clone(),
        AnswerValue::Ticked(true) => t!(language, "answer-yes"),
        AnswerValue::Ticked(false) => t!(language, "answer-no"),
        AnswerValue::Choices(ids) => field
            .choices
            .iter()
            .filter(|choice| ids.contains(&choice.id))
            .map(|choice| choice.label.get(language))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// A person in a training. [`Refusal::NotFound`] for somebody out of the actor's scope.
pub async fn story(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
    user_id: UserId,
) -> Outcome<StoryView> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let training = administered(service, actor, &mut tx, training_id).await?;
    if !crate::people::is_in_scope(service, actor, &mut tx, user_id).await? {
        return Err(Refusal::NotFound);
    }
    let user = tx
        .user(actor.organisation_id, user_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    let zone = &training.time_zone;
    let mut registrations = Vec::new();
    for registration in tx
        .registrations_of_user(training_id, user_id)
        .await
        .or_failure(service)?
    {
        registrations.push(row(service, actor, &mut tx, &registration, zone).await?);
    }
    let wanted = history::story::wanted(actor, user_id, Some(training_id));
    let lines =
        history::story::lines(service, actor, &mut tx, wanted, Range::new(0, LINES)).await?;
    Ok(StoryView {
        name: full_name(&user.first_name, &user.last_name),
        email: user.email,
        mobile: user.mobile,
        registrations,
        lines,
    })
}
