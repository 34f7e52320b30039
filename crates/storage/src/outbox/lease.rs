//! Who sends what: marks with a lease, and what becomes of a dead worker's rows.

use super::{MessageFacts, lock, messages, words};
use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Dialect, Result, Transaction};
use convoke_domain::message::Problem;
use convoke_domain::{
    Channel, InvitationId, InvitationState, MessageId, MessageKind, Timestamp, TrainingId,
};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;
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
    /// When the next queued message of these channels is due; `None` when there is none. Those that wait for the turn of a domain do not count.
    pub async fn next_due(&mut self, channels: &[Channel]) -> Result<Option<Timestamp>> {
        if channels.is_empty() {
            return Ok(None);
        }
        let sql = format!(
            "SELECT next_attempt_at FROM messages \
             WHERE state = 'queued' AND waits_for IS NULL AND channel IN ({}) \
             ORDER BY next_attempt_at LIMIT 1",
            words(channels)
        );
        let at: Option<i64> = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
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
             WHERE lease_owner = $2 AND state = 'sending' AND {}",
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

    /// Gives messages back that `owner` marked and did not begin to hand over: they wait as before, and the attempt does not count.
    pub async fn give_back(&mut self, owner: &str, of: &[MessageId]) -> Result<()> {
        if of.is_empty() {
            return Ok(());
        }
        let sql = format!(
            "UPDATE messages SET state = 'queued', attempts = attempts - 1, lease_owner = NULL, lease_until = NULL \
             WHERE state = 'sending' AND lease_owner = $1 AND {}",
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

    /// Locks the invitations of messages that are due until the end of the transaction, so that nobody is taken out between the look at their state and
    /// the mark *sending*. The states are those of now; messages whose invitations somebody else has locked are left out: they wait a moment.
    pub async fn lock_invitations_for_sending(
        &mut self,
        due: &mut Vec<MessageFacts>,
    ) -> Result<()> {
        if self.dialect() == Dialect::Sqlite {
            // The one writer holds everything.
            return Ok(());
        }
        let of: Vec<InvitationId> = due.iter().map(|m| m.invitation_id).collect();
        let sql = format!(
            "SELECT id, state FROM invitations WHERE {}{}",
            self.dialect().in_ids("id", 1),
            lock(self.dialect(), true)
        );
        let locked: Vec<(Uuid, String)> = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(ids(&of))
            .fetch_all(c)
            .await)?;
        let locked: HashMap<Uuid, InvitationState> = locked
            .into_iter()
            .filter_map(|(id, state)| Some((id, state.parse().ok()?)))
            .collect();
        due.retain_mut(|message| {
            // A message about an account has no invitation.
            let had = message.invitation_state.is_some();
            message.invitation_state = locked.get(&message.invitation_id.0).copied();
            !had || message.invitation_state.is_some()
        });
        Ok(())
    }

    /// Marks queued messages as being sent by `owner`, which counts as an attempt, and gives those that really are: a row that was
    /// withdrawn or that another worker marked meanwhile is not among them, and must not be sent. Until `until` nobody else touches them.
    pub async fn mark_sending(
        &mut self,
        owner: &str,
        of: &[MessageId],
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<MessageId>> {
        let sql = format!(
            "UPDATE messages SET state = 'sending', attempts = attempts + 1, waits_for = NULL, lease_owner = $1, lease_until = $2, updated_at = $3 \
             WHERE state = 'queued' AND {}",
            self.dialect().in_ids("id", 4)
        );
        let marked = on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(owner)
            .bind(until.0)
            .bind(now.0)
            .bind(ids(of))
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        if marked == of.len() as u64 {
            return Ok(of.to_vec());
        }
        let sql = format!(
            "SELECT id FROM messages WHERE state = 'sending' AND lease_owner = $1 AND {}",
            self.dialect().in_ids("id", 2)
        );
        let marked: Vec<Uuid> = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(owner)
            .bind(ids(of))
            .fetch_all(c)
            .await)?;
        Ok(messages(marked))
    }

    /// Takes back what a dead worker left in the middle: rows that were being sent under a lease that has run out become
    /// *uncertain*, and their invitations say so, unless it was heard of them since. Gives how many.
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
        let uncertain = taken.len() as u64;
        self.settle_reports(&messages(taken)).await?;
        Ok(uncertain)
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
