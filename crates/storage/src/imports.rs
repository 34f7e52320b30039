//! Imports of people from files: how far each is, and what its transactions did, so that it can be gone on with and undone.

use crate::macros::on;
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::view::ImportState;
use convoke_domain::{ImportId, OrganisationId, Timestamp, UserId};
use sqlx::AssertSqlSafe;

/// The most imports that are listed.
const LISTED: i64 = 50;

/// An import, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The id.
    pub id: ImportId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// What the file is called.
    pub file_name: String,
    /// Where the object store has it; nowhere for a file of the command line.
    pub storage_key: Option<String>,
    /// Where it stands.
    pub state: ImportState,
    /// Who brought it, as they were called then.
    pub created_name: String,
    /// When.
    pub created_at: Timestamp,
    /// When whoever works on it said so last.
    pub alive_at: Timestamp,
    /// How much of what is under way is done.
    pub percent: u32,
    /// The columns, as JSON.
    pub columns: String,
    /// What came of the lines, as JSON.
    pub report: String,
    /// The last line of the file that is stored.
    pub stored_line: i64,
    /// What came of undoing it, as JSON.
    pub undone: Option<String>,
}

from_row!(Import {
    id,
    organisation_id,
    file_name,
    storage_key,
    state,
    created_name,
    created_at,
    alive_at,
    percent,
    columns,
    report,
    stored_line,
    undone
});

const COLUMNS: &str = "id, organisation_id, file_name, storage_key, state, created_name, created_at, alive_at, percent, columns, report, stored_line, undone";

/// What one transaction of an import did, each part as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportBatch {
    /// Its number, from 1.
    pub batch: i64,
    /// What came of which line.
    pub lines: String,
    /// The people it wrote, before and after.
    pub people: String,
    /// The memberships it added.
    pub members: String,
    /// The groups and user types it made.
    pub labels: String,
    /// Everybody whom its lines named, changed or not.
    pub everyone: String,
}

from_row!(ImportBatch {
    batch,
    lines,
    people,
    members,
    labels,
    everyone
});

/// How far an import is.
#[derive(Clone, Copy, Debug)]
pub struct ImportProgress<'a> {
    /// Where it stands.
    pub state: ImportState,
    /// How much of what is under way is done.
    pub percent: u32,
    /// What came of the lines, as JSON.
    pub report: &'a str,
    /// The last line of the file that is stored.
    pub stored_line: i64,
    /// What came of undoing it, as JSON.
    pub undone: Option<&'a str>,
}

