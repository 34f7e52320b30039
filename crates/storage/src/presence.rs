//! Who is there, on which half-day of a training; people added at the door.

use crate::directory::{Bind, bind_all, match_users};
use crate::invitations::{Invitation, Tab};
use crate::macros::on;
use crate::registration::Signed;
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::selection::Filter;
use convoke_domain::{
    Attendance, ConfirmedBy, HalfDay, InvitationId, OrganisationId, Timestamp, TrainingId, UserId,
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// Which names are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Those of the directory.
    Directory,
    /// Of people whom a trainer added at the door, those that the trainer typed: an address must not tell whose it is.
    AsTyped,
}

impl Names {
    /// The expressions for first and last name; the invitation is `i`, the user `u`.
    pub(crate) const fn columns(self) -> &'static str {
        match self {
            Self::Directory => "u.first_name, u.last_name",
            Self::AsTyped => {
                "COALESCE(i.door_first_name, u.first_name) AS first_name, COALESCE(i.door_last_name, u.last_name) AS last_name"
            }
        }
    }
}

/// A participant, and what is said of them on a half-day.
#[derive(Clone, Debug)]
pub struct PresentPerson {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The person.
    pub user_id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// When the person confirmed, or was confirmed.
    pub answered_at: Option<i64>,
    /// How the confirmation came about ([`ConfirmedBy`]).
    pub confirmed_by: Option<String>,
    /// Who confirmed for the person: first name.
    pub confirmer_first_name: Option<String>,
    /// Who confirmed for the person: last name.
    pub confirmer_last_name: Option<String>,
    /// What is said of them ([`Attendance`]).
    pub state: Option<String>,
    /// Since when, in Unix milliseconds.
    pub at: Option<i64>,
    /// Who marked them; `None` when they did.
    pub marked_by: Option<Uuid>,
}

from_row!(PresentPerson {
    invitation_id,
    user_id,
    first_name,
    last_name,
    answered_at,
    confirmed_by,
    confirmer_first_name,
    confirmer_last_name,
    state,
    at,
    marked_by
});

impl PresentPerson {
    /// How the confirmation came about.
    pub fn confirmed_by(&self) -> Option<ConfirmedBy> {
        self.confirmed_by.as_deref()?.parse().ok()
    }

    /// What is said of them.
    pub fn attendance(&self) -> Option<Attendance> {
        self.state.as_deref()?.parse().ok()
    }
}

/// What is said of somebody on a half-day.
#[derive(Clone, Copy, Debug)]
pub struct NewPresence<'a> {
    /// The invitation.
    pub invitation: &'a Invitation,
    /// The half-day.
    pub half_day: &'a HalfDay,
    /// What is said.
    pub state: Attendance,
    /// When it was said.
    pub at: Timestamp,
    /// Who marks them; `None` when they do.
    pub marked_by: Option<UserId>,
}

/// Something that is said of somebody on a half-day.
#[derive(Clone, Debug)]
pub struct Said {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The half-day.
    pub half_day: HalfDay,
    /// What is said.
    pub state: Attendance,
    /// Since when.
    pub at: Timestamp,
    /// Whether a trainer or administrator said so.
    pub by_hand: bool,
    /// Whether the person signed.
    pub signed: bool,
}

struct SaidRow {
    invitation_id: InvitationId,
    day: String,
    half: String,
    state: String,
    at: i64,
    marked_by: Option<Uuid>,
    signed: i64,
}

from_row!(SaidRow {
    invitation_id,
    day,
    half,
    state,
    at,
    marked_by,
    signed
});

impl SaidRow {
    fn said(self) -> Option<Said> {
        Some(Said {
            invitation_id: self.invitation_id,
            half_day: half_day(self.day, &self.half)?,
            state: self.state.parse().ok()?,
            at: Timestamp(self.at),
            by_hand: self.marked_by.is_some(),
            signed: self.signed == 1,
        })
    }
}

/// A half-day as it is stored.
fn half_day(day: String, half: &str) -> Option<HalfDay> {
    let half = half.parse().ok()?;
    Some(HalfDay { day, half })
}

