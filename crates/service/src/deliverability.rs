//! Whether the sender of e-mails is one that receivers believe. For administrators.

use crate::people::edit::administrator;
use crate::{OrFailure, Outcome, Service};
use convoke_domain::view::SenderView;
use convoke_domain::{Actor, Refusal};

/// Looks at the sender: in the configuration of this server, and in the DNS, anew each time. Nothing in it where this program does not send.
pub async fn view(service: &Service, actor: &Actor) -> Outcome<SenderView> {
    administrator(actor)?;
    let settings = {
        let mut tx = service.storage.read().await.or_failure(service)?;
        let settings = tx.organisation_settings(actor.organisation_id).await;
        settings.or_failure(service)?.ok_or(Refusal::NotFound)?
    };
    let Some(sender) = &service.sender else {
        return Ok(SenderView::default());
    };
    Ok(SenderView {
        from: sender.from.email.clone(),
        findings: sender.findings(&settings.reply_to).await,
    })
}
