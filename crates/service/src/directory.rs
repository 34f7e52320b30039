//! The directories of the organisations in memory, as fresh as the transaction that asks.
//!
//! Every change of users or groups raises a version in the database (`convoke_storage`). Whoever asks for a directory compares it with what is held: the same
//! one is used as it is, otherwise those who changed since are read and merged in, or everybody is read when nothing is held yet. So a person created by anyone, in any
//! process, is found by the next search.

use crate::{OrFailure, Outcome, Service};
use convoke_directory::{Bits, Builder, Directory, Facts, Invited, Person, Roster};
use convoke_domain::selection::Filter;
use convoke_domain::{FieldError, GroupId, OrganisationId, Refusal, Timestamp, TrainingId, UserId};
use convoke_storage::directory::DirectoryPerson;
use convoke_storage::{Result, Transaction};
use convoke_texts::dates;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// How many saved lists are held per organisation.
const ROSTERS: usize = 64;
/// After so many views of the database older than the directory, the directory is read anew.
const ATTEMPTS: u32 = 20;

/// What is held of every organisation. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Directories(Arc<Mutex<HashMap<OrganisationId, Arc<Slot>>>>);

/// What is held of an organisation.
#[derive(Default)]
struct Slot {
    directory: Mutex<Option<Arc<Directory>>>,
    /// Held while the directory is read, so that many who ask at once read it once.
    reading: tokio::sync::Mutex<()>,
    rosters: Mutex<HashMap<TrainingId, HeldRoster>>,
}

/// The saved list of a training.
struct HeldRoster {
    /// The training's version.
    version: i64,
    /// The directory whose rows it names.
    directory: Weak<Directory>,
    roster: Arc<Roster>,
}

/// A lock whose content is whole even if somebody panicked: it is only ever replaced.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Directories {
    fn slot(&self, organisation_id: OrganisationId) -> Arc<Slot> {
        lock(&self.0).entry(organisation_id).or_default().clone()
    }

    fn forget(&self, organisation_id: OrganisationId) {
        lock(&self.0).remove(&organisation_id);
    }
}

impl Slot {
    fn held(&self, version: i64) -> Option<Arc<Directory>> {
        lock(&self.directory)
            .as_ref()
            .filter(|held| held.version() >= version)
            .cloned()
    }
}

/// The directory of an organisation, and a transaction that sees everybody who is in it.
pub(crate) async fn read(
    service: &Service,
    organisation_id: OrganisationId,
) -> Result<(Transaction, Arc<Directory>)> {
    for attempt in 1.. {
        let mut tx = service.storage.read().await?;
        let seen = tx.directory_version(organisation_id).await?;
        let directory = of(service, &mut tx, organisation_id).await?;
        if directory.version() == seen {
            return Ok((tx, directory));
        }
        // Somebody with a later view of the database has read it again meanwhile. Or the database is an older one now: a backup was put back.
        if attempt % ATTEMPTS == 0 {
            service.directories.forget(organisation_id);
        }
    }
    unreachable!("it goes on until both are of one version")
}

/// The directory of an organisation, no older than what the transaction sees. Not for one that changed people itself: what is read here is kept, even
/// if the transaction is not.
pub(crate) async fn of(
    service: &Service,
    tx: &mut Transaction,
    organisation_id: OrganisationId,
) -> Result<Arc<Directory>> {
    let version = tx.directory_version(organisation_id).await?;
    let slot = service.directories.slot(organisation_id);
    if let Some(held) = slot.held(version) {
        return Ok(held);
    }
    let _reading = slot.reading.lock().await;
    if let Some(held) = slot.held(version) {
        return Ok(held);
    }
    let held = lock(&slot.directory).clone();
    let fresh = match held {
        Some(held) => match tx
            .directory_changes(organisation_id, held.version(), version)
            .await?
        {
            Some(changed) => merged(tx, organisation_id, held, version, &changed).await?,
            None => everybody(tx, organisation_id, version).await?,
        },
        None => everybody(tx, organisation_id, version).await?,
    };
    let fresh = Arc::new(fresh);
    *lock(&slot.directory) = Some(fresh.clone());
    Ok(fresh)
}

fn person(person: DirectoryPerson) -> Person {
    Person {
        id: person.id,
        sort_key: person.sort_key,
        search_text: person.search_text,
        active: person.active == 1,
        user_type: person.user_type_id,
    }
}

/// Everybody, as the transaction sees them.
async fn everybody(
    tx: &mut Transaction,
    organisation_id: OrganisationId,
    version: i64,
) -> Result<Directory> {
    let mut builder = Builder::default();
    let mut after = None;
    loop {
        let chunk = tx.directory_chunk(organisation_id, after.as_ref()).await?;
        after = chunk.people.last().cloned();
        for somebody in chunk.people {
            builder.push(&person(somebody));
        }
        if chunk.last {
            break;
        }
    }
    let mut members: Vec<(GroupId, Vec<UserId>)> = Vec::new();
    for group in tx.groups(organisation_id, None).await? {
        members.push((group.id, tx.members(group.id).await?));
    }
    Ok(aside(move || builder.finish(version, members)).await)
}

