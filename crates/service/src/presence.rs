//! Who is there: what a trainer sees and marks, and people added at the door. *I am here* is in [`crate::space`].

use crate::attendance::{half_day_now, half_days, label};
use crate::trainings::seen;
use crate::{OrFailure, Outcome, Service, phone};
use convoke_domain::attendance::{LastWord, Seen, is_overtaken};
use convoke_domain::invitation::{Event, Next, next};
use convoke_domain::person::{full_name, parse_email};
use convoke_domain::view::{OnTheSpot, ParticipantsView, PresenceRow, TrainingDay};
use convoke_domain::{
    Actor, Attendance, ConfirmedBy, FieldError, HalfDay, InvitationId, InvitationState, Refusal,
    Role, Timestamp, TrainingId, UserId, fold,
};
use convoke_storage::Transaction;
use convoke_storage::directory::{Membership, NewUser};
use convoke_storage::invitations::{Invitation, Tab};
use convoke_storage::presence::{Names, NewAtTheDoor, NewPresence, PresentPerson};
use convoke_storage::trainings::Training;
use convoke_texts::dates;

/// The training, and the groups of the people whom the actor may see in it: a trainer sees everyone who takes part.
pub(crate) async fn taught<'a>(
    service: &Service,
    actor: &'a Actor,
    tx: &mut Transaction,
    id: TrainingId,
) -> Outcome<(Training, Tab<'a>)> {
    let training = seen(service, actor, tx, id).await?;
    let is_trainer = match actor.user_id {
        Some(user) => tx.is_trainer(id, user).await.or_failure(service)?,
        None => false,
    };
    let tab = Tab {
        organisation_id: actor.organisation_id,
        training_id: id,
        scope: if is_trainer { None } else { actor.user_scope() },
    };
    Ok((training, tab))
}

/// Which names somebody reads in a tab: who sees people only because they teach them must not learn from a list whose an address is.
pub(crate) fn names_for(actor: &Actor, tab: Tab<'_>) -> Names {
    if actor.role == Role::Administrator || tab.scope.is_some() {
        Names::Directory
    } else {
        Names::AsTyped
    }
}

/// Everyone who confirmed, by the names that the actor reads, with what is said of them on a half-day.
pub(crate) async fn people(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    tab: Tab<'_>,
    half_day: Option<&HalfDay>,
) -> Outcome<Vec<PresentPerson>> {
    let names = names_for(actor, tab);
    let mut people = tx
        .presence_rows(tab, half_day, names)
        .await
        .or_failure(service)?;
    if names == Names::AsTyped {
        // The order would tell what the name does not.
        people.sort_by_cached_key(|p| fold::sort_key(&p.last_name, &p.first_name));
    }
    Ok(people)
}

/// The participants of a training on a half-day; without one, or on one that is not of the training, that which is on, or the next, or the last.
pub async fn participants(
    service: &Service,
    actor: &Actor,
    training: TrainingId,
    half_day: Option<&HalfDay>,
) -> Outcome<ParticipantsView> {
    let now = service.clock.now();
    let mut tx = service.storage.read().await.or_failure(service)?;
    let (training, tab) = taught(service, actor, &mut tx, training).await?;
    let days = half_days(&training);
    let today = dates::day(now, &training.time_zone);
    let current = half_day_now(&training, now);
    let shown = half_day
        .and_then(|half_day| days.iter().find(|d| *d == half_day))
        .or(current.as_ref())
        // They compare as text.
        .or_else(|| days.iter().find(|d| d.day > today))
        .or_else(|| days.last())
        .cloned();
    let counts = tx.presence_counts(tab).await.or_failure(service)?;
    let present = |half_day: &HalfDay| {
        let found = counts.iter().find(|(counted, _)| counted == half_day);
        found.map_or(0, |(_, people)| *people)
    };
    let rows = people(service, actor, &mut tx, tab, shown.as_ref())
        .await?
        .into_iter()
        .map(|person| row(actor, person, now, &training.time_zone))
        .collect();
    let documents = crate::documents::rows(service, &mut tx, actor.language, &training).await?;
    let may_add = current.is_some() && may_add(service, actor, &mut tx).await?;
    Ok(ParticipantsView {
        days: days
            .iter()
            .map(|half_day| TrainingDay {
                label: label(actor.language, half_day),
                present: present(half_day),
                half_day: half_day.clone(),
            })
            .collect(),
        can_mark: shown.as_ref().is_some_and(|half_day| half_day.day <= today),
        half_day: shown,
        rows,
        may_add,
        documents,
    })
}

