//! The outbox, as an administrator sees it.

use super::ApiError;
use convoke_domain::view::{ChannelStatus, MessageRow, MessageText, Range, Window};
use convoke_domain::{MessageId, MessageState};
use leptos::prelude::*;
use server_fn::codec::Json;

/// Messages, newest first; of one state, or all.
#[server(name = MessagesCall, prefix = "/api", endpoint = "messages", input = Json, output = Json)]
pub async fn messages(
    state: Option<MessageState>,
    range: Range,
) -> Result<Window<MessageRow>, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::messages::list(&service, &actor, state, range)
        .await
        .map_err(super::refused)
}

/// The text of one message as it went out.
#[server(name = MessageTextCall, prefix = "/api", endpoint = "message_text", input = Json, output = Json)]
pub async fn message_text(id: MessageId) -> Result<MessageText, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::messages::text(&service, &actor, id)
        .await
        .map_err(super::refused)
}

/// Where messages go, and whether a channel is stopped.
#[server(name = ChannelsCall, prefix = "/api", endpoint = "channels", input = Json, output = Json)]
pub async fn channels() -> Result<Vec<ChannelStatus>, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::messages::channels(&service, &actor)
        .await
        .map_err(super::refused)
}
