//! *Send me a fresh link*, on the page of one that is past its time. Whoever asks is told the same, and as soon, whether something is sent or not; what is sent goes to the address that is
//! known, and nowhere else.

use super::{Found, find};
use crate::{OrFailure, Outcome, Service};
use convoke_domain::person::Route;
use convoke_domain::{InvitationId, MessageKind, OrganisationId, Refusal};
use convoke_storage::history::NewHistory;
use convoke_storage::outbox::Notice;

/// Who asked so many seconds ago is not written to again.
const BETWEEN_SECONDS: i64 = 5 * 60;
/// Fresh links of one invitation in a day.
const PER_DAY: usize = 5;
const DAY_SECONDS: i64 = 86_400;

/// What was asked, to be looked into once it is answered.
#[must_use = "nothing is sent before it is looked into"]
pub struct Asked {
    service: Service,
    organisation_id: OrganisationId,
    invitation_id: InvitationId,
}

/// Somebody asks for a fresh link on the page of an old one. `None` for a link that is good, or leads to nothing any more: its page says so.
///
/// [`Refusal::NotFound`] when no link has this secret.
pub async fn ask(service: &Service, secret: &str) -> Outcome<Option<Asked>> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    match find(service, &mut tx, secret).await.or_failure(service)? {
        Found::Unknown => Err(Refusal::NotFound),
        Found::Past(linked) => Ok(Some(Asked {
            service: service.clone(),
            organisation_id: linked.invitation.organisation_id,
            invitation_id: linked.invitation.id,
        })),
        Found::Gone | Found::Forgotten(_) | Found::Here(_) => Ok(None),
    }
}

impl Asked {
    /// Sends the link, unless one was sent a moment ago, or too many were today.
    pub async fn look_into(self) -> Outcome<()> {
        let service = &self.service;
        let now = service.clock.now();
        let mut tx = service.storage.begin().await.or_failure(service)?;
        // One after the other: many questions at once are one.
        let invitation = tx
            .invitation(self.organisation_id, self.invitation_id, None)
            .await
            .or_failure(service)?;
        let Some(invitation) = invitation else {
            return Ok(());
        };
        let today = tx
            .fresh_links_asked_for(
                self.organisation_id,
                self.invitation_id,
                now.plus_seconds(-DAY_SECONDS),
            )
            .await
            .or_failure(service)?;
        let rests = today
            .first()
            .is_some_and(|last| *last > now.plus_seconds(-BETWEEN_SECONDS));
        if rests || today.len() >= PER_DAY {
            return Ok(());
        }
        let person = tx
            .user(self.organisation_id, invitation.user_id)
            .await
            .or_failure(service)?;
        let Some(channel) = person.and_then(|person| {
            Route::choose(
                person.channel,
                person.email.is_some(),
                person.mobile.is_some(),
            )
            .channel()
        }) else {
            return Ok(());
        };
        tx.enqueue_notice(&Notice {
            id: service.id(),
            organisation_id: self.organisation_id,
            invitation_id: self.invitation_id,
            kind: MessageKind::FreshLink,
            channel,
            at: now,
        })
        .await
        .or_failure(service)?;
        tx.add_history(&NewHistory {
            id: service.id(),
            organisation_id: self.organisation_id,
            at: now,
            // Whoever it was, they have not shown to be this person.
            actor_id: None,
            actor_name: String::new(),
            event: "invitation.link_asked",
            training_id: Some(invitation.training_id),
            user_id: Some(invitation.user_id),
            details: serde_json::json!({ "channel": channel.as_str() }),
        })
        .await
        .or_failure(service)?;
        tx.commit().await.or_failure(service)?;
        service.outbox_bell.notify_one();
        Ok(())
    }
}
