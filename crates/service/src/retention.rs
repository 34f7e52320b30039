//! What is kept of people for some days only: who never answered is forgotten, and the texts of messages are removed. The program does it by itself, at night; what is forgotten is
//! [`convoke_domain::retention::kept`].

use crate::people::edit::administrator;
use crate::{OrFailure, Outcome, Service};
use convoke_domain::retention::Retention;
use convoke_domain::view::RetentionPreview;
use convoke_domain::{Actor, HistoryId, OrganisationId, Refusal, Timestamp, UserId};
use convoke_storage::Transaction;
use convoke_storage::history::NewHistory;
use convoke_texts::dates;

/// People who are forgotten in one transaction: others who write wait for it on SQLite.
const PEOPLE: u32 = 500;
/// Texts that are removed in one.
const TEXTS: u32 = 2_000;
/// When the night begins, in the organisation's time zone. What somebody sets in the day can be taken back until then.
const NIGHT: &str = "02:00";

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// People, and registrations of people whom nobody knows, that were forgotten.
    pub people: u64,
    /// Texts of messages that were removed.
    pub texts: u64,
}

/// What would be forgotten at this moment with these settings; for administrators.
///
/// [`Refusal::Invalid`] at `forget_days` or `text_days`.
pub async fn preview(
    service: &Service,
    actor: &Actor,
    retention: Retention,
) -> Outcome<RetentionPreview> {
    administrator(actor)?;
    if let Some((field, key)) = retention.problem() {
        return Err(Refusal::field(field, key));
    }
    let now = service.clock.now();
    let organisation = actor.organisation_id;
    let mut tx = service.storage.read().await.or_failure(service)?;
    let mut preview = RetentionPreview::default();
    if let Some(over) = retention.over_before(now) {
        let (people, strangers) = tx
            .count_forgettable(
                organisation,
                retention,
                (over, crate::imports::kept_since(service)),
            )
            .await
            .or_failure(service)?;
        preview.people = people.saturating_add(strangers);
    }
    if let Some(before) = retention.texts_before(now) {
        preview.texts = tx
            .count_old_texts(organisation, before)
            .await
            .or_failure(service)?;
    }
    Ok(preview)
}

/// Does the night's work of the organisations whose night has begun. Called again and again by the program; any number of processes may do so over one database, and one that is killed
/// leaves the rest to the next.
pub async fn run_due(service: &Service) -> Outcome<Done> {
    let now = service.clock.now();
    let waiting = {
        let mut tx = service.storage.read().await.or_failure(service)?;
        tx.retention_waits(|zone| night(now, zone))
            .await
            .or_failure(service)?
    };
    let mut done = Done::default();
    for organisation in waiting {
        let of_one = run(service, organisation, now).await?;
        done.people += of_one.people;
        done.texts += of_one.texts;
    }
    Ok(done)
}

/// When the last night began.
fn night(now: Timestamp, zone: &str) -> Option<Timestamp> {
    let of_day = |at| dates::from_input(&format!("{}T{NIGHT}", dates::day(at, zone)), zone);
    [now, convoke_domain::retention::days_before(now, 1)]
        .into_iter()
        .filter_map(of_day)
        .find(|begins| *begins <= now)
}

async fn run(service: &Service, organisation: OrganisationId, now: Timestamp) -> Outcome<Done> {
    // Files that were imported long ago have people's data too, and whom they name is not forgotten before.
    crate::imports::forget_old(service, organisation).await?;
    let settings = {
        let mut tx = service.storage.read().await.or_failure(service)?;
        let settings = tx.organisation_settings(organisation).await;
        settings.or_failure(service)?.ok_or(Refusal::NotFound)?
    };
    let retention = settings.retention;
    let night = Night {
        service,
        organisation,
        retention,
        now,
    };
    let mut done = Done::default();
    if let Some(over) = retention.over_before(now) {
        done.people = night.people(over).await?;
    }
    if let Some(before) = retention.texts_before(now) {
        done.texts = night.texts(before).await?;
    }
    let mut tx = service.storage.begin().await.or_failure(service)?;
    tx.retention_rests(organisation, now)
        .await
        .or_failure(service)?;
    // A pace is kept under the domain of its readers' addresses, which may be somebody's own.
    tx.forget_paces(convoke_domain::retention::days_before(now, 1))
        .await
        .or_failure(service)?;
    tx.commit().await.or_failure(service)?;
    Ok(done)
}

/// The work of one night of an organisation.
#[derive(Clone, Copy)]
struct Night<'a> {
    service: &'a Service,
    organisation: OrganisationId,
    retention: Retention,
    now: Timestamp,
}

impl Night<'_> {
    /// Forgets people, some in a transaction; the line of the history grows with each.
    async fn people(self, over: Timestamp) -> Outcome<u64> {
        let service = self.service;
        let line: HistoryId = service.id();
        let mut forgotten = 0;
        let mut last = UserId(uuid::Uuid::nil());
        loop {
            let people = {
                let mut tx = service.storage.read().await.or_failure(service)?;
                tx.forgettable_people(self.organisation, self.retention, over, (last, PEOPLE))
                    .await
                    .or_failure(service)?
            };
            let Some(end) = people.last() else { break };
            last = *end;
            let mut tx = service.storage.begin().await.or_failure(service)?;
            let moments = (over, self.now);
            let n = tx
                .forget_people(self.organisation, self.retention, moments, &people)
                .await
                .or_failure(service)?;
            forgotten += u64::from(n);
            self.note(&mut tx, line, "retention.people", forgotten)
                .await?;
            tx.commit().await.or_failure(service)?;
        }
        loop {
            let mut tx = service.storage.begin().await.or_failure(service)?;
            let n = tx
                .forget_strangers(self.organisation, (over, self.now), PEOPLE)
                .await
                .or_failure(service)?;
            if n == 0 {
                break;
            }
            forgotten += u64::from(n);
            self.note(&mut tx, line, "retention.people", forgotten)
                .await?;
            tx.commit().await.or_failure(service)?;
        }
        Ok(forgotten)
    }

    /// Removes texts of messages in the same way.
    async fn texts(self, before: Timestamp) -> Outcome<u64> {
        let service = self.service;
        let line: HistoryId = service.id();
        let days = self.retention.text_days.unwrap_or_default();
        let mut removed = 0;
        loop {
            let mut tx = service.storage.begin().await.or_failure(service)?;
            let n = tx
                .remove_texts(self.organisation, (before, days), TEXTS)
                .await
                .or_failure(service)?;
            if n == 0 {
                break;
            }
            removed += u64::from(n);
            self.note(&mut tx, line, "retention.texts", removed).await?;
            tx.commit().await.or_failure(service)?;
        }
        Ok(removed)
    }

    /// How many so far; never who.
    async fn note(
        self,
        tx: &mut Transaction,
        id: HistoryId,
        event: &'static str,
        so_far: u64,
    ) -> Outcome<()> {
        if so_far == 0 {
            return Ok(());
        }
        let (count, days) = match event {
            "retention.people" => ("people", self.retention.people_days),
            _ => ("removed", self.retention.text_days),
        };
        tx.add_history(&NewHistory {
            id,
            organisation_id: self.organisation,
            at: self.now,
            actor_id: None,
            actor_name: String::new(),
            event,
            training_id: None,
            user_id: None,
            details: serde_json::json!({ (count): so_far, "days": days }),
        })
        .await
        .or_failure(self.service)
    }
}
