//! The organisation's settings.

use super::ApiError;
use convoke_domain::retention::Retention;
use convoke_domain::view::{OrganisationSettings, RetentionPreview};
use leptos::prelude::*;
use server_fn::codec::Json;

/// The settings; for administrators.
#[server(name = SettingsCall, prefix = "/api", endpoint = "settings", input = Json, output = Json)]
pub async fn settings() -> Result<OrganisationSettings, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::settings::view(&service, &actor)
        .await
        .map_err(super::refused)
}

/// Saves the settings; for administrators.
pub async fn save_settings(settings: OrganisationSettings) -> Result<(), ApiError> {
    let sent = serde_json::to_value(settings);
    let sent = sent.map_err(|cause| ApiError::Transport(cause.to_string()))?;
    save_sent_settings(sent).await
}

/// The same, of those settings that the page knows: it may be older than the server.
#[server(name = SaveSettingsCall, prefix = "/api", endpoint = "save_settings", input = Json, output = Json)]
async fn save_sent_settings(settings: serde_json::Value) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::settings::save_sent(&service, &actor, settings)
        .await
        .map_err(super::refused)
}

/// What would be forgotten at this moment with these settings; for administrators.
#[server(name = RetentionPreviewCall, prefix = "/api", endpoint = "retention_preview", input = Json, output = Json)]
pub async fn retention_preview(retention: Retention) -> Result<RetentionPreview, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::retention::preview(&service, &actor, retention)
        .await
        .map_err(super::refused)
}
