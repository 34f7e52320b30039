//! The history: who did what when.

use crate::directory::{Bind, bind_all};
use crate::macros::on;
use crate::row::from_row;
use crate::{Dialect, Result, Transaction};
use convoke_domain::fold::Query;
use convoke_domain::view::Range;
use convoke_domain::{HistoryId, OrganisationId, Timestamp, TrainingId, UserId};
use sqlx::AssertSqlSafe;

/// A line of the history.
#[derive(Clone, Debug)]
pub struct NewHistory {
    /// Its id.
    pub id: HistoryId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// When.
    pub at: Timestamp,
    /// Who; `None` for the command line and the system.
    pub actor_id: Option<UserId>,
    /// The name of who did it, as it was then.
    pub actor_name: String,
    /// What, for example `training.created`.
    pub event: &'static str,
    /// The training concerned.
    pub training_id: Option<TrainingId>,
    /// The user concerned.
    pub user_id: Option<UserId>,
    /// Numbers and words of the event.
    pub details: serde_json::Value,
}

impl Transaction {
    /// Adds a line to the history.
    pub async fn add_history(&mut self, line: &NewHistory) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO history (id, organisation_id, at, actor_id, actor_name, event, training_id, user_id, details) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(line.id.0)
        .bind(line.organisation_id.0)
        .bind(line.at.0)
        .bind(line.actor_id.map(|id| id.0))
        .bind(&line.actor_name)
        .bind(line.event)
        .bind(line.training_id.map(|id| id.0))
        .bind(line.user_id.map(|id| id.0))
        .bind(line.details.to_string())
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Transaction {
    /// How many people others added to and took out of a training's list since `base_version`, by the numbers in `details` of
    /// the lines of `event`.
    pub async fn colleagues_changes(
        &mut self,
        training_id: TrainingId,
        event: &str,
        base_version: i64,
        me: Option<UserId>,
    ) -> Result<(u32, u32)> {
        let lines: Vec<(Option<uuid::Uuid>, String)> = on!(self, c => sqlx::query_as(
            "SELECT actor_id, details FROM history WHERE training_id = $1 AND event = $2 ORDER BY at DESC, id DESC LIMIT 100",
        )
        .bind(training_id.0)
        .bind(event)
        .fetch_all(c)
        .await)?;
        let me = me.map(|id| id.0);
        let mut sums = (0_u32, 0_u32);
        for (actor, details) in lines {
            let Ok(details) = serde_json::from_str::<serde_json::Value>(&details) else {
                continue;
            };
            let number = |name: &str| details[name].as_i64().unwrap_or_default();
            if actor != me && number("version") > base_version {
                sums.0 = sums.0.saturating_add(crate::count(number("added")));
                sums.1 = sums.1.saturating_add(crate::count(number("removed")));
            }
        }
        Ok(sums)
    }

    /// The names of everything that happened in an organisation, the oldest first.
    pub async fn history_events(&mut self, organisation_id: OrganisationId) -> Result<Vec<String>> {
        Ok(on!(self, c => sqlx::query_scalar(
            "SELECT event FROM history WHERE organisation_id = $1 ORDER BY at, id",
        )
        .bind(organisation_id.0)
        .fetch_all(c)
        .await)?)
    }
}

/// Something that happened to a person in a training: a line of the history, the choice, or a message.
#[derive(Clone, Debug)]
pub struct HistoryLine {
    /// When.
    pub at: Timestamp,
    /// The event of the history, `chosen`, or `message`.
    pub event: String,
    /// Who did it, as they were called then; empty for messages.
    pub actor_name: String,
    /// For a message: why it was sent.
    pub kind: Option<String>,
    /// For a message: where it stands.
    pub state: Option<String>,
}

from_row!(HistoryLine {
    at,
    event,
    actor_name,
    kind,
    state
});

impl Transaction {
    /// What happened to a person in a training, the newest first.
    pub async fn history_of(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
        user_id: UserId,
    ) -> Result<Vec<HistoryLine>> {
        let sql = "SELECT h.at, h.event, h.actor_name, NULL AS kind, NULL AS state FROM history h \
             WHERE h.organisation_id = $1 AND h.training_id = $2 AND h.user_id = $3 \
             UNION ALL \
             SELECT i.chosen_at, 'chosen', TRIM(u.first_name || ' ' || u.last_name), NULL, NULL \
             FROM invitations i JOIN users u ON u.id = i.chosen_by WHERE i.organisation_id = $1 AND i.training_id = $2 AND i.user_id = $3 \
             UNION ALL \
             SELECT COALESCE(m.sent_at, m.updated_at), 'message', '', m.kind, m.state FROM messages m \
             WHERE m.organisation_id = $1 AND m.training_id = $2 AND m.user_id = $3 \
             ORDER BY 1 DESC LIMIT 500";
        Ok(on!(self, c => sqlx::query_as(sql)
            .bind(organisation_id.0)
            .bind(training_id.0)
            .bind(user_id.0)
            .fetch_all(c)
            .await)?)
    }
}

/// Which lines of the history are wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// What those who did it, those concerned or the training are called.
    pub words: &'a Query,
    /// How the events begin; empty for all.
    pub events: &'a [&'a str],
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

