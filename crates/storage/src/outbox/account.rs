//! Messages about somebody's account, and the links in them by which a password is chosen.

use super::{LARGE, lock};
use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Dialect, Result, Transaction};
use convoke_domain::{BatchId, Channel, OrganisationId, Timestamp, UserId, UserState};
use sqlx::AssertSqlSafe;

/// Messages to people about their accounts, of one press.
#[derive(Clone, Copy, Debug)]
pub struct AccountBatch {
    /// Its id.
    pub id: BatchId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Who pressed. Whoever forgot their password asked for the message themselves, and is named here too.
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

/// What decides whether somebody is invited to choose a password, and how.
#[derive(Clone, Debug)]
pub struct AccountFacts {
    /// Who.
    pub id: UserId,
    /// Where they stand.
    pub state: UserState,
    /// How they prefer to be written to.
    pub channel: Channel,
    /// Their e-mail.
    pub email: Option<String>,
    /// Their mobile, E.164.
    pub mobile: Option<String>,
    /// Whether they have a password.
    pub has_password: bool,
    /// Whether a message about their account was queued lately that is neither withdrawn nor failed nor came back.
    pub written_to: bool,
    /// Whether they want no messages.
    pub opted_out: bool,
}

from_row!(AccountFacts {
    id,
    state,
    channel,
    email,
    mobile,
    has_password,
    written_to,
    opted_out
});

impl Transaction {
    /// What is known of the accounts of those of these users who are in the organisation, in the order of their ids; `since` says what *lately* is.
    /// `to_change` makes others who want to write to them wait, on PostgreSQL too.
    pub async fn account_facts(
        &mut self,
        organisation_id: OrganisationId,
        users: &[UserId],
        since: Timestamp,
        to_change: bool,
    ) -> Result<Vec<AccountFacts>> {
        let listed = ids(users);
        if to_change && self.dialect() == Dialect::Postgres {
            if users.len() >= LARGE {
                // Many people who were imported a moment ago: until it has looked, the planner believes that there is hardly anybody, and compares all of
                // them with each other.
                on!(self, c => sqlx::query("ANALYZE users").execute(c).await.map(|_| ()))?;
            }
            // Locks first and looks afterwards: a statement sees the rows it waited for, but not the messages that were queued while it waited.
            let sql = format!(
                "SELECT id FROM users WHERE organisation_id = $1 AND {}{}",
                self.dialect().in_ids("id", 2),
                lock(self.dialect(), false)
            );
            on!(self, c => sqlx::query(AssertSqlSafe(sql))
                .bind(organisation_id.0)
                .bind(&listed)
                .execute(c)
                .await
                .map(|_| ()))?;
        }
        let sql = format!(
            "SELECT u.id, u.state, u.channel, u.email, u.mobile, \
                 u.password_hash IS NOT NULL AS has_password, \
                 EXISTS (SELECT 1 FROM messages m WHERE m.invitation_id = u.id AND m.kind = 'account' AND m.created_at > $2 \
                     AND m.state NOT IN ('cancelled', 'failed') AND COALESCE(m.report, '') <> 'bounced') AS written_to, \
                 u.opted_out IS NOT NULL AS opted_out \
             FROM {} JOIN users u ON u.id = p.id WHERE u.organisation_id = $1 ORDER BY u.id",
            self.dialect().ids_table(3)
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(since.0)
            .bind(&listed)
            .fetch_all(c)
            .await)?)
    }

    /// Queues a message about their account to each of these users; what is still on its way to them is withdrawn. The number of statements does not
    /// depend on the number of users.
    pub async fn enqueue_accounts(
        &mut self,
        batch: &AccountBatch,
        recipients: &[(UserId, Channel)],
    ) -> Result<()> {
        let everybody: Vec<UserId> = recipients.iter().map(|(id, _)| *id).collect();
        self.withdraw_account_messages(batch.organisation_id, &everybody, batch.at)
            .await?;
        for channel in Channel::ALL {
            let people: Vec<UserId> = recipients
                .iter()
                .filter(|(_, theirs)| theirs == channel)
                .map(|(id, _)| *id)
                .collect();
            if people.is_empty() {
                continue;
            }
            let sql = format!(
                "INSERT INTO messages (id, organisation_id, training_id, invitation_id, user_id, batch_id, kind, channel, generation, state, \
                     next_attempt_at, queued_by, created_at, updated_at) \
                 SELECT {new_id}, u.organisation_id, NULL, u.id, u.id, $2, 'account', $3, \
                     1 + COALESCE((SELECT MAX(m.generation) FROM messages m WHERE m.invitation_id = u.id AND m.kind = 'account' AND m.channel = $3), 0), \
                     'queued', $1, $4, $1, $1 \
                 FROM users u WHERE {ours} AND {listed}",
                new_id = self.dialect().new_id(1),
                ours = self.dialect().checked("u.organisation_id", 5),
                listed = self.dialect().in_ids("u.id", 6),
            );
            on!(self, c => sqlx::query(AssertSqlSafe(sql))
                .bind(batch.at.0)
                .bind(batch.id.0)
                .bind(channel.as_str())
                .bind(batch.queued_by.map(|id| id.0))
                .bind(batch.organisation_id.0)
                .bind(ids(&people))
                .execute(c)
                .await
                .map(|_| ()))?;
        }
        if recipients.len() >= LARGE && self.dialect() == Dialect::Postgres {
            // As after a large batch of invitations.
            on!(self, c => sqlx::query("ANALYZE messages").execute(c).await.map(|_| ()))?;
        }
        Ok(())
    }

    /// Withdraws the messages about these users' accounts that no worker has begun to send.
    pub async fn withdraw_account_messages(
        &mut self,
        organisation_id: OrganisationId,
        users: &[UserId],
        now: Timestamp,
    ) -> Result<()> {
        let sql = format!(
            "UPDATE messages SET state = 'cancelled', updated_at = $1 \
             WHERE organisation_id = $2 AND kind = 'account' AND state = 'queued' AND lease_owner IS NULL AND {}",
            self.dialect().in_ids("invitation_id", 3)
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(now.0)
            .bind(organisation_id.0)
            .bind(ids(users))
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// When somebody asked since `since` for messages about their own account, the newest first.
    pub async fn account_messages_asked_for(
        &mut self,
        organisation_id: OrganisationId,
        user_id: UserId,
        since: Timestamp,
    ) -> Result<Vec<Timestamp>> {
        let at: Vec<i64> = on!(self, c => sqlx::query_scalar(
            "SELECT created_at FROM messages WHERE organisation_id = $1 AND invitation_id = $2 AND kind = 'account' AND queued_by = $2 \
             AND created_at > $3 ORDER BY created_at DESC",
        )
        .bind(organisation_id.0)
        .bind(user_id.0)
        .bind(since.0)
        .fetch_all(c)
        .await)?;
        Ok(at.into_iter().map(Timestamp).collect())
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
}
