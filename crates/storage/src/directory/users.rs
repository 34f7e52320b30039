//! Users.

use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::{
    Channel, Language, OrganisationId, Role, Timestamp, UserId, UserState, UserTypeId, fold,
};
use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;

/// A user, as the directory knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The user's id.
    pub id: UserId,
    /// The organisation the user belongs to.
    pub organisation_id: OrganisationId,
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// E-mail, as it was written.
    pub email: Option<String>,
    /// Mobile in international form (E.164).
    pub mobile: Option<String>,
    /// How the user prefers to be written to.
    pub channel: Channel,
    /// The language the user reads.
    pub language: Language,
    /// The user type.
    pub user_type_id: UserTypeId,
    /// The name of the user type.
    pub user_type: String,
    /// The employee id, unique in the organisation.
    pub employee_id: Option<String>,
    /// Where the user stands.
    pub state: UserState,
    /// What the user may do in the console.
    pub role: Role,
}

impl User {
    /// Whether what was known of them is forgotten: everybody else is called something, or has an address.
    pub const fn is_forgotten(&self) -> bool {
        self.first_name.is_empty()
            && self.last_name.is_empty()
            && self.email.is_none()
            && self.mobile.is_none()
    }
}

from_row!(User {
    id,
    organisation_id,
    last_name,
    first_name,
    email,
    mobile,
    channel,
    language,
    user_type_id,
    user_type,
    employee_id,
    state,
    role
});

/// What a [`User`] is read from; the tables are named `u` and `t`.
pub(super) const USER_COLUMNS: &str = "u.id, u.organisation_id, u.last_name, u.first_name, u.email, u.mobile, u.channel, \
     u.language, u.user_type_id, t.name AS user_type, u.employee_id, u.state, u.role";

/// A user to be added. What is searched for and sorted by is derived from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUser {
    /// The new id.
    pub id: UserId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// E-mail, as parsed by [`convoke_domain::person::parse_email`].
    pub email: Option<String>,
    /// Mobile in international form (E.164).
    pub mobile: Option<String>,
    /// How the user prefers to be written to.
    pub channel: Channel,
    /// The language the user reads.
    pub language: Language,
    /// The user type.
    pub user_type_id: UserTypeId,
    /// The employee id.
    pub employee_id: Option<String>,
    /// Where the user stands.
    pub state: UserState,
    /// What the user may do in the console.
    pub role: Role,
    /// PHC string of the password, for those who can sign in.
    pub password_hash: Option<String>,
    /// Now.
    pub at: Timestamp,
}

impl NewUser {
    /// Somebody without a right or a password, written to by e-mail unless there is only a mobile.
    pub fn member(
        id: UserId,
        organisation_id: OrganisationId,
        (first_name, last_name): (String, String),
        (email, mobile): (Option<String>, Option<String>),
        (user_type_id, language): (UserTypeId, Language),
        at: Timestamp,
    ) -> Self {
        Self {
            id,
            organisation_id,
            last_name,
            first_name,
            channel: if email.is_none() && mobile.is_some() {
                Channel::Sms
            } else {
                Channel::Email
            },
            email,
            mobile,
            language,
            user_type_id,
            employee_id: None,
            state: UserState::Created,
            role: Role::Member,
            password_hash: None,
            at,
        }
    }
}

