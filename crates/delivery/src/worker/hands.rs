//! What hands messages over: several at once, the others in the order in which they were marked.

use super::writing::{Marked, Written};
use super::{Worker, retry};
use crate::gateway::{Failure, Gateway};
use convoke_domain::MessageId;
use convoke_domain::message::Problem;
use convoke_storage::outbox::{Outcome, Recorded};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// What was marked and not begun within this time is given back, so that a server that begins to hang keeps no more than what is in hand.
const BEGIN_WITHIN: Duration = Duration::from_secs(1);

/// What became of a message that was marked.
pub(super) enum Returned {
    /// The gateway answered, or it failed.
    Answered {
        /// What came of it.
        recorded: Recorded,
        /// Why the channel has to stop, if it has to.
        stop: Option<String>,
        /// Whether nobody was there to answer.
        unreachable: bool,
        /// Whether the other end took it, or refused it for its own sake: nothing stops the channel then.
        judged: bool,
    },
    /// It was not handed over.
    NotBegun(MessageId),
}

/// How many messages are handed over at once.
pub(super) struct Hands {
    free: Arc<Semaphore>,
    count: usize,
    /// Whether those that are ready shall still begin.
    go_on: Arc<AtomicBool>,
}

impl Hands {
    pub(super) fn new(count: usize) -> Self {
        let count = count.max(1);
        Self {
            free: Arc::new(Semaphore::new(count)),
            count,
            go_on: Arc::new(AtomicBool::new(true)),
        }
    }

    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// Those that are ready are not begun any more; later ones are.
    pub(super) fn let_go(&mut self) {
        self.go_on.store(false, Ordering::Relaxed);
        self.go_on = Arc::new(AtomicBool::new(true));
    }

    /// Writes one message and hands it over, once a hand is free.
    pub(super) fn task(
        &self,
        worker: &Worker,
        gateway: Arc<dyn Gateway>,
        marked: Marked,
    ) -> impl Future<Output = Returned> + Send + use<> {
        let free = self.free.clone();
        let go_on = self.go_on.clone();
        let clock = worker.clock.clone();
        let random = worker.random.clone();
        async move {
            let Ok(Ok(_hand)) = timeout(BEGIN_WITHIN, free.acquire()).await else {
                return Returned::NotBegun(marked.facts.id);
            };
            if !go_on.load(Ordering::Relaxed) {
                return Returned::NotBegun(marked.facts.id);
            }
            let (mut stop, mut unreachable) = (None, false);
            let again = |problem, detail| match retry::next_attempt(
                clock.now(),
                marked.facts.created_at,
                marked.attempts(),
                &*random,
            ) {
                Some(at) => Outcome::Retry { at, detail },
                None => Outcome::Failed { problem, detail },
            };
            let mut written = marked.write();
            // It goes out with everything that belongs to it, or not at all.
            let missing = written.pack().await.err();
            let Written { parcel, kept, .. } = written;
            let handed = match &missing {
                None => gateway.hand_over(&parcel).await,
                Some(detail) => Err(Failure::TryAgain(detail.clone())),
            };
            let judged = matches!(handed, Ok(_) | Err(Failure::Never(..)));
            let outcome = match handed {
                Ok(receipt) => Outcome::Sent {
                    provider_id: receipt.provider_id,
                },
                Err(Failure::TryAgain(detail)) if missing.is_some() => {
                    again(Problem::AttachmentMissing, detail)
                }
                Err(Failure::TryAgain(detail)) => again(Problem::GaveUp, detail),
                Err(Failure::Unreachable(detail)) => {
                    unreachable = true;
                    again(Problem::GaveUp, detail)
                }
                Err(Failure::Never(problem, detail)) => Outcome::Failed { problem, detail },
                Err(Failure::NoSuchAddress(detail)) => Outcome::Failed {
                    problem: Problem::AddressRefused,
                    detail,
                },
                Err(Failure::StopChannel(detail)) => {
                    stop = Some(detail.clone());
                    Outcome::Waiting { detail }
                }
                Err(Failure::Uncertain(detail)) => Outcome::Uncertain { detail },
            };
            let recorded = Recorded {
                leased: marked.facts.leased(),
                address: Some(parcel.address),
                subject: Some(parcel.rendered.subject),
                body: Some(kept),
                outcome,
            };
            Returned::Answered {
                recorded,
                stop,
                unreachable,
                judged,
            }
        }
    }
}
