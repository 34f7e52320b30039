//! Who is signed in. Signing in and out are plain forms that the server handles before Leptos.

use super::ApiError;
use convoke_domain::Language;
use convoke_domain::view::SignedIn;
use leptos::prelude::*;
use server_fn::codec::Json;

/// The person who is signed in.
#[server(name = SignedInCall, prefix = "/api", endpoint = "signed_in", input = Json, output = Json)]
pub async fn signed_in() -> Result<SignedIn, ApiError> {
    let context = expect_context::<super::RequestContext>();
    context
        .session
        .map(|(_, signed_in)| signed_in)
        .ok_or_else(|| super::refused(convoke_domain::Refusal::NotSignedIn))
}

/// Chooses the language of the console.
#[server(name = SetLanguageCall, prefix = "/api", endpoint = "set_language", input = Json, output = Json)]
pub async fn set_language(language: Language) -> Result<(), ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::session::set_language(&service, &actor, language)
        .await
        .map_err(super::refused)
}
