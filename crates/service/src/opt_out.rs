//! *Write to me no more*: somebody wants no messages of an organisation, by a link of theirs, or because an administrator noted it at their request.
//!
//! What goes out all the same says [`convoke_domain::MessageKind::reaches_whoever_opted_out`]; that nothing else does is looked after where messages are queued, and
//! once more where they are handed over. What somebody said themselves, only they take back.

use crate::people::edit::administrator;
use crate::{OrFailure, Outcome, Service, history_line, tokens};
use convoke_delivery::stop;
use convoke_domain::person::full_name;
use convoke_domain::view::{OptOutView, StopPage};
use convoke_domain::{Actor, OptOut, OrganisationId, Refusal, UserId};
use convoke_storage::Transaction;
use convoke_storage::directory::User;
use convoke_texts::dates;

/// What the page behind the link in the foot of an e-mail shows. Changes nothing.
///
/// [`Refusal::NotFound`] when no message has this link.
pub async fn open(service: &Service, secret: &str) -> Outcome<StopPage> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let (organisation, user) = reader(service, &mut tx, secret).await?;
    let person = person(service, &mut tx, organisation, user).await?;
    let opted_out = opt_out(service, &mut tx, organisation, user).await?;
    page(service, &mut tx, &person, opted_out.is_some()).await
}

/// *Write to me no more*, or with `again` *Write to me again*, by the link in the foot of an e-mail. Said twice, it is so once.
///
/// [`Refusal::NotFound`] as [`open`].
pub async fn choose(service: &Service, secret: &str, again: bool) -> Outcome<StopPage> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let (organisation, user) = reader(service, &mut tx, secret).await?;
    let person = by_themselves(service, &mut tx, organisation, user, again).await?;
    let page = page(service, &mut tx, &person, !again).await?;
    tx.commit().await.or_failure(service)?;
    Ok(page)
}

/// The same by the personal link of an invitation, however the invitation stands.
///
/// [`Refusal::NotFound`] when no link has this secret, [`Refusal::Gone`] when its invitation was taken away without a trace.
pub async fn choose_by_invitation(service: &Service, secret: &str, again: bool) -> Outcome<()> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let invitation = tx.invitation_by_link(&tokens::hash(secret)).await;
    let invitation = invitation.or_failure(service)?.ok_or(Refusal::NotFound)?;
    let invitation = invitation.ok_or_else(|| Refusal::Gone("gone-cancelled".to_owned()))?;
    let (organisation, user) = (invitation.organisation_id, invitation.user_id);
    by_themselves(service, &mut tx, organisation, user, again).await?;
    tx.commit().await.or_failure(service)
}

/// Whether somebody is written to. For administrators.
pub async fn view(service: &Service, actor: &Actor, id: UserId) -> Outcome<OptOutView> {
    administrator(actor)?;
    let mut tx = service.storage.read().await.or_failure(service)?;
    person(service, &mut tx, actor.organisation_id, id).await?;
    shown(service, actor, &mut tx, id).await
}

/// Notes, at their request, that somebody wants no messages (`none`), or that they want them again. For administrators.
///
/// [`Refusal::Conflict`] when they want none by their own word, which is not an administrator's to take back.
pub async fn record(
    service: &Service,
    actor: &Actor,
    id: UserId,
    none: bool,
) -> Outcome<OptOutView> {
    administrator(actor)?;
    let organisation = actor.organisation_id;
    let mut tx = service.storage.begin().await.or_failure(service)?;
    person(service, &mut tx, organisation, id).await?;
    let before = locked(service, &mut tx, organisation, id).await?;
    let (after, event) = match (before, none) {
        (None, true) => (Some(OptOut::Administrator), "user.opt_out_recorded"),
        (Some(OptOut::Administrator), false) => (None, "user.opt_out_taken_back"),
        (Some(OptOut::Person), false) => {
            return Err(Refusal::Conflict(
                "conflict-opted-out-themselves".to_owned(),
            ));
        }
        (Some(_), true) | (None, false) => return shown(service, actor, &mut tx, id).await,
    };
    let line = history_line(service, actor, event, None, Some(id), serde_json::json!({}));
    tx.add_history(&line).await.or_failure(service)?;
    tx.set_opt_out(organisation, id, after, service.clock.now())
        .await
        .or_failure(service)?;
    let view = shown(service, actor, &mut tx, id).await?;
    tx.commit().await.or_failure(service)?;
    Ok(view)
}

