//! Forgetting people who never answered, and removing the texts of messages, some at a time.
//!
//! Whom that is about is [`convoke_domain::retention::kept`], for many people at once.

use crate::macros::{ids, on};
use crate::{Dialect, Result, Transaction};
use convoke_domain::retention::Retention;
use convoke_domain::{OrganisationId, Timestamp, TrainingId, UserId};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// The condition that a row `u` of `users` is of somebody who is forgotten. `$1` is the organisation; `$2` the last moment at which a training may have ended. Whoever is named by an
/// import that was brought at `imports_since` or later is not.
fn forgettable(dialect: Dialect, retention: Retention, imports_since: Timestamp) -> String {
    let from_the_directory = if retention.directory {
        "OR (EXISTS (SELECT 1 FROM invitations i WHERE i.user_id = u.id) \
             AND NOT EXISTS (SELECT 1 FROM group_members g WHERE g.user_id = u.id))"
    } else {
        ""
    };
    let named_in_imports = match dialect {
        Dialect::Sqlite => {
            "SELECT unhex(replace(j.value, '-', '')) FROM imports f JOIN import_batches b ON b.import_id = f.id, json_each(b.everyone) j \
             WHERE f.organisation_id = $1 AND f.created_at >= "
        }
        Dialect::Postgres => {
            "SELECT j.value::uuid FROM imports f JOIN import_batches b ON b.import_id = f.id, json_array_elements_text(b.everyone::json) AS j(value) \
             WHERE f.organisation_id = $1 AND f.created_at >= "
        }
    };
    format!(
        "u.organisation_id = $1 AND u.forgotten_at IS NULL AND u.state = 'created' AND u.role = 'member' AND u.password_hash IS NULL \
         AND u.employee_id IS NULL AND u.opted_out IS NULL AND (u.came_for IS NOT NULL {from_the_directory}) \
         AND NOT EXISTS (SELECT 1 FROM trainings t WHERE t.id = u.came_for AND t.ends_at > $2) \
         AND NOT EXISTS (SELECT 1 FROM invitations i JOIN trainings t ON t.id = i.training_id WHERE i.user_id = u.id \
             AND (t.ends_at > $2 OR i.state IN ('confirmed', 'declined', 'waiting') OR i.answered_at IS NOT NULL OR i.confirmed_by IS NOT NULL)) \
         AND NOT EXISTS (SELECT 1 FROM presences p JOIN invitations i ON i.id = p.invitation_id WHERE i.user_id = u.id) \
         AND NOT EXISTS (SELECT 1 FROM registrations r WHERE r.user_id = u.id) \
         AND NOT EXISTS (SELECT 1 FROM messages m LEFT JOIN trainings t ON t.id = m.training_id WHERE m.user_id = u.id \
             AND (m.state IN ('queued', 'sending') OR t.ends_at > $2)) \
         AND NOT EXISTS (SELECT 1 FROM training_trainers r WHERE r.user_id = u.id) \
         AND u.id NOT IN ({named_in_imports}{})",
        imports_since.0
    )
}

/// The condition that a row `r` of `registrations` is of somebody whom nobody knows, and whose training is over.
const STRANGERS: &str = "r.organisation_id = $1 AND r.user_id IS NULL AND r.forgotten_at IS NULL \
     AND EXISTS (SELECT 1 FROM trainings t WHERE t.id = r.training_id AND t.ends_at <= $2)";

/// The condition that a message `m` has a text that is removed; `$2` is the last moment at which it may have been sent.
const OLD_TEXTS: &str = "m.organisation_id = $1 AND m.body IS NOT NULL AND COALESCE(m.sent_at, m.created_at) <= $2 \
     AND m.state NOT IN ('queued', 'sending')";

