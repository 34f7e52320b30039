//! Who is in a training space on which device, and one-time codes.

use crate::macros::on;
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::{InvitationId, MessageId, OrganisationId, Timestamp, TrainingId};
use uuid::Uuid;

/// Somebody in a training space.
#[derive(Clone, Debug)]
pub struct SpaceSession {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The training.
    pub training_id: TrainingId,
    /// The invitation; `None` for a registration that waits for approval.
    pub invitation_id: Option<Uuid>,
    /// The registration by which the person came in, if they did.
    pub registration_id: Option<Uuid>,
    /// How they came in: `tapped`, `proven`, `registered` or `link`.
    pub entry: String,
    /// The device, by the SHA-256 of its id; `None` for who came by a personal link or without cookies.
    pub device_hash: Option<String>,
}

from_row!(SpaceSession {
    organisation_id,
    training_id,
    invitation_id,
    registration_id,
    entry,
    device_hash
});

/// Somebody who entered by a name of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entrance {
    /// The name, as [`super::ListedRow::id`] has it.
    pub listed: Uuid,
    /// The device, by the SHA-256 of its id.
    pub device_hash: String,
    /// When.
    pub created_at: Timestamp,
    /// When they left again, if they did.
    pub left_at: Option<Timestamp>,
}

from_row!(Entrance {
    listed,
    device_hash,
    created_at,
    left_at
});

/// A session to be begun.
#[derive(Clone, Debug)]
pub struct NewSpaceSession<'a> {
    /// SHA-256 of the cookie's secret, in hexadecimal; of who entered without network, something else that is theirs alone.
    pub token_hash: &'a str,
    /// Who and where.
    pub session: SpaceSession,
    /// When they entered.
    pub at: Timestamp,
    /// When they left again, if they have already.
    pub left_at: Option<Timestamp>,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Transaction {
    /// Begins a session in a training space; those that had ended by then are forgotten.
    pub async fn insert_space_session(&mut self, new: &NewSpaceSession<'_>) -> Result<()> {
        on!(self, c => sqlx::query("DELETE FROM space_sessions WHERE expires_at <= $1")
            .bind(new.at.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        on!(self, c => sqlx::query(
            "INSERT INTO space_sessions (token_hash, organisation_id, training_id, invitation_id, registration_id, entry, created_at, expires_at, \
                 device_hash, left_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(new.token_hash)
        .bind(new.session.organisation_id.0)
        .bind(new.session.training_id.0)
        .bind(new.session.invitation_id)
        .bind(new.session.registration_id)
        .bind(&new.session.entry)
        .bind(new.at.0)
        .bind(new.expires_at.0)
        .bind(new.session.device_hash.as_deref())
        .bind(new.left_at.map(|at| at.0))
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Who is in the space by this secret.
    pub async fn space_session(
        &mut self,
        token_hash: &str,
        now: Timestamp,
    ) -> Result<Option<SpaceSession>> {
        Ok(on!(self, c => sqlx::query_as(
            "SELECT organisation_id, training_id, invitation_id, registration_id, entry, device_hash FROM space_sessions \
             WHERE token_hash = $1 AND expires_at > $2 AND left_at IS NULL",
        )
        .bind(token_hash)
        .bind(now.0)
        .fetch_optional(c)
        .await)?)
    }

    /// Who entered a training's space, as [`NewSpaceSession::token_hash`] names it; also whoever has left since.
    pub async fn entrance(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
        token_hash: &str,
    ) -> Result<Option<SpaceSession>> {
        Ok(on!(self, c => sqlx::query_as(
            "SELECT organisation_id, training_id, invitation_id, registration_id, entry, device_hash FROM space_sessions \
             WHERE organisation_id = $1 AND training_id = $2 AND token_hash = $3",
        )
        .bind(organisation_id.0)
        .bind(training_id.0)
        .bind(token_hash)
        .fetch_optional(c)
        .await)?)
    }

    /// Ends a session of somebody who was there: that they entered stays known until it would have ended by itself.
    pub async fn leave_space(&mut self, token_hash: &str, at: Timestamp) -> Result<()> {
        on!(self, c => sqlx::query("UPDATE space_sessions SET left_at = $2 WHERE token_hash = $1")
            .bind(token_hash)
            .bind(at.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Who entered a training's space by a name of the list, on which device, in the order in which they did; what has expired is not looked at.
    pub async fn entrances(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
        now: Timestamp,
    ) -> Result<Vec<Entrance>> {
        Ok(on!(self, c => sqlx::query_as(
            "SELECT COALESCE(registration_id, invitation_id) AS listed, device_hash, created_at, left_at FROM space_sessions \
             WHERE organisation_id = $1 AND training_id = $2 AND expires_at > $3 AND device_hash IS NOT NULL \
                 AND COALESCE(registration_id, invitation_id) IS NOT NULL ORDER BY created_at, token_hash",
        )
        .bind(organisation_id.0)
        .bind(training_id.0)
        .bind(now.0)
        .fetch_all(c)
        .await)?)
    }

    /// Ends a session, as if nobody had entered.
    pub async fn delete_space_session(&mut self, token_hash: &str) -> Result<()> {
        on!(self, c => sqlx::query("DELETE FROM space_sessions WHERE token_hash = $1")
            .bind(token_hash)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Notes that a one-time code goes out with this message.
    pub async fn insert_entry_code(
        &mut self,
        message: MessageId,
        organisation_id: OrganisationId,
        invitation: InvitationId,
        at: Timestamp,
        expires_at: Timestamp,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO entry_codes (id, organisation_id, invitation_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(message.0)
        .bind(organisation_id.0)
        .bind(invitation.0)
        .bind(at.0)
        .bind(expires_at.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// The codes of a person that were good at a time and are not used up, the newest first.
    pub async fn good_entry_codes(
        &mut self,
        invitation: InvitationId,
        at: Timestamp,
    ) -> Result<Vec<MessageId>> {
        let rows: Vec<Uuid> = on!(self, c => sqlx::query_scalar(
            "SELECT id FROM entry_codes WHERE invitation_id = $1 AND used_at IS NULL AND created_at <= $2 AND expires_at > $2 \
             ORDER BY created_at DESC",
        )
        .bind(invitation.0)
        .bind(at.0)
        .fetch_all(c)
        .await)?;
        Ok(rows.into_iter().map(MessageId).collect())
    }

    /// Uses a code up, at the time at which it was typed. Whether it was good: of two who use it at once, one is let in.
    pub async fn use_entry_code(&mut self, message: MessageId, at: Timestamp) -> Result<bool> {
        let rows = on!(self, c => sqlx::query(
            "UPDATE entry_codes SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2",
        )
        .bind(message.0)
        .bind(at.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows > 0)
    }
}
