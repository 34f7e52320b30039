//! Many users at once, for imports: about a thousand rows a statement, sent as one JSON text.

use super::users::USER_COLUMNS;
use super::{NewUser, User};
use crate::macros::{ids, on};
use crate::{Dialect, Result, Transaction};
use convoke_domain::{
    Channel, GroupId, Language, OrganisationId, Role, Timestamp, UserId, UserState, UserTypeId,
    fold,
};
use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;

/// What existing users are recognised by.
#[derive(Clone, Debug, Default)]
pub struct UserKeys {
    /// Employee ids.
    pub employee_ids: Vec<String>,
    /// E-mail addresses in lower case.
    pub email_keys: Vec<String>,
    /// Mobiles in international form (E.164).
    pub mobiles: Vec<String>,
}

/// A user whose row is to be written again; role, state and password stay as they are.
#[derive(Clone, Debug)]
pub struct UserChange<'a> {
    /// The user as they are to be.
    pub user: &'a User,
    /// Now.
    pub at: Timestamp,
}

/// A user who is to be in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Membership {
    /// The group.
    pub group_id: GroupId,
    /// The user.
    pub user_id: UserId,
}

/// The columns of [`NewUser`] rows and of changed ones, with their PostgreSQL types.
const COLUMNS: &[(&str, &str)] = &[
    ("id", "uuid"),
    ("last_name", "text"),
    ("first_name", "text"),
    ("email", "text"),
    ("email_key", "text"),
    ("mobile", "text"),
    ("channel", "text"),
    ("language", "text"),
    ("user_type_id", "uuid"),
    ("employee_id", "text"),
    ("state", "text"),
    ("role", "text"),
    ("password_hash", "text"),
    ("search_text", "text"),
    ("sort_key", "text"),
    ("at", "bigint"),
];

/// A row of [`COLUMNS`], as JSON.
#[derive(Serialize)]
struct Row<'a> {
    id: UserId,
    last_name: &'a str,
    first_name: &'a str,
    email: Option<&'a str>,
    email_key: Option<String>,
    mobile: Option<&'a str>,
    channel: Channel,
    language: Language,
    user_type_id: UserTypeId,
    employee_id: Option<&'a str>,
    state: UserState,
    role: Role,
    password_hash: Option<&'a str>,
    search_text: String,
    sort_key: String,
    at: i64,
}

impl<'a> Row<'a> {
    fn of_new(user: &'a NewUser) -> Self {
        let (email, employee_id) = (user.email.as_deref(), user.employee_id.as_deref());
        Self {
            id: user.id,
            last_name: &user.last_name,
            first_name: &user.first_name,
            email,
            email_key: email.map(str::to_lowercase),
            mobile: user.mobile.as_deref(),
            channel: user.channel,
            language: user.language,
            user_type_id: user.user_type_id,
            employee_id,
            state: user.state,
            role: user.role,
            password_hash: user.password_hash.as_deref(),
            search_text: fold::search_text(&user.last_name, &user.first_name, email, employee_id),
            sort_key: fold::sort_key(&user.last_name, &user.first_name),
            at: user.at.0,
        }
    }

    fn of_change(change: &UserChange<'a>) -> Self {
        let user = change.user;
        let (email, employee_id) = (user.email.as_deref(), user.employee_id.as_deref());
        Self {
            id: user.id,
            last_name: &user.last_name,
            first_name: &user.first_name,
            email,
            email_key: email.map(str::to_lowercase),
            mobile: user.mobile.as_deref(),
            channel: user.channel,
            language: user.language,
            user_type_id: user.user_type_id,
            employee_id,
            state: user.state,
            role: user.role,
            // Not written again, as are state and role.
            password_hash: None,
            search_text: fold::search_text(&user.last_name, &user.first_name, email, employee_id),
            sort_key: fold::sort_key(&user.last_name, &user.first_name),
            at: change.at.0,
        }
    }
}

impl Dialect {
    /// A table made of the JSON array of objects bound as `$n`; `columns` are names and PostgreSQL types.
    pub(crate) fn rows(self, n: usize, columns: &[(&str, &str)]) -> String {
        let columns: Vec<String> = columns
            .iter()
            .map(|(name, kind)| match (self, *kind) {
                (Self::Sqlite, "uuid") => {
                    format!("unhex(replace(value ->> '{name}', '-', '')) AS {name}")
                }
                (Self::Sqlite, _) => format!("value ->> '{name}' AS {name}"),
                (Self::Postgres, kind) => format!("{name} {kind}"),
            })
            .collect();
        let columns = columns.join(", ");
        match self {
            Self::Sqlite => format!("(SELECT {columns} FROM json_each(${n}))"),
            // The names of the columns follow that of the table.
            Self::Postgres => {
                format!("(SELECT * FROM json_to_recordset(${n}::json) AS j({columns}))")
            }
        }
    }

