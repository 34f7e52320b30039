//! Organisations (corporate accounts).

use crate::macros::on;
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::retention::Retention;
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

struct SettingsRow {
    name: String,
    sender_name: String,
    reply_to: String,
    login_codes: i64,
    trainers_add_people: i64,
    send_delay: i64,
    firm_recent: i64,
    firm_often: i64,
    forget_days: Option<i64>,
    forget_directory: i64,
    text_days: Option<i64>,
    link_days: i64,
    sign_presence: i64,
}

from_row!(SettingsRow {
    name,
    sender_name,
    reply_to,
    login_codes,
    trainers_add_people,
    send_delay,
    firm_recent,
    firm_often,
    forget_days,
    forget_directory,
    text_days,
    link_days,
    sign_presence
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
        let row: Option<SettingsRow> = on!(self, c => sqlx::query_as(
            "SELECT name, sender_name, reply_to, login_codes, trainers_add_people, send_delay, firm_recent, firm_often, \
                 forget_days, forget_directory, text_days, link_days, sign_presence \
             FROM organisations WHERE id = $1",
        )
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
        Ok(row.map(|row| OrganisationSettings {
            name: row.name,
            sender_name: row.sender_name,
            reply_to: row.reply_to,
            login_codes: row.login_codes == 1,
            trainers_add_people: row.trainers_add_people == 1,
            send_delay: crate::count(row.send_delay),
            firm_recent: row.firm_recent == 1,
            firm_often: row.firm_often == 1,
            retention: Retention {
                people_days: row.forget_days.map(crate::count),
                directory: row.forget_directory == 1,
                text_days: row.text_days.map(crate::count),
            },
            link_days: crate::count(row.link_days),
            sign_presence: row.sign_presence == 1,
        }))
    }

    /// Changes it.
    pub async fn set_organisation_settings(
        &mut self,
        id: OrganisationId,
        settings: &OrganisationSettings,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "UPDATE organisations SET name = $2, login_codes = $3, trainers_add_people = $4, sender_name = $5, reply_to = $6, \
                 send_delay = $7, firm_recent = $8, firm_often = $9, \
                 forget_days = $10, forget_directory = $11, text_days = $12, link_days = $13, sign_presence = $14 WHERE id = $1",
        )
        .bind(id.0)
        .bind(&settings.name)
        .bind(i64::from(settings.login_codes))
        .bind(i64::from(settings.trainers_add_people))
        .bind(&settings.sender_name)
        .bind(&settings.reply_to)
        .bind(i64::from(settings.send_delay))
        .bind(i64::from(settings.firm_recent))
        .bind(i64::from(settings.firm_often))
        .bind(settings.retention.people_days.map(i64::from))
        .bind(i64::from(settings.retention.directory))
        .bind(settings.retention.text_days.map(i64::from))
        .bind(i64::from(settings.link_days))
        .bind(i64::from(settings.sign_presence))
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
