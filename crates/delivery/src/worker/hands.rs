//! What hands messages over: a few hands, which take those that are marked in the order in which they were.

use super::writing::{Marked, Written};
use super::{Worker, retry};
use crate::gateway::{Failure, Gateway};
use convoke_domain::message::Problem;
use convoke_domain::{Clock, MessageId, Random};
use convoke_storage::outbox::{Outcome, Recorded};
use futures::FutureExt as _;
use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// What was marked and not begun within this time is given back, so that a server that begins to hang keeps no more than what is in hand.
const BEGIN_WITHIN: Duration = Duration::from_secs(1);

/// What became of a message that was handed over.
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
    /// A fault of ours: nobody knows.
    BrokeOff(MessageId),
}

impl Returned {
    const fn is_sent(&self) -> bool {
        match self {
            Self::Answered { recorded, .. } => matches!(recorded.outcome, Outcome::Sent { .. }),
            Self::BrokeOff(_) => false,
        }
    }
}

/// So many messages are handed over at once. Dropped, they let everything fall.
pub(super) struct Hands {
    desk: Arc<Desk>,
    count: usize,
    _at_work: JoinSet<()>,
}

/// What lies between the lane and its hands.
struct Desk {
    gateway: Arc<dyn Gateway>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    trays: Mutex<Trays>,
    /// A permit for each message that was laid down: hands wait for it.
    laid_down: Semaphore,
    /// What the lane waits for.
    bell: Notify,
}

#[derive(Default)]
struct Trays {
    /// To be handed over, and since when.
    ready: VecDeque<(Instant, Marked)>,
    in_hand: usize,
    returned: Vec<Returned>,
    /// Whether something else came of one of them than that it was sent.
    unusual: bool,
    /// With no more than so many under way, the bell rings.
    few: usize,
}

impl Trays {
    fn are_few(&self) -> bool {
        self.in_hand + self.ready.len() <= self.few
    }
}

impl Hands {
    pub(super) fn new(worker: &Worker, gateway: Arc<dyn Gateway>) -> Self {
        let count = gateway.concurrency().max(1);
        let desk = Arc::new(Desk {
            gateway,
            clock: worker.clock.clone(),
            random: worker.random.clone(),
            trays: Mutex::default(),
            laid_down: Semaphore::new(0),
            bell: Notify::new(),
        });
        let mut at_work = JoinSet::new();
        for _ in 0..count {
            at_work.spawn(work(desk.clone()));
        }
        Self {
            desk,
            count,
            _at_work: at_work,
        }
    }

    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// Lays down what is to be handed over after what lies there already.
    pub(super) fn give(&self, marked: Vec<Marked>) {
        let count = marked.len();
        let now = Instant::now();
        let messages = marked.into_iter().map(|marked| (now, marked));
        self.desk.trays().ready.extend(messages);
        self.desk.laid_down.add_permits(count);
    }

    /// Takes back what nobody has begun.
    pub(super) fn take_back(&self) -> Vec<MessageId> {
        let ready = std::mem::take(&mut self.desk.trays().ready);
        ready
            .into_iter()
            .map(|(_, marked)| marked.facts.id)
            .collect()
    }

    /// What lies there now.
    pub(super) fn look(&self) -> Look {
        let trays = self.desk.trays();
        Look {
            few: trays.are_few(),
            begin_by: (trays.ready.front()).map(|(since, _)| *since + BEGIN_WITHIN),
            returned: !trays.returned.is_empty(),
            unusual: trays.unusual,
        }
    }

    /// What has come back.
    pub(super) fn returned(&self) -> Vec<Returned> {
        let mut trays = self.desk.trays();
        trays.unusual = false;
        std::mem::take(&mut trays.returned)
    }

    /// From how few under way the bell rings.
    pub(super) fn ring_at(&self, few: usize) {
        self.desk.trays().few = few;
    }

    /// Waits for the bell: when the first comes back after nothing lay there, when something else came of one than that it was sent, or when few are left. It may ring without need.
    pub(super) async fn bell(&self) {
        self.desk.bell.notified().await;
    }
}

/// What a look at the hands shows.
pub(super) struct Look {
    /// Whether no more are in hand or ready than [`Hands::ring_at`] was told.
    pub(super) few: bool,
    /// Until when what is ready for longest has to be begun.
    pub(super) begin_by: Option<Instant>,
    /// Whether something came back.
    pub(super) returned: bool,
    /// Whether something else came of one than that it was sent.
    pub(super) unusual: bool,
}

/// One hand.
async fn work(desk: Arc<Desk>) {
    while let Ok(permit) = desk.laid_down.acquire().await {
        permit.forget();
        let Some(marked) = desk.next() else {
            // It was taken back meanwhile, or will be.
            continue;
        };
        let id = marked.facts.id;
        let handed = AssertUnwindSafe(desk.hand_over(marked)).catch_unwind();
        desk.done(handed.await.unwrap_or(Returned::BrokeOff(id)));
    }
}

impl Desk {
    fn trays(&self) -> MutexGuard<'_, Trays> {
        self.trays.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next one, unless it is too late to begin it: its lease is not to end while it is in hand.
    fn next(&self) -> Option<Marked> {
        let mut trays = self.trays();
        let now = Instant::now();
        let (_, marked) = (trays.ready).pop_front_if(|(since, _)| now < *since + BEGIN_WITHIN)?;
        trays.in_hand += 1;
        Some(marked)
    }

    fn done(&self, returned: Returned) {
        let mut trays = self.trays();
        trays.in_hand -= 1;
        let unusual = !returned.is_sent();
        trays.unusual |= unusual;
        trays.returned.push(returned);
        if unusual || trays.returned.len() == 1 || trays.are_few() {
            self.bell.notify_one();
        }
    }

    /// Writes a message and hands it over.
    async fn hand_over(&self, marked: Marked) -> Returned {
        let (mut stop, mut unreachable) = (None, false);
        let again = |problem, detail| match retry::next_attempt(
            self.clock.now(),
            marked.facts.created_at,
            marked.attempts(),
            &*self.random,
        ) {
            Some(at) => Outcome::Retry { at, detail },
            None => Outcome::Failed { problem, detail },
        };
        let mut written = marked.write();
        // It goes out with everything that belongs to it, or not at all.
        let missing = written.pack().await.err();
        let Written { parcel, kept, .. } = written;
        let handed = match &missing {
            None => self.gateway.hand_over(&parcel).await,
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
