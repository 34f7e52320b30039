//! Sessions, and failed attempts to begin one.

use crate::macros::on;
use crate::row::from_row;
use crate::{Dialect, Result, Transaction};
use convoke_domain::{Language, OrganisationId, Role, Timestamp, UserId};

/// The person behind a session, as of now.
#[derive(Clone, Debug)]
pub struct SessionPerson {
    /// The user.
    pub user_id: UserId,
    /// Their organisation.
    pub organisation_id: OrganisationId,
    /// Name of the organisation.
    pub organisation: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Their right.
    pub role: Role,
    /// Their language.
    pub language: Language,
    /// When the session ends by itself.
    pub expires_at: Timestamp,
}

from_row!(SessionPerson {
    user_id,
    organisation_id,
    organisation,
    first_name,
    last_name,
    role,
    language,
    expires_at
});

impl Transaction {
    /// Adds a session.
    pub async fn insert_session(
        &mut self,
        token_hash: &str,
        organisation_id: OrganisationId,
        user_id: UserId,
        created_at: Timestamp,
        expires_at: Timestamp,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO sessions (token_hash, organisation_id, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(token_hash)
        .bind(organisation_id.0)
        .bind(user_id.0)
        .bind(created_at.0)
        .bind(expires_at.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// The person behind a session that has not ended; inactive people have none.
    pub async fn session_person(
        &mut self,
        token_hash: &str,
        now: Timestamp,
    ) -> Result<Option<SessionPerson>> {
        Ok(on!(self, c => sqlx::query_as::<_, SessionPerson>(
            "SELECT u.id AS user_id, u.organisation_id, o.name AS organisation, u.first_name, u.last_name, u.role, u.language, \
             s.expires_at \
             FROM sessions s JOIN users u ON u.id = s.user_id JOIN organisations o ON o.id = u.organisation_id \
             WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.state <> 'inactive'",
        )
        .bind(token_hash)
        .bind(now.0)
        .fetch_optional(c)
        .await)?)
    }

    /// Moves the end of a session.
    pub async fn extend_session(&mut self, token_hash: &str, expires_at: Timestamp) -> Result<()> {
        on!(self, c => sqlx::query("UPDATE sessions SET expires_at = $2 WHERE token_hash = $1")
            .bind(token_hash)
            .bind(expires_at.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Ends a session.
    pub async fn delete_session(&mut self, token_hash: &str) -> Result<()> {
        on!(self, c => sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
            .bind(token_hash)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Ends all sessions of a user.
    pub async fn delete_sessions_of(
        &mut self,
        organisation_id: OrganisationId,
        user_id: UserId,
    ) -> Result<()> {
        on!(self, c => sqlx::query("DELETE FROM sessions WHERE organisation_id = $1 AND user_id = $2")
            .bind(organisation_id.0)
            .bind(user_id.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Forgets sessions that have ended.
    pub async fn delete_ended_sessions(&mut self, now: Timestamp) -> Result<()> {
        on!(self, c => sqlx::query("DELETE FROM sessions WHERE expires_at <= $1")
            .bind(now.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// When the `n`-th last failed attempt of a key was, if there were so many since `since`.
    pub async fn nth_last_sign_in_failure(
        &mut self,
        key_hash: &str,
        since: Timestamp,
        n: u32,
    ) -> Result<Option<Timestamp>> {
        let at = on!(self, c => sqlx::query_scalar::<_, i64>(
            "SELECT at FROM sign_in_failures WHERE key_hash = $1 AND at > $2 ORDER BY at DESC LIMIT 1 OFFSET $3",
        )
        .bind(key_hash)
        .bind(since.0)
        .bind(i64::from(n.saturating_sub(1)))
        .fetch_optional(c)
        .await)?;
        Ok(at.map(Timestamp))
    }

    /// Lets attempts of one key wait for each other, so that many at once cannot slip under the limit together.
    pub async fn lock_sign_in_key(&mut self, key_hash: &str) -> Result<()> {
        if let crate::pool::Inner::Postgres(transaction) = &mut self.inner {
            sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
                .bind(key_hash)
                .execute(&mut **transaction)
                .await?;
        }
        // SQLite has one writer at a time anyway.
        Ok(())
    }

    /// Notes a failed attempt.
    pub async fn add_sign_in_failure(&mut self, key_hash: &str, at: Timestamp) -> Result<()> {
        on!(self, c => sqlx::query("INSERT INTO sign_in_failures (key_hash, at) VALUES ($1, $2)")
            .bind(key_hash)
            .bind(at.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Forgets all failed attempts of a key.
    pub async fn clear_sign_in_failures(&mut self, key_hash: &str) -> Result<()> {
        on!(self, c => sqlx::query("DELETE FROM sign_in_failures WHERE key_hash = $1")
            .bind(key_hash)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Forgets one failed attempt of a key: it turned out to be a good one.
    pub async fn forget_sign_in_failure(&mut self, key_hash: &str, at: Timestamp) -> Result<()> {
        let row = match self.dialect() {
            Dialect::Sqlite => "rowid",
            Dialect::Postgres => "ctid",
        };
        let sql = format!(
            "DELETE FROM sign_in_failures WHERE {row} = \
             (SELECT {row} FROM sign_in_failures WHERE key_hash = $1 AND at = $2 LIMIT 1)"
        );
        on!(self, c => sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(key_hash)
            .bind(at.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Forgets failed attempts from before `before`.
    pub async fn delete_old_sign_in_failures(&mut self, before: Timestamp) -> Result<()> {
        on!(self, c => sqlx::query("DELETE FROM sign_in_failures WHERE at <= $1")
            .bind(before.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }
}
