//! The files of a training that go with its e-mails: for a kind of message and a language, whoever wrote its text.

use crate::documents::StoredFile;
use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::message_text::TextKey;
use convoke_domain::{
    Channel, DocumentId, Language, MessageKind, OrganisationId, Timestamp, TrainingId,
};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;

/// A file that goes with an e-mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The document.
    pub document_id: DocumentId,
    /// The file.
    pub file: StoredFile,
}

struct Row {
    training_id: TrainingId,
    kind: MessageKind,
    language: Language,
    document_id: DocumentId,
    file_name: String,
    media_type: String,
    size: i64,
    storage_key: String,
}

from_row!(Row {
    training_id,
    kind,
    language,
    document_id,
    file_name,
    media_type,
    size,
    storage_key
});

/// What goes with the e-mails of some trainings, to look up.
#[derive(Clone, Debug, Default)]
pub struct Attachments(HashMap<(TrainingId, MessageKind, Language), Vec<Attachment>>);

impl Attachments {
    /// What goes with a message about a training, in its order; nothing with an SMS.
    pub fn of(&self, training: TrainingId, key: TextKey) -> &[Attachment] {
        match key.channel {
            Channel::Sms => &[],
            Channel::Email => self
                .0
                .get(&(training, key.kind, key.language))
                .map_or(&[], Vec::as_slice),
        }
    }

    /// Every e-mail that something goes with, by kind and language.
    pub fn texts(&self) -> Vec<(TextKey, &[Attachment])> {
        let mut texts: Vec<_> = self
            .0
            .iter()
            .map(|((_, kind, language), files)| {
                let key = TextKey {
                    kind: *kind,
                    language: *language,
                    channel: Channel::Email,
                };
                (key, files.as_slice())
            })
            .collect();
        texts.sort_by_key(|(key, _)| (key.kind.as_str(), key.language.as_str()));
        texts
    }
}

impl Transaction {
    /// What goes with e-mails about these trainings, in one statement; for the worker, and whoever shows what it would send.
    pub async fn attachments_of(&mut self, trainings: &[TrainingId]) -> Result<Attachments> {
        if trainings.is_empty() {
            return Ok(Attachments::default());
        }
        let sql = format!(
            "SELECT a.training_id, a.kind, a.language, a.document_id, d.file_name, d.media_type, d.size, d.storage_key \
             FROM text_attachments a JOIN documents d ON d.id = a.document_id AND d.organisation_id = a.organisation_id \
             WHERE d.storage_key IS NOT NULL AND {} ORDER BY a.attached_at, a.document_id",
            self.dialect().in_ids("a.training_id", 1)
        );
        let rows: Vec<Row> = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(ids(trainings))
            .fetch_all(c)
            .await)?;
        let mut attachments = Attachments::default();
        for row in rows {
            let attachment = Attachment {
                document_id: row.document_id,
                file: StoredFile {
                    name: row.file_name,
                    media_type: row.media_type,
                    size: u64::try_from(row.size).unwrap_or_default(),
                    storage_key: row.storage_key,
                },
            };
            let text = (row.training_id, row.kind, row.language);
            attachments.0.entry(text).or_default().push(attachment);
        }
        Ok(attachments)
    }

    /// Attaches a file of the training to one of its e-mails. Whether it was not attached before.
    pub async fn attach(
        &mut self,
        (organisation_id, training_id): (OrganisationId, TrainingId),
        key: TextKey,
        document_id: DocumentId,
        at: Timestamp,
    ) -> Result<bool> {
        let rows = on!(self, c => sqlx::query(
            "INSERT INTO text_attachments (training_id, organisation_id, kind, language, document_id, attached_at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        )
        .bind(training_id.0)
        .bind(organisation_id.0)
        .bind(key.kind.as_str())
        .bind(key.language.as_str())
        .bind(document_id.0)
        .bind(at.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows > 0)
    }

    /// Takes a file off one of the e-mails of its training. Whether it was attached.
    pub async fn detach(
        &mut self,
        (organisation_id, training_id): (OrganisationId, TrainingId),
        key: TextKey,
        document_id: DocumentId,
    ) -> Result<bool> {
        let rows = on!(self, c => sqlx::query(
            "DELETE FROM text_attachments \
             WHERE organisation_id = $1 AND training_id = $2 AND kind = $3 AND language = $4 AND document_id = $5",
        )
        .bind(organisation_id.0)
        .bind(training_id.0)
        .bind(key.kind.as_str())
        .bind(key.language.as_str())
        .bind(document_id.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows > 0)
    }

    /// Takes a file off every e-mail, as the document is deleted.
    pub(crate) async fn detach_everywhere(
        &mut self,
        organisation_id: OrganisationId,
        document_id: DocumentId,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "DELETE FROM text_attachments WHERE organisation_id = $1 AND document_id = $2",
        )
        .bind(organisation_id.0)
        .bind(document_id.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