impl Transaction {
    /// Adds an import.
    pub async fn insert_import(&mut self, import: &Import, by: Option<UserId>) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO imports (id, organisation_id, file_name, storage_key, state, created_by, created_name, created_at, \
                alive_at, percent, columns, report, stored_line, undone) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        )
        .bind(import.id.0)
        .bind(import.organisation_id.0)
        .bind(&import.file_name)
        .bind(&import.storage_key)
        .bind(import.state.as_str())
        .bind(by.map(|id| id.0))
        .bind(&import.created_name)
        .bind(import.created_at.0)
        .bind(import.alive_at.0)
        .bind(i64::from(import.percent))
        .bind(&import.columns)
        .bind(&import.report)
        .bind(import.stored_line)
        .bind(&import.undone)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// An import of the organisation.
    pub async fn import(
        &mut self,
        organisation_id: OrganisationId,
        id: ImportId,
    ) -> Result<Option<Import>> {
        let sql = format!("SELECT {COLUMNS} FROM imports WHERE organisation_id = $1 AND id = $2");
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(id.0)
            .fetch_optional(c)
            .await)?)
    }

    /// The imports of the organisation, the latest first.
    pub async fn imports(&mut self, organisation_id: OrganisationId) -> Result<Vec<Import>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM imports WHERE organisation_id = $1 ORDER BY created_at DESC, id DESC LIMIT {LISTED}"
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .fetch_all(c)
            .await)?)
    }

    /// The imports of the organisation that were brought before a moment, whatever became of them.
    pub async fn imports_before(
        &mut self,
        organisation_id: OrganisationId,
        at: Timestamp,
    ) -> Result<Vec<Import>> {
        let sql =
            format!("SELECT {COLUMNS} FROM imports WHERE organisation_id = $1 AND created_at < $2");
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(at.0)
            .fetch_all(c)
            .await)?)
    }

    /// Forgets an import and what it did. The people stay.
    pub async fn delete_import(
        &mut self,
        organisation_id: OrganisationId,
        id: ImportId,
    ) -> Result<()> {
        on!(self, c => sqlx::query("DELETE FROM imports WHERE organisation_id = $1 AND id = $2")
            .bind(organisation_id.0)
            .bind(id.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Takes an import in hand: it is in the state `to` from now on. Only from one of the states `from`, or from one of `silent` when nobody was heard of
    /// since a moment. Whether that was so; of two who try at once, one does.
    pub async fn claim_import(
        &mut self,
        (organisation_id, id): (OrganisationId, ImportId),
        (from, silent): (&[ImportState], &[ImportState]),
        to: ImportState,
        (since, now): (Timestamp, Timestamp),
    ) -> Result<bool> {
        // The words are ours.
        let words = |states: &[ImportState]| {
            let words: Vec<String> = states.iter().map(|state| format!("'{state}'")).collect();
            if words.is_empty() {
                "''".to_owned()
            } else {
                words.join(", ")
            }
        };
        let sql = format!(
            "UPDATE imports SET state = $3, alive_at = $4, percent = 0 WHERE organisation_id = $1 AND id = $2 \
             AND (state IN ({}) OR (state IN ({}) AND alive_at < $5))",
            words(from),
            words(silent)
        );
        let done = on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(id.0)
            .bind(to.as_str())
            .bind(now.0)
            .bind(since.0)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(done > 0)
    }

    /// Writes down how far an import is, now.
    pub async fn save_import_progress(
        &mut self,
        id: ImportId,
        progress: ImportProgress<'_>,
        now: Timestamp,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "UPDATE imports SET state = $2, percent = $3, report = $4, stored_line = $5, undone = $6, alive_at = $7 WHERE id = $1",
        )
        .bind(id.0)
        .bind(progress.state.as_str())
        .bind(i64::from(progress.percent))
        .bind(progress.report)
        .bind(progress.stored_line)
        .bind(progress.undone)
        .bind(now.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Says what the columns of an import are, as JSON.
    pub async fn save_import_columns(&mut self, id: ImportId, columns: &str) -> Result<()> {
        on!(self, c => sqlx::query("UPDATE imports SET columns = $2 WHERE id = $1")
            .bind(id.0)
            .bind(columns)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Writes down what a transaction of an import did.
    pub async fn add_import_batch(&mut self, id: ImportId, batch: &ImportBatch) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO import_batches (import_id, batch, lines, people, members, labels, everyone) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(id.0)
        .bind(batch.batch)
        .bind(&batch.lines)
        .bind(&batch.people)
        .bind(&batch.members)
        .bind(&batch.labels)
        .bind(&batch.everyone)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// What the last transaction of an import did.
    pub async fn last_import_batch(&mut self, id: ImportId) -> Result<Option<ImportBatch>> {
        Ok(on!(self, c => sqlx::query_as(
            "SELECT batch, lines, people, members, labels, everyone FROM import_batches WHERE import_id = $1 ORDER BY batch DESC LIMIT 1",
        )
        .bind(id.0)
        .fetch_optional(c)
        .await)?)
    }

    /// Forgets what one transaction did, because it is undone.
    pub async fn delete_import_batch(&mut self, id: ImportId, batch: i64) -> Result<()> {
        on!(self, c => sqlx::query("DELETE FROM import_batches WHERE import_id = $1 AND batch = $2")
            .bind(id.0)
            .bind(batch)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// What came of the lines, transaction by transaction.
    pub async fn import_lines(&mut self, id: ImportId) -> Result<Vec<String>> {
        Ok(on!(self, c => sqlx::query_scalar(
            "SELECT lines FROM import_batches WHERE import_id = $1 ORDER BY batch",
        )
        .bind(id.0)
        .fetch_all(c)
        .await)?)
    }

    /// Everybody whom the lines of an import named, each transaction of it as a JSON array of ids; nothing for an import of another organisation.
    pub async fn import_people(
        &mut self,
        organisation_id: OrganisationId,
        id: ImportId,
    ) -> Result<Vec<String>> {
        Ok(on!(self, c => sqlx::query_scalar(
            "SELECT b.everyone FROM import_batches b JOIN imports i ON i.id = b.import_id \
             WHERE i.organisation_id = $1 AND i.id = $2 ORDER BY b.batch",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .fetch_all(c)
        .await)?)
    }

    /// What columns were chosen to be the last time: folded name, and field or nothing.
    pub async fn remembered_columns(
        &mut self,
        organisation_id: OrganisationId,
    ) -> Result<Vec<(String, String)>> {
        Ok(
            on!(self, c => sqlx::query_as("SELECT name, field FROM import_columns WHERE organisation_id = $1")
            .bind(organisation_id.0)
            .fetch_all(c)
            .await)?,
        )
    }

    /// Remembers what columns are.
    pub async fn remember_columns(
        &mut self,
        organisation_id: OrganisationId,
        columns: &[(String, String)],
    ) -> Result<()> {
        for (name, field) in columns {
            on!(self, c => sqlx::query(
                "INSERT INTO import_columns (organisation_id, name, field) VALUES ($1, $2, $3) \
                 ON CONFLICT (organisation_id, name) DO UPDATE SET field = excluded.field",
            )
            .bind(organisation_id.0)
            .bind(name)
            .bind(field)
            .execute(c)
            .await
            .map(|_| ()))?;
        }
        Ok(())
    }
}
