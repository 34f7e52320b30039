//! Self-registration in the demonstration: a training to come and one that runs today, with a form.

use super::trainings::Stage;
use convoke_domain::registration::{
    Attribute, Bilingual, Choice, FieldKind, FormField, ListShows, Proof, RegistrationForm,
    TrainingCode,
};
use convoke_domain::view::OrganisationSettings;
use convoke_domain::{TrainingId, UserId};
use convoke_storage::registration::{SelfRegistration, StoredForm};
use convoke_storage::{StorageError, Transaction};

/// Switches the options of the organisation on.
pub(super) async fn allow(stage: &Stage<'_>, work: &mut Transaction) -> Result<(), StorageError> {
    let settings = OrganisationSettings {
        name: super::ORGANISATION.to_owned(),
        login_codes: true,
        trainers_add_people: true,
        ..OrganisationSettings::default()
    };
    work.set_organisation_settings(stage.organisation_id, &settings)
        .await
}

/// Offers a training with a code of its own.
pub(super) async fn offer(
    stage: &Stage<'_>,
    work: &mut Transaction,
    training_id: TrainingId,
    by: UserId,
) -> Result<(), StorageError> {
    let now = stage.service.clock.now();
    let row = SelfRegistration {
        training_id,
        organisation_id: stage.organisation_id,
        offered: 1,
        code: TrainingCode::new(&*stage.service.random)
            .as_str()
            .to_owned(),
        code_on: 1,
        opens_at: None,
        closes_at: None,
        list_shows: ListShows::FullNames,
        proof: Proof::Nothing,
        approval: 0,
        waiting_list: 1,
        form_version: 0,
        code_ended_at: None,
    };
    work.save_self_registration(&row, now).await?;
    let stored = StoredForm {
        version: 1,
        form: form(stage),
    };
    work.publish_form(stage.organisation_id, training_id, &stored, Some(by), now)
        .await
}

/// What one would ask at the door.
fn form(stage: &Stage<'_>) -> RegistrationForm {
    let field = |kind, en: &str, fr: &str| FormField {
        label: both(en, fr),
        ..FormField::new(stage.service.id(), kind)
    };
    RegistrationForm {
        fields: vec![
            FormField {
                required: true,
                fills: Some(Attribute::Email),
                help: both(
                    "We send your confirmation there.",
                    "Nous y envoyons votre confirmation.",
                ),
                ..field(FieldKind::Email, "E-mail", "E-mail")
            },
            FormField {
                fills: Some(Attribute::Mobile),
                ..field(FieldKind::Mobile, "Mobile", "Mobile")
            },
            FormField {
                choices: [
                    ("Everything", "De tout"),
                    ("Vegetarian", "Végétarien"),
                    ("Vegan", "Végane"),
                ]
                .into_iter()
                .zip(1..)
                .map(|((en, fr), id)| Choice {
                    id,
                    label: both(en, fr),
                    names: None,
                })
                .collect(),
                ..field(FieldKind::OneChoice, "At lunch I eat", "À midi, je mange")
            },
            FormField {
                required: true,
                ..field(
                    FieldKind::TickBox,
                    "I agree that my name stands on the attendance sheet.",
                    "J’accepte que mon nom figure sur la feuille de présence.",
                )
            },
        ],
    }
}

fn both(en: &str, fr: &str) -> Bilingual {
    Bilingual {
        en: en.to_owned(),
        fr: fr.to_owned(),
    }
}
