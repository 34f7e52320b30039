//! The directory: lists of users, the choices of their filters, imports.

pub mod access;
mod administrator;
pub mod edit;
pub mod groups;
pub mod import;
pub mod merge;

pub use administrator::{NewAdministrator, acting_for, create_administrator};
pub(crate) use administrator::{USER_TYPES, add_administrator, add_organisation, first_user_type};
pub use import::import;

use crate::directory::{aside, facts};
use crate::{OrFailure, Outcome, Service};
use convoke_domain::person::Route;
use convoke_domain::selection::Filter;
use convoke_domain::view::{Choice, FilterChoices, PersonRow, Range, Window};
use convoke_domain::{Actor, Refusal, UserId};
use convoke_storage::directory::User;
use std::collections::HashMap;

/// How many trainings can be filtered by: the latest.
const TRAININGS: u32 = 300;

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

/// Users that match, by name, within the reader's scope; below them those who would but for a typing error.
pub async fn list(
    service: &Service,
    actor: &Actor,
    filter: &Filter,
    range: Range,
) -> Outcome<Window<PersonRow>> {
    if !actor.may_invite() {
        return Err(Refusal::NotAllowed);
    }
    let organisation = actor.organisation_id;
    let (mut work, directory) = crate::directory::read(service, organisation)
        .await
        .or_failure(service)?;
    let facts = facts(service, &mut work, &directory, organisation, &[filter]).await?;
    async {
        let range = range.bounded();
        let scope = actor.user_scope().map(<[_]>::to_vec);
        let (here, filter) = (directory.clone(), filter.clone());
        let found = aside(move || {
            let people = here.in_scope(scope.as_deref());
            here.search(&filter, &facts, &people)
        })
        .await;
        let rows = found.window(range);
        let ids = directory.ids(rows.iter().copied());
        let users = work.users_by_ids(organisation, &ids).await?;
        let mut users: HashMap<UserId, User> = users.into_iter().map(|u| (u.id, u)).collect();
        let mut groups = work.group_names(&ids).await?;
        let opt_outs = work.opt_outs(organisation, &ids).await?;
        let row = |row: u32| {
            let user = users.remove(&directory.id(row))?;
            Some(PersonRow {
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
                opted_out: opt_outs.contains_key(&user.id),
                similar: found.similar.contains(row),
            })
        };
        Ok(Window {
            offset: range.offset,
            rows: rows.into_iter().filter_map(row).collect(),
            total: found.exact.count() + found.similar.count(),
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
    let (organisation, scope) = (actor.organisation_id, actor.user_scope());
    let (mut work, directory) = crate::directory::read(service, organisation)
        .await
        .or_failure(service)?;
    let imports = crate::imports::choices(service, actor, &mut work).await?;
    async {
        let groups = work.groups(organisation, scope).await?;
        let user_types = work.user_types(organisation).await?;
        let mut people = directory.in_scope(scope);
        people.and(directory.active());
        Ok(FilterChoices {
            groups: groups
                .into_iter()
                .map(|group| Choice {
                    id: group.id,
                    name: group.name,
                    users: directory.members_among(group.id, &people),
                })
                .collect(),
            user_types: user_types
                .into_iter()
                .map(|user_type| Choice {
                    id: user_type.id,
                    name: user_type.name,
                    users: directory.of_type_among(user_type.id, &people),
                })
                .collect(),
            trainings: work
                .latest_trainings(organisation, TRAININGS)
                .await?
                .into_iter()
                .map(|training| crate::trainings::choice(actor.language, training))
                .collect(),
            imports,
        })
    }
    .await
    .or_failure(service)
}
