//! What somebody may do in the console, and how they get a password of their own. For administrators; using a link needs none.

use super::edit::administrator;
use crate::session::NewSession;
use crate::{OrFailure, Outcome, Service, passwords, session, tokens};
use convoke_domain::person::{Route, full_name};
use convoke_domain::view::{AccessForm, AccessView, AccountInvited, AccountPage, MIN_PASSWORD};
use convoke_domain::{Actor, Channel, FieldError, Refusal, Role, UserId, UserState};
use convoke_storage::Transaction;
use convoke_storage::directory::User;
use convoke_storage::outbox::AccountMessage;
use std::collections::BTreeSet;

async fn found(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    id: UserId,
) -> Outcome<User> {
    administrator(actor)?;
    let user = tx
        .user(actor.organisation_id, id)
        .await
        .or_failure(service)?;
    user.ok_or(Refusal::NotFound)
}

/// What somebody may do, and whether they can sign in.
pub async fn view(service: &Service, actor: &Actor, id: UserId) -> Outcome<AccessView> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let user = found(service, actor, &mut tx, id).await?;
    let scope = tx
        .scope(actor.organisation_id, id)
        .await
        .or_failure(service)?;
    Ok(AccessView {
        state: user.state,
        is_reader: actor.user_id == Some(id),
        can_be_reached: channel(&user).is_some(),
        form: AccessForm {
            role: user.role,
            scope,
        },
    })
}

/// Says what somebody may do.
///
/// [`Refusal::Invalid`] at `role` when it is no right of the console, and at `scope` when an authorised user has no group or one that is not there;
/// [`Refusal::Conflict`] when it is the actor: so there is always an administrator.
pub async fn save(service: &Service, actor: &Actor, id: UserId, form: &AccessForm) -> Outcome<()> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let user = found(service, actor, &mut tx, id).await?;
    if actor.user_id == Some(id) {
        return Err(Refusal::Conflict("conflict-yourself".to_owned()));
    }
    let mut scope = BTreeSet::new();
    if form.role == Role::Authorised {
        let groups = tx
            .groups(actor.organisation_id, None)
            .await
            .or_failure(service)?;
        let there: BTreeSet<_> = groups.into_iter().map(|group| group.id).collect();
        scope.extend(form.scope.iter().copied());
        if scope.is_empty() {
            return Err(Refusal::field("scope", "error-scope-empty"));
        }
        if !scope.is_subset(&there) {
            return Err(Refusal::field("scope", "error-group-gone"));
        }
    }
    let before: BTreeSet<_> = tx
        .scope(actor.organisation_id, id)
        .await
        .or_failure(service)?
        .into_iter()
        .collect();
    if user.role == form.role && before == scope {
        return Ok(());
    }
    tx.set_role(actor.organisation_id, id, form.role)
        .await
        .or_failure(service)?;
    let scope: Vec<_> = scope.into_iter().collect();
    tx.set_scope(actor.organisation_id, id, &scope)
        .await
        .or_failure(service)?;
    let details = serde_json::json!({ "role": form.role.as_str(), "groups": scope.len() });
    let line = crate::history_line(
        service,
        actor,
        "user.access_changed",
        None,
        Some(id),
        details,
    );
    tx.add_history(&line).await.or_failure(service)?;
    tx.commit().await.or_failure(service)
}

/// How a message about their account reaches somebody: as they prefer, or otherwise as it can.
fn channel(user: &User) -> Option<Channel> {
    Route::choose(user.channel, user.email.is_some(), user.mobile.is_some()).channel()
}

