//! The selection panel and *Validate*: what the directory in memory does not hold, for people who are named.
//!
//! Who stands in which column is decided over the directory in memory (`convoke-directory`); here the saved list is read, the few people on
//! screen are looked up, and what *Validate* decided is written, in one statement each for any number of people.

use crate::directory::{Bind, bind_all, match_users};
use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Dialect, Result, Transaction};
use convoke_domain::selection::Filter;
use convoke_domain::{
    Channel, GroupId, InvitationId, InvitationState, OrganisationId, Timestamp, TrainingId, UserId,
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// An invitation of a training, as a panel looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterRow {
    /// Who.
    pub user_id: UserId,
    /// Where it stands.
    pub state: InvitationState,
    /// The training's version at which the person was put on the list.
    pub chosen_version: i64,
}

from_row!(RosterRow {
    user_id,
    state,
    chosen_version
});

/// A person in a column.
#[derive(Clone, Debug)]
pub struct SelectionPerson {
    /// The user.
    pub user_id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail.
    pub email: Option<String>,
    /// Mobile.
    pub mobile: Option<String>,
    /// Preferred channel.
    pub channel: Channel,
    /// Name of the user type.
    pub user_type: String,
    /// Names of the groups, joined by `, `.
    pub groups: String,
    /// State of the saved invitation, if there is one.
    pub state: Option<InvitationState>,
}

from_row!(SelectionPerson {
    user_id,
    first_name,
    last_name,
    email,
    mobile,
    channel,
    user_type,
    groups,
    state
});

/// Someone whom *Validate* takes out.
#[derive(Clone, Debug)]
pub struct TakenOut {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The user.
    pub user_id: UserId,
    /// The state until now.
    pub state: InvitationState,
    /// Preferred channel.
    pub channel: Channel,
    /// 1 when there is an e-mail.
    pub has_email: i64,
    /// 1 when there is a mobile.
    pub has_mobile: i64,
    /// 1 when a message went out, or may have.
    pub written_to: i64,
}

from_row!(TakenOut {
    invitation_id,
    user_id,
    state,
    channel,
    has_email,
    has_mobile,
    written_to
});

/// Whether the saved list has the person; the row of `invitations` is joined as `i`.
const SAVED: &str = "COALESCE(i.state, '') IN ('to_send', 'sent', 'confirmed', 'waiting')";

/// People to be put on the list of a training.
#[derive(Clone, Copy, Debug)]
pub struct Additions<'a> {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The training.
    pub training_id: TrainingId,
    /// Who; those who are out of scope, deactivated or on the list are passed over.
    pub people: &'a [UserId],
    /// The groups the chooser may see; `None` for all.
    pub scope: Option<&'a [GroupId]>,
    /// Who chose them.
    pub by: Option<UserId>,
    /// The training's version from now on.
    pub version: i64,
    /// Now.
    pub at: Timestamp,
}

impl Transaction {
    /// All invitations of a training.
    pub async fn roster(&mut self, training_id: TrainingId) -> Result<Vec<RosterRow>> {
        Ok(on!(self, c => sqlx::query_as(
            "SELECT user_id, state, chosen_version FROM invitations WHERE training_id = $1",
        )
        .bind(training_id.0)
        .fetch_all(c)
        .await)?)
    }

    /// People of an organisation who were invited to any training since: a message went out, or they registered or were confirmed.
    pub async fn invited_since(
        &mut self,
        organisation_id: OrganisationId,
        since: Timestamp,
    ) -> Result<Vec<UserId>> {
        let rows: Vec<Uuid> = on!(self, c => sqlx::query_scalar(
            "SELECT user_id FROM invitations WHERE organisation_id = $1 AND last_sent_at >= $2 \
             UNION SELECT user_id FROM invitations WHERE organisation_id = $1 AND state_changed_at >= $2 \
             AND state IN ('confirmed', 'waiting')",
        )
        .bind(organisation_id.0)
        .bind(since.0)
        .fetch_all(c)
        .await)?;
        Ok(rows.into_iter().map(UserId).collect())
    }

