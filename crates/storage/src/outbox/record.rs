//! What came of handing messages over, and what it makes of the invitations.

use super::Holds::{Id, Number, Text};
use super::{Leased, hex, listed};
use crate::macros::on;
use crate::{Result, Transaction};
use convoke_domain::invitation::{Event, Next, next};
use convoke_domain::message::Problem;
use convoke_domain::{InvitationId, InvitationState, MessageState, OrganisationId, Timestamp};
use serde_json::json;
use sqlx::AssertSqlSafe;
use std::collections::HashMap;
use std::fmt::Write;
use uuid::Uuid;

/// What came of handing one message over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server or gateway took it.
    Sent {
        /// Its Message-ID, or the gateway's id.
        provider_id: String,
    },
    /// It was refused for good, or given up.
    Failed {
        /// In our words.
        problem: Problem,
        /// In the server's.
        detail: String,
    },
    /// It was not taken; try again later.
    Retry {
        /// When.
        at: Timestamp,
        /// In the server's words.
        detail: String,
    },
    /// The channel is stopped; the attempt does not count.
    Waiting {
        /// In the server's words.
        detail: String,
    },
    /// It may or may not have been taken: it is never sent again by itself.
    Uncertain {
        /// What was seen.
        detail: String,
    },
    /// It was not handed over, because its reader was taken out or has answered meanwhile.
    Withdrawn,
    /// It was not handed over, because its reader wants no messages.
    Unwanted,
}

impl Outcome {
    fn parts(&self) -> (MessageState, Option<Problem>, Option<&str>) {
        match self {
            Self::Sent { .. } => (MessageState::Sent, None, None),
            Self::Failed { problem, detail } => {
                (MessageState::Failed, Some(*problem), Some(detail))
            }
            Self::Retry { detail, .. } => {
                (MessageState::Queued, Some(Problem::Retrying), Some(detail))
            }
            Self::Waiting { detail } => (
                MessageState::Queued,
                Some(Problem::ChannelStopped),
                Some(detail),
            ),
            Self::Uncertain { detail } => (
                MessageState::Uncertain,
                Some(Problem::Uncertain),
                Some(detail),
            ),
            Self::Withdrawn => (MessageState::Cancelled, None, None),
            Self::Unwanted => (MessageState::Cancelled, Some(Problem::OptedOut), None),
        }
    }
}

/// One message with what came of it.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The message.
    pub leased: Leased,
    /// The address it went to; `None` when it was not handed over.
    pub address: Option<String>,
    /// Subject; empty for an SMS.
    pub subject: Option<String>,
    /// Plain text, with the secret of its link blotted out.
    pub body: Option<String>,
    /// What came of it.
    pub outcome: Outcome,
}

/// A link that is about to be sent.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// SHA-256 of its secret, in hexadecimal.
    pub token_hash: String,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The invitation it leads to.
    pub invitation_id: InvitationId,
}

/// What an event makes of the column `state`, by the table of the domain.
pub(super) fn state_after(event: Event) -> String {
    let mut sql = String::from("CASE invitations.state");
    for from in InvitationState::ALL {
        if let Some(Next::State(to)) = next(Some(*from), event) {
            let _ = write!(sql, " WHEN '{from}' THEN '{to}'");
        }
    }
    sql.push_str(" ELSE invitations.state END");
    sql
}

impl Transaction {
    /// Records what came of messages that `owner` marked as being sent, changes the state of their invitations by the table, and raises the
    /// trainings' versions, all in this transaction.
    ///
    /// A late answer counts too: a row that became *uncertain* meanwhile, because the worker was thought dead, is put right. So does what was heard of a message
    /// before the answer.
    pub async fn record(
        &mut self,
        owner: &str,
        now: Timestamp,
        results: &[Recorded],
    ) -> Result<()> {
        if results.is_empty() {
            return Ok(());
        }
        self.raise_versions(
            &results
                .iter()
                .filter_map(|r| r.leased.training_id)
                .collect::<Vec<_>>(),
        )
        .await?;
        self.lock_invitations(
            &results
                .iter()
                .map(|r| r.leased.invitation_id)
                .collect::<Vec<_>>(),
        )
        .await?;
        let recorded = self.record_messages(owner, now, results).await?;
        self.record_invitations(
            now,
            results.iter().filter(|r| {
                r.leased.kind.invites()
                    && !matches!(r.outcome, Outcome::Withdrawn | Outcome::Unwanted)
                    && recorded.contains_key(&r.leased.id.0)
            }),
        )
        .await?;
        // A gateway may have said what became of a message before it had answered that it takes it.
        let heard = recorded
            .into_iter()
            .filter_map(|(id, heard)| heard.then_some(id));
        self.settle_reports(&super::messages(heard.collect())).await
    }