/// A line of the history with the names of what it is about.
#[derive(Clone, Debug)]
pub struct HistoryEntry {
    /// The line.
    pub id: HistoryId,
    /// When.
    pub at: Timestamp,
    /// Who, as they were called then; empty for the system.
    pub actor_name: String,
    /// What.
    pub event: String,
    /// The training concerned; it may be gone.
    pub training_id: Option<TrainingId>,
    /// Its title.
    pub title: Option<String>,
    /// The user concerned.
    pub user_id: Option<UserId>,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// JSON object with the numbers and words of the event.
    pub details: String,
}

from_row!(HistoryEntry {
    id,
    at,
    actor_name,
    event,
    training_id,
    title,
    user_id,
    first_name,
    last_name,
    details
});

const ENTRIES: &str = "FROM history h LEFT JOIN users a ON a.id = h.actor_id LEFT JOIN users u ON u.id = h.user_id \
     LEFT JOIN trainings t ON t.id = h.training_id WHERE h.organisation_id = $1";

/// The conditions of what is wanted, and their values, of which the first is the organisation.
fn conditions(dialect: Dialect, wanted: Wanted<'_>) -> (String, Vec<Bind>) {
    let mut binds = vec![Bind::Uuid(wanted.organisation_id.0)];
    let mut sql = String::new();
    let mut and = |condition: String| {
        sql.push_str(" AND ");
        sql.push_str(&condition);
    };
    let mut bind = |value: Bind| {
        binds.push(value);
        binds.len()
    };
    if let Some(from) = wanted.from {
        let n = bind(Bind::Int(from.0));
        and(format!("h.at >= ${n}"));
    }
    if let Some(until) = wanted.until {
        let n = bind(Bind::Int(until.0));
        and(format!("h.at < ${n}"));
    }
    let events: Vec<String> = wanted
        .events
        .iter()
        .map(|begin| {
            // No event has a `%` or an underscore before its dot but `user_type.`, which begins no other.
            let n = bind(Bind::Text(format!("{begin}%")));
            format!("h.event LIKE ${n}")
        })
        .collect();
    if !events.is_empty() {
        and(format!("({})", events.join(" OR ")));
    }
    for forms in &wanted.words.words {
        let mut found = Vec::new();
        for form in forms {
            let n = bind(Bind::Text(form.clone()));
            for column in ["a.search_text", "u.search_text", "t.search_text"] {
                found.push(dialect.contains(column, n));
            }
        }
        and(format!("({})", found.join(" OR ")));
    }
    (sql, binds)
}

impl Transaction {
    /// Lines of the history, the newest first.
    pub async fn history(&mut self, wanted: Wanted<'_>, range: Range) -> Result<Vec<HistoryEntry>> {
        let (conditions, mut binds) = conditions(self.dialect(), wanted);
        binds.push(Bind::Int(range.limit.into()));
        binds.push(Bind::Int(range.offset.into()));
        let sql = format!(
            "SELECT h.id, h.at, h.actor_name, h.event, h.training_id, t.title, h.user_id, u.first_name, u.last_name, h.details \
             {ENTRIES}{conditions} ORDER BY h.at DESC, h.id DESC LIMIT ${} OFFSET ${}",
            binds.len() - 1,
            binds.len()
        );
        Ok(
            on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(c).await)?,
        )
    }

    /// How many lines there are.
    pub async fn count_history(&mut self, wanted: Wanted<'_>) -> Result<u32> {
        let (conditions, binds) = conditions(self.dialect(), wanted);
        let sql = format!("SELECT COUNT(*) {ENTRIES}{conditions}");
        let n: i64 = on!(self, c => bind_all!(sqlx::query_scalar(AssertSqlSafe(sql)), &binds).fetch_one(c).await)?;
        Ok(crate::count(n))
    }
}
