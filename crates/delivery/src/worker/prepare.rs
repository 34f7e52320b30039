//! From rows that are due to messages that may be handed over: checked, written, and marked, in the caller's transaction.

use super::Worker;
use crate::entry_code;
use crate::gateway::{Letterhead, Parcel};
use crate::link::{self, BLOTTED};
use crate::render::{AccountLetter, Letter, Rendered, render, render_account, sample_training};
use crate::stop;
use convoke_domain::message::Problem;
use convoke_domain::message_text::{TextDraft, TextKey};
use convoke_domain::person::full_name;
use convoke_domain::{
    Channel, InvitationState, MessageId, MessageKind, Timestamp, TrainingId, UserState,
};
use convoke_storage::outbox::{
    Leased, MessageFacts, NewAccountLink, NewLink, Outcome, Recorded, TestMessage, TrainingFacts,
};
use convoke_storage::{StorageError, Transaction};
use convoke_texts::t;
use std::collections::{HashMap, HashSet};

/// A message that is marked as being sent, once the transaction is committed.
pub(super) struct Prepared {
    pub(super) leased: Leased,
    pub(super) parcel: Parcel,
    /// Plain text with the secret blotted out.
    pub(super) kept: String,
    /// This attempt counted.
    pub(super) attempts: i64,
    pub(super) created_at: Timestamp,
}

