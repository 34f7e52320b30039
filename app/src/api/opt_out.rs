//! Whether somebody is written to.

use super::ApiError;
use convoke_domain::UserId;
use convoke_domain::view::OptOutView;
use leptos::prelude::*;
use server_fn::codec::Json;

/// Notes, at their request, that somebody wants no messages, or that they want them again.
#[server(name = RecordOptOutCall, prefix = "/api", endpoint = "record_opt_out", input = Json, output = Json)]
pub async fn record_opt_out(id: UserId, none: bool) -> Result<OptOutView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::opt_out::record(&service, &actor, id, none)
        .await
        .map_err(super::refused)
}
