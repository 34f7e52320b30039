//! What a message is written from, read at the moment it is sent, so that corrections count.

use super::{Leased, lock, words};
use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::{
    Channel, InvitationId, InvitationState, Language, MessageId, MessageKind, OrganisationId,
    Timestamp, TrainingId, UserId, UserState,
};
use std::collections::HashMap;

/// What a message says about a training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainingFacts {
    /// The training.
    pub id: TrainingId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Name of the organisation.
    pub organisation: String,
    /// Title.
    pub title: String,
    /// Description, plain text, perhaps empty.
    pub description: String,
    /// Start.
    pub starts_at: Timestamp,
    /// End.
    pub ends_at: Timestamp,
    /// IANA name of the training's time zone.
    pub time_zone: String,
    /// Days really taught.
    pub days_taught: Option<i64>,
    /// Where it happens, perhaps empty.
    pub place: String,
    /// Last moment to answer, Unix milliseconds.
    pub answer_deadline: Option<i64>,
    /// SEQUENCE of the calendar entry.
    pub calendar_sequence: i64,
    /// Names of the trainers.
    pub trainers: Vec<String>,
}

from_row!(TrainingFacts {
    id, organisation_id, organisation, title, description, starts_at, ends_at, time_zone,
    days_taught, place, answer_deadline, calendar_sequence ; trainers
});

/// What a message needs to know of its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonFacts {
    /// The user.
    pub id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
}

/// A message that is about to be sent.
#[derive(Clone, Debug)]
pub struct MessageFacts {
    /// The message.
    pub id: MessageId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Name of the organisation.
    pub organisation: String,
    /// Whom its mails name as their sender; empty for the installation's own name.
    pub sender_name: String,
    /// Where answers to its mails go; empty for the sender's address.
    pub reply_to: String,
    /// The training, if it is about one.
    pub training_id: Option<TrainingId>,
    /// The invitation.
    pub invitation_id: InvitationId,
    /// Where the invitation stands now; `None` when it is gone.
    pub invitation_state: Option<InvitationState>,
    /// Why it is sent.
    pub kind: MessageKind,
    /// By e-mail or SMS.
    pub channel: Channel,
    /// Attempts before this one.
    pub attempts: i64,
    /// When it was queued.
    pub created_at: Timestamp,
    /// The reader.
    pub person: PersonFacts,
    /// The reader's e-mail.
    pub email: Option<String>,
    /// The reader's mobile, E.164.
    pub mobile: Option<String>,
    /// The reader's language.
    pub language: Language,
    /// The reader's state; an inactive one is never invited.
    pub user_state: UserState,
    /// Whether the reader asked for it: whoever forgot their password does.
    pub asked_by_reader: bool,
    /// Whether the reader wants no messages.
    pub opted_out: bool,
    /// Whether the reader had said that they would attend, whatever became of that. Of a cancelled invitation: not if they only waited for a place.
    pub had_confirmed: bool,
}

struct Row {
    id: MessageId,
    organisation_id: OrganisationId,
    organisation: String,
    sender_name: String,
    reply_to: String,
    training_id: Option<TrainingId>,
    invitation_id: InvitationId,
    invitation_state: Option<String>,
    kind: MessageKind,
    channel: Channel,
    attempts: i64,
    created_at: i64,
    user_id: UserId,
    first_name: String,
    last_name: String,
    email: Option<String>,
    mobile: Option<String>,
    language: Language,
    user_state: UserState,
    asked_by_reader: bool,
    opted_out: bool,
    had_confirmed: bool,
}

from_row!(Row {
    id,
    organisation_id,
    organisation,
    sender_name,
    reply_to,
    training_id,
    invitation_id,
    invitation_state,
    kind,
    channel,
    attempts,
    created_at,
    user_id,
    first_name,
    last_name,
    email,
    mobile,
    language,
    user_state,
    asked_by_reader,
    opted_out,
    had_confirmed
});

impl MessageFacts {
    /// The message as a worker that marks it has it.
    pub const fn leased(&self) -> Leased {
        Leased {
            id: self.id,
            invitation_id: self.invitation_id,
            training_id: self.training_id,
            kind: self.kind,
            channel: self.channel,
        }
    }
}

impl From<Row> for MessageFacts {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            organisation_id: row.organisation_id,
            organisation: row.organisation,
            sender_name: row.sender_name,
            reply_to: row.reply_to,
            training_id: row.training_id,
            invitation_id: row.invitation_id,
            invitation_state: row.invitation_state.and_then(|word| word.parse().ok()),
            kind: row.kind,
            channel: row.channel,
            attempts: row.attempts,
            created_at: Timestamp(row.created_at),
            person: PersonFacts {
                id: row.user_id,
                first_name: row.first_name,
                last_name: row.last_name,
            },
            email: row.email,
            mobile: row.mobile,
            language: row.language,
            user_state: row.user_state,
            asked_by_reader: row.asked_by_reader,
            opted_out: row.opted_out,
            had_confirmed: row.had_confirmed,
        }
    }
}

