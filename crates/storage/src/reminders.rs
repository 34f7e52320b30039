//! Planned reminders.

use crate::macros::on;
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::reminder::{ReminderAnchor, ReminderForm};
use convoke_domain::{OrganisationId, ReminderId, Timestamp, TrainingId, UserId};
use sqlx::AssertSqlSafe;

/// A reminder, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// The reminder.
    pub id: ReminderId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The training.
    pub training_id: TrainingId,
    /// How many days before.
    pub days: u32,
    /// Before what.
    pub anchor: ReminderAnchor,
    /// Who planned it.
    pub created_by: Option<UserId>,
    /// First name of who planned it.
    pub first_name: Option<String>,
    /// Last name of who planned it.
    pub last_name: Option<String>,
    /// When it went out, or was found to be too late for that.
    pub done_at: Option<Timestamp>,
    /// To how many it went.
    pub messages: Option<u32>,
}

from_row!(Reminder {
    id,
    organisation_id,
    training_id,
    days,
    anchor,
    created_by,
    first_name,
    last_name,
    done_at,
    messages
});

const REMINDERS: &str = "SELECT r.id, r.organisation_id, r.training_id, r.days, r.anchor, r.created_by, u.first_name, u.last_name, \
     r.done_at, r.messages FROM reminders r LEFT JOIN users u ON u.id = r.created_by";

impl Transaction {
    /// Plans a reminder.
    pub async fn insert_reminder(
        &mut self,
        (organisation_id, training_id): (OrganisationId, TrainingId),
        id: ReminderId,
        form: ReminderForm,
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO reminders (id, organisation_id, training_id, days, anchor, created_by, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(id.0)
        .bind(organisation_id.0)
        .bind(training_id.0)
        .bind(i64::from(form.days))
        .bind(form.anchor.as_str())
        .bind(by.map(|id| id.0))
        .bind(at.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// The reminders of a training, planned and gone.
    pub async fn reminders(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
    ) -> Result<Vec<Reminder>> {
        let sql = format!(
            "{REMINDERS} WHERE r.organisation_id = $1 AND r.training_id = $2 ORDER BY r.created_at, r.id"
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(training_id.0)
            .fetch_all(c)
            .await)?)
    }

    /// How many reminders of a training wait.
    pub async fn planned_reminders(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
    ) -> Result<u32> {
        let n: i64 = on!(self, c => sqlx::query_scalar(
            "SELECT COUNT(*) FROM reminders WHERE organisation_id = $1 AND training_id = $2 AND done_at IS NULL",
        )
        .bind(organisation_id.0)
        .bind(training_id.0)
        .fetch_one(c)
        .await)?;
        Ok(crate::count(n))
    }

    /// The reminders that wait, of trainings of all organisations.
    pub async fn waiting_reminders(&mut self) -> Result<Vec<Reminder>> {
        let sql = format!("{REMINDERS} WHERE r.done_at IS NULL ORDER BY r.id");
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql)).fetch_all(c).await)?)
    }

    /// Takes a planned reminder away. Whether it was there, and waited.
    pub async fn delete_reminder(
        &mut self,
        (organisation_id, training_id): (OrganisationId, TrainingId),
        id: ReminderId,
    ) -> Result<bool> {
        let gone = on!(self, c => sqlx::query(
            "DELETE FROM reminders WHERE organisation_id = $1 AND training_id = $2 AND id = $3 AND done_at IS NULL",
        )
        .bind(organisation_id.0)
        .bind(training_id.0)
        .bind(id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(gone > 0)
    }

    /// Says that a reminder is done, with so many messages. Whether it waited: of two who try at once, one does it.
    pub async fn finish_reminder(
        &mut self,
        organisation_id: OrganisationId,
        id: ReminderId,
        messages: u64,
        at: Timestamp,
    ) -> Result<bool> {
        let done = on!(self, c => sqlx::query(
            "UPDATE reminders SET done_at = $3, messages = $4 WHERE organisation_id = $1 AND id = $2 AND done_at IS NULL",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .bind(at.0)
        .bind(i64::try_from(messages).unwrap_or(i64::MAX))
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }
}