/// Sends somebody a link by which they choose a password: the first one, or another. A link that was sent before stays good.
///
/// [`Refusal::Conflict`] when they are deactivated, or have neither e-mail nor mobile.
pub async fn invite(service: &Service, actor: &Actor, id: UserId) -> Outcome<AccountInvited> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let user = found(service, actor, &mut tx, id).await?;
    if user.state == UserState::Inactive {
        return Err(Refusal::Conflict("conflict-account-inactive".to_owned()));
    }
    let Some(channel) = channel(&user) else {
        return Err(Refusal::Conflict("conflict-account-unreachable".to_owned()));
    };
    let message = AccountMessage {
        id: service.id(),
        organisation_id: actor.organisation_id,
        user_id: id,
        channel,
        queued_by: actor.user_id,
        at: service.clock.now(),
    };
    tx.enqueue_account(&message).await.or_failure(service)?;
    tx.set_invited(actor.organisation_id, id)
        .await
        .or_failure(service)?;
    let details = serde_json::json!({ "channel": channel.as_str() });
    let line = crate::history_line(
        service,
        actor,
        "user.account_invited",
        None,
        Some(id),
        details,
    );
    tx.add_history(&line).await.or_failure(service)?;
    tx.commit().await.or_failure(service)?;
    service.outbox_bell.notify_one();
    Ok(AccountInvited {
        channel,
        state: match user.state {
            UserState::Created => UserState::Invited,
            state => state,
        },
    })
}

/// Whose account a link is for. Changes nothing.
///
/// [`Refusal::Gone`] when the link is used, too old or none.
pub async fn open(service: &Service, secret: &str) -> Outcome<AccountPage> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    let user = behind(service, &mut tx, secret).await?;
    let organisation = tx
        .organisation(user.organisation_id)
        .await
        .or_failure(service)?;
    Ok(AccountPage {
        name: full_name(&user.first_name, &user.last_name),
        identifier: user.email.or(user.mobile).unwrap_or_default(),
        organisation: organisation.map(|o| o.name).unwrap_or_default(),
        language: user.language,
    })
}

async fn behind(service: &Service, tx: &mut Transaction, secret: &str) -> Outcome<User> {
    let gone = || Refusal::Gone("account-link-gone".to_owned());
    let link = tx
        .account_link(&tokens::hash(secret), service.clock.now())
        .await
        .or_failure(service)?;
    let (organisation_id, id) = link.ok_or_else(gone)?;
    let user = tx.user(organisation_id, id).await.or_failure(service)?;
    user.filter(|user| user.state != UserState::Inactive)
        .ok_or_else(gone)
}

/// Gives whoever has the link the password that they chose, and signs them in. All links to this account are used up, and whoever was signed in as them
/// is not any more.
///
/// [`Refusal::Invalid`] at `password`; [`Refusal::Gone`] as [`open`].
pub async fn choose_password(
    service: &Service,
    secret: &str,
    password: &str,
) -> Outcome<NewSession> {
    // The link first: no password is hashed for somebody who has none.
    open(service, secret).await?;
    let refused = |key: &str| Refusal::Invalid(vec![FieldError::new("password", key)]);
    if password.chars().count() < MIN_PASSWORD {
        return Err(refused("error-password-short"));
    }
    if password.len() > passwords::MAX_BYTES {
        return Err(refused("error-too-long"));
    }
    let hash = passwords::hash(service, password).await?;
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let user = behind(service, &mut tx, secret).await?;
    let (organisation_id, id) = (user.organisation_id, user.id);
    if !tx
        .delete_account_links(organisation_id, id)
        .await
        .or_failure(service)?
    {
        return Err(Refusal::Gone("account-link-gone".to_owned()));
    }
    let now = service.clock.now();
    tx.set_password(organisation_id, id, &hash, now)
        .await
        .or_failure(service)?;
    tx.delete_sessions_of(organisation_id, id)
        .await
        .or_failure(service)?;
    let line = convoke_storage::history::NewHistory {
        id: service.id(),
        organisation_id,
        at: now,
        actor_id: Some(id),
        actor_name: full_name(&user.first_name, &user.last_name),
        event: "user.password_chosen",
        training_id: None,
        user_id: Some(id),
        details: serde_json::json!({}),
    };
    tx.add_history(&line).await.or_failure(service)?;
    let session = session::begin(service, &mut tx, organisation_id, id)
        .await
        .or_failure(service)?;
    tx.commit().await.or_failure(service)?;
    Ok(session)
}
