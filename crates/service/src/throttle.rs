//! So many attempts in a quarter of an hour, and no more.

use crate::{OrFailure, Outcome, Service, tokens};
use convoke_domain::{Refusal, Timestamp};
use convoke_storage::{StorageError, Transaction};

/// How far back attempts count.
pub const WINDOW_SECONDS: i64 = 15 * 60;

/// A number of attempts that is allowed in the window.
pub struct Limit {
    /// What they are counted under.
    pub key: String,
    most: u32,
}

impl Limit {
    /// At most `most` attempts at `what` by, or at, somebody.
    pub fn new(what: &str, whose: &str, most: u32) -> Self {
        Self {
            key: tokens::hash(&format!("{what} {whose}")),
            most,
        }
    }

    /// Milliseconds until an attempt is allowed again; `None` when one is allowed now.
    pub(crate) async fn wait(
        &self,
        tx: &mut Transaction,
        now: Timestamp,
    ) -> Result<Option<i64>, StorageError> {
        let since = now.plus_seconds(-WINDOW_SECONDS);
        let at = tx
            .nth_last_sign_in_failure(&self.key, since, self.most)
            .await?;
        Ok(at.map(|at| at.plus_seconds(WINDOW_SECONDS).since(now).max(1)))
    }
}

/// The refusal of an attempt that is allowed again in so many milliseconds.
pub fn too_many(milliseconds: i64) -> Refusal {
    Refusal::TooMany {
        retry_after: u32::try_from((milliseconds + 999) / 1_000).unwrap_or(u32::MAX),
    }
}

/// Counts an attempt under all these limits, or refuses it.
pub(crate) async fn count(
    service: &Service,
    tx: &mut Transaction,
    limits: &[Limit],
) -> Outcome<()> {
    let now = service.clock.now();
    for limit in limits {
        tx.lock_sign_in_key(&limit.key).await.or_failure(service)?;
        if let Some(wait) = limit.wait(tx, now).await.or_failure(service)? {
            return Err(too_many(wait));
        }
    }
    for limit in limits {
        tx.add_sign_in_failure(&limit.key, now)
            .await
            .or_failure(service)?;
    }
    Ok(())
}
