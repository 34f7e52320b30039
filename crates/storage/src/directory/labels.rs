//! User types and groups.

use crate::macros::{ids, on};
use crate::{Result, Transaction};
use convoke_domain::{GroupId, OrganisationId, UserId, UserTypeId};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;

/// A group or user type.
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

    /// The groups of the organisation that are in `scope`, by folded name.
    pub async fn groups(
        &mut self,
        organisation_id: OrganisationId,
        scope: Option<&[GroupId]>,
    ) -> Result<Vec<Label<GroupId>>> {
        let within = match scope {
            None => "$2 IS NOT NULL".to_owned(),
            Some(_) => self.dialect().in_ids("id", 2),
        };
        let sql =
            format!("SELECT id, name FROM user_groups WHERE organisation_id = $1 AND {within}");
        let rows: Vec<(uuid::Uuid, String)> = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(ids(scope.unwrap_or_default()))
            .fetch_all(c)
            .await)?;
        let mut groups: Vec<Label<GroupId>> = labels(rows);
        groups.sort_by_cached_key(|group| (convoke_domain::fold::plain(&group.name), group.id));
        Ok(groups)
    }

    /// Gives a group of the organisation another name. Whether it is there; a unique violation means that another one is called so.
    pub async fn rename_group(
        &mut self,
        organisation_id: OrganisationId,
        id: GroupId,
        name: &str,
    ) -> Result<bool> {
        self.rename("user_groups", organisation_id, id.0, name)
            .await
    }

    /// Takes a group of the organisation away: nobody is in it any more, and no authorised user has it in scope. How many were in it; `None` when it
    /// is not there.
    pub async fn delete_group(
        &mut self,
        organisation_id: OrganisationId,
        id: GroupId,
    ) -> Result<Option<usize>> {
        let members = self.members(id).await?;
        for sql in [
            "DELETE FROM group_members WHERE organisation_id = $1 AND group_id = $2",
            "DELETE FROM user_scopes WHERE organisation_id = $1 AND group_id = $2",
        ] {
            on!(self, c => sqlx::query(sql).bind(organisation_id.0).bind(id.0).execute(c).await.map(|_| ()))?;
        }
        let done = on!(self, c => sqlx::query("DELETE FROM user_groups WHERE organisation_id = $1 AND id = $2")
            .bind(organisation_id.0)
            .bind(id.0)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        let count = members.len();
        if done > 0 {
            self.people_changed(organisation_id, members);
        }
        Ok((done > 0).then_some(count))
    }

    /// Takes a group away that nobody is in and no authorised user has in scope.
    pub async fn delete_unused_group(
        &mut self,
        organisation_id: OrganisationId,
        id: GroupId,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "DELETE FROM user_groups WHERE organisation_id = $1 AND id = $2 \
             AND NOT EXISTS (SELECT 1 FROM group_members m WHERE m.group_id = $2) \
             AND NOT EXISTS (SELECT 1 FROM user_scopes s WHERE s.group_id = $2)",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Gives a user type of the organisation another name. Whether it is there; a unique violation means that another one is called so.
    pub async fn rename_user_type(
        &mut self,
        organisation_id: OrganisationId,
        id: UserTypeId,
        name: &str,
    ) -> Result<bool> {
        self.rename("user_types", organisation_id, id.0, name).await
    }

    /// Gives a row of `table` another name. Whether it is there.
    async fn rename(
        &mut self,
        table: &'static str,
        organisation_id: OrganisationId,
        id: uuid::Uuid,
        name: &str,
    ) -> Result<bool> {
        let sql = format!("UPDATE {table} SET name = $3 WHERE organisation_id = $1 AND id = $2");
        let done = on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(id)
            .bind(name)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }

    /// Takes a user type away that nobody has and that is not the only one. Whether that was done.
    pub async fn delete_user_type(
        &mut self,
        organisation_id: OrganisationId,
        id: UserTypeId,
    ) -> Result<bool> {
        // Who is forgotten has no type that anybody reads.
        on!(self, c => sqlx::query(
            "UPDATE users SET user_type_id = (SELECT o.id FROM user_types o WHERE o.organisation_id = $1 AND o.id <> $2 ORDER BY o.position LIMIT 1) \
             WHERE organisation_id = $1 AND user_type_id = $2 AND forgotten_at IS NOT NULL \
             AND EXISTS (SELECT 1 FROM user_types o WHERE o.organisation_id = $1 AND o.id <> $2)",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        let done = on!(self, c => sqlx::query(
            "DELETE FROM user_types WHERE organisation_id = $1 AND id = $2 \
             AND NOT EXISTS (SELECT 1 FROM users u WHERE u.user_type_id = $2) \
             AND EXISTS (SELECT 1 FROM user_types o WHERE o.organisation_id = $1 AND o.id <> $2)",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(done > 0)
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

    /// The organisation's user types, in its order.
    pub async fn user_types(
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
}

fn labels<Id: From<uuid::Uuid>>(rows: Vec<(uuid::Uuid, String)>) -> Vec<Label<Id>> {
    rows.into_iter()
        .map(|(id, name)| Label {
            id: id.into(),
            name,
        })
        .collect()
}
