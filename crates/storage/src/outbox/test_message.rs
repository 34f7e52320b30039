//! Test messages: to whoever writes a text, about no invitation.

use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::message_text::{TextDraft, TextKey};
use convoke_domain::{
    Channel, Language, MessageId, MessageKind, OrganisationId, Timestamp, TrainingId, UserId,
};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;

/// What a test message says, and about what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestMessage {
    /// The text that is tried out.
    pub key: TextKey,
    /// The training it is about; `None` for one that is made up.
    pub training_id: Option<TrainingId>,
    /// What it says, as typed.
    pub draft: TextDraft,
    /// Whether it takes along what is attached to this e-mail of the training.
    pub attachments: bool,
}

struct Row {
    message_id: MessageId,
    kind: MessageKind,
    language: Language,
    channel: Channel,
    training_id: Option<TrainingId>,
    subject: String,
    body: String,
    attachments: i64,
}

from_row!(Row {
    message_id,
    kind,
    language,
    channel,
    training_id,
    subject,
    body,
    attachments
});

impl Transaction {
    /// Queues a test message to a user of the organisation, who asked for it.
    pub async fn enqueue_test(
        &mut self,
        id: MessageId,
        organisation_id: OrganisationId,
        reader: UserId,
        test: &TestMessage,
        at: Timestamp,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO messages (id, organisation_id, training_id, invitation_id, user_id, batch_id, kind, channel, generation, state, \
                 next_attempt_at, queued_by, created_at, updated_at) \
             SELECT $1, u.organisation_id, NULL, u.id, u.id, $1, 'test', $2, \
                 1 + COALESCE((SELECT MAX(m.generation) FROM messages m WHERE m.invitation_id = u.id AND m.kind = 'test' AND m.channel = $2), 0), \
                 'queued', $3, u.id, $3, $3 \
             FROM users u WHERE u.organisation_id = $4 AND u.id = $5",
        )
        .bind(id.0)
        .bind(test.key.channel.as_str())
        .bind(at.0)
        .bind(organisation_id.0)
        .bind(reader.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        on!(self, c => sqlx::query(
            "INSERT INTO test_messages (message_id, organisation_id, training_id, kind, language, subject, body, attachments) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(id.0)
        .bind(organisation_id.0)
        .bind(test.training_id.map(|id| id.0))
        .bind(test.key.kind.as_str())
        .bind(test.key.language.as_str())
        .bind(&test.draft.subject)
        .bind(&test.draft.body)
        .bind(i64::from(test.attachments))
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// When somebody had test messages sent since `since`, the newest first.
    pub async fn tests_since(
        &mut self,
        organisation_id: OrganisationId,
        reader: UserId,
        since: Timestamp,
    ) -> Result<Vec<Timestamp>> {
        let at: Vec<i64> = on!(self, c => sqlx::query_scalar(
            "SELECT created_at FROM messages WHERE organisation_id = $1 AND user_id = $2 AND kind = 'test' AND created_at > $3 \
             ORDER BY created_at DESC",
        )
        .bind(organisation_id.0)
        .bind(reader.0)
        .bind(since.0)
        .fetch_all(c)
        .await)?;
        Ok(at.into_iter().map(Timestamp).collect())
    }

    /// What these test messages say; for the worker that has leased them.
    pub async fn test_messages(
        &mut self,
        messages: &[MessageId],
    ) -> Result<HashMap<MessageId, TestMessage>> {
        let sql = format!(
            "SELECT t.message_id, t.kind, t.language, m.channel, t.training_id, t.subject, t.body, t.attachments \
             FROM test_messages t JOIN messages m ON m.id = t.message_id WHERE {}",
            self.dialect().in_ids("t.message_id", 1)
        );
        let rows: Vec<Row> = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(ids(messages))
            .fetch_all(c)
            .await)?;
        let tests = rows.into_iter().map(|row| {
            let test = TestMessage {
                key: TextKey {
                    kind: row.kind,
                    language: row.language,
                    channel: row.channel,
                },
                training_id: row.training_id,
                draft: TextDraft {
                    subject: row.subject,
                    body: row.body,
                },
                attachments: row.attachments == 1,
            };
            (row.message_id, test)
        });
        Ok(tests.collect())
    }
}
