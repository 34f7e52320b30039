//! The directory.

use super::ApiError;
use convoke_domain::selection::Filter;
use convoke_domain::view::{FilterChoices, PersonRow, Range, Window};
use leptos::prelude::*;
use server_fn::codec::Json;

/// Users that match, by name, within the reader's scope.
#[server(name = PeopleCall, prefix = "/api", endpoint = "people", input = Json, output = Json)]
pub async fn people(filter: Filter, range: Range) -> Result<Window<PersonRow>, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::list(&service, &actor, &filter, range)
        .await
        .map_err(super::refused)
}

/// Groups and user types to filter by.
#[server(name = PeopleChoicesCall, prefix = "/api", endpoint = "people_choices", input = Json, output = Json)]
pub async fn people_choices() -> Result<FilterChoices, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::people::choices(&service, &actor)
        .await
        .map_err(super::refused)
}
