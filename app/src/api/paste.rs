//! *Paste e-mails or mobiles*.

use super::ApiError;
use convoke_domain::view::{PasteOutcome, PasteRequest, PasteTarget, PasteView};
use leptos::prelude::*;
use server_fn::codec::Json;

/// A text, sorted; nothing is done yet.
#[server(name = PastePreviewCall, prefix = "/api", endpoint = "paste_preview", input = Json, output = Json)]
pub async fn paste_preview(target: PasteTarget, text: String) -> Result<PasteView, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::paste::preview(&service, &actor, &target, &text)
        .await
        .map_err(super::refused)
}

/// Puts the people of a text on the list, or gives them to a panel; the new ones are created.
#[server(name = PasteApplyCall, prefix = "/api", endpoint = "paste_apply", input = Json, output = Json)]
pub async fn paste_apply(request: PasteRequest) -> Result<PasteOutcome, ApiError> {
    let (service, actor) = super::who()?;
    convoke_service::paste::apply(&service, &actor, &request)
        .await
        .map_err(super::refused)
}
