//! The history: who did what when.

use crate::directory::{Bind, bind_all};
use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Dialect, Result, Transaction};
use convoke_domain::fold::Query;
use convoke_domain::view::Range;
use convoke_domain::{HistoryId, MessageId, OrganisationId, Timestamp, TrainingId, UserId};
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
    /// Adds a line to the history; one whose id is there already is brought up to date.
    pub async fn add_history(&mut self, line: &NewHistory) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO history (id, organisation_id, at, actor_id, actor_name, event, training_id, user_id, details) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO UPDATE SET at = excluded.at, details = excluded.details",
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

    /// Says that a line of the history, which may come later, is about these people too.
    pub async fn add_history_people(
        &mut self,
        organisation_id: OrganisationId,
        line: HistoryId,
        people: &[UserId],
    ) -> Result<()> {
        let sql = format!(
            "INSERT INTO history_people (user_id, history_id, organisation_id) \
             SELECT u.id, $2, $1 FROM users u WHERE {} AND {} ON CONFLICT DO NOTHING",
            self.dialect().checked("u.organisation_id", 1),
            self.dialect().in_ids("u.id", 3)
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(line.0)
            .bind(ids(people))
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

/// Whose story is wanted, and how much of it.
#[derive(Clone, Copy, Debug)]
pub struct WantedStory<'a> {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The person.
    pub user_id: UserId,
    /// Only what is about this training.
    pub training_id: Option<TrainingId>,
    /// How the events begin that are left out.
    pub without: &'a [&'a str],
}

/// A line of a person's story: a line of the history, a message, that they were chosen for a training, or since when they are known.
#[derive(Clone, Debug)]
pub struct StoryEntry {
    /// When.
    pub at: Timestamp,
    /// Who, as they were called then; those who chose or wrote as they are called now; empty for the system.
    pub actor_name: String,
    /// The event of the history, [`StoryEntry::MESSAGE`], [`StoryEntry::REPORT`], [`StoryEntry::CHOSEN`] or [`StoryEntry::KNOWN`].
    pub event: String,
    /// JSON object with the numbers and words of the event.
    pub details: String,
    /// The training concerned, if it is there.
    pub training_id: Option<TrainingId>,
    /// Its title.
    pub title: Option<String>,
    /// Its time zone, or that of the organisation.
    pub time_zone: String,
    /// The message.
    pub message_id: Option<MessageId>,
}

from_row!(StoryEntry {
    at,
    actor_name,
    event,
    details,
    training_id,
    title,
    time_zone,
    message_id
});

impl StoryEntry {
    /// The event of a message.
    pub const MESSAGE: &str = "message";
    /// The event of what was heard of a message after it was handed over.
    pub const REPORT: &str = "message.report";
    /// The event of having been chosen.
    pub const CHOSEN: &str = "selection.chosen";
    /// The event of having been forgotten.
    pub const FORGOTTEN: &str = "user.forgotten";
    /// The event of having come into the directory, where no line of the history has it.
    pub const KNOWN: &str = "user.known";
}

/// What a story is made of, each with its time (`at`) and `id`, and their values: organisation, person, then those of the conditions. Every part is found by
/// the person.
fn story_parts(wanted: WantedStory<'_>) -> (String, Vec<Bind>) {
    let mut binds = vec![
        Bind::Uuid(wanted.organisation_id.0),
        Bind::Uuid(wanted.user_id.0),
    ];
    let mut bind = |value: Bind| {
        binds.push(value);
        binds.len()
    };
    let training = wanted.training_id.map(|id| bind(Bind::Uuid(id.0)));
    // Without IS TRUE a database may take the index of the training, which has as many lines as people.
    let of_training = training.map_or_else(String::new, |n| {
        format!(" AND (p.training_id = ${n}) IS TRUE")
    });
    let but: Vec<String> = wanted
        .without
        .iter()
        .map(|begin| {
            let n = bind(Bind::Text(format!("{begin}%")));
            format!(" AND p.event NOT LIKE ${n}")
        })
        .collect();
    let but = but.concat();
    let of_person = format!("p.organisation_id = $1 AND p.user_id = $2{of_training}");
    let mut sql = format!(
        "SELECT p.at, p.id, 'history' AS part FROM history p WHERE {of_person}{but} \
         UNION ALL \
         SELECT p.at, p.id, 'history' FROM history_people JOIN history p ON p.id = history_people.history_id \
         WHERE history_people.organisation_id = $1 AND history_people.user_id = $2{of_training}{but} \
         UNION ALL \
         SELECT COALESCE(p.sent_at, p.updated_at), p.id, 'message' FROM messages p WHERE {of_person} \
         UNION ALL \
         SELECT p.reported_at, p.id, 'report' FROM messages p WHERE {of_person} AND p.report IS NOT NULL \
         UNION ALL \
         SELECT p.chosen_at, p.id, 'chosen' FROM invitations p WHERE {of_person} AND p.chosen_by IS NOT NULL \
         UNION ALL \
         SELECT p.forgotten_at, p.id, 'forgotten' FROM users p WHERE p.organisation_id = $1 AND p.id = $2 AND p.forgotten_at IS NOT NULL"
    );
    if training.is_none() {
        sql.push_str(
            " UNION ALL \
             SELECT p.created_at, p.id, 'known' FROM users p WHERE p.organisation_id = $1 AND p.id = $2 \
             AND NOT EXISTS (SELECT 1 FROM history h WHERE h.user_id = $2 AND h.event = 'user.created')",
        );
    }
    (sql, binds)
}

