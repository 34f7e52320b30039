//! A training that is made up: what a text is about while an organisation has none.

use convoke_domain::{Language, OrganisationId, Timestamp, TrainingId};
use convoke_storage::outbox::TrainingFacts;
use convoke_texts::t;
use uuid::Uuid;

/// Days until the made-up training begins.
const IN_DAYS: i64 = 21;
/// A day in milliseconds.
const DAY: i64 = 86_400_000;

/// A training of two days, in three weeks.
pub fn sample_training(
    organisation_id: OrganisationId,
    organisation: &str,
    language: Language,
    now: Timestamp,
) -> TrainingFacts {
    let midnight = (now.0 / DAY + IN_DAYS) * DAY;
    let at = |hours: i64| Timestamp(midnight + hours * 3_600_000);
    TrainingFacts {
        id: TrainingId(Uuid::nil()),
        organisation_id,
        organisation: organisation.to_owned(),
        title: t!(language, "mail-sample-title"),
        description: String::new(),
        starts_at: at(9),
        ends_at: at(24 + 17),
        time_zone: "UTC".to_owned(),
        days_taught: Some(2),
        place: t!(language, "mail-sample-place"),
        answer_deadline: Some(at(-7 * 24 + 18).0),
        calendar_sequence: 0,
        trainers: vec![t!(language, "mail-sample-trainer")],
    }
}
