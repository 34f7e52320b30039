//! The public list of who registered.

use crate::macros::on;
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::{
    Channel, HalfDay, InvitationId, InvitationState, OrganisationId, Timestamp, TrainingId,
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

/// How somebody signed: what they drew, or the name that they typed; at most one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signed {
    /// Strokes, as [`convoke_domain::attendance::Signature`] writes them.
    pub drawn: Option<String>,
    /// The name.
    pub typed: Option<String>,
}

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
    /// Everyone who has a place or waits for one, by name; presence is that of the half-day.
    ///
    /// A registration is listed by the name that was typed. One that repeated what the person already had is listed beside the name that was
    /// there before: whoever types somebody's address sees what they would see with any other.
    pub async fn public_list(
        &mut self,
        training_id: TrainingId,
        half_day: Option<&HalfDay>,
    ) -> Result<Vec<ListedRow>> {
        // On no half-day nobody is there.
        let (day, half) = half_day.map_or(("", ""), |h| (h.day.as_str(), h.half.as_str()));
        let sql = "SELECT r.id, r.first_name, r.last_name, \
                 CAST(CASE WHEN (r.repeated = 1 AND r.told = 'waiting') OR (r.repeated = 0 AND i.state = 'waiting') THEN 1 ELSE 0 END AS BIGINT) \
                     AS waiting, \
                 CASE WHEN (r.repeated = 1 AND p.registration_id = r.id) OR (r.repeated = 0 AND p.registration_id IS NULL) THEN p.at END \
                     AS present_at, r.sort_key \
             FROM registrations r JOIN invitations i ON i.training_id = r.training_id AND i.user_id = r.user_id \
             LEFT JOIN presences p ON p.invitation_id = i.id AND p.day = $2 AND p.half = $3 AND p.state = 'present' \
             WHERE r.training_id = $1 AND r.state = 'accepted' AND i.state IN ('confirmed', 'waiting') \
             UNION ALL \
             SELECT i.id, u.first_name, u.last_name, CAST(CASE WHEN i.state = 'waiting' THEN 1 ELSE 0 END AS BIGINT), \
                 CASE WHEN p.registration_id IS NULL THEN p.at END, u.sort_key \
             FROM invitations i JOIN users u ON u.id = i.user_id \
             LEFT JOIN presences p ON p.invitation_id = i.id AND p.day = $2 AND p.half = $3 AND p.state = 'present' \
             WHERE i.training_id = $1 AND i.state IN ('confirmed', 'waiting') AND NOT EXISTS (SELECT 1 FROM registrations r \
                 WHERE r.training_id = i.training_id AND r.user_id = i.user_id AND r.state = 'accepted' AND r.repeated = 0) \
             ORDER BY 6, 1";
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(training_id.0)
            .bind(day)
            .bind(half)
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

    /// Notes that somebody is there, with what they signed. Pressing twice keeps the first time and the first signature; whoever comes by their own name
    /// takes a repeated registration's place; whoever comes after all was not absent.
    pub async fn arrive(
        &mut self,
        person: &super::SpaceSession,
        half_day: &HalfDay,
        by_repeated: bool,
        signed: &Signed,
        at: Timestamp,
    ) -> Result<()> {
        let Some(invitation) = person.invitation_id else {
            return Ok(());
        };
        let registration = person.registration_id.filter(|_| by_repeated);
        on!(self, c => sqlx::query(
            "INSERT INTO presences (invitation_id, day, half, organisation_id, training_id, state, at, registration_id, signature, signed_name) \
             VALUES ($1, $2, $3, $4, $5, 'present', $6, $7, $8, $9) \
             ON CONFLICT (invitation_id, day, half) DO UPDATE SET registration_id = \
                 CASE WHEN excluded.registration_id IS NULL THEN NULL ELSE presences.registration_id END, \
                 at = CASE WHEN presences.state = 'present' THEN presences.at ELSE excluded.at END, \
                 marked_by = CASE WHEN presences.state = 'present' THEN presences.marked_by END, \
                 signature = CASE WHEN presences.signed_name IS NULL THEN COALESCE(presences.signature, excluded.signature) END, \
                 signed_name = CASE WHEN presences.signature IS NULL THEN COALESCE(presences.signed_name, excluded.signed_name) END, \
                 state = 'present'",
        )
        .bind(invitation)
        .bind(&half_day.day)
        .bind(half_day.half.as_str())
        .bind(person.organisation_id.0)
        .bind(person.training_id.0)
        .bind(at.0)
        .bind(registration)
        .bind(signed.drawn.as_deref())
        .bind(signed.typed.as_deref())
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Since when somebody is there on a half-day, and whether they signed; of somebody who came in by a repeated registration only what was done by it.
    pub async fn arrived(
        &mut self,
        invitation: InvitationId,
        half_day: &HalfDay,
        by_registration: Option<Uuid>,
    ) -> Result<Option<(Timestamp, bool)>> {
        let row: Option<(i64, i64)> = on!(self, c => sqlx::query_as(
            "SELECT at, CAST(CASE WHEN signature IS NULL AND signed_name IS NULL THEN 0 ELSE 1 END AS BIGINT) FROM presences \
             WHERE invitation_id = $1 AND day = $2 AND half = $3 AND state = 'present' AND ($4 IS NULL OR registration_id = $4)",
        )
        .bind(invitation.0)
        .bind(&half_day.day)
        .bind(half_day.half.as_str())
        .bind(by_registration)
        .fetch_optional(c)
        .await)?;
        Ok(row.map(|(at, signed)| (Timestamp(at), signed == 1)))
    }
}