impl Transaction {
    /// What messages about these trainings say, in any organisation; for the worker.
    pub async fn trainings_facts(
        &mut self,
        trainings: &[TrainingId],
    ) -> Result<HashMap<TrainingId, TrainingFacts>> {
        let sql = format!(
            "SELECT t.id, t.organisation_id, o.name AS organisation, t.title, t.description, t.starts_at, t.ends_at, t.time_zone, \
                 t.days_taught, t.place, t.answer_deadline, t.calendar_sequence \
             FROM trainings t JOIN organisations o ON o.id = t.organisation_id WHERE {}",
            self.dialect().in_ids("t.id", 1)
        );
        let rows: Vec<TrainingFacts> = on!(self, c => sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(ids(trainings))
            .fetch_all(c)
            .await)?;
        let mut facts: HashMap<_, _> = rows.into_iter().map(|row| (row.id, row)).collect();
        let sql = format!(
            "SELECT tt.training_id, u.first_name, u.last_name \
             FROM training_trainers tt JOIN users u ON u.id = tt.user_id WHERE {} ORDER BY tt.position, u.id",
            self.dialect().in_ids("tt.training_id", 1)
        );
        let trainers: Vec<(uuid::Uuid, String, String)> = on!(self, c => sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(ids(trainings))
            .fetch_all(c)
            .await)?;
        for (training, first_name, last_name) in trainers {
            if let Some(facts) = facts.get_mut(&TrainingId(training)) {
                facts
                    .trainers
                    .push(convoke_domain::person::full_name(&first_name, &last_name));
            }
        }
        Ok(facts)
    }

    /// What messages about one training of an organisation say; `None` when it is not there.
    pub async fn training_facts(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
    ) -> Result<Option<TrainingFacts>> {
        let facts = self.trainings_facts(&[training_id]).await?;
        Ok(facts
            .into_values()
            .find(|facts| facts.organisation_id == organisation_id))
    }

    /// Up to `limit` queued messages of these channels that are due at `now`, with their readers, the longest due first. They are
    /// locked until the end of the transaction, in which [`Transaction::mark_sending`] follows; those that another worker has locked
    /// are left to it, and so are those that wait for the turn of a domain.
    pub async fn due(
        &mut self,
        channels: &[Channel],
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<MessageFacts>> {
        if channels.is_empty() {
            return Ok(Vec::new());
        }
        let which = format!("waits_for IS NULL AND channel IN ({})", words(channels));
        self.due_of(&which, now, limit, "").await
    }

    /// The same of those that somebody waits for in front of a screen, whatever else they wait for.
    pub async fn due_urgent(
        &mut self,
        channel: Channel,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<MessageFacts>> {
        let which = format!(
            "(kind IN ('entry_code', 'test') OR (kind = 'account' AND queued_by = user_id)) AND channel = '{channel}'"
        );
        self.due_of(&which, now, limit, "").await
    }

    /// The same of those that wait for the turn of a domain.
    pub async fn due_waiting(
        &mut self,
        domain: &str,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<MessageFacts>> {
        let which = "waits_for IS NOT NULL AND waits_for = $3";
        self.due_of(which, now, limit, domain).await
    }

    async fn due_of(
        &mut self,
        which: &str,
        now: Timestamp,
        limit: u32,
        domain: &str,
    ) -> Result<Vec<MessageFacts>> {
        // The conditions are word for word those of the indexes, else SQLite does not use them.
        let sql = format!(
            "WITH due AS MATERIALIZED (SELECT * FROM messages \
                 WHERE state = 'queued' AND {which} AND next_attempt_at <= $1 AND $3 IS NOT NULL \
                 ORDER BY next_attempt_at LIMIT $2{}) \
             SELECT m.id, m.organisation_id, o.name AS organisation, o.sender_name, o.reply_to, m.training_id, m.invitation_id, i.state AS invitation_state, m.kind, m.channel, \
                 m.attempts, m.created_at, m.user_id, u.first_name, u.last_name, u.email, u.mobile, u.language, \
                 u.state AS user_state, COALESCE(m.queued_by = m.user_id, FALSE) AS asked_by_reader, \
                 u.opted_out IS NOT NULL AS opted_out, i.confirmed_by IS NOT NULL AS had_confirmed \
             FROM due m JOIN users u ON u.id = m.user_id JOIN organisations o ON o.id = m.organisation_id \
             LEFT JOIN invitations i ON i.id = m.invitation_id ORDER BY m.next_attempt_at",
            lock(self.dialect(), true),
        );
        let rows: Vec<Row> = on!(self, c => sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(now.0)
            .bind(i64::from(limit))
            .bind(domain)
            .fetch_all(c)
            .await)?;
        Ok(rows.into_iter().map(MessageFacts::from).collect())
    }
}
