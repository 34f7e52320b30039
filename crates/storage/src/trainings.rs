//! Trainings and their trainers.

use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::fold::Query;
use convoke_domain::training::Phase;
use convoke_domain::view::StateCounts;
use convoke_domain::{OrganisationId, Timestamp, TrainingId, UserId};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// A training, as stored.
#[derive(Clone, Debug)]
pub struct Training {
    /// The id.
    pub id: TrainingId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Title.
    pub title: String,
    /// Description, plain text.
    pub description: String,
    /// First moment.
    pub starts_at: Timestamp,
    /// Last moment.
    pub ends_at: Timestamp,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// Days really taught.
    pub days_taught: Option<i64>,
    /// Place, perhaps empty.
    pub place: String,
    /// Seats, if limited.
    pub seats: Option<i64>,
    /// Last moment to answer, in Unix milliseconds.
    pub answer_deadline: Option<i64>,
    /// Grows with every change of the training or its invitations.
    pub version: i64,
    /// SEQUENCE of its calendar entry.
    pub calendar_sequence: i64,
    /// Since when it has other dates, times or another place than people were told.
    pub moved_at: Option<Timestamp>,
}

from_row!(Training {
    id,
    organisation_id,
    title,
    description,
    starts_at,
    ends_at,
    time_zone,
    days_taught,
    place,
    seats,
    answer_deadline,
    version,
    calendar_sequence,
    moved_at
});

impl Training {
    /// Until when an invitation can be answered: the deadline, or else the start.
    pub fn answers_until(&self) -> Timestamp {
        self.answer_deadline.map_or(self.starts_at, Timestamp)
    }

    /// Where it stands on the calendar.
    pub fn phase(&self, now: Timestamp) -> Phase {
        if now < self.starts_at {
            Phase::Upcoming
        } else if now < self.ends_at {
            Phase::Running
        } else {
            Phase::Past
        }
    }
}

/// What a form gives of a training.
#[derive(Clone, Debug)]
pub struct TrainingFacts {
    /// Title.
    pub title: String,
    /// Description, plain text.
    pub description: String,
    /// First moment.
    pub starts_at: Timestamp,
    /// Last moment.
    pub ends_at: Timestamp,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// Days really taught.
    pub days_taught: Option<u32>,
    /// Place, perhaps empty.
    pub place: String,
    /// Seats, if limited.
    pub seats: Option<u32>,
    /// Last moment to answer.
    pub answer_deadline: Option<Timestamp>,
}

/// Whose trainings a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListedFor {
    /// Everyone's of the organisation.
    Organisation,
    /// Those that name this user as trainer.
    Trainer(UserId),
}

/// A trainer of a training.
#[derive(Clone, Debug)]
pub struct TrainerName {
    /// The training.
    pub training_id: TrainingId,
    /// The user.
    pub user_id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
}

from_row!(TrainerName {
    training_id,
    user_id,
    first_name,
    last_name
});

struct CountRow {
    training_id: TrainingId,
    state: String,
    people: i64,
}

from_row!(CountRow {
    training_id,
    state,
    people
});

const COLUMNS: &str = "t.id, t.organisation_id, t.title, t.description, t.starts_at, t.ends_at, t.time_zone, t.days_taught, \
     t.place, t.seats, t.answer_deadline, t.version, t.calendar_sequence, t.moved_at";

/// What the search of the list looks in.
fn search_text(facts: &TrainingFacts) -> String {
    convoke_domain::fold::search_text(&facts.title, &facts.place, None, None)
}

