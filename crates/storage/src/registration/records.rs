//! Registrations and their answers.

use crate::macros::{ids, on};
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::person::UnknownWord;
use convoke_domain::registration::{AnswerValue, RegistrationState};
use convoke_domain::{
    FieldId, GroupId, Language, OrganisationId, RegistrationId, Timestamp, TrainingId, UserId, fold,
};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// What the visitor was told, which does not depend on whether the address was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// An administrator has to approve.
    Pending,
    /// Has a place.
    Confirmed,
    /// Is on the waiting list.
    Waiting,
}

impl Told {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Confirmed => "confirmed",
            Self::Waiting => "waiting",
        }
    }
}

impl TryFrom<String> for Told {
    type Error = UnknownWord;
    fn try_from(word: String) -> std::result::Result<Self, UnknownWord> {
        match word.as_str() {
            "pending" => Ok(Self::Pending),
            "confirmed" => Ok(Self::Confirmed),
            "waiting" => Ok(Self::Waiting),
            _ => Err(UnknownWord(word)),
        }
    }
}

/// A registration, as stored.
#[derive(Clone, Debug)]
pub struct Registration {
    /// Its id, which public lists show.
    pub id: RegistrationId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The training.
    pub training_id: TrainingId,
    /// Whom it belongs to; `None` while somebody who is not known waits for approval.
    pub user_id: Option<Uuid>,
    /// 1 when that user was in the directory before.
    pub known: i64,
    /// 1 when that user had a place, or waited for one, already.
    pub repeated: i64,
    /// First name, as typed.
    pub first_name: String,
    /// Last name, as typed.
    pub last_name: String,
    /// E-mail, as typed.
    pub email: Option<String>,
    /// Mobile, E.164.
    pub mobile: Option<String>,
    /// The language of the page.
    pub language: Language,
    /// The version of the form that was filled in.
    pub form_version: i64,
    /// Where it stands.
    pub state: RegistrationState,
    /// What the visitor was told.
    pub told: Told,
    /// When it came.
    pub registered_at: Timestamp,
}

from_row!(Registration {
    id,
    organisation_id,
    training_id,
    user_id,
    known,
    repeated,
    first_name,
    last_name,
    email,
    mobile,
    language,
    form_version,
    state,
    told,
    registered_at
});

impl Registration {
    /// Whom it belongs to.
    pub fn user(&self) -> Option<UserId> {
        self.user_id.map(UserId)
    }
}

/// A registration to be added.
#[derive(Clone, Debug)]
pub struct NewRegistration<'a> {
    /// Its id.
    pub id: RegistrationId,
    /// The id that came with the form.
    pub submission: RegistrationId,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The training.
    pub training_id: TrainingId,
    /// Whom it belongs to, as far as that is known.
    pub user_id: Option<UserId>,
    /// Whether that user was in the directory before.
    pub known: bool,
    /// Whether that user had a place, or waited for one, already.
    pub repeated: bool,
    /// First name, as typed.
    pub first_name: &'a str,
    /// Last name, as typed.
    pub last_name: &'a str,
    /// E-mail, as typed.
    pub email: Option<&'a str>,
    /// Mobile, E.164.
    pub mobile: Option<&'a str>,
    /// The language of the page.
    pub language: Language,
    /// The version of the form that was filled in.
    pub form_version: i64,
    /// Where it stands.
    pub state: RegistrationState,
    /// What the visitor is told.
    pub told: Told,
    /// When it was made: now, or earlier on a device without network.
    pub at: Timestamp,
}

const COLUMNS: &str = "r.id, r.organisation_id, r.training_id, r.user_id, r.known, r.repeated, r.first_name, r.last_name, r.email, r.mobile, \
     r.language, r.form_version, r.state, r.told, r.registered_at";

