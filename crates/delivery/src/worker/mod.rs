//! The worker that empties the outbox.
//!
//! Any number may run over one database, in one process or many. Each row is marked as being sent, and the mark is committed, before it is handed
//! over; so a crash leaves a message sent and recorded, or not begun, or marked, and a marked one is never sent again by itself.

mod attachments;
mod hands;
mod lane;
mod pacing;
mod prepare;
mod retry;
mod writing;

use crate::attachments::{FileSource, NoFiles};
use crate::gateway::Gateways;
use crate::pace::Paces;
use crate::target::Sender;
use attachments::Shelf;
use convoke_domain::{Channel, Clock, Random};
use convoke_storage::{Storage, StorageError};
use lane::{Lane, Turn};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// How long a row belongs to a worker that says nothing; renewed while it waits for an answer.
const LEASE_SECONDS: i64 = 30;
/// How often an idle worker looks whether something is due.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How often rows of dead workers are looked for.
const RECLAIM_EVERY: Duration = Duration::from_secs(5);
/// The pause after the database refused.
const PAUSE: Duration = Duration::from_secs(1);

/// Empties the outbox.
pub struct Worker {
    storage: Storage,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    bell: Arc<Notify>,
    gateways: Gateways,
    base_url: String,
    from: Sender,
    owner: String,
    paces: Paces,
    /// What the links by which readers say that they want no more are derived from, once it was read.
    stop_key: OnceLock<String>,
    shelf: Arc<Shelf>,
}

impl Worker {
    /// A worker over `storage`. `bell` is rung when messages were queued in this process; `base_url` is what links begin with; `from` is
    /// whom calendar entries name as their sender.
    pub fn new(
        storage: Storage,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        bell: Arc<Notify>,
        gateways: Gateways,
        base_url: &str,
        from: Sender,
    ) -> Self {
        let mut bytes = [0; 8];
        random.fill(&mut bytes);
        let shelf = Arc::new(Shelf::new(Arc::new(NoFiles), clock.clone()));
        Self {
            storage,
            clock,
            random,
            bell,
            gateways,
            base_url: base_url.trim_end_matches('/').to_owned(),
            from,
            // A process that is started again is another owner.
            owner: format!("{}-{:016x}", std::process::id(), u64::from_be_bytes(bytes)),
            paces: Paces::default(),
            stop_key: OnceLock::new(),
            shelf,
        }
    }

    /// The same; what messages take along is read from `files`. Without it messages that take something along wait.
    #[must_use]
    pub fn with_files(mut self, files: Arc<dyn FileSource>) -> Self {
        self.shelf = Arc::new(Shelf::new(files, self.clock.clone()));
        self
    }

    /// The same at these paces.
    #[must_use]
    pub const fn with_paces(mut self, paces: Paces) -> Self {
        self.paces = paces;
        self
    }

    /// Works until `shutdown` says true (or its sender is gone); then what is on its way is finished and recorded.
    pub async fn run(&self, shutdown: watch::Receiver<bool>) {
        self.begin().await;
        let bells = [Notify::new(), Notify::new()];
        tokio::join!(
            self.reclaim(shutdown.clone()),
            self.ring(&bells, shutdown.clone()),
            self.empty(Channel::Email, &bells[0], shutdown.clone()),
            self.empty(Channel::Sms, &bells[1], shutdown),
        );
    }

    /// Works until nothing is due any more, and gives how many messages were taken up. For commands and tests.
    pub async fn drain(&self) -> Result<usize, StorageError> {
        let mut taken = 0;
        for channel in Channel::ALL {
            let mut lane = Lane::new(self, *channel);
            loop {
                let turn = lane.turn(true).await?;
                taken += turn.taken;
                if lane.is_idle() {
                    if !turn.found() {
                        break;
                    }
                } else {
                    lane.returned().await;
                }
            }
            taken -= lane.gave_back;
        }
        Ok(taken)
    }

    /// Takes back, once, what dead workers left in the middle; gives how many messages became uncertain.
    pub async fn reclaim_once(&self) -> Result<u64, StorageError> {
        let mut transaction = self.storage.begin().await?;
        let taken = transaction.reclaim(self.clock.now()).await?;
        transaction.commit().await?;
        Ok(taken)
    }

    async fn begin(&self) {
        let noted = async {
            let mut transaction = self.storage.begin().await?;
            self.begin_pacing(&mut transaction).await?;
            for channel in Channel::ALL {
                let destination = self.gateways.of(*channel).destination();
                transaction.set_destination(*channel, &destination).await?;
            }
            transaction.commit().await
        };
        if let Err(error) = noted.await {
            tracing::error!(%error, "where messages go and how fast could not be noted");
        }
    }

    /// One bell rings for both channels.
    async fn ring(&self, bells: &[Notify; 2], mut shutdown: watch::Receiver<bool>) {
        loop {
            tokio::select! {
                () = self.bell.notified() => bells.iter().for_each(Notify::notify_one),
                () = stopped(&mut shutdown) => return,
            }
        }
    }

    async fn reclaim(&self, mut shutdown: watch::Receiver<bool>) {
        loop {
            self.shelf.tidy();
            match self.reclaim_once().await {
                Ok(0) => {}
                Ok(messages) => {
                    tracing::warn!(messages, "a worker died while sending: uncertain");
                }
                Err(error) => tracing::error!(%error, "the outbox cannot be looked through"),
            }
            tokio::select! {
                () = tokio::time::sleep(RECLAIM_EVERY) => {}
                () = stopped(&mut shutdown) => return,
            }
        }
    }

    async fn empty(&self, channel: Channel, bell: &Notify, mut shutdown: watch::Receiver<bool>) {
        let mut lane = Lane::new(self, channel);
        // After a turn that found something the next one need not look first.
        let mut busy = false;
        loop {
            // Without a sender nobody can ask for an end any more: the program is ending.
            let stopping = *shutdown.borrow() || shutdown.has_changed().is_err();
            if stopping {
                lane.let_go();
                if lane.is_idle() {
                    return;
                }
            }
            let turn = match self.turn(&mut lane, !stopping, busy).await {
                Ok(turn) => turn,
                Err(error) => {
                    tracing::error!(%error, %channel, "the outbox cannot be worked on");
                    busy = false;
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            };
            busy = turn.found();
            if turn.sorted > 0 {
                continue;
            }
            tokio::select! {
                biased;
                () = lane.returned() => {}
                () = bell.notified() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = stopped(&mut shutdown), if !stopping => {}
            }
        }
    }

    /// A turn, unless there is nothing to do: a look costs less than a transaction that writes.
    async fn turn(
        &self,
        lane: &mut Lane<'_>,
        take: bool,
        busy: bool,
    ) -> Result<Turn, StorageError> {
        let due = take && (busy || lane.is_due().await?);
        if !due && !lane.has_results() && !lane.must_renew() {
            return Ok(Turn::default());
        }
        lane.turn(due).await
    }
}

/// Waits until the receiver says true, or nobody can say so any more.
async fn stopped(shutdown: &mut watch::Receiver<bool>) {
    let _ = shutdown.wait_for(|stop| *stop).await;
}