impl Transaction {
    /// Adds a training.
    pub async fn insert_training(
        &mut self,
        id: TrainingId,
        organisation_id: OrganisationId,
        facts: &TrainingFacts,
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO trainings (id, organisation_id, title, description, starts_at, ends_at, time_zone, days_taught, place, \
             seats, answer_deadline, search_text, created_by, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)",
        )
        .bind(id.0)
        .bind(organisation_id.0)
        .bind(&facts.title)
        .bind(&facts.description)
        .bind(facts.starts_at.0)
        .bind(facts.ends_at.0)
        .bind(&facts.time_zone)
        .bind(facts.days_taught.map(i64::from))
        .bind(&facts.place)
        .bind(facts.seats.map(i64::from))
        .bind(facts.answer_deadline.map(|t| t.0))
        .bind(search_text(facts))
        .bind(by.map(|id| id.0))
        .bind(at.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Changes a training; its calendar entry gets a new SEQUENCE when its title, times or place move. Whether it is there.
    pub async fn update_training(
        &mut self,
        organisation_id: OrganisationId,
        id: TrainingId,
        facts: &TrainingFacts,
        at: Timestamp,
    ) -> Result<bool> {
        let rows = on!(self, c => sqlx::query(
            "UPDATE trainings SET calendar_sequence = calendar_sequence + \
               CASE WHEN title = $3 AND starts_at = $5 AND ends_at = $6 AND place = $9 THEN 0 ELSE 1 END, \
             moved_at = CASE WHEN starts_at = $5 AND ends_at = $6 AND place = $9 THEN moved_at ELSE $13 END, \
             title = $3, description = $4, starts_at = $5, ends_at = $6, time_zone = $7, days_taught = $8, place = $9, \
             seats = $10, answer_deadline = $11, search_text = $12, updated_at = $13, version = version + 1 \
             WHERE organisation_id = $1 AND id = $2",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .bind(&facts.title)
        .bind(&facts.description)
        .bind(facts.starts_at.0)
        .bind(facts.ends_at.0)
        .bind(&facts.time_zone)
        .bind(facts.days_taught.map(i64::from))
        .bind(&facts.place)
        .bind(facts.seats.map(i64::from))
        .bind(facts.answer_deadline.map(|t| t.0))
        .bind(search_text(facts))
        .bind(at.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows > 0)
    }

    /// Notes since when people know something that is not so any more; `None` when everybody was told, or needs not be.
    pub async fn set_moved(
        &mut self,
        organisation_id: OrganisationId,
        id: TrainingId,
        moved_at: Option<Timestamp>,
    ) -> Result<()> {
        on!(self, c => sqlx::query("UPDATE trainings SET moved_at = $3 WHERE organisation_id = $1 AND id = $2")
            .bind(organisation_id.0)
            .bind(id.0)
            .bind(moved_at.map(|at| at.0))
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Names the trainers, in this order, in place of those before.
    pub async fn set_trainers(
        &mut self,
        organisation_id: OrganisationId,
        id: TrainingId,
        trainers: &[UserId],
    ) -> Result<()> {
        on!(self, c => sqlx::query("DELETE FROM training_trainers WHERE training_id = $1")
            .bind(id.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        for (position, trainer) in (0_i64..).zip(trainers) {
            on!(self, c => sqlx::query(
                "INSERT INTO training_trainers (training_id, user_id, organisation_id, position) VALUES ($1, $2, $3, $4)",
            )
            .bind(id.0)
            .bind(trainer.0)
            .bind(organisation_id.0)
            .bind(position)
            .execute(c)
            .await
            .map(|_| ()))?;
        }
        Ok(())
    }

    /// A training of the organisation.
    pub async fn training(
        &mut self,
        organisation_id: OrganisationId,
        id: TrainingId,
    ) -> Result<Option<Training>> {
        let sql =
            format!("SELECT {COLUMNS} FROM trainings t WHERE t.organisation_id = $1 AND t.id = $2");
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(id.0)
            .fetch_optional(c)
            .await)?)
    }

    /// Raises the version of a training and gives it. On PostgreSQL this also makes those who change its list take turns.
    /// `None` when it is not there.
    pub async fn raise_training_version(
        &mut self,
        organisation_id: OrganisationId,
        id: TrainingId,
    ) -> Result<Option<i64>> {
        Ok(on!(self, c => sqlx::query_scalar(
            "UPDATE trainings SET version = version + 1 WHERE organisation_id = $1 AND id = $2 RETURNING version",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .fetch_optional(c)
        .await)?)
    }

    /// The versions of these trainings, of whatever organisation: for live updates, which checked the right before.
    pub async fn training_versions(
        &mut self,
        trainings: &[TrainingId],
    ) -> Result<Vec<(TrainingId, i64)>> {
        let sql = format!(
            "SELECT id, version FROM trainings WHERE {}",
            self.dialect().in_ids("id", 1)
        );
        let rows: Vec<(Uuid, i64)> = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(ids(trainings))
            .fetch_all(c)
            .await)?;
        Ok(rows
            .into_iter()
            .map(|(id, version)| (id.into(), version))
            .collect())
    }

    /// The trainings of a phase whose title or place matches: upcoming and running ones by start, past ones backwards.
    pub async fn list_trainings(
        &mut self,
        organisation_id: OrganisationId,
        listed_for: ListedFor,
        search: &Query,
        phase: Phase,
        now: Timestamp,
    ) -> Result<Vec<Training>> {
        let order = match phase {
            Phase::Upcoming | Phase::Running => "t.starts_at, t.id",
            Phase::Past => "t.starts_at DESC, t.id",
        };
        let (conditions, words) = conditions(listed_for, search);
        let sql = format!(
            "SELECT {COLUMNS} FROM trainings t WHERE t.organisation_id = $1 AND {phase}{conditions} ORDER BY {order} LIMIT 500",
            phase = phase_condition(phase),
        );
        let trainer = trainer_of(listed_for);
        Ok(on!(self, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(organisation_id.0).bind(now.0).bind(trainer);
            for word in words {
                query = query.bind(word);
            }
            query.fetch_all(c).await
        })?)
    }

    /// The trainings that begin last, those first.
    pub async fn latest_trainings(
        &mut self,
        organisation_id: OrganisationId,
        limit: u32,
    ) -> Result<Vec<Training>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM trainings t WHERE t.organisation_id = $1 ORDER BY t.starts_at DESC, t.id LIMIT $2"
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(i64::from(limit))
            .fetch_all(c)
            .await)?)
    }

    /// The trainings that a person's story is about, the latest first.
    pub async fn trainings_of_story(
        &mut self,
        organisation_id: OrganisationId,
        user_id: UserId,
        limit: u32,
    ) -> Result<Vec<Training>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM trainings t WHERE t.organisation_id = $1 AND t.id IN (\
                 SELECT training_id FROM invitations WHERE user_id = $2 UNION SELECT training_id FROM messages WHERE user_id = $2 \
                 UNION SELECT training_id FROM history WHERE user_id = $2) \
             ORDER BY t.starts_at DESC, t.id LIMIT $3"
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(user_id.0)
            .bind(i64::from(limit))
            .fetch_all(c)
            .await)?)
    }

    /// How many trainings match in each phase: upcoming, running, past.
    pub async fn count_trainings(
        &mut self,
        organisation_id: OrganisationId,
        listed_for: ListedFor,
        search: &Query,
        now: Timestamp,
    ) -> Result<[u32; 3]> {
        let (conditions, words) = conditions(listed_for, search);
        let sql = format!(
            "SELECT COUNT(CASE WHEN {upcoming} THEN 1 END), COUNT(CASE WHEN {running} THEN 1 END), COUNT(CASE WHEN {past} THEN 1 END) \
             FROM trainings t WHERE t.organisation_id = $1{conditions}",
            upcoming = phase_condition(Phase::Upcoming),
            running = phase_condition(Phase::Running),
            past = phase_condition(Phase::Past),
        );
        let trainer = trainer_of(listed_for);
        let (upcoming, running, past): (i64, i64, i64) = on!(self, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(organisation_id.0).bind(now.0).bind(trainer);
            for word in words {
                query = query.bind(word);
            }
            query.fetch_one(c).await
        })?;
        Ok([upcoming, running, past].map(crate::count))
    }

    /// Counts per state, for each of these trainings; of the users in `scope` only, when there is one.
    pub async fn training_counts(
        &mut self,
        trainings: &[TrainingId],
        scope: Option<&[convoke_domain::GroupId]>,
    ) -> Result<Vec<(TrainingId, StateCounts)>> {
        let dialect = self.dialect();
        let scoped = match scope {
            None => String::new(),
            Some(_) => format!(
                " AND EXISTS (SELECT 1 FROM group_members s WHERE s.user_id = i.user_id AND {})",
                dialect.in_ids("s.group_id", 2)
            ),
        };
        let sql = format!(
            "SELECT i.training_id, i.state, COUNT(*) AS people FROM invitations i WHERE {}{scoped} GROUP BY i.training_id, i.state",
            dialect.in_ids("i.training_id", 1),
        );
        let rows: Vec<CountRow> = on!(self, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(ids(trainings));
            if let Some(scope) = scope {
                query = query.bind(ids(scope));
            }
            query.fetch_all(c).await
        })?;
        let mut counts: Vec<(TrainingId, StateCounts)> = trainings
            .iter()
            .map(|id| (*id, StateCounts::default()))
            .collect();
        for row in rows {
            if let Some((_, counts)) = counts.iter_mut().find(|(id, _)| *id == row.training_id) {
                let slot = match row.state.as_str() {
                    "to_send" => &mut counts.to_send,
                    "sent" => &mut counts.sent,
                    "confirmed" => &mut counts.confirmed,
                    "declined" => &mut counts.declined,
                    "waiting" => &mut counts.waiting,
                    _ => continue,
                };
                *slot = crate::count(row.people);
            }
        }
        Ok(counts)
    }

    /// The trainers of these trainings, in their order.
    pub async fn trainers(&mut self, trainings: &[TrainingId]) -> Result<Vec<TrainerName>> {
        let sql = format!(
            "SELECT r.training_id, r.user_id, u.first_name, u.last_name FROM training_trainers r JOIN users u ON u.id = r.user_id \
             WHERE {} ORDER BY r.training_id, r.position",
            self.dialect().in_ids("r.training_id", 1)
        );
        Ok(
            on!(self, c => sqlx::query_as(AssertSqlSafe(sql)).bind(ids(trainings)).fetch_all(c).await)?,
        )
    }

    /// Whether a training names this user as trainer.
    pub async fn is_trainer(&mut self, id: TrainingId, user: UserId) -> Result<bool> {
        let found: Option<i64> = on!(self, c => sqlx::query_scalar(
            "SELECT position FROM training_trainers WHERE training_id = $1 AND user_id = $2",
        )
        .bind(id.0)
        .bind(user.0)
        .fetch_optional(c)
        .await)?;
        Ok(found.is_some())
    }
}

