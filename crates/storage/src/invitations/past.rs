//! The trainings that somebody was invited to, and invitations with a past.

use crate::macros::on;
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::message::Problem;
use convoke_domain::{
    ConfirmedBy, InvitationId, InvitationState, OrganisationId, Timestamp, TrainingId, UserId,
};

/// An invitation as demo data and tests put it there: what the use cases would have made of it over days.
#[derive(Clone, Debug)]
pub struct InvitationFacts {
    /// The id.
    pub id: InvitationId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The training.
    pub training_id: TrainingId,
    /// The person.
    pub user_id: UserId,
    /// Where it stands.
    pub state: InvitationState,
    /// How a confirmation came about.
    pub confirmed_by: Option<ConfirmedBy>,
    /// Who confirmed for the person.
    pub confirmed_by_user: Option<UserId>,
    /// Who chose the person, and when.
    pub chosen_by: Option<UserId>,
    /// See `chosen_by`.
    pub chosen_at: Timestamp,
    /// Number of messages that went out.
    pub sent_count: u32,
    /// When the last one did.
    pub last_sent_at: Option<Timestamp>,
    /// When the person answered.
    pub answered_at: Option<Timestamp>,
    /// What went wrong, and the server's words for it.
    pub problem: Option<(Problem, String)>,
}

/// A training that somebody is or was on the list of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainingOf {
    /// The training.
    pub training_id: TrainingId,
    /// Its title.
    pub title: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Its time zone.
    pub time_zone: String,
    /// Where the invitation stands.
    pub state: InvitationState,
}

from_row!(TrainingOf {
    training_id,
    title,
    starts_at,
    ends_at,
    time_zone,
    state
});

impl Transaction {
    /// The trainings that a user of the organisation is or was on the list of, the latest first.
    pub async fn trainings_of(
        &mut self,
        organisation_id: OrganisationId,
        user_id: UserId,
        limit: u32,
    ) -> Result<Vec<TrainingOf>> {
        Ok(on!(self, c => sqlx::query_as(
            "SELECT t.id AS training_id, t.title, t.starts_at, t.ends_at, t.time_zone, i.state \
             FROM invitations i JOIN trainings t ON t.id = i.training_id \
             WHERE i.organisation_id = $1 AND i.user_id = $2 ORDER BY t.starts_at DESC, t.id LIMIT $3",
        )
        .bind(organisation_id.0)
        .bind(user_id.0)
        .bind(i64::from(limit))
        .fetch_all(c)
        .await)?)
    }

    /// Adds an invitation with its past.
    pub async fn insert_invitation(&mut self, facts: &InvitationFacts) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO invitations (id, organisation_id, training_id, user_id, state, confirmed_by, confirmed_by_user, chosen_by, \
             chosen_at, chosen_version, generation, sent_count, last_sent_at, answered_at, state_changed_at, problem, problem_detail) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10, $11, $12, COALESCE($12, $11, $9), $13, $14)",
        )
        .bind(facts.id.0)
        .bind(facts.organisation_id.0)
        .bind(facts.training_id.0)
        .bind(facts.user_id.0)
        .bind(facts.state.as_str())
        .bind(facts.confirmed_by.map(ConfirmedBy::as_str))
        .bind(facts.confirmed_by_user.map(|id| id.0))
        .bind(facts.chosen_by.map(|id| id.0))
        .bind(facts.chosen_at.0)
        .bind(i64::from(facts.sent_count))
        .bind(facts.last_sent_at.map(|t| t.0))
        .bind(facts.answered_at.map(|t| t.0))
        .bind(facts.problem.as_ref().map(|(problem, _)| problem.as_str()))
        .bind(facts.problem.as_ref().map(|(_, detail)| detail.as_str()))
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
