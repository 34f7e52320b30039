//! Documents and links of a training: administrators and its trainers add them and share them with the trainees, at once or later.
//!
//! A file comes in pieces ([`begin_upload`], [`Upload::write`], [`Upload::finish`]) and goes to the object store as it comes; its row is
//! written when all of it is there. What breaks off leaves neither.

mod kinds;

pub use kinds::{file_name as download_name, one_line};

use crate::files::{FileStream, FileWriter};
use crate::trainings::seen;
use crate::{OrFailure, Outcome, Service, refuse};
use bytes::Bytes;
use convoke_domain::training::MAX_TITLE;
use convoke_domain::view::{DocumentRow, DocumentsView};
use convoke_domain::{
    Actor, DocumentId, FieldError, Language, OrganisationId, Refusal, Timestamp, TrainingId,
};
use convoke_storage::Transaction;
use convoke_storage::documents::{Content, Document, NewDocument, StoredFile};
use convoke_storage::trainings::Training;
use convoke_texts::{dates, file_size, t};
use std::ops::Range;
use url::Url;

/// Longest address of a link, in characters.
const MAX_URL: usize = 2_000;

/// The documents of a training, shared or not.
pub async fn list(
    service: &Service,
    actor: &Actor,
    training: TrainingId,
) -> Outcome<DocumentsView> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let training = seen(service, actor, &mut tx, training).await?;
    let mut rows = rows(service, &mut tx, actor.language, &training).await?;
    let attachments = tx
        .attachments_of(&[training.id])
        .await
        .or_failure(service)?;
    for row in &mut rows {
        row.attached = crate::texts::attached_to(actor.language, &attachments, row.id);
    }
    Ok(DocumentsView {
        rows,
        max_bytes: service.files.max_bytes,
        accept: kinds::accept(),
    })
}

/// All documents of a training, in a language; whoever calls has checked the right to see them.
pub(crate) async fn rows(
    service: &Service,
    tx: &mut Transaction,
    language: Language,
    training: &Training,
) -> Outcome<Vec<DocumentRow>> {
    let now = service.clock.now();
    Ok(tx
        .documents(training.organisation_id, training.id)
        .await
        .or_failure(service)?
        .into_iter()
        .map(|document| row(language, document, now, &training.time_zone))
        .collect())
}

/// The documents that trainees see, in a language. There is no actor: whoever calls has checked that somebody is in the training space.
pub async fn shared(
    service: &Service,
    tx: &mut Transaction,
    language: Language,
    training: &Training,
) -> Outcome<Vec<DocumentRow>> {
    let mut rows = rows(service, tx, language, training).await?;
    rows.retain(|row| row.shared.is_some());
    Ok(rows)
}

fn row(language: Language, document: Document, now: Timestamp, zone: &str) -> DocumentRow {
    let detail = match (document.file(), &document.url) {
        (Some(file), _) => detail(language, &file),
        (None, Some(url)) => Url::parse(url)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned))
            .unwrap_or_default(),
        (None, None) => String::new(),
    };
    DocumentRow {
        id: document.id,
        title: document.title,
        url: document.url,
        detail,
        shared: document.shared_at.map(|at| {
            let when = dates::moment(language, Timestamp(at), now, zone);
            t!(language, "document-shared", when = when)
        }),
        attached: Vec::new(),
    }
}

/// What a file is: "PDF · 1.2 MB".
pub(crate) fn detail(language: Language, file: &StoredFile) -> String {
    let ending = file.name.rsplit('.').next().unwrap_or_default();
    t!(
        language,
        "document-detail",
        kind = ending.to_uppercase(),
        size = file_size(language, file.size)
    )
}

/// Adds a link.
pub async fn add_link(
    service: &Service,
    actor: &Actor,
    training: TrainingId,
    title: &str,
    url: &str,
    share: bool,
) -> Outcome<DocumentId> {
    let (title, url) = checked_link(title, url)?;
    let mut tx = service.storage.begin().await.or_failure(service)?;
    seen(service, actor, &mut tx, training).await?;
    let new = NewDocument {
        id: service.id(),
        organisation_id: actor.organisation_id,
        training_id: training,
        title,
        content: Content::Link(url),
        shared: share,
        by: actor.user_id,
        at: service.clock.now(),
    };
    add(service, actor, tx, &new).await?;
    Ok(new.id)
}

/// A title and an address that can be shown and opened, or what is wrong with them.
fn checked_link(title: &str, url: &str) -> Outcome<(String, String)> {
    let mut problems = Vec::new();
    let title = kinds::one_line(title);
    if title.is_empty() {
        problems.push(FieldError::new("title", "error-required"));
    } else if title.chars().count() > MAX_TITLE {
        problems.push(FieldError::new("title", "error-too-long"));
    }
    let parsed = Url::parse(url.trim())
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if url.trim().is_empty() {
        problems.push(FieldError::new("url", "error-required"));
    } else if url.chars().count() > MAX_URL {
        problems.push(FieldError::new("url", "error-too-long"));
    } else if parsed.is_none() {
        problems.push(FieldError::new("url", "error-document-url"));
    }
    match parsed {
        Some(url) if problems.is_empty() => Ok((title, url.into())),
        _ => Err(Refusal::Invalid(problems)),
    }
}

