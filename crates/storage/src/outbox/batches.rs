//! Batches: the messages of one press of a button, which wait together, and can be undone, hurried and stopped together.

use super::NewBatch;
use super::enqueue::INVITES;
use crate::macros::on;
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::view::BatchEnded;
use convoke_domain::{
    BatchId, InvitationId, MessageKind, OrganisationId, Timestamp, TrainingId, UserId,
};
use uuid::Uuid;

/// A batch of a training, by its organisation, its training and its id.
#[derive(Clone, Copy, Debug)]
pub struct BatchKey {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The training.
    pub training_id: TrainingId,
    /// The batch.
    pub id: BatchId,
}

/// A batch of which messages wait or are on their way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningBatch {
    /// Its id.
    pub id: BatchId,
    /// Why the messages are sent.
    pub kind: MessageKind,
    /// Who pressed.
    pub queued_by: Option<UserId>,
    /// First name of who pressed.
    pub first_name: Option<String>,
    /// Last name of who pressed.
    pub last_name: Option<String>,
    /// When they may go out, at the earliest.
    pub starts_at: Timestamp,
    /// Whether that was chosen.
    pub planned: i64,
    /// How many there were.
    pub messages: i64,
    /// How many are queued or being sent.
    pub remaining: i64,
}

from_row!(RunningBatch {
    id,
    kind,
    queued_by,
    first_name,
    last_name,
    starts_at,
    planned,
    messages,
    remaining
});

/// What has to be known of a batch before it is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Who queued it; `None` for the system.
    pub queued_by: Option<UserId>,
    /// Of messages that tell of a change: since when their readers know something that is not so any more.
    pub moved_at: Option<Timestamp>,
}

from_row!(Batch {
    queued_by,
    moved_at
});

impl Transaction {
    /// Notes a batch of which so many messages were queued.
    pub(super) async fn insert_batch(&mut self, batch: &NewBatch, messages: u64) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO batches (id, organisation_id, training_id, kind, queued_by, created_at, starts_at, planned, messages) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(batch.id.0)
        .bind(batch.organisation_id.0)
        .bind(batch.training_id.0)
        .bind(batch.kind.as_str())
        .bind(batch.queued_by.map(|id| id.0))
        .bind(batch.at.0)
        .bind(batch.starts_at.0)
        .bind(i64::from(batch.planned))
        .bind(i64::try_from(messages).unwrap_or(i64::MAX))
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// The batches of a training of which messages wait or are on their way, the oldest first; only those that `by` queued, if given.
    pub async fn running_batches(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
        by: Option<UserId>,
    ) -> Result<Vec<RunningBatch>> {
        Ok(on!(self, c => sqlx::query_as(
            "SELECT b.id, b.kind, b.queued_by, u.first_name, u.last_name, b.starts_at, b.planned, b.messages, r.remaining \
             FROM (SELECT batch_id, COUNT(*) AS remaining FROM messages \
                   WHERE training_id = $2 AND state IN ('queued', 'sending') GROUP BY batch_id) r \
             JOIN batches b ON b.id = r.batch_id LEFT JOIN users u ON u.id = b.queued_by \
             WHERE b.organisation_id = $1 AND b.training_id = $2 AND ($3 IS NULL OR b.queued_by = $3) \
             ORDER BY b.created_at, b.id",
        )
        .bind(organisation_id.0)
        .bind(training_id.0)
        .bind(by.map(|id| id.0))
        .fetch_all(c)
        .await)?)
    }

    /// A batch; `None` when there is none.
    pub async fn batch(&mut self, key: BatchKey) -> Result<Option<Batch>> {
        Ok(on!(self, c => sqlx::query_as(
            "SELECT queued_by, moved_at FROM batches WHERE organisation_id = $1 AND training_id = $2 AND id = $3",
        )
        .bind(key.organisation_id.0)
        .bind(key.training_id.0)
        .bind(key.id.0)
        .fetch_optional(c)
        .await)?)
    }

