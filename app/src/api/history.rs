//! The history.

use super::ApiError;
use convoke_domain::view::{HistoryFilter, HistoryRow, Range, Window};
use leptos::prelude::*;
use server_fn::codec::Json;

/// Who did what when, the newest first.
#[server(name = HistoryCall, prefix = "/api", endpoint = "history", input = Json, output = Json)]
pub async fn history(filter: HistoryFilter, range: Range) -> Result<Window<HistoryRow>, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::history::list(&service, &actor, &filter, range)
        .await
        .map_err(super::refused)
}
