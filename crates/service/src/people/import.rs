//! Import of users from a CSV file, of any size.
//!
//! A thread reads and checks the lines ([`records`], [`mod@line`]); here they are stored a thousand at a time, each thousand in a
//! transaction of its own: nobody waits long for an import, and one that was broken off is simply repeated, because a
//! line whose person is known changes only what is different ([`plan`]).
//!
//! What a line may change: an empty cell, or a column that is not there, leaves what is known. Groups are added, never taken
//! away. User types and groups that do not exist yet are made; their names are compared without regard to case.

mod line;
mod plan;
mod records;
mod report;

pub use line::{Line, MAX_NAME};
pub use report::{BadLine, ImportReport, MAX_REPORTED, Reason};

use crate::{OrFailure, Outcome, Service, phone};
use convoke_domain::{Actor, FieldError, Refusal, Role};
use convoke_storage::directory::{Membership, NewGroup, UserChange, UserKeys};
use convoke_storage::history::NewHistory;
use convoke_storage::{StorageError, Transaction};
use line::Columns;
use plan::{Done, Known, Plan};
use records::{Item, Records};
use rlibphonenumber::enums::Region;
use std::collections::{HashMap, HashSet};
use std::io::Read;
use tokio::sync::mpsc;

/// Lines that are stored together.
const BATCH: usize = 1_000;
/// How often a batch is tried again when somebody else was quicker to store one of its addresses.
const ATTEMPTS: usize = 3;
/// After so many changed people the database counts again what it plans by.
const MANY: u64 = 1_000;

/// What the reading thread hands over.
#[derive(Default)]
struct Chunk {
    lines: Vec<Line>,
    bad: Vec<BadLine>,
    /// Bytes of the file that were read so far.
    read: u64,
}

/// Why a file cannot be imported at all.
#[derive(Debug)]
enum Unreadable {
    /// The key of the sentence that says what is wrong with the file.
    File(&'static str),
    Io(std::io::Error),
}

/// Imports the users of a CSV file into the actor's organisation. Only an administrator may.
///
/// `progress` is called after every stored batch with the number of bytes of the file that are done. A file that is no
/// such table is refused with [`Refusal::Invalid`] at the field `file`; single bad lines are in the report.
pub async fn import<R, P>(
    service: &Service,
    actor: &Actor,
    reader: R,
    mut progress: P,
) -> Outcome<ImportReport>
where
    R: Read + Send + 'static,
    P: FnMut(u64) + Send,
{
    if actor.role != Role::Administrator {
        return Err(Refusal::NotAllowed);
    }
    let organisation = {
        let mut work = service.storage.read().await.or_failure(service)?;
        let found = work.organisation(actor.organisation_id).await;
        found.or_failure(service)?.ok_or(Refusal::NotFound)?
    };
    let region = phone::region(&organisation.time_zone, organisation.language);
    let (send, mut receive) = mpsc::channel(4);
    let reading = tokio::task::spawn_blocking(move || read(reader, region, &send));

    let mut import = Import {
        service,
        actor,
        language: organisation.language,
        report: ImportReport::default(),
    };
    let mut stored = Ok(());
    while let Some(chunk) = receive.recv().await {
        stored = import.store(chunk.lines).await;
        if stored.is_err() {
            break;
        }
        for bad in chunk.bad {
            import.report.refuse(bad);
        }
        progress(chunk.read);
    }
    // The reader stops by itself when nobody listens any more.
    drop(receive);
    let read = reading.await;

    import.report.finish();
    if let Ok(Err(Unreadable::File(text))) = &read {
        return Err(Refusal::Invalid(vec![FieldError::new("file", text)]));
    }
    if let Ok(Ok(unknown_columns)) = &read {
        import.report.unknown_columns.clone_from(unknown_columns);
    }
    let finished = stored.is_ok() && matches!(read, Ok(Ok(_)));
    let noted = import.note(finished).await;
    if import.report.created + import.report.updated >= MANY {
        // Everybody is there; the database only plans worse without.
        let _ = import.count_again().await.or_failure(service);
    }
    stored.or_failure(service)?;
    noted.or_failure(service)?;
    match read {
        Ok(Ok(_)) => Ok(import.report),
        Ok(Err(Unreadable::Io(cause))) => Err(crate::refuse::failure(service, &cause)),
        Ok(Err(Unreadable::File(_))) => unreachable!("answered above"),
        Err(cause) => Err(crate::refuse::failure(service, &cause)),
    }
}

/// Reads and checks the whole file; gives the names of the columns it did not know.
fn read<R: Read>(
    reader: R,
    region: Region,
    send: &mpsc::Sender<Chunk>,
) -> Result<Vec<String>, Unreadable> {
    let mut records = Records::new(reader).map_err(Unreadable::Io)?;
    let header = match records.next().map_err(Unreadable::Io)? {
        None => return Err(Unreadable::File("import-file-empty")),
        Some(Item::Broken(_)) => return Err(Unreadable::File("import-file-no-table")),
        Some(Item::Record { fields, .. }) => fields,
    };
    let columns = Columns::of(&header).map_err(Unreadable::File)?;
    let mut chunk = Chunk::default();
    while let Some(item) = records.next().map_err(Unreadable::Io)? {
        match item {
            Item::Broken(bad) => chunk.bad.push(bad),
            Item::Record { line, fields } => match columns.line(line, &fields, region) {
                Ok(line) => chunk.lines.push(line),
                Err(reason) => chunk.bad.push(BadLine { line, reason }),
            },
        }
        if chunk.lines.len() + chunk.bad.len() >= BATCH {
            chunk.read = records.bytes_read();
            if send.blocking_send(std::mem::take(&mut chunk)).is_err() {
                break;
            }
        }
    }
    chunk.read = records.bytes_read();
    let _ = send.blocking_send(chunk);
    Ok(columns.unknown)
}

struct Import<'a> {
    service: &'a Service,
    actor: &'a Actor,
    language: convoke_domain::Language,
    report: ImportReport,
}

