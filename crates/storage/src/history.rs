//! The history: who did what when.

use crate::macros::on;
use crate::{Result, Transaction};
use convoke_domain::{HistoryId, OrganisationId, Timestamp, TrainingId, UserId};

/// A line of the history.
#[derive(Clone, Debug)]
pub struct NewHistory {
    /// Its id.
    pub id: HistoryId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// When.
    pub at: Timestamp,
    /// Who; `None` for the command line and the system.
    pub actor_id: Option<UserId>,
    /// The name of who did it, as it was then.
    pub actor_name: String,
    /// What, for example `training.created`.
    pub event: &'static str,
    /// The training concerned.
    pub training_id: Option<TrainingId>,
    /// The user concerned.
    pub user_id: Option<UserId>,
    /// Numbers and words of the event.
    pub details: serde_json::Value,
}

impl Transaction {
    /// Adds a line to the history.
    pub async fn add_history(&mut self, line: &NewHistory) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO history (id, organisation_id, at, actor_id, actor_name, event, training_id, user_id, details) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(line.id.0)
        .bind(line.organisation_id.0)
        .bind(line.at.0)
        .bind(line.actor_id.map(|id| id.0))
        .bind(&line.actor_name)
        .bind(line.event)
        .bind(line.training_id.map(|id| id.0))
        .bind(line.user_id.map(|id| id.0))
        .bind(line.details.to_string())
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
