//! The public pages behind a training code. There is no actor: who knows the code may look and register, within the throttle.
//!
//! Nothing that comes back depends on whether an address is known: neither the answer, nor what the list and the space show afterwards.

mod device;
mod elsewhere;
mod enter;
mod inside;
mod lock;
mod offline;
mod register;
mod throttle;

pub use device::{known_device, new_device};
pub use elsewhere::elsewhere;
pub use enter::{enter, proof, prove};
pub use lock::{is_locked, lock, unlock};
pub use offline::{Kept, Receipt, keep, receive};
pub(crate) use register::accept;
pub use register::{Registered, correct, form, register};

use crate::{OrFailure, Outcome, Service, attendance, seats, tokens};
use convoke_domain::fold;
use convoke_domain::person::{full_name, initials};
use convoke_domain::registration::{ListShows, TrainingCode, device_name};
use convoke_domain::view::{JoinView, Listed, PublicTraining};
use convoke_domain::{Language, Refusal, Timestamp};
use convoke_storage::Transaction;
use convoke_storage::registration::{ListedRow, SelfRegistration};
use convoke_storage::trainings::Training;
use convoke_texts::dates;

/// With [`ListShows::Search`], how many letters have to be typed before names are shown.
const LETTERS: usize = 2;

/// Who looks, as far as the throttle and the language are concerned.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The id of the device, from its cookie; `None` when it showed none that we made.
    pub device: Option<String>,
    /// The network address.
    pub peer: String,
    /// The language of the page.
    pub language: Language,
}

impl Visitor {
    /// What the device is known by where it is stored.
    pub(crate) fn device_hash(&self) -> Option<String> {
        self.device.as_deref().map(tokens::hash)
    }

    /// What people call the device.
    pub fn device_name(&self) -> Option<String> {
        self.device_hash().map(|hash| device_name(&hash))
    }
}

/// What a good code opens.
struct Opened {
    settings: SelfRegistration,
    training: Training,
    code: TrainingCode,
}

/// Finds what a code opens. Unknown, closed and switched off are one and the same: [`Refusal::NotFound`].
async fn admit(service: &Service, visitor: &Visitor, code: &str) -> Outcome<Opened> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    throttle::check_guesses(service, &mut tx, visitor).await?;
    let opened = match TrainingCode::parse(code) {
        Some(code) => look_up(service, &mut tx, code).await?,
        None => None,
    };
    drop(tx);
    if let Some(opened) = opened {
        throttle::remember(service, visitor).await?;
        Ok(opened)
    } else {
        throttle::note_guess(service, visitor).await?;
        Err(Refusal::NotFound)
    }
}

async fn look_up(
    service: &Service,
    tx: &mut Transaction,
    code: TrainingCode,
) -> Outcome<Option<Opened>> {
    let Some(settings) = tx
        .self_registration_by_code(code.as_str())
        .await
        .or_failure(service)?
    else {
        return Ok(None);
    };
    let Some(training) = tx
        .training(settings.organisation_id, settings.training_id)
        .await
        .or_failure(service)?
    else {
        return Ok(None);
    };
    Ok(
        is_open(&settings, &training, service.clock.now()).then_some(Opened {
            settings,
            training,
            code,
        }),
    )
}

/// Whether the code opens the page now.
pub(crate) fn is_open(settings: &SelfRegistration, training: &Training, now: Timestamp) -> bool {
    settings.offered == 1
        && settings.code_on == 1
        && settings.opens_at.is_none_or(|at| now >= Timestamp(at))
        && now < closes_at(settings, training)
}

/// When the code stops opening the page.
pub(crate) fn closes_at(settings: &SelfRegistration, training: &Training) -> Timestamp {
    settings.closes_at.map_or(training.ends_at, Timestamp)
}

