//! One channel's part of the worker: a loop that marks, hands over and records.
//!
//! Every turn is one transaction that records what has come back and marks what goes next, so that the disk is waited
//! for once in a turn and not once in a message; meanwhile those that are on their way go on.

use super::prepare::Prepared;
use super::{LEASE_SECONDS, Worker, retry};
use crate::gateway::{Failure, Gateway};
use convoke_domain::message::Problem;
use convoke_domain::{Channel, MessageId, Timestamp};
use convoke_storage::outbox::{Outcome, Recorded};
use convoke_storage::{Dialect, StorageError};
use std::collections::HashSet;
use std::sync::Arc;
use tokio::task::JoinSet;

/// How often a stopped channel is tried with one message.
const PROBE_SECONDS: i64 = 60;

/// What came back from the gateway: `Err` when the channel has to stop.
struct Returned {
    recorded: Recorded,
    stop: Option<String>,
}

pub(super) struct Lane<'a> {
    worker: &'a Worker,
    channel: Channel,
    owner: String,
    gateway: Arc<dyn Gateway>,
    /// How many rows may be marked at once: only what is really being handed over, so that a crash leaves nothing else in doubt.
    room: usize,
    under_way: JoinSet<Returned>,
    ids: HashSet<MessageId>,
    /// Came back, not yet recorded; never lost, however often the database refuses.
    finished: Vec<Recorded>,
    /// Why the channel has to stop, until that is recorded.
    stop: Option<String>,
    /// Whether the channel was stopped when it was last looked at.
    stopped: bool,
    renewed_at: Timestamp,
    probe_at: Timestamp,
}

impl<'a> Lane<'a> {
    pub(super) fn new(worker: &'a Worker, channel: Channel) -> Self {
        let gateway = worker.gateways.of(channel).clone();
        Self {
            worker,
            channel,
            owner: format!("{}/{channel}", worker.owner),
            room: gateway.concurrency().max(1),
            gateway,
            under_way: JoinSet::new(),
            ids: HashSet::new(),
            finished: Vec::new(),
            stop: None,
            stopped: false,
            renewed_at: worker.clock.now(),
            probe_at: Timestamp(0),
        }
    }

    /// Whether nothing is on its way and nothing waits to be recorded.
    pub(super) fn is_idle(&self) -> bool {
        self.under_way.is_empty() && self.finished.is_empty()
    }

    /// Whether there is something to record.
    pub(super) fn has_results(&self) -> bool {
        !self.finished.is_empty()
    }

    /// Records what came back and, if `take`, marks and starts what comes next. Gives how many were started or ended.
    pub(super) async fn turn(&mut self, take: bool) -> Result<usize, StorageError> {
        let worker = self.worker;
        let now = worker.clock.now();
        let mut transaction = worker.storage.begin().await?;
        let mut heard = 0;
        if !self.finished.is_empty() {
            heard = self.finished.len();
            transaction.record(&self.owner, now, &self.finished).await?;
            if let Some(reason) = &self.stop {
                transaction.stop_channel(self.channel, now, reason).await?;
            } else if self.stopped
                && self.finished.iter().any(|r| answered(&r.outcome))
                && transaction.start_channel(self.channel).await?
            {
                tracing::info!(channel = %self.channel, "the channel works again");
            }
            if worker.storage.dialect() == Dialect::Postgres {
                // Locks on trainings are not held while messages are written.
                transaction.commit().await?;
                self.recorded(now);
                transaction = worker.storage.begin().await?;
            }
        }
        if now.since(self.renewed_at) > LEASE_SECONDS * 1_000 / 3 {
            let ids: Vec<MessageId> = self.ids.iter().copied().collect();
            let until = now.plus_seconds(LEASE_SECONDS);
            transaction.renew_leases(&self.owner, &ids, until).await?;
            self.renewed_at = now;
        }
        let free = self.room.saturating_sub(self.under_way.len());
        let mut batch = super::prepare::Batch::default();
        if take && free > 0 {
            self.stopped = transaction.stopped_channel(self.channel).await?.is_some();
            let limit = match self.stopped {
                false => u32::try_from(free).unwrap_or(u32::MAX),
                true if now >= self.probe_at && self.under_way.is_empty() => {
                    self.probe_at = now.plus_seconds(PROBE_SECONDS);
                    1
                }
                true => 0,
            };
            if limit > 0 {
                batch = worker
                    .prepare(&mut transaction, &self.owner, self.channel, limit)
                    .await?;
            }
        }
        transaction.commit().await?;
        if heard > 0 {
            self.recorded(now);
        }
        let begun = batch.ready.len() + batch.ended.len();
        self.finished.extend(batch.ended);
        for prepared in batch.ready {
            self.start(prepared);
        }
        Ok(begun)
    }