    /// Notes since when those whom a batch tells of a change know something that is not so any more.
    pub async fn set_batch_moved(
        &mut self,
        id: BatchId,
        moved_at: Option<Timestamp>,
    ) -> Result<()> {
        on!(self, c => sqlx::query("UPDATE batches SET moved_at = $2 WHERE id = $1")
            .bind(id.0)
            .bind(moved_at.map(|at| at.0))
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Lets a batch that waits begin now. Whether it waited.
    pub async fn hurry_batch(&mut self, key: BatchKey, now: Timestamp) -> Result<bool> {
        let waited = on!(self, c => sqlx::query(
            "UPDATE batches SET starts_at = $1 \
             WHERE organisation_id = $2 AND training_id = $3 AND id = $4 AND starts_at > $1 AND ended_at IS NULL",
        )
        .bind(now.0)
        .bind(key.organisation_id.0)
        .bind(key.training_id.0)
        .bind(key.id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        if waited == 0 {
            return Ok(false);
        }
        on!(self, c => sqlx::query(
            "UPDATE messages SET next_attempt_at = $1 \
             WHERE training_id = $2 AND batch_id = $3 AND state IN ('queued', 'sending') AND state = 'queued' AND next_attempt_at > $1",
        )
        .bind(now.0)
        .bind(key.training_id.0)
        .bind(key.id.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(true)
    }

    /// Takes back what of a batch no worker has begun to send. Whose message is taken back is as before it was queued.
    ///
    /// The caller has raised the training's version, so trainings, invitations and messages are locked in this order.
    pub async fn withdraw_batch(&mut self, key: BatchKey, now: Timestamp) -> Result<BatchEnded> {
        let waiting: Vec<Uuid> = on!(self, c => sqlx::query_scalar(
            "SELECT invitation_id FROM messages \
             WHERE organisation_id = $1 AND training_id = $2 AND batch_id = $3 AND state = 'queued'",
        )
        .bind(key.organisation_id.0)
        .bind(key.training_id.0)
        .bind(key.id.0)
        .fetch_all(c)
        .await)?;
        let waiting: Vec<InvitationId> = waiting.into_iter().map(InvitationId).collect();
        self.lock_invitations(&waiting).await?;
        let withdrawn = on!(self, c => sqlx::query(
            "UPDATE messages SET state = 'cancelled', lease_owner = NULL, lease_until = NULL, problem = NULL, problem_detail = NULL, updated_at = $1 \
             WHERE organisation_id = $2 AND training_id = $3 AND batch_id = $4 AND state = 'queued'",
        )
        .bind(now.0)
        .bind(key.organisation_id.0)
        .bind(key.training_id.0)
        .bind(key.id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        // What went wrong before is what went wrong last again.
        let last = format!(
            "FROM messages m WHERE m.invitation_id = invitations.id AND m.kind IN {INVITES} \
             AND m.state <> 'cancelled' ORDER BY m.created_at DESC, m.id DESC LIMIT 1"
        );
        let sql = format!(
            "UPDATE invitations SET \
                 problem = (SELECT CASE WHEN m.report = 'bounced' THEN 'bounced' ELSE m.problem END {last}), \
                 problem_detail = (SELECT CASE WHEN m.report = 'bounced' THEN m.report_detail ELSE m.problem_detail END {last}) \
             WHERE id IN (SELECT invitation_id FROM messages \
                 WHERE training_id = $1 AND batch_id = $2 AND state = 'cancelled' AND updated_at = $3)"
        );
        on!(self, c => sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(key.training_id.0)
            .bind(key.id.0)
            .bind(now.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        let messages: Option<i64> = on!(self, c => sqlx::query_scalar(
            "UPDATE batches SET ended_at = COALESCE(ended_at, $1) \
             WHERE organisation_id = $2 AND training_id = $3 AND id = $4 RETURNING messages",
        )
        .bind(now.0)
        .bind(key.organisation_id.0)
        .bind(key.training_id.0)
        .bind(key.id.0)
        .fetch_optional(c)
        .await)?;
        let withdrawn = crate::count(i64::try_from(withdrawn).unwrap_or(i64::MAX));
        let messages = crate::count(messages.unwrap_or_default());
        Ok(BatchEnded {
            withdrawn,
            gone: messages.saturating_sub(withdrawn),
        })
    }
}
