//! Documents and links of a training: administrators and its trainers add them and share them with the trainees, at once or later.

use crate::{Outcome, Service};
use convoke_domain::view::DocumentsView;
use convoke_domain::{Actor, DocumentId, Refusal, TrainingId};

/// The documents of a training, shared or not.
pub async fn list(
    _service: &Service,
    _actor: &Actor,
    _training: TrainingId,
) -> Outcome<DocumentsView> {
    Err(Refusal::NotFound)
}

/// Adds a link.
pub async fn add_link(
    _service: &Service,
    _actor: &Actor,
    _training: TrainingId,
    _title: &str,
    _url: &str,
    _share: bool,
) -> Outcome<DocumentId> {
    Err(Refusal::NotFound)
}

/// Shows a document to the trainees, or takes it back.
pub async fn share(
    _service: &Service,
    _actor: &Actor,
    _document: DocumentId,
    _share: bool,
) -> Outcome<()> {
    Err(Refusal::NotFound)
}

/// Takes a document away.
pub async fn delete(_service: &Service, _actor: &Actor, _document: DocumentId) -> Outcome<()> {
    Err(Refusal::NotFound)
}