impl Transaction {
    /// Adds a registration where its time puts it in the training's order: at the end, or before those that were made later. The caller has
    /// raised the training's version before, so that registrations take turns.
    pub async fn insert_registration(&mut self, new: &NewRegistration<'_>) -> Result<()> {
        let position = self.position_at(new.training_id, new.at).await?;
        on!(self, c => sqlx::query(
            "INSERT INTO registrations (id, submission, organisation_id, training_id, user_id, known, repeated, first_name, last_name, \
                 sort_key, email, mobile, language, form_version, state, told, position, registered_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        )
        .bind(new.id.0)
        .bind(new.submission.0)
        .bind(new.organisation_id.0)
        .bind(new.training_id.0)
        .bind(new.user_id.map(|id| id.0))
        .bind(i64::from(new.known))
        .bind(i64::from(new.repeated))
        .bind(new.first_name)
        .bind(new.last_name)
        .bind(fold::sort_key(new.last_name, new.first_name))
        .bind(new.email)
        .bind(new.mobile)
        .bind(new.language.as_str())
        .bind(new.form_version)
        .bind(new.state.as_str())
        .bind(new.told.as_str())
        .bind(position)
        .bind(new.at.0)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// The next place in the order in which people register for a training.
    pub(super) async fn next_position(&mut self, training_id: TrainingId) -> Result<i64> {
        Ok(on!(self, c => sqlx::query_scalar(
            "UPDATE self_registrations SET last_position = last_position + 1 WHERE training_id = $1 RETURNING last_position",
        )
        .bind(training_id.0)
        .fetch_one(c)
        .await)?)
    }

    /// The place of a registration that was made at a time: after all that were made before. Those that were made later go one further.
    async fn position_at(&mut self, training_id: TrainingId, at: Timestamp) -> Result<i64> {
        let last = self.next_position(training_id).await?;
        let later: Option<i64> = on!(self, c => sqlx::query_scalar(
            "SELECT MIN(position) FROM registrations WHERE training_id = $1 AND registered_at > $2",
        )
        .bind(training_id.0)
        .bind(at.0)
        .fetch_one(c)
        .await)?;
        let Some(later) = later else {
            return Ok(last);
        };
        on!(self, c => sqlx::query(
            "UPDATE registrations SET position = position + 1 WHERE training_id = $1 AND position >= $2",
        )
        .bind(training_id.0)
        .bind(later)
        .execute(c)
        .await
        .map(|_| ()))?;
        Ok(later)
    }

    /// Notes the answers of a registration.
    pub async fn add_answers(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
        registration: RegistrationId,
        answers: &BTreeMap<FieldId, AnswerValue>,
    ) -> Result<()> {
        for (field, answer) in answers {
            let value =
                serde_json::to_string(answer).map_err(|e| sqlx::Error::Encode(Box::new(e)))?;
            on!(self, c => sqlx::query(
                "INSERT INTO registration_answers (registration_id, field_id, training_id, organisation_id, value) \
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(registration.0)
            .bind(field.0)
            .bind(training_id.0)
            .bind(organisation_id.0)
            .bind(&value)
            .execute(c)
            .await
            .map(|_| ()))?;
        }
        Ok(())
    }

    /// The registration that a form led to when it was posted before.
    pub async fn registration_of_submission(
        &mut self,
        submission: RegistrationId,
    ) -> Result<Option<Registration>> {
        let sql = format!("SELECT {COLUMNS} FROM registrations r WHERE r.submission = $1");
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(submission.0)
            .fetch_optional(c)
            .await)?)
    }

    /// A registration of a training.
    pub async fn registration(
        &mut self,
        training_id: TrainingId,
        id: RegistrationId,
    ) -> Result<Option<Registration>> {
        let sql =
            format!("SELECT {COLUMNS} FROM registrations r WHERE r.training_id = $1 AND r.id = $2");
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(training_id.0)
            .bind(id.0)
            .fetch_optional(c)
            .await)?)
    }

    /// The place of a registration in the order in which people registered for its training, from 1.
    pub async fn registration_position(&mut self, id: RegistrationId) -> Result<Option<i64>> {
        Ok(
            on!(self, c => sqlx::query_scalar("SELECT position FROM registrations WHERE id = $1")
            .bind(id.0)
            .fetch_optional(c)
            .await)?,
        )
    }

