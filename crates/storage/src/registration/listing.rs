//! The public list of who registered.

use crate::macros::on;
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::{
    Channel, InvitationId, InvitationState, OrganisationId, Timestamp, TrainingId,
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// A name of the list.
#[derive(Clone, Debug)]
pub struct ListedRow {
    /// The registration, or the invitation of somebody who did not register.
    pub id: Uuid,
    /// First name: as typed, or else the directory's.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// 1 when the list says *waiting list*.
    pub waiting: i64,
    /// When they came today.
    pub present_at: Option<i64>,
}

from_row!(ListedRow {
    id,
    first_name,
    last_name,
    waiting,
    present_at
});

/// Who is behind a name of the list.
#[derive(Clone, Debug)]
pub struct ListedPerson {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The registration, when the name is that of one.
    pub registration_id: Option<Uuid>,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Where the invitation stands.
    pub state: InvitationState,
    /// How the person prefers to be written to.
    pub channel: Channel,
    /// E-mail, if known.
    pub email: Option<String>,
    /// Mobile, if known.
    pub mobile: Option<String>,
}

from_row!(ListedPerson {
    invitation_id,
    registration_id,
    organisation_id,
    state,
    channel,
    email,
    mobile
});

impl Transaction {
    /// Everyone who has a place or waits for one, by name; presence is that of `day`.
    ///
    /// A registration is listed by the name that was typed. One that repeated what the person already had is listed beside the name that was
    /// there before: whoever types somebody's address sees what they would see with any other.
    pub async fn public_list(
        &mut self,
        training_id: TrainingId,
        day: &str,
    ) -> Result<Vec<ListedRow>> {
        let sql = "SELECT r.id, r.first_name, r.last_name, \
                 CAST(CASE WHEN (r.repeated = 1 AND r.told = 'waiting') OR (r.repeated = 0 AND i.state = 'waiting') THEN 1 ELSE 0 END AS BIGINT) \
                     AS waiting, \
                 CASE WHEN (r.repeated = 1 AND p.registration_id = r.id) OR (r.repeated = 0 AND p.registration_id IS NULL) THEN p.at END \
                     AS present_at, r.sort_key \
             FROM registrations r JOIN invitations i ON i.training_id = r.training_id AND i.user_id = r.user_id \
             LEFT JOIN presences p ON p.invitation_id = i.id AND p.day = $2 \
             WHERE r.training_id = $1 AND r.state = 'accepted' AND i.state IN ('confirmed', 'waiting') \
             UNION ALL \
             SELECT i.id, u.first_name, u.last_name, CAST(CASE WHEN i.state = 'waiting' THEN 1 ELSE 0 END AS BIGINT), \
                 CASE WHEN p.registration_id IS NULL THEN p.at END, u.sort_key \
             FROM invitations i JOIN users u ON u.id = i.user_id \
             LEFT JOIN presences p ON p.invitation_id = i.id AND p.day = $2 \
             WHERE i.training_id = $1 AND i.state IN ('confirmed', 'waiting') AND NOT EXISTS (SELECT 1 FROM registrations r \
                 WHERE r.training_id = i.training_id AND r.user_id = i.user_id AND r.state = 'accepted' AND r.repeated = 0) \
             ORDER BY 6, 1";
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(training_id.0)
            .bind(day)
            .fetch_all(c)
            .await)?)
    }

    /// Who is behind an id of the list of a training.
    pub async fn listed_person(
        &mut self,
        training_id: TrainingId,
        listed: Uuid,
    ) -> Result<Option<ListedPerson>> {
        let columns =
            "i.id AS invitation_id, i.organisation_id, i.state, u.channel, u.email, u.mobile";
        let sql = format!(
            "SELECT {columns}, r.id AS registration_id FROM registrations r \
             JOIN invitations i ON i.training_id = r.training_id AND i.user_id = r.user_id JOIN users u ON u.id = i.user_id \
             WHERE r.training_id = $1 AND r.id = $2 AND r.state = 'accepted' AND i.state IN ('confirmed', 'waiting')"
        );
        let found = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(training_id.0)
            .bind(listed)
            .fetch_optional(c)
            .await)?;
        if found.is_some() {
            return Ok(found);
        }
        let sql = format!(
            "SELECT {columns}, CAST(NULL AS {uuid}) AS registration_id FROM invitations i JOIN users u ON u.id = i.user_id \
             WHERE i.training_id = $1 AND i.id = $2 AND i.state IN ('confirmed', 'waiting')",
            uuid = match self.dialect() {
                crate::Dialect::Sqlite => "BLOB",
                crate::Dialect::Postgres => "UUID",
            }
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(training_id.0)
            .bind(listed)
            .fetch_optional(c)
            .await)?)
    }

    /// Notes that somebody is there. Pressing twice keeps the first time; whoever comes by their own name takes a repeated registration's
    /// place.
    pub async fn arrive(
        &mut self,
        person: &super::SpaceSession,
        day: &str,
        by_repeated: bool,
        at: Timestamp,
    ) -> Result<()> {
        let Some(invitation) = person.invitation_id else {
            return Ok(());
        };
        let registration = person.registration_id.filter(|_| by_repeated);
        on!(self, c => sqlx::query(
            "INSERT INTO presences (invitation_id, day, organisation_id, training_id, at, registration_id) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (invitation_id, day) DO UPDATE SET registration_id = \
                 CASE WHEN excluded.registration_id IS NULL THEN NULL ELSE presences.registration_id END",
        )
        .bind(invitation)
        .bind(day)
        .bind(person.organisation_id.0)
        .bind(person.training_id.0)
        .bind(at.0)
        .bind(registration)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// When somebody came on a day.
    pub async fn present_at(
        &mut self,
        invitation: InvitationId,
        day: &str,
    ) -> Result<Option<Timestamp>> {
        let at: Option<i64> = on!(self, c => sqlx::query_scalar(
            "SELECT at FROM presences WHERE invitation_id = $1 AND day = $2",
        )
        .bind(invitation.0)
        .bind(day)
        .fetch_optional(c)
        .await)?;
        Ok(at.map(Timestamp))
    }

    /// The same for somebody who came in by a repeated registration: only what was done by it.
    pub async fn present_by_registration(
        &mut self,
        invitation: InvitationId,
        day: &str,
        registration: Option<Uuid>,
    ) -> Result<Option<Timestamp>> {
        let at: Option<i64> = on!(self, c => sqlx::query_scalar(
            "SELECT at FROM presences WHERE invitation_id = $1 AND day = $2 AND registration_id = $3",
        )
        .bind(invitation.0)
        .bind(day)
        .bind(registration)
        .fetch_optional(c)
        .await)?;
        Ok(at.map(Timestamp))
    }
}
