//! A message as its reader will see it, before anything is sent.

use crate::{OrFailure, Outcome, Service};
use convoke_delivery::link;
use convoke_delivery::render::{self, Letter};
use convoke_domain::message_text::TextKey;
use convoke_domain::view::MessagePreview;
use convoke_domain::{Actor, Channel, MessageKind, TrainingId};
use convoke_storage::Transaction;
use convoke_storage::invitations::Recipient;
use convoke_storage::outbox::PersonFacts;

/// What `person` will read, in their language, with the personal link left out.
pub(crate) async fn preview(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    training_id: TrainingId,
    person: &Recipient,
    kind: MessageKind,
    channel: Channel,
) -> Outcome<Option<MessagePreview>> {
    let facts = tx
        .training_facts(actor.organisation_id, training_id)
        .await
        .or_failure(service)?;
    let Some(training) = facts else {
        return Ok(None);
    };
    let texts = tx
        .texts_of([(actor.organisation_id, training_id)])
        .await
        .or_failure(service)?;
    let reader = PersonFacts {
        id: person.user_id,
        first_name: person.first_name.clone(),
        last_name: person.last_name.clone(),
    };
    let key = TextKey {
        kind,
        language: person.language,
        channel,
    };
    let letter = Letter {
        training: &training,
        person: &reader,
        kind,
        language: person.language,
        text: texts.of(actor.organisation_id, training_id, key),
        link: "",
        stop: "",
        code: "",
        waits: false,
        now: service.clock.now(),
        from: None,
    };
    let sample = link::sample_link(&service.base_url);
    let preview = render::preview(&letter, channel, &sample);
    Ok(Some(MessagePreview {
        attachments: crate::texts::attached(service, tx, actor.language, training_id, key).await?,
        ..preview
    }))
}
