//! How fast messages may go, for all processes over one database together: when the next one under a name is due at an even pace, and which messages
//! wait for the turn of their domain. What a pace is, the worker says.

use super::Holds::{Id, Text};
use super::{hex, listed};
use crate::macros::on;
use crate::{Dialect, Result, Transaction};
use convoke_domain::{MessageId, Timestamp};
use serde_json::json;
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

/// The most domains whose turn is looked for at once.
const DOMAINS: i64 = 50;

/// The name of a domain's pace.
pub fn pace_of_domain(domain: &str) -> String {
    format!("email/{domain}")
}

impl Transaction {
    /// When the next message under each name is due, in Unix milliseconds; 0 for a name that is new. They are this transaction's until its end: another
    /// process that asks waits so long. Give all names at once, else two who ask may wait for each other.
    pub async fn paces(&mut self, names: &[String]) -> Result<BTreeMap<String, i64>> {
        let mut paces = BTreeMap::new();
        let mut names: Vec<&String> = names.iter().collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            // Writing is what locks the row, also one that was not there.
            let at: i64 = on!(self, c => sqlx::query_scalar(
                "INSERT INTO paces (name, next_at) VALUES ($1, 0) ON CONFLICT (name) DO UPDATE SET next_at = paces.next_at RETURNING next_at",
            )
            .bind(name)
            .fetch_one(c)
            .await)?;
            paces.insert(name.clone(), at);
        }
        Ok(paces)
    }

    /// Notes when the next message under each name is due.
    pub async fn set_paces(&mut self, paces: &BTreeMap<String, i64>) -> Result<()> {
        for (name, at) in paces {
            on!(self, c => sqlx::query("UPDATE paces SET next_at = $2 WHERE name = $1")
                .bind(name)
                .bind(at)
                .execute(c)
                .await
                .map(|_| ()))?;
        }
        Ok(())
    }

    /// Forgets paces that nothing was sent under since `before`: they would hold nothing back.
    pub async fn forget_paces(&mut self, before: Timestamp) -> Result<()> {
        on!(self, c => sqlx::query("DELETE FROM paces WHERE next_at < $1")
            .bind(before.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// The domains that messages wait for whose turn it is: the next message to them was due before `until`.
    pub async fn domains_whose_turn_it_is(&mut self, until: Timestamp) -> Result<Vec<String>> {
        // From one domain to the next: going through all that wait would take as long as there are messages.
        let domains: Vec<String> = on!(self, c => sqlx::query_scalar(
            "WITH RECURSIVE d (name) AS ( \
                 SELECT MIN(waits_for) FROM messages WHERE state = 'queued' AND waits_for IS NOT NULL \
                 UNION ALL \
                 SELECT (SELECT MIN(waits_for) FROM messages WHERE state = 'queued' AND waits_for IS NOT NULL AND waits_for > d.name) \
                 FROM d WHERE d.name IS NOT NULL) \
             SELECT d.name FROM d LEFT JOIN paces p ON p.name = 'email/' || d.name \
             WHERE d.name IS NOT NULL AND COALESCE(p.next_at, 0) <= $1 ORDER BY COALESCE(p.next_at, 0) LIMIT $2",
        )
        .bind(until.0)
        .bind(DOMAINS)
        .fetch_all(c)
        .await)?;
        Ok(domains)
    }

    /// Has queued messages wait for the turn of a domain.
    pub async fn wait_for_domains(&mut self, waiting: &[(MessageId, String)]) -> Result<()> {
        if waiting.is_empty() {
            return Ok(());
        }
        let rows: Vec<_> = waiting
            .iter()
            .map(|(id, domain)| json!({ "id": hex(*id), "domain": domain }))
            .collect();
        let sql = format!(
            "UPDATE messages SET waits_for = r.domain FROM {} AS r WHERE messages.id = r.id AND messages.state = 'queued'",
            listed(self.dialect(), 1, &[("id", Id), ("domain", Text)])
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(serde_json::Value::Array(rows).to_string())
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// No message waits for the turn of its domain any more.
    pub async fn wait_for_no_domain(&mut self) -> Result<()> {
        let skip = match self.dialect() {
            Dialect::Sqlite => "",
            // What is in another worker's hands at this moment is marked in a moment, and waits for nothing then.
            Dialect::Postgres => " FOR UPDATE SKIP LOCKED",
        };
        let sql = format!(
            "UPDATE messages SET waits_for = NULL WHERE id IN (SELECT id FROM messages WHERE state = 'queued' AND waits_for IS NOT NULL{skip})"
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql)).execute(c).await.map(|_| ()))?;
        Ok(())
    }
}
