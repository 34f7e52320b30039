//! What somebody did in a training space on a device without network: they entered, and said *I am here*. It is sent afterwards
//! ([`super::offline::receive`]), and counts at the time at which it was done.

use super::enter::{is_proven, newcomer};
use super::offline::Receipt;
use super::register::newcomer_again;
use super::{Opened, Visitor};
use crate::space::{self, on_device};
use crate::{OrFailure, Outcome, Service, attendance};
use convoke_domain::person::full_name;
use convoke_domain::registration::Proof;
use convoke_domain::view::Entry;
use convoke_domain::{HalfDay, InvitationState, Refusal, RegistrationId, Timestamp};
use convoke_storage::Transaction;
use convoke_storage::history::NewHistory;
use convoke_storage::registration::{ListedPerson, Registration, Signed, SpaceSession, Told};
use convoke_storage::trainings::Training;
use uuid::Uuid;

/// Somebody had tapped a name, and typed a proof where one is asked for.
pub(super) struct Tapped<'a> {
    /// The entry of the device's queue.
    pub entry: RegistrationId,
    /// The id in the list, or that of the entry by which they registered on this device.
    pub person: Uuid,
    /// What they typed.
    pub proof: &'a str,
    /// When.
    pub at: Timestamp,
}

/// Somebody entered. [`Refusal::Conflict`] while too many wrong proofs were given for the name: it is to be sent again later.
pub(super) async fn enter(
    service: &Service,
    tx: &mut Transaction,
    visitor: &Visitor,
    opened: &Opened,
    tapped: &Tapped<'_>,
) -> Outcome<Receipt> {
    let training = &opened.training;
    // Of an entry that comes twice at once one waits here for the other.
    tx.raise_training_version(training.organisation_id, training.id)
        .await
        .or_failure(service)?;
    let known_by = space::without_network(tapped.entry);
    let before = tx
        .entrance(training.organisation_id, training.id, &known_by)
        .await
        .or_failure(service)?;
    if before.is_some() {
        return Ok(Receipt::Entered);
    }
    let newcomer = if let Some(own) = registered_here(service, tx, opened, tapped.person).await? {
        newcomer_again(service, tx, visitor, &own).await?
    } else {
        let Some(found) = tx
            .listed_person(training.id, tapped.person)
            .await
            .or_failure(service)?
        else {
            return Ok(Receipt::Refused("offline-here-nobody"));
        };
        let entry = if opened.settings.proof == Proof::Nothing {
            Entry::Tapped
        } else if tapped.proof.is_empty() {
            // When they entered, none was asked for.
            return Ok(Receipt::Refused("offline-here-proof"));
        } else {
            match is_proven(service, tx, opened, &found, tapped.proof, tapped.at).await {
                Ok(true) => Entry::Proven,
                Ok(false) => return Ok(Receipt::Refused("offline-enter-proof")),
                // A device that is told to wait sends nothing at all; its other entries have nothing to do with this name.
                Err(Refusal::TooMany { .. }) => {
                    return Err(Refusal::Conflict("conflict-proof-later".to_owned()));
                }
                Err(refusal) => return Err(refusal),
            }
        };
        newcomer(visitor, opened, &found, entry)
    };
    space::entered_without_network(service, tx, &newcomer, tapped.entry, tapped.at).await?;
    Ok(Receipt::Entered)
}

/// The registration of whoever registered by an entry of the same device.
async fn registered_here(
    service: &Service,
    tx: &mut Transaction,
    opened: &Opened,
    person: Uuid,
) -> Outcome<Option<Registration>> {
    let own = tx
        .registration_of_submission(RegistrationId(person))
        .await
        .or_failure(service)?;
    Ok(own.filter(|registration| registration.training_id == opened.training.id))
}

/// Whether it is known that a person of the list had shown on this device that it is them.
async fn had_proven(
    service: &Service,
    tx: &mut Transaction,
    visitor: &Visitor,
    training: &Training,
    person: Uuid,
    entrance: &str,
) -> Outcome<bool> {
    let known_by = entrance
        .parse()
        .map_or_else(|_| entrance.to_owned(), space::without_network);
    let session = tx
        .entrance(training.organisation_id, training.id, &known_by)
        .await
        .or_failure(service)?;
    Ok(session.is_some_and(|session| {
        session.entry != "tapped"
            && session.registration_id.or(session.invitation_id) == Some(person)
            && session.device_hash == visitor.device_hash()
    }))
}

