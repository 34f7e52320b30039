//! User types and groups, with their numbers of users.

use super::{Bind, bind_all};
use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::{GroupId, OrganisationId, UserId, UserTypeId};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;

/// A user type, with the number of its users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserTypeRow {
    /// Its id.
    pub id: UserTypeId,
    /// Its name.
    pub name: String,
    /// How many users have it, those who are inactive left out.
    pub users: u32,
}

from_row!(UserTypeRow { id, name, users });

/// A group, with the number of its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRow {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// How many members it has, those who are inactive left out.
    pub users: u32,
}

from_row!(GroupRow { id, name, users });

/// A name of a group or user type, without its number of users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label<Id> {
    /// The id.
    pub id: Id,
    /// The name.
    pub name: String,
}

/// A group to be added.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct NewGroup {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
}

impl Transaction {
    /// Adds a user type at the end of the organisation's list; one of the same name is left as it is.
    pub async fn insert_user_type(
        &mut self,
        organisation_id: OrganisationId,
        id: UserTypeId,
        name: &str,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO user_types (id, organisation_id, name, position) \
             SELECT $1, $2, $3, COALESCE(MAX(position), 0) + 1 FROM user_types WHERE organisation_id = $2 \
             ON CONFLICT (organisation_id, name) DO NOTHING",
        )
        .bind(id.0)
        .bind(organisation_id.0)
        .bind(name)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// The user types, in the organisation's order, with their users within `scope` counted.
    pub async fn user_types(
        &mut self,
        organisation_id: OrganisationId,
        scope: Option<&[GroupId]>,
    ) -> Result<Vec<UserTypeRow>> {
        let mut binds = vec![Bind::Uuid(organisation_id.0)];
        let within = self.within_scope(scope, "u.id", &mut binds);
        let sql = format!(
            "SELECT t.id, t.name, CAST(COALESCE(n.users, 0) AS BIGINT) AS users \
             FROM user_types t LEFT JOIN (\
                SELECT u.user_type_id, COUNT(*) AS users FROM users u \
                WHERE u.organisation_id = $1 AND u.state <> 'inactive' AND {within} GROUP BY u.user_type_id\
             ) n ON n.user_type_id = t.id \
             WHERE t.organisation_id = $1 ORDER BY t.position, t.id"
        );
        Ok(
            on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds)
            .fetch_all(c)
            .await)?,
        )
    }

    /// Adds groups; those whose name is taken are left as they are.
    pub async fn insert_groups(
        &mut self,
        organisation_id: OrganisationId,
        groups: &[NewGroup],
    ) -> Result<()> {
        let rows = self.dialect().rows(2, &[("id", "uuid"), ("name", "text")]);
        let sql = format!(
            "INSERT INTO user_groups (id, organisation_id, name) \
             SELECT r.id, $1, r.name FROM {rows} r WHERE 1=1 \
             ON CONFLICT (organisation_id, name) DO NOTHING"
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(super::bulk::json(groups))
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// The groups of the organisation that are in `scope`, by folded name, with their members counted.
    pub async fn groups(
        &mut self,
        organisation_id: OrganisationId,
        scope: Option<&[GroupId]>,
    ) -> Result<Vec<GroupRow>> {
        let mut binds = vec![Bind::Uuid(organisation_id.0)];
        let within = match scope {
            None => "1=1".to_owned(),
            Some(scope) => {
                binds.push(Bind::Ids(ids(scope)));
                self.dialect().in_ids("g.id", binds.len())
            }
        };
        // All members are counted in their index, and the few who are inactive taken off.
        let sql = format!(
            "SELECT g.id, g.name, \
                CAST((SELECT COUNT(*) FROM group_members m WHERE m.group_id = g.id) - COALESCE(n.users, 0) AS BIGINT) AS users \
             FROM user_groups g LEFT JOIN (\
                SELECT m.group_id, COUNT(*) AS users FROM users u JOIN group_members m ON m.user_id = u.id \
                WHERE u.organisation_id = $1 AND u.state = 'inactive' GROUP BY m.group_id\
             ) n ON n.group_id = g.id \
             WHERE g.organisation_id = $1 AND {within}"
        );
        let mut groups: Vec<GroupRow> = on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds)
                .fetch_all(c)
                .await)?;
        groups.sort_by_cached_key(|group| (convoke_domain::fold::plain(&group.name), group.id));
        Ok(groups)
    }

    /// The names of the groups of each of these users, by folded name; who is in none has no entry.
    pub async fn group_names(&mut self, users: &[UserId]) -> Result<HashMap<UserId, Vec<String>>> {
        let sql = format!(
            "SELECT m.user_id, g.name FROM group_members m JOIN user_groups g ON g.id = m.group_id WHERE {}",
            self.dialect().in_ids("m.user_id", 1)
        );
        let rows: Vec<(uuid::Uuid, String)> =
            on!(self, c => sqlx::query_as(AssertSqlSafe(sql)).bind(ids(users)).fetch_all(c).await)?;
        let mut names: HashMap<UserId, Vec<String>> = HashMap::with_capacity(users.len());
        for (user, name) in rows {
            names.entry(UserId(user)).or_default().push(name);
        }
        for names in names.values_mut() {
            names.sort_by_cached_key(|name| convoke_domain::fold::plain(name));
        }
        Ok(names)
    }

    /// The names of the organisation's user types, in its order.
    pub async fn user_type_labels(
        &mut self,
        organisation_id: OrganisationId,
    ) -> Result<Vec<Label<UserTypeId>>> {
        let rows: Vec<(uuid::Uuid, String)> = on!(self, c => sqlx::query_as(
            "SELECT id, name FROM user_types WHERE organisation_id = $1 ORDER BY position, id",
        )
        .bind(organisation_id.0)
        .fetch_all(c)
        .await)?;
        Ok(labels(rows))
    }

    /// The names of the organisation's groups, in no order.
    pub async fn group_labels(
        &mut self,
        organisation_id: OrganisationId,
    ) -> Result<Vec<Label<GroupId>>> {
        let rows: Vec<(uuid::Uuid, String)> = on!(self, c => sqlx::query_as(
            "SELECT id, name FROM user_groups WHERE organisation_id = $1",
        )
        .bind(organisation_id.0)
        .fetch_all(c)
        .await)?;
        Ok(labels(rows))
    }

    /// The condition that the user `column` is a member of a group of `scope`; `1=1` without one.
    fn within_scope(
        &self,
        scope: Option<&[GroupId]>,
        column: &str,
        binds: &mut Vec<Bind>,
    ) -> String {
        let Some(scope) = scope else {
            return "1=1".to_owned();
        };
        binds.push(Bind::Ids(ids(scope)));
        format!(
            "{column} IN (SELECT user_id FROM group_members WHERE {})",
            self.dialect().in_ids("group_id", binds.len())
        )
    }
}

fn labels<Id: From<uuid::Uuid>>(rows: Vec<(uuid::Uuid, String)>) -> Vec<Label<Id>> {
    rows.into_iter()
        .map(|(id, name)| Label {
            id: id.into(),
            name,
        })
        .collect()
}
