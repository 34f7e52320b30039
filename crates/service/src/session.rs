//! Signing in and out. There is no actor before somebody has signed in; finding one is what this module does.

pub mod forgotten;
mod identifier;

use crate::{OrFailure, Outcome, Service, passwords, tokens};
use convoke_domain::view::SignedIn;
use convoke_domain::{
    Actor, Language, OrganisationId, Refusal, Role, Timestamp, UserId, UserState,
};
use convoke_storage::directory::{Organisation, SignInUser};
use convoke_storage::history::NewHistory;
use convoke_storage::{StorageError, Transaction};
use identifier::Identifier;
use std::collections::BTreeSet;

/// How long a session lasts after its last use.
const SESSION_SECONDS: i64 = 14 * 24 * 3600;
/// How much of a session has to be used up before its end is moved: once a day is enough, and spares writes.
const EXTEND_AFTER_SECONDS: i64 = 24 * 3600;
/// How far back failed attempts count.
const FAILURES_SECONDS: i64 = 15 * 60;
/// Failed attempts for one e-mail or mobile.
const FAILURES_PER_IDENTIFIER: u32 = 8;
/// Failed attempts from one network address; a whole company may sit behind it.
const FAILURES_PER_PEER: u32 = 100;
/// The most organisations in which one address is tried; beyond that an attempt would cost too many password checks.
const MAX_CANDIDATES: usize = 4;

/// A session that has just begun.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// The secret for the cookie.
    pub secret: String,
    /// When it ends unless it is used.
    pub expires_at: Timestamp,
}

/// Signs in with an e-mail or mobile and a password. `peer` is the network address, for the throttle only. A mobile can be
/// written as in the country of the person's organisation.
///
/// Refuses with [`Refusal::WrongCredentials`] whoever is unknown, has no password or is inactive, all alike;
/// with [`Refusal::TooMany`] after too many failures.
pub async fn sign_in(
    service: &Service,
    identifier: &str,
    password: &str,
    peer: &str,
) -> Outcome<NewSession> {
    let organisations = organisations(service).await.or_failure(service)?;
    let identifier = Identifier::of(identifier, &organisations);
    let now = service.clock.now();
    let attempt = Attempt {
        identifier_keys: identifier.keys.iter().map(|key| hashed(key)).collect(),
        peer_key: tokens::hash(&format!("peer {peer}")),
        at: now,
    };
    // The attempt counts as failed until it has succeeded: many at once cannot slip past the limit together.
    attempt.begin(service).await?;

    let candidates = async {
        let mut transaction = service.storage.read().await?;
        candidates(&mut transaction, &identifier).await
    }
    .await
    .or_failure(service)?;
    let hashes = candidates
        .iter()
        .filter_map(|c| c.user.password_hash.clone())
        .collect();
    // As many as an address can mean at most, whether it means anybody or not.
    let checks = organisations.len().clamp(1, MAX_CANDIDATES);
    let password = if password.len() > passwords::MAX_BYTES {
        ""
    } else {
        password
    };
    let fit = passwords::first_fit(hashes, checks, password).await;
    let Some(Candidate {
        user: person,
        address,
    }) = fit.and_then(|i| candidates.into_iter().nth(i))
    else {
        return Err(Refusal::WrongCredentials);
    };

    async {
        let mut transaction = service.storage.begin().await?;
        attempt
            .succeeded(&mut transaction, &hashed(&address))
            .await?;
        transaction.delete_ended_sessions(now).await?;
        let session = begin(service, &mut transaction, person.organisation_id, person.id).await?;
        transaction
            .add_history(&NewHistory {
                id: service.id(),
                organisation_id: person.organisation_id,
                at: now,
                actor_id: Some(person.id),
                actor_name: convoke_domain::person::full_name(
                    &person.first_name,
                    &person.last_name,
                ),
                event: "session.signed_in",
                training_id: None,
                user_id: Some(person.id),
                details: serde_json::json!({ (crate::history::WHERE): peer }),
            })
            .await?;
        transaction.commit().await?;
        Ok(session)
    }
    .await
    .or_failure(service)
}

