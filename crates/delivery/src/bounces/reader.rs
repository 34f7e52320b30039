//! Reads the mailbox again and again, and notes what it says about messages.
//!
//! One process at a time does it (a lease in the database); that two should do it at once would do no harm, because a report that is heard twice is no news.
//! What was looked at is remembered by its number, so that mails that say nothing about a message stay as they are, unread.

use super::mailbox::{Mailbox, MailboxError};
use super::{BouncesTarget, read};
use convoke_domain::{Clock, Timestamp};
use convoke_storage::outbox::NewReport;
use convoke_storage::{Storage, StorageError, Transaction};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How often the mailbox is read.
const EVERY: Duration = Duration::from_mins(1);
/// How long one visit may take.
const VISIT: Duration = Duration::from_mins(2);
/// How long the mailbox belongs to a process that says nothing: longer than a visit.
const LEASE_SECONDS: i64 = 150;
/// The name of the lease, and of what is known about the mailbox.
const NAME: &str = "bounces";

/// What is known about the mailbox, by every process.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxState {
    /// Its address without credentials.
    pub mailbox: String,
    /// When it was read last.
    pub read_at: Option<Timestamp>,
    /// Why it cannot be read, if it cannot.
    pub problem: Option<String>,
    /// Which numbering the number is of.
    numbering: u32,
    /// The highest number that was looked at.
    seen: u32,
}

impl MailboxState {
    /// What is known; `None` where no mailbox is read.
    pub async fn load(tx: &mut Transaction) -> Result<Option<Self>, StorageError> {
        let stored = tx.installation_value(NAME).await?;
        Ok(stored.and_then(|text| serde_json::from_str(&text).ok()))
    }

    async fn store(&self, tx: &mut Transaction) -> Result<(), StorageError> {
        let text = serde_json::to_string(self).unwrap_or_default();
        tx.set_installation_value(NAME, &text).await
    }

    /// No mailbox is read any more.
    pub async fn forget(storage: &Storage) -> Result<(), StorageError> {
        let mut tx = storage.begin().await?;
        tx.remove_installation_value(NAME).await?;
        tx.commit().await
    }
}

/// Why a visit to the mailbox came to nothing.
#[derive(Debug, thiserror::Error)]
enum VisitError {
    #[error(transparent)]
    Mailbox(#[from] MailboxError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Reads the mailbox that mails come back to.
pub struct BounceReader {
    storage: Storage,
    clock: Arc<dyn Clock>,
    target: BouncesTarget,
    owner: String,
}

impl BounceReader {
    /// Reads `target`; `owner` is a name that no other process has.
    pub fn new(
        storage: Storage,
        clock: Arc<dyn Clock>,
        target: BouncesTarget,
        owner: String,
    ) -> Self {
        Self {
            storage,
            clock,
            target,
            owner,
        }
    }

    /// Reads until `shutdown` says true, or its sender is gone.
    pub async fn run(&self, mut shutdown: watch::Receiver<bool>) {
        loop {
            tokio::select! {
                read = self.read_once() => {
                    if let Err(error) = read {
                        tracing::error!(%error, "what came back cannot be noted");
                    }
                }
                _ = shutdown.wait_for(|stop| *stop) => return,
            }
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                _ = shutdown.wait_for(|stop| *stop) => return,
            }
        }
    }

    /// Reads what is new, once, unless another process does at the moment. How many mails were about messages of ours.
    pub async fn read_once(&self) -> Result<usize, StorageError> {
        let now = self.clock.now();
        let mut tx = self.storage.begin().await?;
        let until = now.plus_seconds(LEASE_SECONDS);
        let mine = tx.take_lease(NAME, &self.owner, now, until).await?;
        let known = MailboxState::load(&mut tx).await?;
        tx.commit().await?;
        if !mine {
            return Ok(0);
        }
        let mailbox = self.target.to_string();
        let mut state = known
            .filter(|known| known.mailbox == mailbox)
            .unwrap_or_default();
        state.mailbox = mailbox;
        let was_broken = state.problem.is_some();
        let visit = tokio::time::timeout(VISIT, self.visit(&mut state)).await;
        let read = match visit.unwrap_or(Err(MailboxError::Silent.into())) {
            Ok(read) => {
                if was_broken {
                    tracing::info!(mailbox = %self.target, "the mailbox can be read again");
                }
                state.problem = None;
                state.read_at = Some(now);
                read
            }
            Err(VisitError::Storage(error)) => return Err(error),
            Err(VisitError::Mailbox(error)) => {
                if !was_broken {
                    tracing::warn!(mailbox = %self.target, %error, "the mailbox that mails come back to cannot be read");
                }
                state.problem = Some(crate::render::one_line(&error.to_string()));
                0
            }
        };
        let mut tx = self.storage.begin().await?;
        state.store(&mut tx).await?;
        tx.commit().await?;
        Ok(read)
    }

    async fn visit(&self, state: &mut MailboxState) -> Result<usize, VisitError> {
        let mut mailbox = Mailbox::open(&self.target).await?;
        if mailbox.numbering != state.numbering {
            // Another mailbox, or one that was made anew: what was looked at is not known.
            state.numbering = mailbox.numbering;
            state.seen = 0;
        }
        let mails = mailbox.unread(state.seen).await?;
        let mut ours = Vec::new();
        for mail in &mails {
            if let Some(back) = read(&mail.raw) {
                let new = NewReport {
                    message_id: back.message_id,
                    report: back.report,
                    detail: back.detail,
                    at: self.clock.now(),
                };
                let mut tx = self.storage.begin().await?;
                let heard = tx.report(&new).await?;
                tx.commit().await?;
                if heard.is_some() {
                    ours.push(mail.uid);
                }
            }
        }
        mailbox.mark_read(&ours).await?;
        // Only now: what was not noted is looked at again.
        state.seen = mails.last().map_or(state.seen, |mail| mail.uid);
        mailbox.close().await;
        Ok(ours.len())
    }
}
