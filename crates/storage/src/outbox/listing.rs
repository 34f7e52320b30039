//! The outbox as the console shows it.

use super::enqueue::INVITES;
use super::reports::is_the_last;
use crate::directory::{Bind, bind_all, match_users};
use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Dialect, Result, Transaction};
use convoke_domain::message::Problem;
use convoke_domain::selection::Filter;
use convoke_domain::view::{MessageFilter, Range};
use convoke_domain::{
    Channel, Fate, GroupId, InvitationId, MessageId, MessageKind, MessageState, OrganisationId,
    Report, Timestamp, TrainingId, UserId,
};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;
use std::fmt::Write;

/// Which messages are wanted.
#[derive(Clone, Copy, Debug)]
pub struct MessageQuery<'a> {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Only to users of these groups; `None` for everyone.
    pub scope: Option<&'a [GroupId]>,
    /// What the list is narrowed by.
    pub filter: &'a MessageFilter,
}

impl MessageQuery<'static> {
    /// All of an organisation.
    pub fn all(organisation_id: OrganisationId) -> Self {
        Self {
            organisation_id,
            scope: None,
            filter: MessageFilter::none(),
        }
    }
}

/// A message of the list.
#[derive(Clone, Debug)]
pub struct MessageLine {
    /// The message.
    pub id: MessageId,
    /// The invitation that it is about, or the person's own id.
    pub invitation_id: InvitationId,
    /// The person.
    pub user_id: UserId,
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
    /// What was heard of it after it was handed over.
    pub report: Option<Report>,
    /// The server's words for that.
    pub report_detail: Option<String>,
    /// When that was heard.
    pub reported_at: Option<Timestamp>,
    /// Whether it is the last one that asked for an answer which nobody has given: what became of it can be put right.
    pub open: bool,
}

struct Row {
    id: MessageId,
    invitation_id: InvitationId,
    user_id: UserId,
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
    report: Option<Report>,
    report_detail: Option<String>,
    reported_at: Option<Timestamp>,
    open: bool,
}

from_row!(Row {
    id,
    invitation_id,
    user_id,
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
    problem_detail,
    report,
    report_detail,
    reported_at,
    open
});

impl From<Row> for MessageLine {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            invitation_id: row.invitation_id,
            user_id: row.user_id,
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
            report: row.report,
            report_detail: row.report_detail,
            reported_at: row.reported_at,
            open: row.open,
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
    /// After how many days subject and text were removed; 0 when the reader was forgotten.
    pub text_removed: Option<i64>,
}

from_row!(StoredText {
    address,
    subject,
    body,
    text_removed
});

/// Rows of messages, up to their condition.
fn lines() -> String {
    let is_the_last = is_the_last();
    format!(
        "SELECT m.id, m.invitation_id, m.user_id, u.first_name, u.last_name, m.training_id, t.title AS training, COALESCE(t.time_zone, o.time_zone) AS time_zone, \
             m.kind, m.channel, m.state, m.attempts, m.updated_at, m.problem, m.problem_detail, m.report, m.report_detail, m.reported_at, \
             COALESCE(m.kind IN {INVITES} AND i.state IN ('to_send', 'sent') AND {is_the_last}, FALSE) AS open \
         FROM messages m JOIN users u ON u.id = m.user_id JOIN organisations o ON o.id = m.organisation_id \
         LEFT JOIN trainings t ON t.id = m.training_id LEFT JOIN invitations i ON i.id = m.invitation_id"
    )
}

/// The condition that a message has a fate.
const fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Queued => "m.state = 'queued'",
        Fate::Sending => "m.state = 'sending' AND COALESCE(m.report, 'delayed') = 'delayed'",
        Fate::Sent => "m.state = 'sent' AND m.report IS NULL",
        Fate::Delayed => "m.state = 'sent' AND m.report = 'delayed'",
        Fate::Delivered => "m.state NOT IN ('queued', 'cancelled') AND m.report = 'delivered'",
        Fate::Bounced => "m.state NOT IN ('queued', 'cancelled') AND m.report = 'bounced'",
        Fate::Failed => "m.state = 'failed' AND COALESCE(m.report, 'delayed') = 'delayed'",
        Fate::Uncertain => "m.state = 'uncertain' AND COALESCE(m.report, 'delayed') = 'delayed'",
        Fate::Cancelled => "m.state = 'cancelled'",
    }
}