impl Transaction {
    /// Lines of a person's story, the newest first.
    pub async fn story(
        &mut self,
        wanted: WantedStory<'_>,
        range: Range,
    ) -> Result<Vec<StoryEntry>> {
        let (parts, mut binds) = story_parts(wanted);
        binds.push(Bind::Int(range.limit.into()));
        binds.push(Bind::Int(range.offset.into()));
        let sql = format!(
            "SELECT s.at, COALESCE(h.actor_name, TRIM(a.first_name || ' ' || a.last_name), '') AS actor_name, \
                 CASE s.part WHEN 'history' THEN h.event WHEN 'message' THEN '{}' WHEN 'report' THEN '{}' WHEN 'chosen' THEN '{}' WHEN 'forgotten' THEN '{}' ELSE '{}' END AS event, \
                 COALESCE(h.details, '{{}}') AS details, t.id AS training_id, t.title, COALESCE(t.time_zone, o.time_zone) AS time_zone, \
                 m.id AS message_id \
             FROM (SELECT * FROM ({parts}) p ORDER BY p.at DESC, p.id DESC LIMIT ${} OFFSET ${}) s \
             JOIN organisations o ON o.id = $1 \
             LEFT JOIN history h ON s.part = 'history' AND h.id = s.id \
             LEFT JOIN messages m ON s.part IN ('message', 'report') AND m.id = s.id \
             LEFT JOIN invitations i ON s.part = 'chosen' AND i.id = s.id \
             LEFT JOIN users a ON a.id = CASE s.part WHEN 'message' THEN m.queued_by WHEN 'chosen' THEN i.chosen_by WHEN 'known' THEN s.id END \
             LEFT JOIN trainings t ON t.id = COALESCE(h.training_id, m.training_id, i.training_id) \
             ORDER BY s.at DESC, s.id DESC",
            StoryEntry::MESSAGE,
            StoryEntry::REPORT,
            StoryEntry::CHOSEN,
            StoryEntry::FORGOTTEN,
            StoryEntry::KNOWN,
            binds.len() - 1,
            binds.len()
        );
        Ok(
            on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(c).await)?,
        )
    }

    /// How many lines there are.
    pub async fn count_story(&mut self, wanted: WantedStory<'_>) -> Result<u32> {
        let (parts, binds) = story_parts(wanted);
        let sql = format!("SELECT COUNT(*) FROM ({parts}) p");
        let n: i64 = on!(self, c => bind_all!(sqlx::query_scalar(AssertSqlSafe(sql)), &binds).fetch_one(c).await)?;
        Ok(crate::count(n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Storage;
    use convoke_testkit::{Database, database};
    use rstest::rstest;
    use sqlx::Row;
    use uuid::Uuid;

    /// How a database finds the lines of a story: by the person, whatever else there is.
    #[rstest]
    #[case::sqlite(Database::Sqlite, "detail")]
    #[case::postgres(Database::Postgres, "QUERY PLAN")]
    #[tokio::test]
    async fn a_story_is_found_by_the_person(#[case] kind: Database, #[case] column: &str) {
        let database = database(kind).await;
        let storage = Storage::open(&database.url).await.unwrap();
        storage.migrate().await.unwrap();
        let mut tx = storage.begin().await.unwrap();
        let explain = match tx.dialect() {
            Dialect::Sqlite => "EXPLAIN QUERY PLAN",
            Dialect::Postgres => {
                // Of empty tables it would rather read everything.
                on!(tx, c => sqlx::query("SET LOCAL enable_seqscan = off").execute(c).await.map(|_| ())).unwrap();
                "EXPLAIN"
            }
        };
        for training_id in [None, Some(TrainingId(Uuid::from_u128(3)))] {
            let (parts, binds) = story_parts(WantedStory {
                organisation_id: OrganisationId(Uuid::from_u128(1)),
                user_id: UserId(Uuid::from_u128(2)),
                training_id,
                without: &["session."],
            });
            let sql = format!("{explain} {parts}");
            let plan: Vec<String> = on!(tx, c => bind_all!(sqlx::query(AssertSqlSafe(sql)), &binds)
                .fetch_all(c)
                .await
                .unwrap()
                .iter()
                .map(|row| row.get(column))
                .collect());
            for index in [
                "history_by_user",
                "history_people",
                "messages_by_user",
                "invitations_by_user",
            ] {
                assert!(plan.iter().any(|line| line.contains(index)), "{plan:#?}");
            }
            assert!(
                !plan
                    .iter()
                    .any(|line| line.contains("by_training") || line.starts_with("SCAN ")),
                "{plan:#?}"
            );
        }
    }
}
