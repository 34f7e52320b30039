//! What is offered for a training, and its code.

use crate::macros::on;
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::registration::{ListShows, Proof};
use convoke_domain::{OrganisationId, Timestamp, TrainingId};
use sqlx::AssertSqlSafe;

/// The self-registration of a training, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelfRegistration {
    /// The training.
    pub training_id: TrainingId,
    /// Its organisation.
    pub organisation_id: OrganisationId,
    /// 1 when people may register themselves.
    pub offered: i64,
    /// The training code, without separators.
    pub code: String,
    /// 1 when the code opens the page.
    pub code_on: i64,
    /// First moment at which it does.
    pub opens_at: Option<i64>,
    /// Last moment; without one, the end of the training.
    pub closes_at: Option<i64>,
    /// What the public list shows.
    pub list_shows: ListShows,
    /// What tapping a name asks for.
    pub proof: Proof,
    /// 1 when an administrator approves first.
    pub approval: i64,
    /// 1 when a full training has a waiting list.
    pub waiting_list: i64,
    /// The version of the form that is shown; 0 before the first.
    pub form_version: i64,
    /// When the code was last renewed or switched off.
    pub code_ended_at: Option<i64>,
}

from_row!(SelfRegistration {
    training_id,
    organisation_id,
    offered,
    code,
    code_on,
    opens_at,
    closes_at,
    list_shows,
    proof,
    approval,
    waiting_list,
    form_version,
    code_ended_at
});

const COLUMNS: &str = "s.training_id, s.organisation_id, s.offered, s.code, s.code_on, s.opens_at, s.closes_at, s.list_shows, s.proof, \
     s.approval, s.waiting_list, s.form_version, s.code_ended_at";

impl Transaction {
    /// The self-registration of a training; `None` while it was never offered.
    pub async fn self_registration(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
    ) -> Result<Option<SelfRegistration>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM self_registrations s WHERE s.organisation_id = $1 AND s.training_id = $2"
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(training_id.0)
            .fetch_optional(c)
            .await)?)
    }

    /// What a code belongs to, in whatever organisation whose option *login codes* is on; whether it is open, the caller decides.
    pub async fn self_registration_by_code(
        &mut self,
        code: &str,
    ) -> Result<Option<SelfRegistration>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM self_registrations s JOIN organisations o ON o.id = s.organisation_id \
             WHERE s.code = $1 AND o.login_codes = 1"
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(code)
            .fetch_optional(c)
            .await)?)
    }

    /// Saves everything but the version of the form. A unique violation means that the code is taken.
    pub async fn save_self_registration(
        &mut self,
        row: &SelfRegistration,
        at: Timestamp,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO self_registrations (training_id, organisation_id, offered, code, code_on, opens_at, closes_at, list_shows, proof, \
                 approval, waiting_list, updated_at, code_ended_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
             ON CONFLICT (training_id) DO UPDATE SET offered = excluded.offered, code = excluded.code, code_on = excluded.code_on, \
                 opens_at = excluded.opens_at, closes_at = excluded.closes_at, list_shows = excluded.list_shows, \
                 proof = excluded.proof, approval = excluded.approval, waiting_list = excluded.waiting_list, \
                 updated_at = excluded.updated_at, code_ended_at = excluded.code_ended_at",
        )
        .bind(row.training_id.0)
        .bind(row.organisation_id.0)
        .bind(row.offered)
        .bind(&row.code)
        .bind(row.code_on)
        .bind(row.opens_at)
        .bind(row.closes_at)
        .bind(row.list_shows.as_str())
        .bind(row.proof.as_str())
        .bind(row.approval)
        .bind(row.waiting_list)
        .bind(at.0)
        .bind(row.code_ended_at)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Whether a code is taken.
    pub async fn code_is_taken(&mut self, code: &str) -> Result<bool> {
        let found: Option<i64> = on!(self, c => sqlx::query_scalar(
            "SELECT offered FROM self_registrations WHERE code = $1",
        )
        .bind(code)
        .fetch_optional(c)
        .await)?;
        Ok(found.is_some())
    }

    /// Notes that a device has shown a good code.
    pub async fn remember_device(&mut self, device_hash: &str, at: Timestamp) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO known_devices (device_hash, seen_at) VALUES ($1, $2) ON CONFLICT (device_hash) DO NOTHING",
        )
        .bind(device_hash)
        .bind(at.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Whether a device has shown a good code before.
    pub async fn device_is_known(&mut self, device_hash: &str) -> Result<bool> {
        let seen: Option<i64> = on!(self, c => sqlx::query_scalar(
            "SELECT seen_at FROM known_devices WHERE device_hash = $1",
        )
        .bind(device_hash)
        .fetch_optional(c)
        .await)?;
        Ok(seen.is_some())
    }

    /// The value of a fact of the installation, made from `fresh` when there is none yet; of several who ask at once, all get the same.
    pub async fn installation_value_or(&mut self, name: &str, fresh: &str) -> Result<String> {
        on!(self, c => sqlx::query(
            "INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        )
        .bind(name)
        .bind(fresh)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(self
            .installation_value(name)
            .await?
            .unwrap_or_else(|| fresh.to_owned()))
    }
}
