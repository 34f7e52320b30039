//! The selection panel and *Validate*.
//!
//! [`Changes`] over the saved list become one `CASE` expression: the last change that mentions a person decides, and
//! whoever is not mentioned stays as saved **now**, so a colleague's changes are kept without a merge. The reference for
//! what the expression says is [`Changes::contains`]; a contract test compares the two.

use crate::directory::{Bind, bind_all, match_users};
use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Dialect, Result, Transaction};
use convoke_domain::selection::{Change, Changes, Filter};
use convoke_domain::view::{Range, SelectionCounts, Side};
use convoke_domain::{
    Channel, GroupId, InvitationId, InvitationState, OrganisationId, Timestamp, TrainingId, UserId,
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// What every question about a panel is about.
#[derive(Clone, Copy, Debug)]
pub struct Panel<'a> {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The training.
    pub training_id: TrainingId,
    /// The groups the reader may see; `None` for all.
    pub scope: Option<&'a [GroupId]>,
    /// What was moved.
    pub changes: &'a Changes,
}

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
    pub state: Option<String>,
    /// 1 when somebody else has the same name.
    pub homonym: i64,
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
    state,
    homonym
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

struct CountsRow {
    participants: i64,
    informed: i64,
    added: i64,
    removed: i64,
    removed_sent: i64,
    removed_confirmed: i64,
}

from_row!(CountsRow {
    participants,
    informed,
    added,
    removed,
    removed_sent,
    removed_confirmed
});

/// Whether the saved list has the person; the row of `invitations` is joined as `i`.
const SAVED: &str = "COALESCE(i.state, '') IN ('to_send', 'sent', 'confirmed', 'waiting')";

/// A statement under construction: `$1` is the organisation, `$2` the training.
struct Statement<'a> {
    dialect: Dialect,
    panel: Panel<'a>,
    binds: Vec<Bind>,
}

impl<'a> Statement<'a> {
    fn new(dialect: Dialect, panel: Panel<'a>) -> Self {
        let binds = vec![
            Bind::Uuid(panel.organisation_id.0),
            Bind::Uuid(panel.training_id.0),
        ];
        Self {
            dialect,
            panel,
            binds,
        }
    }

    /// Binds a value and gives its number.
    fn bind(&mut self, value: Bind) -> usize {
        self.binds.push(value);
        self.binds.len()
    }

    /// The condition that a user matches `filter` and the reader's scope.
    fn matching(&mut self, filter: &Filter) -> String {
        let found = match_users(
            self.dialect,
            filter,
            self.panel.scope,
            "u",
            self.binds.len() + 1,
        );
        self.binds.extend(found.binds);
        found.sql
    }

    /// The condition that a user is within the reader's scope.
    fn in_scope(&mut self) -> String {
        self.matching(&Filter::default())
    }

    /// The condition that a user is on the right.
    fn on_the_right(&mut self) -> String {
        let changes = self.panel.changes;
        let mut whens = String::new();
        let mut otherwise = SAVED.to_owned();
        for change in changes.list().iter().rev() {
            let (condition, answer) = match change {
                Change::Add(users) => (self.one_of(users), "TRUE"),
                Change::Remove(users) => (self.one_of(users), "FALSE"),
                Change::AddAll(filter) => (format!("({})", self.matching(filter)), "TRUE"),
                Change::RemoveAll => {
                    let base = self.bind(Bind::Int(changes.base_version));
                    otherwise = format!("({SAVED} AND i.chosen_version > ${base})");
                    break;
                }
            };
            whens.push_str(" WHEN ");
            whens.push_str(&condition);
            whens.push_str(" THEN ");
            whens.push_str(answer);
        }
        if whens.is_empty() {
            otherwise
        } else {
            // Whoever was deactivated meanwhile is not added any more, but stays if already there.
            format!("(CASE{whens} ELSE {otherwise} END AND ({SAVED} OR u.state <> 'inactive'))")
        }
    }

    fn one_of(&mut self, users: &[UserId]) -> String {
        let n = self.bind(Bind::Ids(ids(users)));
        self.dialect.in_ids("u.id", n)
    }