impl Transaction {
    /// Adds a user. A unique violation means that the e-mail, mobile or employee id is somebody else's.
    pub async fn insert_user(&mut self, user: &NewUser) -> Result<()> {
        on!(self, c => sqlx::query(
            "INSERT INTO users (id, organisation_id, last_name, first_name, email, email_key, mobile, channel, language, \
                user_type_id, employee_id, state, role, password_hash, search_text, sort_key, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17)",
        )
        .bind(user.id.0)
        .bind(user.organisation_id.0)
        .bind(&user.last_name)
        .bind(&user.first_name)
        .bind(&user.email)
        .bind(user.email.as_deref().map(str::to_lowercase))
        .bind(&user.mobile)
        .bind(user.channel.as_str())
        .bind(user.language.as_str())
        .bind(user.user_type_id.0)
        .bind(&user.employee_id)
        .bind(user.state.as_str())
        .bind(user.role.as_str())
        .bind(&user.password_hash)
        .bind(fold::search_text(&user.last_name, &user.first_name, user.email.as_deref(), user.employee_id.as_deref()))
        .bind(fold::sort_key(&user.last_name, &user.first_name))
        .bind(user.at.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        self.people_changed(user.organisation_id, [user.id]);
        Ok(())
    }

    /// The user of an id within the organisation.
    pub async fn user(
        &mut self,
        organisation_id: OrganisationId,
        id: UserId,
    ) -> Result<Option<User>> {
        Ok(self.users_by_ids(organisation_id, &[id]).await?.pop())
    }

    /// The same of somebody who is not forgotten: whoever is, nobody reads, changes or writes to.
    pub async fn remembered_user(
        &mut self,
        organisation_id: OrganisationId,
        id: UserId,
    ) -> Result<Option<User>> {
        let user = self.user(organisation_id, id).await?;
        Ok(user.filter(|user| !user.is_forgotten()))
    }

    /// Those of these users who are in the organisation, by name.
    pub async fn users_by_ids(
        &mut self,
        organisation_id: OrganisationId,
        users: &[UserId],
    ) -> Result<Vec<User>> {
        let sql = format!(
            "SELECT {USER_COLUMNS} FROM {} JOIN users u ON u.id = p.id JOIN user_types t ON t.id = u.user_type_id \
             WHERE u.organisation_id = $1 ORDER BY u.sort_key, u.id",
            self.dialect().ids_table(2)
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(ids(users))
            .fetch_all(c)
            .await)?)
    }

    /// When a user was changed last. `to_change` makes others who want to change them wait, on PostgreSQL too.
    pub async fn user_version(
        &mut self,
        organisation_id: OrganisationId,
        id: UserId,
        to_change: bool,
    ) -> Result<Option<i64>> {
        let lock = if to_change {
            self.dialect().for_update()
        } else {
            ""
        };
        let sql =
            format!("SELECT updated_at FROM users WHERE organisation_id = $1 AND id = $2{lock}");
        Ok(on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(id.0)
            .fetch_optional(c)
            .await)?)
    }

    /// Deactivates users, or makes them what they were: *active* with a password, *created* without.
    pub async fn set_active(
        &mut self,
        organisation_id: OrganisationId,
        people: &[UserId],
        active: bool,
    ) -> Result<()> {
        let state = if active {
            "CASE WHEN state <> 'inactive' THEN state WHEN password_hash IS NULL THEN 'created' ELSE 'active' END"
        } else {
            "'inactive'"
        };
        let sql = format!(
            "UPDATE users SET state = {state} WHERE {} AND {}",
            self.dialect().checked("organisation_id", 1),
            self.dialect().in_ids("id", 2)
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(ids(people))
            .execute(c)
            .await
            .map(|_| ()))?;
        self.people_changed(organisation_id, people.iter().copied());
        Ok(())
    }

    /// Those of these users who were only *created* are *invited* from now on.
    pub async fn set_invited(
        &mut self,
        organisation_id: OrganisationId,
        people: &[UserId],
    ) -> Result<()> {
        let sql = format!(
            "UPDATE users SET state = 'invited' WHERE {} AND state = 'created' AND {}",
            self.dialect().checked("organisation_id", 1),
            self.dialect().in_ids("id", 2)
        );
        on!(self, c => sqlx::query(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(ids(people))
            .execute(c)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    /// Gives a user another right in the console.
    pub async fn set_role(
        &mut self,
        organisation_id: OrganisationId,
        id: UserId,
        role: Role,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "UPDATE users SET role = $3 WHERE organisation_id = $1 AND id = $2",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .bind(role.as_str())
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Gives a user a password and makes the account active.
    pub async fn set_password(
        &mut self,
        organisation_id: OrganisationId,
        id: UserId,
        password_hash: &str,
        at: Timestamp,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "UPDATE users SET password_hash = $3, state = 'active', updated_at = $4 WHERE organisation_id = $1 AND id = $2",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .bind(password_hash)
        .bind(at.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        self.people_changed(organisation_id, [id]);
        Ok(())
    }

    /// Chooses the language a user reads.
    pub async fn set_language(
        &mut self,
        organisation_id: OrganisationId,
        id: UserId,
        language: Language,
        at: Timestamp,
    ) -> Result<()> {
        on!(self, c => sqlx::query(
            "UPDATE users SET language = $3, updated_at = $4 WHERE organisation_id = $1 AND id = $2",
        )
        .bind(organisation_id.0)
        .bind(id.0)
        .bind(language.as_str())
        .bind(at.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
