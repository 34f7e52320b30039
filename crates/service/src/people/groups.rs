//! Groups and user types: which there are, and who is in a group. For administrators.

use super::edit::administrator;
use crate::directory::{aside, facts};
use crate::{OrFailure, Outcome, Service};
use convoke_domain::person_form::MAX_NAME;
use convoke_domain::view::{MembersChange, PeopleChoice};
use convoke_domain::{Actor, GroupId, Refusal, UserId, UserTypeId};
use convoke_storage::directory::{Membership, NewGroup};
use convoke_storage::{StorageError, Transaction};
use std::collections::HashSet;

/// Memberships that are written together.
pub(crate) const PORTION: usize = 5_000;
/// More people than this are not named one by one.
const MOST_NAMED: usize = convoke_domain::selection::MAX_IDS;

/// A name as typed, for a group or a user type.
fn name(typed: &str) -> Outcome<&str> {
    let name = typed.trim();
    if name.is_empty() {
        Err(Refusal::field("name", "error-required"))
    } else if name.chars().count() > MAX_NAME {
        Err(Refusal::field("name", "error-too-long"))
    } else {
        Ok(name)
    }
}

/// The name belongs to another one.
fn taken<T>(service: &Service, done: Result<T, StorageError>) -> Outcome<T> {
    match done {
        Err(cause) if cause.is_unique_violation() => {
            Err(Refusal::field("name", "error-name-taken"))
        }
        done => done.or_failure(service),
    }
}

/// Makes a group, or gives one another name.
///
/// [`Refusal::Invalid`] at `name`.
pub async fn save_group(
    service: &Service,
    actor: &Actor,
    id: Option<GroupId>,
    typed: &str,
) -> Outcome<GroupId> {
    administrator(actor)?;
    let name = name(typed)?;
    let organisation_id = actor.organisation_id;
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let id = if let Some(id) = id {
        let done = tx.rename_group(organisation_id, id, name).await;
        if !taken(service, done)? {
            return Err(Refusal::NotFound);
        }
        note(
            service,
            actor,
            &mut tx,
            "group.renamed",
            serde_json::json!({ "name": name }),
        )
        .await?;
        id
    } else {
        let groups = tx.groups(organisation_id, None).await.or_failure(service)?;
        if groups.iter().any(|group| group.name == name) {
            return Err(Refusal::field("name", "error-name-taken"));
        }
        let new = NewGroup {
            id: service.id(),
            name: name.to_owned(),
        };
        let id = new.id;
        tx.insert_groups(organisation_id, &[new])
            .await
            .or_failure(service)?;
        note(
            service,
            actor,
            &mut tx,
            "group.created",
            serde_json::json!({ "name": name }),
        )
        .await?;
        id
    };
    tx.commit().await.or_failure(service)?;
    Ok(id)
}

/// Takes a group away. Its people stay.
pub async fn delete_group(service: &Service, actor: &Actor, id: GroupId) -> Outcome<()> {
    administrator(actor)?;
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let groups = tx.groups(actor.organisation_id, None).await;
    let groups = groups.or_failure(service)?;
    let group = groups.iter().find(|group| group.id == id);
    let name = group.ok_or(Refusal::NotFound)?.name.clone();
    let members = tx.delete_group(actor.organisation_id, id).await;
    let members = members.or_failure(service)?;
    let details = serde_json::json!({ "name": name, "members": members });
    note(service, actor, &mut tx, "group.deleted", details).await?;
    tx.commit().await.or_failure(service)
}

/// Makes a user type, or gives one another name.
///
/// [`Refusal::Invalid`] at `name`.
pub async fn save_user_type(
    service: &Service,
    actor: &Actor,
    id: Option<UserTypeId>,
    typed: &str,
) -> Outcome<UserTypeId> {
    administrator(actor)?;
    let name = name(typed)?;
    let organisation_id = actor.organisation_id;
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let details = serde_json::json!({ "name": name });
    let id = if let Some(id) = id {
        let done = tx.rename_user_type(organisation_id, id, name).await;
        if !taken(service, done)? {
            return Err(Refusal::NotFound);
        }
        note(service, actor, &mut tx, "user_type.renamed", details).await?;
        id
    } else {
        let all = tx.user_types(organisation_id).await.or_failure(service)?;
        if all.iter().any(|user_type| user_type.name == name) {
            return Err(Refusal::field("name", "error-name-taken"));
        }
        let id = service.id();
        tx.insert_user_type(organisation_id, id, name)
            .await
            .or_failure(service)?;
        note(service, actor, &mut tx, "user_type.created", details).await?;
        id
    };
    tx.commit().await.or_failure(service)?;
    Ok(id)
}