    /// The users that can possibly be on the right, so that a small list does not read the whole directory.
    fn candidates(&mut self) -> String {
        let changes = self.panel.changes.list();
        if changes.iter().any(|c| matches!(c, Change::AddAll(_))) {
            return "1=1".to_owned();
        }
        let named: Vec<UserId> = changes
            .iter()
            .flat_map(|c| match c {
                Change::Add(users) => users.as_slice(),
                _ => &[],
            })
            .copied()
            .collect();
        let saved = "SELECT user_id FROM invitations WHERE training_id = $2";
        if named.is_empty() {
            format!("u.id IN ({saved})")
        } else {
            let n = self.bind(Bind::Ids(ids(&named)));
            format!("u.id IN ({saved} UNION ALL {})", self.dialect.ids_rows(n))
        }
    }

    /// The condition that a user is in a column. `filter` narrows the left one only.
    fn in_column(&mut self, side: Side, filter: &Filter) -> String {
        match side {
            Side::Users => {
                let matching = self.matching(filter);
                let right = self.on_the_right();
                format!("u.state <> 'inactive' AND {matching} AND NOT ({right})")
            }
            Side::Participants => {
                let candidates = self.candidates();
                let scope = self.in_scope();
                let right = self.on_the_right();
                format!("{candidates} AND {scope} AND {right}")
            }
        }
    }
}

const FROM: &str =
    "FROM users u LEFT JOIN invitations i ON i.training_id = $2 AND i.user_id = u.id";

fn order(side: Side) -> String {
    match side {
        Side::Users => "u.sort_key, u.id".to_owned(),
        // Those not yet saved stand on top, where they were dropped.
        Side::Participants => format!("CASE WHEN {SAVED} THEN 1 ELSE 0 END, u.sort_key, u.id"),
    }
}

