//! Import of people from a CSV or XLSX file, of any size.
//!
//! A thread reads and checks the lines ([`reading`], [`source`], [`records`], [`mod@line`]); they are stored a thousand at a time ([`mod@store`]), each
//! thousand in a transaction of its own: nobody waits long for an import. What a transaction did is written down in it ([`journal`]), so an import that was
//! broken off is gone on with after the last line that is stored, and an import can be undone ([`undo`]). A *check* goes the same way and stores
//! nothing: what it would have stored it remembers ([`overlay`]).
//!
//! What a line may change: an empty cell, or a column that is not there, leaves what is known. Groups are added, never taken
//! away. User types and groups that do not exist yet are made; their names are compared without regard to case.

mod journal;
mod line;
mod overlay;
mod plan;
mod reading;
mod records;
mod report;
mod source;
mod store;
pub(crate) mod undo;

pub use line::{Line, MAX_NAME};
pub(crate) use line::{folded, guess, shortened};
pub(crate) use reading::{all_lines, beginning, can_be_imported};
pub(crate) use report::LineResult;
pub use report::{BadLine, ImportReport, MAX_REPORTED, Reason};
pub use source::ImportFile;
pub(crate) use store::store;

use crate::{OrFailure, Outcome, Service, phone};
use convoke_domain::view::{ImportField, ImportState};
use convoke_domain::{Actor, FieldError, ImportId, Language, Refusal};
use convoke_storage::directory::{Membership, UserKeys};
use convoke_storage::imports::ImportProgress;
use convoke_storage::{StorageError, Transaction};
use overlay::Overlay;
use plan::{Done, Known};
use reading::read_aside;
use rlibphonenumber::enums::Region;
use std::collections::HashSet;

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
    super::edit::administrator(actor)?;
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
        let mut tx = service.storage.read().await.or_failure(service)?;
        let stored = tx.last_import_batch(id).await.or_failure(service)?;
        drop(tx);
        // What was stored before the file broke off can be undone.
        if stored.is_none() {
            crate::imports::forget(service, actor.organisation_id, id).await?;
        }
    }
    imported
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
