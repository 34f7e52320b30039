//! The selection panel.

use super::ApiError;
use convoke_domain::selection::PeopleList;
use convoke_domain::view::{
    FilterChoices, SelectionIds, SelectionIdsQuery, SelectionQuery, SelectionView, ValidateOutcome,
    ValidateRequest,
};
use leptos::prelude::*;
use server_fn::codec::Json;

/// Rows and counts of the panel.
#[server(name = SelectionViewCall, prefix = "/api", endpoint = "selection_view", input = Json, output = Json)]
pub async fn selection_view(query: SelectionQuery) -> Result<SelectionView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::selection::view(&service, &actor, &query)
        .await
        .map_err(super::refused)
}

/// Ids of consecutive rows of a column.
#[server(name = SelectionIdsCall, prefix = "/api", endpoint = "selection_ids", input = Json, output = Json)]
pub async fn selection_ids(query: SelectionIdsQuery) -> Result<SelectionIds, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::selection::ids(&service, &actor, &query)
        .await
        .map_err(super::refused)
}

/// Groups and user types to filter by, and the version of the saved list that the panel opens on.
#[server(name = SelectionOpenCall, prefix = "/api", endpoint = "selection_open", input = Json, output = Json)]
pub async fn selection_open(list: PeopleList) -> Result<(i64, FilterChoices), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::selection::open(&service, &actor, list)
        .await
        .map_err(super::refused)
}

/// Saves the selection, whole or not at all.
#[server(name = SelectionValidateCall, prefix = "/api", endpoint = "selection_validate", input = Json, output = Json)]
pub async fn selection_validate(request: ValidateRequest) -> Result<ValidateOutcome, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::selection::validate(&service, &actor, &request)
        .await
        .map_err(super::refused)
}