/// To whom the message went that a link belongs to.
async fn reader(
    service: &Service,
    tx: &mut Transaction,
    secret: &str,
) -> Outcome<(OrganisationId, UserId)> {
    let key = tx.installation_value(stop::KEY_NAME).await;
    // Without a key nobody was ever given a link.
    let key = key.or_failure(service)?.ok_or(Refusal::NotFound)?;
    let message = stop::message_of(&key, secret).ok_or(Refusal::NotFound)?;
    let reader = tx.reader_of(message).await.or_failure(service)?;
    reader.ok_or(Refusal::NotFound)
}

async fn person(
    service: &Service,
    tx: &mut Transaction,
    organisation: OrganisationId,
    id: UserId,
) -> Outcome<User> {
    let user = tx.user(organisation, id).await.or_failure(service)?;
    user.ok_or(Refusal::NotFound)
}

async fn opt_out(
    service: &Service,
    tx: &mut Transaction,
    organisation: OrganisationId,
    id: UserId,
) -> Outcome<Option<OptOut>> {
    let found = tx.opt_outs(organisation, &[id]).await.or_failure(service)?;
    Ok(found.get(&id).map(|(opted_out, _)| *opted_out))
}

/// How it stands now, with everything locked that shows it: trainings, then people, the order of everybody who locks.
async fn locked(
    service: &Service,
    tx: &mut Transaction,
    organisation: OrganisationId,
    id: UserId,
) -> Outcome<Option<OptOut>> {
    let trainings = tx.trainings_that_list(organisation, id).await;
    let trainings = trainings.or_failure(service)?;
    tx.raise_versions(&trainings).await.or_failure(service)?;
    tx.user_version(organisation, id, true)
        .await
        .or_failure(service)?;
    opt_out(service, tx, organisation, id).await
}

/// Somebody decides for themselves. Who it is.
async fn by_themselves(
    service: &Service,
    tx: &mut Transaction,
    organisation: OrganisationId,
    id: UserId,
    again: bool,
) -> Outcome<User> {
    let user = person(service, tx, organisation, id).await?;
    let before = opt_out(service, tx, organisation, id).await?;
    let after = (!again).then_some(OptOut::Person);
    if before == after {
        return Ok(user);
    }
    let before = locked(service, tx, organisation, id).await?;
    if before == after {
        return Ok(user);
    }
    tx.set_opt_out(organisation, id, after, service.clock.now())
        .await
        .or_failure(service)?;
    let themselves = Actor {
        origin: String::new(),
        organisation_id: organisation,
        user_id: Some(id),
        name: full_name(&user.first_name, &user.last_name),
        role: user.role,
        scope: Vec::new(),
        language: user.language,
    };
    let event = if again {
        "user.opted_in"
    } else {
        "user.opted_out"
    };
    let nothing = serde_json::json!({});
    let line = history_line(service, &themselves, event, None, Some(id), nothing);
    tx.add_history(&line).await.or_failure(service)?;
    Ok(user)
}

async fn page(
    service: &Service,
    tx: &mut Transaction,
    person: &User,
    opted_out: bool,
) -> Outcome<StopPage> {
    let organisation = tx.organisation(person.organisation_id).await;
    let organisation = organisation.or_failure(service)?.ok_or(Refusal::NotFound)?;
    Ok(StopPage {
        language: person.language,
        organisation: organisation.name,
        opted_out,
    })
}

/// Whether somebody is written to, in the words of the page.
pub(crate) async fn shown(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    id: UserId,
) -> Outcome<OptOutView> {
    let organisation_id = actor.organisation_id;
    let organisation = tx.organisation(organisation_id).await;
    let organisation = organisation.or_failure(service)?.ok_or(Refusal::NotFound)?;
    let found = tx.opt_outs(organisation_id, &[id]).await;
    let found = found.or_failure(service)?.remove(&id);
    Ok(OptOutView {
        opted_out: found.map(|(opted_out, _)| opted_out),
        since: found
            .map(|(_, at)| dates::date_time(actor.language, at, &organisation.time_zone))
            .unwrap_or_default(),
    })
}
