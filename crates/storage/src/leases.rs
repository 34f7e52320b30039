//! What only one process at a time does, of those that work over one database.

use crate::macros::on;
use crate::{Result, Transaction};
use convoke_domain::Timestamp;

impl Transaction {
    /// Takes or keeps what `name` stands for, until `until`. Whether `owner` has it: nobody else had, or their time had run out.
    pub async fn take_lease(
        &mut self,
        name: &str,
        owner: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool> {
        let rows = on!(self, c => sqlx::query(
            "INSERT INTO leases (name, owner, lease_until) VALUES ($1, $2, $3) \
             ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, lease_until = excluded.lease_until \
             WHERE leases.owner = excluded.owner OR leases.lease_until < $4",
        )
        .bind(name)
        .bind(owner)
        .bind(until.0)
        .bind(now.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows > 0)
    }
}