/// What is held, with those who changed.
async fn merged(
    tx: &mut Transaction,
    organisation_id: OrganisationId,
    held: Arc<Directory>,
    version: i64,
    changed: &[UserId],
) -> Result<Directory> {
    let people = tx.directory_people(organisation_id, changed).await?;
    let members = tx.memberships(changed).await?;
    let people: Vec<Person> = people.into_iter().map(person).collect();
    let still_there: HashSet<UserId> = people.iter().map(|person| person.id).collect();
    let left: Vec<UserId> = changed
        .iter()
        .copied()
        .filter(|id| !still_there.contains(id))
        .collect();
    let members: Vec<(GroupId, UserId)> = members.iter().map(|m| (m.group_id, m.user_id)).collect();
    Ok(aside(move || held.updated(version, people, &left, &members)).await)
}

/// Work for a processor, away from the threads that answer requests.
pub(crate) async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(cause) => std::panic::resume_unwind(cause.into_panic()),
    }
}

/// The saved list of a training, as rows of a directory. `version` is the training's as the transaction sees it; `held` allows one
/// that was read before: not in a transaction that raised the version itself, which another one can raise to the same number.
pub(crate) async fn roster(
    service: &Service,
    tx: &mut Transaction,
    directory: &Arc<Directory>,
    (organisation_id, training_id): (OrganisationId, TrainingId),
    version: i64,
    held: bool,
) -> Result<Arc<Roster>> {
    let slot = service.directories.slot(organisation_id);
    let weak = Arc::downgrade(directory);
    if held
        && let Some(roster) = lock(&slot.rosters).get(&training_id)
        && roster.version == version
        && roster.directory.ptr_eq(&weak)
    {
        return Ok(roster.roster.clone());
    }
    let invitations: Vec<Invited> = tx
        .roster(training_id)
        .await?
        .into_iter()
        .map(|row| Invited {
            user_id: row.user_id,
            state: row.state,
            chosen_version: row.chosen_version,
        })
        .collect();
    let roster = Arc::new(Roster::new(directory, &invitations));
    if held {
        let mut rosters = lock(&slot.rosters);
        if rosters.len() >= ROSTERS {
            rosters.clear();
        }
        let held = HeldRoster {
            version,
            directory: weak,
            roster: roster.clone(),
        };
        rosters.insert(training_id, held);
    }
    Ok(roster)
}

/// What filters ask about the past, looked up.
///
/// [`Refusal::Invalid`] at `not_invited_since`.
pub(crate) async fn facts(
    service: &Service,
    tx: &mut Transaction,
    directory: &Directory,
    organisation_id: OrganisationId,
    filters: &[&Filter],
) -> Outcome<Facts> {
    let mut facts = Facts::new();
    for filter in filters {
        let past = &filter.past;
        if past.is_empty() || facts.contains_key(past) {
            continue;
        }
        let mut people = Bits::all(directory.len());
        if let Some(day) = &past.not_invited_since {
            let since = beginning_of(service, tx, organisation_id, day).await?;
            let invited = tx.invited_since(organisation_id, since).await;
            people.and_not(&directory.rows(&invited.or_failure(service)?));
        }
        if let Some(training) = past.took {
            let took = tx.took(organisation_id, training).await;
            people.and(&directory.rows(&took.or_failure(service)?));
        }
        if let Some(training) = past.same_as {
            let on_the_list = tx.participants(organisation_id, training).await;
            people.and(&directory.rows(&on_the_list.or_failure(service)?));
        }
        if let Some(import) = past.came_with {
            let named = crate::imports::people(service, tx, organisation_id, import).await?;
            people.and(&directory.rows(&named));
        }
        if past.opted_out {
            let opted_out = tx.everybody_opted_out(organisation_id).await;
            people.and(&directory.rows(&opted_out.or_failure(service)?));
        }
        facts.insert(past.clone(), people);
    }
    Ok(facts)
}

/// When a day begins, where the organisation is.
async fn beginning_of(
    service: &Service,
    tx: &mut Transaction,
    organisation_id: OrganisationId,
    day: &str,
) -> Outcome<Timestamp> {
    let organisation = tx.organisation(organisation_id).await.or_failure(service)?;
    let time_zone = organisation.map(|o| o.time_zone).unwrap_or_default();
    dates::from_input(&format!("{day}T00:00"), &time_zone)
        .ok_or_else(|| Refusal::Invalid(vec![FieldError::new("not_invited_since", "error-day")]))
}

/// Reads the directories of all organisations, so that the first search finds them there.
pub async fn warm(service: &Service) -> Outcome<()> {
    let organisations = {
        let mut tx = service.storage.read().await.or_failure(service)?;
        tx.organisations().await.or_failure(service)?
    };
    for organisation in organisations {
        read(service, organisation.id).await.or_failure(service)?;
    }
    Ok(())
}
