//! Whether the sender of e-mails is one that receivers believe.

use super::ApiError;
use convoke_domain::view::SenderView;
use leptos::prelude::*;
use server_fn::codec::Json;

/// Looks at the sender, in the configuration and in the DNS; for administrators.
#[server(name = SenderCall, prefix = "/api", endpoint = "sender", input = Json, output = Json)]
pub async fn sender() -> Result<SenderView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::deliverability::view(&service, &actor)
        .await
        .map_err(super::refused)
}
