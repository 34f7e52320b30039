//! Putting right what went wrong for one person of a training: correcting the address in place, writing to that person again, knowing that a doubtful message arrived.
//!
//! Whoever may invite somebody may correct how they are reached, and nothing else of them. Whoever can sign in does so by these addresses, and asks for a new password
//! with them: those are for administrators to change.

use crate::invitations::tab;
use crate::people::edit;
use crate::sending::route;
use crate::trainings::administered;
use crate::{OrFailure, Outcome, Service, phone};
use convoke_domain::person::{full_name, parse_email};
use convoke_domain::view::{ContactForm, ContactView, Repaired};
use convoke_domain::{
    Actor, Channel, InvitationId, InvitationState, MessageKind, Refusal, Role, UserId,
};
use convoke_storage::Transaction;
use convoke_storage::directory::{User, UserKeys};
use convoke_storage::invitations::TroubledInvitation;
use convoke_storage::outbox::NewBatch;

/// How the person of an invitation is reached, and what went wrong. [`Refusal::NotFound`] for somebody out of the actor's scope, here as below.
pub async fn contact(service: &Service, actor: &Actor, id: InvitationId) -> Outcome<ContactView> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let (invitation, user) = found(service, actor, &mut tx, id).await?;
    let organisation_id = actor.organisation_id;
    let version = tx.user_version(organisation_id, user.id, false).await;
    let last = tx.last_message(organisation_id, id).await;
    let last = last.or_failure(service)?.map(|line| line.id);
    let addresses = tx.message_addresses(organisation_id, last.as_slice()).await;
    Ok(ContactView {
        opted_out: opts_out(service, actor, &mut tx, user.id).await?,
        version: version.or_failure(service)?.ok_or(Refusal::NotFound)?,
        may_correct: may_correct(service, actor, &mut tx, &user).await?,
        form: ContactForm {
            email: user.email.unwrap_or_default(),
            mobile: user.mobile.unwrap_or_default(),
            channel: user.channel,
        },
        problem: invitation.problem,
        problem_detail: invitation.problem_detail,
        tried: addresses.or_failure(service)?.into_values().next(),
    })
}

/// Corrects how the person of an invitation is reached, if they are as they were at `version`, and with `send` writes to them again, all or nothing.
///
/// [`Refusal::Invalid`] at `email` or `mobile`; [`Refusal::Conflict`] when somebody else changed the person meanwhile, when their addresses are not the actor's to
/// change, or when the invitation is answered.
pub async fn correct(
    service: &Service,
    actor: &Actor,
    id: InvitationId,
    version: i64,
    form: &ContactForm,
    send: bool,
) -> Outcome<Repaired> {
    let problems = form.problems();
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let (invitation, user) = found(service, actor, &mut tx, id).await?;
    if !may_correct(service, actor, &mut tx, &user).await? {
        return Err(Refusal::Conflict("conflict-contact-account".to_owned()));
    }
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems));
    }
    if let Some(taken) = somebody_elses(service, actor, &mut tx, user.id, form).await? {
        return Ok(taken);
    }
    // Trainings, people, invitations: the order in which everybody locks.
    raise(service, actor, &mut tx, &invitation).await?;
    edit::save_contact(service, actor, &mut tx, (user.id, version), form).await?;
    let done = if send {
        queue(service, actor, &mut tx, &invitation).await?
    } else {
        Repaired::Saved
    };
    tx.commit().await.or_failure(service)?;
    service.outbox_bell.notify_one();
    Ok(done)
}

/// Writes to the person of an invitation again, whatever became of the last message.
///
/// [`Refusal::Conflict`] when the invitation is answered, the person wants no messages, or there is no address.
pub async fn send_again(service: &Service, actor: &Actor, id: InvitationId) -> Outcome<Repaired> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let (invitation, _) = found(service, actor, &mut tx, id).await?;
    raise(service, actor, &mut tx, &invitation).await?;
    let done = queue(service, actor, &mut tx, &invitation).await?;
    tx.commit().await.or_failure(service)?;
    service.outbox_bell.notify_one();
    Ok(done)
}

/// Somebody knows that the message arrived of which a crash left it unknown: it counts as sent.
///
/// [`Refusal::Conflict`] when there is no doubt.
pub async fn it_arrived(service: &Service, actor: &Actor, id: InvitationId) -> Outcome<()> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let (invitation, user) = found(service, actor, &mut tx, id).await?;
    raise(service, actor, &mut tx, &invitation).await?;
    if !tx.it_arrived(id).await.or_failure(service)? {
        return Err(Refusal::Conflict("conflict-message-state".to_owned()));
    }
    let line = crate::history_line(
        service,
        actor,
        "invitation.arrived",
        Some(invitation.training_id),
        Some(user.id),
        serde_json::json!({}),
    );
    tx.add_history(&line).await.or_failure(service)?;
    tx.commit().await.or_failure(service)
}

