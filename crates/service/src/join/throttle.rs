//! Guessing is slowed down by device, by network address and overall; knowing is not.
//!
//! Six hundred people behind one address get in, because a good code costs nothing. Ten thousand guesses do not, because a device has ten wrong
//! ones in a quarter of an hour, all devices behind one address three hundred, and the whole installation three thousand; beyond the last two,
//! devices that have shown a good code before go on, and only new ones wait.

use super::Visitor;
use crate::throttle::{Limit, WINDOW_SECONDS, count, too_many};
use crate::{OrFailure, Outcome, Service, tokens};
use convoke_domain::Refusal;
use convoke_storage::Transaction;

/// Wrong codes of one device.
const PER_DEVICE: u32 = 10;
/// Wrong codes of all visitors behind one address whose browser keeps no cookie: they cannot be told apart.
const WITHOUT_COOKIE: u32 = 30;
/// Wrong codes of everybody behind one address.
const PER_PEER: u32 = 300;
/// Wrong codes of everybody.
const OVERALL: u32 = 3_000;
/// Wrong proofs for one name.
const PROOFS: u32 = 5;
/// One-time codes sent to one person.
const CODES_SENT: u32 = 3;
/// Registrations from one device: a tablet at the door serves many.
const REGISTRATIONS_PER_DEVICE: u32 = 150;
/// Registrations from one address.
const REGISTRATIONS_PER_PEER: u32 = 1_000;

/// The limits that guessing codes runs into: the device's own, and those shared with others.
fn guesses(visitor: &Visitor) -> (Limit, [Limit; 2]) {
    let own = match &visitor.device {
        Some(device) => Limit::new("join device", device, PER_DEVICE),
        None => Limit::new("join without cookie", &visitor.peer, WITHOUT_COOKIE),
    };
    let shared = [
        Limit::new("join peer", &visitor.peer, PER_PEER),
        Limit::new("join", "everybody", OVERALL),
    ];
    (own, shared)
}

/// Refuses whoever has guessed too much, even if the code is right this time.
pub(super) async fn check_guesses(
    service: &Service,
    tx: &mut Transaction,
    visitor: &Visitor,
) -> Outcome<()> {
    let now = service.clock.now();
    let (own, shared) = guesses(visitor);
    if let Some(wait) = own.wait(tx, now).await.or_failure(service)? {
        return Err(too_many(wait));
    }
    for limit in shared {
        if let Some(wait) = limit.wait(tx, now).await.or_failure(service)? {
            let known = match &visitor.device {
                Some(device) => tx
                    .device_is_known(&tokens::hash(device))
                    .await
                    .or_failure(service)?,
                None => false,
            };
            if !known {
                return Err(too_many(wait));
            }
        }
    }
    Ok(())
}

/// Notes a wrong code.
pub(super) async fn note_guess(service: &Service, visitor: &Visitor) -> Outcome<()> {
    let (own, shared) = guesses(visitor);
    let now = service.clock.now();
    async {
        let mut tx = service.storage.begin().await?;
        tx.delete_old_sign_in_failures(now.plus_seconds(-WINDOW_SECONDS))
            .await?;
        for limit in shared.iter().chain([&own]) {
            tx.add_sign_in_failure(&limit.key, now).await?;
        }
        tx.commit().await
    }
    .await
    .or_failure(service)
}

/// Notes that a device has shown a good code.
pub(super) async fn remember(service: &Service, visitor: &Visitor) -> Outcome<()> {
    let Some(device) = &visitor.device else {
        return Ok(());
    };
    let hash = tokens::hash(device);
    async {
        let mut tx = service.storage.read().await?;
        if tx.device_is_known(&hash).await? {
            return Ok(());
        }
        drop(tx);
        let mut tx = service.storage.begin().await?;
        tx.remember_device(&hash, service.clock.now()).await?;
        tx.commit().await
    }
    .await
    .or_failure(service)
}

/// Counts a proof as wrong before it is looked at, or refuses it; [`forget_proof`] takes it back when it was good.
pub(super) async fn begin_proof(
    service: &Service,
    tx: &mut Transaction,
    listed: &str,
) -> Outcome<()> {
    count(service, tx, &[Limit::new("proof", listed, PROOFS)]).await
}

/// See [`begin_proof`].
pub(super) async fn forget_proof(
    service: &Service,
    tx: &mut Transaction,
    listed: &str,
) -> Outcome<()> {
    let limit = Limit::new("proof", listed, PROOFS);
    tx.clear_sign_in_failures(&limit.key)
        .await
        .or_failure(service)
}

/// Whether another one-time code may be sent to a person; counts it.
pub(super) async fn may_send_code(
    service: &Service,
    tx: &mut Transaction,
    invitation: &str,
) -> Outcome<bool> {
    match count(
        service,
        tx,
        &[Limit::new("entry code", invitation, CODES_SENT)],
    )
    .await
    {
        Ok(()) => Ok(true),
        Err(Refusal::TooMany { .. }) => Ok(false),
        Err(other) => Err(other),
    }
}

/// Counts a registration, or refuses it.
pub(super) async fn count_registration(
    service: &Service,
    tx: &mut Transaction,
    visitor: &Visitor,
) -> Outcome<()> {
    let mut limits = vec![Limit::new(
        "register peer",
        &visitor.peer,
        REGISTRATIONS_PER_PEER,
    )];
    if let Some(device) = &visitor.device {
        limits.push(Limit::new(
            "register device",
            device,
            REGISTRATIONS_PER_DEVICE,
        ));
    }
    count(service, tx, &limits).await
}
