//! A device that is locked to a training: its browser shows the pages behind this training's code and nothing else of ours, until somebody types the
//! PIN that was chosen when it was locked. There is no actor: whoever has the device in their hands may lock it, and whoever manages or teaches the
//! training can release it ([`crate::registration::release`]). It ends by itself when the code closes.

use super::{Opened, Visitor, admit, look_up};
use crate::throttle::{Limit, count};
use crate::{OrFailure, Outcome, Service, passwords, tokens};
use convoke_domain::Refusal;
use convoke_domain::registration::{TrainingCode, device_name, is_pin};
use convoke_storage::Transaction;
use convoke_storage::history::NewHistory;
use convoke_storage::trainings::Training;
use convoke_texts::t;

/// How exactly it is known when a device last had the list open: a list that is open all day shall not write all day.
const SEEN_SECONDS: i64 = 5 * 60;
/// After so long a device that has not been seen is forgotten.
const FORGOTTEN_SECONDS: i64 = 90 * 24 * 3_600;
/// Wrong PINs in a quarter of an hour.
const PINS: u32 = 5;

/// Notes that a device has the list of a training open.
pub(super) async fn see(service: &Service, visitor: &Visitor, training: &Training) -> Outcome<()> {
    let Some(hash) = visitor.device_hash() else {
        return Ok(());
    };
    let now = service.clock.now();
    let (organisation, id) = (training.organisation_id, training.id);
    async {
        let mut tx = service.storage.read().await?;
        let known = tx.training_device(organisation, id, &hash).await?;
        drop(tx);
        let stale = now.plus_seconds(-SEEN_SECONDS);
        if known.is_some_and(|device| device.seen_at > stale) {
            return Ok(());
        }
        let forgotten = now.plus_seconds(-FORGOTTEN_SECONDS);
        let mut tx = service.storage.begin().await?;
        tx.see_device(organisation, id, &hash, (now, forgotten))
            .await?;
        tx.commit().await
    }
    .await
    .or_failure(service)
}

/// Whether a device, by the id in its cookie, is locked to the training behind a code. Not any more once the code opens nothing.
pub async fn is_locked(service: &Service, device: &str, code: &str) -> Outcome<bool> {
    let Some(code) = TrainingCode::parse(code) else {
        return Ok(false);
    };
    let mut tx = service.storage.read().await.or_failure(service)?;
    let Some(Opened { training, .. }) = look_up(service, &mut tx, code).await? else {
        return Ok(false);
    };
    let device = tx
        .training_device(training.organisation_id, training.id, &tokens::hash(device))
        .await
        .or_failure(service)?;
    Ok(device.is_some_and(|device| device.locked_at.is_some()))
}

/// Locks a device.
///
/// [`Refusal::Invalid`] at `pin`; [`Refusal::Conflict`] when it is locked already, so that no other PIN takes the place of the first
/// (`lock-already`), and where a browser keeps no cookies (`lock-no-cookies`).
pub async fn lock(service: &Service, visitor: &Visitor, code: &str, pin: &str) -> Outcome<()> {
    let opened = admit(service, visitor, code).await?;
    let Some(hash) = visitor.device_hash() else {
        return Err(Refusal::Conflict("lock-no-cookies".to_owned()));
    };
    let pin = pin.trim();
    if !is_pin(pin) {
        return Err(Refusal::field("pin", "lock-pin-invalid"));
    }
    let pin_hash = passwords::hash(service, pin).await?;
    let training = &opened.training;
    let mut tx = service.storage.begin().await.or_failure(service)?;
    // Devices take turns here.
    tx.raise_training_version(training.organisation_id, training.id)
        .await
        .or_failure(service)?;
    let before = tx
        .training_device(training.organisation_id, training.id, &hash)
        .await
        .or_failure(service)?;
    if before.is_some_and(|device| device.locked_at.is_some()) {
        return Err(Refusal::Conflict("lock-already".to_owned()));
    }
    tx.lock_device(
        training.organisation_id,
        training.id,
        &hash,
        &pin_hash,
        service.clock.now(),
    )
    .await
    .or_failure(service)?;
    note(
        service,
        &mut tx,
        visitor,
        training,
        &hash,
        "space.device_locked",
    )
    .await?;
    tx.commit().await.or_failure(service)
}

/// Unlocks a device with its PIN. Whether it is unlocked now, which it also is if it was not locked. [`Refusal::TooMany`] after a few wrong ones.
pub async fn unlock(service: &Service, visitor: &Visitor, code: &str, pin: &str) -> Outcome<bool> {
    let Opened { training, .. } = admit(service, visitor, code).await?;
    let Some(hash) = visitor.device_hash() else {
        return Ok(true);
    };
    let (organisation, id) = (training.organisation_id, training.id);
    let limit = Limit::new("unlock", &format!("{id} {hash}"), PINS);
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let device = tx
        .training_device(organisation, id, &hash)
        .await
        .or_failure(service)?;
    let Some(pin_hash) = device.and_then(|device| device.pin_hash) else {
        return Ok(true);
    };
    // Counted as wrong before it is looked at: of many at once none is looked at for free.
    count(service, &mut tx, std::slice::from_ref(&limit)).await?;
    tx.commit().await.or_failure(service)?;
    let fits = passwords::first_fit(vec![pin_hash], 1, pin.trim()).await;
    if fits.is_none() {
        return Ok(false);
    }
    let mut tx = service.storage.begin().await.or_failure(service)?;
    tx.raise_training_version(organisation, id)
        .await
        .or_failure(service)?;
    tx.clear_sign_in_failures(&limit.key)
        .await
        .or_failure(service)?;
    if tx
        .unlock_device(organisation, id, &hash)
        .await
        .or_failure(service)?
    {
        note(
            service,
            &mut tx,
            visitor,
            &training,
            &hash,
            "space.device_unlocked",
        )
        .await?;
    }
    tx.commit().await.or_failure(service)?;
    Ok(true)
}

/// A line of the history, in the name of the device: nobody knows who had it in their hands.
async fn note(
    service: &Service,
    tx: &mut Transaction,
    visitor: &Visitor,
    training: &Training,
    hash: &str,
    event: &'static str,
) -> Outcome<()> {
    let name = device_name(hash);
    tx.add_history(&NewHistory {
        id: service.id(),
        organisation_id: training.organisation_id,
        at: service.clock.now(),
        actor_id: None,
        actor_name: t!(visitor.language, "device-name", name = name.as_str()),
        event,
        training_id: Some(training.id),
        user_id: None,
        details: serde_json::json!({ "device": name }),
    })
    .await
    .or_failure(service)
}
