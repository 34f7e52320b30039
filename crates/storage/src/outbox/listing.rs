//! The outbox as the console shows it.

use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::message::Problem;
use convoke_domain::view::Range;
use convoke_domain::{
    Channel, GroupId, MessageId, MessageKind, MessageState, OrganisationId, Timestamp, TrainingId,
};
use sqlx::AssertSqlSafe;

/// Which messages are wanted.
#[derive(Clone, Copy, Debug)]
pub struct MessageQuery<'a> {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Only to users of these groups; `None` for everyone.
    pub scope: Option<&'a [GroupId]>,
    /// Only in this state.
    pub state: Option<MessageState>,
}

/// A message of the list.
#[derive(Clone, Debug)]
pub struct MessageLine {
    /// The message.
    pub id: MessageId,
    /// First name of the person.
    pub first_name: String,
    /// Last name of the person.
    pub last_name: String,
    /// The training, if it is about one.
    pub training_id: Option<TrainingId>,
    /// Its title.
    pub training: Option<String>,
    /// Its time zone, or that of the organisation.
    pub time_zone: String,
    /// Why it is sent.
    pub kind: MessageKind,
    /// By e-mail or SMS.
    pub channel: Channel,
    /// Where it stands.
    pub state: MessageState,
    /// Attempts so far.
    pub attempts: i64,
    /// The last event.
    pub updated_at: Timestamp,
    /// What went wrong.
    pub problem: Option<Problem>,
    /// The server's words.
    pub problem_detail: Option<String>,
}

struct Row {
    id: MessageId,
    first_name: String,
    last_name: String,
    training_id: Option<TrainingId>,
    training: Option<String>,
    time_zone: String,
    kind: MessageKind,
    channel: Channel,
    state: MessageState,
    attempts: i64,
    updated_at: i64,
    problem: Option<String>,
    problem_detail: Option<String>,
}

from_row!(Row {
    id,
    first_name,
    last_name,
    training_id,
    training,
    time_zone,
    kind,
    channel,
    state,
    attempts,
    updated_at,
    problem,
    problem_detail
});

impl From<Row> for MessageLine {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            first_name: row.first_name,
            last_name: row.last_name,
            training_id: row.training_id,
            training: row.training,
            time_zone: row.time_zone,
            kind: row.kind,
            channel: row.channel,
            state: row.state,
            attempts: row.attempts,
            updated_at: Timestamp(row.updated_at),
            problem: row.problem.and_then(|word| word.parse().ok()),
            problem_detail: row.problem_detail,
        }
    }
}

/// What is kept of a message's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredText {
    /// The address; `None` before the first attempt.
    pub address: Option<String>,
    /// Subject.
    pub subject: Option<String>,
    /// Plain text with the secret blotted out.
    pub body: Option<String>,
}

from_row!(StoredText {
    address,
    subject,
    body
});

/// Rows of messages, up to their condition.
const LINES: &str = "SELECT m.id, u.first_name, u.last_name, m.training_id, t.title AS training, COALESCE(t.time_zone, o.time_zone) AS time_zone, m.kind, \
     m.channel, m.state, m.attempts, m.updated_at, m.problem, m.problem_detail \
     FROM messages m JOIN users u ON u.id = m.user_id JOIN organisations o ON o.id = m.organisation_id \
     LEFT JOIN trainings t ON t.id = m.training_id";

impl MessageQuery<'_> {
    /// The condition; its binds are `$1` organisation, `$2` state or an empty text, `$3` groups.
    fn condition(&self, in_groups: &str) -> String {
        let mut sql = String::from("m.organisation_id = $1 AND ($2 = '' OR m.state = $2)");
        if self.scope.is_some() {
            sql.push_str(
                " AND EXISTS (SELECT 1 FROM group_members gm WHERE gm.user_id = m.user_id AND ",
            );
            sql.push_str(in_groups);
            sql.push(')');
        } else {
            // The same binds in every case.
            sql.push_str(" AND CAST($3 AS TEXT) IS NOT NULL");
        }
        sql
    }
}

impl Transaction {
    /// Messages, newest first.
    pub async fn message_window(
        &mut self,
        query: &MessageQuery<'_>,
        range: Range,
    ) -> Result<Vec<MessageLine>> {
        let sql = format!(
            "{LINES} WHERE {} ORDER BY m.created_at DESC, m.id DESC LIMIT $4 OFFSET $5",
            query.condition(&self.dialect().in_ids("gm.group_id", 3))
        );
        let rows: Vec<Row> = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(query.organisation_id.0)
            .bind(query.state.map_or("", MessageState::as_str))
            .bind(ids(query.scope.unwrap_or_default()))
            .bind(i64::from(range.limit))
            .bind(i64::from(range.offset))
            .fetch_all(c)
            .await)?;
        Ok(rows.into_iter().map(MessageLine::from).collect())
    }

    /// Messages of the organisation by their ids, in no order.
    pub async fn messages_by_ids(
        &mut self,
        organisation_id: OrganisationId,
        messages: &[MessageId],
    ) -> Result<Vec<MessageLine>> {
        let sql = format!(
            "{LINES} WHERE m.organisation_id = $1 AND {}",
            self.dialect().in_ids("m.id", 2)
        );
        let rows: Vec<Row> = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(ids(messages))
            .fetch_all(c)
            .await)?;
        Ok(rows.into_iter().map(MessageLine::from).collect())
    }

    /// How many messages there are.
    pub async fn message_count(&mut self, query: &MessageQuery<'_>) -> Result<u32> {
        let sql = format!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM messages m WHERE {}",
            query.condition(&self.dialect().in_ids("gm.group_id", 3))
        );
        let n: i64 = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(query.organisation_id.0)
            .bind(query.state.map_or("", MessageState::as_str))
            .bind(ids(query.scope.unwrap_or_default()))
            .fetch_one(c)
            .await)?;
        Ok(u32::try_from(n).unwrap_or(u32::MAX))
    }

    /// The text of one message; `None` when it is not there or out of scope.
    pub async fn message_text(
        &mut self,
        query: &MessageQuery<'_>,
        id: MessageId,
    ) -> Result<Option<StoredText>> {
        let sql = format!(
            "SELECT m.address, m.subject, m.body FROM messages m WHERE {} AND m.id = $4",
            query.condition(&self.dialect().in_ids("gm.group_id", 3))
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(query.organisation_id.0)
            .bind(query.state.map_or("", MessageState::as_str))
            .bind(ids(query.scope.unwrap_or_default()))
            .bind(id.0)
            .fetch_optional(c)
            .await)?)
    }
}
