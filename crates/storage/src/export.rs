//! What the export of a training's participants is made of.

use crate::directory::{Bind, bind_all, match_users};
use crate::invitations::Tab;
use crate::macros::on;
use crate::presence::Names;
use crate::row::from_row;
use crate::{Result, Transaction};
use convoke_domain::selection::Filter;
use convoke_domain::{
    ConfirmedBy, FieldId, InvitationId, InvitationState, OptOut, OrganisationId, TrainingId, UserId,
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// A participant with everything that is known of them.
#[derive(Clone, Debug)]
pub struct ExportedPerson {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The person.
    pub user_id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail.
    pub email: Option<String>,
    /// Mobile.
    pub mobile: Option<String>,
    /// Employee id.
    pub employee_id: Option<String>,
    /// Name of the user type.
    pub user_type: String,
    /// Names of the groups, joined by `, `.
    pub groups: String,
    /// Where the invitation stands.
    pub state: InvitationState,
    /// When the person answered, or was answered for.
    pub answered_at: Option<i64>,
    /// How a confirmation came about ([`ConfirmedBy`]).
    pub confirmed_by: Option<String>,
    /// Who confirmed for the person: first name.
    pub confirmer_first_name: Option<String>,
    /// Who confirmed for the person: last name.
    pub confirmer_last_name: Option<String>,
    /// Whether the person wants no messages, and who said so.
    pub opted_out: Option<OptOut>,
}

from_row!(ExportedPerson {
    invitation_id,
    user_id,
    first_name,
    last_name,
    email,
    mobile,
    employee_id,
    user_type,
    groups,
    state,
    answered_at,
    confirmed_by,
    confirmer_first_name,
    confirmer_last_name,
    opted_out
});

impl ExportedPerson {
    /// How the confirmation came about.
    pub fn confirmed_by(&self) -> Option<ConfirmedBy> {
        self.confirmed_by.as_deref()?.parse().ok()
    }
}

impl Transaction {
    /// The participants by name, at most `most`; those of one state, or all.
    pub async fn export_people(
        &mut self,
        tab: Tab<'_>,
        state: Option<InvitationState>,
        names: Names,
        most: u32,
    ) -> Result<Vec<ExportedPerson>> {
        let dialect = self.dialect();
        let mut binds = vec![
            Bind::Uuid(tab.organisation_id.0),
            Bind::Uuid(tab.training_id.0),
            Bind::Int(most.into()),
        ];
        let of_state = match state {
            None => String::new(),
            Some(state) => {
                binds.push(Bind::Text(state.as_str().to_owned()));
                " AND i.state = $4".to_owned()
            }
        };
        let people = match_users(dialect, &Filter::default(), tab.scope, "u", binds.len() + 1);
        binds.extend(people.binds);
        let sql = format!(
            "SELECT i.id AS invitation_id, u.id AS user_id, {names}, u.email, u.mobile, u.employee_id, \
             y.name AS user_type, {groups} AS groups, i.state, i.answered_at, i.confirmed_by, \
             b.first_name AS confirmer_first_name, b.last_name AS confirmer_last_name, u.opted_out \
             FROM invitations i JOIN users u ON u.id = i.user_id JOIN user_types y ON y.id = u.user_type_id \
             LEFT JOIN users b ON b.id = i.confirmed_by_user \
             WHERE i.organisation_id = $1 AND i.training_id = $2{of_state} AND {found} ORDER BY u.sort_key, u.id LIMIT $3",
            names = names.columns(),
            groups = dialect.group_names("u.id"),
            found = people.sql,
        );
        Ok(
            on!(self, c => bind_all!(sqlx::query_as(AssertSqlSafe(sql)), &binds).fetch_all(c).await)?,
        )
    }

    /// The answers of those whose registration counts: the person, the field, the answer as JSON. Of somebody who registered again the later
    /// answer comes later; but what somebody typed for a person who had a place already comes first, whoever that was.
    pub async fn export_answers(
        &mut self,
        organisation_id: OrganisationId,
        training_id: TrainingId,
    ) -> Result<Vec<(UserId, FieldId, String)>> {
        let rows: Vec<(Uuid, Uuid, String)> = on!(self, c => sqlx::query_as(
            "SELECT r.user_id, a.field_id, a.value FROM registrations r JOIN registration_answers a ON a.registration_id = r.id \
             WHERE r.organisation_id = $1 AND r.training_id = $2 AND r.state = 'accepted' AND r.user_id IS NOT NULL \
             ORDER BY r.repeated DESC, r.registered_at, r.id",
        )
        .bind(organisation_id.0)
        .bind(training_id.0)
        .fetch_all(c)
        .await)?;
        Ok(rows
            .into_iter()
            .map(|(user, field, value)| (user.into(), field.into(), value))
            .collect())
    }
}
