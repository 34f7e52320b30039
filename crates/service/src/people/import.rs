//! Import of people from a CSV or XLSX file, of any size.
//!
//! A thread reads and checks the lines ([`source`], [`records`], [`mod@line`]); here they are stored a thousand at a time, each thousand in a
//! transaction of its own: nobody waits long for an import. What a transaction did is written down in it ([`journal`]), so an import that was
//! broken off is gone on with after the last line that is stored, and an import can be undone ([`undo`]). A *check* goes the same way and stores
//! nothing: what it would have stored it remembers ([`overlay`]).
//!
//! What a line may change: an empty cell, or a column that is not there, leaves what is known. Groups are added, never taken
//! away. User types and groups that do not exist yet are made; their names are compared without regard to case.

mod journal;
mod line;
mod overlay;
mod plan;
mod records;
mod report;
mod source;
pub(crate) mod undo;

pub use line::{Line, MAX_NAME};
pub(crate) use line::{folded, guess, shortened};
pub(crate) use report::LineResult;
pub use report::{BadLine, ImportReport, MAX_REPORTED, Reason};
pub use source::ImportFile;

use crate::{OrFailure, Outcome, Service, phone};
use convoke_domain::view::{ImportField, ImportState};
use convoke_domain::{Actor, FieldError, ImportId, Language, Refusal, Role};
use convoke_storage::directory::{Membership, NewGroup, UserChange, UserKeys};
use convoke_storage::imports::ImportProgress;
use convoke_storage::{StorageError, Transaction};
use journal::Journal;
use line::Columns;
use overlay::Overlay;
use plan::{Done, Known};
use records::Item;
use rlibphonenumber::enums::Region;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
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
    /// How much of the file was read so far, 0 to 100.
    percent: u32,
}