/// Somebody added on the spot who has no invitation yet.
#[derive(Clone, Copy, Debug)]
pub struct NewAtTheDoor {
    /// The new invitation.
    pub id: InvitationId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The training.
    pub training_id: TrainingId,
    /// The person.
    pub user_id: UserId,
    /// Who adds them.
    pub by: Option<UserId>,
    /// The training's version with this change.
    pub version: i64,
    /// Now.
    pub at: Timestamp,
}

impl Transaction {
    /// Everyone who confirmed, in the order of the directory's names, with what is said of them on a half-day.
    pub async fn presence_rows(
        &mut self,
        tab: Tab<'_>,
        half_day: Option<&HalfDay>,
        names: Names,
    ) -> Result<Vec<PresentPerson>> {
        let (day, half) = half_day.map_or(("", ""), |h| (h.day.as_str(), h.half.as_str()));
        let people = match_users(self.dialect(), &Filter::default(), tab.scope, "u", 5);
        let sql = format!(
            "SELECT i.id AS invitation_id, u.id AS user_id, {names}, i.answered_at, i.confirmed_by, \
             b.first_name AS confirmer_first_name, b.last_name AS confirmer_last_name, p.state, p.at, p.marked_by \
             FROM invitations i JOIN users u ON u.id = i.user_id LEFT JOIN users b ON b.id = i.confirmed_by_user \
             LEFT JOIN presences p ON p.invitation_id = i.id AND p.day = $3 AND p.half = $4 AND p.state IS NOT NULL \
             WHERE i.organisation_id = $1 AND i.training_id = $2 AND i.state = 'confirmed' AND {found} ORDER BY u.sort_key, u.id",
            names = names.columns(),
            found = people.sql,
        );
        let mut binds = vec![
            Bind::Uuid(tab.organisation_id.0),
            Bind::Uuid(tab.training_id.0),
            Bind::Text(day.to_owned()),
            Bind::Text(half.to_owned()),
        ];
        binds.extend(people.binds);
        Ok(
            on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(c).await)?,
        )
    }

    /// How many of those who confirmed are there, for each half-day on which anybody is.
    pub async fn presence_counts(&mut self, tab: Tab<'_>) -> Result<Vec<(HalfDay, u32)>> {
        let people = match_users(self.dialect(), &Filter::default(), tab.scope, "u", 3);
        let sql = format!(
            "SELECT p.day, p.half, COUNT(*) FROM presences p JOIN invitations i ON i.id = p.invitation_id JOIN users u ON u.id = i.user_id \
             WHERE p.organisation_id = $1 AND p.training_id = $2 AND p.state = 'present' AND i.state = 'confirmed' AND {} GROUP BY p.day, p.half",
            people.sql
        );
        let mut binds = vec![
            Bind::Uuid(tab.organisation_id.0),
            Bind::Uuid(tab.training_id.0),
        ];
        binds.extend(people.binds);
        let rows: Vec<(String, String, i64)> = on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds)
            .fetch_all(c)
            .await)?;
        Ok(rows
            .into_iter()
            .filter_map(|(day, half, people)| Some((half_day(day, &half)?, crate::count(people))))
            .collect())
    }

    /// What is said of somebody on a half-day: what, since when, and who said it (`None`: they did).
    pub async fn attendance(
        &mut self,
        invitation: &Invitation,
        half_day: &HalfDay,
    ) -> Result<Option<(Attendance, Timestamp, Option<UserId>)>> {
        let row: Option<(String, i64, Option<Uuid>)> = on!(self, c => sqlx::query_as(
            "SELECT state, at, marked_by FROM presences \
             WHERE invitation_id = $1 AND day = $2 AND half = $3 AND organisation_id = $4 AND state IS NOT NULL",
        )
        .bind(invitation.id.0)
        .bind(&half_day.day)
        .bind(half_day.half.as_str())
        .bind(invitation.organisation_id.0)
        .fetch_optional(c)
        .await)?;
        Ok(row
            .and_then(|(state, at, by)| Some((state.parse().ok()?, Timestamp(at), by.map(UserId)))))
    }

    /// Says something of somebody on a half-day, in place of what was said before; a signature stays.
    pub async fn set_attendance(&mut self, new: NewPresence<'_>) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO presences (invitation_id, day, half, organisation_id, training_id, state, at, marked_by) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
             ON CONFLICT (invitation_id, day, half) DO UPDATE SET state = excluded.state, at = excluded.at, marked_by = excluded.marked_by",
        )
        .bind(new.invitation.id.0)
        .bind(&new.half_day.day)
        .bind(new.half_day.half.as_str())
        .bind(new.invitation.organisation_id.0)
        .bind(new.invitation.training_id.0)
        .bind(new.state.as_str())
        .bind(new.at.0)
        .bind(new.marked_by.map(|id| id.0))
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Says nothing of somebody on a half-day any more; a signature stays.
    pub async fn clear_attendance(
        &mut self,
        invitation: &Invitation,
        half_day: &HalfDay,
    ) -> Result<()> {
        for sql in [
            "DELETE FROM presences WHERE invitation_id = $1 AND day = $2 AND half = $3 AND organisation_id = $4 \
             AND signature IS NULL AND signed_name IS NULL",
            "UPDATE presences SET state = NULL WHERE invitation_id = $1 AND day = $2 AND half = $3 AND organisation_id = $4",
        ] {
            on!(self, c => sqlx::query(sql)
                .bind(invitation.id.0)
                .bind(&half_day.day)
                .bind(half_day.half.as_str())
                .bind(invitation.organisation_id.0)
                .execute(c)
                .await
                .map(|_| ()))?;
        }
        Ok(())
    }

    /// Everything that is said at a training, or of one invitation to it.
    pub async fn attendances(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
        of: Option<InvitationId>,
    ) -> Result<Vec<Said>> {
        let rows: Vec<SaidRow> = on!(self, c => sqlx::query_as(
            "SELECT invitation_id, day, half, state, at, marked_by, \
                 CAST(CASE WHEN signature IS NULL AND signed_name IS NULL THEN 0 ELSE 1 END AS BIGINT) AS signed \
             FROM presences WHERE organisation_id = $1 AND training_id = $2 AND state IS NOT NULL AND ($3 IS NULL OR invitation_id = $3)",
        )
        .bind(organisation_id.0)
        .bind(training_id.0)
        .bind(of.map(|id| id.0))
        .fetch_all(c)
        .await)?;
        Ok(rows.into_iter().filter_map(SaidRow::said).collect())
    }

    /// The signatures of those who are or were there.
    pub async fn signatures(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
        of: Option<InvitationId>,
    ) -> Result<Vec<(InvitationId, HalfDay, Signed)>> {
        type Row = (Uuid, String, String, Option<String>, Option<String>);
        let rows: Vec<Row> = on!(self, c => sqlx::query_as(
            "SELECT invitation_id, day, half, signature, signed_name FROM presences WHERE organisation_id = $1 AND training_id = $2 \
             AND state = 'present' AND (signature IS NOT NULL OR signed_name IS NOT NULL) AND ($3 IS NULL OR invitation_id = $3)",
        )
        .bind(organisation_id.0)
        .bind(training_id.0)
        .bind(of.map(|id| id.0))
        .fetch_all(c)
        .await)?;
        let rows = rows.into_iter();
        Ok(rows
            .filter_map(|(id, day, half, drawn, typed)| {
                Some((id.into(), half_day(day, &half)?, Signed { drawn, typed }))
            })
            .collect())
    }

    /// Keeps the name that a trainer typed for a known person.
    pub async fn set_door_name(
        &mut self,
        invitation: &Invitation,
        first_name: &str,
        last_name: &str,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "UPDATE invitations SET door_first_name = $3, door_last_name = $4 WHERE organisation_id = $1 AND id = $2",
        )
        .bind(invitation.organisation_id.0)
        .bind(invitation.id.0)
        .bind(first_name)
        .bind(last_name)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Adds a confirmed invitation for somebody who came without one.
    pub async fn add_at_the_door(&mut self, new: &NewAtTheDoor) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO invitations (id, organisation_id, training_id, user_id, state, confirmed_by, confirmed_by_user, chosen_by, \
             chosen_at, chosen_version, answered_at, state_changed_at) \
             VALUES ($1, $2, $3, $4, 'confirmed', $5, $6, $6, $7, $8, $7, $7)",
        )
        .bind(new.id.0)
        .bind(new.organisation_id.0)
        .bind(new.training_id.0)
        .bind(new.user_id.0)
        .bind(ConfirmedBy::Administrator.as_str())
        .bind(new.by.map(|id| id.0))
        .bind(new.at.0)
        .bind(new.version)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
