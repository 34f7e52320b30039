//! What somebody may do in the console, and how they get a password of their own. For administrators; using a link needs none.

use super::edit::administrator;
use super::groups::chosen;
use crate::session::NewSession;
use crate::{OrFailure, Outcome, Service, passwords, session, tokens};
use convoke_domain::person::{Route, full_name};
use convoke_domain::view::{
    AccessForm, AccessView, AccountInvited, AccountPage, AccountPlan, InviteAccounts, MIN_PASSWORD,
    PeopleChoice,
};
use convoke_domain::{Actor, Channel, FieldError, Refusal, Role, Timestamp, UserId, UserState};
use convoke_storage::Transaction;
use convoke_storage::directory::User;
use convoke_storage::outbox::{AccountBatch, AccountFacts};
use std::collections::BTreeSet;

/// The most people who are invited to choose a password at once.
const MOST_AT_ONCE: usize = 50_000;
/// Whoever was written to about their account since then is not invited again along with others.
const LATELY_SECONDS: i64 = 86_400;
/// How many of the people invited at once the history names.
const MOST_NAMED: usize = 1_000;

async fn found(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    id: UserId,
) -> Outcome<User> {
    administrator(actor)?;
    let user = tx
        .remembered_user(actor.organisation_id, id)
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
/// [`Refusal::Conflict`] when they are deactivated, want no messages, or have neither e-mail nor mobile.
pub async fn invite(service: &Service, actor: &Actor, id: UserId) -> Outcome<AccountInvited> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let user = found(service, actor, &mut tx, id).await?;
    if user.state == UserState::Inactive {
        return Err(Refusal::Conflict("conflict-account-inactive".to_owned()));
    }
    let Some(channel) = channel(&user) else {
        return Err(Refusal::Conflict("conflict-account-unreachable".to_owned()));
    };
    let opt_outs = tx.opt_outs(actor.organisation_id, &[id]).await;
    if opt_outs.or_failure(service)?.contains_key(&id) {
        return Err(Refusal::Conflict("conflict-opted-out".to_owned()));
    }
    tx.enqueue_accounts(&batch(service, actor), &[(id, channel)])
        .await
        .or_failure(service)?;
    tx.set_invited(actor.organisation_id, &[id])
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

fn batch(service: &Service, actor: &Actor) -> AccountBatch {
    AccountBatch {
        id: service.id(),
        organisation_id: actor.organisation_id,
        queued_by: actor.user_id,
        at: service.clock.now(),
    }
}

/// What inviting people to choose a password would do. Changes nothing.
///
/// [`Refusal::Conflict`] when they are more than can be invited at once, or more are named one by one than a request may carry.
pub async fn plan(service: &Service, actor: &Actor, people: &PeopleChoice) -> Outcome<AccountPlan> {
    administrator(actor)?;
    let people = no_more_than_can_be(chosen(service, actor, people).await?)?;
    let mut tx = service.storage.read().await.or_failure(service)?;
    let facts = tx
        .account_facts(actor.organisation_id, &people, lately(service), false)
        .await
        .or_failure(service)?;
    Ok(sorted(&facts).0)
}

/// Sends people who have no password yet a link by which they choose one, as [`invite`] does. Left out are those who have one, who are deactivated, who
/// want no messages, who cannot be reached, and who were written to about their account less than a day ago: so pressing twice, from two browsers, sends one message.
///
/// [`Refusal::Conflict`] as [`plan`], and when other people would be invited than were shown.
pub async fn invite_many(
    service: &Service,
    actor: &Actor,
    request: &InviteAccounts,
) -> Outcome<AccountPlan> {
    administrator(actor)?;
    let organisation_id = actor.organisation_id;
    let people = no_more_than_can_be(chosen(service, actor, &request.people).await?)?;
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let facts = tx
        .account_facts(organisation_id, &people, lately(service), true)
        .await
        .or_failure(service)?;
    let (plan, recipients) = sorted(&facts);
    if plan != request.shown {
        return Err(Refusal::Conflict("conflict-accounts-changed".to_owned()));
    }
    if recipients.is_empty() {
        return Ok(plan);
    }
    tx.enqueue_accounts(&batch(service, actor), &recipients)
        .await
        .or_failure(service)?;
    let invited: Vec<UserId> = recipients.iter().map(|(id, _)| *id).collect();
    tx.set_invited(organisation_id, &invited)
        .await
        .or_failure(service)?;
    let named = invited.iter().take(MOST_NAMED).map(ToString::to_string);
    let details = serde_json::json!({
        "email": plan.email,
        "sms": plan.sms,
        "users": named.collect::<Vec<_>>(),
    });
    let event = "users.accounts_invited";
    let line = crate::history_line(service, actor, event, None, None, details);
    tx.add_history(&line).await.or_failure(service)?;
    tx.commit().await.or_failure(service)?;
    service.outbox_bell.notify_one();
    Ok(plan)
}

fn no_more_than_can_be(people: Vec<UserId>) -> Outcome<Vec<UserId>> {
    if people.len() > MOST_AT_ONCE {
        return Err(Refusal::Conflict("conflict-accounts-too-many".to_owned()));
    }
    Ok(people)
}

fn lately(service: &Service) -> Timestamp {
    service.clock.now().plus_seconds(-LATELY_SECONDS)
}

/// Who is invited and by which channel, and how many are left out for which reason.
fn sorted(people: &[AccountFacts]) -> (AccountPlan, Vec<(UserId, Channel)>) {
    let mut plan = AccountPlan::default();
    let mut recipients = Vec::new();
    for person in people {
        let route = Route::choose(
            person.channel,
            person.email.is_some(),
            person.mobile.is_some(),
        );
        let counted = if person.state == UserState::Inactive {
            &mut plan.inactive
        } else if person.has_password {
            &mut plan.has_password
        } else if person.opted_out {
            &mut plan.opted_out
        } else if let Some(channel) = route.channel() {
            if person.written_to {
                &mut plan.written_to
            } else {
                recipients.push((person.id, channel));
                match channel {
                    Channel::Email => &mut plan.email,
                    Channel::Sms => &mut plan.sms,
                }
            }
        } else {
            &mut plan.unreachable
        };
        *counted += 1;
    }
    (plan, recipients)
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
        has_password: user.state == UserState::Active,
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

/// Gives whoever has the link the password that they chose, and signs them in. All links to this account are used up, those still on their way are
/// withdrawn, and whoever was signed in as them is not any more.
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
    tx.withdraw_account_messages(organisation_id, &[id], now)
        .await
        .or_failure(service)?;
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
