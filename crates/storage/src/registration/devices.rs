//! Which devices have opened a training's list, and which of them are locked to it.

use crate::macros::on;
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::{OrganisationId, Timestamp, TrainingId};

/// A device that has opened the list of a training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainingDevice {
    /// SHA-256 of the device's id, in hexadecimal.
    pub device_hash: String,
    /// When it last did, give or take some minutes.
    pub seen_at: Timestamp,
    /// Since when it is locked to the training.
    pub locked_at: Option<Timestamp>,
    /// The PIN that unlocks it, as a PHC string.
    pub pin_hash: Option<String>,
}

from_row!(TrainingDevice {
    device_hash,
    seen_at,
    locked_at,
    pin_hash
});

impl Transaction {
    /// Notes that a device has a training's list open. Devices that were last seen before `forgotten` are forgotten, whichever training they were seen with.
    pub async fn see_device(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
        device_hash: &str,
        (at, forgotten): (Timestamp, Timestamp),
    ) -> Result<()> {
        on!(self, c => sqlx::query("DELETE FROM training_devices WHERE seen_at < $1")
            .bind(forgotten.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        on!(self, c => sqlx::query(
            "INSERT INTO training_devices (training_id, device_hash, organisation_id, seen_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (training_id, device_hash) DO UPDATE SET seen_at = excluded.seen_at",
        )
        .bind(training_id.0)
        .bind(device_hash)
        .bind(organisation_id.0)
        .bind(at.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// What is known of a device and a training.
    pub async fn training_device(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
        device_hash: &str,
    ) -> Result<Option<TrainingDevice>> {
        Ok(on!(self, c => sqlx::query_as(
            "SELECT device_hash, seen_at, locked_at, pin_hash FROM training_devices \
             WHERE organisation_id = $1 AND training_id = $2 AND device_hash = $3",
        )
        .bind(organisation_id.0)
        .bind(training_id.0)
        .bind(device_hash)
        .fetch_optional(c)
        .await)?)
    }

    /// Up to `limit` devices of a training: first those that are locked, then those that were seen last; and how many there are.
    pub async fn training_devices(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
        limit: u32,
    ) -> Result<(Vec<TrainingDevice>, u32)> {
        let rows = on!(self, c => sqlx::query_as(
            "SELECT device_hash, seen_at, locked_at, pin_hash FROM training_devices \
             WHERE organisation_id = $1 AND training_id = $2 \
             ORDER BY CASE WHEN locked_at IS NULL THEN 1 ELSE 0 END, seen_at DESC, device_hash LIMIT $3",
        )
        .bind(organisation_id.0)
        .bind(training_id.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?;
        let all: i64 = on!(self, c => sqlx::query_scalar(
            "SELECT COUNT(*) FROM training_devices WHERE organisation_id = $1 AND training_id = $2",
        )
        .bind(organisation_id.0)
        .bind(training_id.0)
        .fetch_one(c)
        .await)?;
        Ok((rows, crate::count(all)))
    }

    /// Locks a device to a training.
    pub async fn lock_device(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
        device_hash: &str,
        pin_hash: &str,
        at: Timestamp,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO training_devices (training_id, device_hash, organisation_id, seen_at, locked_at, pin_hash) \
             VALUES ($1, $2, $3, $4, $4, $5) ON CONFLICT (training_id, device_hash) DO UPDATE SET \
                 seen_at = excluded.seen_at, locked_at = excluded.locked_at, pin_hash = excluded.pin_hash",
        )
        .bind(training_id.0)
        .bind(device_hash)
        .bind(organisation_id.0)
        .bind(at.0)
        .bind(pin_hash)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Unlocks a device. Whether it was locked: of two who unlock it at once, one is told so.
    pub async fn unlock_device(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
        device_hash: &str,
    ) -> Result<bool> {
        let rows = on!(self, c => sqlx::query(
            "UPDATE training_devices SET locked_at = NULL, pin_hash = NULL \
             WHERE organisation_id = $1 AND training_id = $2 AND device_hash = $3 AND locked_at IS NOT NULL",
        )
        .bind(organisation_id.0)
        .bind(training_id.0)
        .bind(device_hash)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows > 0)
    }
}
