//! From rows that are due to messages that may be handed over: checked, and marked, in the caller's transaction. They are written afterwards.

use super::Worker;
use super::writing::{Marked, Secrets, Sources};
use crate::entry_code;
use crate::link;
use crate::stop;
use convoke_domain::message::Problem;
use convoke_domain::{
    Channel, InvitationState, MessageId, MessageKind, Timestamp, TrainingId, UserState,
};
use convoke_storage::attachments::Attachments;
use convoke_storage::outbox::{MessageFacts, NewAccountLink, NewLink, Outcome, Recorded};
use convoke_storage::{StorageError, Transaction};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What a look at rows that are due brings.
#[derive(Default)]
pub(super) struct Batch {
    /// To be handed over.
    pub(super) ready: Vec<Marked>,
    /// Not to be handed over: withdrawn, or no address.
    pub(super) ended: Vec<Recorded>,
    /// How many wait for the turn of their domain now.
    pub(super) sorted: usize,
}

/// Whether the message may still go out. The table of states decides what can follow, this only what was meant.
fn still_wanted(facts: &MessageFacts, now: Timestamp) -> bool {
    use InvitationState as S;
    let meant: &[S] = match facts.kind {
        MessageKind::Invitation => &[S::ToSend],
        MessageKind::Resend | MessageKind::Reminder => &[S::Sent],
        MessageKind::Change => &[S::Sent, S::Confirmed, S::Waiting],
        MessageKind::Cancellation => &[S::Cancelled],
        MessageKind::Registered | MessageKind::PlaceFreed | MessageKind::ReminderStart => {
            &[S::Confirmed]
        }
        MessageKind::WaitingList => &[S::Waiting],
        MessageKind::EntryCode => &[S::Confirmed, S::Waiting],
        // It leads to the present state, whichever that is. Of yesterday, it would come as a surprise.
        MessageKind::FreshLink => {
            return facts.invitation_state.is_some()
                && now < facts.created_at.plus_seconds(link::FRESH_SECONDS);
        }
        // Asked for an hour ago, it would come as a surprise.
        MessageKind::Account if facts.asked_by_reader => {
            return facts.user_state == UserState::Active
                && now < facts.created_at.plus_seconds(link::FORGOTTEN_SECONDS);
        }
        MessageKind::Account | MessageKind::Test => {
            return facts.user_state != UserState::Inactive;
        }
    };
    let in_time = facts.kind != MessageKind::EntryCode
        || now < facts.created_at.plus_seconds(entry_code::SECONDS);
    facts
        .invitation_state
        .is_some_and(|state| meant.contains(&state))
        && in_time
        && (facts.user_state != UserState::Inactive || !facts.kind.invites())
}

/// Whether it may go out although its reader wants no messages.
fn is_wanted(facts: &MessageFacts) -> bool {
    let attends = match facts.kind {
        MessageKind::Cancellation => facts.had_confirmed,
        _ => facts.invitation_state == Some(InvitationState::Confirmed),
    };
    !facts.opted_out
        || facts
            .kind
            .reaches_whoever_opted_out(attends, facts.asked_by_reader)
}

/// What secrets are derived from.
struct Keys {
    /// Of one-time codes; there is one as soon as somebody asked for a code.
    codes: Option<String>,
    /// Of the links by which readers say that they want no more.
    stop: String,
}

impl Worker {
    async fn keys(
        &self,
        transaction: &mut Transaction,
        due: &[MessageFacts],
    ) -> Result<Keys, StorageError> {
        let codes = if due.iter().any(|m| m.kind == MessageKind::EntryCode) {
            transaction.installation_value(entry_code::KEY_NAME).await?
        } else {
            None
        };
        Ok(Keys {
            codes,
            stop: self.stop_key(transaction).await?,
        })
    }

    /// Drawn by whoever needs it first, and kept for good.
    async fn stop_key(&self, transaction: &mut Transaction) -> Result<String, StorageError> {
        if let Some(key) = self.stop_key.get() {
            return Ok(key.clone());
        }
        if let Some(key) = transaction.installation_value(stop::KEY_NAME).await? {
            return Ok(self.stop_key.get_or_init(|| key).clone());
        }
        // Not remembered before the transaction that draws it is committed.
        let fresh = link::new_secret(&*self.random);
        transaction
            .installation_value_or(stop::KEY_NAME, &fresh)
            .await
    }

    fn secrets(&self, facts: &MessageFacts, keys: &Keys) -> Secrets {
        Secrets {
            link: link::new_secret(&*self.random),
            stop: stop::secret(&keys.stop, facts.id),
            code: match (facts.kind, keys.codes.as_deref()) {
                (MessageKind::EntryCode, Some(key)) => entry_code::entry_code(key, facts.id),
                _ => String::new(),
            },
        }
    }

