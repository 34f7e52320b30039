//! Attendance: people × half-days, as trainers and administrators see it. A mark is set by [`crate::presence::mark`], or by the person
//! ([`crate::space::arrive`]); sheets to print are in [`paper`].

pub mod paper;

pub(crate) use paper::own_sheet;

use crate::presence::{people, taught};
use crate::{OrFailure, Outcome, Service, history_line};
use convoke_domain::attendance::{Calendar, half_day_at};
use convoke_domain::view::{AttendanceCell, AttendanceRow, AttendanceView, HalfDayHead};
use convoke_domain::{
    Actor, Attendance, HalfDay, InvitationId, Language, Refusal, Timestamp, TrainingId,
};
use convoke_storage::invitations::Invitation;
use convoke_storage::presence::{NewPresence, Said};
use convoke_storage::trainings::Training;
use convoke_texts::{dates, t};
use std::collections::{BTreeSet, HashMap};

/// The most days a training is shown with.
const MAX_DAYS: usize = 366;

/// The half-days of a training, in its own time zone.
pub(crate) fn half_days(training: &Training) -> Vec<HalfDay> {
    let zone = &training.time_zone;
    let days: Vec<(String, bool)> =
        dates::days(training.starts_at, training.ends_at, zone, MAX_DAYS)
            .into_iter()
            .map(|day| {
                let weekend = dates::is_weekend(&day);
                (day, weekend)
            })
            .collect();
    let ends = match dates::minute(training.ends_at, zone) {
        // An end at midnight belongs to the day before.
        0 => 24 * 60,
        minute => minute,
    };
    Calendar {
        days: &days,
        starts: dates::minute(training.starts_at, zone),
        ends,
        days_taught: training.days_taught.map(crate::small),
    }
    .half_days()
}

/// The days of a training on which there are half-days.
pub(crate) fn days(training: &Training) -> Vec<String> {
    let mut days: Vec<String> = half_days(training).into_iter().map(|h| h.day).collect();
    days.dedup();
    days
}

/// The half-day of the training that is on; the one of its day that comes next, or was last.
pub(crate) fn half_day_now(training: &Training, now: Timestamp) -> Option<HalfDay> {
    let zone = &training.time_zone;
    let (day, minute) = (dates::day(now, zone), dates::minute(now, zone));
    half_day_at(&half_days(training), &day, minute).cloned()
}

/// "Wednesday 9 December, morning".
pub(crate) fn label(language: Language, half_day: &HalfDay) -> String {
    t!(
        language,
        "attendance-half-day",
        day = dates::day_label(language, &half_day.day),
        half = half_day.half.as_str()
    )
}

/// The half-days of a training, and those on which somebody was marked when it was on other days.
pub(crate) fn all_half_days(training: &Training, said: &[Said]) -> Vec<HalfDay> {
    let planned = half_days(training);
    let days: BTreeSet<&str> = planned.iter().map(|h| h.day.as_str()).collect();
    let elsewhere = said
        .iter()
        .map(|said| &said.half_day)
        .filter(|half_day| !days.contains(half_day.day.as_str()));
    let all: BTreeSet<&HalfDay> = planned.iter().chain(elsewhere).collect();
    all.into_iter().cloned().collect()
}

/// People × half-days of a training: everyone who takes part and whom the actor may see in it.
pub async fn grid(service: &Service, actor: &Actor, id: TrainingId) -> Outcome<AttendanceView> {
    let now = service.clock.now();
    let mut tx = service.storage.read().await.or_failure(service)?;
    let (training, tab) = taught(service, actor, &mut tx, id).await?;
    let people = people(service, actor, &mut tx, tab, None).await?;
    let said = tx
        .attendances(training.organisation_id, id, None)
        .await
        .or_failure(service)?;
    let half_days = all_half_days(&training, &said);
    let mut of: HashMap<(InvitationId, &HalfDay), &Said> = said
        .iter()
        .map(|said| ((said.invitation_id, &said.half_day), said))
        .collect();
    let rows = people
        .into_iter()
        .map(|person| AttendanceRow {
            invitation_id: person.invitation_id,
            user_id: person.user_id,
            cells: half_days
                .iter()
                .map(|half_day| of.remove(&(person.invitation_id, half_day)))
                .map(|said| said.map(|said| cell(said, &training.time_zone)))
                .collect(),
            first_name: person.first_name,
            last_name: person.last_name,
        })
        .collect();
    let today = dates::day(now, &training.time_zone);
    let current = half_day_now(&training, now);
    Ok(AttendanceView {
        rows,
        half_days: half_days
            .into_iter()
            .map(|half_day| HalfDayHead {
                day: dates::day_short(actor.language, &half_day.day),
                label: label(actor.language, &half_day),
                begun: half_day.day <= today,
                is_now: current.as_ref() == Some(&half_day),
                half_day,
            })
            .collect(),
    })
}

fn cell(said: &Said, zone: &str) -> AttendanceCell {
    AttendanceCell {
        state: said.state,
        at: came_at(said, zone),
        by_hand: said.by_hand,
        signed: said.signed,
    }
}

/// When somebody came; what was said on another day says nothing about that.
fn came_at(said: &Said, zone: &str) -> Option<String> {
    let on_the_day = dates::day(said.at, zone) == said.half_day.day;
    (said.state == Attendance::Present && on_the_day).then(|| dates::time(said.at, zone))
}

/// Says of everybody of whom nothing is said yet that they are present, or absent, on a half-day. How many that are.
pub async fn mark_rest(
    service: &Service,
    actor: &Actor,
    training: TrainingId,
    half_day: &HalfDay,
    attendance: Attendance,
) -> Outcome<u32> {
    let now = service.clock.now();
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let (training, tab) = taught(service, actor, &mut tx, training).await?;
    let today = dates::day(now, &training.time_zone);
    if half_day.day > today || !half_days(&training).contains(half_day) {
        return Err(Refusal::Conflict("conflict-presence-day".to_owned()));
    }
    tx.raise_training_version(actor.organisation_id, training.id)
        .await
        .or_failure(service)?;
    let people = people(service, actor, &mut tx, tab, Some(half_day)).await?;
    let mut marked = Vec::new();
    for person in people.iter().filter(|p| p.attendance().is_none()) {
        let invitation = Invitation {
            id: person.invitation_id,
            organisation_id: actor.organisation_id,
            training_id: training.id,
            user_id: person.user_id,
            state: convoke_domain::InvitationState::Confirmed,
        };
        tx.set_attendance(NewPresence {
            invitation: &invitation,
            half_day,
            state: attendance,
            at: now,
            marked_by: actor.user_id,
        })
        .await
        .or_failure(service)?;
        marked.push(person.user_id);
    }
    if marked.is_empty() {
        return Ok(0);
    }
    let people = u32::try_from(marked.len()).unwrap_or(u32::MAX);
    let details = serde_json::json!({
        "day": half_day.day,
        "half": half_day.half,
        "attendance": attendance,
        "people": people,
    });
    let event = "presence.marked_rest";
    let line = history_line(service, actor, event, Some(training.id), None, details);
    tx.add_history(&line).await.or_failure(service)?;
    tx.add_history_people(actor.organisation_id, line.id, &marked)
        .await
        .or_failure(service)?;
    tx.commit().await.or_failure(service)?;
    Ok(people)
}
