//! The texts of messages that an organisation wrote, for all of its trainings or for one. Test messages keep theirs here until they go out.

use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::message_text::{TextDraft, TextKey};
use convoke_domain::{
    Channel, Language, MessageKind, OrganisationId, Timestamp, TrainingId, UserId,
};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;
use uuid::Uuid;

/// Whose texts they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextOwner {
    /// Of all trainings of the organisation.
    Organisation(OrganisationId),
    /// Of one training of the organisation.
    Training(OrganisationId, TrainingId),
}

impl TextOwner {
    const fn id(self) -> Uuid {
        match self {
            Self::Organisation(id) => id.0,
            Self::Training(_, id) => id.0,
        }
    }

    const fn organisation(self) -> OrganisationId {
        match self {
            Self::Organisation(id) | Self::Training(id, _) => id,
        }
    }
}

/// A text that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenText {
    /// Which one.
    pub key: TextKey,
    /// What it says.
    pub draft: TextDraft,
    /// When it was last changed; grows with every change.
    pub updated_at: Timestamp,
    /// First and last name of who did.
    pub by: Option<(String, String)>,
}

struct Row {
    owner_id: Uuid,
    kind: MessageKind,
    language: Language,
    channel: Channel,
    subject: String,
    body: String,
    updated_at: i64,
    first_name: Option<String>,
    last_name: Option<String>,
}

from_row!(Row {
    owner_id,
    kind,
    language,
    channel,
    subject,
    body,
    updated_at,
    first_name,
    last_name
});

impl Row {
    const fn key(&self) -> TextKey {
        TextKey {
            kind: self.kind,
            language: self.language,
            channel: self.channel,
        }
    }
}

/// The written texts of some organisations and trainings, to look up what is said.
#[derive(Clone, Debug, Default)]
pub struct WrittenTexts(HashMap<(Uuid, TextKey), TextDraft>);

impl WrittenTexts {
    /// What was written: for the training, else for the organisation, else nothing.
    pub fn of(
        &self,
        organisation: OrganisationId,
        training: TrainingId,
        key: TextKey,
    ) -> Option<&TextDraft> {
        self.0
            .get(&(training.0, key))
            .or_else(|| self.0.get(&(organisation.0, key)))
    }
}

/// A change of a text.
#[derive(Clone, Copy, Debug)]
pub struct TextChange<'a> {
    /// Whose text.
    pub owner: TextOwner,
    /// Which one.
    pub key: TextKey,
    /// The change that it follows on, as [`WrittenText::updated_at`]; `None` when there was no text.
    pub after: Option<Timestamp>,
    /// What it says now; `None` takes it away.
    pub draft: Option<&'a TextDraft>,
    /// Who changes it.
    pub by: Option<UserId>,
    /// Now.
    pub at: Timestamp,
}

impl Transaction {
    /// The texts that were written for one owner.
    pub async fn written_texts(&mut self, owner: TextOwner) -> Result<Vec<WrittenText>> {
        let rows: Vec<Row> = on!(self, c => sqlx::query_as(
            "SELECT t.owner_id, t.kind, t.language, t.channel, t.subject, t.body, t.updated_at, u.first_name, u.last_name \
             FROM message_texts t LEFT JOIN users u ON u.id = t.updated_by WHERE t.organisation_id = $1 AND t.owner_id = $2",
        )
        .bind(owner.organisation().0)
        .bind(owner.id())
        .fetch_all(c)
        .await)?;
        Ok(rows
            .into_iter()
            .map(|row| WrittenText {
                key: row.key(),
                draft: TextDraft {
                    subject: row.subject,
                    body: row.body,
                },
                updated_at: Timestamp(row.updated_at),
                by: row.first_name.zip(row.last_name),
            })
            .collect())
    }

    /// The texts that messages about these trainings may need, in one statement; for the worker, and whoever shows what it would write.
    pub async fn texts_of(
        &mut self,
        trainings: impl IntoIterator<Item = (OrganisationId, TrainingId)>,
    ) -> Result<WrittenTexts> {
        let mut owners: Vec<Uuid> = trainings
            .into_iter()
            .flat_map(|(organisation, training)| [organisation.0, training.0])
            .collect();
        owners.sort_unstable();
        owners.dedup();
        if owners.is_empty() {
            return Ok(WrittenTexts::default());
        }
        let sql = format!(
            "SELECT owner_id, kind, language, channel, subject, body, updated_at, NULL AS first_name, NULL AS last_name \
             FROM message_texts WHERE {}",
            self.dialect().in_ids("owner_id", 1)
        );
        let rows: Vec<Row> = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(ids(&owners))
            .fetch_all(c)
            .await)?;
        let texts = rows.into_iter().map(|row| {
            let key = (row.owner_id, row.key());
            let draft = TextDraft {
                subject: row.subject,
                body: row.body,
            };
            (key, draft)
        });
        Ok(WrittenTexts(texts.collect()))
    }

    /// Changes a text. `false` when somebody else did meanwhile: then nothing is changed.
    pub async fn change_text(&mut self, change: &TextChange<'_>) -> Result<bool> {
        // Two changes in one millisecond are two.
        let at = change
            .after
            .map_or(change.at.0, |after| change.at.0.max(after.0 + 1));
        let organisation = change.owner.organisation().0;
        let (kind, language, channel) = (
            change.key.kind.as_str(),
            change.key.language.as_str(),
            change.key.channel.as_str(),
        );
        let rows = match (change.draft, change.after) {
            (Some(draft), None) => on!(self, c => sqlx::query(
                "INSERT INTO message_texts (owner_id, organisation_id, kind, language, channel, subject, body, updated_by, updated_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
            )
            .bind(change.owner.id())
            .bind(organisation)
            .bind(kind)
            .bind(language)
            .bind(channel)
            .bind(&draft.subject)
            .bind(&draft.body)
            .bind(change.by.map(|id| id.0))
            .bind(at)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?,
            (Some(draft), Some(after)) => on!(self, c => sqlx::query(
                "UPDATE message_texts SET subject = $6, body = $7, updated_by = $8, updated_at = $9 \
                 WHERE owner_id = $1 AND organisation_id = $2 AND kind = $3 AND language = $4 AND channel = $5 AND updated_at = $10",
            )
            .bind(change.owner.id())
            .bind(organisation)
            .bind(kind)
            .bind(language)
            .bind(channel)
            .bind(&draft.subject)
            .bind(&draft.body)
            .bind(change.by.map(|id| id.0))
            .bind(at)
            .bind(after.0)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?,
            (None, Some(after)) => on!(self, c => sqlx::query(
                "DELETE FROM message_texts \
                 WHERE owner_id = $1 AND organisation_id = $2 AND kind = $3 AND language = $4 AND channel = $5 AND updated_at = $6",
            )
            .bind(change.owner.id())
            .bind(organisation)
            .bind(kind)
            .bind(language)
            .bind(channel)
            .bind(after.0)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?,
            (None, None) => 1,
        };
        Ok(rows > 0)
    }
}