/// Writes the row and the history, and commits.
async fn add(
    service: &Service,
    actor: &Actor,
    mut tx: Transaction,
    new: &NewDocument,
) -> Outcome<()> {
    // First: those who add to one training at once take turns, and get positions of their own.
    tx.raise_training_version(new.organisation_id, new.training_id)
        .await
        .or_failure(service)?;
    tx.insert_document(new).await.or_failure(service)?;
    let details = match &new.content {
        Content::Link(_) => serde_json::json!({ "title": new.title, "shared": new.shared }),
        Content::File(file) => {
            serde_json::json!({ "title": new.title, "shared": new.shared, "bytes": file.size })
        }
    };
    let line = crate::history_line(
        service,
        actor,
        "document.added",
        Some(new.training_id),
        None,
        details,
    );
    tx.add_history(&line).await.or_failure(service)?;
    tx.commit().await.or_failure(service)
}

/// The document, for someone who may see its training.
async fn seen_document(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    document: DocumentId,
) -> Outcome<Document> {
    let document = tx
        .document(actor.organisation_id, document)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    seen(service, actor, tx, document.training_id).await?;
    Ok(document)
}

/// Shows a document to the trainees, or takes it back.
pub async fn share(
    service: &Service,
    actor: &Actor,
    document: DocumentId,
    share: bool,
) -> Outcome<()> {
    let now = service.clock.now();
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let document = seen_document(service, actor, &mut tx, document).await?;
    let changed = tx
        .share_document(
            actor.organisation_id,
            document.id,
            share,
            actor.user_id,
            now,
        )
        .await
        .or_failure(service)?;
    if changed {
        let event = if share {
            "document.shared"
        } else {
            "document.taken_back"
        };
        note(service, actor, &mut tx, &document, event).await?;
        tx.commit().await.or_failure(service)?;
    }
    Ok(())
}

/// Takes a document away, also off the e-mails that it goes with: who asks was told which.
pub async fn delete(service: &Service, actor: &Actor, document: DocumentId) -> Outcome<()> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let document = seen_document(service, actor, &mut tx, document).await?;
    let attachments = tx.attachments_of(&[document.training_id]).await;
    let attachments = attachments.or_failure(service)?;
    if !tx
        .delete_document(actor.organisation_id, document.id)
        .await
        .or_failure(service)?
    {
        return Err(Refusal::NotFound);
    }
    note(service, actor, &mut tx, &document, "document.deleted").await?;
    for (key, files) in attachments.texts() {
        if files.iter().any(|file| file.document_id == document.id) {
            let details = crate::texts::attachment_details(key, &document.title);
            let training = Some(document.training_id);
            let line =
                crate::history_line(service, actor, "text.detached", training, None, details);
            tx.add_history(&line).await.or_failure(service)?;
        }
    }
    tx.commit().await.or_failure(service)?;
    if let Some(file) = document.file() {
        discard(service, &file.storage_key).await;
    }
    Ok(())
}

/// A line of the history about a document, and a new version for who has its training open.
async fn note(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    document: &Document,
    event: &'static str,
) -> Outcome<()> {
    tx.raise_training_version(document.organisation_id, document.training_id)
        .await
        .or_failure(service)?;
    let details = serde_json::json!({ "title": document.title });
    let training = Some(document.training_id);
    let line = crate::history_line(service, actor, event, training, None, details);
    tx.add_history(&line).await.or_failure(service)
}

/// Takes a file away that no row names any more. When that fails, only room is lost.
async fn discard(service: &Service, key: &str) {
    if let Err(cause) = service.files.delete(key).await {
        tracing::warn!(key, %cause, "a file could not be taken away");
    }
}

/// A file that is being uploaded. Dropping it leaves nothing behind in a folder; [`Upload::abort`] does so in a bucket too.
pub struct Upload {
    service: Service,
    actor: Actor,
    training: TrainingId,
    document: DocumentId,
    file: StoredFile,
    /// `None` once the store has refused: then there is nothing to go on with.
    writer: Option<FileWriter>,
}

/// Begins an upload: the right, and the name, which decides the kind. Refusals of the file are at `file`.
pub async fn begin_upload(
    service: &Service,
    actor: &Actor,
    training: TrainingId,
    sent_name: &str,
) -> Outcome<Upload> {
    may_upload(service, actor, training).await?;
    let name = kinds::file_name(sent_name);
    if name.is_empty() {
        return Err(Refusal::field("file", "error-file-missing"));
    }
    let kind = kinds::kind_of(&name).ok_or_else(|| Refusal::field("file", "error-file-kind"))?;
    let document: DocumentId = service.id();
    let file = StoredFile {
        name,
        media_type: kind.media_type.to_owned(),
        size: 0,
        storage_key: format!("{}/{training}/{document}", actor.organisation_id),
    };
    let writer = service
        .files
        .writer(&file.storage_key)
        .map_err(|cause| refuse::failure(service, &cause))?;
    Ok(Upload {
        service: service.clone(),
        actor: actor.clone(),
        training,
        document,
        file,
        writer: Some(writer),
    })
}

