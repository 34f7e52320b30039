//! Tapping a name of the list, and the proof that it may ask for.

use super::{Opened, Visitor, admit, elsewhere, public_training, shown, throttle};
use crate::space::{self, Newcomer};
use crate::{OrFailure, Outcome, Service, seats, tokens};
use convoke_delivery::entry_code;
use convoke_domain::person::Route;
use convoke_domain::registration::Proof;
use convoke_domain::view::{Entered, Entry, ProofView};
use convoke_domain::{MessageKind, Refusal, Timestamp};
use convoke_storage::Transaction;
use convoke_storage::registration::ListedPerson;
use uuid::Uuid;

/// How many digits of the mobile are asked for.
const DIGITS: usize = 4;

/// A name was tapped: into the space, or first a proof. With [`Proof::Code`] this sends the code. Whoever is not `sure` is asked first where somebody
/// has entered by this name on another device.
pub async fn enter(
    service: &Service,
    visitor: &Visitor,
    code: &str,
    listed: Uuid,
    sure: bool,
) -> Outcome<Entered> {
    let opened = admit(service, visitor, code).await?;
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let person = person(service, &mut tx, &opened, listed).await?;
    if !sure
        && elsewhere::marks(service, &mut tx, visitor, &opened)
            .await?
            .contains_key(&listed)
    {
        return Ok(Entered::Elsewhere);
    }
    let entered = match opened.settings.proof {
        Proof::Nothing => {
            let newcomer = newcomer(visitor, &opened, &person, Entry::Tapped);
            Entered::Space(space::begin(service, &mut tx, &newcomer).await?)
        }
        Proof::Code => {
            send_code(service, &mut tx, &person).await?;
            Entered::Asked(Proof::Code)
        }
        Proof::MobileDigits => Entered::Asked(Proof::MobileDigits),
    };
    tx.commit().await.or_failure(service)?;
    service.outbox_bell.notify_one();
    Ok(entered)
}

async fn person(
    service: &Service,
    tx: &mut Transaction,
    opened: &Opened,
    listed: Uuid,
) -> Outcome<ListedPerson> {
    tx.listed_person(opened.training.id, listed)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)
}

pub(super) fn newcomer(
    visitor: &Visitor,
    opened: &Opened,
    person: &ListedPerson,
    entry: Entry,
) -> Newcomer {
    Newcomer {
        organisation_id: person.organisation_id,
        training_id: opened.training.id,
        invitation: Some(person.invitation_id.0),
        registration: person.registration_id,
        entry,
        device: visitor.device_hash(),
    }
}

/// Sends a one-time code to the address that the directory has; the page says the same whether there is one or not. Beyond a few in a
/// quarter of an hour none is sent: the earlier ones are still good.
async fn send_code(service: &Service, tx: &mut Transaction, person: &ListedPerson) -> Outcome<()> {
    let invitation = person.invitation_id;
    if !throttle::may_send_code(service, tx, &invitation.to_string()).await? {
        return Ok(());
    }
    let fresh = tokens::new_secret(service);
    tx.installation_value_or(entry_code::KEY_NAME, &fresh)
        .await
        .or_failure(service)?;
    let route = Route::choose(
        person.channel,
        person.email.is_some(),
        person.mobile.is_some(),
    );
    let sent = seats::notify(
        service,
        tx,
        person.organisation_id,
        invitation,
        MessageKind::EntryCode,
        route,
    )
    .await?;
    if let Some(message) = sent {
        let now = service.clock.now();
        let until = now.plus_seconds(entry_code::SECONDS);
        tx.insert_entry_code(message, person.organisation_id, invitation, now, until)
            .await
            .or_failure(service)?;
    }
    Ok(())
}

/// The page that asks for the proof.
pub async fn proof(
    service: &Service,
    visitor: &Visitor,
    code: &str,
    listed: Uuid,
) -> Outcome<ProofView> {
    let opened = admit(service, visitor, code).await?;
    let mut tx = service.storage.read().await.or_failure(service)?;
    proof_view(service, &mut tx, visitor, &opened, listed, None).await
}