    /// What was to be recorded is recorded.
    fn recorded(&mut self, now: Timestamp) {
        self.finished.clear();
        if let Some(reason) = self.stop.take() {
            tracing::warn!(channel = %self.channel, reason, "the channel is stopped");
            self.probe_at = now.plus_seconds(PROBE_SECONDS);
        }
    }

    fn start(&mut self, prepared: Prepared) {
        self.ids.insert(prepared.leased.id);
        let gateway = self.gateway.clone();
        let clock = self.worker.clock.clone();
        let random = self.worker.random.clone();
        self.under_way.spawn(async move {
            let result = gateway.hand_over(&prepared.parcel).await;
            let mut stop = None;
            let outcome = match result {
                Ok(receipt) => Outcome::Sent {
                    provider_id: receipt.provider_id,
                },
                Err(Failure::TryAgain(detail)) => {
                    match retry::next_attempt(
                        clock.now(),
                        prepared.created_at,
                        prepared.attempts,
                        &*random,
                    ) {
                        Some(at) => Outcome::Retry { at, detail },
                        None => Outcome::Failed {
                            problem: Problem::GaveUp,
                            detail,
                        },
                    }
                }
                Err(Failure::Never(problem, detail)) => Outcome::Failed { problem, detail },
                Err(Failure::StopChannel(detail)) => {
                    stop = Some(detail.clone());
                    Outcome::Waiting { detail }
                }
                Err(Failure::Uncertain(detail)) => Outcome::Uncertain { detail },
            };
            let recorded = Recorded {
                leased: prepared.leased,
                address: Some(prepared.parcel.address),
                subject: Some(prepared.parcel.rendered.subject),
                body: Some(prepared.kept),
                outcome,
            };
            Returned { recorded, stop }
        });
    }

    /// Waits until something comes back, and takes whatever else has. Never ends while nothing is on its way.
    pub(super) async fn returned(&mut self) {
        match self.under_way.join_next().await {
            Some(first) => self.take(first),
            None => std::future::pending().await,
        }
        while let Some(next) = self.under_way.try_join_next() {
            self.take(next);
        }
    }

    fn take(&mut self, result: Result<Returned, tokio::task::JoinError>) {
        match result {
            Ok(returned) => {
                self.ids.remove(&returned.recorded.leased.id);
                self.finished.push(returned.recorded);
                if returned.stop.is_some() {
                    self.stop = returned.stop;
                }
            }
            // Its row stays marked until the lease runs out, and is uncertain then.
            Err(error) => tracing::error!(%error, "handing a message over broke off"),
        }
    }

    /// Whether a message is due now.
    pub(super) async fn is_due(&self) -> Result<bool, StorageError> {
        let now = self.worker.clock.now();
        let mut transaction = self.worker.storage.read().await?;
        let due = transaction.next_due(&[self.channel], now).await?;
        Ok(due.is_some_and(|at| at <= now))
    }

    /// Keeps the rows that are on their way for longer, when it is time.
    pub(super) fn must_renew(&self) -> bool {
        !self.ids.is_empty()
            && self.worker.clock.now().since(self.renewed_at) > LEASE_SECONDS * 1_000 / 3
    }
}

/// Whether the server took us seriously: then nothing stops the channel.
const fn answered(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Sent { .. } | Outcome::Failed { .. })
}
