//! One channel's part of the worker: a loop that marks, hands over and records.
//!
//! Every turn is one transaction that records what has come back and marks what goes next, so that the disk is waited
//! for once in a turn and not once in a message; meanwhile those that are on their way go on, and those that are ready follow them. A turn begins when
//! something has come back and a moment has passed, or when few are left that are ready.

use super::hands::{Hands, Returned};
use super::{LEASE_SECONDS, Worker};
use convoke_domain::{Channel, MessageId, Timestamp};
use convoke_storage::outbox::{Outcome, Recorded};
use convoke_storage::{Dialect, StorageError};
use std::collections::HashSet;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// How often a stopped channel is tried with one message.
const PROBE_SECONDS: i64 = 60;
/// The most messages that are marked and wait for their turn to be handed over.
///
/// They are marked as being sent, so a crash leaves them in doubt. A quick mail server takes dozens while one transaction lasts, and would wait for the
/// next one; a slow one takes none, and then none are marked ahead of it.
const MOST_AHEAD: usize = 252;
/// How long others may come back after the first, to be recorded in the same transaction: each costs the database, and whoever watches the training, the same for one message and for
/// fifty. Nobody sees so short a while, and a crash leaves hardly more in doubt. A turn begins earlier when the hands would have to wait for it.
const GATHER: Duration = Duration::from_millis(20);
/// The pause after nobody answered at the other end, doubled each time.
const FIRST_PAUSE_MS: i64 = 1_000;
/// The longest such pause.
const LONGEST_PAUSE_MS: i64 = 30_000;

/// What a turn brought.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Turn {
    /// How many messages were started or ended.
    pub(super) taken: usize,
    /// How many wait for the turn of their domain now; behind them there may be others.
    pub(super) sorted: usize,
}

impl Turn {
    /// Whether there was anything, so that there may be more.
    pub(super) const fn found(self) -> bool {
        self.taken > 0 || self.sorted > 0
    }
}

pub(super) struct Lane<'a> {
    worker: &'a Worker,
    channel: Channel,
    owner: String,
    hands: Hands,
    under_way: HashSet<MessageId>,
    /// Came back, not yet recorded; never lost, however often the database refuses.
    finished: Vec<Recorded>,
    /// Marked and not begun, to be given back.
    not_begun: Vec<MessageId>,
    /// How many were given back so far.
    pub(super) gave_back: usize,
    /// Why the channel has to stop, until that is recorded.
    stop: Option<String>,
    /// Whether the channel was stopped when it was last looked at.
    stopped: bool,
    /// Whether the other end took a message or refused it for its own sake, until that is recorded.
    judged: bool,
    /// How many came back since the last turn began.
    pace: usize,
    /// Until when more may come back before they are recorded; `None` while none has.
    gathers_until: Option<Instant>,
    /// How many in a row became uncertain.
    doubts: usize,
    /// How long nothing is taken once nobody answered; 0 while somebody does.
    pause_ms: i64,
    paused_until: Timestamp,
    renewed_at: Timestamp,
    probe_at: Timestamp,
}

impl<'a> Lane<'a> {
    pub(super) fn new(worker: &'a Worker, channel: Channel) -> Self {
        Self {
            worker,
            channel,
            owner: format!("{}/{channel}", worker.owner),
            hands: Hands::new(worker, worker.gateways.of(channel).clone()),
            under_way: HashSet::new(),
            finished: Vec::new(),
            not_begun: Vec::new(),
            gave_back: 0,
            stop: None,
            stopped: false,
            judged: false,
            pace: 0,
            gathers_until: None,
            doubts: 0,
            pause_ms: 0,
            paused_until: Timestamp(0),
            renewed_at: worker.clock.now(),
            probe_at: Timestamp(0),
        }
    }

    /// Whether nothing is on its way and nothing waits to be recorded.
    pub(super) fn is_idle(&self) -> bool {
        self.under_way.is_empty() && !self.has_results()
    }

    /// Whether there is something to record.
    pub(super) fn has_results(&self) -> bool {
        !self.finished.is_empty() || !self.not_begun.is_empty()
    }

    /// What is ready and not begun is given back.
    pub(super) fn let_go(&mut self) {
        let back = self.hands.take_back();
        for id in &back {
            self.under_way.remove(id);
        }
        self.gave_back += back.len();
        self.not_begun.extend(back);
        if self.has_results() {
            self.gathers();
        }
    }