/// Whether this person may add documents to the training; asked before anything of a file is read.
pub async fn may_upload(service: &Service, actor: &Actor, training: TrainingId) -> Outcome<()> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    seen(service, actor, &mut tx, training).await.map(|_| ())
}

impl Upload {
    /// Adds bytes. After a refusal there is nothing left of the file.
    pub async fn write(&mut self, bytes: Bytes) -> Outcome<()> {
        let Some(writer) = &mut self.writer else {
            return Err(Refusal::field("file", "error-file-broken"));
        };
        self.file.size += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if self.file.size > self.service.files.max_bytes {
            self.abort().await;
            return Err(Refusal::field("file", "error-file-too-large"));
        }
        if let Err(cause) = writer.write(bytes).await {
            self.abort().await;
            return Err(refuse::failure(&self.service, &cause));
        }
        Ok(())
    }

    /// Forgets the file.
    pub async fn abort(&mut self) {
        if let Some(writer) = self.writer.take() {
            writer.abort().await;
        }
    }

    /// The file is whole: adds it to the training.
    pub async fn finish(mut self, share: bool) -> Outcome<DocumentId> {
        if self.file.size == 0 {
            self.abort().await;
            return Err(Refusal::field("file", "error-file-empty"));
        }
        let Some(writer) = self.writer.take() else {
            return Err(Refusal::field("file", "error-file-broken"));
        };
        // Whoever holds a writer cannot be waited with by reference: it is not to be shared between threads.
        let Self {
            service,
            actor,
            training,
            document,
            file,
            ..
        } = self;
        let key = file.storage_key.clone();
        if let Err(cause) = writer.finish().await {
            discard(&service, &key).await;
            return Err(refuse::failure(&service, &cause));
        }
        let new = NewDocument {
            id: document,
            organisation_id: actor.organisation_id,
            training_id: training,
            title: file.name.clone(),
            content: Content::File(file),
            shared: share,
            by: actor.user_id,
            at: service.clock.now(),
        };
        match add_file(&service, &actor, &new).await {
            Ok(()) => Ok(document),
            Err(refusal) => {
                discard(&service, &key).await;
                Err(refusal)
            }
        }
    }
}

async fn add_file(service: &Service, actor: &Actor, new: &NewDocument) -> Outcome<()> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    // The training may be gone by now, and so may the right.
    seen(service, actor, &mut tx, new.training_id).await?;
    add(service, actor, tx, new).await
}

/// A file that may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenFile {
    /// The name it is downloaded under.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its length in bytes.
    pub size: u64,
    /// Whether a browser may show it itself.
    pub inline: bool,
    key: String,
}

impl OpenFile {
    fn new(document: &Document) -> Outcome<Self> {
        let file = document.file().ok_or(Refusal::NotFound)?;
        Ok(Self {
            inline: kinds::kind_of(&file.name).is_some_and(|kind| kind.inline),
            name: file.name,
            media_type: file.media_type,
            size: file.size,
            key: file.storage_key,
        })
    }

    /// Its bytes, or a part of them.
    pub async fn read(&self, service: &Service, range: Option<Range<u64>>) -> Outcome<FileStream> {
        service
            .files
            .read(&self.key, range)
            .await
            .map_err(|cause| refuse::failure(service, &cause))
    }
}

/// A file, shared or not, for someone who may see its training.
pub async fn open(service: &Service, actor: &Actor, document: DocumentId) -> Outcome<OpenFile> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let document = seen_document(service, actor, &mut tx, document).await?;
    OpenFile::new(&document)
}

/// A file that the trainees of a training see. There is no actor: whoever calls has checked that somebody is in its space.
pub async fn open_shared(
    service: &Service,
    organisation: OrganisationId,
    training: TrainingId,
    document: DocumentId,
) -> Outcome<OpenFile> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let document = tx
        .document(organisation, document)
        .await
        .or_failure(service)?
        .filter(|document| document.training_id == training && document.shared_at.is_some())
        .ok_or(Refusal::NotFound)?;
    OpenFile::new(&document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_can_be_opened() {
        let good = checked_link(" Plan\u{202e} ", " https://example.org/a b ");
        assert_eq!(
            good,
            Ok(("Plan".to_owned(), "https://example.org/a%20b".to_owned()))
        );
        for bad in [
            "example.org",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https://",
            "ftp://example.org",
        ] {
            assert_eq!(
                checked_link("Plan", bad),
                Err(Refusal::field("url", "error-document-url")),
                "{bad}"
            );
        }
        let Err(Refusal::Invalid(problems)) = checked_link(" ", "") else {
            panic!("it was accepted");
        };
        let fields: Vec<_> = problems.iter().map(|p| p.field.as_str()).collect();
        assert_eq!(fields, ["title", "url"]);
    }
}
