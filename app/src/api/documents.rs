//! Documents and links of a training. A file comes by an upload of its own: `POST /api/trainings/{id}/documents` (multipart, the field `file`).

use super::ApiError;
use convoke_domain::view::DocumentsView;
use convoke_domain::{DocumentId, TrainingId};
use leptos::prelude::*;
use server_fn::codec::Json;

/// The documents, shared or not.
#[server(name = DocumentsCall, prefix = "/api", endpoint = "documents", input = Json, output = Json)]
pub async fn documents(training: TrainingId) -> Result<DocumentsView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::documents::list(&service, &actor, training)
        .await
        .map_err(super::refused)
}

/// Adds a link. Refused fields are `title` and `url`.
#[server(name = AddLinkCall, prefix = "/api", endpoint = "add_link", input = Json, output = Json)]
pub async fn add_link(
    training: TrainingId,
    title: String,
    url: String,
    share: bool,
) -> Result<DocumentId, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::documents::add_link(&service, &actor, training, &title, &url, share)
        .await
        .map_err(super::refused)
}

/// Shows a document to the trainees, or takes it back.
#[server(name = ShareDocumentCall, prefix = "/api", endpoint = "share_document", input = Json, output = Json)]
pub async fn share_document(document: DocumentId, share: bool) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::documents::share(&service, &actor, document, share)
        .await
        .map_err(super::refused)
}

/// Takes a document away.
#[server(name = DeleteDocumentCall, prefix = "/api", endpoint = "delete_document", input = Json, output = Json)]
pub async fn delete_document(document: DocumentId) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::documents::delete(&service, &actor, document)
        .await
        .map_err(super::refused)
}