impl Import<'_> {
    async fn count_again(&self) -> Result<(), StorageError> {
        let mut work = self.service.storage.begin().await?;
        work.count_people_again().await?;
        work.commit().await
    }

    async fn store(&mut self, lines: Vec<Line>) -> Result<(), StorageError> {
        let mut rest = &lines[..];
        while !rest.is_empty() {
            let mut attempt = 1;
            let done = loop {
                match self.store_batch(rest).await {
                    Err(cause) if cause.is_unique_violation() && attempt < ATTEMPTS => attempt += 1,
                    result => break result?,
                }
            };
            for (line, done) in rest.iter().zip(&done) {
                match done {
                    Done::Created => self.report.created += 1,
                    Done::Updated => self.report.updated += 1,
                    Done::Unchanged => self.report.unchanged += 1,
                    Done::TwoPeople => self.report.refuse(BadLine {
                        line: line.number,
                        reason: Reason::TwoPeople,
                    }),
                }
            }
            rest = &rest[done.len()..];
        }
        Ok(())
    }

    /// Stores the first lines of a batch, mostly all, in one transaction; tells what became of each.
    async fn store_batch(&mut self, lines: &[Line]) -> Result<Vec<Done>, StorageError> {
        let organisation = self.actor.organisation_id;
        let at = self.service.clock.now();
        let mut work = self.service.storage.begin().await?;
        let made = self.make_labels(&mut work, lines).await?;
        let known = self.known(&mut work, lines).await?;
        let Plan {
            inserts,
            updates,
            members,
            done,
        } = plan::plan(lines, known, || self.service.id(), at);
        let changes: Vec<UserChange<'_>> =
            updates.iter().map(|user| UserChange { user, at }).collect();
        if !changes.is_empty() {
            work.update_users(organisation, &changes).await?;
        }
        if !inserts.is_empty() {
            work.insert_users(organisation, &inserts).await?;
        }
        if !members.is_empty() {
            work.add_members(organisation, &members).await?;
        }
        work.commit().await?;
        self.report.new_groups.extend(made.groups);
        self.report.new_user_types.extend(made.user_types);
        Ok(done)
    }

    /// Makes the user types and groups that lines name and that are not there yet.
    async fn make_labels(
        &self,
        work: &mut Transaction,
        lines: &[Line],
    ) -> Result<Made, StorageError> {
        let organisation = self.actor.organisation_id;
        let mut made = Made::default();
        let mut types = plan::by_name(work.user_types(organisation).await?);
        for name in lines.iter().filter_map(|line| line.user_type.as_ref()) {
            if let std::collections::hash_map::Entry::Vacant(free) =
                types.entry(name.to_lowercase())
            {
                let id = self.service.id();
                work.insert_user_type(organisation, id, name).await?;
                free.insert(id);
                made.user_types.push(name.clone());
            }
        }
        let mut groups = plan::by_name(work.groups(organisation, None).await?);
        let mut new = Vec::new();
        for name in lines.iter().flat_map(|line| &line.groups) {
            if let std::collections::hash_map::Entry::Vacant(free) =
                groups.entry(name.to_lowercase())
            {
                let id = self.service.id();
                free.insert(id);
                new.push(NewGroup {
                    id,
                    name: name.clone(),
                });
                made.groups.push(name.clone());
            }
        }
        if !new.is_empty() {
            work.insert_groups(organisation, &new).await?;
        }
        Ok(made)
    }

    /// What the database knows of the people that lines may mean.
    async fn known(&self, work: &mut Transaction, lines: &[Line]) -> Result<Known, StorageError> {
        let organisation = self.actor.organisation_id;
        let mut keys = UserKeys::default();
        for line in lines {
            keys.employee_ids.extend(line.employee_id.clone());
            keys.email_keys
                .extend(line.email.as_deref().map(str::to_lowercase));
            keys.mobiles.extend(line.mobile.clone());
        }
        let users = work.users_by_keys(organisation, &keys).await?;
        let memberships: HashSet<Membership> = if users.is_empty() {
            HashSet::new()
        } else {
            let ids: Vec<_> = users.iter().map(|user| user.id).collect();
            work.memberships(&ids).await?.into_iter().collect()
        };
        // Read after they were made: another import may have been quicker with the same name.
        let types = work.user_types(organisation).await?;
        let default_type = super::first_user_type(self.service, work, organisation).await?;
        let groups: HashMap<_, _> = plan::by_name(work.groups(organisation, None).await?);
        Ok(Known {
            organisation_id: organisation,
            language: self.language,
            users,
            memberships,
            default_type,
            types: plan::by_name(types),
            groups,
        })
    }

    /// The line of the history, also of an import that broke off: what it had stored by then stays.
    async fn note(&self, finished: bool) -> Result<(), StorageError> {
        let report = &self.report;
        let mut work = self.service.storage.begin().await?;
        work.add_history(&NewHistory {
            id: self.service.id(),
            organisation_id: self.actor.organisation_id,
            at: self.service.clock.now(),
            actor_id: self.actor.user_id,
            actor_name: self.actor.name.clone(),
            event: "users.imported",
            training_id: None,
            user_id: None,
            details: serde_json::json!({
                "lines": report.lines,
                "created": report.created,
                "updated": report.updated,
                "unchanged": report.unchanged,
                "bad": report.bad_lines,
                "finished": finished,
            }),
        })
        .await?;
        work.commit().await
    }
}

/// Names that an import brought.
#[derive(Default)]
struct Made {
    groups: Vec<String>,
    user_types: Vec<String>,
}
