//! Files that go with the e-mails of a training. They are documents of the training, and are attached to a kind of message in a language, whoever
//! wrote what it says.

use super::desk;
use crate::files::Files;
use crate::{OrFailure, Outcome, Service};
use convoke_delivery::FileSource;
use convoke_domain::message_text::{TextKey, WRITABLE, attachments_problem};
use convoke_domain::view::{AttachRequest, AttachedFile, TextFile};
use convoke_domain::{Actor, Channel, DocumentId, Language, Refusal, TrainingId};
use convoke_storage::Transaction;
use convoke_storage::attachments::{Attachment, Attachments};
use convoke_storage::documents::StoredFile;
use convoke_texts::{file_size, t, text};
use futures::future::BoxFuture;
use futures::stream::TryStreamExt;

/// Attaches a file of a training to one of its e-mails, or takes it off; gives what goes with it then. It holds at once.
///
/// [`Refusal::Invalid`] at `attachments` when they would be too many, or too large.
pub async fn attach(
    service: &Service,
    actor: &Actor,
    request: &AttachRequest,
) -> Outcome<Vec<DocumentId>> {
    let AttachRequest {
        training,
        key,
        document,
        attach,
    } = *request;
    if !WRITABLE.contains(&key.kind) || key.channel != Channel::Email {
        return Err(Refusal::NotFound);
    }
    let organisation = actor.organisation_id;
    let mut tx = service.storage.begin().await.or_failure(service)?;
    desk(service, actor, &mut tx, Some(training)).await?;
    // First: two who attach at once take turns, and see what the other did.
    tx.raise_training_version(organisation, training)
        .await
        .or_failure(service)?;
    let found = tx.document(organisation, document).await;
    let found = found
        .or_failure(service)?
        .filter(|found| found.training_id == training)
        .ok_or(Refusal::NotFound)?;
    let file = found.file().ok_or(Refusal::NotFound)?;
    let before = attached(service, &mut tx, training, key).await?;
    let is_there = before.iter().any(|known| known.document_id == document);
    if attach == is_there {
        return Ok(before.iter().map(|known| known.document_id).collect());
    }
    let event = if attach {
        let sizes = before.iter().map(|known| known.file.size);
        if let Some(problem) = attachments_problem(sizes.chain([file.size])) {
            return Err(Refusal::field("attachments", problem));
        }
        let now = service.clock.now();
        tx.attach((organisation, training), key, document, now)
            .await
            .or_failure(service)?;
        "text.attached"
    } else {
        tx.detach((organisation, training), key, document)
            .await
            .or_failure(service)?;
        "text.detached"
    };
    let details = details(key, &found.title);
    let line = crate::history_line(service, actor, event, Some(training), None, details);
    tx.add_history(&line).await.or_failure(service)?;
    let after = attached(service, &mut tx, training, key).await?;
    tx.commit().await.or_failure(service)?;
    Ok(after.iter().map(|known| known.document_id).collect())
}

/// What a line of the history says about a file and an e-mail.
pub(crate) fn details(key: TextKey, title: &str) -> serde_json::Value {
    serde_json::json!({
        "kind": key.kind.as_str(),
        "language": key.language.as_str(),
        "channel": key.channel.as_str(),
        "title": title,
    })
}

async fn attached(
    service: &Service,
    tx: &mut Transaction,
    training: TrainingId,
    key: TextKey,
) -> Outcome<Vec<Attachment>> {
    let all = tx.attachments_of(&[training]).await.or_failure(service)?;
    Ok(all.of(training, key).to_vec())
}

/// What goes with an e-mail about a training, as it is listed in a preview.
pub(crate) async fn shown(
    service: &Service,
    tx: &mut Transaction,
    language: Language,
    training: TrainingId,
    key: TextKey,
) -> Outcome<Vec<AttachedFile>> {
    if key.channel != Channel::Email {
        return Ok(Vec::new());
    }
    let files = attached(service, tx, training, key).await?.into_iter();
    Ok(files
        .map(|found| AttachedFile {
            size: file_size(language, found.file.size),
            name: found.file.name,
        })
        .collect())
}

/// The files of a training, and which of them go with which e-mail.
pub(super) async fn of_training(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    training: TrainingId,
) -> Outcome<(Vec<TextFile>, Vec<(TextKey, Vec<DocumentId>)>)> {
    let documents = tx.documents(actor.organisation_id, training).await;
    let files = documents.or_failure(service)?.into_iter();
    let files = files.filter_map(|document| {
        let file = document.file()?;
        Some(TextFile {
            id: document.id,
            detail: crate::documents::detail(actor.language, &file),
            name: document.title,
            bytes: file.size,
            shared: document.shared_at.is_some(),
        })
    });
    let files = files.collect();
    let attachments = tx.attachments_of(&[training]).await.or_failure(service)?;
    let texts = attachments.texts().into_iter();
    let texts = texts.map(|(key, files)| (key, files.iter().map(|f| f.document_id).collect()));
    Ok((files, texts.collect()))
}

/// The e-mails that a document goes with, as they are called: "Invitation (Français)".
pub(crate) fn names(
    language: Language,
    attachments: &Attachments,
    document: DocumentId,
) -> Vec<String> {
    let texts = attachments.texts().into_iter();
    texts
        .filter(|(_, files)| files.iter().any(|file| file.document_id == document))
        .map(|(key, _)| {
            let kind = format!("messages-kind-{}", key.kind.as_str().replace('_', "-"));
            t!(
                language,
                "document-attached-to",
                kind = text(language, &kind, &[]),
                language = t!(
                    language,
                    &format!("language-within-{}", key.language.as_str())
                )
            )
        })
        .collect()
}

impl FileSource for Files {
    fn read<'a>(&'a self, file: &'a StoredFile) -> BoxFuture<'a, Result<Vec<u8>, String>> {
        Box::pin(async move {
            let read = async {
                let chunks = self.read(&file.storage_key, None).await?;
                let content = Vec::with_capacity(usize::try_from(file.size).unwrap_or_default());
                chunks
                    .try_fold(content, |mut content, chunk| async move {
                        content.extend_from_slice(&chunk);
                        Ok(content)
                    })
                    .await
            };
            read.await.map_err(|cause| {
                tracing::warn!(key = file.storage_key, %cause, "a file that a message takes along cannot be read");
                if cause.is_missing() {
                    "the file is not there".to_owned()
                } else {
                    "the file cannot be read at the moment".to_owned()
                }
            })
        })
    }
}
