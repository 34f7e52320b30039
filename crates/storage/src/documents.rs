//! Documents and links of trainings. The files themselves are in an object store, under [`StoredFile::storage_key`].

use crate::macros::on;
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::{DocumentId, OrganisationId, Timestamp, TrainingId, UserId};
use sqlx::AssertSqlSafe;

/// A document or link, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The id.
    pub id: DocumentId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The training.
    pub training_id: TrainingId,
    /// What it is called.
    pub title: String,
    /// The address of a link.
    pub url: Option<String>,
    /// The name of a file.
    pub file_name: Option<String>,
    /// Its media type.
    pub media_type: Option<String>,
    /// Its length in bytes.
    pub size: Option<i64>,
    /// Where the object store has it.
    pub storage_key: Option<String>,
    /// When trainees began to see it, in Unix milliseconds.
    pub shared_at: Option<i64>,
}

from_row!(Document {
    id,
    organisation_id,
    training_id,
    title,
    url,
    file_name,
    media_type,
    size,
    storage_key,
    shared_at
});

impl Document {
    /// The file, when it is one.
    pub fn file(&self) -> Option<StoredFile> {
        Some(StoredFile {
            name: self.file_name.clone()?,
            media_type: self.media_type.clone()?,
            size: u64::try_from(self.size?).ok()?,
            storage_key: self.storage_key.clone()?,
        })
    }
}

/// A file in the object store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// The name it is downloaded under.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its length in bytes.
    pub size: u64,
    /// Where the object store has it.
    pub storage_key: String,
}

/// What a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A link to this address.
    Link(String),
    /// A file that is in the object store already.
    File(StoredFile),
}

/// A document to be added.
#[derive(Clone, Debug)]
pub struct NewDocument {
    /// Its id.
    pub id: DocumentId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The training.
    pub training_id: TrainingId,
    /// What it is called.
    pub title: String,
    /// What it is.
    pub content: Content,
    /// Whether trainees see it at once.
    pub shared: bool,
    /// Who adds it.
    pub by: Option<UserId>,
    /// Now.
    pub at: Timestamp,
}

const COLUMNS: &str = "id, organisation_id, training_id, title, url, file_name, media_type, size, storage_key, shared_at";

impl Transaction {
    /// Adds a document after those of its training.
    pub async fn insert_document(&mut self, new: &NewDocument) -> Result<()> {
        let (kind, url, file) = match &new.content {
            Content::Link(url) => ("link", Some(url), None),
            Content::File(file) => ("file", None, Some(file)),
        };
        let size = file.map(|f| i64::try_from(f.size).unwrap_or(i64::MAX));
        let shared_at = new.shared.then_some(new.at.0);
        let shared_by = new.by.filter(|_| new.shared);
        // No `INSERT … SELECT`: PostgreSQL would not know the types of what is bound.
        let position: i64 = on!(self, c => sqlx::query_scalar(
            "SELECT COALESCE(MAX(position), 0) + 1 FROM documents WHERE training_id = $1",
        )
        .bind(new.training_id.0)
        .fetch_one(c)
        .await)?;
        on!(self, c => sqlx::query(
            "INSERT INTO documents (id, organisation_id, training_id, kind, title, url, file_name, media_type, size, storage_key, \
             position, shared_at, shared_by, added_at, added_by) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        )
        .bind(new.id.0)
        .bind(new.organisation_id.0)
        .bind(new.training_id.0)
        .bind(kind)
        .bind(&new.title)
        .bind(url)
        .bind(file.map(|f| f.name.as_str()))
        .bind(file.map(|f| f.media_type.as_str()))
        .bind(size)
        .bind(file.map(|f| f.storage_key.as_str()))
        .bind(position)
        .bind(shared_at)
        .bind(shared_by.map(|id| id.0))
        .bind(new.at.0)
        .bind(new.by.map(|id| id.0))
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// The documents of a training, in their order.
    pub async fn documents(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
    ) -> Result<Vec<Document>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM documents WHERE organisation_id = $1 AND training_id = $2 ORDER BY position, id"
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(training_id.0)
            .fetch_all(c)
            .await)?)
    }

    /// A document of the organisation.
    pub async fn document(
        &mut self,
        organisation_id: OrganisationId,
        id: DocumentId,
    ) -> Result<Option<Document>> {
        let sql = format!("SELECT {COLUMNS} FROM documents WHERE organisation_id = $1 AND id = $2");
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(id.0)
            .fetch_optional(c)
            .await)?)
    }

    /// Shows a document to the trainees, or takes it back. Whether that changed anything.
    pub async fn share_document(
        &mut self,
        organisation_id: OrganisationId,
        id: DocumentId,
        share: bool,
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<bool> {
        let sql = format!(
            "UPDATE documents SET shared_at = $3, shared_by = $4 WHERE organisation_id = $1 AND id = $2 AND shared_at IS {}",
            if share { "NULL" } else { "NOT NULL" }
        );
        let rows = on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(id.0)
            .bind(share.then_some(at.0))
            .bind(by.filter(|_| share).map(|id| id.0))
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(rows > 0)
    }

    /// Takes a document away, also off the e-mails that it goes with. Whether it was there.
    pub async fn delete_document(
        &mut self,
        organisation_id: OrganisationId,
        id: DocumentId,
    ) -> Result<bool> {
        self.detach_everywhere(organisation_id, id).await?;
        let rows = on!(self, c => sqlx::query(
            "DELETE FROM documents WHERE organisation_id = $1 AND id = $2",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows > 0)
    }
}
