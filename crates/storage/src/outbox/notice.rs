//! Messages that tell one person something and ask for nothing: each is a round of its own.

use crate::macros::on;
use crate::{Result, Transaction};
use convoke_domain::{
    Channel, InvitationId, MessageId, MessageKind, OrganisationId, Timestamp, UserId,
};

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

/// A message to somebody about their account.
#[derive(Clone, Copy, Debug)]
pub struct AccountMessage {
    /// Its id.
    pub id: MessageId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Who it goes to.
    pub user_id: UserId,
    /// By which channel.
    pub channel: Channel,
    /// Who pressed.
    pub queued_by: Option<UserId>,
    /// Now.
    pub at: Timestamp,
}

/// A link by which somebody chooses a password.
#[derive(Clone, Debug)]
pub struct NewAccountLink {
    /// SHA-256 of its secret, in hexadecimal.
    pub token_hash: String,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Whose account it is.
    pub user_id: UserId,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

impl Transaction {
    /// Queues a message about somebody's account; one that is still on its way is withdrawn.
    pub async fn enqueue_account(&mut self, message: &AccountMessage) -> Result<()> {
        on!(self, c => sqlx::query(
            "UPDATE messages SET state = 'cancelled', updated_at = $1 \
             WHERE organisation_id = $2 AND user_id = $3 AND kind = 'account' AND state = 'queued' AND lease_owner IS NULL",
        )
        .bind(message.at.0)
        .bind(message.organisation_id.0)
        .bind(message.user_id.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        on!(self, c => sqlx::query(
            "INSERT INTO messages (id, organisation_id, training_id, invitation_id, user_id, batch_id, kind, channel, generation, state, \
                 next_attempt_at, queued_by, created_at, updated_at) \
             SELECT $1, u.organisation_id, NULL, u.id, u.id, $1, 'account', $2, \
                 1 + COALESCE((SELECT MAX(m.generation) FROM messages m WHERE m.invitation_id = u.id AND m.kind = 'account' AND m.channel = $2), 0), \
                 'queued', $3, $4, $3, $3 \
             FROM users u WHERE u.organisation_id = $5 AND u.id = $6",
        )
        .bind(message.id.0)
        .bind(message.channel.as_str())
        .bind(message.at.0)
        .bind(message.queued_by.map(|id| id.0))
        .bind(message.organisation_id.0)
        .bind(message.user_id.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Notes the link of a message that is about to be handed over.
    pub async fn add_account_link(&mut self, link: &NewAccountLink, now: Timestamp) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO account_links (token_hash, organisation_id, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&link.token_hash)
        .bind(link.organisation_id.0)
        .bind(link.user_id.0)
        .bind(now.0)
        .bind(link.expires_at.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Whose account a link is for that is good at `now`.
    pub async fn account_link(
        &mut self,
        token_hash: &str,
        now: Timestamp,
    ) -> Result<Option<(OrganisationId, UserId)>> {
        let found: Option<(uuid::Uuid, uuid::Uuid)> = on!(self, c => sqlx::query_as(
            "SELECT organisation_id, user_id FROM account_links WHERE token_hash = $1 AND expires_at > $2",
        )
        .bind(token_hash)
        .bind(now.0)
        .fetch_optional(c)
        .await)?;
        Ok(found.map(|(organisation, user)| (OrganisationId(organisation), UserId(user))))
    }

    /// Forgets all links of an account. Whether there were any: of two who use one at once, one does.
    pub async fn delete_account_links(
        &mut self,
        organisation_id: OrganisationId,
        user_id: UserId,
    ) -> Result<bool> {
        let done = on!(self, c => sqlx::query("DELETE FROM account_links WHERE organisation_id = $1 AND user_id = $2")
            .bind(organisation_id.0)
            .bind(user_id.0)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }
    /// Queues a notice. It neither raises the invitation's generation nor changes its problem. One-time codes are in a hurry: they go before
    /// everything that is due.
    pub async fn enqueue_notice(&mut self, notice: &Notice) -> Result<()> {
        let due = match notice.kind {
            MessageKind::EntryCode => Timestamp(0),
            _ => notice.at,
        };
        on!(self, c => sqlx::query(
            "INSERT INTO messages (id, organisation_id, training_id, invitation_id, user_id, batch_id, kind, channel, generation, state, \
                 next_attempt_at, created_at, updated_at) \
             SELECT $1, i.organisation_id, i.training_id, i.id, i.user_id, $1, $2, $3, \
                 1 + COALESCE((SELECT MAX(m.generation) FROM messages m WHERE m.invitation_id = i.id AND m.kind = $2 AND m.channel = $3), 0), \
                 'queued', $4, $5, $5 \
             FROM invitations i WHERE i.organisation_id = $6 AND i.id = $7",
        )
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