/// What public pages say of a training.
pub(crate) async fn public_training(
    service: &Service,
    tx: &mut Transaction,
    training: &Training,
    language: Language,
) -> Outcome<PublicTraining> {
    let organisation = tx
        .organisation(training.organisation_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    let trainers: Vec<String> = tx
        .trainers(&[training.id])
        .await
        .or_failure(service)?
        .iter()
        .map(|t| full_name(&t.first_name, &t.last_name))
        .collect();
    let zone = &training.time_zone;
    let days_taught = training.days_taught.and_then(|n| u32::try_from(n).ok());
    Ok(PublicTraining {
        organisation: organisation.name,
        title: training.title.clone(),
        dates: dates::date_range(language, training.starts_at, training.ends_at, zone),
        times: dates::time_range(
            language,
            training.starts_at,
            training.ends_at,
            zone,
            days_taught,
        ),
        time_zone: zone.clone(),
        place: training.place.clone(),
        trainers: trainers.join(", "),
        description: training.description.clone(),
    })
}

/// The page behind a code, as typed or from the address. [`Refusal::NotFound`] alike for a code that is unknown, closed or switched off;
/// [`Refusal::TooMany`] after too many of those.
pub async fn open(
    service: &Service,
    visitor: &Visitor,
    code: &str,
    search: &str,
) -> Outcome<JoinView> {
    let opened = admit(service, visitor, code).await?;
    lock::see(service, visitor, &opened.training).await?;
    let Opened {
        settings,
        training,
        code,
    } = &opened;
    let mut tx = service.storage.read().await.or_failure(service)?;
    let seats_left = seats::left(service, &mut tx, training).await?;
    let hidden = settings.list_shows == ListShows::Search
        && search.chars().filter(|c| c.is_alphanumeric()).count() < LETTERS;
    let listed = if hidden {
        Vec::new()
    } else {
        let query = fold::Query::parse(search);
        let matches = |row: &ListedRow| {
            query.is_empty() || query.matches(&searched(row, settings.list_shows))
        };
        shown(service, &mut tx, visitor, &opened, matches).await?
    };
    let full = seats_left == Some(0);
    Ok(JoinView {
        code: code.as_str().to_owned(),
        training: public_training(service, &mut tx, training, visitor.language).await?,
        list_shows: settings.list_shows,
        proof: settings.proof,
        listed,
        seats_left,
        full,
        can_register: !full || settings.waiting_list == 1,
    })
}

/// What a search looks in: only what the list shows, else typing would tell the rest.
fn searched(row: &ListedRow, shows: ListShows) -> String {
    let last_name = match shows {
        ListShows::Initials => row.last_name.chars().take(1).collect(),
        ListShows::FullNames | ListShows::Search => row.last_name.clone(),
    };
    fold::search_text(&last_name, &row.first_name, None, None)
}

/// A name, as the setting shows it.
pub(crate) fn shown_name(first_name: &str, last_name: &str, shows: ListShows) -> String {
    match (shows, last_name.chars().next()) {
        (ListShows::Initials, Some(initial)) => format!("{first_name} {initial}."),
        _ => full_name(first_name, last_name),
    }
}

/// The names that are asked for, as the setting shows them to this device.
async fn shown(
    service: &Service,
    tx: &mut Transaction,
    visitor: &Visitor,
    opened: &Opened,
    wanted: impl Fn(&ListedRow) -> bool,
) -> Outcome<Vec<Listed>> {
    let Opened {
        settings, training, ..
    } = opened;
    let half_day = attendance::half_day_now(training, service.clock.now());
    let marks = elsewhere::marks(service, tx, visitor, opened).await?;
    let rows = tx
        .public_list(training.id, half_day.as_ref())
        .await
        .or_failure(service)?;
    Ok(rows
        .iter()
        .filter(|row| wanted(row))
        .map(|row| Listed {
            elsewhere: marks
                .get(&row.id)
                .map(|at| dates::time(*at, &training.time_zone)),
            ..listed(row, settings.list_shows, &training.time_zone)
        })
        .collect())
}

fn listed(row: &ListedRow, shows: ListShows, zone: &str) -> Listed {
    // With initials the list goes by last name all the same, and the bar by what is shown of it.
    let letter = fold::plain(&row.last_name)
        .chars()
        .next()
        .filter(char::is_ascii_alphabetic)
        .map_or('#', |c| c.to_ascii_uppercase());
    Listed {
        id: row.id,
        name: shown_name(&row.first_name, &row.last_name, shows),
        initials: initials(&row.first_name, &row.last_name),
        letter,
        present_at: row.present_at.map(|at| dates::time(Timestamp(at), zone)),
        waiting: row.waiting == 1,
        elsewhere: None,
    }
}
