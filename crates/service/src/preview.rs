//! A message as its reader will see it, before anything is sent.

use crate::{Outcome, Service};
use convoke_domain::view::MessagePreview;
use convoke_domain::{Actor, Channel, MessageKind, TrainingId};
use convoke_storage::Transaction;
use convoke_storage::invitations::Recipient;

/// What `person` will read, in their language, with the personal link left out.
pub(crate) async fn preview(
    _service: &Service,
    _actor: &Actor,
    _tx: &mut Transaction,
    _training_id: TrainingId,
    _person: &Recipient,
    _kind: MessageKind,
    _channel: Channel,
) -> Outcome<Option<MessagePreview>> {
    Ok(None)
}
