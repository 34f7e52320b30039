//! When somebody last looked at a training, and what happened since.

use crate::invitations::Tab;
use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::view::VisitNews;
use convoke_domain::{OrganisationId, Timestamp, TrainingId, UserId};
use sqlx::AssertSqlSafe;

impl Transaction {
    /// When somebody last looked at the Invitations tab of a training.
    pub async fn last_visit(
        &mut self,
        user: UserId,
        training_id: TrainingId,
    ) -> Result<Option<Timestamp>> {
        let at: Option<i64> = on!(self, c => sqlx::query_scalar(
            "SELECT seen_at FROM training_visits WHERE user_id = $1 AND training_id = $2",
        )
        .bind(user.0)
        .bind(training_id.0)
        .fetch_optional(c)
        .await)?;
        Ok(at.map(Timestamp))
    }

    /// Notes that somebody looks at it.
    pub async fn note_visit(
        &mut self,
        user: UserId,
        (organisation_id, training_id): (OrganisationId, TrainingId),
        at: Timestamp,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO training_visits (user_id, training_id, organisation_id, seen_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (user_id, training_id) DO UPDATE SET seen_at = excluded.seen_at",
        )
        .bind(user.0)
        .bind(training_id.0)
        .bind(organisation_id.0)
        .bind(at.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// What happened in a training after a moment, to people within the scope. [`VisitNews::since`] is left empty.
    pub async fn news_since(&mut self, tab: Tab<'_>, since: Timestamp) -> Result<VisitNews> {
        struct Row {
            confirmed: i64,
            registered: i64,
            declined: i64,
            waiting: i64,
        }
        from_row!(Row {
            confirmed,
            registered,
            declined,
            waiting
        });
        let within = self.dialect().in_scope("i.user_id", tab.scope, 4);
        let sql = format!(
            "SELECT COUNT(CASE WHEN i.state = 'confirmed' AND i.confirmed_by = 'link' AND i.answered_at > $3 THEN 1 END) AS confirmed, \
                 COUNT(CASE WHEN i.state = 'confirmed' AND i.confirmed_by = 'registration' AND i.state_changed_at > $3 THEN 1 END) AS registered, \
                 COUNT(CASE WHEN i.state = 'declined' AND i.answered_at > $3 THEN 1 END) AS declined, \
                 COUNT(CASE WHEN i.state = 'waiting' AND i.state_changed_at > $3 THEN 1 END) AS waiting \
             FROM invitations i WHERE i.organisation_id = $1 AND i.training_id = $2 AND {within}"
        );
        let row: Row = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(tab.organisation_id.0)
            .bind(tab.training_id.0)
            .bind(since.0)
            .bind(ids(tab.scope.unwrap_or_default()))
            .fetch_one(c)
            .await)?;
        let within = self.dialect().in_scope("m.user_id", tab.scope, 4);
        let sql = format!(
            "SELECT COUNT(*) FROM messages m WHERE m.organisation_id = $1 AND m.training_id = $2 \
             AND (m.state = 'failed' AND m.updated_at > $3 OR m.report = 'bounced' AND m.reported_at > $3) AND {within}"
        );
        let failed: i64 = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(tab.organisation_id.0)
            .bind(tab.training_id.0)
            .bind(since.0)
            .bind(ids(tab.scope.unwrap_or_default()))
            .fetch_one(c)
            .await)?;
        Ok(VisitNews {
            since: String::new(),
            confirmed: crate::count(row.confirmed),
            registered: crate::count(row.registered),
            declined: crate::count(row.declined),
            waiting: crate::count(row.waiting),
            failed: crate::count(failed),
        })
    }
}
