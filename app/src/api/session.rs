//! What a signed-in person settles for themselves. Signing in and out are plain forms that the server handles before Leptos.

use super::ApiError;
use convoke_domain::Language;
use leptos::prelude::*;
use server_fn::codec::Json;

/// Chooses the language of the console.
#[server(name = SetLanguageCall, prefix = "/api", endpoint = "set_language", input = Json, output = Json)]
pub async fn set_language(language: Language) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::session::set_language(&service, &actor, language)
        .await
        .map_err(super::refused)
}
