//! What a device may keep of a training, so that it goes on without network, and what it sends afterwards.

use super::device::{key, mark};
use super::inside::{self, Tapped};
use super::register::{FilledIn, Standing, form, stand};
use super::{Opened, Visitor, admit, closes_at, look_up, open, public_training};
use crate::{OrFailure, Outcome, Service, attendance, space, tokens};
use convoke_domain::registration::{
    CodeTime, DoneOnDevice, FromDevice, TrainingCode, by_name, done_at, judged_by,
};
use convoke_domain::view::{JoinFormView, JoinView, PublicTraining};
use convoke_domain::{Language, OrganisationId, Refusal, Timestamp, TrainingId};
use convoke_storage::registration::Told;

/// What a device keeps of a training.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The page with the list, as the training's settings show it.
    pub list: JoinView,
    /// The form, empty.
    pub form: JoinFormView,
    /// What is said of the training, in each language: on the device people choose theirs without network, too.
    pub trainings: Vec<(Language, PublicTraining)>,
    /// Goes back with whatever the device sends: see [`FromDevice::ticket`].
    pub ticket: String,
    /// Now, by the server's clock.
    pub now: Timestamp,
    /// When the code closes: the device forgets the training then.
    pub until: Timestamp,
    /// The days on which *I am here* means something, in the training's time zone: `2026-12-09`.
    pub days: Vec<String>,
}

/// What became of an entry of a device's queue.
#[derive(Clone, Debug)]
pub enum Receipt {
    /// A registration has a place.
    Confirmed,
    /// A registration is on the waiting list.
    Waiting,
    /// A registration waits for approval.
    Pending,
    /// That somebody entered is noted.
    Entered,
    /// *I am here* is noted.
    Present,
    /// A registration has to be corrected: the form of now, with what was typed.
    Invalid(Box<JoinFormView>),
    /// It cannot be taken as it is: the key of a sentence that says why, and what to do.
    Refused(&'static str),
}

/// What a device may keep of the training behind a code. Refuses as the page of the code does.
pub async fn keep(service: &Service, visitor: &Visitor, code: &str) -> Outcome<Kept> {
    let mut list = open(service, visitor, code, "").await?;
    // Without network nobody knows any more who has entered elsewhere: an old mark would say what is not so.
    for listed in &mut list.listed {
        listed.elsewhere = None;
    }
    let form = form(service, visitor, code).await?;
    let key = key(service).await?;
    let mut tx = service.storage.read().await.or_failure(service)?;
    let code = TrainingCode::parse(code).ok_or(Refusal::NotFound)?;
    let opened = look_up(service, &mut tx, code)
        .await?
        .ok_or(Refusal::NotFound)?;
    let mut trainings = Vec::new();
    for &language in Language::ALL {
        let said = public_training(service, &mut tx, &opened.training, language).await?;
        trainings.push((language, said));
    }
    let now = service.clock.now();
    let seen = Seen {
        organisation: opened.training.organisation_id,
        training: opened.training.id,
        at: now,
    };
    Ok(Kept {
        ticket: seen.ticket(&key, opened.code.as_str()),
        now,
        until: closes_at(&opened.settings, &opened.training),
        days: attendance::days(&opened.training),
        trainings,
        list,
        form,
    })
}

/// What a ticket says: that a device was shown a training under a good code, and when.
struct Seen {
    organisation: OrganisationId,
    training: TrainingId,
    at: Timestamp,
}

impl Seen {
    fn text(&self) -> String {
        format!("1.{}.{}.{}", self.organisation, self.training, self.at.0)
    }

    fn ticket(&self, key: &str, code: &str) -> String {
        let text = self.text();
        let mark = mark(key, &format!("ticket {code} {text}"));
        format!("{text}.{mark}")
    }