impl Transaction {
    /// Says for which training people came who are new: they are forgotten after it if nothing else ties them.
    pub async fn set_came_for(
        &mut self,
        organisation_id: OrganisationId,
        people: &[UserId],
        training_id: TrainingId,
    ) -> Result<()> {
        let sql = format!(
            "UPDATE users SET came_for = $2 WHERE {} AND {}",
            self.dialect().checked("organisation_id", 1),
            self.dialect().in_ids("id", 3)
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(training_id.0)
            .bind(ids(people))
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Takes people into the directory on purpose, whatever they came for.
    pub async fn keep_in_directory(
        &mut self,
        organisation_id: OrganisationId,
        people: &[UserId],
    ) -> Result<()> {
        let sql = format!(
            "UPDATE users SET came_for = NULL WHERE {} AND came_for IS NOT NULL AND {}",
            self.dialect().checked("organisation_id", 1),
            self.dialect().in_ids("id", 2)
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(ids(people))
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// How many people, and registrations of people whom nobody knows, would be forgotten whose trainings ended at `over` or before, once the imports are gone that were brought before
    /// `imports_since`.
    pub async fn count_forgettable(
        &mut self,
        organisation_id: OrganisationId,
        retention: Retention,
        (over, imports_since): (Timestamp, Timestamp),
    ) -> Result<(u32, u32)> {
        let people = format!(
            "SELECT COUNT(*) FROM users u WHERE {}",
            forgettable(self.dialect(), retention, imports_since)
        );
        let strangers = format!("SELECT COUNT(*) FROM registrations r WHERE {STRANGERS}");
        let people = self.counted(people, organisation_id, over).await?;
        let strangers = self.counted(strangers, organisation_id, over).await?;
        Ok((people, strangers))
    }

    /// How many texts of messages would be removed that were sent at `before` or earlier.
    pub async fn count_old_texts(
        &mut self,
        organisation_id: OrganisationId,
        before: Timestamp,
    ) -> Result<u32> {
        let sql = format!("SELECT COUNT(*) FROM messages m WHERE {OLD_TEXTS}");
        self.counted(sql, organisation_id, before).await
    }

    async fn counted(
        &mut self,
        sql: String,
        organisation_id: OrganisationId,
        at: Timestamp,
    ) -> Result<u32> {
        let n: i64 = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(at.0)
            .fetch_one(c)
            .await)?;
        Ok(crate::count(n))
    }

    /// Up to `limit` people who would be forgotten, in the order of their ids, after `after`.
    pub async fn forgettable_people(
        &mut self,
        organisation_id: OrganisationId,
        retention: Retention,
        over: Timestamp,
        (after, limit): (UserId, u32),
    ) -> Result<Vec<UserId>> {
        let sql = format!(
            "SELECT u.id FROM users u WHERE {} AND u.id > $3 ORDER BY u.id LIMIT $4",
            forgettable(self.dialect(), retention, Timestamp::default())
        );
        let found: Vec<Uuid> = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(over.0)
            .bind(after.0)
            .bind(i64::from(limit))
            .fetch_all(c)
            .await)?;
        Ok(found.into_iter().map(UserId).collect())
    }

    /// Forgets those of these people who are still to be forgotten: their name, addresses and employee id, what was written to them and what servers said of it. Their rows
    /// stay, for what counts people. How many; the number of statements does not depend on it.
    pub async fn forget_people(
        &mut self,
        organisation_id: OrganisationId,
        retention: Retention,
        (over, now): (Timestamp, Timestamp),
        people: &[UserId],
    ) -> Result<u32> {
        let people = self
            .locked_forgettable(organisation_id, retention, over, people)
            .await?;
        if people.is_empty() {
            return Ok(0);
        }
        let dialect = self.dialect();
        let among = |column: &str| dialect.in_ids(column, 2);
        let ours = dialect.checked("organisation_id", 1);
        let theirs = format!(
            "SELECT i.id FROM invitations i WHERE i.organisation_id = $1 AND {}",
            among("i.user_id")
        );
        let nameless = without(dialect, "name");
        let statements = [
            format!(
                "UPDATE messages SET address = NULL, provider_id = NULL, problem_detail = NULL, report_detail = NULL, waits_for = NULL, \
                     text_removed = CASE WHEN body IS NULL THEN text_removed ELSE 0 END, subject = NULL, body = NULL \
                 WHERE {ours} AND {}",
                among("user_id")
            ),
            format!(
                "UPDATE invitations SET problem = NULL, problem_detail = NULL, door_first_name = NULL, door_last_name = NULL \
                 WHERE {ours} AND {}",
                among("user_id")
            ),
            format!(
                "DELETE FROM entry_codes WHERE organisation_id = $1 AND invitation_id IN ({theirs})"
            ),
            format!(
                "DELETE FROM space_sessions WHERE organisation_id = $1 AND invitation_id IN ({theirs})"
            ),
            format!(
                "DELETE FROM account_links WHERE {ours} AND {}",
                among("user_id")
            ),
            format!(
                "UPDATE history SET details = {nameless} WHERE {ours} AND {}",
                among("user_id")
            ),
            format!(
                "UPDATE history SET actor_name = '' WHERE {ours} AND {}",
                among("actor_id")
            ),
            // Whoever looks at one of their trainings sees that they are gone.
            format!(
                "UPDATE trainings SET version = version + 1 WHERE organisation_id = $1 AND id IN \
                     (SELECT i.training_id FROM invitations i WHERE i.organisation_id = $1 AND {})",
                among("i.user_id")
            ),
        ];
        for sql in statements {
            on!(self, c => sqlx::query(AssertSqlSafe(sql))
                .bind(organisation_id.0)
                .bind(ids(&people))
                .execute(c)
                .await
                .map(|_| ()))?;
        }
        let sql = format!(
            "UPDATE users SET last_name = '', first_name = '', email = NULL, email_key = NULL, mobile = NULL, employee_id = NULL, \
                 search_text = '', sort_key = '', state = 'inactive', came_for = NULL, forgotten_at = $3, updated_at = $3 \
             WHERE {ours} AND {}",
            among("id")
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(ids(&people))
            .bind(now.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        self.people_changed(organisation_id, people.iter().copied());
        Ok(u32::try_from(people.len()).unwrap_or(u32::MAX))
    }

    /// Those of these people who are to be forgotten; nobody invites them, and nobody else forgets them, before the transaction ends.
    async fn locked_forgettable(
        &mut self,
        organisation_id: OrganisationId,
        retention: Retention,
        over: Timestamp,
        people: &[UserId],
    ) -> Result<Vec<UserId>> {
        if self.dialect() == Dialect::Postgres {
            // Locks first and looks afterwards: a statement sees the rows it waited for, but not what was added while it waited.
            let sql = format!(
                "SELECT id FROM users WHERE organisation_id = $1 AND {} ORDER BY id FOR UPDATE",
                self.dialect().in_ids("id", 2)
            );
            on!(self, c => sqlx::query(AssertSqlSafe(sql))
                .bind(organisation_id.0)
                .bind(ids(people))
                .execute(c)
                .await
                .map(|_| ()))?;
        }
        let sql = format!(
            "SELECT u.id FROM {} JOIN users u ON u.id = p.id WHERE {}",
            self.dialect().ids_table(3),
            forgettable(self.dialect(), retention, Timestamp::default())
        );
        let found: Vec<Uuid> = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(over.0)
            .bind(ids(people))
            .fetch_all(c)
            .await)?;
        Ok(found.into_iter().map(UserId).collect())
    }

    /// Forgets up to `limit` people whom nobody knows, who registered for trainings that ended at `over` or before and were refused or not decided on, which is refused now: their names,
    /// addresses and answers. How many.
    pub async fn forget_strangers(
        &mut self,
        organisation_id: OrganisationId,
        (over, now): (Timestamp, Timestamp),
        limit: u32,
    ) -> Result<u32> {
        let dialect = self.dialect();
        let sql = format!(
            "SELECT r.id FROM registrations r WHERE {STRANGERS} ORDER BY r.id LIMIT $3{}",
            dialect.for_update()
        );
        let found: Vec<Uuid> = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(over.0)
            .bind(i64::from(limit))
            .fetch_all(c)
            .await)?;
        if found.is_empty() {
            return Ok(0);
        }
        let among = |column: &str| dialect.in_ids(column, 2);
        // A line of the history names a registration by its id, as text, in its details.
        let (named, listed) = match dialect {
            Dialect::Sqlite => (
                "unhex(replace(COALESCE(json_extract(details, '$.registration'), ''), '-', ''))",
                "SELECT unhex(value) FROM json_each($2)",
            ),
            Dialect::Postgres => (
                "(details::jsonb ->> 'registration')::uuid",
                "SELECT value::uuid FROM json_array_elements_text($2::json) AS t(value)",
            ),
        };
        let statements = [
            format!(
                "UPDATE history SET details = {} \
                 WHERE organisation_id = $1 AND event LIKE 'registration.%' \
                     AND training_id IN (SELECT r.training_id FROM registrations r WHERE r.organisation_id = $1 AND {}) AND {named} IN ({listed})",
                without(dialect, "name"),
                among("r.id")
            ),
            // What they did themselves names nobody but by the name that they typed.
            format!(
                "UPDATE history SET actor_name = '' WHERE organisation_id = $1 AND actor_id IS NULL AND user_id IS NULL AND actor_name <> '' \
                     AND training_id IN (SELECT r.training_id FROM registrations r WHERE r.organisation_id = $1 AND {}) \
                     AND EXISTS (SELECT 1 FROM registrations r WHERE r.organisation_id = $1 AND r.training_id = history.training_id \
                         AND TRIM(r.first_name || ' ' || r.last_name) = history.actor_name AND {})",
                among("r.id"),
                among("r.id")
            ),
            format!(
                "DELETE FROM registration_answers WHERE organisation_id = $1 AND {}",
                among("registration_id")
            ),
            format!(
                "DELETE FROM space_sessions WHERE organisation_id = $1 AND {}",
                among("registration_id")
            ),
        ];
        for sql in statements {
            on!(self, c => sqlx::query(AssertSqlSafe(sql))
                .bind(organisation_id.0)
                .bind(ids(&found))
                .execute(c)
                .await
                .map(|_| ()))?;
        }
        let sql = format!(
            "UPDATE registrations SET first_name = '', last_name = '', sort_key = '', email = NULL, mobile = NULL, forgotten_at = $3, \
                 decided_at = CASE WHEN state = 'pending' THEN $3 ELSE decided_at END, state = 'refused' \
             WHERE organisation_id = $1 AND {}",
            among("id")
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(ids(&found))
            .bind(now.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(u32::try_from(found.len()).unwrap_or(u32::MAX))
    }

    /// Removes up to `limit` texts of messages that were sent at `before` or earlier, which is `days` ago. How many.
    pub async fn remove_texts(
        &mut self,
        organisation_id: OrganisationId,
        (before, days): (Timestamp, u32),
        limit: u32,
    ) -> Result<u32> {
        let sql = format!(
            "UPDATE messages SET subject = NULL, body = NULL, text_removed = $3 WHERE id IN \
                 (SELECT m.id FROM messages m WHERE {OLD_TEXTS} ORDER BY COALESCE(m.sent_at, m.created_at) LIMIT $4{})",
            self.dialect().for_update()
        );
        let done = on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(before.0)
            .bind(i64::from(days))
            .bind(i64::from(limit))
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(u32::try_from(done).unwrap_or(u32::MAX))
    }

    /// The organisations that keep something for some days only, whose work of the night is not done that begins at `night(time zone)`.
    pub async fn retention_waits(
        &mut self,
        night: impl Fn(&str) -> Option<Timestamp>,
    ) -> Result<Vec<OrganisationId>> {
        let rows: Vec<(Uuid, String, i64)> = on!(self, c => sqlx::query_as(
            "SELECT id, time_zone, retention_since FROM organisations \
             WHERE forget_days IS NOT NULL OR text_days IS NOT NULL ORDER BY id",
        )
        .fetch_all(c)
        .await)?;
        Ok(rows
            .into_iter()
            .filter(|(_, zone, since)| night(zone).is_some_and(|begins| *since < begins.0))
            .map(|(id, ..)| OrganisationId(id))
            .collect())
    }

    /// Says that what an organisation keeps for some days is looked at again in the night that follows `at`.
    pub async fn retention_rests(
        &mut self,
        organisation_id: OrganisationId,
        at: Timestamp,
    ) -> Result<()> {
        on!(self, c => sqlx::query("UPDATE organisations SET retention_since = $2 WHERE id = $1 AND retention_since < $2")
            .bind(organisation_id.0)
            .bind(at.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }
}

/// The details of a line of the history without one of their words.
fn without(dialect: Dialect, word: &str) -> String {
    match dialect {
        Dialect::Sqlite => format!("json_remove(details, '$.{word}')"),
        Dialect::Postgres => format!("(details::jsonb - '{word}')::text"),
    }
}

#[cfg(test)]
mod tests;
