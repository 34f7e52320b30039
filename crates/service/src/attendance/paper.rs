//! Attendance sheets as PDF: everybody of a training, and one person's.

use super::{all_half_days, came_at};
use crate::export::{Export, on_paper};
use crate::join::public_training;
use crate::presence::{people, taught};
use crate::{OrFailure, Outcome, Service};
use convoke_domain::attendance::Signature;
use convoke_domain::person::full_name;
use convoke_domain::{Actor, Attendance, HalfDay, InvitationId, Language, Refusal, TrainingId};
use convoke_paper::{Certificate, Column, Fact, Head, Line, Mark, PersonRow, Sheet};
use convoke_storage::Transaction;
use convoke_storage::presence::Said;
use convoke_storage::registration::Signed;
use convoke_storage::trainings::Training;
use convoke_texts::{dates, t, text};
use std::collections::{BTreeSet, HashMap};

/// What is written down about a training, or about one person of it.
struct Known {
    said: HashMap<(InvitationId, HalfDay), Said>,
    signed: HashMap<(InvitationId, HalfDay), Signed>,
    half_days: Vec<HalfDay>,
}

impl Known {
    async fn read(
        service: &Service,
        tx: &mut Transaction,
        training: &Training,
        of: Option<InvitationId>,
    ) -> Outcome<Self> {
        let (organisation, id) = (training.organisation_id, training.id);
        let said = tx
            .attendances(organisation, id, of)
            .await
            .or_failure(service)?;
        let signed = tx
            .signatures(organisation, id, of)
            .await
            .or_failure(service)?;
        let half_days = held(training, &said);
        let key = |said: &Said| (said.invitation_id, said.half_day.clone());
        Ok(Self {
            half_days,
            said: said.into_iter().map(|said| (key(&said), said)).collect(),
            signed: signed
                .into_iter()
                .map(|(id, half_day, signed)| ((id, half_day), signed))
                .collect(),
        })
    }

    fn mark(&self, language: Language, zone: &str, key: &(InvitationId, HalfDay)) -> Mark {
        let Some(said) = self.said.get(key) else {
            return Mark::default();
        };
        let signed = self
            .signed
            .get(key)
            .filter(|_| said.state == Attendance::Present);
        let declared = signed
            .and_then(|signed| signed.typed.as_deref())
            .map(|name| t!(language, "attendance-declared", name = name));
        let details = [came_at(said, zone), declared].into_iter().flatten();
        Mark {
            word: text(language, said.state.key(), &[]),
            detail: details.collect::<Vec<_>>().join(" · "),
            signature: signed
                .and_then(|signed| signed.drawn.as_deref())
                .and_then(|drawn| drawn.parse::<Signature>().ok()),
        }
    }
}

/// The half-days that a sheet has: where more days may have been taught than were, those on which somebody was marked.
fn held(training: &Training, said: &[Said]) -> Vec<HalfDay> {
    let all = all_half_days(training, said);
    let days: BTreeSet<&str> = all.iter().map(|h| h.day.as_str()).collect();
    let marked: BTreeSet<&str> = said.iter().map(|said| said.half_day.day.as_str()).collect();
    let taught = training.days_taught.map_or(u32::MAX, crate::small);
    if marked.is_empty() || days.len() <= usize::try_from(taught).unwrap_or(usize::MAX) {
        return all;
    }
    let held = |half_day: &&HalfDay| marked.contains(half_day.day.as_str());
    all.iter().filter(held).cloned().collect()
}

async fn head(
    service: &Service,
    tx: &mut Transaction,
    training: &Training,
    language: Language,
    kind: String,
) -> Outcome<Head> {
    let facts = public_training(service, tx, training, language).await?;
    let when = format!("{} · {} ({})", facts.dates, facts.times, facts.time_zone);
    let fact = |key: &str, value: String| Fact {
        label: text(language, key, &[]),
        value,
    };
    let made = dates::date_time(language, service.clock.now(), &training.time_zone);
    Ok(Head {
        language: language.as_str().to_owned(),
        organisation: facts.organisation,
        kind,
        title: facts.title,
        facts: [
            fact("attendance-paper-when", when),
            fact("attendance-paper-where", facts.place),
            fact("attendance-paper-by", facts.trainers),
        ]
        .into_iter()
        .filter(|fact| !fact.value.is_empty())
        .collect(),
        made: t!(language, "attendance-paper-made", at = made),
        page: t!(language, "attendance-paper-page", page = "#", pages = "%"),
    })
}