fn row(actor: &Actor, person: PresentPerson, now: Timestamp, zone: &str) -> PresenceRow {
    let confirmer = full_name(
        person.confirmer_first_name.as_deref().unwrap_or_default(),
        person.confirmer_last_name.as_deref().unwrap_or_default(),
    );
    PresenceRow {
        invitation_id: person.invitation_id,
        user_id: person.user_id,
        detail: crate::invitations::answered_by(
            actor.language,
            person.confirmed_by(),
            person.answered_at.map(Timestamp),
            &confirmer,
            now,
            zone,
        ),
        attendance: person.attendance(),
        present_at: person
            .at
            .filter(|_| person.attendance() == Some(Attendance::Present))
            .map(|at| dates::time(Timestamp(at), zone)),
        marked_by_trainer: person.marked_by.is_some(),
        first_name: person.first_name,
        last_name: person.last_name,
    }
}

/// Says what is known of somebody on a half-day, or takes it back with `None`. Before the day of a half-day people can only be excused.
///
/// `seen` comes with what may have been said a while ago, on a device without network: refuses with [`Refusal::Conflict`] where something else was said
/// since then ([`is_overtaken`]). However often a mark comes, it counts once.
pub async fn mark(
    service: &Service,
    actor: &Actor,
    training: TrainingId,
    (invitation, half_day): (InvitationId, &HalfDay),
    attendance: Option<Attendance>,
    seen: Option<Seen>,
) -> Outcome<()> {
    let now = service.clock.now();
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let (training, tab) = taught(service, actor, &mut tx, training).await?;
    markable(service, &mut tx, &training, half_day, attendance).await?;
    // First, as everyone who changes invitations does: trainings are locked before invitations.
    tx.raise_training_version(actor.organisation_id, training.id)
        .await
        .or_failure(service)?;
    let invitation = tx
        .invitation(actor.organisation_id, invitation, tab.scope)
        .await
        .or_failure(service)?
        .filter(|invitation| invitation.training_id == training.id)
        .ok_or(Refusal::NotFound)?;
    if invitation.state != InvitationState::Confirmed {
        return Err(Refusal::Conflict("conflict-presence-state".to_owned()));
    }
    let word = tx
        .attendance(&invitation, half_day)
        .await
        .or_failure(service)?;
    let before = word.map(|(state, ..)| state);
    // Marked twice, by two people: the first mark stands, and nothing has happened.
    if before == attendance {
        return Ok(());
    }
    let said_at = seen.map_or(now, |seen| seen.said_at(now));
    let last = word.map(|(state, at, by)| LastWord {
        state,
        at,
        by_other: by.is_none() || by != actor.user_id,
    });
    if seen.is_some_and(|seen| is_overtaken(attendance, seen.state, said_at, last)) {
        return Err(Refusal::Conflict("conflict-presence-later".to_owned()));
    }
    let event = match (before, attendance) {
        (None, _) => "presence.marked",
        (Some(_), Some(_)) => "presence.corrected",
        (Some(_), None) => "presence.taken_back",
    };
    if let Some(state) = attendance {
        let new = NewPresence {
            invitation: &invitation,
            half_day,
            state,
            at: said_at,
            marked_by: actor.user_id,
        };
        tx.set_attendance(new).await.or_failure(service)?;
    } else {
        tx.clear_attendance(&invitation, half_day)
            .await
            .or_failure(service)?;
    }
    let details = serde_json::json!({
        "day": half_day.day,
        "half": half_day.half,
        "attendance": attendance,
        "before": before,
    });
    note(service, actor, &mut tx, &invitation, event, details).await?;
    tx.commit().await.or_failure(service)
}

