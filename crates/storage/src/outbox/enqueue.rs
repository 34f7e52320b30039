//! Putting messages into the outbox.

use super::LARGE;
use crate::macros::{ids, on};
use crate::{Dialect, Result, Transaction};
use convoke_domain::{
    BatchId, Channel, InvitationId, MessageKind, OrganisationId, Timestamp, TrainingId, UserId,
};

/// The messages of one press of *Send* or *Resend*, or of one Validate that takes people out.
#[derive(Clone, Copy, Debug)]
pub struct NewBatch {
    /// Its id.
    pub id: BatchId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The training they are about.
    pub training_id: TrainingId,
    /// Why they are sent.
    pub kind: MessageKind,
    /// Who pressed; `None` for the command line and the system.
    pub queued_by: Option<UserId>,
    /// Now.
    pub at: Timestamp,
    /// When they may go out, at the earliest.
    pub starts_at: Timestamp,
    /// Whether somebody chose that day and time.
    pub planned: bool,
}

/// The kinds that ask for an answer ([`MessageKind::invites`]): of these one is on its way to a person at a time.
pub(crate) const INVITES: &str = "('invitation', 'resend', 'reminder')";

impl Transaction {
    /// Queues one message for each recipient, and gives how many were queued.
    ///
    /// Raises the invitation's generation and, when an answer is asked for, clears its problem. Left out are: who is not of this training; for an
    /// *invitation* who is no longer in *to send*, for a *resend* or *reminder* who is no longer in *sent*, for a *reminder before the start* who is not
    /// confirmed; who wants no messages, but for what becomes of a training that they confirmed; and who has a message of this round on its way already. So pressing twice, from two browsers, queues one message. The number of
    /// statements does not depend on the number of recipients.
    pub async fn enqueue(
        &mut self,
        batch: &NewBatch,
        recipients: &[(InvitationId, Channel)],
    ) -> Result<u64> {
        if recipients.is_empty() {
            return Ok(0);
        }
        let of = |wanted: Channel| {
            recipients
                .iter()
                .filter(|(_, channel)| *channel == wanted)
                .map(|(id, _)| *id)
                .collect::<Vec<_>>()
        };
        if recipients.len() >= LARGE && self.dialect() == Dialect::Postgres {
            // Lists of a hundred thousand ids are sorted and hashed in memory, not on the disk.
            on!(self, c => sqlx::query("SET LOCAL work_mem = '64MB'").execute(c).await.map(|_| ()))?;
        }
        // Locks first and looks afterwards: a statement sees the rows it waited for, but not the messages that were
        // queued while it waited.
        self.lock_invitations(&recipients.iter().map(|(id, _)| *id).collect::<Vec<_>>())
            .await?;
        let mut queued = 0;
        for channel in Channel::ALL {
            let people = of(*channel);
            if !people.is_empty() {
                queued += self.insert_messages(batch, *channel, &people).await?;
            }
        }
        if queued > 0 {
            self.begin_round(batch).await?;
            self.insert_batch(batch, queued).await?;
        }
        if queued >= LARGE as u64 && self.dialect() == Dialect::Postgres {
            // Until it has looked, the planner believes that hardly anything is queued, and sorts it all for every lease.
            on!(self, c => sqlx::query("ANALYZE messages").execute(c).await.map(|_| ()))?;
        }
        Ok(queued)
    }

    async fn insert_messages(
        &mut self,
        batch: &NewBatch,
        channel: Channel,
        people: &[InvitationId],
    ) -> Result<u64> {
        let (state, rivals) = match batch.kind {
            MessageKind::Invitation => ("AND i.state = 'to_send'", INVITES),
            MessageKind::Resend | MessageKind::Reminder => ("AND i.state = 'sent'", INVITES),
            MessageKind::ReminderStart => ("AND i.state = 'confirmed'", "('reminder_start')"),
            // One that has not gone out yet says what holds when it does.
            MessageKind::Change => (
                "AND i.state IN ('sent', 'confirmed', 'waiting')",
                "('change')",
            ),
            MessageKind::Cancellation => ("", "('cancellation')"),
            // Notices are queued by `enqueue_notice`, each as a round of its own.
            MessageKind::Registered
            | MessageKind::WaitingList
            | MessageKind::PlaceFreed
            | MessageKind::EntryCode
            | MessageKind::FreshLink
            | MessageKind::Account
            | MessageKind::Test => return Ok(0),
        };
        // By what `MessageKind::reaches_whoever_opted_out` says; a contract test compares them.
        let wanted = match batch.kind {
            MessageKind::Change => "(u.opted_out IS NULL OR i.state = 'confirmed')",
            // Who was cancelled keeps how they had confirmed.
            MessageKind::Cancellation => "(u.opted_out IS NULL OR i.confirmed_by IS NOT NULL)",
            _ => "u.opted_out IS NULL",
        };
        let sql = format!(
            "INSERT INTO messages (id, organisation_id, training_id, invitation_id, user_id, batch_id, kind, channel, \
                 generation, state, next_attempt_at, queued_by, created_at, updated_at) \
             SELECT {new_id}, i.organisation_id, i.training_id, i.id, i.user_id, $2, $3, $4, \
                 i.generation + 1, 'queued', $9, $5, $1, $1 \
             FROM invitations i JOIN users u ON u.id = i.user_id AND {wanted} \
             WHERE {here} AND {ours} AND {listed} {state} \
             AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.invitation_id = i.id \
                 AND m.state NOT IN ('sent', 'failed', 'cancelled', 'uncertain') AND m.kind IN {rivals})",
            new_id = self.dialect().new_id(1),
            here = self.dialect().checked("i.training_id", 6),
            ours = self.dialect().checked("i.organisation_id", 7),
            listed = self.dialect().in_ids("i.id", 8),
        );
        let queued = on!(self, c => sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(batch.at.0)
            .bind(batch.id.0)
            .bind(batch.kind.as_str())
            .bind(channel.as_str())
            .bind(batch.queued_by.map(|id| id.0))
            .bind(batch.training_id.0)
            .bind(batch.organisation_id.0)
            .bind(ids(people))
            .bind(batch.starts_at.0)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(queued)
    }

    async fn begin_round(&mut self, batch: &NewBatch) -> Result<()> {
        // What merely tells something leaves standing what went wrong with the invitation.
        let cleared = match batch.kind {
            MessageKind::ReminderStart | MessageKind::Change => "",
            _ => ", problem = NULL, problem_detail = NULL",
        };
        let sql = format!(
            "UPDATE invitations SET generation = generation + 1{cleared} \
             WHERE id IN (SELECT invitation_id FROM messages WHERE training_id = $1 AND created_at = $2 AND batch_id = $3)"
        );
        on!(self, c => sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(batch.training_id.0)
        .bind(batch.at.0)
        .bind(batch.id.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Withdraws the messages of these invitations that no worker has begun to send; for people who are taken out.
    /// Gives how many.
    pub async fn withdraw_queued(
        &mut self,
        invitations: &[InvitationId],
        now: Timestamp,
    ) -> Result<u64> {
        self.lock_invitations(invitations).await?;
        let sql = format!(
            "UPDATE messages SET state = 'cancelled', lease_owner = NULL, lease_until = NULL, updated_at = $1 \
             WHERE state = 'queued' AND kind IN ('invitation', 'resend', 'reminder', 'reminder_start', 'change') AND {}",
            self.dialect().in_ids("invitation_id", 2)
        );
        let withdrawn = on!(self, c => sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(now.0)
            .bind(ids(invitations))
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(withdrawn)
    }
}
