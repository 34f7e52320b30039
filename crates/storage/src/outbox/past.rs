//! Messages that never waited: what a demonstration tells of the days before it, and what tests need.

use super::Holds::{Id, Number, Text};
use super::{hex, listed};
use crate::macros::on;
use crate::{Result, Transaction};
use convoke_domain::message::Problem;
use convoke_domain::{
    BatchId, Channel, InvitationId, MessageId, MessageKind, MessageState, Timestamp, UserId,
};
use serde_json::json;
use sqlx::AssertSqlSafe;

/// A message as it stands after it was handed over.
#[derive(Clone, Debug)]
pub struct PastMessage {
    /// Its id.
    pub id: MessageId,
    /// The invitation that it was about; the training and the reader are the invitation's.
    pub invitation_id: InvitationId,
    /// The press of a button that it belongs to.
    pub batch_id: BatchId,
    /// Why it was sent.
    pub kind: MessageKind,
    /// By e-mail or SMS.
    pub channel: Channel,
    /// Number of the round.
    pub generation: u32,
    /// What became of it.
    pub state: MessageState,
    /// What went wrong, and the server's words for it.
    pub problem: Option<(Problem, String)>,
    /// The address it went to.
    pub address: String,
    /// Subject; empty for an SMS.
    pub subject: String,
    /// Plain text with the secret blotted out.
    pub body: String,
    /// Who pressed.
    pub queued_by: Option<UserId>,
    /// When it was handed over.
    pub at: Timestamp,
}

impl Transaction {
    /// Adds messages with their past, in one statement; the invitations stay as they are.
    pub async fn insert_past_messages(&mut self, messages: &[PastMessage]) -> Result<()> {
        if messages.is_empty() {
            return Ok(());
        }
        let rows: Vec<_> = messages
            .iter()
            .map(|m| {
                json!({
                    "id": hex(m.id),
                    "invitation": hex(m.invitation_id),
                    "batch": hex(m.batch_id),
                    "kind": m.kind.as_str(),
                    "channel": m.channel.as_str(),
                    "generation": m.generation,
                    "state": m.state.as_str(),
                    "problem": m.problem.as_ref().map(|(problem, _)| problem.as_str()),
                    "detail": m.problem.as_ref().map(|(_, detail)| detail),
                    "address": m.address,
                    "subject": m.subject,
                    "body": m.body,
                    "queued_by": m.queued_by.map(hex),
                    "at": m.at.0,
                })
            })
            .collect();
        let dialect = self.dialect();
        let sql = format!(
            "INSERT INTO messages (id, organisation_id, training_id, invitation_id, user_id, batch_id, kind, channel, generation, \
                 state, attempts, next_attempt_at, address, subject, body, problem, problem_detail, queued_by, created_at, \
                 updated_at, sent_at) \
             SELECT r.id, i.organisation_id, i.training_id, i.id, i.user_id, r.batch, r.kind, r.channel, r.generation, \
                 r.state, 1, r.at, r.address, r.subject, r.body, r.problem, r.detail, r.queued_by, r.at, \
                 r.at, CASE WHEN r.state = 'sent' THEN r.at END \
             FROM {} AS r JOIN invitations i ON i.id = r.invitation",
            listed(
                dialect,
                1,
                &[
                    ("id", Id),
                    ("invitation", Id),
                    ("batch", Id),
                    ("queued_by", Id),
                    ("kind", Text),
                    ("channel", Text),
                    ("generation", Number),
                    ("state", Text),
                    ("problem", Text),
                    ("detail", Text),
                    ("address", Text),
                    ("subject", Text),
                    ("body", Text),
                    ("at", Number),
                ],
            )
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(serde_json::Value::Array(rows).to_string())
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }
}
