//! Who may send what: leases, and what becomes of a dead worker's rows.

use super::{json_rows, lock, messages, words};
use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Dialect, Result, Transaction};
use convoke_domain::message::Problem;
use convoke_domain::{Channel, InvitationId, MessageId, MessageKind, Timestamp, TrainingId};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// A message that nobody else will touch for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leased {
    /// The message.
    pub id: MessageId,
    /// The invitation it is about.
    pub invitation_id: InvitationId,
    /// The training it is about, if any.
    pub training_id: Option<TrainingId>,
    /// Why it is sent.
    pub kind: MessageKind,
    /// By e-mail or SMS.
    pub channel: Channel,
}

from_row!(Leased {
    id,
    invitation_id,
    training_id,
    kind,
    channel
});

impl Transaction {
    /// Takes up to `limit` queued messages of these channels that are due at `now`, for `owner`, until `until`. Those of a worker
    /// that died before it began to send them are taken too. Never waits for another worker.
    pub async fn lease(
        &mut self,
        owner: &str,
        now: Timestamp,
        until: Timestamp,
        channels: &[Channel],
        limit: u32,
    ) -> Result<Vec<Leased>> {
        if channels.is_empty() {
            return Ok(Vec::new());
        }
        let skip = match self.dialect() {
            Dialect::Sqlite => "",
            Dialect::Postgres => "FOR UPDATE SKIP LOCKED",
        };
        // The first condition on the state is word for word that of the index, else SQLite does not use it.
        let sql = format!(
            "WITH due AS MATERIALIZED (SELECT id FROM messages \
                 WHERE state IN ('queued', 'sending') AND state = 'queued' AND next_attempt_at <= $3 \
                 AND (lease_until IS NULL OR lease_until < $3) AND channel IN ({}) \
                 ORDER BY next_attempt_at LIMIT $4 {skip}) \
             UPDATE messages SET lease_owner = $1, lease_until = $2 WHERE id IN (SELECT id FROM due) \
             RETURNING id, invitation_id, training_id, kind, channel",
            words(channels)
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(owner)
            .bind(until.0)
            .bind(now.0)
            .bind(i64::from(limit))
            .fetch_all(c)
            .await)?)
    }

    /// When the next queued message of these channels is due that nobody has taken; `None` when there is none.
    pub async fn next_due(
        &mut self,
        channels: &[Channel],
        now: Timestamp,
    ) -> Result<Option<Timestamp>> {
        if channels.is_empty() {
            return Ok(None);
        }
        let sql = format!(
            "SELECT next_attempt_at FROM messages \
             WHERE state IN ('queued', 'sending') AND state = 'queued' \
             AND (lease_until IS NULL OR lease_until < $1) AND channel IN ({}) \
             ORDER BY next_attempt_at LIMIT 1",
            words(channels)
        );
        let at: Option<i64> = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(now.0)
            .fetch_optional(c)
            .await)?;
        Ok(at.map(Timestamp))
    }

    /// Keeps messages of `owner` for longer.
    pub async fn renew_leases(
        &mut self,
        owner: &str,
        of: &[MessageId],
        until: Timestamp,
    ) -> Result<()> {
        let sql = format!(
            "UPDATE messages SET lease_until = $1 \
             WHERE lease_owner = $2 AND state IN ('queued', 'sending') AND {}",
            self.dialect().in_ids("id", 3)
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(until.0)
            .bind(owner)
            .bind(ids(of))
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Gives queued messages of `owner` back, so that others need not wait for the lease to run out.
    pub async fn release_leases(&mut self, owner: &str, of: &[MessageId]) -> Result<()> {
        let sql = format!(
            "UPDATE messages SET lease_owner = NULL, lease_until = NULL \
             WHERE lease_owner = $1 AND state = 'queued' AND {}",
            self.dialect().in_ids("id", 2)
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(owner)
            .bind(ids(of))
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Locks these invitations until the end of the transaction, so that nobody is taken out between the look at their state and
    /// the mark *sending*. Gives those that are there and that nobody else has locked: the others' messages wait a moment.
    pub async fn lock_invitations_for_sending(
        &mut self,
        of: &[InvitationId],
    ) -> Result<Vec<InvitationId>> {
        let sql = format!(
            "SELECT id FROM invitations WHERE {}{}",
            self.dialect().in_ids("id", 1),
            lock(self.dialect(), true)
        );
        let locked: Vec<Uuid> = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(ids(of))
            .fetch_all(c)
            .await)?;
        Ok(locked.into_iter().map(InvitationId).collect())
    }

    /// Marks leased messages as being sent, which counts as an attempt, and gives those that really are: a row
    /// that was withdrawn or that another worker took over meanwhile is not among them, and must not be sent.
    pub async fn mark_sending(
        &mut self,
        owner: &str,
        of: &[MessageId],
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<MessageId>> {
        let sql = format!(
            "UPDATE messages SET state = 'sending', attempts = attempts + 1, lease_until = $1, updated_at = $2 \
             WHERE state = 'queued' AND lease_owner = $3 AND {} RETURNING id",
            self.dialect().in_ids("id", 4)
        );
        let marked: Vec<Uuid> = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(until.0)
            .bind(now.0)
            .bind(owner)
            .bind(ids(of))
            .fetch_all(c)
            .await)?;
        Ok(messages(marked))
    }

    /// Takes back what a dead worker left in the middle: rows that were being sent under a lease that has run out become
    /// *uncertain*, and their invitations say so. Gives how many.
    pub async fn reclaim(&mut self, now: Timestamp) -> Result<u64> {
        let stale: Vec<Leased> = on!(self, c => sqlx::query_as(
            "SELECT id, invitation_id, training_id, kind, channel FROM messages \
             WHERE state = 'sending' AND lease_until < $1 LIMIT 10000",
        )
        .bind(now.0)
        .fetch_all(c)
        .await)?;
        if stale.is_empty() {
            return Ok(0);
        }
        self.raise_versions(
            &stale
                .iter()
                .filter_map(|l| l.training_id)
                .collect::<Vec<_>>(),
        )
        .await?;
        self.lock_invitations(&stale.iter().map(|l| l.invitation_id).collect::<Vec<_>>())
            .await?;
        let sql = format!(
            "UPDATE messages SET state = 'uncertain', problem = 'uncertain', lease_until = NULL, updated_at = $1 \
             WHERE state = 'sending' AND lease_until < $1 AND {} RETURNING id",
            self.dialect().in_ids("id", 2)
        );
        let taken: Vec<Uuid> = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(now.0)
            .bind(ids(&stale.iter().map(|l| l.id).collect::<Vec<_>>()))
            .fetch_all(c)
            .await)?;
        let people: Vec<InvitationId> = stale
            .iter()
            .filter(|l| l.kind.invites() && taken.contains(&l.id.0))
            .map(|l| l.invitation_id)
            .collect();
        self.note_problem(&people, Problem::Uncertain).await?;
        Ok(taken.len() as u64)
    }

    async fn note_problem(&mut self, of: &[InvitationId], problem: Problem) -> Result<()> {
        if of.is_empty() {
            return Ok(());
        }
        let sql = format!(
            "UPDATE invitations SET problem = $1, problem_detail = NULL WHERE {}",
            self.dialect().in_ids("id", 2)
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(problem.as_str())
            .bind(ids(of))
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Raises the version of trainings, so that browsers that show them look again.
    pub async fn raise_versions(&mut self, of: &[TrainingId]) -> Result<()> {
        let sql = format!(
            "UPDATE trainings SET version = version + 1 WHERE id IN (SELECT id FROM trainings WHERE {}{})",
            self.dialect().in_ids("id", 1),
            lock(self.dialect(), false)
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(ids(of))
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Locks invitations in the order of their ids, waiting for those who hold them.
    pub(crate) async fn lock_invitations(&mut self, of: &[InvitationId]) -> Result<()> {
        if self.dialect() == Dialect::Sqlite {
            return Ok(());
        }
        let sql = format!(
            "SELECT count(*) FROM (SELECT id FROM invitations WHERE {}{}) AS locked",
            self.dialect().in_ids("id", 1),
            lock(self.dialect(), false)
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(ids(of))
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// How many messages of all organisations wait or are under way.
    pub async fn outbox_backlog(&mut self) -> Result<u64> {
        let n: i64 = on!(self, c => sqlx::query_scalar(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM messages WHERE state IN ('queued', 'sending')",
        )
        .fetch_one(c)
        .await)?;
        Ok(n.unsigned_abs())
    }
}

/// The elements of a bound JSON array as rows of `columns`.
pub(super) fn listed(dialect: Dialect, n: usize, columns: &str) -> String {
    format!(
        "(SELECT {} AS id, {columns} FROM {})",
        super::json_uuid(dialect, "id"),
        json_rows(dialect, n)
    )
}
