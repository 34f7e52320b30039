//! The outbox, as an administrator sees it.

use super::ApiError;
use convoke_domain::MessageId;
use convoke_domain::view::{
    BouncesStatus, ChannelStatus, MessageFilter, MessageRow, MessageText, Range, Window,
};
use leptos::prelude::*;
use server_fn::codec::Json;

/// Messages that match, newest first.
#[server(name = MessagesCall, prefix = "/api", endpoint = "messages", input = Json, output = Json)]
pub async fn messages(filter: MessageFilter, range: Range) -> Result<Window<MessageRow>, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::messages::list(&service, &actor, &filter, range)
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

/// Sends a message again that did not arrive.
#[server(name = RetryMessageCall, prefix = "/api", endpoint = "retry_message", input = Json, output = Json)]
pub async fn retry_message(id: MessageId) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::messages::retry(&service, &actor, id)
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

/// The mailbox that mails come back to, if one is read. For administrators.
#[server(name = BouncesCall, prefix = "/api", endpoint = "bounces", input = Json, output = Json)]
pub async fn bounces() -> Result<Option<BouncesStatus>, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::messages::bounces(&service, &actor)
        .await
        .map_err(super::refused)
}