    /// Registrations of a training that wait for approval, in the order in which they came: those of people within the reader's scope, and of
    /// people whom nobody knows yet.
    pub async fn pending_registrations(
        &mut self,
        training_id: TrainingId,
        scope: Option<&[GroupId]>,
    ) -> Result<Vec<Registration>> {
        let within = self.dialect().in_scope("r.user_id", scope, 2);
        let sql = format!(
            "SELECT {COLUMNS} FROM registrations r WHERE r.training_id = $1 AND r.state = 'pending' \
             AND (r.user_id IS NULL OR {within}) ORDER BY r.position"
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(training_id.0)
            .bind(ids(scope.unwrap_or_default()))
            .fetch_all(c)
            .await)?)
    }

    /// The registrations of a person for a training, the newest first.
    pub async fn registrations_of_user(
        &mut self,
        training_id: TrainingId,
        user_id: UserId,
    ) -> Result<Vec<Registration>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM registrations r WHERE r.training_id = $1 AND r.user_id = $2 ORDER BY r.position DESC"
        );
        Ok(on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(training_id.0)
            .bind(user_id.0)
            .fetch_all(c)
            .await)?)
    }

    /// The answers of registrations.
    pub async fn answers_of(
        &mut self,
        registrations: &[RegistrationId],
    ) -> Result<HashMap<RegistrationId, BTreeMap<FieldId, AnswerValue>>> {
        let sql = format!(
            "SELECT registration_id, field_id, value FROM registration_answers WHERE {}",
            self.dialect().in_ids("registration_id", 1)
        );
        let rows: Vec<(Uuid, Uuid, String)> = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(ids(registrations))
            .fetch_all(c)
            .await)?;
        let mut answers: HashMap<RegistrationId, BTreeMap<FieldId, AnswerValue>> = HashMap::new();
        for (registration, field, value) in rows {
            let value =
                serde_json::from_str(&value).map_err(|e| sqlx::Error::Decode(Box::new(e)))?;
            answers
                .entry(RegistrationId(registration))
                .or_default()
                .insert(FieldId(field), value);
        }
        Ok(answers)
    }

    /// How many [`Self::pending_registrations`] there are.
    pub async fn count_pending(
        &mut self,
        training_id: TrainingId,
        scope: Option<&[GroupId]>,
    ) -> Result<u32> {
        let within = self.dialect().in_scope("r.user_id", scope, 2);
        let sql = format!(
            "SELECT COUNT(*) FROM registrations r WHERE r.training_id = $1 AND r.state = 'pending' AND (r.user_id IS NULL OR {within})"
        );
        let n: i64 = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(training_id.0)
        .bind(ids(scope.unwrap_or_default()))
        .fetch_one(c)
        .await)?;
        Ok(crate::count(n))
    }

    /// How many [`Self::pending_registrations`] there are of each training of an organisation; trainings without any are left out.
    pub async fn count_pending_by_training(
        &mut self,
        organisation_id: OrganisationId,
        scope: Option<&[GroupId]>,
    ) -> Result<Vec<(TrainingId, u32)>> {
        let within = self.dialect().in_scope("r.user_id", scope, 2);
        // From the trainings to their registrations, by the index that begins with both: `CROSS JOIN` keeps this order on SQLite.
        let sql = format!(
            "SELECT t.id, COUNT(*) FROM trainings t CROSS JOIN registrations r \
             WHERE t.organisation_id = $1 AND r.training_id = t.id AND r.state = 'pending' \
             AND (r.user_id IS NULL OR {within}) GROUP BY t.id ORDER BY t.id"
        );
        let rows: Vec<(Uuid, i64)> = on!(self, c => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(ids(scope.unwrap_or_default()))
            .fetch_all(c)
            .await)?;
        Ok(rows
            .into_iter()
            .map(|(id, n)| (TrainingId(id), crate::count(n)))
            .collect())
    }

    /// Decides a registration that waits. Whether it still waited.
    pub async fn decide_registration(
        &mut self,
        decided: &Registration,
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<bool> {
        let rows = on!(self, c => sqlx::query(
            "UPDATE registrations SET state = $2, user_id = $3, known = $4, repeated = $5, decided_by = $6, decided_at = $7 \
             WHERE id = $1 AND state = 'pending'",
        )
        .bind(decided.id.0)
        .bind(decided.state.as_str())
        .bind(decided.user_id)
        .bind(decided.known)
        .bind(decided.repeated)
        .bind(by.map(|id| id.0))
        .bind(at.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows > 0)
    }

    /// The user who has one of these addresses or the employee id, the e-mail first.
    pub async fn known_user(
        &mut self,
        organisation_id: OrganisationId,
        email: Option<&str>,
        mobile: Option<&str>,
        employee_id: Option<&str>,
    ) -> Result<Option<UserId>> {
        let email = email.map(str::to_lowercase);
        let found: Option<Uuid> = on!(self, c => sqlx::query_scalar(
            // Apart, each finds its index: together they are a walk through the whole directory.
            "SELECT id FROM (SELECT id, 0 AS place FROM users WHERE organisation_id = $1 AND email_key = $2 \
                 UNION ALL SELECT id, 1 FROM users WHERE organisation_id = $1 AND mobile = $3 \
                 UNION ALL SELECT id, 2 FROM users WHERE organisation_id = $1 AND employee_id = $4) found \
             ORDER BY place LIMIT 1",
        )
        .bind(organisation_id.0)
        .bind(email)
        .bind(mobile)
        .bind(employee_id)
        .fetch_optional(c)
        .await)?;
        Ok(found.map(UserId))
    }

    /// Whether a user of the organisation is in one of the groups of `scope`; without a scope, whether they are there at all.
    pub async fn is_in_scope(
        &mut self,
        organisation_id: OrganisationId,
        user_id: UserId,
        scope: Option<&[GroupId]>,
    ) -> Result<bool> {
        let within = self.dialect().in_scope("u.id", scope, 3);
        let sql = format!(
            "SELECT u.sort_key FROM users u WHERE u.organisation_id = $1 AND u.id = $2 AND {within}"
        );
        let found: Option<String> = on!(self, c => sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(organisation_id.0)
            .bind(user_id.0)
            .bind(ids(scope.unwrap_or_default()))
            .fetch_optional(c)
            .await)?;
        Ok(found.is_some())
    }
}
