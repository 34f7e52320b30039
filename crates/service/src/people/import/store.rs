//! Storing the people of a file, a thousand lines a transaction.

use super::journal::{self, Journal};
use super::plan;
use super::reading::{Chunk, read_aside};
use super::{ImportReport, Job, Line, LineResult, Unreadable, as_json, known, result_of, ways};
use crate::{OrFailure, Outcome, Service};
use convoke_domain::view::ImportState;
use convoke_domain::{Actor, HistoryId, ImportId, Language};
use convoke_storage::directory::{NewGroup, UserChange};
use convoke_storage::history::NewHistory;
use convoke_storage::imports::ImportProgress;
use convoke_storage::{StorageError, Transaction};

/// How often a batch is tried again when somebody else was quicker to store one of its addresses.
const ATTEMPTS: usize = 3;
/// After so many changed people the database counts again what it plans by.
const MANY: u64 = 1_000;

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
    if let Ok(Err(Unreadable::File(text))) = read
        && import.batch == 0
    {
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

async fn count_again(service: &Service) -> Result<(), StorageError> {
    let mut tx = service.storage.begin().await?;
    tx.count_people_again().await?;
    tx.commit().await
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
        // Whom a file names is of the directory, whatever they came for.
        tx.keep_in_directory(organisation, &journal.everyone)
            .await?;
        tx.add_history_people(organisation, self.history_id(), &journal.whom())
            .await?;
        tx.add_import_batch(self.id, &journal.batch(self.batch + 1, &results))
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

    /// An import has one line of the history, however often it is gone on with.
    const fn history_id(&self) -> HistoryId {
        HistoryId(self.id.0)
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
        tx.add_history(&NewHistory {
            id: self.history_id(),
            ..line
        })
        .await?;
        tx.commit().await
    }
}