impl Transaction {
    /// Rows of a column.
    pub async fn selection_rows(
        &mut self,
        panel: Panel<'_>,
        side: Side,
        filter: &Filter,
        range: Range,
    ) -> Result<Vec<SelectionPerson>> {
        let mut statement = Statement::new(self.dialect(), panel);
        let column = statement.in_column(side, filter);
        let limit = statement.bind(Bind::Int(range.limit.into()));
        let offset = statement.bind(Bind::Int(range.offset.into()));
        let order = order(side);
        // The inner select finds the few rows of the window; names of groups and homonyms are looked up for those only.
        let sql = format!(
            "SELECT u.id AS user_id, u.first_name, u.last_name, u.email, u.mobile, u.channel, y.name AS user_type, {groups} AS groups, \
             i.state, CAST(CASE WHEN EXISTS (SELECT 1 FROM users h WHERE h.organisation_id = u.organisation_id \
             AND h.sort_key = u.sort_key AND h.id <> u.id) THEN 1 ELSE 0 END AS BIGINT) AS homonym \
             FROM (SELECT u.id {FROM} WHERE u.organisation_id = $1 AND {column} ORDER BY {order} LIMIT ${limit} OFFSET ${offset}) page \
             JOIN users u ON u.id = page.id JOIN user_types y ON y.id = u.user_type_id \
             LEFT JOIN invitations i ON i.training_id = $2 AND i.user_id = u.id ORDER BY {order}",
            groups = statement.dialect.group_names("u.id"),
        );
        let binds = statement.binds;
        Ok(
            on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(c).await)?,
        )
    }

    /// Ids of consecutive rows of a column.
    pub async fn selection_ids(
        &mut self,
        panel: Panel<'_>,
        side: Side,
        filter: &Filter,
        range: Range,
    ) -> Result<Vec<UserId>> {
        let mut statement = Statement::new(self.dialect(), panel);
        let column = statement.in_column(side, filter);
        let limit = statement.bind(Bind::Int(range.limit.into()));
        let offset = statement.bind(Bind::Int(range.offset.into()));
        let sql = format!(
            "SELECT u.id {FROM} WHERE u.organisation_id = $1 AND {column} ORDER BY {order} LIMIT ${limit} OFFSET ${offset}",
            order = order(side),
        );
        let binds = statement.binds;
        let rows: Vec<Uuid> = on!(self, c => bind_all!(sqlx::query_scalar(AssertSqlSafe(sql)), &binds).fetch_all(c).await)?;
        Ok(rows.into_iter().map(UserId).collect())
    }

    /// The numbers of the panel's heads and foot, without version and time.
    pub async fn selection_counts(
        &mut self,
        panel: Panel<'_>,
        filter: &Filter,
    ) -> Result<SelectionCounts> {
        let right = self.count_right(panel).await?;
        let directory = self.count_left(panel, &Filter::default()).await?;
        let matching = if filter.is_empty() {
            directory
        } else {
            self.count_left(panel, filter).await?
        };
        let out_of_scope = self.count_out_of_scope(panel).await?;
        Ok(SelectionCounts {
            version: 0,
            counted_at: Timestamp(0),
            matching,
            directory,
            participants: crate::count(right.participants),
            informed: crate::count(right.informed),
            added: crate::count(right.added),
            removed: crate::count(right.removed),
            removed_sent: crate::count(right.removed_sent),
            removed_confirmed: crate::count(right.removed_confirmed),
            out_of_scope,
        })
    }

    async fn count_left(&mut self, panel: Panel<'_>, filter: &Filter) -> Result<u32> {
        let mut statement = Statement::new(self.dialect(), panel);
        let column = statement.in_column(Side::Users, filter);
        let sql = format!("SELECT COUNT(*) {FROM} WHERE u.organisation_id = $1 AND {column}");
        let binds = statement.binds;
        let n: i64 = on!(self, c => bind_all!(sqlx::query_scalar(AssertSqlSafe(sql)), &binds).fetch_one(c).await)?;
        Ok(crate::count(n))
    }

    async fn count_right(&mut self, panel: Panel<'_>) -> Result<CountsRow> {
        let mut statement = Statement::new(self.dialect(), panel);
        let candidates = statement.candidates();
        let scope = statement.in_scope();
        let right = statement.on_the_right();
        let sql = format!(
            "SELECT COUNT(CASE WHEN now_right THEN 1 END) AS participants, \
             COUNT(CASE WHEN now_right AND state IN ('sent', 'confirmed') THEN 1 END) AS informed, \
             COUNT(CASE WHEN now_right AND NOT was_right THEN 1 END) AS added, \
             COUNT(CASE WHEN was_right AND NOT now_right THEN 1 END) AS removed, \
             COUNT(CASE WHEN was_right AND NOT now_right AND state IN ('sent', 'waiting') THEN 1 END) AS removed_sent, \
             COUNT(CASE WHEN was_right AND NOT now_right AND state = 'confirmed' THEN 1 END) AS removed_confirmed \
             FROM (SELECT i.state AS state, {SAVED} AS was_right, {right} AS now_right {FROM} \
             WHERE u.organisation_id = $1 AND {candidates} AND {scope}) people",
        );
        let binds = statement.binds;
        Ok(
            on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_one(c).await)?,
        )
    }

    async fn count_out_of_scope(&mut self, panel: Panel<'_>) -> Result<u32> {
        if panel.scope.is_none() {
            return Ok(0);
        }
        let mut statement = Statement::new(self.dialect(), panel);
        let scope = statement.in_scope();
        let sql = format!(
            "SELECT COUNT(*) FROM invitations i JOIN users u ON u.id = i.user_id \
             WHERE u.organisation_id = $1 AND i.training_id = $2 AND {SAVED} AND NOT ({scope})"
        );
        let binds = statement.binds;
        let n: i64 = on!(self, c => bind_all!(sqlx::query_scalar(AssertSqlSafe(sql)), &binds).fetch_one(c).await)?;
        Ok(crate::count(n))
    }

    /// Whom *Validate* would take out.
    pub async fn selection_taken_out(&mut self, panel: Panel<'_>) -> Result<Vec<TakenOut>> {
        let mut statement = Statement::new(self.dialect(), panel);
        let scope = statement.in_scope();
        let right = statement.on_the_right();
        let sql = format!(
            "SELECT i.id AS invitation_id, u.id AS user_id, i.state, u.channel, \
             CAST(CASE WHEN u.email IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_email, \
             CAST(CASE WHEN u.mobile IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_mobile, \
             CAST(CASE WHEN i.sent_count > 0 OR EXISTS (SELECT 1 FROM messages m WHERE m.invitation_id = i.id \
             AND m.state IN ('sending', 'sent', 'uncertain')) THEN 1 ELSE 0 END AS BIGINT) AS written_to \
             FROM invitations i JOIN users u ON u.id = i.user_id \
             WHERE u.organisation_id = $1 AND i.training_id = $2 AND {SAVED} AND {scope} AND NOT ({right})",
        );
        let binds = statement.binds;
        Ok(
            on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(c).await)?,
        )
    }

    /// Names of those who are to be added one by one but cannot be: inactive by now, or out of the reader's scope.
    pub async fn selection_not_addable(
        &mut self,
        panel: Panel<'_>,
    ) -> Result<Vec<(String, String)>> {
        let named: Vec<UserId> = panel
            .changes
            .list()
            .iter()
            .flat_map(|c| match c {
                Change::Add(users) => users.as_slice(),
                _ => &[],
            })
            .copied()
            .collect();
        if named.is_empty() {
            return Ok(Vec::new());
        }
        let mut statement = Statement::new(self.dialect(), panel);
        let scope = statement.in_scope();
        let named = statement.one_of(&named);
        let sql = format!(
            "SELECT u.first_name, u.last_name {FROM} WHERE u.organisation_id = $1 AND {named} AND NOT {SAVED} \
             AND (u.state = 'inactive' OR NOT ({scope})) ORDER BY u.sort_key"
        );
        let binds = statement.binds;
        Ok(
            on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(c).await)?,
        )
    }

    /// Puts everyone on the list who is on the right and is not saved: one statement for any number. How many.
    pub async fn selection_add(
        &mut self,
        panel: Panel<'_>,
        by: Option<UserId>,
        version: i64,
        at: Timestamp,
    ) -> Result<u64> {
        let mut statement = Statement::new(self.dialect(), panel);
        let candidates = statement.candidates();
        let scope = statement.in_scope();
        let right = statement.on_the_right();
        let at = statement.bind(Bind::Int(at.0));
        let version = statement.bind(Bind::Int(version));
        let chosen_by = match by {
            Some(user) => format!("${}", statement.bind(Bind::Uuid(user.0))),
            None => "NULL".to_owned(),
        };
        // `WHERE` before `ON CONFLICT` is what keeps SQLite from reading `ON` as a join's.
        let sql = format!(
            "INSERT INTO invitations (id, organisation_id, training_id, user_id, state, chosen_by, chosen_at, chosen_version, state_changed_at) \
             SELECT {id}, u.organisation_id, {training}, u.id, 'to_send', {chosen_by}, {at}, {version}, {at} \
             {FROM} WHERE u.organisation_id = $1 AND {candidates} AND {scope} AND NOT {SAVED} AND {right} \
             ON CONFLICT (training_id, user_id) DO UPDATE SET state = 'to_send', chosen_by = excluded.chosen_by, \
             chosen_at = excluded.chosen_at, chosen_version = excluded.chosen_version, state_changed_at = excluded.state_changed_at, \
             confirmed_by = NULL, confirmed_by_user = NULL, answered_at = NULL, problem = NULL, problem_detail = NULL",
            id = statement.dialect.new_id(at),
            training = match statement.dialect {
                Dialect::Sqlite => "$2",
                Dialect::Postgres => "$2::uuid",
            },
            at = number(statement.dialect, at),
            version = number(statement.dialect, version),
        );
        let binds = statement.binds;
        let done = on!(self, c => bind_all!(sqlx::query(AssertSqlSafe(sql)), &binds)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(done)
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
        let cancel = format!(
            "UPDATE invitations SET state = 'cancelled', state_changed_at = $2, problem = NULL, problem_detail = NULL WHERE {}",
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
