//! The texts of messages.

use super::ApiError;
use convoke_domain::view::{
    AttachRequest, MessagePreview, ReaderValues, SaveText, TextRequest, TextView, TextsView,
};
use convoke_domain::{DocumentId, InvitationId, TrainingId};
use leptos::prelude::*;
use server_fn::codec::Json;

/// Every text of the organisation (`None`) or of a training.
#[server(name = MessageTextsCall, prefix = "/api", endpoint = "message_texts", input = Json, output = Json)]
pub async fn message_texts(training: Option<TrainingId>) -> Result<TextsView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::texts::view(&service, &actor, training)
        .await
        .map_err(super::refused)
}

/// Writes a text, or takes it away.
#[server(name = SaveMessageTextCall, prefix = "/api", endpoint = "save_message_text", input = Json, output = Json)]
pub async fn save_message_text(request: SaveText) -> Result<TextView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::texts::save(&service, &actor, &request)
        .await
        .map_err(super::refused)
}

/// What the placeholders stand for in a message to somebody.
#[server(name = TextValuesCall, prefix = "/api", endpoint = "text_values", input = Json, output = Json)]
pub async fn text_values(
    training: Option<TrainingId>,
    reader: Option<InvitationId>,
) -> Result<ReaderValues, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::texts::values(&service, &actor, training, reader)
        .await
        .map_err(super::refused)
}

/// The message that a text would make.
#[server(name = PreviewTextCall, prefix = "/api", endpoint = "preview_text", input = Json, output = Json)]
pub async fn preview_text(request: TextRequest) -> Result<MessagePreview, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::texts::preview(&service, &actor, &request)
        .await
        .map_err(super::refused)
}

/// Sends that message to whoever asks; gives the address.
#[server(name = TestTextCall, prefix = "/api", endpoint = "test_text", input = Json, output = Json)]
pub async fn test_text(request: TextRequest) -> Result<String, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::texts::send_test(&service, &actor, &request)
        .await
        .map_err(super::refused)
}

/// Attaches a file to an e-mail, or takes it off; gives what goes with it then.
#[server(name = AttachFileCall, prefix = "/api", endpoint = "attach_file", input = Json, output = Json)]
pub async fn attach_file(request: AttachRequest) -> Result<Vec<DocumentId>, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::texts::attach(&service, &actor, &request)
        .await
        .map_err(super::refused)
}
