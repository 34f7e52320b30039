//! Who is there, on which day of a training; people added at the door.

use crate::directory::{Bind, bind_all, match_users};
use crate::invitations::{Invitation, Tab};
use crate::macros::on;
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::selection::Filter;
use convoke_domain::{ConfirmedBy, InvitationId, OrganisationId, Timestamp, TrainingId, UserId};
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

/// A participant, and whether they are there on a day.
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
    /// Since when they are there, in Unix milliseconds.
    pub present_at: Option<i64>,
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
    present_at,
    marked_by
});

impl PresentPerson {
    /// How the confirmation came about.
    pub fn confirmed_by(&self) -> Option<ConfirmedBy> {
        self.confirmed_by.as_deref()?.parse().ok()
    }
}

/// Somebody who is there.
#[derive(Clone, Copy, Debug)]
pub struct NewPresence<'a> {
    /// The invitation.
    pub invitation: &'a Invitation,
    /// The day in the training's time zone: `2026-12-09`.
    pub day: &'a str,
    /// Now.
    pub at: Timestamp,
    /// Who marks them; `None` when they do.
    pub marked_by: Option<UserId>,
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
    /// Everyone who confirmed, in the order of the directory's names, with their presence on a day.
    pub async fn presence_rows(
        &mut self,
        tab: Tab<'_>,
        day: &str,
        names: Names,
    ) -> Result<Vec<PresentPerson>> {
        let people = match_users(self.dialect(), &Filter::default(), tab.scope, "u", 4);
        let sql = format!(
            "SELECT i.id AS invitation_id, u.id AS user_id, {names}, i.answered_at, i.confirmed_by, \
             b.first_name AS confirmer_first_name, b.last_name AS confirmer_last_name, p.at AS present_at, p.marked_by \
             FROM invitations i JOIN users u ON u.id = i.user_id LEFT JOIN users b ON b.id = i.confirmed_by_user \
             LEFT JOIN presences p ON p.invitation_id = i.id AND p.day = $3 \
             WHERE i.organisation_id = $1 AND i.training_id = $2 AND i.state = 'confirmed' AND {found} ORDER BY u.sort_key, u.id",
            names = names.columns(),
            found = people.sql,
        );
        let mut binds = vec![
            Bind::Uuid(tab.organisation_id.0),
            Bind::Uuid(tab.training_id.0),
            Bind::Text(day.to_owned()),
        ];
        binds.extend(people.binds);
        Ok(
            on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(c).await)?,
        )
    }

    /// How many of those who confirmed are there, for each day on which anybody is.
    pub async fn presence_counts(&mut self, tab: Tab<'_>) -> Result<Vec<(String, u32)>> {
        let people = match_users(self.dialect(), &Filter::default(), tab.scope, "u", 3);
        let sql = format!(
            "SELECT p.day, COUNT(*) FROM presences p JOIN invitations i ON i.id = p.invitation_id JOIN users u ON u.id = i.user_id \
             WHERE p.organisation_id = $1 AND p.training_id = $2 AND i.state = 'confirmed' AND {} GROUP BY p.day",
            people.sql
        );
        let mut binds = vec![
            Bind::Uuid(tab.organisation_id.0),
            Bind::Uuid(tab.training_id.0),
        ];
        binds.extend(people.binds);
        let rows: Vec<(String, i64)> = on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds)
            .fetch_all(c)
            .await)?;
        Ok(rows
            .into_iter()
            .map(|(day, people)| (day, crate::count(people)))
            .collect())
    }

    /// Notes that somebody is there. Whether that is new.
    pub async fn add_presence(&mut self, new: NewPresence<'_>) -> Result<bool> {
        let rows = on!(self, c => sqlx::query(
            "INSERT INTO presences (invitation_id, day, organisation_id, training_id, at, marked_by) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (invitation_id, day) DO NOTHING",
        )
        .bind(new.invitation.id.0)
        .bind(new.day)
        .bind(new.invitation.organisation_id.0)
        .bind(new.invitation.training_id.0)
        .bind(new.at.0)
        .bind(new.marked_by.map(|id| id.0))
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows > 0)
    }

    /// Takes the note away. Whether there was one.
    pub async fn remove_presence(&mut self, invitation: &Invitation, day: &str) -> Result<bool> {
        let rows = on!(self, c => sqlx::query(
            "DELETE FROM presences WHERE invitation_id = $1 AND day = $2 AND organisation_id = $3",
        )
        .bind(invitation.id.0)
        .bind(day)
        .bind(invitation.organisation_id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows > 0)
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
