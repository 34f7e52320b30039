//! What is heard of messages after they were handed over, and what it makes of their invitations.
//!
//! The state of a message stays that of the outbox; beside it stands what was heard last that counts ([`Report::and`]), so that the same is true in whichever
//! order reports come, and however often. A report proves that the message was handed over: one that a crash had left *uncertain* is *sent* then.

use super::enqueue::INVITES;
use super::record::{clean, state_after};
use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::invitation::Event;
use convoke_domain::{
    Channel, InvitationId, MessageId, MessageState, OrganisationId, Report, Timestamp, TrainingId,
};
use sqlx::AssertSqlSafe;

/// The longest text that is kept of a server's words, in characters.
const MAX_DETAIL: usize = 500;

/// What is heard of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReport {
    /// The message.
    pub message_id: MessageId,
    /// What.
    pub report: Report,
    /// The server's own words, perhaps empty.
    pub detail: String,
    /// When it was heard.
    pub at: Timestamp,
}

/// What a report was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The training, if it was about one.
    pub training_id: Option<TrainingId>,
    /// Whether it was news.
    pub news: bool,
}

/// A message as far as a report is concerned.
#[derive(Clone, Copy, Debug)]
struct Reported {
    organisation_id: OrganisationId,
    training_id: Option<TrainingId>,
    invitation_id: InvitationId,
    channel: Channel,
    state: MessageState,
    report: Option<Report>,
}

from_row!(Reported {
    organisation_id,
    training_id,
    invitation_id,
    channel,
    state,
    report
});

impl Reported {
    /// What is true of the message once `report` was heard too; `None` when that is no news.
    fn with(&self, report: Report) -> Option<Report> {
        // Whatever waits or was withdrawn is not the message that was heard of.
        let handed_over = matches!(
            self.state,
            MessageState::Sending | MessageState::Sent | MessageState::Uncertain
        );
        let truth = report.and(self.report, self.channel);
        (handed_over && Some(truth) != self.report).then_some(truth)
    }
}

/// The message `m` is the last one that asked `i` for an answer, and was written since `i` is where it is: what became of it is a problem of the row.
pub(super) fn is_the_last() -> String {
    format!(
        "(i.state <> 'to_send' OR m.created_at >= i.state_changed_at) \
         AND NOT EXISTS (SELECT 1 FROM messages n WHERE n.invitation_id = m.invitation_id AND n.kind IN {INVITES} \
             AND n.state <> 'cancelled' AND (n.created_at > m.created_at OR (n.created_at = m.created_at AND n.id > m.id)))"
    )
}

