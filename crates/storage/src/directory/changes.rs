//! Who of the directory changed, for those who hold it in memory.
//!
//! Whatever writes users or memberships says whom ([`Transaction::people_changed`]); the commit raises the version of the organisation's directory and
//! writes down who changed. That is its last statement, so that on PostgreSQL two who change the directory wait for each other for a moment only.

use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::{GroupId, OrganisationId, UserId, UserTypeId};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// More people than this are not named in a change: whoever holds the directory reads it again.
const MOST_NAMED: usize = 50_000;
/// Changes older than the last so many are forgotten.
const CHANGES_KEPT: i64 = 1_000;
/// How many people are read at once.
const CHUNK: i64 = 20_000;

/// Whom of which directory a transaction changed.
pub(crate) type ChangedPeople = BTreeMap<OrganisationId, BTreeSet<UserId>>;

/// A person as a search looks at them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryPerson {
    /// Who.
    pub id: UserId,
    /// [`convoke_domain::fold::sort_key`].
    pub sort_key: String,
    /// [`convoke_domain::fold::search_text`].
    pub search_text: String,
    /// The user type.
    pub user_type_id: UserTypeId,
    /// 1 unless deactivated.
    pub active: i64,
}

from_row!(DirectoryPerson {
    id,
    sort_key,
    search_text,
    user_type_id,
    active
});

const COLUMNS: &str = "u.id, u.sort_key, u.search_text, u.user_type_id, \
     CAST(CASE WHEN u.state = 'inactive' THEN 0 ELSE 1 END AS BIGINT) AS active";

/// Some of all people of a directory.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// They, by sort key, then id.
    pub people: Vec<DirectoryPerson>,
    /// Whether there are none after them.
    pub last: bool,
}

impl Transaction {
    /// Notes that people of a directory are changed in this transaction: what they are called, searched by, their state, type or groups.
    pub(crate) fn people_changed(
        &mut self,
        organisation_id: OrganisationId,
        people: impl IntoIterator<Item = UserId>,
    ) {
        let changed = self.changed.entry(organisation_id).or_default();
        changed.extend(people);
    }

    /// Raises the versions of the directories that were changed, and writes down who was.
    pub(crate) async fn note_changed_people(&mut self) -> Result<()> {
        for (organisation_id, people) in std::mem::take(&mut self.changed) {
            if people.is_empty() {
                continue;
            }
            let people: Vec<UserId> = people.into_iter().collect();
            let named = (people.len() <= MOST_NAMED).then(|| ids(&people));
            let version: i64 = on!(self, c => sqlx::query_scalar(
                "INSERT INTO directory_versions (organisation_id, version) VALUES ($1, 1) \
                 ON CONFLICT (organisation_id) DO UPDATE SET version = directory_versions.version + 1 RETURNING version",
            )
            .bind(organisation_id.0)
            .fetch_one(c)
            .await)?;
            on!(self, c => sqlx::query(
                "INSERT INTO directory_changes (organisation_id, version, users) VALUES ($1, $2, $3)",
            )
            .bind(organisation_id.0)
            .bind(version)
            .bind(named)
            .execute(c)
            .await
            .map(|_| ()))?;
            on!(self, c => sqlx::query("DELETE FROM directory_changes WHERE organisation_id = $1 AND version <= $2")
                .bind(organisation_id.0)
                .bind(version - CHANGES_KEPT)
                .execute(c)
                .await
                .map(|_| ()))?;
        }
        Ok(())
    }

    /// The version of an organisation's directory; it grows with every change.
    pub async fn directory_version(&mut self, organisation_id: OrganisationId) -> Result<i64> {
        let version: Option<i64> = on!(self, c => sqlx::query_scalar(
            "SELECT version FROM directory_versions WHERE organisation_id = $1",
        )
        .bind(organisation_id.0)
        .fetch_optional(c)
        .await)?;
        Ok(version.unwrap_or_default())
    }

    /// Who changed after the version `since`, up to `version`; `None` when that is no longer known, or too many.
    pub async fn directory_changes(
        &mut self,
        organisation_id: OrganisationId,
        since: i64,
        version: i64,
    ) -> Result<Option<Vec<UserId>>> {
        let rows: Vec<(i64, Option<String>)> = on!(self, c => sqlx::query_as(
            "SELECT version, users FROM directory_changes WHERE organisation_id = $1 AND version > $2 AND version <= $3",
        )
        .bind(organisation_id.0)
        .bind(since)
        .bind(version)
        .fetch_all(c)
        .await)?;
        if i64::try_from(rows.len()) != Ok(version - since) {
            return Ok(None);
        }
        let mut people = BTreeSet::new();
        for (_, users) in rows {
            let named = users.and_then(|users| serde_json::from_str::<Vec<UserId>>(&users).ok());
            let Some(named) = named else { return Ok(None) };
            people.extend(named);
            if people.len() > MOST_NAMED {
                return Ok(None);
            }
        }
        Ok(Some(people.into_iter().collect()))
    }

    /// Everybody of a directory, some at a time: those after `after`, or the first.
    pub async fn directory_chunk(
        &mut self,
        organisation_id: OrganisationId,
        after: Option<&DirectoryPerson>,
    ) -> Result<Chunk> {
        let beyond = if after.is_some() {
            "AND (u.sort_key, u.id) > ($2, $3)"
        } else {
            "AND $2 IS NOT NULL AND $3 IS NOT NULL"
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM users u WHERE u.organisation_id = $1 AND u.forgotten_at IS NULL {beyond} ORDER BY u.sort_key, u.id LIMIT {CHUNK}"
        );
        let (key, id) = after.map_or(("", Uuid::nil()), |p| (p.sort_key.as_str(), p.id.0));
        let people: Vec<DirectoryPerson> = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(key)
            .bind(id)
            .fetch_all(c)
            .await)?;
        let last = i64::try_from(people.len()).unwrap_or(i64::MAX) < CHUNK;
        Ok(Chunk { people, last })
    }

    /// These people of a directory, in no order.
    pub async fn directory_people(
        &mut self,
        organisation_id: OrganisationId,
        people: &[UserId],
    ) -> Result<Vec<DirectoryPerson>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM {} JOIN users u ON u.id = p.id WHERE u.organisation_id = $1 AND u.forgotten_at IS NULL",
            self.dialect().ids_table(2)
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(ids(people))
            .fetch_all(c)
            .await)?)
    }

    /// The members of a group.
    pub async fn members(&mut self, group_id: GroupId) -> Result<Vec<UserId>> {
        let rows: Vec<Uuid> = on!(self, c => sqlx::query_scalar("SELECT user_id FROM group_members WHERE group_id = $1")
            .bind(group_id.0)
            .fetch_all(c)
            .await)?;
        Ok(rows.into_iter().map(UserId).collect())
    }
}