fn column(language: Language, half_day: &HalfDay) -> Column {
    Column {
        day: dates::day_label(language, &half_day.day),
        half: t!(language, "attendance-half", half = half_day.half.as_str()),
    }
}

/// The attendance sheet of a training: everyone who takes part and whom the actor may see in it, with what they signed.
pub async fn sheet(service: &Service, actor: &Actor, id: TrainingId) -> Outcome<Export> {
    let language = actor.language;
    let mut tx = service.storage.read().await.or_failure(service)?;
    let (training, tab) = taught(service, actor, &mut tx, id).await?;
    let people = people(service, actor, &mut tx, tab, None).await?;
    let known = Known::read(service, &mut tx, &training, None).await?;
    let kind = t!(language, "attendance-paper-sheet");
    let head = head(service, &mut tx, &training, language, kind.clone()).await?;
    drop(tx);
    let name = format!("{} - {kind}", training.title);
    let sheet = Sheet {
        head,
        name_label: t!(language, "attendance-paper-name"),
        trainer_label: t!(language, "attendance-paper-trainer"),
        columns: known
            .half_days
            .iter()
            .map(|half_day| column(language, half_day))
            .collect(),
        rows: people
            .iter()
            .map(|person| PersonRow {
                name: full_name(&person.first_name, &person.last_name),
                marks: known
                    .half_days
                    .iter()
                    .map(|half_day| {
                        let key = (person.invitation_id, half_day.clone());
                        known.mark(language, &training.time_zone, &key)
                    })
                    .collect(),
            })
            .collect(),
    };
    on_paper(service, &name, move || sheet.pdf()).await
}

/// The attendance sheet of one person of a training.
pub async fn person_sheet(
    service: &Service,
    actor: &Actor,
    id: TrainingId,
    invitation: InvitationId,
) -> Outcome<Export> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let (training, tab) = taught(service, actor, &mut tx, id).await?;
    let people = people(service, actor, &mut tx, tab, None).await?;
    let person = people
        .into_iter()
        .find(|person| person.invitation_id == invitation)
        .ok_or(Refusal::NotFound)?;
    let name = full_name(&person.first_name, &person.last_name);
    own_sheet(service, tx, &training, invitation, &name, actor.language).await
}

/// The sheet of a person whose right to it is clear.
pub(crate) async fn own_sheet(
    service: &Service,
    mut tx: Transaction,
    training: &Training,
    invitation: InvitationId,
    name: &str,
    language: Language,
) -> Outcome<Export> {
    let known = Known::read(service, &mut tx, training, Some(invitation)).await?;
    let kind = t!(language, "attendance-paper-certificate");
    let head = head(service, &mut tx, training, language, kind.clone()).await?;
    drop(tx);
    let present = known.said.values().filter(|said| {
        said.state == Attendance::Present && known.half_days.contains(&said.half_day)
    });
    let sum = t!(
        language,
        "attendance-paper-sum",
        present = present.count(),
        all = known.half_days.len()
    );
    let file = format!("{name} - {} - {kind}", training.title);
    let certificate = Certificate {
        head,
        name: name.to_owned(),
        sum,
        labels: [
            t!(language, "attendance-paper-half-day"),
            t!(language, "attendance-paper-attendance"),
            t!(language, "attendance-paper-signature"),
        ],
        sign_label: t!(language, "attendance-paper-organisation"),
        lines: known
            .half_days
            .iter()
            .map(|half_day| Line {
                column: column(language, half_day),
                mark: known.mark(
                    language,
                    &training.time_zone,
                    &(invitation, half_day.clone()),
                ),
            })
            .collect(),
    };
    on_paper(service, &file, move || certificate.pdf()).await
}