/// What a look at rows that are due brings.
#[derive(Default)]
pub(super) struct Batch {
    /// To be handed over.
    pub(super) ready: Vec<Prepared>,
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
        let known = transaction.installation_value(stop::KEY_NAME).await?;
        let stop = if let Some(key) = known {
            key
        } else {
            let fresh = link::new_secret(&*self.random);
            transaction
                .installation_value_or(stop::KEY_NAME, &fresh)
                .await?
        };
        Ok(Keys { codes, stop })
    }

    /// The secret of the link in a message's foot, and the link.
    fn stop(&self, facts: &MessageFacts, keys: &Keys) -> (String, String) {
        let secret = stop::secret(&keys.stop, facts.id);
        let link = stop::link(&self.base_url, &secret);
        (secret, link)
    }

    /// Takes up to `limit` messages of a channel, writes them, notes their links, and marks them.
    pub(super) async fn prepare(
        &self,
        transaction: &mut Transaction,
        owner: &str,
        channel: Channel,
        limit: usize,
    ) -> Result<Batch, StorageError> {
        let now = self.clock.now();
        let (mut pacing, due) = self.due(transaction, channel, now, limit).await?;
        if due.is_empty() {
            return Ok(Batch::default());
        }
        let locked = transaction
            .lock_invitations_for_sending(&due.iter().map(|m| m.invitation_id).collect::<Vec<_>>())
            .await?;
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
        let trainings = transaction.trainings_facts(&trainings).await?;
        let written = transaction
            .texts_of(trainings.values().map(|t| (t.organisation_id, t.id)))
            .await?;
        let keys = self.keys(transaction, &due).await?;

        let mut batch = Batch::default();
        let mut links = Vec::new();
        let mut account_links = Vec::new();
        for mut facts in due {
            if facts.invitation_state.is_some() {
                facts.invitation_state = locked.get(&facts.invitation_id).copied();
                if facts.invitation_state.is_none() {
                    // Somebody is changing this person's invitation at this moment: its message waits.
                    continue;
                }
            }
            let training = facts.training_id.and_then(|id| trainings.get(&id));
            let test = tests.get(&facts.id);
            if training.is_none() && test.is_none() && facts.kind != MessageKind::Account {
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
                if let Some(test) = test {
                    let training = test.training_id.and_then(|id| trainings.get(&id));
                    batch
                        .ready
                        .push(self.write_test(&facts, test, training, address, now));
                } else if let Some(training) = training {
                    let key_of_text = TextKey {
                        kind: facts.kind,
                        language: facts.language,
                        channel: facts.channel,
                    };
                    let said = written.of(training.organisation_id, training.id, key_of_text);
                    let (prepared, link) =
                        self.write(&facts, (training, said), address, now, &keys);
                    batch.ready.push(prepared);
                    links.extend(link);
                } else {
                    let (prepared, link) = self.write_account(&facts, address, now, &keys);
                    batch.ready.push(prepared);
                    account_links.push(link);
                }
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
            .map(|p| p.leased.id)
            .chain(batch.ended.iter().map(|r| r.leased.id))
            .collect();
        let until = now.plus_seconds(super::LEASE_SECONDS);
        let marked: HashSet<MessageId> = transaction
            .mark_sending(owner, &taken, now, until)
            .await?
            .into_iter()
            .collect();
        batch.ready.retain(|p| marked.contains(&p.leased.id));
        batch.ended.retain(|r| marked.contains(&r.leased.id));
        Ok(batch)
    }

    fn write(
        &self,
        facts: &MessageFacts,
        (training, text): (&TrainingFacts, Option<&TextDraft>),
        address: &str,
        now: Timestamp,
        keys: &Keys,
    ) -> (Prepared, Option<NewLink>) {
        let secret = link::new_secret(&*self.random);
        let (stop_secret, stop) = self.stop(facts, keys);
        let code = match (facts.kind, keys.codes.as_deref()) {
            (MessageKind::EntryCode, Some(key)) => entry_code::entry_code(key, facts.id),
            _ => String::new(),
        };
        let rendered = render(
            &Letter {
                training,
                person: &facts.person,
                kind: facts.kind,
                language: facts.language,
                text,
                link: &link::answer_link(&self.base_url, &secret),
                stop: &stop,
                code: &code,
                waits: facts.invitation_state == Some(InvitationState::Waiting),
                now,
                from: Some(&self.from.email),
            },
            facts.channel,
        );
        let mut kept = rendered
            .text
            .replace(&secret, BLOTTED)
            .replace(&stop_secret, BLOTTED);
        if !code.is_empty() {
            kept = kept.replace(&code, BLOTTED);
        }
        let prepared = Prepared {
            leased: facts.leased(),
            kept,
            attempts: facts.attempts + 1,
            created_at: facts.created_at,
            parcel: parcel(facts, address, now, rendered),
        };
        let link = facts.kind.has_link().then(|| NewLink {
            token_hash: link::hash(&secret),
            organisation_id: facts.organisation_id,
            invitation_id: facts.invitation_id,
        });
        (prepared, link)
    }

    /// A text as its writer tries it out. Its link leads to a page that says so, and nothing goes into a calendar.
    fn write_test(
        &self,
        facts: &MessageFacts,
        test: &TestMessage,
        training: Option<&TrainingFacts>,
        address: &str,
        now: Timestamp,
    ) -> Prepared {
        let language = test.key.language;
        let sample;
        let training = if let Some(training) = training {
            training
        } else {
            sample = sample_training(facts.organisation_id, &facts.organisation, language, now);
            &sample
        };
        let mut rendered = render(
            &Letter {
                training,
                person: &facts.person,
                kind: test.key.kind,
                language,
                text: Some(&test.draft),
                link: &link::test_link(&self.base_url),
                stop: &stop::link(&self.base_url, stop::TEST),
                code: "",
                waits: true,
                now,
                from: Some(&self.from.email),
            },
            test.key.channel,
        );
        let marked = match test.key.channel {
            Channel::Email => &mut rendered.subject,
            Channel::Sms => &mut rendered.text,
        };
        // Nobody says by a test that they want no more.
        rendered.stop = None;
        *marked = t!(language, "mail-test", text = marked.as_str());
        Prepared {
            leased: facts.leased(),
            kept: rendered.text.clone(),
            attempts: facts.attempts + 1,
            created_at: facts.created_at,
            parcel: parcel(facts, address, now, rendered),
        }
    }

    fn write_account(
        &self,
        facts: &MessageFacts,
        address: &str,
        now: Timestamp,
        keys: &Keys,
    ) -> (Prepared, NewAccountLink) {
        let secret = link::new_secret(&*self.random);
        let (stop_secret, stop) = self.stop(facts, keys);
        let letter = AccountLetter {
            organisation: &facts.organisation,
            person: &facts.person,
            language: facts.language,
            identifier: address,
            link: &link::account_link(&self.base_url, &secret),
            stop: &stop,
            forgot: facts.asked_by_reader,
        };
        let seconds = if facts.asked_by_reader {
            link::FORGOTTEN_SECONDS
        } else {
            link::ACCOUNT_SECONDS
        };
        let rendered = render_account(&letter, facts.channel);
        let prepared = Prepared {
            leased: facts.leased(),
            kept: rendered
                .text
                .replace(&secret, BLOTTED)
                .replace(&stop_secret, BLOTTED),
            attempts: facts.attempts + 1,
            created_at: facts.created_at,
            parcel: parcel(facts, address, now, rendered),
        };
        let link = NewAccountLink {
            token_hash: link::hash(&secret),
            organisation_id: facts.organisation_id,
            user_id: facts.person.id,
            expires_at: now.plus_seconds(seconds),
        };
        (prepared, link)
    }
}

fn parcel(facts: &MessageFacts, address: &str, now: Timestamp, rendered: Rendered) -> Parcel {
    Parcel {
        id: facts.id,
        address: address.to_owned(),
        name: full_name(&facts.person.first_name, &facts.person.last_name),
        at: now,
        letterhead: Letterhead {
            sender_name: facts.sender_name.clone(),
            reply_to: facts.reply_to.clone(),
        },
        rendered,
    }
}

fn address(facts: &MessageFacts) -> Option<&str> {
    match facts.channel {
        Channel::Email => facts.email.as_deref(),
        Channel::Sms => facts.mobile.as_deref(),
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