/// Why a file cannot be imported at all.
#[derive(Debug)]
pub(crate) enum Unreadable {
    /// The key of the sentence that says what is wrong with the file.
    File(&'static str),
    Io(std::io::Error),
}

impl Unreadable {
    /// What whoever brought the file is told.
    pub(crate) fn refusal(self, service: &Service) -> Refusal {
        match self {
            Self::File(text) => Refusal::Invalid(vec![FieldError::new("file", text)]),
            Self::Io(cause) => crate::refuse::failure(service, &cause),
        }
    }
}

/// What is imported.
pub(crate) struct Job {
    /// The import.
    pub id: ImportId,
    /// The file.
    pub file: ImportFile,
    /// What its columns are; as their names say where nobody chose.
    pub columns: Option<Vec<Option<ImportField>>>,
    /// Lines up to this one are stored already.
    pub after: u64,
    /// What came of those.
    pub report: ImportReport,
}

/// Imports the people of a file into the actor's organisation. Only an administrator may.
///
/// `progress` is called after every stored batch with how much of the file is done, 0 to 100. A file that is no
/// such table is refused with [`Refusal::Invalid`] at the field `file`; single bad lines are in the report.
pub async fn import<P>(
    service: &Service,
    actor: &Actor,
    name: &str,
    file: ImportFile,
    progress: P,
) -> Outcome<ImportReport>
where
    P: FnMut(u32) + Send,
{
    if actor.role != Role::Administrator {
        return Err(Refusal::NotAllowed);
    }
    let id = crate::imports::note_begun(service, actor, name).await?;
    let job = Job {
        id,
        file,
        columns: None,
        after: 0,
        report: ImportReport::default(),
    };
    let imported = store(service, actor, job, progress).await;
    if let Err(Refusal::Invalid(_)) = imported {
        // Nothing came of it.
        crate::imports::forget(service, actor, id).await?;
    }
    imported
}

/// Stores the people of a file.
pub(crate) async fn store(
    service: &Service,
    actor: &Actor,
    job: Job,
    mut progress: impl FnMut(u32) + Send,
) -> Outcome<ImportReport> {
    let (language, region) = ways(service, actor).await?;
    let (id, after) = (job.id, job.after);
    let batch = {
        let mut tx = service.storage.read().await.or_failure(service)?;
        let last = tx.last_import_batch(id).await.or_failure(service)?;
        last.map_or(0, |last| last.batch)
    };
    let mut import = Store {
        service,
        actor,
        id,
        language,
        report: job.report,
        batch,
        stored_line: after,
    };
    let (mut receive, reading) = read_aside(job.file, job.columns, region, after);
    let mut stored = Ok(());
    while let Some(chunk) = receive.recv().await {
        let percent = chunk.percent;
        stored = import.store(chunk).await;
        if stored.is_err() {
            break;
        }
        progress(percent);
    }
    // The reader stops by itself when nobody listens any more.
    drop(receive);
    let read = reading.await;
    import.report.finish();
    if let Ok(Err(Unreadable::File(text))) = read {
        return Err(Unreadable::File(text).refusal(service));
    }
    if let Ok(Ok(unknown_columns)) = &read {
        import.report.unknown_columns.clone_from(unknown_columns);
    }
    let finished = stored.is_ok() && matches!(read, Ok(Ok(_)));
    let noted = import.note(finished).await;
    if import.report.counts.created + import.report.counts.updated >= MANY {
        // Everybody is there; the database only plans worse without.
        let _ = count_again(service).await.or_failure(service);
    }
    stored.or_failure(service)?;
    noted.or_failure(service)?;
    match read {
        Ok(Ok(_)) => Ok(import.report),
        Ok(Err(unreadable)) => Err(unreadable.refusal(service)),
        Err(cause) => Err(crate::refuse::failure(service, &cause)),
    }
}

/// Tells what would come of a file, and stores nothing but how far it is.
pub(crate) async fn check(service: &Service, actor: &Actor, job: Job) -> Outcome<ImportReport> {
    let (language, region) = ways(service, actor).await?;
    let (mut receive, reading) = read_aside(job.file, job.columns, region, 0);
    let mut report = ImportReport::default();
    let mut overlay = Overlay::default();
    while let Some(chunk) = receive.recv().await {
        let mut rest = &chunk.lines[..];
        while !rest.is_empty() {
            let mut tx = service.storage.read().await.or_failure(service)?;
            let known = known(service, actor, &mut tx, rest, language).await;
            drop(tx);
            let known = overlay.over(known.or_failure(service)?, rest, || service.id());
            report.name(&overlay);
            let before = known.users.clone();
            let plan = plan::plan(rest, known, || service.id(), service.clock.now());
            for (line, done) in rest.iter().zip(&plan.done) {
                report.count(line.number, &result_of(*done));
            }
            rest = &rest[plan.done.len()..];
            overlay.remember(&before, plan);
        }
        for bad in chunk.bad {
            report.count(bad.line, &LineResult::LeftOut(bad.reason));
        }
        let mut tx = service.storage.begin().await.or_failure(service)?;
        let progress = ImportProgress {
            state: ImportState::Checking,
            percent: chunk.percent,
            report: &as_json(&report.brief()),
            stored_line: 0,
            undone: None,
        };
        tx.save_import_progress(job.id, progress, service.clock.now())
            .await
            .or_failure(service)?;
        tx.commit().await.or_failure(service)?;
    }
    report.finish();
    match reading.await {
        Ok(Ok(_)) => Ok(report),
        Ok(Err(unreadable)) => Err(unreadable.refusal(service)),
        Err(cause) => Err(crate::refuse::failure(service, &cause)),
    }
}

/// What a file begins with: its header and its first few records, of which those that can be taken apart are given.
pub(crate) fn beginning(file: ImportFile) -> Result<Vec<Vec<String>>, Unreadable> {
    const RECORDS: usize = 4;
    let mut records = Vec::new();
    let mut broken_header = false;
    file.each(|item, _| {
        match item {
            Item::Record { fields, .. } => records.push(fields),
            Item::Broken(_) if records.is_empty() => {
                broken_header = true;
                return ControlFlow::Break(());
            }
            Item::Broken(_) => {}
        }
        if records.len() < RECORDS {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    match records.first() {
        _ if broken_header => Err(Unreadable::File("import-file-no-table")),
        None => Err(Unreadable::File("import-file-empty")),
        Some(_) => Ok(records),
    }
}

/// Whether these columns can be imported; the key of the sentence that says why not.
pub(crate) fn can_be_imported(columns: &[Option<ImportField>]) -> Result<(), &'static str> {
    Columns::of(columns).map(|_| ())
}

/// All lines of a file as they are there, by their number. For the file that says what came of each.
pub(crate) fn all_lines(file: ImportFile) -> Result<Vec<(u64, Vec<String>)>, Unreadable> {
    let mut lines = Vec::new();
    file.each(|item, _| {
        lines.push(match item {
            Item::Record { line, fields } => (line, fields),
            Item::Broken(bad) => (bad.line, Vec::new()),
        });
        ControlFlow::Continue(())
    })?;
    Ok(lines)
}

pub(crate) fn as_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("plain texts and numbers are JSON")
}

/// The language and the telephone numbers of the organisation.
async fn ways(service: &Service, actor: &Actor) -> Outcome<(Language, Region)> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let found = tx.organisation(actor.organisation_id).await;
    let organisation = found.or_failure(service)?.ok_or(Refusal::NotFound)?;
    let region = phone::region(&organisation.time_zone, organisation.language);
    Ok((organisation.language, region))
}

async fn count_again(service: &Service) -> Result<(), StorageError> {
    let mut tx = service.storage.begin().await?;
    tx.count_people_again().await?;
    tx.commit().await
}

type Reading = tokio::task::JoinHandle<Result<Vec<String>, Unreadable>>;

/// Reads and checks the lines after one in a thread of its own.
fn read_aside(
    file: ImportFile,
    columns: Option<Vec<Option<ImportField>>>,
    region: Region,
    after: u64,
) -> (mpsc::Receiver<Chunk>, Reading) {
    let (send, receive) = mpsc::channel(4);
    let reading = tokio::task::spawn_blocking(move || read(file, columns, region, after, &send));
    (receive, reading)
}

/// Reads and checks the whole file; gives the names of the columns it did not know.
fn read(
    file: ImportFile,
    chosen: Option<Vec<Option<ImportField>>>,
    region: Region,
    after: u64,
    send: &mpsc::Sender<Chunk>,
) -> Result<Vec<String>, Unreadable> {
    let mut header: Option<Columns> = None;
    let mut unknown = Vec::new();
    let mut wrong = None;
    let mut chunk = Chunk::default();
    file.each(|item, percent| {
        let Some(columns) = &header else {
            let Item::Record { fields, .. } = item else {
                wrong = Some("import-file-no-table");
                return ControlFlow::Break(());
            };
            let meant = chosen
                .clone()
                .unwrap_or_else(|| guess(&fields, &HashMap::new()));
            let names = fields.iter().zip(&meant);
            unknown = names
                .filter(|(name, field)| field.is_none() && !name.is_empty())
                .map(|(name, _)| shortened(name))
                .collect();
            match Columns::of(&meant) {
                Ok(columns) => header = Some(columns),
                Err(text) => {
                    wrong = Some(text);
                    return ControlFlow::Break(());
                }
            }
            return ControlFlow::Continue(());
        };
        match item {
            Item::Broken(bad) if bad.line > after => chunk.bad.push(bad),
            Item::Record { line, fields } if line > after => {
                match columns.line(line, &fields, region) {
                    Ok(line) => chunk.lines.push(line),
                    Err(reason) => chunk.bad.push(BadLine { line, reason }),
                }
            }
            _ => {}
        }
        chunk.percent = percent;
        if chunk.lines.len() + chunk.bad.len() >= BATCH
            && send.blocking_send(std::mem::take(&mut chunk)).is_err()
        {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    if let Some(text) = wrong {
        return Err(Unreadable::File(text));
    }
    if header.is_none() {
        return Err(Unreadable::File("import-file-empty"));
    }
    if !chunk.lines.is_empty() || !chunk.bad.is_empty() {
        chunk.percent = 100;
        let _ = send.blocking_send(chunk);
    }
    Ok(unknown)
}

const fn result_of(done: Done) -> LineResult {
    match done {
        Done::Created => LineResult::Created,
        Done::Updated => LineResult::Updated,
        Done::Unchanged => LineResult::Unchanged,
        Done::TwoPeople => LineResult::LeftOut(Reason::TwoPeople),
    }
}

/// What the database knows of the people that lines may mean.
async fn known(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    lines: &[Line],
    language: Language,
) -> Result<Known, StorageError> {
    let organisation = actor.organisation_id;
    let mut keys = UserKeys::default();
    for line in lines {
        keys.employee_ids.extend(line.employee_id.clone());
        keys.email_keys
            .extend(line.email.as_deref().map(str::to_lowercase));
        keys.mobiles.extend(line.mobile.clone());
    }
    let users = tx.users_by_keys(organisation, &keys).await?;
    let memberships: HashSet<Membership> = if users.is_empty() {
        HashSet::new()
    } else {
        let ids: Vec<_> = users.iter().map(|user| user.id).collect();
        tx.memberships(&ids).await?.into_iter().collect()
    };
    let types = tx.user_types(organisation).await?;
    let default_type = types.first().map(|label| label.id);
    let default_type = match default_type {
        Some(id) => id,
        None => super::first_user_type(service, tx, organisation).await?,
    };
    Ok(Known {
        organisation_id: organisation,
        language,
        users,
        memberships,
        default_type,
        types: plan::by_name(types),
        groups: plan::by_name(tx.groups(organisation, None).await?),
    })
}

struct Store<'a> {
    service: &'a Service,
    actor: &'a Actor,
    id: ImportId,
    language: Language,
    report: ImportReport,
    /// The number of the last transaction.
    batch: i64,
    /// The last line that is stored.
    stored_line: u64,
}

impl Store<'_> {
    async fn store(&mut self, chunk: Chunk) -> Result<(), StorageError> {
        let Chunk {
            lines,
            bad,
            percent,
        } = chunk;
        let last = lines.iter().map(|line| line.number);
        let last = last.chain(bad.iter().map(|bad| bad.line)).max();
        let mut bad: Vec<(u64, LineResult)> = bad
            .into_iter()
            .map(|bad| (bad.line, LineResult::LeftOut(bad.reason)))
            .collect();
        let mut rest = &lines[..];
        // Once also when all lines are left out.
        loop {
            let mut attempt = 1;
            let done = loop {
                let up_to = (last, percent);
                match self.store_batch(rest, &bad, up_to).await {
                    Err(cause) if cause.is_unique_violation() && attempt < ATTEMPTS => attempt += 1,
                    result => break result?,
                }
            };
            bad.clear();
            rest = &rest[done..];
            if rest.is_empty() {
                return Ok(());
            }
        }
    }

    /// Stores the first lines of a batch, mostly all, in one transaction, and that the bad ones are left out; tells how many lines that are.
    async fn store_batch(
        &mut self,
        lines: &[Line],
        bad: &[(u64, LineResult)],
        (last, percent): (Option<u64>, u32),
    ) -> Result<usize, StorageError> {
        let (service, organisation) = (self.service, self.actor.organisation_id);
        let at = service.clock.now();
        let mut tx = service.storage.begin().await?;
        let made = self.make_labels(&mut tx, lines).await?;
        let known = known(service, self.actor, &mut tx, lines, self.language).await?;
        let before = known.users.clone();
        let plan = plan::plan(lines, known, || service.id(), at);
        let changes: Vec<UserChange<'_>> = plan
            .updates
            .iter()
            .map(|user| UserChange { user, at })
            .collect();
        if !changes.is_empty() {
            tx.update_users(organisation, &changes).await?;
        }
        if !plan.inserts.is_empty() {
            tx.insert_users(organisation, &plan.inserts).await?;
        }
        if !plan.members.is_empty() {
            tx.add_members(organisation, &plan.members).await?;
        }
        let mut results: Vec<(u64, LineResult)> = lines
            .iter()
            .zip(&plan.done)
            .map(|(line, done)| (line.number, result_of(*done)))
            .collect();
        results.extend_from_slice(bad);
        results.sort_by_key(|(line, _)| *line);
        let mut report = self.report.clone();
        for (line, result) in &results {
            report.count(*line, result);
        }
        report
            .counts
            .new_groups
            .extend(made.groups.iter().map(|(_, name)| name.clone()));
        report
            .counts
            .new_user_types
            .extend(made.user_types.iter().map(|(_, name)| name.clone()));
        let all = plan.done.len() == lines.len();
        let stored_line = if all {
            last.unwrap_or(self.stored_line)
        } else {
            self.stored_line
        };
        let done = plan.done.len();
        let journal = Journal::of(&before, plan, made);
        tx.add_import_batch(self.id, &journal.batch(self.batch + 1, &results), at)
            .await?;
        let progress = ImportProgress {
            state: ImportState::Running,
            percent,
            report: &as_json(&report.brief()),
            stored_line: i64::try_from(stored_line).unwrap_or(i64::MAX),
            undone: None,
        };
        tx.save_import_progress(self.id, progress, at).await?;
        tx.commit().await?;
        self.report = report;
        self.batch += 1;
        self.stored_line = stored_line;
        Ok(done)
    }

    /// Makes the user types and groups that lines name and that are not there yet.
    async fn make_labels(
        &self,
        tx: &mut Transaction,
        lines: &[Line],
    ) -> Result<journal::Labels, StorageError> {
        let organisation = self.actor.organisation_id;
        let mut made = journal::Labels::default();
        let mut types = plan::by_name(tx.user_types(organisation).await?);
        for name in lines.iter().filter_map(|line| line.user_type.as_ref()) {
            if let std::collections::hash_map::Entry::Vacant(free) =
                types.entry(name.to_lowercase())
            {
                let id = self.service.id();
                tx.insert_user_type(organisation, id, name).await?;
                free.insert(id);
                made.user_types.push((id, name.clone()));
            }
        }
        let mut groups = plan::by_name(tx.groups(organisation, None).await?);
        for name in lines.iter().flat_map(|line| &line.groups) {
            if let std::collections::hash_map::Entry::Vacant(free) =
                groups.entry(name.to_lowercase())
            {
                let id = self.service.id();
                free.insert(id);
                made.groups.push((id, name.clone()));
            }
        }
        let new: Vec<NewGroup> = made
            .groups
            .iter()
            .map(|(id, name)| NewGroup {
                id: *id,
                name: name.clone(),
            })
            .collect();
        if !new.is_empty() {
            tx.insert_groups(organisation, &new).await?;
        }
        Ok(made)
    }

    /// Says that it is over, and the line of the history; also of an import that broke off: what it had stored by then stays.
    async fn note(&self, finished: bool) -> Result<(), StorageError> {
        let counts = &self.report.counts;
        let (service, at) = (self.service, self.service.clock.now());
        let mut tx = service.storage.begin().await?;
        let progress = ImportProgress {
            state: if finished {
                ImportState::Done
            } else {
                ImportState::Broken
            },
            percent: 100,
            report: &as_json(&self.report.brief()),
            stored_line: i64::try_from(self.stored_line).unwrap_or(i64::MAX),
            undone: None,
        };
        tx.save_import_progress(self.id, progress, at).await?;
        let details = serde_json::json!({
            "lines": counts.lines,
            "created": counts.created,
            "updated": counts.updated,
            "unchanged": counts.unchanged,
            "bad": counts.bad_lines,
            "finished": finished,
        });
        let line = crate::history_line(service, self.actor, "users.imported", None, None, details);
        tx.add_history(&line).await?;
        tx.commit().await
    }
}