/// Someone who may be meant.
struct Candidate {
    user: SignInUser,
    /// By which of their addresses.
    address: String,
}

async fn organisations(service: &Service) -> Result<Vec<Organisation>, StorageError> {
    service.storage.read().await?.organisations().await
}

/// Those who may be meant and can sign in at all.
async fn candidates(
    transaction: &mut Transaction,
    identifier: &Identifier,
) -> Result<Vec<Candidate>, StorageError> {
    let mut candidates = Vec::new();
    for (address, among) in &identifier.addresses {
        for user in transaction.users_by_identifier(address).await? {
            if user.password_hash.is_some()
                && user.state != UserState::Inactive
                && among.has(user.organisation_id)
            {
                let address = address.clone();
                candidates.push(Candidate { user, address });
            }
        }
    }
    candidates.truncate(MAX_CANDIDATES);
    Ok(candidates)
}

/// Adds a session for a user.
pub(crate) async fn begin(
    service: &Service,
    transaction: &mut Transaction,
    organisation_id: OrganisationId,
    user_id: UserId,
) -> Result<NewSession, StorageError> {
    let now = service.clock.now();
    let session = NewSession {
        secret: tokens::new_secret(service),
        expires_at: now.plus_seconds(SESSION_SECONDS),
    };
    transaction
        .insert_session(
            &tokens::hash(&session.secret),
            organisation_id,
            user_id,
            now,
            session.expires_at,
        )
        .await?;
    Ok(session)
}

/// Ends the session of a secret, if there is one.
pub async fn sign_out(service: &Service, secret: &str) -> Outcome<()> {
    async {
        let hash = tokens::hash(secret);
        let now = service.clock.now();
        let mut transaction = service.storage.begin().await?;
        if let Some(person) = transaction.session_person(&hash, now).await? {
            transaction
                .add_history(&NewHistory {
                    id: service.id(),
                    organisation_id: person.organisation_id,
                    at: now,
                    actor_id: Some(person.user_id),
                    actor_name: convoke_domain::person::full_name(
                        &person.first_name,
                        &person.last_name,
                    ),
                    event: "session.signed_out",
                    training_id: None,
                    user_id: Some(person.user_id),
                    details: serde_json::json!({}),
                })
                .await?;
        }
        transaction.delete_session(&hash).await?;
        transaction.commit().await
    }
    .await
    .or_failure(service)
}

/// Who a secret belongs to, with their rights as they are now; moves the end of the session.
pub async fn find(service: &Service, secret: &str) -> Outcome<Option<(Actor, SignedIn)>> {
    let hash = tokens::hash(secret);
    let now = service.clock.now();
    let found = look_up(service, &hash, now).await.or_failure(service)?;
    let Some((actor, signed_in, expires_at)) = found else {
        return Ok(None);
    };
    if expires_at < now.plus_seconds(SESSION_SECONDS - EXTEND_AFTER_SECONDS) {
        async {
            let mut transaction = service.storage.begin().await?;
            transaction
                .extend_session(&hash, now.plus_seconds(SESSION_SECONDS))
                .await?;
            transaction.commit().await
        }
        .await
        .or_failure(service)?;
    }
    Ok(Some((actor, signed_in)))
}

/// Like [`find`], without counting as a use: a browser tab that is only left open does not keep its session alive.
pub async fn peek(service: &Service, secret: &str) -> Outcome<Option<Actor>> {
    let hash = tokens::hash(secret);
    let found = look_up(service, &hash, service.clock.now())
        .await
        .or_failure(service)?;
    Ok(found.map(|(actor, _, _)| actor))
}

