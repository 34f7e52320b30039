//! What signing in looks up, before anyone (and so any organisation) is known, and the scope of who has.

use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::{GroupId, Language, OrganisationId, Role, UserId, UserState};

/// A user who might be the one that signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInUser {
    /// The user's id.
    pub id: UserId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// PHC string of the password; `None` for people who cannot sign in.
    pub password_hash: Option<String>,
    /// Where the user stands.
    pub state: UserState,
    /// What the user may do in the console.
    pub role: Role,
    /// The language the user reads.
    pub language: Language,
}

from_row!(SignInUser {
    id,
    organisation_id,
    last_name,
    first_name,
    password_hash,
    state,
    role,
    language
});

impl Transaction {
    /// The users of all organisations whose e-mail in lower case, or mobile in international form (E.164), is
    /// `identifier`. The same person may be known to several organisations.
    pub async fn users_by_identifier(&mut self, identifier: &str) -> Result<Vec<SignInUser>> {
        Ok(on!(self, c => sqlx::query_as(
            "SELECT id, organisation_id, last_name, first_name, password_hash, state, role, language \
             FROM users WHERE email_key = $1 OR mobile = $1 ORDER BY id",
        )
        .bind(identifier)
        .fetch_all(c)
        .await)?)
    }

    /// The groups whose users an authorised user may see and invite.
    pub async fn scope(
        &mut self,
        organisation_id: OrganisationId,
        id: UserId,
    ) -> Result<Vec<GroupId>> {
        let groups: Vec<uuid::Uuid> = on!(self, c => sqlx::query_scalar(
            "SELECT group_id FROM user_scopes WHERE organisation_id = $1 AND user_id = $2 ORDER BY group_id",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .fetch_all(c)
        .await)?;
        Ok(groups.into_iter().map(GroupId).collect())
    }

    /// Replaces the scope of an authorised user; groups of other organisations are left out.
    pub async fn set_scope(
        &mut self,
        organisation_id: OrganisationId,
        id: UserId,
        groups: &[GroupId],
    ) -> Result<()> {
        on!(self, c => sqlx::query("DELETE FROM user_scopes WHERE organisation_id = $1 AND user_id = $2")
            .bind(organisation_id.0)
            .bind(id.0)
            .execute(c)
            .await
            .map(|_| ()))?;
        let sql = format!(
            "INSERT INTO user_scopes (user_id, group_id, organisation_id) \
             SELECT u.id, g.id, u.organisation_id FROM users u JOIN user_groups g ON g.organisation_id = u.organisation_id \
             WHERE u.organisation_id = $1 AND u.id = $2 AND {}",
            self.dialect().in_ids("g.id", 3)
        );
        on!(self, c => sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(id.0)
            .bind(ids(groups))
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }
}
