//! Organisations (corporate accounts).

use crate::macros::on;
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::view::OrganisationSettings;
use convoke_domain::{Language, OrganisationId, Timestamp};

/// An organisation; everything else belongs to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// IANA name of its time zone, for example `Europe/Paris`.
    pub time_zone: String,
    /// The language of people who have not chosen one.
    pub language: Language,
    /// When it was made.
    pub created_at: Timestamp,
}

from_row!(Organisation {
    id,
    name,
    time_zone,
    language,
    created_at
});

impl Transaction {
    /// Adds an organisation.
    pub async fn insert_organisation(&mut self, organisation: &Organisation) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO organisations (id, name, time_zone, language, created_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(organisation.id.0)
        .bind(&organisation.name)
        .bind(&organisation.time_zone)
        .bind(organisation.language.as_str())
        .bind(organisation.created_at.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// The organisation of an id.
    pub async fn organisation(&mut self, id: OrganisationId) -> Result<Option<Organisation>> {
        Ok(on!(self, c => sqlx::query_as(
            "SELECT id, name, time_zone, language, created_at FROM organisations WHERE id = $1",
        )
        .bind(id.0)
        .fetch_optional(c)
        .await)?)
    }

    /// All organisations, the oldest first.
    pub async fn organisations(&mut self) -> Result<Vec<Organisation>> {
        Ok(on!(self, c => sqlx::query_as(
            "SELECT id, name, time_zone, language, created_at FROM organisations ORDER BY created_at, id",
        )
        .fetch_all(c)
        .await)?)
    }

    /// Whether there is any organisation; when not, the installation is waiting to be set up.
    pub async fn has_organisation(&mut self) -> Result<bool> {
        let found: Option<i64> = on!(self, c => sqlx::query_scalar(
            "SELECT CAST(1 AS BIGINT) FROM organisations LIMIT 1",
        )
        .fetch_optional(c)
        .await)?;
        Ok(found.is_some())
    }

    /// What an administrator decided for the organisation.
    pub async fn organisation_settings(
        &mut self,
        id: OrganisationId,
    ) -> Result<Option<OrganisationSettings>> {
        let row: Option<(String, String, String, i64, i64)> = on!(self, c => sqlx::query_as(
            "SELECT name, sender_name, reply_to, login_codes, trainers_add_people FROM organisations WHERE id = $1",
        )
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
        Ok(row.map(
            |(name, sender_name, reply_to, login_codes, trainers_add_people)| {
                OrganisationSettings {
                    name,
                    sender_name,
                    reply_to,
                    login_codes: login_codes == 1,
                    trainers_add_people: trainers_add_people == 1,
                }
            },
        ))
    }

    /// Changes it.
    pub async fn set_organisation_settings(
        &mut self,
        id: OrganisationId,
        settings: &OrganisationSettings,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "UPDATE organisations SET name = $2, login_codes = $3, trainers_add_people = $4, sender_name = $5, reply_to = $6 WHERE id = $1",
        )
        .bind(id.0)
        .bind(&settings.name)
        .bind(i64::from(settings.login_codes))
        .bind(i64::from(settings.trainers_add_people))
        .bind(&settings.sender_name)
        .bind(&settings.reply_to)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
