//! Imports of people from files, as they are brought in the browser: the file is kept, checked, imported, and can be undone for some weeks.
//!
//! What takes long runs on its own; the database says how far it is, so it can be looked at from any process, and be taken over when the process that
//! worked on it is gone. Everything here is for administrators.

use crate::export::{self, Export, FileFormat};
use crate::people::edit::administrator;
use crate::people::import::{
    self, ImportFile, ImportReport, Job, LineResult, as_json, folded, guess, shortened,
};
use crate::{OrFailure, Outcome, Service, refuse};
use convoke_domain::view::{
    ImportBadLine, ImportChoice, ImportColumn, ImportField, ImportRow, ImportState, ImportView,
    MAX_IMPORT_BYTES, UndoCounts,
};
use convoke_domain::{Actor, ImportId, OrganisationId, Refusal, Timestamp, UserId};
use convoke_storage::Transaction;
use convoke_storage::imports::{Import, ImportProgress};
use convoke_texts::{dates, t};
use futures::TryStreamExt;
use std::collections::HashMap;

/// How long an import is kept, with its file and what it needs to be undone: both have data of people.
const KEPT_DAYS: i64 = 30;
/// After so much silence nobody works on an import any more.
const SILENCE_MS: i64 = 60_000;
/// Lines left out that a page shows.
const SHOWN: usize = 100;
/// How many cells of a column are shown.
const SAMPLES: usize = 3;
/// Endings of files that are taken; the content decides what they are.
const ENDINGS: [&str; 3] = [".csv", ".txt", ".xlsx"];

/// Whether this person may bring a file; asked before anything of it is read.
pub fn may_bring(actor: &Actor) -> Outcome<()> {
    administrator(actor)
}

/// Takes a file in: keeps it, and guesses what its columns are. Refusals are at `file`.
pub async fn bring(
    service: &Service,
    actor: &Actor,
    name: &str,
    bytes: Vec<u8>,
) -> Outcome<ImportId> {
    administrator(actor)?;
    let refused = |key: &str| Err(Refusal::field("file", key));
    let name = crate::documents::download_name(name);
    let lower = name.to_lowercase();
    if !ENDINGS.iter().any(|ending| lower.ends_with(ending)) {
        return refused("import-file-kind");
    }
    if bytes.is_empty() {
        return refused("error-file-empty");
    }
    if bytes.len() as u64 > MAX_IMPORT_BYTES {
        return refused("import-file-too-large");
    }
    forget_old(service, actor.organisation_id).await?;
    let kept = bytes.clone();
    let begin = tokio::task::spawn_blocking(move || import::beginning(ImportFile::of(bytes)))
        .await
        .map_err(|cause| refuse::failure(service, &cause))?;
    let mut begin = begin
        .map_err(|unreadable| unreadable.refusal(service))?
        .into_iter();
    let header = begin.next().unwrap_or_default();
    let records: Vec<Vec<String>> = begin.collect();
    let remembered = {
        let mut tx = service.storage.read().await.or_failure(service)?;
        let remembered = tx.remembered_columns(actor.organisation_id).await;
        remembered.or_failure(service)?
    };
    let remembered: HashMap<String, Option<ImportField>> = remembered
        .into_iter()
        .map(|(name, field)| (name, field.parse().ok()))
        .collect();
    let fields = guess(&header, &remembered);
    let columns: Vec<ImportColumn> = header
        .iter()
        .zip(fields)
        .enumerate()
        .map(|(at, (name, field))| ImportColumn {
            name: shortened(name),
            field,
            samples: records
                .iter()
                .filter_map(|fields| fields.get(at))
                .filter(|cell| !cell.is_empty())
                .take(SAMPLES)
                .map(|cell| shortened(cell))
                .collect(),
        })
        .collect();
    let id: ImportId = service.id();
    let key = format!("{}/imports/{id}", actor.organisation_id);
    let new = new_import(service, actor, id, name, Some(key.clone()), &columns);
    // The file first, which may take a while: in the worst case it is left, and nothing names it.
    service
        .files
        .put(&key, kept)
        .await
        .map_err(|cause| refuse::failure(service, &cause))?;
    let added = add(service, actor, &new).await;
    if added.is_err()
        && let Err(cause) = service.files.delete(&key).await
    {
        refuse::failure(service, &cause);
    }
    added.map(|()| id)
}