    fn read(ticket: &str, key: &str, code: &str) -> Option<Self> {
        let mut parts = ticket.split('.').skip(1);
        let seen = Self {
            organisation: parts.next()?.parse().ok()?,
            training: parts.next()?.parse().ok()?,
            at: Timestamp(parts.next()?.parse().ok()?),
        };
        // Hashed before it is compared, so that the time of comparing tells nothing.
        let is_ours = tokens::hash(&seen.ticket(key, code)) == tokens::hash(ticket);
        is_ours.then_some(seen)
    }
}

/// Takes an entry of a device's queue. However often it comes, it counts once.
///
/// [`Refusal::TooMany`] and failures mean that it is to be sent again later; everything else is in the [`Receipt`].
pub async fn receive(
    service: &Service,
    visitor: &Visitor,
    code: &str,
    entry: &FromDevice,
) -> Outcome<Receipt> {
    let (opened, seen) = match opened(service, visitor, code, entry).await {
        Ok(found) => found,
        Err(Refusal::NotFound) => return Ok(Receipt::Refused("offline-code-closed")),
        Err(refusal) => return Err(refusal),
    };
    let now = service.clock.now();
    let at = done_at(entry.at, entry.sent, seen, now);
    let is_same_code = opened.settings.code == opened.code.as_str();
    let time = CodeTime {
        closes: closes_at(&opened.settings, &opened.training),
        good: is_same_code && opened.settings.offered == 1 && opened.settings.code_on == 1,
        ended: opened.settings.code_ended_at.map(Timestamp),
    };
    let mut tx = service.storage.begin().await.or_failure(service)?;
    // What is here already stays, whatever became of the code.
    let came_before = tx
        .registration_of_submission(entry.id)
        .await
        .or_failure(service)?
        .is_some();
    if !came_before && !time.took(at) {
        return Ok(Receipt::Refused("offline-code-closed"));
    }
    let receipt = match &entry.what {
        DoneOnDevice::Register { version, posted } => {
            let posted = by_name(posted.clone());
            let newest = opened.settings.form_version;
            let published = tx
                .form_published_at(opened.training.id, newest)
                .await
                .or_failure(service)?;
            let filled_in = FilledIn {
                submission: entry.id,
                version: judged_by(i64::from(*version), newest, published, at),
                posted: &posted,
                at,
                offline: true,
            };
            match stand(service, &mut tx, visitor, &opened, &filled_in).await {
                Ok(Standing::Stands(registration, newcomer)) => {
                    // Whoever registers is in their space, as with network; the history tells it in this order.
                    let entered = Timestamp(at.0 + 1);
                    space::entered_without_network(service, &mut tx, &newcomer, entry.id, entered)
                        .await?;
                    match registration.told {
                        Told::Confirmed => Receipt::Confirmed,
                        Told::Waiting => Receipt::Waiting,
                        Told::Pending => Receipt::Pending,
                    }
                }
                Ok(Standing::Invalid(view)) => return Ok(Receipt::Invalid(view)),
                Err(Refusal::Conflict(_)) => return Ok(Receipt::Refused("offline-full")),
                Err(refusal) => return Err(refusal),
            }
        }
        DoneOnDevice::Enter { person, proof } => {
            // Also when it is refused: an attempt at a proof stays counted.
            let tapped = Tapped {
                entry: entry.id,
                person: *person,
                proof,
                at,
            };
            inside::enter(service, &mut tx, visitor, &opened, &tapped).await?
        }
        DoneOnDevice::Here { person, entrance } => {
            match inside::arrive(service, &mut tx, visitor, &opened, *person, entrance, at).await? {
                Receipt::Present => Receipt::Present,
                refused => return Ok(refused),
            }
        }
    };
    tx.commit().await.or_failure(service)?;
    service.outbox_bell.notify_one();
    Ok(receipt)
}

/// The training of an entry, and when the server last saw the device with it: by its ticket, even if the code opens nothing any more; without a
/// good one by the code, as any visitor.
async fn opened(
    service: &Service,
    visitor: &Visitor,
    code: &str,
    entry: &FromDevice,
) -> Outcome<(Opened, Timestamp)> {
    let key = key(service).await?;
    let seen = TrainingCode::parse(code)
        .and_then(|code| Some((Seen::read(&entry.ticket, &key, code.as_str())?, code)));
    if let Some((seen, code)) = seen {
        let mut tx = service.storage.read().await.or_failure(service)?;
        let settings = tx
            .self_registration(seen.organisation, seen.training)
            .await
            .or_failure(service)?
            .ok_or(Refusal::NotFound)?;
        let training = tx
            .training(seen.organisation, seen.training)
            .await
            .or_failure(service)?
            .ok_or(Refusal::NotFound)?;
        let opened = Opened {
            settings,
            training,
            code,
        };
        return Ok((opened, seen.at));
    }
    let opened = admit(service, visitor, code).await?;
    Ok((opened, service.clock.now()))
}
