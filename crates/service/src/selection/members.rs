//! *Validate* of the members of a group. For administrators.

use super::{Desk, Saved};
use crate::people::edit::administrator;
use crate::people::groups::{PORTION, memberships};
use crate::{OrFailure, Outcome, Service};
use convoke_domain::selection::Filter;
use convoke_domain::view::{ValidateOutcome, ValidateRequest};
use convoke_domain::{Actor, GroupId, Refusal};
use convoke_storage::Transaction;

/// The name of a group.
pub(super) async fn group(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    id: GroupId,
) -> Outcome<String> {
    administrator(actor)?;
    let groups = tx.groups(actor.organisation_id, None).await;
    let mut groups = groups.or_failure(service)?.into_iter();
    let group = groups.find(|group| group.id == id);
    Ok(group.ok_or(Refusal::NotFound)?.name)
}

/// Saves who is in a group, as [`super::validate`] says. Two who do so at once need not take turns: somebody is added or taken out, whatever the other does.
pub(super) async fn validate(
    service: &Service,
    actor: &Actor,
    id: GroupId,
    request: &ValidateRequest,
) -> Outcome<ValidateOutcome> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let name = group(service, actor, &mut tx, id).await?;
    let directory = crate::directory::of(service, &mut tx, actor.organisation_id)
        .await
        .or_failure(service)?;
    let asked = (&request.changes, &Filter::default());
    let saved = Saved::Members(id);
    let desk = Desk::new(service, actor, (&mut tx, directory), saved, asked).await?;
    let not_added = desk
        .not_addable(service, actor, &mut tx, &request.changes)
        .await?;
    let joined = desk.directory.ids(desk.columns.added().iter());
    let left = desk.directory.ids(desk.columns.removed().iter());
    for portion in joined.chunks(PORTION) {
        let members = memberships(id, portion);
        let done = tx.add_members(actor.organisation_id, &members).await;
        done.or_failure(service)?;
        // A group is a tie to the organisation.
        let done = tx.keep_in_directory(actor.organisation_id, portion).await;
        done.or_failure(service)?;
    }
    for portion in left.chunks(PORTION) {
        let members = memberships(id, portion);
        let done = tx.remove_members(actor.organisation_id, &members).await;
        done.or_failure(service)?;
    }
    if !joined.is_empty() || !left.is_empty() {
        let details = serde_json::json!({
            "name": name,
            "added": joined.len(),
            "removed": left.len(),
        });
        let event = "group.members_chosen";
        let line = crate::history_line(service, actor, event, None, None, details);
        tx.add_history(&line).await.or_failure(service)?;
        for portion in joined.chunks(PORTION).chain(left.chunks(PORTION)) {
            tx.add_history_people(actor.organisation_id, line.id, portion)
                .await
                .or_failure(service)?;
        }
    }
    tx.commit().await.or_failure(service)?;
    let count = |people: usize| u32::try_from(people).unwrap_or(u32::MAX);
    Ok(ValidateOutcome {
        added: count(joined.len()),
        removed: count(left.len()),
        not_added,
        ..ValidateOutcome::default()
    })
}
