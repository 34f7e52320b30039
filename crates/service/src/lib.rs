//! The use cases. Each is one function: it checks who may, applies a rule of the domain, in one storage transaction.
//!
//! A use case takes the [`Service`] (what it works with) and an [`convoke_domain::Actor`] (who acts); the few that come before
//! anyone is known — signing in, the first set-up, answering by a link — say so in their module.

pub mod answer;
pub mod attendance;
mod called;
pub mod deliverability;
pub mod demo;
pub mod directory;
pub mod documents;
pub mod export;
pub mod files;
pub mod history;
pub mod imports;
pub mod invitations;
pub mod join;
pub mod messages;
pub mod opt_out;
pub mod passwords;
pub mod paste;
pub mod people;
pub mod phone;
pub mod presence;
mod preview;
mod refuse;
pub mod registration;
pub mod reminders;
pub mod repair;
pub mod reports;
pub mod retention;
mod seats;
pub mod selection;
pub mod sending;
pub mod session;
pub mod settings;
pub mod setup;
pub mod space;
mod system;
pub mod texts;
mod throttle;
pub mod tokens;
pub mod trainings;
pub mod visits;

use convoke_delivery::SenderSetup;
use convoke_domain::{Clock, Random};
use convoke_storage::Storage;
use directory::Directories;
use files::Files;
use std::sync::{Arc, OnceLock};
use tokio::sync::Notify;

pub use refuse::{OrFailure, Outcome};
pub use system::{SystemClock, SystemRandom};

/// What use cases work with. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    /// The database.
    pub storage: Storage,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Random bytes.
    pub random: Arc<dyn Random>,
    /// Woken when messages were queued, so that the worker need not wait for its next look.
    pub outbox_bell: Arc<Notify>,
    /// The public address of this installation, without a slash at the end.
    pub base_url: String,
    /// The key of the mark on device ids, once it was read.
    device_key: Arc<OnceLock<String>>,
    /// The directories in memory.
    directories: Directories,
    /// Where the files of documents are. [`Service::new`] opens no place: whoever serves files says where they are.
    pub files: Files,
    /// How e-mails are sent, where this program sends them: to be looked at.
    pub sender: Option<Arc<SenderSetup>>,
}

impl Service {
    /// A service over `storage` with the machine's clock and random generator.
    pub fn new(storage: Storage, base_url: &str) -> Self {
        Self {
            storage,
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
            outbox_bell: Arc::new(Notify::new()),
            base_url: base_url.trim_end_matches('/').to_owned(),
            device_key: Arc::default(),
            directories: Directories::default(),
            files: Files::default(),
            sender: None,
        }
    }

    /// A new id of any kind.
    pub fn id<T: From<uuid::Uuid>>(&self) -> T {
        convoke_domain::given::new_id(&*self.clock, &*self.random)
    }
}

/// A line of the history, by `actor`, now.
fn history_line(
    service: &Service,
    actor: &convoke_domain::Actor,
    event: &'static str,
    training_id: Option<convoke_domain::TrainingId>,
    user_id: Option<convoke_domain::UserId>,
    mut details: serde_json::Value,
) -> convoke_storage::history::NewHistory {
    if !actor.origin.is_empty() {
        details[history::WHERE] = actor.origin.as_str().into();
    }
    convoke_storage::history::NewHistory {
        id: service.id(),
        organisation_id: actor.organisation_id,
        at: service.clock.now(),
        actor_id: actor.user_id,
        actor_name: actor.name.clone(),
        event,
        training_id,
        user_id,
        details,
    }
}

/// A stored number that a form limits to what fits.
fn small(n: i64) -> u32 {
    u32::try_from(n).unwrap_or_default()
}