const fn phase_condition(phase: Phase) -> &'static str {
    match phase {
        Phase::Upcoming => "t.starts_at > $2",
        Phase::Running => "t.starts_at <= $2 AND t.ends_at > $2",
        Phase::Past => "t.ends_at <= $2",
    }
}

const fn trainer_of(listed_for: ListedFor) -> Option<Uuid> {
    match listed_for {
        ListedFor::Organisation => None,
        ListedFor::Trainer(user) => Some(user.0),
    }
}

/// Conditions after `$1` organisation, `$2` now, `$3` trainer; the words are bound from `$4`.
fn conditions(listed_for: ListedFor, search: &Query) -> (String, Vec<String>) {
    use std::fmt::Write;
    let mut sql = match listed_for {
        // The bind is mentioned in both cases, so that both have the same numbers.
        ListedFor::Organisation => " AND $3 IS NULL".to_owned(),
        ListedFor::Trainer(_) => {
            " AND EXISTS (SELECT 1 FROM training_trainers r WHERE r.training_id = t.id AND r.user_id = $3)".to_owned()
        }
    };
    let mut binds = Vec::new();
    for forms in &search.words {
        sql.push_str(" AND (");
        for (i, form) in forms.iter().enumerate() {
            let or = if i > 0 { " OR " } else { "" };
            let _ = write!(sql, "{or}t.search_text LIKE ${}", binds.len() + 4);
            binds.push(format!("%{form}%"));
        }
        sql.push(')');
    }
    (sql, binds)
}