async fn proof_view(
    service: &Service,
    tx: &mut Transaction,
    visitor: &Visitor,
    opened: &Opened,
    id: Uuid,
    problem: Option<&str>,
) -> Outcome<ProofView> {
    if opened.settings.proof == Proof::Nothing {
        return Err(Refusal::NotFound);
    }
    let listed = shown(service, tx, visitor, opened, |row| row.id == id)
        .await?
        .pop()
        .ok_or(Refusal::NotFound)?;
    Ok(ProofView {
        code: opened.code.as_str().to_owned(),
        training: public_training(service, tx, &opened.training, visitor.language).await?,
        listed,
        proof: opened.settings.proof,
        problem: problem.map(str::to_owned),
    })
}

/// Checks a proof: the secret for the cookie, or the page again with what was wrong. [`Refusal::TooMany`] after a few wrong ones for one name.
pub async fn prove(
    service: &Service,
    visitor: &Visitor,
    code: &str,
    listed: Uuid,
    typed: &str,
) -> Outcome<Result<String, Box<ProofView>>> {
    let opened = admit(service, visitor, code).await?;
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let person = person(service, &mut tx, &opened, listed).await?;
    let problem = match opened.settings.proof {
        Proof::Nothing => return Err(Refusal::NotFound),
        Proof::Code => "error-entry-code",
        Proof::MobileDigits => "error-mobile-digits",
    };
    let now = service.clock.now();
    if !is_proven(service, &mut tx, &opened, &person, typed, now).await? {
        let view = proof_view(service, &mut tx, visitor, &opened, listed, Some(problem)).await?;
        // The attempt stays counted.
        tx.commit().await.or_failure(service)?;
        return Ok(Err(Box::new(view)));
    }
    let newcomer = newcomer(visitor, &opened, &person, Entry::Proven);
    let secret = space::begin(service, &mut tx, &newcomer).await?;
    tx.commit().await.or_failure(service)?;
    Ok(Ok(secret))
}

/// Whether what was typed at a time proves that it is this person, where something is asked for. An attempt that was not good stays counted when
/// the transaction is committed; [`Refusal::TooMany`] after a few of them.
pub(super) async fn is_proven(
    service: &Service,
    tx: &mut Transaction,
    opened: &Opened,
    person: &ListedPerson,
    typed: &str,
    at: Timestamp,
) -> Outcome<bool> {
    let typed: String = typed.chars().filter(char::is_ascii_digit).collect();
    // Of the person, not of the name in the list: a second name must not give more tries.
    let counted = person.invitation_id.to_string();
    throttle::begin_proof(service, tx, &counted).await?;
    let is_good = match opened.settings.proof {
        Proof::Nothing => true,
        Proof::Code => is_good_code(service, tx, person, &typed, at).await?,
        Proof::MobileDigits => is_mobile_end(person, &typed),
    };
    if is_good {
        throttle::forget_proof(service, tx, &counted).await?;
    }
    Ok(is_good)
}

async fn is_good_code(
    service: &Service,
    tx: &mut Transaction,
    person: &ListedPerson,
    typed: &str,
    at: Timestamp,
) -> Outcome<bool> {
    let Some(key) = tx
        .installation_value(entry_code::KEY_NAME)
        .await
        .or_failure(service)?
    else {
        return Ok(false);
    };
    for message in tx
        .good_entry_codes(person.invitation_id, at)
        .await
        .or_failure(service)?
    {
        if entry_code::entry_code(&key, message) == typed {
            return tx.use_entry_code(message, at).await.or_failure(service);
        }
    }
    Ok(false)
}

fn is_mobile_end(person: &ListedPerson, typed: &str) -> bool {
    typed.len() == DIGITS
        && person
            .mobile
            .as_deref()
            .is_some_and(|mobile| mobile.ends_with(typed))
}