    /// Who took a training of the organisation: was marked as present on a day, or was confirmed where nobody was marked.
    pub async fn took(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
    ) -> Result<Vec<UserId>> {
        let rows: Vec<Uuid> = on!(self, c => sqlx::query_scalar(
            "SELECT i.user_id FROM invitations i WHERE i.organisation_id = $1 AND i.training_id = $2 \
             AND (EXISTS (SELECT 1 FROM presences p WHERE p.invitation_id = i.id AND p.state = 'present') \
                OR (i.state = 'confirmed' AND NOT EXISTS (SELECT 1 FROM presences p WHERE p.training_id = $2 AND p.state = 'present')))",
        )
        .bind(organisation_id.0)
        .bind(training_id.0)
        .fetch_all(c)
        .await)?;
        Ok(rows.into_iter().map(UserId).collect())
    }

    /// Who is on the list of a training of the organisation.
    pub async fn participants(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
    ) -> Result<Vec<UserId>> {
        let sql = format!(
            "SELECT i.user_id FROM invitations i WHERE i.organisation_id = $1 AND i.training_id = $2 AND {SAVED}"
        );
        let rows: Vec<Uuid> = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(training_id.0)
            .fetch_all(c)
            .await)?;
        Ok(rows.into_iter().map(UserId).collect())
    }

    /// These people as rows of a column, in no order; with what they have to do with a training, if it is about one.
    pub async fn selection_people(
        &mut self,
        organisation_id: OrganisationId,
        training_id: Option<TrainingId>,
        people: &[UserId],
    ) -> Result<Vec<SelectionPerson>> {
        let sql = format!(
            "SELECT u.id AS user_id, u.first_name, u.last_name, u.email, u.mobile, u.channel, y.name AS user_type, {groups} AS groups, i.state \
             FROM {these} JOIN users u ON u.id = p.id JOIN user_types y ON y.id = u.user_type_id \
             LEFT JOIN invitations i ON i.training_id = $2 AND i.user_id = u.id WHERE u.organisation_id = $1",
            groups = self.dialect().group_names("u.id"),
            these = self.dialect().ids_table(3),
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(training_id.map(|id| id.0))
            .bind(ids(people))
            .fetch_all(c)
            .await)?)
    }

    /// Those of these people who are on the saved list, as they are taken out.
    pub async fn selection_taken_out(
        &mut self,
        training_id: TrainingId,
        people: &[UserId],
    ) -> Result<Vec<TakenOut>> {
        let sql = format!(
            "SELECT i.id AS invitation_id, u.id AS user_id, i.state, u.channel, \
             CAST(CASE WHEN u.email IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_email, \
             CAST(CASE WHEN u.mobile IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_mobile, \
             CAST(CASE WHEN i.sent_count > 0 OR EXISTS (SELECT 1 FROM messages m WHERE m.invitation_id = i.id \
             AND m.state IN ('sending', 'sent', 'uncertain')) THEN 1 ELSE 0 END AS BIGINT) AS written_to \
             FROM invitations i JOIN users u ON u.id = i.user_id WHERE i.training_id = $1 AND {SAVED} AND {}",
            self.dialect().in_ids("i.user_id", 2)
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(training_id.0)
            .bind(ids(people))
            .fetch_all(c)
            .await)?)
    }

    /// Puts people on the list who are not on it: one statement for any number. How many.
    pub async fn selection_add(&mut self, new: Additions<'_>) -> Result<u64> {
        let dialect = self.dialect();
        // In the order of their ids, neighbours in the tables and indexes that this reads and writes are neighbours here too.
        let mut people = new.people.to_vec();
        people.sort_unstable();
        let mut binds = vec![
            Bind::Uuid(new.organisation_id.0),
            Bind::Uuid(new.training_id.0),
            Bind::Ids(ids(&people)),
            Bind::Int(new.at.0),
            Bind::Int(new.version),
        ];
        let chosen_by = match new.by {
            Some(user) => {
                binds.push(Bind::Uuid(user.0));
                "$6"
            }
            None => "NULL",
        };
        let within = match_users(dialect, &Filter::default(), new.scope, "u", binds.len() + 1);
        binds.extend(within.binds);
        // `WHERE` before `ON CONFLICT` is what keeps SQLite from reading `ON` as a join's.
        let sql = format!(
            "INSERT INTO invitations (id, organisation_id, training_id, user_id, state, chosen_by, chosen_at, chosen_version, state_changed_at) \
             SELECT {id}, u.organisation_id, {training}, u.id, 'to_send', {chosen_by}, {at}, {version}, {at} \
             FROM {people} JOIN users u ON u.id = p.id LEFT JOIN invitations i ON i.training_id = $2 AND i.user_id = u.id \
             WHERE u.organisation_id = $1 AND u.state <> 'inactive' AND {within} AND NOT {SAVED} \
             ON CONFLICT (training_id, user_id) DO UPDATE SET state = 'to_send', chosen_by = excluded.chosen_by, \
             chosen_at = excluded.chosen_at, chosen_version = excluded.chosen_version, state_changed_at = excluded.state_changed_at, \
             confirmed_by = NULL, confirmed_by_user = NULL, answered_at = NULL, problem = NULL, problem_detail = NULL",
            id = dialect.new_id(4),
            training = match dialect {
                Dialect::Sqlite => "$2",
                Dialect::Postgres => "$2::uuid",
            },
            at = number(dialect, 4),
            version = number(dialect, 5),
            people = dialect.ids_table(3),
            within = within.sql,
        );
        Ok(
            on!(self, c => bind_all!(sqlx::query(AssertSqlSafe(sql)), &binds)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?,
        )
    }

    /// Who of these people is on the saved list.
    pub async fn participants_among(
        &mut self,
        training_id: TrainingId,
        people: &[UserId],
    ) -> Result<Vec<UserId>> {
        let sql = format!(
            "SELECT i.user_id FROM invitations i WHERE i.training_id = $1 AND {SAVED} AND {}",
            self.dialect().in_ids("i.user_id", 2)
        );
        let rows: Vec<Uuid> = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(training_id.0)
            .bind(ids(people))
            .fetch_all(c)
            .await)?;
        Ok(rows.into_iter().map(UserId).collect())
    }

    /// Takes invitations out: those never written to are gone, their queued messages withdrawn; the others are cancelled.
    pub async fn take_out(
        &mut self,
        gone: &[InvitationId],
        cancelled: &[InvitationId],
        at: Timestamp,
    ) -> Result<()> {
        let dialect = self.dialect();
        let withdraw = format!(
            "UPDATE messages SET state = 'cancelled', updated_at = $2 WHERE state = 'queued' AND {}",
            dialect.in_ids("invitation_id", 1)
        );
        let delete = format!("DELETE FROM invitations WHERE {}", dialect.in_ids("id", 1));
        // Who was cancelled keeps how they had confirmed; who only waited for a place never had one.
        let cancel = format!(
            "UPDATE invitations SET confirmed_by = CASE WHEN state = 'waiting' THEN NULL ELSE confirmed_by END, state = 'cancelled', \
             state_changed_at = $2, problem = NULL, problem_detail = NULL WHERE {}",
            dialect.in_ids("id", 1)
        );
        for list in [gone, cancelled] {
            if !list.is_empty() {
                let sql = withdraw.clone();
                on!(self, c => sqlx::query(AssertSqlSafe(sql)).bind(ids(list)).bind(at.0).execute(c).await.map(|_| ()))?;
            }
        }
        if !gone.is_empty() {
            on!(self, c => sqlx::query(AssertSqlSafe(delete)).bind(ids(gone)).execute(c).await.map(|_| ()))?;
        }
        if !cancelled.is_empty() {
            on!(self, c => sqlx::query(AssertSqlSafe(cancel)).bind(ids(cancelled)).bind(at.0).execute(c).await.map(|_| ()))?;
        }
        Ok(())
    }
}

/// A bound number in a select list, where PostgreSQL wants to know what it is.
fn number(dialect: Dialect, n: usize) -> String {
    match dialect {
        Dialect::Sqlite => format!("${n}"),
        Dialect::Postgres => format!("${n}::bigint"),
    }
}
