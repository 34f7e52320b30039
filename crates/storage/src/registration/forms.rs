//! Forms, in versions that never change once they are published.

use crate::macros::on;
use crate::{Result, Transaction};
use convoke_domain::registration::RegistrationForm;
use convoke_domain::{FieldId, OrganisationId, Timestamp, TrainingId, UserId};
use uuid::Uuid;

/// A published version of a form.
#[derive(Clone, Debug)]
pub struct StoredForm {
    /// Its number, from 1.
    pub version: i64,
    /// The fields.
    pub form: RegistrationForm,
}

impl Transaction {
    /// Publishes a version, which is shown from now on. A unique violation means that somebody else just published it.
    pub async fn publish_form(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
        stored: &StoredForm,
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<()> {
        let fields =
            serde_json::to_string(&stored.form).map_err(|e| sqlx::Error::Encode(Box::new(e)))?;
        on!(self, c => sqlx::query(
            "INSERT INTO registration_forms (training_id, version, organisation_id, fields, published_by, published_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(training_id.0)
        .bind(stored.version)
        .bind(organisation_id.0)
        .bind(&fields)
        .bind(by.map(|id| id.0))
        .bind(at.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        on!(self, c => sqlx::query(
            "UPDATE self_registrations SET form_version = $3, updated_at = $4 WHERE organisation_id = $1 AND training_id = $2",
        )
        .bind(organisation_id.0)
        .bind(training_id.0)
        .bind(stored.version)
        .bind(at.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// A version of a training's form; the empty form for version 0, `None` for one that was never published.
    pub async fn registration_form(
        &mut self,
        training_id: TrainingId,
        version: i64,
    ) -> Result<Option<RegistrationForm>> {
        if version == 0 {
            return Ok(Some(RegistrationForm::default()));
        }
        let fields: Option<String> = on!(self, c => sqlx::query_scalar(
            "SELECT fields FROM registration_forms WHERE training_id = $1 AND version = $2",
        )
        .bind(training_id.0)
        .bind(version)
        .fetch_optional(c)
        .await)?;
        fields.map(|fields| parse(&fields)).transpose()
    }

    /// When a version of a training's form was published; `None` for one that never was.
    pub async fn form_published_at(
        &mut self,
        training_id: TrainingId,
        version: i64,
    ) -> Result<Option<Timestamp>> {
        let at: Option<i64> = on!(self, c => sqlx::query_scalar(
            "SELECT published_at FROM registration_forms WHERE training_id = $1 AND version = $2",
        )
        .bind(training_id.0)
        .bind(version)
        .fetch_optional(c)
        .await)?;
        Ok(at.map(Timestamp))
    }

    /// All versions of a training's form, the oldest first.
    pub async fn registration_forms(&mut self, training_id: TrainingId) -> Result<Vec<StoredForm>> {
        let rows: Vec<(i64, String)> = on!(self, c => sqlx::query_as(
            "SELECT version, fields FROM registration_forms WHERE training_id = $1 ORDER BY version",
        )
        .bind(training_id.0)
        .fetch_all(c)
        .await)?;
        rows.into_iter()
            .map(|(version, fields)| {
                Ok(StoredForm {
                    version,
                    form: parse(&fields)?,
                })
            })
            .collect()
    }

    /// How many registrations have answered each field, in any version.
    pub async fn answered_counts(
        &mut self,
        training_id: TrainingId,
    ) -> Result<Vec<(FieldId, u32)>> {
        let rows: Vec<(Uuid, i64)> = on!(self, c => sqlx::query_as(
            "SELECT field_id, COUNT(*) FROM registration_answers WHERE training_id = $1 GROUP BY field_id",
        )
        .bind(training_id.0)
        .fetch_all(c)
        .await)?;
        Ok(rows
            .into_iter()
            .map(|(id, n)| (FieldId(id), crate::count(n)))
            .collect())
    }
}

fn parse(fields: &str) -> Result<RegistrationForm> {
    Ok(serde_json::from_str(fields).map_err(|e| sqlx::Error::Decode(Box::new(e)))?)
}