async fn add(service: &Service, actor: &Actor, new: &Import) -> Outcome<()> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    tx.insert_import(new, actor.user_id)
        .await
        .or_failure(service)?;
    tx.commit().await.or_failure(service)
}

fn new_import(
    service: &Service,
    actor: &Actor,
    id: ImportId,
    file_name: String,
    storage_key: Option<String>,
    columns: &[ImportColumn],
) -> Import {
    let now = service.clock.now();
    Import {
        id,
        organisation_id: actor.organisation_id,
        file_name,
        state: if storage_key.is_some() {
            ImportState::Ready
        } else {
            ImportState::Running
        },
        storage_key,
        created_name: actor.name.clone(),
        created_at: now,
        alive_at: now,
        percent: 0,
        columns: as_json(&columns),
        report: as_json(&ImportReport::default()),
        stored_line: 0,
        undone: None,
    }
}

/// Notes that an import of a file that is not kept has begun.
pub(crate) async fn note_begun(service: &Service, actor: &Actor, name: &str) -> Outcome<ImportId> {
    let id = service.id();
    let new = new_import(service, actor, id, name.to_owned(), None, &[]);
    add(service, actor, &new).await?;
    Ok(id)
}

/// Forgets an import, and its file. The people stay.
pub(crate) async fn forget(
    service: &Service,
    organisation_id: OrganisationId,
    id: ImportId,
) -> Outcome<()> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    tx.delete_import(organisation_id, id)
        .await
        .or_failure(service)?;
    tx.commit().await.or_failure(service)
}

/// Imports that were brought before are kept no longer.
pub(crate) fn kept_since(service: &Service) -> Timestamp {
    Timestamp(service.clock.now().0 - KEPT_DAYS * 86_400_000)
}

/// Forgets the imports of an organisation that are kept no longer; also every night (`crate::retention`).
pub(crate) async fn forget_old(service: &Service, organisation_id: OrganisationId) -> Outcome<()> {
    let limit = kept_since(service);
    let mut tx = service.storage.read().await.or_failure(service)?;
    let old = tx
        .imports_before(organisation_id, limit)
        .await
        .or_failure(service)?;
    drop(tx);
    for import in old {
        if let Some(key) = &import.storage_key
            && let Err(cause) = service.files.delete(key).await
        {
            // It is tried again the next time.
            refuse::failure(service, &cause);
            continue;
        }
        forget(service, organisation_id, import.id).await?;
    }
    Ok(())
}

/// The imports that are kept, the latest first.
pub async fn list(service: &Service, actor: &Actor) -> Outcome<Vec<ImportRow>> {
    administrator(actor)?;
    let mut tx = service.storage.read().await.or_failure(service)?;
    let time_zone = time_zone(service, actor, &mut tx).await?;
    let imports = tx
        .imports(actor.organisation_id)
        .await
        .or_failure(service)?;
    Ok(imports
        .into_iter()
        .map(|import| ImportRow {
            id: import.id,
            when: dates::date_time(actor.language, import.created_at, &time_zone),
            state: state(service, &import),
            counts: report(&import).counts,
            file_name: import.file_name,
            who: import.created_name,
        })
        .collect())
}

/// An import, as it stands now.
pub async fn view(service: &Service, actor: &Actor, id: ImportId) -> Outcome<ImportView> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let import = found(service, actor, &mut tx, id).await?;
    let time_zone = time_zone(service, actor, &mut tx).await?;
    let report = report(&import);
    let state = state(service, &import);
    Ok(ImportView {
        id,
        when: dates::date_time(actor.language, import.created_at, &time_zone),
        state,
        percent: import.percent,
        columns: columns(&import),
        bad: report
            .bad
            .iter()
            .take(SHOWN)
            .map(|bad| ImportBadLine {
                line: bad.line,
                reason: bad.reason.sentence(actor.language),
            })
            .collect(),
        counts: report.counts,
        goes_on: state == ImportState::Broken
            && import.storage_key.is_some()
            && import.undone.is_none(),
        undone: undone(&import).filter(|_| state == ImportState::Undone),
        has_result: import.storage_key.is_some()
            && matches!(
                state,
                ImportState::Checked | ImportState::Done | ImportState::Broken
            ),
        file_name: import.file_name,
        who: import.created_name,
    })
}

