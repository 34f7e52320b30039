//! Another password for whoever forgot theirs. There is no actor, and nobody learns whether an address is known: what is answered, and how soon,
//! depends on what was typed alone. Only then, aside, is looked whom it may mean.

use super::identifier::Identifier;
use super::{Candidate, candidates, organisations};
use crate::throttle::{self, Limit};
use crate::{OrFailure, Outcome, Service};
use convoke_domain::{Channel, Refusal};
use convoke_storage::history::NewHistory;
use convoke_storage::outbox::AccountBatch;
use convoke_storage::{StorageError, Transaction};

/// Questions from one network address in a quarter of an hour; a whole company may sit behind it.
const PER_PEER: u32 = 30;
/// Questions from everybody in a quarter of an hour.
const OVERALL: u32 = 1_000;
/// Whoever asked so many seconds ago is not written to again.
const BETWEEN_SECONDS: i64 = 5 * 60;
/// Messages to one person in a day.
const PER_DAY: usize = 5;
const DAY_SECONDS: i64 = 86_400;

/// What was asked, to be looked into once it is answered.
#[must_use = "nobody is written to before it is looked into"]
pub struct Asked {
    service: Service,
    identifier: Identifier,
    peer: String,
}

/// Somebody forgot the password that goes with an e-mail or mobile. `peer` is the network address.
///
/// [`Refusal::Invalid`] at `identifier` when it is neither; [`Refusal::TooMany`] after too many questions, whatever was asked.
pub async fn ask(service: &Service, typed: &str, peer: &str) -> Outcome<Asked> {
    if typed.trim().is_empty() {
        return Err(Refusal::field("identifier", "error-required"));
    }
    let organisations = organisations(service).await.or_failure(service)?;
    let identifier = Identifier::of(typed, &organisations);
    if identifier.addresses.is_empty() {
        return Err(Refusal::field("identifier", "error-identifier"));
    }
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let limits = [
        Limit::new("forgotten peer", peer, PER_PEER),
        Limit::new("forgotten", "everybody", OVERALL),
    ];
    throttle::count(service, &mut tx, &limits).await?;
    tx.commit().await.or_failure(service)?;
    Ok(Asked {
        service: service.clone(),
        identifier,
        peer: peer.to_owned(),
    })
}

impl Asked {
    /// Sends a link to those who are meant and have a password, to the address that was typed. Who was written to a moment ago, or too often today, is
    /// left in peace.
    pub async fn look_into(self) -> Outcome<()> {
        let service = &self.service;
        async {
            let mut tx = service.storage.begin().await?;
            for person in candidates(&mut tx, &self.identifier).await? {
                self.write_to(&mut tx, &person).await?;
            }
            tx.commit().await
        }
        .await
        .or_failure(service)?;
        service.outbox_bell.notify_one();
        Ok(())
    }

    async fn write_to(&self, tx: &mut Transaction, person: &Candidate) -> Result<(), StorageError> {
        let Candidate { user, address } = person;
        let (organisation_id, id) = (user.organisation_id, user.id);
        let now = self.service.clock.now();
        // One after the other: many questions at once are one.
        tx.user_version(organisation_id, id, true).await?;
        let today = tx
            .account_messages_asked_for(organisation_id, id, now.plus_seconds(-DAY_SECONDS))
            .await?;
        let rests = today
            .first()
            .is_some_and(|last| *last > now.plus_seconds(-BETWEEN_SECONDS));
        if rests || today.len() >= PER_DAY {
            return Ok(());
        }
        let channel = if address.contains('@') {
            Channel::Email
        } else {
            Channel::Sms
        };
        let batch = AccountBatch {
            id: self.service.id(),
            organisation_id,
            queued_by: Some(id),
            at: now,
        };
        tx.enqueue_accounts(&batch, &[(id, channel)]).await?;
        tx.add_history(&NewHistory {
            id: self.service.id(),
            organisation_id,
            at: now,
            // Whoever it was, they have not shown to be this person.
            actor_id: None,
            actor_name: String::new(),
            event: "user.password_forgotten",
            training_id: None,
            user_id: Some(id),
            details: serde_json::json!({ "channel": channel.as_str(), (crate::history::WHERE): self.peer }),
        })
        .await
    }
}
