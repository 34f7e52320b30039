//! The devices that have opened a training's list, for whoever manages or teaches it: which there are, and which are locked to the training.

use crate::join::is_open;
use crate::trainings::seen;
use crate::{OrFailure, Outcome, Service};
use convoke_domain::registration::device_name;
use convoke_domain::view::{DeviceRow, DevicesView};
use convoke_domain::{Actor, Refusal, TrainingId};
use convoke_texts::dates;

/// How many are shown: every phone in the room is one.
const SHOWN: u32 = 12;

/// The devices of a training.
pub async fn devices(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
) -> Outcome<DevicesView> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let training = seen(service, actor, &mut tx, training_id).await?;
    let stored = tx
        .self_registration(actor.organisation_id, training_id)
        .await
        .or_failure(service)?;
    let now = service.clock.now();
    // A lock ends with the code.
    let open = stored.is_some_and(|settings| is_open(&settings, &training, now));
    let (rows, all) = tx
        .training_devices(actor.organisation_id, training_id, SHOWN)
        .await
        .or_failure(service)?;
    let moment = |at| dates::moment(actor.language, at, now, &training.time_zone);
    let rows: Vec<DeviceRow> = rows
        .into_iter()
        .map(|device| DeviceRow {
            name: device_name(&device.device_hash),
            seen: moment(device.seen_at),
            locked: device.locked_at.filter(|_| open).map(moment),
            id: device.device_hash,
        })
        .collect();
    Ok(DevicesView {
        more: all.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX)),
        rows,
    })
}

/// Unlocks a device from afar: whoever forgot its PIN need not know it. [`Refusal::NotFound`] when it is not locked.
pub async fn release(
    service: &Service,
    actor: &Actor,
    training_id: TrainingId,
    device: &str,
) -> Outcome<()> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    seen(service, actor, &mut tx, training_id).await?;
    // As locking does, first the training, then the device.
    tx.raise_training_version(actor.organisation_id, training_id)
        .await
        .or_failure(service)?;
    if !tx
        .unlock_device(actor.organisation_id, training_id, device)
        .await
        .or_failure(service)?
    {
        return Err(Refusal::NotFound);
    }
    let details = serde_json::json!({ "device": device_name(device) });
    let event = "space.device_released";
    let line = crate::history_line(service, actor, event, Some(training_id), None, details);
    tx.add_history(&line).await.or_failure(service)?;
    tx.commit().await.or_failure(service)
}