async fn time_zone(service: &Service, actor: &Actor, tx: &mut Transaction) -> Outcome<String> {
    let organisation = tx
        .organisation(actor.organisation_id)
        .await
        .or_failure(service)?;
    Ok(organisation.ok_or(Refusal::NotFound)?.time_zone)
}

async fn found(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    id: ImportId,
) -> Outcome<Import> {
    administrator(actor)?;
    let import = tx
        .import(actor.organisation_id, id)
        .await
        .or_failure(service)?;
    import.ok_or(Refusal::NotFound)
}

fn report(import: &Import) -> ImportReport {
    serde_json::from_str(&import.report).unwrap_or_default()
}

fn columns(import: &Import) -> Vec<ImportColumn> {
    serde_json::from_str(&import.columns).unwrap_or_default()
}

fn undone(import: &Import) -> Option<UndoCounts> {
    serde_json::from_str(import.undone.as_deref()?).ok()
}

/// Where it stands: what nobody works on any more broke off.
fn state(service: &Service, import: &Import) -> ImportState {
    let silent = import.alive_at.0 < service.clock.now().0 - SILENCE_MS;
    match import.state {
        ImportState::Checking if silent => ImportState::Ready,
        ImportState::Running | ImportState::Undoing if silent => ImportState::Broken,
        state => state,
    }
}

/// Takes an import in hand, of whose states `from` are those that allow it.
async fn claim(
    service: &Service,
    actor: &Actor,
    id: ImportId,
    from: &[ImportState],
    to: ImportState,
) -> Outcome<Import> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let import = found(service, actor, &mut tx, id).await?;
    let silent: &[ImportState] = match to {
        ImportState::Checking => &[ImportState::Checking],
        ImportState::Running => &[ImportState::Checking, ImportState::Running],
        _ => &[ImportState::Running, ImportState::Undoing],
    };
    let now = service.clock.now();
    let since = Timestamp(now.0 - SILENCE_MS);
    let claimed = tx
        .claim_import(
            (actor.organisation_id, id),
            (from, silent),
            to,
            (since, now),
        )
        .await
        .or_failure(service)?;
    if !claimed {
        return Err(Refusal::Conflict("conflict-import-busy".to_owned()));
    }
    if to == ImportState::Running && import.stored_line == 0 {
        // In place of what the check said.
        let progress = ImportProgress {
            state: to,
            percent: 0,
            report: &as_json(&ImportReport::default()),
            stored_line: 0,
            undone: None,
        };
        tx.save_import_progress(id, progress, now)
            .await
            .or_failure(service)?;
    }
    tx.commit().await.or_failure(service)?;
    Ok(import)
}

/// The file of an import. One of the command line is not kept.
async fn file(service: &Service, import: &Import) -> Outcome<ImportFile> {
    let key = import.storage_key.as_deref().ok_or(Refusal::NotFound)?;
    let failed = |cause| refuse::failure(service, &cause);
    let mut stream = service.files.read(key, None).await.map_err(failed)?;
    let mut bytes = Vec::new();
    while let Some(part) = stream.try_next().await.map_err(failed)? {
        bytes.extend_from_slice(&part);
    }
    Ok(ImportFile::of(bytes))
}

