//! Which messages may go now, by the paces of the channel and of the domains they go to.
//!
//! A message to a domain that has had its share waits in a queue of that domain's own, so that those to other domains are not behind it. What somebody waits for in
//! front of a screen is counted, but does not wait.

use super::Worker;
use crate::pace::Pace;
use convoke_domain::{Channel, MessageId, MessageKind, Timestamp};
use convoke_storage::outbox::{MessageFacts, pace_of_domain};
use convoke_storage::{StorageError, Transaction};
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many messages are looked at, at once, to find some whose domain has its turn.
const LOOKED_AT: usize = 200;

/// What may go in one transaction.
#[derive(Default)]
pub(super) struct Pacing {
    now: i64,
    /// How many more may be taken.
    room: usize,
    channel: Option<(Pace, String)>,
    /// How many more may go by the channel's pace.
    left: i64,
    domain: Option<Pace>,
    /// When the next message is due, by name.
    next_at: BTreeMap<String, i64>,
    went: HashMap<String, i64>,
    waiting: Vec<(MessageId, String)>,
}

/// Whether somebody waits for it in front of a screen.
const fn is_urgent(message: &MessageFacts) -> bool {
    match message.kind {
        MessageKind::EntryCode | MessageKind::Test => true,
        MessageKind::Account => message.asked_by_reader,
        _ => false,
    }
}

/// What stands after the last `@`, in lower case.
fn domain_of(address: &str) -> String {
    address
        .rsplit_once('@')
        .map_or(address, |(_, domain)| domain)
        .to_lowercase()
}

impl Worker {
    fn pace_of(&self, channel: Channel) -> Option<Pace> {
        match channel {
            Channel::Email => self.paces.mail,
            Channel::Sms => self.paces.sms,
        }
    }

    fn pace_to_domain(&self, channel: Channel) -> Option<Pace> {
        (channel == Channel::Email)
            .then_some(self.paces.mail_to_domain)
            .flatten()
    }

    /// Whatever waits for a turn that nobody keeps any more does not wait for it.
    pub(super) async fn begin_pacing(
        &self,
        transaction: &mut Transaction,
    ) -> Result<(), StorageError> {
        if self.paces.mail_to_domain.is_none() {
            transaction.wait_for_no_domain().await?;
        }
        transaction
            .forget_paces(self.clock.now().plus_seconds(-86_400))
            .await
    }

    /// Whether messages wait for a domain whose turn it is.
    pub(super) async fn is_a_domains_turn(
        &self,
        transaction: &mut Transaction,
        channel: Channel,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let Some(pace) = self.pace_to_domain(channel) else {
            return Ok(false);
        };
        let until = Timestamp(now.0 + pace.tolerance());
        let domains = transaction.domains_whose_turn_it_is(until).await?;
        Ok(!domains.is_empty())
    }

    /// Messages that are due, more than may go where some of them have to wait for their domain; [`Pacing::may_go`] says which may.
    pub(super) async fn due(
        &self,
        transaction: &mut Transaction,
        channel: Channel,
        now: Timestamp,
        limit: usize,
    ) -> Result<(Pacing, Vec<MessageFacts>), StorageError> {
        let mut pacing = Pacing {
            now: now.0,
            room: limit,
            left: i64::MAX,
            domain: self.pace_to_domain(channel),
            ..Pacing::default()
        };
        let limit = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        if self.pace_of(channel).is_none() && pacing.domain.is_none() {
            let due = transaction.due(&[channel], now, limit(pacing.room)).await?;
            return Ok((pacing, due));
        }
        let mut names = Vec::new();
        if let Some(pace) = self.pace_of(channel) {
            let name = channel.to_string();
            names.push(name.clone());
            pacing.channel = Some((pace, name));
        }
        let mut turns = Vec::new();
        if let Some(pace) = pacing.domain {
            let until = Timestamp(now.0 + pace.tolerance());
            turns = transaction.domains_whose_turn_it_is(until).await?;
        }
        let mut due = transaction
            .due_urgent(channel, now, limit(pacing.room))
            .await?;
        // Before the rows of paces are ours: who holds them waits for nobody.
        for domain in &turns {
            due.extend(
                transaction
                    .due_waiting(domain, now, limit(pacing.room))
                    .await?,
            );
        }
        let looked_at = if pacing.domain.is_some() {
            LOOKED_AT
        } else {
            pacing.room
        };
        due.extend(transaction.due(&[channel], now, limit(looked_at)).await?);
        let mut seen = HashSet::new();
        due.retain(|message| seen.insert(message.id));
        if pacing.domain.is_some() {
            names.extend(
                due.iter()
                    .filter_map(|message| message.email.as_deref())
                    .map(|address| pace_of_domain(&domain_of(address))),
            );
        }
        pacing.next_at = transaction.paces(&names).await?;
        if let Some((pace, name)) = &pacing.channel {
            pacing.left = pace.free(pacing.next_at[name], now.0);
        }
        Ok((pacing, due))
    }
}

impl Pacing {
    /// Whether a message may go, which counts; if not it waits, for the turn of its domain where that is the reason.
    pub(super) fn may_go(&mut self, message: &MessageFacts, address: &str) -> bool {
        if self.room == 0 {
            return false;
        }
        let urgent = is_urgent(message);
        let domain = self.domain.map(|pace| (pace, domain_of(address)));
        if let Some((pace, domain)) = &domain {
            let name = pace_of_domain(domain);
            let went = self.went.get(&name).copied().unwrap_or(0);
            let next_at = self.next_at.get(&name).copied().unwrap_or(0);
            if !urgent && pace.free(next_at, self.now) <= went {
                self.waiting.push((message.id, domain.clone()));
                return false;
            }
        }
        if !urgent && self.left <= 0 {
            return false;
        }
        self.room -= 1;
        self.left -= 1;
        if let Some((_, name)) = &self.channel {
            *self.went.entry(name.clone()).or_default() += 1;
        }
        if let Some((_, domain)) = &domain {
            *self.went.entry(pace_of_domain(domain)).or_default() += 1;
        }
        true
    }

    /// Notes what goes and what waits. Gives how many wait for their domain that did not before.
    pub(super) async fn end(self, transaction: &mut Transaction) -> Result<usize, StorageError> {
        let mut paces = BTreeMap::new();
        for (name, went) in self.went {
            let pace = match &self.channel {
                Some((pace, channel)) if *channel == name => Some(*pace),
                _ => self.domain,
            };
            if let Some(pace) = pace {
                let next_at = self.next_at.get(&name).copied().unwrap_or(0);
                paces.insert(name, pace.after(next_at, self.now, went));
            }
        }
        transaction.set_paces(&paces).await?;
        transaction.wait_for_domains(&self.waiting).await?;
        Ok(self.waiting.len())
    }
}