impl Transaction {
    /// Notes what is heard of a message, in any organisation. `None` when there is no such message. Nothing is changed by what is no news.
    pub async fn report(&mut self, new: &NewReport) -> Result<Option<Heard>> {
        let Some(before) = self.reported(new.message_id, false).await? else {
            return Ok(None);
        };
        let heard = |news: bool| Heard {
            organisation_id: before.organisation_id,
            training_id: before.training_id,
            news,
        };
        if before.with(new.report).is_none() {
            return Ok(Some(heard(false)));
        }
        // Trainings, invitations, messages: the order in which everybody locks.
        self.raise_versions(before.training_id.as_slice()).await?;
        self.lock_invitations(&[before.invitation_id]).await?;
        let Some(now) = self.reported(new.message_id, true).await? else {
            return Ok(None);
        };
        let Some(truth) = now.with(new.report) else {
            return Ok(Some(heard(false)));
        };
        let detail: String = clean(&new.detail).chars().take(MAX_DETAIL).collect();
        on!(self, c => sqlx::query(
            "UPDATE messages SET report = $1, report_detail = $2, reported_at = $3 WHERE id = $4",
        )
        .bind(truth.as_str())
        .bind(Some(detail).filter(|detail| !detail.is_empty()))
        .bind(new.at.0)
        .bind(new.message_id.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        self.settle_reports(&[new.message_id]).await?;
        Ok(Some(heard(true)))
    }

    async fn reported(&mut self, id: MessageId, to_change: bool) -> Result<Option<Reported>> {
        let lock = if to_change {
            self.dialect().for_update()
        } else {
            ""
        };
        let sql = format!(
            "SELECT organisation_id, training_id, invitation_id, channel, state, report FROM messages WHERE id = $1 {lock}"
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(id.0)
            .fetch_optional(c)
            .await)?)
    }

    /// Makes of messages and invitations what was heard of these messages, of which some may not have been heard of at all. Their trainings and invitations are
    /// locked. A message that is being handed over waits until that is recorded.
    pub(super) async fn settle_reports(&mut self, of: &[MessageId]) -> Result<()> {
        if of.is_empty() {
            return Ok(());
        }
        let doubtful = self
            .messages_where("state = 'uncertain' AND report IS NOT NULL", of)
            .await?;
        self.accept(&doubtful).await?;
        let sql = format!(
            "UPDATE invitations SET problem = CASE m.report WHEN 'bounced' THEN 'bounced' END, \
                 problem_detail = CASE m.report WHEN 'bounced' THEN m.report_detail END \
             FROM messages m JOIN invitations i ON i.id = m.invitation_id \
             WHERE invitations.id = i.id AND m.state = 'sent' AND m.kind IN {INVITES} \
             AND (m.report = 'bounced' OR (m.report = 'delivered' AND i.problem = 'bounced')) \
             AND i.state IN ('to_send', 'sent') AND {} AND {}",
            is_the_last(),
            self.dialect().in_ids("m.id", 1)
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(ids(of))
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    async fn messages_where(&mut self, state: &str, of: &[MessageId]) -> Result<Vec<MessageId>> {
        let sql = format!(
            "SELECT id FROM messages WHERE {state} AND {}",
            self.dialect().in_ids("id", 1)
        );
        let found = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(ids(of))
            .fetch_all(c)
            .await)?;
        Ok(super::messages(found))
    }

    /// Messages that a crash left in doubt were handed over: so it was heard, or somebody knows.
    async fn accept(&mut self, of: &[MessageId]) -> Result<()> {
        if of.is_empty() {
            return Ok(());
        }
        let after = state_after(Event::MessageAccepted);
        let sql = format!(
            "UPDATE invitations SET state = {after}, \
                 state_changed_at = CASE WHEN invitations.state <> {after} THEN m.updated_at ELSE invitations.state_changed_at END, \
                 sent_count = invitations.sent_count + 1, \
                 last_sent_at = CASE WHEN COALESCE(invitations.last_sent_at, 0) < m.updated_at THEN m.updated_at ELSE invitations.last_sent_at END, \
                 problem = CASE WHEN invitations.problem = 'uncertain' THEN NULL ELSE invitations.problem END, \
                 problem_detail = CASE WHEN invitations.problem = 'uncertain' THEN NULL ELSE invitations.problem_detail END \
             FROM messages m WHERE invitations.id = m.invitation_id AND m.state = 'uncertain' AND m.kind IN {INVITES} \
             AND (invitations.state <> 'to_send' OR m.created_at >= invitations.state_changed_at) AND {}",
            self.dialect().in_ids("m.id", 1)
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(ids(of))
            .execute(c)
            .await
            .map(|_| ()))?;
        let sql = format!(
            "UPDATE messages SET state = 'sent', problem = NULL, problem_detail = NULL, sent_at = updated_at, lease_owner = NULL \
             WHERE state = 'uncertain' AND {}",
            self.dialect().in_ids("id", 1)
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(ids(of))
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Somebody knows that the last message of an invitation, which a crash left in doubt, arrived. Whether there was one. The training's version was raised.
    pub async fn it_arrived(&mut self, invitation: InvitationId) -> Result<bool> {
        self.lock_invitations(&[invitation]).await?;
        let sql = format!(
            "SELECT m.id FROM messages m JOIN invitations i ON i.id = m.invitation_id \
             WHERE m.invitation_id = $1 AND m.state = 'uncertain' AND m.kind IN {INVITES} AND {}",
            is_the_last()
        );
        let found = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(invitation.0)
            .fetch_all(c)
            .await)?;
        let found = super::messages(found);
        self.accept(&found).await?;
        Ok(!found.is_empty())
    }

    /// Puts a message that failed for good into the queue again, as it is: certainly nobody has it. Whether it was there and had failed.
    pub async fn queue_again(
        &mut self,
        organisation_id: OrganisationId,
        id: MessageId,
        now: Timestamp,
    ) -> Result<bool> {
        let rows = on!(self, c => sqlx::query(
            "UPDATE messages SET state = 'queued', attempts = 0, next_attempt_at = $1, updated_at = $1, \
                 problem = NULL, problem_detail = NULL, lease_owner = NULL, lease_until = NULL, waits_for = NULL \
             WHERE organisation_id = $2 AND id = $3 AND state = 'failed'",
        )
        .bind(now.0)
        .bind(organisation_id.0)
        .bind(id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows > 0)
    }
}