/// Begins to tell what would come of a file whose columns are these, one of its columns after the other. They are remembered for the next file.
///
/// [`Refusal::Invalid`] at `columns`; [`Refusal::Conflict`] while something else is done with it, or when it is imported already.
pub async fn check(
    service: &Service,
    actor: &Actor,
    id: ImportId,
    fields: &[Option<ImportField>],
) -> Outcome<()> {
    let mut columns = {
        let mut tx = service.storage.read().await.or_failure(service)?;
        columns(&found(service, actor, &mut tx, id).await?)
    };
    if columns.len() != fields.len() {
        return Err(Refusal::field("columns", "import-file-no-table"));
    }
    import::can_be_imported(fields).map_err(|key| Refusal::field("columns", key))?;
    let from = [ImportState::Ready, ImportState::Checked];
    let import = claim(service, actor, id, &from, ImportState::Checking).await?;
    for (column, field) in columns.iter_mut().zip(fields) {
        column.field = *field;
    }
    let names: Vec<(String, String)> = columns
        .iter()
        .map(|column| {
            (
                folded(&column.name),
                column.field.map_or_else(String::new, |f| f.to_string()),
            )
        })
        .filter(|(name, _)| !name.is_empty())
        .collect();
    let mut tx = service.storage.begin().await.or_failure(service)?;
    tx.save_import_columns(id, &as_json(&columns))
        .await
        .or_failure(service)?;
    tx.remember_columns(actor.organisation_id, &names)
        .await
        .or_failure(service)?;
    tx.commit().await.or_failure(service)?;
    let (service, actor, fields) = (service.clone(), actor.clone(), fields.to_vec());
    tokio::spawn(async move {
        let checked = async {
            let job = Job {
                id,
                file: file(&service, &import).await?,
                columns: Some(fields),
                after: 0,
                report: ImportReport::default(),
            };
            import::check(&service, &actor, job).await
        }
        .await;
        let (state, report) = match checked {
            Ok(report) => (ImportState::Checked, report),
            // The log has why.
            Err(_) => (ImportState::Ready, ImportReport::default()),
        };
        let _ = save(&service, &import, (state, 100), &report).await;
    });
    Ok(())
}

async fn save(
    service: &Service,
    import: &Import,
    (state, percent): (ImportState, u32),
    report: &ImportReport,
) -> Outcome<()> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let progress = ImportProgress {
        state,
        percent,
        report: &as_json(report),
        stored_line: import.stored_line,
        undone: import.undone.as_deref(),
    };
    tx.save_import_progress(import.id, progress, service.clock.now())
        .await
        .or_failure(service)?;
    tx.commit().await.or_failure(service)
}

/// Begins to store the people of a file that is checked; goes on with an import that broke off.
///
/// [`Refusal::Conflict`] while something else is done with it, or when it is imported already.
pub async fn run(service: &Service, actor: &Actor, id: ImportId) -> Outcome<()> {
    let from = [ImportState::Checked, ImportState::Broken];
    let before = {
        let mut tx = service.storage.read().await.or_failure(service)?;
        found(service, actor, &mut tx, id).await?
    };
    // Undone in part: there is only one way left.
    if before.undone.is_some() || before.storage_key.is_none() {
        return Err(Refusal::Conflict("conflict-import-busy".to_owned()));
    }
    let import = claim(service, actor, id, &from, ImportState::Running).await?;
    let goes_on = import.stored_line > 0;
    let (service, actor) = (service.clone(), actor.clone());
    tokio::spawn(async move {
        let stored = async {
            let job = Job {
                id,
                file: file(&service, &import).await?,
                columns: Some(
                    columns(&import)
                        .into_iter()
                        .map(|column| column.field)
                        .collect(),
                ),
                after: u64::try_from(import.stored_line).unwrap_or_default(),
                report: if goes_on {
                    report(&import)
                } else {
                    ImportReport::default()
                },
            };
            import::store(&service, &actor, job, |_| {}).await
        }
        .await;
        if stored.is_err() {
            let _ = broke_off(&service, &actor, id).await;
        }
    });
    Ok(())
}

/// Says that something stopped, with what is stored by then.
async fn broke_off(service: &Service, actor: &Actor, id: ImportId) -> Outcome<()> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let import = found(service, actor, &mut tx, id).await?;
    drop(tx);
    let broken = (ImportState::Broken, import.percent);
    save(service, &import, broken, &report(&import)).await
}

