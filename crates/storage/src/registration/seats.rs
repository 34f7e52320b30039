//! Seats, and who waits for one.

use crate::invitations::Invitation;
use crate::macros::on;
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::{
    Channel, ConfirmedBy, InvitationId, InvitationState, OrganisationId, Timestamp, TrainingId,
    UserId,
};
use sqlx::AssertSqlSafe;

/// Somebody on the waiting list.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The person.
    pub user_id: UserId,
    /// How they prefer to be written to.
    pub channel: Channel,
    /// 1 when there is an e-mail.
    pub has_email: i64,
    /// 1 when there is a mobile.
    pub has_mobile: i64,
}

from_row!(Waiting {
    invitation_id,
    user_id,
    channel,
    has_email,
    has_mobile
});

/// The place of an invitation `i` on the waiting list: by registration. Whoever gave a place back and registered again stands at the end, as
/// does who never registered; a repeated registration changes nothing.
pub(crate) const TURN: &str = "COALESCE((SELECT MAX(r.position) FROM registrations r WHERE r.training_id = i.training_id \
     AND r.user_id = i.user_id AND r.state = 'accepted' AND r.repeated = 0), 9223372036854775807)";

impl Transaction {
    /// How many people have a place.
    pub async fn count_confirmed(&mut self, training_id: TrainingId) -> Result<u32> {
        let n: i64 = on!(self, c => sqlx::query_scalar(
            "SELECT COUNT(*) FROM invitations WHERE training_id = $1 AND state = 'confirmed'",
        )
        .bind(training_id.0)
        .fetch_one(c)
        .await)?;
        Ok(crate::count(n))
    }

    /// The first of the waiting list, in the order in which they registered.
    pub async fn first_waiting(
        &mut self,
        training_id: TrainingId,
        limit: u32,
    ) -> Result<Vec<Waiting>> {
        let sql = format!(
            "SELECT i.id AS invitation_id, i.user_id, u.channel, \
                 CAST(CASE WHEN u.email IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_email, \
                 CAST(CASE WHEN u.mobile IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_mobile \
             FROM invitations i JOIN users u ON u.id = i.user_id \
             WHERE i.training_id = $1 AND i.state = 'waiting' \
             ORDER BY {TURN}, i.state_changed_at, i.id LIMIT $2"
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(training_id.0)
            .bind(i64::from(limit))
            .fetch_all(c)
            .await)?)
    }

    /// Puts somebody who gave their place back, and wants one again, at the end of the order in which people registered. The caller has
    /// raised the training's version before.
    pub async fn stand_last(&mut self, training_id: TrainingId, user_id: UserId) -> Result<()> {
        let position = self.next_position(training_id).await?;
        on!(self, c => sqlx::query(
            "UPDATE registrations SET position = $3 WHERE id = (SELECT id FROM registrations WHERE training_id = $1 AND user_id = $2 \
                 AND state = 'accepted' AND repeated = 0 ORDER BY position DESC LIMIT 1)",
        )
        .bind(training_id.0)
        .bind(user_id.0)
        .bind(position)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Whether nobody ever chose the person of an invitation: they registered by themselves, or were added on the spot.
    pub async fn is_uninvited(&mut self, id: InvitationId) -> Result<bool> {
        let chosen: Option<i64> = on!(self, c => sqlx::query_scalar(
            "SELECT CAST(1 AS BIGINT) FROM invitations WHERE id = $1 AND chosen_by IS NOT NULL",
        )
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
        Ok(chosen.is_none())
    }

    /// An invitation, for a look only.
    pub async fn seen_invitation(
        &mut self,
        organisation_id: OrganisationId,
        id: InvitationId,
    ) -> Result<Option<Invitation>> {
        Ok(on!(self, c => sqlx::query_as(
            "SELECT id, organisation_id, training_id, user_id, state FROM invitations WHERE organisation_id = $1 AND id = $2",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .fetch_optional(c)
        .await)?)
    }

    /// The invitation of a person to a training, for a look only: whoever changes it has raised the training's version before.
    pub async fn invitation_of(
        &mut self,
        training_id: TrainingId,
        user_id: UserId,
    ) -> Result<Option<Invitation>> {
        Ok(on!(self, c => sqlx::query_as(
            "SELECT id, organisation_id, training_id, user_id, state FROM invitations WHERE training_id = $1 AND user_id = $2",
        )
        .bind(training_id.0)
        .bind(user_id.0)
        .fetch_optional(c)
        .await)?)
    }

    /// Adds the invitation of somebody who was not chosen but came by themselves, or was added on the spot.
    #[expect(clippy::too_many_arguments, reason = "a row has these columns")]
    pub async fn insert_uninvited(
        &mut self,
        organisation_id: OrganisationId,
        id: InvitationId,
        training_id: TrainingId,
        user_id: UserId,
        state: InvitationState,
        confirmed_by: ConfirmedBy,
        at: Timestamp,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO invitations (id, organisation_id, training_id, user_id, state, confirmed_by, chosen_at, chosen_version, \
                 answered_at, state_changed_at) \
             SELECT $1, $2, t.id, $4, $5, $6, $7, t.version, $7, $7 FROM trainings t WHERE t.id = $3",
        )
        .bind(id.0)
        .bind(organisation_id.0)
        .bind(training_id.0)
        .bind(user_id.0)
        .bind(state.as_str())
        .bind(confirmed_by.as_str())
        .bind(at.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