/// Whether something can be said of people on a half-day.
async fn markable(
    service: &Service,
    tx: &mut Transaction,
    training: &Training,
    half_day: &HalfDay,
    attendance: Option<Attendance>,
) -> Outcome<()> {
    let today = dates::day(service.clock.now(), &training.time_zone);
    let in_time = half_day.day <= today || matches!(attendance, None | Some(Attendance::Excused));
    let known = half_days(training).contains(half_day)
        // Where the training was before it moved, marks can still be corrected.
        || tx
            .attendances(training.organisation_id, training.id, None)
            .await
            .or_failure(service)?
            .iter()
            .any(|said| said.half_day == *half_day);
    if known && in_time {
        Ok(())
    } else {
        Err(Refusal::Conflict("conflict-presence-day".to_owned()))
    }
}

async fn note(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    invitation: &Invitation,
    event: &'static str,
    details: serde_json::Value,
) -> Outcome<()> {
    let line = crate::history_line(
        service,
        actor,
        event,
        Some(invitation.training_id),
        Some(invitation.user_id),
        details,
    );
    tx.add_history(&line).await.or_failure(service)
}

/// Whether somebody who sees a training may add people at its door.
async fn may_add(service: &Service, actor: &Actor, tx: &mut Transaction) -> Outcome<bool> {
    if actor.may_invite() {
        return Ok(true);
    }
    let settings = tx
        .organisation_settings(actor.organisation_id)
        .await
        .or_failure(service)?;
    Ok(settings.is_some_and(|settings| settings.trainers_add_people))
}

/// A person at the door, checked.
struct Typed {
    first_name: String,
    last_name: String,
    email: Option<String>,
    mobile: Option<String>,
}