    /// Those that were recorded, and whether it was heard of them already.
    async fn record_messages(
        &mut self,
        owner: &str,
        now: Timestamp,
        results: &[Recorded],
    ) -> Result<HashMap<Uuid, bool>> {
        let rows: Vec<_> = results
            .iter()
            .map(|r| {
                let (state, problem, detail) = r.outcome.parts();
                let (provider_id, at, uncounted) = match &r.outcome {
                    Outcome::Sent { provider_id } => (Some(provider_id), None, 0),
                    Outcome::Retry { at, .. } => (None, Some(at.0), 0),
                    Outcome::Waiting { .. } | Outcome::Withdrawn | Outcome::Unwanted => {
                        (None, None, 1)
                    }
                    Outcome::Failed { .. } | Outcome::Uncertain { .. } => (None, None, 0),
                };
                json!({
                    "id": hex(r.leased.id),
                    "state": state.as_str(),
                    "problem": problem.map(Problem::as_str),
                    "detail": detail.map(clean),
                    "provider_id": provider_id.map(|id| clean(id)),
                    "at": at,
                    "uncounted": uncounted,
                    "address": r.address.as_deref().map(clean),
                    "subject": r.subject.as_deref().map(clean),
                    "body": r.body.as_deref().map(clean),
                })
            })
            .collect();
        let sql = format!(
            "UPDATE messages SET state = r.state, problem = r.problem, problem_detail = r.detail, \
                 provider_id = COALESCE(r.provider_id, messages.provider_id), \
                 next_attempt_at = COALESCE(r.at, messages.next_attempt_at), \
                 attempts = messages.attempts - r.uncounted, address = COALESCE(r.address, messages.address), \
                 subject = COALESCE(r.subject, messages.subject), body = COALESCE(r.body, messages.body), \
                 sent_at = CASE WHEN r.state = 'sent' THEN $2 ELSE messages.sent_at END, updated_at = $2, \
                 lease_owner = CASE WHEN r.state = 'uncertain' THEN messages.lease_owner ELSE NULL END, lease_until = NULL \
             FROM {} AS r \
             WHERE messages.id = r.id AND messages.state IN ('sending', 'uncertain') AND messages.lease_owner = $3 \
             RETURNING messages.id, messages.report IS NOT NULL",
            listed(
                self.dialect(),
                1,
                &[
                    ("id", Id),
                    ("state", Text),
                    ("problem", Text),
                    ("detail", Text),
                    ("provider_id", Text),
                    ("at", Number),
                    ("uncounted", Number),
                    ("address", Text),
                    ("subject", Text),
                    ("body", Text),
                ],
            )
        );
        let recorded: Vec<(Uuid, bool)> = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(serde_json::Value::Array(rows).to_string())
            .bind(now.0)
            .bind(owner)
            .fetch_all(c)
            .await)?;
        Ok(recorded.into_iter().collect())
    }

    async fn record_invitations(
        &mut self,
        now: Timestamp,
        results: impl Iterator<Item = &Recorded>,
    ) -> Result<()> {
        let rows: Vec<_> = results
            .map(|r| {
                let (state, problem, detail) = r.outcome.parts();
                json!({
                    "id": hex(r.leased.invitation_id),
                    "outcome": state.as_str(),
                    "problem": problem.map(Problem::as_str),
                    "detail": detail.map(clean),
                })
            })
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        let after = format!(
            "CASE r.outcome WHEN 'sent' THEN {} WHEN 'failed' THEN {} ELSE invitations.state END",
            state_after(Event::MessageAccepted),
            state_after(Event::MessageRefused)
        );
        let sql = format!(
            "UPDATE invitations SET state = {after}, \
                 state_changed_at = CASE WHEN invitations.state <> {after} THEN $2 ELSE invitations.state_changed_at END, \
                 sent_count = invitations.sent_count + CASE WHEN r.outcome = 'sent' THEN 1 ELSE 0 END, \
                 last_sent_at = CASE WHEN r.outcome = 'sent' THEN $2 ELSE invitations.last_sent_at END, \
                 problem = r.problem, problem_detail = r.detail \
             FROM {} AS r WHERE invitations.id = r.id",
            listed(
                self.dialect(),
                1,
                &[
                    ("id", Id),
                    ("outcome", Text),
                    ("problem", Text),
                    ("detail", Text)
                ],
            )
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(serde_json::Value::Array(rows).to_string())
            .bind(now.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Notes the links of messages that are about to be handed over. All links of an invitation lead to its present state.
    pub async fn add_links(&mut self, links: &[NewLink], now: Timestamp) -> Result<()> {
        if links.is_empty() {
            return Ok(());
        }
        let rows: Vec<_> = links
            .iter()
            .map(|link| {
                json!({
                    "id": hex(link.invitation_id),
                    "organisation": hex(link.organisation_id),
                    "hash": link.token_hash,
                })
            })
            .collect();
        let sql = format!(
            "INSERT INTO invitation_links (token_hash, organisation_id, invitation_id, created_at) \
             SELECT r.hash, r.organisation, r.id, $2 FROM {} AS r",
            listed(
                self.dialect(),
                1,
                &[("id", Id), ("organisation", Id), ("hash", Text)],
            )
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(serde_json::Value::Array(rows).to_string())
            .bind(now.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }
}

/// A server's words can hold anything; PostgreSQL takes no NUL in a text.
pub(super) fn clean(text: &str) -> String {
    text.replace('\0', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statement_follows_the_table() {
        let accepted = state_after(Event::MessageAccepted);
        assert!(
            accepted.contains("WHEN 'to_send' THEN 'sent'"),
            "{accepted}"
        );
        assert!(
            accepted.contains("WHEN 'confirmed' THEN 'confirmed'"),
            "{accepted}"
        );
        let refused = state_after(Event::MessageRefused);
        assert!(
            refused.contains("WHEN 'to_send' THEN 'to_send'"),
            "{refused}"
        );
    }
}