/// *I am here*. Twice keeps the first time.
pub(super) async fn arrive(
    service: &Service,
    tx: &mut Transaction,
    visitor: &Visitor,
    opened: &Opened,
    person: Uuid,
    entrance: &str,
    at: Timestamp,
) -> Outcome<Receipt> {
    let training = &opened.training;
    let own = registered_here(service, tx, opened, person).await?;
    // Who registered on this device stays themselves.
    if own.is_none()
        && opened.settings.proof != Proof::Nothing
        && !had_proven(service, tx, visitor, training, person, entrance).await?
    {
        return Ok(Receipt::Refused("offline-here-proof"));
    }
    let listed = own
        .as_ref()
        .map_or(person, |registration| registration.id.0);
    tx.raise_training_version(training.organisation_id, training.id)
        .await
        .or_failure(service)?;
    let Some(found) = tx
        .listed_person(training.id, listed)
        .await
        .or_failure(service)?
    else {
        return Ok(Receipt::Refused("offline-here-nobody"));
    };
    let registration = match found.registration_id {
        Some(id) => tx
            .registration(training.id, RegistrationId(id))
            .await
            .or_failure(service)?,
        None => None,
    };
    let is_repeated = registration.as_ref().is_some_and(|r| r.repeated == 1);
    let takes_part = match &registration {
        // What they were told, which is what a first registration would have been.
        Some(registration) if is_repeated => registration.told == Told::Confirmed,
        _ => found.state == InvitationState::Confirmed,
    };
    if !takes_part {
        return Ok(Receipt::Refused("offline-here-waiting"));
    }
    let Some(half_day) = attendance::half_day_now(training, at) else {
        return Ok(Receipt::Refused("offline-here-day"));
    };
    let before = tx
        .arrived(found.invitation_id, &half_day, None)
        .await
        .or_failure(service)?;
    let session = SpaceSession {
        organisation_id: training.organisation_id,
        training_id: training.id,
        invitation_id: Some(found.invitation_id.0),
        registration_id: found.registration_id,
        entry: String::new(),
        device_hash: None,
    };
    // Nobody signs without network: the training space asks for it afterwards.
    let unsigned = Signed::default();
    tx.arrive(&session, &half_day, is_repeated, &unsigned, at)
        .await
        .or_failure(service)?;
    if before.is_none() {
        let arrival = Arrival {
            found: &found,
            registration: registration.as_ref(),
            half_day: &half_day,
            at,
        };
        note_arrival(service, tx, visitor, training, &arrival).await?;
    }
    Ok(Receipt::Present)
}

/// Somebody who has come.
struct Arrival<'a> {
    found: &'a ListedPerson,
    registration: Option<&'a Registration>,
    half_day: &'a HalfDay,
    at: Timestamp,
}

/// A line of the history, in the person's name.
async fn note_arrival(
    service: &Service,
    tx: &mut Transaction,
    visitor: &Visitor,
    training: &Training,
    arrival: &Arrival<'_>,
) -> Outcome<()> {
    let invitation = tx
        .seen_invitation(training.organisation_id, arrival.found.invitation_id)
        .await
        .or_failure(service)?;
    let user_id = invitation.map(|invitation| invitation.user_id);
    let name = match (arrival.registration, user_id) {
        (Some(registration), _) => full_name(&registration.first_name, &registration.last_name),
        (None, Some(user)) => tx
            .user(training.organisation_id, user)
            .await
            .or_failure(service)?
            .map(|user| full_name(&user.first_name, &user.last_name))
            .unwrap_or_default(),
        (None, None) => String::new(),
    };
    let half_day = arrival.half_day;
    tx.add_history(&NewHistory {
        id: service.id(),
        organisation_id: training.organisation_id,
        at: arrival.at,
        actor_id: None,
        actor_name: name,
        event: "presence.arrived",
        training_id: Some(training.id),
        user_id,
        details: on_device(
            serde_json::json!({ "day": half_day.day, "half": half_day.half }),
            visitor.device_hash().as_deref(),
            true,
        ),
    })
    .await
    .or_failure(service)
}