/// An invitation of a training that the actor manages, to somebody within their scope.
async fn found(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    id: InvitationId,
) -> Outcome<(TroubledInvitation, User)> {
    if !actor.may_invite() {
        return Err(Refusal::NotAllowed);
    }
    let organisation_id = actor.organisation_id;
    let invitation = tx
        .troubled_invitation(organisation_id, id, actor.user_scope())
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    administered(service, actor, tx, invitation.training_id).await?;
    let user = tx
        .remembered_user(organisation_id, invitation.user_id)
        .await;
    let user = user.or_failure(service)?.ok_or(Refusal::NotFound)?;
    Ok((invitation, user))
}

async fn opts_out(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    id: UserId,
) -> Outcome<bool> {
    let found = tx.opt_outs(actor.organisation_id, &[id]).await;
    Ok(found.or_failure(service)?.contains_key(&id))
}

async fn may_correct(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    user: &User,
) -> Outcome<bool> {
    if actor.role == Role::Administrator {
        return Ok(true);
    }
    let now = service.clock.now();
    let facts = tx
        .account_facts(actor.organisation_id, &[user.id], now, false)
        .await
        .or_failure(service)?;
    Ok(user.role == Role::Member && facts.iter().all(|facts| !facts.has_password))
}

/// Whose address it is already, if it is that of somebody whom the actor may see. That of others is said without a name, at the field.
async fn somebody_elses(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    own: UserId,
    form: &ContactForm,
) -> Outcome<Option<Repaired>> {
    let organisation = tx.organisation(actor.organisation_id).await;
    let organisation = organisation.or_failure(service)?.ok_or(Refusal::NotFound)?;
    let region = phone::region(&organisation.time_zone, organisation.language);
    let email = parse_email(form.email.trim()).map(|email| email.to_lowercase());
    let mobile = phone::parse_mobile(form.mobile.trim(), region);
    let keys = UserKeys {
        employee_ids: Vec::new(),
        email_keys: email.iter().cloned().collect(),
        mobiles: mobile.iter().cloned().collect(),
    };
    let others = tx.users_by_keys(actor.organisation_id, &keys).await;
    for other in others.or_failure(service)? {
        if other.id == own || !crate::people::is_in_scope(service, actor, tx, other.id).await? {
            continue;
        }
        let theirs = other.email.as_deref().map(str::to_lowercase);
        let channel = if email.is_some() && theirs == email {
            Channel::Email
        } else {
            Channel::Sms
        };
        return Ok(Some(Repaired::SomebodyElses {
            channel,
            name: full_name(&other.first_name, &other.last_name),
        }));
    }
    Ok(None)
}

async fn raise(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    invitation: &TroubledInvitation,
) -> Outcome<()> {
    tx.raise_training_version(actor.organisation_id, invitation.training_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    Ok(())
}

/// Queues one message to the person, by the rules of *Send* and *Resend*.
async fn queue(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    invitation: &TroubledInvitation,
) -> Outcome<Repaired> {
    let kind = match invitation.state {
        InvitationState::ToSend => MessageKind::Invitation,
        InvitationState::Sent => MessageKind::Resend,
        _ => return Err(Refusal::Conflict("conflict-state".to_owned())),
    };
    if opts_out(service, actor, tx, invitation.user_id).await? {
        return Err(Refusal::Conflict("conflict-opted-out".to_owned()));
    }
    let now = service.clock.now();
    if invitation.problem.is_some() {
        // It waits for its next attempt, written for the channel of before.
        tx.withdraw_queued(&[invitation.id], now)
            .await
            .or_failure(service)?;
    }
    let only = [invitation.id];
    let found = tx
        .recipients(
            tab(actor, invitation.training_id),
            invitation.state,
            Some(&only),
        )
        .await
        .or_failure(service)?;
    let Some(person) = found.first() else {
        return Ok(Repaired::OnItsWay);
    };
    let Some(channel) = route(person).channel() else {
        return Err(Refusal::Conflict("conflict-no-address".to_owned()));
    };
    let batch = NewBatch {
        id: service.id(),
        organisation_id: actor.organisation_id,
        training_id: invitation.training_id,
        kind,
        queued_by: actor.user_id,
        at: now,
        // One person, of whom the dialog has said all: there is nothing to wait for.
        starts_at: now,
        planned: false,
    };
    let queued = tx.enqueue(&batch, &[(invitation.id, channel)]).await;
    if queued.or_failure(service)? == 0 {
        return Ok(Repaired::OnItsWay);
    }
    let line = crate::history_line(
        service,
        actor,
        "invitation.sent_again",
        Some(invitation.training_id),
        Some(invitation.user_id),
        serde_json::json!({ "batch": batch.id.to_string() }),
    );
    tx.add_history(&line).await.or_failure(service)?;
    Ok(Repaired::Queued)
}
