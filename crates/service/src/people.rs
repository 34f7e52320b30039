//! The directory: lists of users, the choices of their filters, imports.

mod administrator;
pub mod import;

pub use administrator::{NewAdministrator, acting_for, create_administrator};
pub(crate) use administrator::{USER_TYPES, add_administrator, add_organisation, first_user_type};
pub use import::import;

use crate::{OrFailure, Outcome, Service};
use convoke_domain::person::Route;
use convoke_domain::selection::Filter;
use convoke_domain::view::{Choice, FilterChoices, PersonRow, Range, Window};
use convoke_domain::{Actor, Refusal};

/// Whether the actor may see a user of the organisation.
pub(crate) async fn is_in_scope(
    service: &Service,
    actor: &Actor,
    tx: &mut convoke_storage::Transaction,
    user: convoke_domain::UserId,
) -> Outcome<bool> {
    tx.is_in_scope(actor.organisation_id, user, actor.user_scope())
        .await
        .or_failure(service)
}

/// Users that match, by name, within the reader's scope.
pub async fn list(
    service: &Service,
    actor: &Actor,
    filter: &Filter,
    range: Range,
) -> Outcome<Window<PersonRow>> {
    if !actor.may_invite() {
        return Err(Refusal::NotAllowed);
    }
    async {
        let range = range.bounded();
        let (organisation, scope) = (actor.organisation_id, actor.user_scope());
        let mut work = service.storage.read().await?;
        let total = work.count_users(organisation, filter, scope).await?;
        let users = work.list_users(organisation, filter, scope, range).await?;
        let ids: Vec<_> = users.iter().map(|user| user.id).collect();
        let mut groups = work.group_names(&ids).await?;
        let rows = users
            .into_iter()
            .map(|user| PersonRow {
                user_id: user.id,
                route: Route::choose(user.channel, user.email.is_some(), user.mobile.is_some()),
                first_name: user.first_name,
                last_name: user.last_name,
                email: user.email,
                mobile: user.mobile,
                employee_id: user.employee_id,
                user_type: user.user_type,
                groups: groups.remove(&user.id).unwrap_or_default().join(", "),
                state: user.state,
            })
            .collect();
        Ok(Window {
            offset: range.offset,
            rows,
            total,
        })
    }
    .await
    .or_failure(service)
}

/// Groups and user types to filter by, within the reader's scope.
pub async fn choices(service: &Service, actor: &Actor) -> Outcome<FilterChoices> {
    if !actor.may_invite() {
        return Err(Refusal::NotAllowed);
    }
    async {
        let (organisation, scope) = (actor.organisation_id, actor.user_scope());
        let mut work = service.storage.read().await?;
        let groups = work.groups(organisation, scope).await?;
        let user_types = work.user_types(organisation, scope).await?;
        Ok(FilterChoices {
            groups: groups
                .into_iter()
                .map(|g| Choice {
                    id: g.id,
                    name: g.name,
                    users: g.users,
                })
                .collect(),
            user_types: user_types
                .into_iter()
                .map(|t| Choice {
                    id: t.id,
                    name: t.name,
                    users: t.users,
                })
                .collect(),
        })
    }
    .await
    .or_failure(service)
}