impl MessageQuery<'_> {
    /// The condition over a message `m`, with its binds.
    fn condition(&self, dialect: Dialect) -> (String, Vec<Bind>) {
        let mut sql = String::from("m.organisation_id = $1");
        let mut binds = vec![Bind::Uuid(self.organisation_id.0)];
        let filter = self.filter;
        if let Some(wanted) = filter.fate {
            sql.push_str(" AND ");
            sql.push_str(fate(wanted));
        }
        if let Some(channel) = filter.channel {
            binds.push(Bind::Text(channel.as_str().to_owned()));
            let _ = write!(sql, " AND m.channel = ${}", binds.len());
        }
        if let Some(kind) = filter.kind {
            binds.push(Bind::Text(kind.as_str().to_owned()));
            let _ = write!(sql, " AND m.kind = ${}", binds.len());
        }
        if let Some(training) = filter.training {
            binds.push(Bind::Uuid(training.0));
            let _ = write!(sql, " AND m.training_id = ${}", binds.len());
        }
        let people = Filter {
            text: filter.text.clone(),
            ..Filter::default()
        };
        let found = match_users(dialect, &people, self.scope, "p", binds.len() + 1);
        if found.sql != "1=1" {
            let _ = write!(
                sql,
                " AND EXISTS (SELECT 1 FROM users p WHERE p.id = m.user_id AND {})",
                found.sql
            );
            binds.extend(found.binds);
        }
        (sql, binds)
    }
}

impl Transaction {
    /// Messages, newest first.
    pub async fn message_window(
        &mut self,
        query: &MessageQuery<'_>,
        range: Range,
    ) -> Result<Vec<MessageLine>> {
        let (condition, mut binds) = query.condition(self.dialect());
        binds.push(Bind::Int(range.limit.into()));
        binds.push(Bind::Int(range.offset.into()));
        let sql = format!(
            "{} WHERE {condition} ORDER BY m.created_at DESC, m.id DESC LIMIT ${} OFFSET ${}",
            lines(),
            binds.len() - 1,
            binds.len()
        );
        let rows: Vec<Row> = on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(c).await)?;
        Ok(rows.into_iter().map(MessageLine::from).collect())
    }

    /// Messages of the organisation by their ids, in no order.
    pub async fn messages_by_ids(
        &mut self,
        organisation_id: OrganisationId,
        messages: &[MessageId],
    ) -> Result<Vec<MessageLine>> {
        let sql = format!(
            "{} WHERE {} AND {}",
            lines(),
            self.dialect().checked("m.organisation_id", 1),
            self.dialect().in_ids("m.id", 2)
        );
        let rows: Vec<Row> = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(ids(messages))
            .fetch_all(c)
            .await)?;
        Ok(rows.into_iter().map(MessageLine::from).collect())
    }

    /// One message; `None` when it is not there or out of scope.
    pub async fn message_line(
        &mut self,
        query: &MessageQuery<'_>,
        id: MessageId,
    ) -> Result<Option<MessageLine>> {
        let (condition, mut binds) = query.condition(self.dialect());
        binds.push(Bind::Uuid(id.0));
        let sql = format!("{} WHERE {condition} AND m.id = ${}", lines(), binds.len());
        let row: Option<Row> = on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_optional(c).await)?;
        Ok(row.map(MessageLine::from))
    }

    /// How many messages there are.
    pub async fn message_count(&mut self, query: &MessageQuery<'_>) -> Result<u32> {
        let (condition, binds) = query.condition(self.dialect());
        let sql = format!("SELECT COUNT(*) FROM messages m WHERE {condition}");
        let n: i64 = on!(self, c => bind_all!(sqlx::query_scalar(AssertSqlSafe(sql)), &binds).fetch_one(c).await)?;
        Ok(crate::count(n))
    }

    /// The text of one message; `None` when it is not there or out of scope.
    pub async fn message_text(
        &mut self,
        query: &MessageQuery<'_>,
        id: MessageId,
    ) -> Result<Option<StoredText>> {
        let (condition, mut binds) = query.condition(self.dialect());
        binds.push(Bind::Uuid(id.0));
        let sql = format!(
            "SELECT m.address, m.subject, m.body, m.text_removed FROM messages m WHERE {condition} AND m.id = ${}",
            binds.len()
        );
        Ok(
            on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_optional(c).await)?,
        )
    }

    /// Where these messages went, of those that were handed over.
    pub async fn message_addresses(
        &mut self,
        organisation_id: OrganisationId,
        messages: &[MessageId],
    ) -> Result<HashMap<MessageId, String>> {
        let sql = format!(
            "SELECT m.id, m.address FROM messages m WHERE {} AND m.address IS NOT NULL AND {}",
            self.dialect().checked("m.organisation_id", 1),
            self.dialect().in_ids("m.id", 2)
        );
        let rows: Vec<(uuid::Uuid, String)> = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(ids(messages))
            .fetch_all(c)
            .await)?;
        Ok(rows
            .into_iter()
            .map(|(id, address)| (MessageId(id), address))
            .collect())
    }

    /// The last message that asked an invitation's person for an answer, of those that were not withdrawn.
    pub async fn last_message(
        &mut self,
        organisation_id: OrganisationId,
        invitation_id: InvitationId,
    ) -> Result<Option<MessageLine>> {
        let sql = format!(
            "{} WHERE m.organisation_id = $1 AND m.invitation_id = $2 AND m.kind IN {INVITES} AND m.state <> 'cancelled' \
             ORDER BY m.created_at DESC, m.id DESC LIMIT 1",
            lines()
        );
        let row: Option<Row> = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(invitation_id.0)
            .fetch_optional(c)
            .await)?;
        Ok(row.map(MessageLine::from))
    }
}