    /// Records what came back and, if `take`, marks and starts what comes next.
    pub(super) async fn turn(&mut self, take: bool) -> Result<Turn, StorageError> {
        let worker = self.worker;
        let now = worker.clock.now();
        let room = if take { self.room(now) } else { 0 };
        self.pace = 0;
        self.gathers_until = None;
        let mut transaction = worker.storage.begin().await?;
        transaction.give_back(&self.owner, &self.not_begun).await?;
        let mut heard = false;
        if !self.finished.is_empty() {
            heard = true;
            transaction.record(&self.owner, now, &self.finished).await?;
            if let Some(reason) = &self.stop {
                transaction.stop_channel(self.channel, now, reason).await?;
            } else if self.stopped && self.judged && transaction.start_channel(self.channel).await?
            {
                tracing::info!(channel = %self.channel, "the channel works again");
            }
            if worker.storage.dialect() == Dialect::Postgres {
                // Locks on trainings are not held while others are looked for.
                transaction.commit().await?;
                self.recorded(now);
                transaction = worker.storage.begin().await?;
            }
        }
        if self.must_renew() {
            let ids: Vec<MessageId> = self.under_way.iter().copied().collect();
            let until = now.plus_seconds(LEASE_SECONDS);
            transaction.renew_leases(&self.owner, &ids, until).await?;
            self.renewed_at = now;
        }
        let mut batch = super::prepare::Batch::default();
        if room > 0 {
            self.stopped = transaction.stopped_channel(self.channel).await?.is_some();
            let limit = match self.stopped {
                false => room,
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
        self.not_begun.clear();
        if heard {
            self.recorded(now);
        }
        let taken = batch.ready.len() + batch.ended.len();
        if !batch.ended.is_empty() {
            self.finished.extend(batch.ended);
            self.gathers();
        }
        self.under_way
            .extend(batch.ready.iter().map(|marked| marked.facts.id));
        self.hands.give(batch.ready);
        self.collect();
        // The hands are not to wait for the next turn: as many as came back during this one are ready when it begins.
        self.hands.ring_at(self.hands.count() + self.pace);
        Ok(Turn {
            taken,
            sorted: batch.sorted,
        })
    }

    /// How many may be marked: as many as can be in hand at once, and to follow them twice as many as came back since the last turn began.
    fn room(&self, now: Timestamp) -> usize {
        if now < self.paused_until {
            return 0;
        }
        let wanted = if self.pause_ms > 0 {
            // One shall try whether somebody answers again.
            1
        } else {
            self.hands.count() + (self.pace * 2).min(MOST_AHEAD)
        };
        wanted.saturating_sub(self.under_way.len())
    }

    /// What was to be recorded is recorded.
    fn recorded(&mut self, now: Timestamp) {
        self.finished.clear();
        self.judged = false;
        if let Some(reason) = self.stop.take() {
            tracing::warn!(channel = %self.channel, reason, "the channel is stopped");
            self.probe_at = now.plus_seconds(PROBE_SECONDS);
        }
    }

    /// Waits until so much has come back that it is worth a transaction: what comes within a moment, or less when few are left that are ready. Never ends while
    /// nothing is on its way.
    pub(super) async fn returned(&mut self) {
        loop {
            let look = self.hands.look();
            if look.unusual {
                // Perhaps nothing more is to be begun.
                self.collect();
                continue;
            }
            if look.returned {
                self.gathers();
            }
            let now = Instant::now();
            if self
                .gathers_until
                .is_some_and(|until| until <= now || look.few)
            {
                self.collect();
                return;
            }
            if look.begin_by.is_some_and(|until| until <= now) {
                // The other end begins to hang.
                self.let_go();
                continue;
            }
            match self.gathers_until.into_iter().chain(look.begin_by).min() {
                // Whether the bell rang or the time is over is seen by the next look.
                Some(until) => drop(timeout_at(until, self.hands.bell()).await),
                None => self.hands.bell().await,
            }
        }
    }

    /// There is something to record: what else comes within a moment is recorded with it.
    fn gathers(&mut self) {
        self.gathers_until
            .get_or_insert_with(|| Instant::now() + GATHER);
    }

    /// Takes whatever has come back already.
    fn collect(&mut self) {
        for returned in self.hands.returned() {
            self.take(returned);
        }
    }

    fn take(&mut self, returned: Returned) {
        self.gathers();
        match returned {
            Returned::Answered {
                recorded,
                stop,
                unreachable,
                judged,
            } => {
                self.under_way.remove(&recorded.leased.id);
                self.pace += 1;
                self.judged |= judged;
                if matches!(recorded.outcome, Outcome::Uncertain { .. }) {
                    self.doubts += 1;
                    // A gateway that takes everything and answers nothing shall not have the whole queue.
                    if self.doubts >= self.hands.count() || self.pause_ms > 0 {
                        self.nobody_answers();
                    }
                } else if unreachable {
                    self.nobody_answers();
                } else {
                    self.doubts = 0;
                    self.pause_ms = 0;
                }
                if stop.is_some() {
                    self.stop = stop;
                    // Whoever is refused for a wrong password does not try it a hundred times.
                    self.let_go();
                }
                self.finished.push(recorded);
            }
            Returned::BrokeOff(id) => {
                // Its row stays marked until the lease runs out, and is uncertain then.
                self.under_way.remove(&id);
                tracing::error!(message = %id, "handing a message over broke off");
            }
        }
    }

    /// Nobody answers at the other end: the others would not get further than this one.
    fn nobody_answers(&mut self) {
        let now = self.worker.clock.now();
        self.let_go();
        if now >= self.paused_until {
            self.pause_ms = (self.pause_ms * 2).clamp(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
            self.paused_until = Timestamp(now.0 + self.pause_ms);
        }
    }

    /// Whether a message is due now that may be taken.
    pub(super) async fn is_due(&self) -> Result<bool, StorageError> {
        let now = self.worker.clock.now();
        if self.room(now) == 0 {
            return Ok(false);
        }
        let mut transaction = self.worker.storage.read().await?;
        let due = transaction.next_due(&[self.channel]).await?;
        if due.is_some_and(|at| at <= now) {
            return Ok(true);
        }
        self.worker
            .is_a_domains_turn(&mut transaction, self.channel, now)
            .await
    }

    /// Whether it is time to keep the rows that are on their way for longer.
    pub(super) fn must_renew(&self) -> bool {
        !self.under_way.is_empty()
            && self.worker.clock.now().since(self.renewed_at) > LEASE_SECONDS * 1_000 / 3
    }
}