async fn look_up(
    service: &Service,
    hash: &str,
    now: Timestamp,
) -> Result<Option<(Actor, SignedIn, Timestamp)>, StorageError> {
    let mut transaction = service.storage.read().await?;
    let Some(person) = transaction.session_person(hash, now).await? else {
        return Ok(None);
    };
    let scope = match person.role {
        Role::Authorised => {
            transaction
                .scope(person.organisation_id, person.user_id)
                .await?
        }
        Role::Administrator | Role::Member => Vec::new(),
    };
    let actor = Actor {
        organisation_id: person.organisation_id,
        user_id: Some(person.user_id),
        name: convoke_domain::person::full_name(&person.first_name, &person.last_name),
        role: person.role,
        scope,
        language: person.language,
        origin: String::new(),
    };
    let signed_in = SignedIn {
        user_id: person.user_id,
        first_name: person.first_name,
        last_name: person.last_name,
        role: person.role,
        language: person.language,
        organisation: person.organisation,
    };
    Ok(Some((actor, signed_in, person.expires_at)))
}

/// Chooses the language in which the actor reads the console and their messages.
pub async fn set_language(service: &Service, actor: &Actor, language: Language) -> Outcome<()> {
    let user_id = actor.user_id.ok_or(Refusal::NotAllowed)?;
    async {
        let mut transaction = service.storage.begin().await?;
        transaction
            .set_language(
                actor.organisation_id,
                user_id,
                language,
                service.clock.now(),
            )
            .await?;
        transaction
            .add_history(&NewHistory {
                id: service.id(),
                organisation_id: actor.organisation_id,
                at: service.clock.now(),
                actor_id: actor.user_id,
                actor_name: actor.name.clone(),
                event: "user.language_chosen",
                training_id: None,
                user_id: actor.user_id,
                details: serde_json::json!({ "language": language.as_str() }),
            })
            .await?;
        transaction.commit().await
    }
    .await
    .or_failure(service)
}

/// What attempts at an address are counted under.
fn hashed(key: &str) -> String {
    tokens::hash(&format!("identifier {key}"))
}

/// An attempt to sign in, for the throttle.
struct Attempt {
    /// In order, so that two attempts that lock several of them do not wait for each other.
    identifier_keys: BTreeSet<String>,
    peer_key: String,
    at: Timestamp,
}

impl Attempt {
    /// Notes the attempt as failed, or refuses it.
    async fn begin(&self, service: &Service) -> Outcome<()> {
        let retry_after = async {
            let since = self.at.plus_seconds(-FAILURES_SECONDS);
            let mut transaction = service.storage.begin().await?;
            let mut limits = Vec::new();
            for key in &self.identifier_keys {
                transaction.lock_sign_in_key(key).await?;
                limits.push((key, FAILURES_PER_IDENTIFIER));
            }
            limits.push((&self.peer_key, FAILURES_PER_PEER));
            let mut retry_after = None;
            for (key, limit) in limits.iter().copied() {
                if let Some(at) = transaction
                    .nth_last_sign_in_failure(key, since, limit)
                    .await?
                {
                    let wait = at.plus_seconds(FAILURES_SECONDS).since(self.at).max(1);
                    retry_after = retry_after.max(Some((wait + 999) / 1_000));
                }
            }
            if retry_after.is_none() {
                transaction.delete_old_sign_in_failures(since).await?;
                for (key, _) in limits {
                    transaction.add_sign_in_failure(key, self.at).await?;
                }
                transaction.commit().await?;
            }
            Ok(retry_after)
        }
        .await
        .or_failure(service)?;
        match retry_after {
            None => Ok(()),
            Some(seconds) => Err(Refusal::TooMany {
                retry_after: u32::try_from(seconds).unwrap_or(u32::MAX),
            }),
        }
    }

    /// It was a good one after all: the address of `key` starts anew. The network address is not charged, nor is another
    /// address that is written the same: a good password for one must not allow more guesses at the other.
    async fn succeeded(
        &self,
        transaction: &mut Transaction,
        key: &str,
    ) -> Result<(), StorageError> {
        transaction.clear_sign_in_failures(key).await?;
        let others = self.identifier_keys.iter().filter(|other| *other != key);
        for charged in others.chain([&self.peer_key]) {
            transaction.forget_sign_in_failure(charged, self.at).await?;
        }
        Ok(())
    }
}