    /// Takes up to `limit` messages of a channel, draws their links and notes them, and marks them.
    pub(super) async fn prepare(
        &self,
        transaction: &mut Transaction,
        owner: &str,
        channel: Channel,
        limit: usize,
    ) -> Result<Batch, StorageError> {
        let now = self.clock.now();
        let (mut pacing, mut due) = self.due(transaction, channel, now, limit).await?;
        if due.is_empty() {
            return Ok(Batch::default());
        }
        transaction.lock_invitations_for_sending(&mut due).await?;
        let tests = if due.iter().any(|m| m.kind == MessageKind::Test) {
            let ids: Vec<MessageId> = due.iter().map(|m| m.id).collect();
            transaction.test_messages(&ids).await?
        } else {
            HashMap::new()
        };
        let mut trainings: Vec<TrainingId> = due.iter().filter_map(|m| m.training_id).collect();
        trainings.extend(tests.values().filter_map(|test| test.training_id));
        trainings.sort_unstable();
        trainings.dedup();
        let attachments = match channel {
            Channel::Email => transaction.attachments_of(&trainings).await?,
            Channel::Sms => Attachments::default(),
        };
        let trainings = transaction.trainings_facts(&trainings).await?;
        let written = transaction
            .texts_of(trainings.values().map(|t| (t.organisation_id, t.id)))
            .await?;
        let keys = self.keys(transaction, &due).await?;
        let sources = Arc::new(Sources {
            trainings,
            texts: written,
            tests,
            attachments,
            shelf: self.shelf.clone(),
            base_url: self.base_url.clone(),
            from: self.from.email.clone(),
        });

        let mut batch = Batch::default();
        let mut links = Vec::new();
        let mut account_links = Vec::new();
        for facts in due {
            let known = match facts.kind {
                MessageKind::Account => true,
                MessageKind::Test => sources.tests.contains_key(&facts.id),
                _ => facts
                    .training_id
                    .is_some_and(|id| sources.trainings.contains_key(&id)),
            };
            if !known {
                continue;
            }
            if !still_wanted(&facts, now) {
                batch.ended.push(ended(&facts, Outcome::Withdrawn));
            } else if !is_wanted(&facts) {
                batch.ended.push(ended(&facts, Outcome::Unwanted));
            } else if let Some(address) = address(&facts) {
                if !pacing.may_go(&facts, address) {
                    continue;
                }
                let address = address.to_owned();
                let secrets = self.secrets(&facts, &keys);
                if facts.kind.has_link() {
                    links.push(NewLink {
                        token_hash: link::hash(&secrets.link),
                        organisation_id: facts.organisation_id,
                        invitation_id: facts.invitation_id,
                    });
                } else if facts.kind == MessageKind::Account {
                    account_links.push(account_link(&facts, &secrets, now));
                }
                batch.ready.push(Marked {
                    address,
                    secrets,
                    now,
                    sources: sources.clone(),
                    facts,
                });
            } else {
                let outcome = Outcome::Failed {
                    problem: Problem::NoAddress,
                    detail: String::new(),
                };
                batch.ended.push(ended(&facts, outcome));
            }
        }
        batch.sorted = pacing.end(transaction).await?;
        transaction.add_links(&links, now).await?;
        for link in &account_links {
            transaction.add_account_link(link, now).await?;
        }
        let taken: Vec<MessageId> = batch
            .ready
            .iter()
            .map(|m| m.facts.id)
            .chain(batch.ended.iter().map(|r| r.leased.id))
            .collect();
        let until = now.plus_seconds(super::LEASE_SECONDS);
        let marked: HashSet<MessageId> = transaction
            .mark_sending(owner, &taken, now, until)
            .await?
            .into_iter()
            .collect();
        batch.ready.retain(|m| marked.contains(&m.facts.id));
        batch.ended.retain(|r| marked.contains(&r.leased.id));
        Ok(batch)
    }
}

fn address(facts: &MessageFacts) -> Option<&str> {
    match facts.channel {
        Channel::Email => facts.email.as_deref(),
        Channel::Sms => facts.mobile.as_deref(),
    }
}

fn account_link(facts: &MessageFacts, secrets: &Secrets, now: Timestamp) -> NewAccountLink {
    let seconds = if facts.asked_by_reader {
        link::FORGOTTEN_SECONDS
    } else {
        link::ACCOUNT_SECONDS
    };
    NewAccountLink {
        token_hash: link::hash(&secrets.link),
        organisation_id: facts.organisation_id,
        user_id: facts.person.id,
        expires_at: now.plus_seconds(seconds),
    }
}

fn ended(facts: &MessageFacts, outcome: Outcome) -> Recorded {
    Recorded {
        leased: facts.leased(),
        address: None,
        subject: None,
        body: None,
        outcome,
    }
}