/// Adds someone on the spot: confirmed, and there today.
///
/// Somebody who is in the directory already (by e-mail or mobile) is added as they are there; the answer is the same either way, and a trainer
/// goes on reading the name that was typed.
pub async fn add_on_the_spot(
    service: &Service,
    actor: &Actor,
    training: TrainingId,
    person: &OnTheSpot,
) -> Outcome<()> {
    let now = service.clock.now();
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let (training, tab) = taught(service, actor, &mut tx, training).await?;
    if !may_add(service, actor, &mut tx).await? {
        return Err(Refusal::NotAllowed);
    }
    let typed = checked(service, actor, &mut tx, person).await?;
    let Some(half_day) = half_day_now(&training, now) else {
        return Err(Refusal::Conflict("conflict-spot-day".to_owned()));
    };
    // Those who add people take turns from here on, so that the seats are counted one after the other.
    let version = tx
        .raise_training_version(actor.organisation_id, training.id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    let known = tx
        .known_user(
            actor.organisation_id,
            typed.email.as_deref(),
            typed.mobile.as_deref(),
            None,
        )
        .await
        .or_failure(service)?;
    let user = match known {
        Some(user) => {
            let in_scope = tx
                .is_in_scope(actor.organisation_id, user, tab.scope)
                .await
                .or_failure(service)?;
            if !in_scope {
                return Err(Refusal::Conflict("conflict-spot-scope".to_owned()));
            }
            user
        }
        None => create(service, actor, &mut tx, &typed, tab, now).await?,
    };
    let before = tx
        .invitation_of(training.id, user)
        .await
        .or_failure(service)?;
    let state = before.as_ref().map(|invitation| invitation.state);
    if state != Some(InvitationState::Confirmed) {
        seat(service, actor, &mut tx, &training).await?;
    }
    let Some(Next::State(after)) = next(state, Event::AddedOnTheSpot) else {
        return Err(Refusal::Conflict("conflict-state".to_owned()));
    };
    let invitation = match before {
        Some(before) if before.state == after => before,
        Some(before) => {
            let by = Some(ConfirmedBy::Administrator);
            if !tx
                .set_answer(&before, after, by, actor.user_id, now)
                .await
                .or_failure(service)?
            {
                return Err(Refusal::Conflict("conflict-state".to_owned()));
            }
            before
        }
        None => {
            let new = NewAtTheDoor {
                id: service.id(),
                organisation_id: actor.organisation_id,
                training_id: training.id,
                user_id: user,
                by: actor.user_id,
                version,
                at: now,
            };
            tx.add_at_the_door(&new).await.or_failure(service)?;
            Invitation {
                id: new.id,
                organisation_id: new.organisation_id,
                training_id: new.training_id,
                user_id: user,
                state: after,
            }
        }
    };
    if known.is_some()
        && state != Some(InvitationState::Confirmed)
        && names_for(actor, tab) == Names::AsTyped
    {
        tx.set_door_name(&invitation, &typed.first_name, &typed.last_name)
            .await
            .or_failure(service)?;
    }
    let before = tx
        .attendance(&invitation, &half_day)
        .await
        .or_failure(service)?;
    // Whoever is there already has been since then.
    if before.map(|(state, ..)| state) != Some(Attendance::Present) {
        let presence = NewPresence {
            invitation: &invitation,
            half_day: &half_day,
            state: Attendance::Present,
            at: now,
            marked_by: actor.user_id,
        };
        tx.set_attendance(presence).await.or_failure(service)?;
    }
    let event = "presence.added_on_the_spot";
    let details = serde_json::json!({ "day": half_day.day, "half": half_day.half });
    note(service, actor, &mut tx, &invitation, event, details).await?;
    tx.commit().await.or_failure(service)
}

/// What was typed, or every field that has to be corrected.
async fn checked(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    person: &OnTheSpot,
) -> Outcome<Typed> {
    let organisation = tx
        .organisation(actor.organisation_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    let mut problems = Vec::new();
    let mut name = |field: &str, typed: &str| {
        let name = crate::documents::one_line(typed);
        if name.is_empty() {
            problems.push(FieldError::new(field, "error-required"));
        } else if name.chars().count() > crate::people::import::MAX_NAME {
            problems.push(FieldError::new(field, "error-too-long"));
        }
        name
    };
    let first_name = name("first_name", &person.first_name);
    let last_name = name("last_name", &person.last_name);
    let email = parse_email(&person.email);
    if email.is_none() && !person.email.trim().is_empty() {
        problems.push(FieldError::new("email", "error-email"));
    }
    let region = phone::region(&organisation.time_zone, organisation.language);
    let mobile = phone::parse_mobile(&person.mobile, region);
    if mobile.is_none() && !person.mobile.trim().is_empty() {
        problems.push(FieldError::new("mobile", "error-mobile"));
    }
    if problems.is_empty() {
        Ok(Typed {
            first_name,
            last_name,
            email,
            mobile,
        })
    } else {
        Err(Refusal::Invalid(problems))
    }
}

/// A new user of the default type. Who has a scope would not see them again: they become a member of its first group.
async fn create(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    typed: &Typed,
    tab: Tab<'_>,
    now: Timestamp,
) -> Outcome<UserId> {
    let organisation = tx
        .organisation(actor.organisation_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    let user_type_id = crate::people::first_user_type(service, tx, actor.organisation_id)
        .await
        .or_failure(service)?;
    let id: UserId = service.id();
    let user = NewUser::member(
        id,
        actor.organisation_id,
        (typed.first_name.clone(), typed.last_name.clone()),
        (typed.email.clone(), typed.mobile.clone()),
        (user_type_id, organisation.language),
        now,
    );
    if let Err(cause) = tx.insert_user(&user).await {
        return if cause.is_unique_violation() {
            Err(Refusal::Conflict("conflict-spot-again".to_owned()))
        } else {
            Err(crate::refuse::failure(service, &cause))
        };
    }
    if let Some(group_id) = tab.scope.and_then(<[_]>::first) {
        let member = Membership {
            group_id: *group_id,
            user_id: id,
        };
        tx.add_members(actor.organisation_id, &[member])
            .await
            .or_failure(service)?;
    }
    tx.set_came_for(actor.organisation_id, &[id], tab.training_id)
        .await
        .or_failure(service)?;
    let details = serde_json::json!({ "on_the_spot": true });
    let line = crate::history_line(
        service,
        actor,
        "user.created",
        Some(tab.training_id),
        Some(id),
        details,
    );
    tx.add_history(&line).await.or_failure(service)?;
    Ok(id)
}

/// Whether there is a seat for one more; an administrator may do without.
async fn seat(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    training: &Training,
) -> Outcome<()> {
    let Some(seats) = training.seats.map(crate::small) else {
        return Ok(());
    };
    if actor.role == Role::Administrator {
        return Ok(());
    }
    if tx.count_confirmed(training.id).await.or_failure(service)? >= seats {
        return Err(Refusal::Conflict("conflict-spot-full".to_owned()));
    }
    Ok(())
}
