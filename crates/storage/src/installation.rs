//! Facts about the installation as a whole, each a name and a text.

use crate::macros::on;
use crate::{Result, Transaction};

impl Transaction {
    /// The value of a fact.
    pub async fn installation_value(&mut self, name: &str) -> Result<Option<String>> {
        Ok(
            on!(self, c => sqlx::query_scalar::<_, String>("SELECT value FROM installation WHERE name = $1")
            .bind(name)
            .fetch_optional(c)
            .await)?,
        )
    }

    /// Notes a fact, in place of its earlier value.
    pub async fn set_installation_value(&mut self, name: &str, value: &str) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(name)
        .bind(value)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Forgets a fact. Whether it was there: of several who forget it at once, one is told so.
    pub async fn remove_installation_value(&mut self, name: &str) -> Result<bool> {
        let rows = on!(self, c => sqlx::query("DELETE FROM installation WHERE name = $1")
            .bind(name)
            .execute(c)
            .await
            .map(|done| done.rows_affected()))?;
        Ok(rows > 0)
    }
}
