//! Messages that tell one person something and ask for nothing: each is a round of its own.

use crate::macros::on;
use crate::{Result, Transaction};
use convoke_domain::{Channel, InvitationId, MessageId, MessageKind, OrganisationId, Timestamp};
use sqlx::AssertSqlSafe;

/// A message to one person, about their invitation.
#[derive(Clone, Copy, Debug)]
pub struct Notice {
    /// Its id.
    pub id: MessageId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The invitation, which names the person and the training.
    pub invitation_id: InvitationId,
    /// Why.
    pub kind: MessageKind,
    /// By which channel.
    pub channel: Channel,
    /// Now.
    pub at: Timestamp,
}

impl Transaction {
    /// Queues a notice, unless its reader wants no messages and has not asked for it. It neither raises the invitation's generation nor changes its problem. One-time codes are in a hurry: they go before
    /// everything that is due.
    pub async fn enqueue_notice(&mut self, notice: &Notice) -> Result<()> {
        let due = match notice.kind {
            MessageKind::EntryCode => Timestamp(0),
            _ => notice.at,
        };
        let wanted = if notice.kind.reaches_whoever_opted_out(false, false) {
            ""
        } else {
            "AND u.opted_out IS NULL"
        };
        let sql = format!(
            "INSERT INTO messages (id, organisation_id, training_id, invitation_id, user_id, batch_id, kind, channel, generation, state, \
                 next_attempt_at, created_at, updated_at) \
             SELECT $1, i.organisation_id, i.training_id, i.id, i.user_id, $1, $2, $3, \
                 1 + COALESCE((SELECT MAX(m.generation) FROM messages m WHERE m.invitation_id = i.id AND m.kind = $2 AND m.channel = $3), 0), \
                 'queued', $4, $5, $5 \
             FROM invitations i JOIN users u ON u.id = i.user_id {wanted} WHERE i.organisation_id = $6 AND i.id = $7"
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
        .bind(notice.id.0)
        .bind(notice.kind.as_str())
        .bind(notice.channel.as_str())
        .bind(due.0)
        .bind(notice.at.0)
        .bind(notice.organisation_id.0)
        .bind(notice.invitation_id.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
