//! Who wants no messages.
//!
//! It stands beside what the directory says of somebody, and not in [`super::User`]: whatever writes a person anew, by hand, by an import or by undoing one,
//! leaves it alone.

use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::{MessageId, OptOut, OrganisationId, Timestamp, TrainingId, UserId};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;
use uuid::Uuid;

struct Row {
    id: UserId,
    opted_out: OptOut,
    opted_out_at: Timestamp,
}

from_row!(Row {
    id,
    opted_out,
    opted_out_at
});

impl Transaction {
    /// By whose word, and since when, those of these users want no messages who want none.
    pub async fn opt_outs(
        &mut self,
        organisation_id: OrganisationId,
        users: &[UserId],
    ) -> Result<HashMap<UserId, (OptOut, Timestamp)>> {
        let sql = format!(
            "SELECT id, opted_out, opted_out_at FROM users WHERE organisation_id = $1 AND opted_out IS NOT NULL AND {}",
            self.dialect().in_ids("id", 2)
        );
        let rows: Vec<Row> = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(ids(users))
            .fetch_all(c)
            .await)?;
        let pair = |row: Row| (row.id, (row.opted_out, row.opted_out_at));
        Ok(rows.into_iter().map(pair).collect())
    }

    /// Everybody of the organisation who wants no messages.
    pub async fn everybody_opted_out(
        &mut self,
        organisation_id: OrganisationId,
    ) -> Result<Vec<UserId>> {
        let found: Vec<Uuid> = on!(self, c => sqlx::query_scalar(
            "SELECT id FROM users WHERE organisation_id = $1 AND opted_out IS NOT NULL",
        )
        .bind(organisation_id.0)
        .fetch_all(c)
        .await)?;
        Ok(found.into_iter().map(UserId).collect())
    }

    /// Notes that somebody wants no messages, by whose word, or that they do (`None`).
    pub async fn set_opt_out(
        &mut self,
        organisation_id: OrganisationId,
        id: UserId,
        opted_out: Option<OptOut>,
        at: Timestamp,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "UPDATE users SET opted_out = $3, opted_out_at = $4 WHERE organisation_id = $1 AND id = $2",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .bind(opted_out.map(OptOut::as_str))
        .bind(opted_out.map(|_| at.0))
        .execute(c)
        .await
        .map(|_| ()))?;
        self.people_changed(organisation_id, [id]);
        Ok(())
    }

    /// The trainings that somebody is or was on the list of, in the order of their ids: their pages show whether the person is written to.
    pub async fn trainings_that_list(
        &mut self,
        organisation_id: OrganisationId,
        id: UserId,
    ) -> Result<Vec<TrainingId>> {
        let found: Vec<Uuid> = on!(self, c => sqlx::query_scalar(
            "SELECT training_id FROM invitations WHERE organisation_id = $1 AND user_id = $2 ORDER BY training_id",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .fetch_all(c)
        .await)?;
        Ok(found.into_iter().map(TrainingId).collect())
    }

    /// To whom a message was written, in any organisation; for the link in its foot.
    pub async fn reader_of(&mut self, id: MessageId) -> Result<Option<(OrganisationId, UserId)>> {
        let found: Option<(Uuid, Uuid)> = on!(self, c => sqlx::query_as(
            "SELECT organisation_id, user_id FROM messages WHERE id = $1",
        )
        .bind(id.0)
        .fetch_optional(c)
        .await)?;
        Ok(found.map(|(organisation, user)| (OrganisationId(organisation), UserId(user))))
    }
}