/// Takes a user type away that nobody has.
///
/// [`Refusal::Conflict`] when somebody has it, or when it is the last one.
pub async fn delete_user_type(service: &Service, actor: &Actor, id: UserTypeId) -> Outcome<()> {
    administrator(actor)?;
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let types = tx.user_types(actor.organisation_id).await;
    let types = types.or_failure(service)?;
    let user_type = types.iter().find(|user_type| user_type.id == id);
    let name = user_type.ok_or(Refusal::NotFound)?.name.clone();
    let done = tx.delete_user_type(actor.organisation_id, id).await;
    if !done.or_failure(service)? {
        return Err(Refusal::Conflict("conflict-user-type-used".to_owned()));
    }
    let details = serde_json::json!({ "name": name });
    note(service, actor, &mut tx, "user_type.deleted", details).await?;
    tx.commit().await.or_failure(service)
}

/// Has people join and leave groups. How many people they are.
///
/// [`Refusal::Conflict`] when more people are named one by one than a request may carry, or a group is not there any more.
pub async fn change_members(
    service: &Service,
    actor: &Actor,
    change: &MembersChange,
) -> Outcome<u32> {
    administrator(actor)?;
    let organisation_id = actor.organisation_id;
    let people = chosen(service, actor, &change.people).await?;
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let groups = tx.groups(organisation_id, None).await.or_failure(service)?;
    let there: HashSet<GroupId> = groups.iter().map(|group| group.id).collect();
    if !change
        .join
        .iter()
        .chain(&change.leave)
        .all(|id| there.contains(id))
    {
        return Err(Refusal::Conflict("conflict-group-gone".to_owned()));
    }
    for portion in people.chunks(PORTION) {
        for group in &change.join {
            let members = memberships(*group, portion);
            let done = tx.add_members(organisation_id, &members).await;
            done.or_failure(service)?;
            // A group is a tie to the organisation.
            let done = tx.keep_in_directory(organisation_id, portion).await;
            done.or_failure(service)?;
        }
        for group in &change.leave {
            let members = memberships(*group, portion);
            let done = tx.remove_members(organisation_id, &members).await;
            done.or_failure(service)?;
        }
    }
    let names = |ids: &[GroupId]| -> Vec<&str> {
        let named = groups.iter().filter(|group| ids.contains(&group.id));
        named.map(|group| group.name.as_str()).collect()
    };
    let details = serde_json::json!({
        "people": people.len(),
        "joined": names(&change.join),
        "left": names(&change.leave),
    });
    let line = crate::history_line(service, actor, "group.members_changed", None, None, details);
    tx.add_history(&line).await.or_failure(service)?;
    for portion in people.chunks(PORTION) {
        tx.add_history_people(organisation_id, line.id, portion)
            .await
            .or_failure(service)?;
    }
    tx.commit().await.or_failure(service)?;
    Ok(u32::try_from(people.len()).unwrap_or(u32::MAX))
}

/// People as members of a group.
pub(crate) fn memberships(group_id: GroupId, people: &[UserId]) -> Vec<Membership> {
    let member = |user: &UserId| Membership {
        group_id,
        user_id: *user,
    };
    people.iter().map(member).collect()
}

/// The people of a choice who are there.
pub(super) async fn chosen(
    service: &Service,
    actor: &Actor,
    choice: &PeopleChoice,
) -> Outcome<Vec<UserId>> {
    let named = match choice {
        PeopleChoice::These(people) | PeopleChoice::Matching(_, people) => people,
    };
    if named.len() > MOST_NAMED {
        return Err(Refusal::Conflict("conflict-selection-too-large".to_owned()));
    }
    let organisation_id = actor.organisation_id;
    let (mut tx, directory) = crate::directory::read(service, organisation_id)
        .await
        .or_failure(service)?;
    let rows = match choice {
        PeopleChoice::These(people) => directory.rows(people),
        PeopleChoice::Matching(filter, but) => {
            let facts = facts(service, &mut tx, &directory, organisation_id, &[filter]).await?;
            let (here, filter) = (directory.clone(), filter.clone());
            let mut rows = aside(move || here.matching(&filter, &facts)).await;
            rows.and_not(&directory.rows(but));
            rows
        }
    };
    Ok(directory.ids(rows.iter()))
}

/// A line of the history.
async fn note(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    event: &'static str,
    details: serde_json::Value,
) -> Outcome<()> {
    let line = crate::history_line(service, actor, event, None, None, details);
    tx.add_history(&line).await.or_failure(service)
}