/// Begins to undo an import, whether it is done or broke off.
///
/// [`Refusal::Conflict`] while something else is done with it.
pub async fn undo(service: &Service, actor: &Actor, id: ImportId) -> Outcome<()> {
    let from = [ImportState::Done, ImportState::Broken];
    let import = claim(service, actor, id, &from, ImportState::Undoing).await?;
    let (service, actor) = (service.clone(), actor.clone());
    tokio::spawn(async move {
        if import::undo::undo(&service, &actor, &import).await.is_err() {
            let _ = broke_off(&service, &actor, id).await;
        }
    });
    Ok(())
}

/// The lines of the file with what came of each, or only those that were left out: to be mended and brought again.
pub async fn result(
    service: &Service,
    actor: &Actor,
    id: ImportId,
    only_left_out: bool,
    format: FileFormat,
) -> Outcome<Export> {
    let (import, batches) = {
        let mut tx = service.storage.read().await.or_failure(service)?;
        let import = found(service, actor, &mut tx, id).await?;
        let lines = tx.import_lines(id).await.or_failure(service)?;
        (import, lines)
    };
    let mut results: HashMap<u64, LineResult> = HashMap::new();
    for batch in &batches {
        let lines: Vec<(u64, LineResult)> =
            serde_json::from_str(batch).map_err(|cause| refuse::failure(service, &cause))?;
        results.extend(lines);
    }
    // Nothing is stored yet: what the check found.
    for bad in report(&import).bad {
        results
            .entry(bad.line)
            .or_insert(LineResult::LeftOut(bad.reason));
    }
    let file = file(service, &import).await?;
    let lines = tokio::task::spawn_blocking(move || import::all_lines(file))
        .await
        .map_err(|cause| refuse::failure(service, &cause))?
        .map_err(|unreadable| unreadable.refusal(service))?;
    let language = actor.language;
    let words = |result: &LineResult| match result {
        LineResult::Created => (t!(language, "import-line-created"), String::new()),
        LineResult::Updated => (t!(language, "import-line-updated"), String::new()),
        LineResult::Unchanged => (t!(language, "import-line-unchanged"), String::new()),
        LineResult::LeftOut(reason) => (
            t!(language, "import-line-left-out"),
            reason.sentence(language),
        ),
    };
    let mut lines = lines.into_iter();
    let (_, header) = lines.next().unwrap_or_default();
    let rows = lines
        .filter_map(|(line, cells)| {
            let result = results.get(&line);
            if only_left_out && !matches!(result, Some(LineResult::LeftOut(_))) {
                return None;
            }
            let (came, why) = result.map(words).unwrap_or_default();
            Some(export::ResultLine {
                line,
                came,
                why,
                cells,
            })
        })
        .collect();
    let name = if only_left_out {
        t!(
            language,
            "import-left-out-file",
            file = stem(&import.file_name)
        )
    } else {
        t!(
            language,
            "import-result-file",
            file = stem(&import.file_name)
        )
    };
    export::import_result(service, actor, name, header, rows, format).await
}

/// Everybody whom the file of an import named; nobody when it is forgotten or undone.
pub(crate) async fn people(
    service: &Service,
    tx: &mut Transaction,
    organisation_id: OrganisationId,
    id: ImportId,
) -> Outcome<Vec<UserId>> {
    let batches = tx.import_people(organisation_id, id).await;
    let mut people = Vec::new();
    for batch in batches.or_failure(service)? {
        let batch: Vec<UserId> =
            serde_json::from_str(&batch).map_err(|cause| refuse::failure(service, &cause))?;
        people.extend(batch);
    }
    Ok(people)
}

/// The imports whose people can be chosen together, the latest first. Only administrators know of imports.
pub(crate) async fn choices(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
) -> Outcome<Vec<ImportChoice>> {
    if administrator(actor).is_err() {
        return Ok(Vec::new());
    }
    let time_zone = time_zone(service, actor, tx).await?;
    let imports = tx.imports(actor.organisation_id).await;
    let kept = imports
        .or_failure(service)?
        .into_iter()
        .filter(|import| import.stored_line > 0 && import.undone.is_none());
    Ok(kept
        .map(|import| ImportChoice {
            id: import.id,
            name: format!(
                "{} · {}",
                import.file_name,
                dates::date(actor.language, import.created_at, &time_zone)
            ),
        })
        .collect())
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