    /// A table with the column `value`, made of the JSON array of texts bound as `$n`.
    fn texts(self, n: usize) -> String {
        match self {
            Self::Sqlite => format!("(SELECT value FROM json_each(${n}))"),
            Self::Postgres => {
                format!("(SELECT value FROM json_array_elements_text(${n}::json) AS j(value))")
            }
        }
    }
}

/// A list as the JSON text that [`Dialect::rows`] takes apart.
pub(super) fn json<T: Serialize>(rows: &[T]) -> String {
    serde_json::to_string(rows).expect("rows of plain texts and numbers are JSON")
}

impl Transaction {
    /// The users of the organisation who have one of the keys; each once.
    pub async fn users_by_keys(
        &mut self,
        organisation_id: OrganisationId,
        keys: &UserKeys,
    ) -> Result<Vec<User>> {
        let dialect = self.dialect();
        let found: Vec<String> = [
            ("employee_id", &keys.employee_ids),
            ("email_key", &keys.email_keys),
            ("mobile", &keys.mobiles),
        ]
        .iter()
        .enumerate()
        .filter(|(_, (_, values))| !values.is_empty())
        .map(|(n, (column, _))| {
            // `CROSS JOIN` tells SQLite to go through the keys, and to look each up in its index.
            format!(
                "SELECT k.id FROM {} j CROSS JOIN users k WHERE k.organisation_id = $1 AND k.{column} = j.value",
                dialect.texts(n + 2)
            )
        })
        .collect();
        if found.is_empty() {
            return Ok(Vec::new());
        }
        // Every bind is named even where its list is empty, so that PostgreSQL knows its type.
        let sql = format!(
            "SELECT {USER_COLUMNS} FROM users u JOIN user_types t ON t.id = u.user_type_id \
             WHERE u.id IN ({}) AND $2 IS NOT NULL AND $3 IS NOT NULL AND $4 IS NOT NULL",
            found.join(" UNION ")
        );
        let (employee_ids, email_keys, mobiles) = (
            json(&keys.employee_ids),
            json(&keys.email_keys),
            json(&keys.mobiles),
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(employee_ids)
            .bind(email_keys)
            .bind(mobiles)
            .fetch_all(c)
            .await)?)
    }

    /// Those of the users who are of the organisation; nobody else changes them before the transaction ends.
    pub async fn users_to_change(
        &mut self,
        organisation_id: OrganisationId,
        users: &[UserId],
    ) -> Result<Vec<User>> {
        let sql = format!(
            "SELECT {USER_COLUMNS} FROM users u JOIN user_types t ON t.id = u.user_type_id \
             WHERE {} AND {} {}",
            self.dialect().checked("u.organisation_id", 1),
            self.dialect().in_ids("u.id", 2),
            match self.dialect() {
                Dialect::Sqlite => "",
                Dialect::Postgres => "FOR UPDATE OF u",
            }
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(ids(users))
            .fetch_all(c)
            .await)?)
    }

    /// Deletes those of the users whom nothing but groups and the history knows: who never was on a list, registered, taught, signed in or was written to. Answers who
    /// that was.
    pub async fn delete_unused_users(
        &mut self,
        organisation_id: OrganisationId,
        users: &[UserId],
    ) -> Result<Vec<UserId>> {
        const KNOW: &[(&str, &str)] = &[
            ("invitations", "user_id"),
            ("messages", "user_id"),
            ("registrations", "user_id"),
            ("training_trainers", "user_id"),
            ("user_scopes", "user_id"),
            ("sessions", "user_id"),
            ("account_links", "user_id"),
            ("history", "actor_id"),
        ];
        let unknown: Vec<String> = KNOW
            .iter()
            .map(|(table, column)| {
                format!("NOT EXISTS (SELECT 1 FROM {table} k WHERE k.{column} = u.id)")
            })
            .collect();
        let sql = format!(
            "SELECT u.id FROM users u WHERE {} AND u.opted_out IS NULL AND {} AND {}",
            self.dialect().checked("u.organisation_id", 1),
            self.dialect().in_ids("u.id", 2),
            unknown.join(" AND ")
        );
        let unused: Vec<uuid::Uuid> = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(ids(users))
            .fetch_all(c)
            .await)?;
        let unused: Vec<UserId> = unused.into_iter().map(UserId).collect();
        for (table, column) in [
            ("group_members", "user_id"),
            ("history_people", "user_id"),
            ("users", "id"),
        ] {
            let sql = format!(
                "DELETE FROM {table} WHERE {} AND {}",
                self.dialect().checked("organisation_id", 1),
                self.dialect().in_ids(column, 2)
            );
            on!(self, c => sqlx::query(AssertSqlSafe(sql))
                .bind(organisation_id.0)
                .bind(ids(&unused))
                .execute(c)
                .await
                .map(|_| ()))?;
        }
        self.people_changed(organisation_id, unused.iter().copied());
        Ok(unused)
    }

    /// Adds many users of one organisation. A unique violation means that a key is somebody else's.
    pub async fn insert_users(
        &mut self,
        organisation_id: OrganisationId,
        users: &[NewUser],
    ) -> Result<()> {
        let names: Vec<&str> = COLUMNS[..COLUMNS.len() - 1]
            .iter()
            .map(|(name, _)| *name)
            .collect();
        let sql = format!(
            "INSERT INTO users (organisation_id, {}, created_at, updated_at) SELECT $1, r.{}, r.at, r.at FROM {} r",
            names.join(", "),
            names.join(", r."),
            self.dialect().rows(2, COLUMNS)
        );
        let rows: Vec<Row<'_>> = users.iter().map(Row::of_new).collect();
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(json(&rows))
            .execute(c)
            .await
            .map(|_| ()))?;
        self.people_changed(organisation_id, users.iter().map(|user| user.id));
        Ok(())
    }

    /// Writes many users of one organisation again, each in the list once. The order in which rows are written is
    /// the database's: no two of them may exchange a key.
    pub async fn update_users(
        &mut self,
        organisation_id: OrganisationId,
        changes: &[UserChange<'_>],
    ) -> Result<()> {
        const CHANGED: &[&str] = &[
            "last_name",
            "first_name",
            "email",
            "email_key",
            "mobile",
            "channel",
            "language",
            "user_type_id",
            "employee_id",
            "search_text",
            "sort_key",
        ];
        let columns: Vec<(&str, &str)> = COLUMNS
            .iter()
            .copied()
            .filter(|(name, _)| CHANGED.contains(name) || matches!(*name, "id" | "at"))
            .collect();
        let set: Vec<String> = CHANGED
            .iter()
            .map(|name| format!("{name} = r.{name}"))
            .collect();
        // `CASE` keeps SQLite from going through all users of the organisation and taking the JSON apart for each of them.
        let sql = format!(
            "UPDATE users SET {}, updated_at = r.at FROM {} r \
             WHERE users.id = r.id AND CASE WHEN users.organisation_id = $1 THEN 1 ELSE 0 END = 1",
            set.join(", "),
            self.dialect().rows(2, &columns)
        );
        let rows: Vec<Row<'_>> = changes.iter().map(Row::of_change).collect();
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(json(&rows))
            .execute(c)
            .await
            .map(|_| ()))?;
        self.people_changed(organisation_id, changes.iter().map(|change| change.user.id));
        Ok(())
    }

    /// The groups these users are in.
    pub async fn memberships(&mut self, users: &[UserId]) -> Result<Vec<Membership>> {
        let sql = format!(
            "SELECT group_id, user_id FROM group_members WHERE {}",
            self.dialect().in_ids("user_id", 1)
        );
        let rows: Vec<(uuid::Uuid, uuid::Uuid)> = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(ids(users))
            .fetch_all(c)
            .await)?;
        Ok(rows
            .into_iter()
            .map(|(group_id, user_id)| Membership {
                group_id: GroupId(group_id),
                user_id: UserId(user_id),
            })
            .collect())
    }

    /// Has PostgreSQL count again what it plans its statements by, after many people were added: by itself it does so within minutes, and until then
    /// reads whole tables for a few people. SQLite plans without.
    pub async fn count_people_again(&mut self) -> Result<()> {
        if self.dialect() == Dialect::Postgres {
            on!(self, c => sqlx::query("ANALYZE users, group_members").execute(c).await.map(|_| ()))?;
        }
        Ok(())
    }

    /// Takes users out of groups of the organisation.
    pub async fn remove_members(
        &mut self,
        organisation_id: OrganisationId,
        members: &[Membership],
    ) -> Result<()> {
        let rows = self
            .dialect()
            .rows(2, &[("group_id", "uuid"), ("user_id", "uuid")]);
        let sql = format!(
            "DELETE FROM group_members WHERE organisation_id = $1 AND (group_id, user_id) IN (SELECT r.group_id, r.user_id FROM {rows} r)"
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(json(members))
            .execute(c)
            .await
            .map(|_| ()))?;
        self.people_changed(organisation_id, members.iter().map(|m| m.user_id));
        Ok(())
    }

    /// Puts users into groups, where they are not yet. Both must be of the organisation; others are left out.
    pub async fn add_members(
        &mut self,
        organisation_id: OrganisationId,
        members: &[Membership],
    ) -> Result<()> {
        // `CROSS JOIN` keeps SQLite from going through all users and taking the JSON apart for each of them.
        let sql = format!(
            "INSERT INTO group_members (group_id, user_id, organisation_id) \
             SELECT g.id, u.id, u.organisation_id FROM {} r CROSS JOIN users u CROSS JOIN user_groups g \
             WHERE u.id = r.user_id AND u.organisation_id = $1 AND g.id = r.group_id AND g.organisation_id = $1 \
             ON CONFLICT (group_id, user_id) DO NOTHING",
            self.dialect()
                .rows(2, &[("group_id", "uuid"), ("user_id", "uuid")])
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(json(members))
            .execute(c)
            .await
            .map(|_| ()))?;
        self.people_changed(organisation_id, members.iter().map(|m| m.user_id));
        Ok(())
    }
}
