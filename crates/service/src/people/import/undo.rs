//! Undoing an import: its transactions backwards, each in one of its own.
//!
//! Whoever is not as the import left them, was merged with somebody, or is on a list by now, stays as they are. Groups and user types that it made go when nobody has them.

use super::as_json;
use super::journal::{Journal, Labels, Written};
use crate::{OrFailure, Outcome, Service};
use convoke_domain::view::{ImportState, UndoCounts};
use convoke_domain::{Actor, UserId};
use convoke_storage::directory::{Membership, User, UserChange};
use convoke_storage::imports::{Import, ImportProgress};
use convoke_storage::{StorageError, Transaction};
use std::collections::{HashMap, HashSet};

/// Undoes an import that is in hand for it.
pub(crate) async fn undo(service: &Service, actor: &Actor, import: &Import) -> Outcome<UndoCounts> {
    let before = import.undone.as_deref().map(serde_json::from_str);
    let mut counts: UndoCounts = before.and_then(Result::ok).unwrap_or_default();
    let mut first = None;
    loop {
        let batch = {
            let mut tx = service.storage.read().await.or_failure(service)?;
            tx.last_import_batch(import.id).await.or_failure(service)?
        };
        let Some(batch) = batch else { break };
        let all = *first.get_or_insert(batch.batch);
        let journal =
            Journal::read(&batch).map_err(|cause| crate::refuse::failure(service, &cause))?;
        let percent = u32::try_from((all - batch.batch) * 100 / all.max(1)).unwrap_or_default();
        let step = Step {
            service,
            actor,
            import,
            batch: batch.batch,
            percent,
        };
        counts = match step.all_at_once(&journal, counts).await {
            // Somebody has an address that was given up, or knows one who would go: one after the other tells whom.
            Err(cause) if cause.is_unique_violation() || cause.is_foreign_key_violation() => {
                step.one_by_one(&journal, counts).await
            }
            done => done,
        }
        .or_failure(service)?;
    }
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let progress = ImportProgress {
        state: ImportState::Undone,
        percent: 100,
        report: &import.report,
        stored_line: import.stored_line,
        undone: Some(&as_json(&counts)),
    };
    tx.save_import_progress(import.id, progress, service.clock.now())
        .await
        .or_failure(service)?;
    let details = serde_json::json!({
        "removed": counts.removed,
        "restored": counts.restored,
        "kept": counts.kept,
    });
    let line = crate::history_line(service, actor, "users.import_undone", None, None, details);
    tx.add_history(&line).await.or_failure(service)?;
    tx.commit().await.or_failure(service)?;
    Ok(counts)
}

/// One transaction that is undone.
struct Step<'a> {
    service: &'a Service,
    actor: &'a Actor,
    import: &'a Import,
    batch: i64,
    percent: u32,
}

impl Step<'_> {
    async fn all_at_once(
        &self,
        journal: &Journal,
        counts: UndoCounts,
    ) -> Result<UndoCounts, StorageError> {
        let mut tx = self.service.storage.begin().await?;
        let people: Vec<&Written> = journal.people.iter().collect();
        let counts = self
            .people(&mut tx, &people, &journal.members, counts)
            .await?;
        self.note(&mut tx, &journal.labels, counts).await?;
        tx.commit().await?;
        Ok(counts)
    }

    async fn one_by_one(
        &self,
        journal: &Journal,
        mut counts: UndoCounts,
    ) -> Result<UndoCounts, StorageError> {
        for person in &journal.people {
            let mut tx = self.service.storage.begin().await?;
            let members: Vec<Membership> = of(person, &journal.members);
            match self.people(&mut tx, &[person], &members, counts).await {
                Ok(done) => {
                    tx.commit().await?;
                    counts = done;
                }
                Err(cause) if cause.is_unique_violation() || cause.is_foreign_key_violation() => {
                    counts.kept += 1;
                }
                Err(cause) => return Err(cause),
            }
        }
        let mut tx = self.service.storage.begin().await?;
        let written: HashSet<UserId> = journal.people.iter().map(|p| p.after.id).collect();
        let rest: Vec<Membership> = journal
            .members
            .iter()
            .copied()
            .filter(|member| !written.contains(&member.user_id))
            .collect();
        let counts = self.people(&mut tx, &[], &rest, counts).await?;
        self.note(&mut tx, &journal.labels, counts).await?;
        tx.commit().await?;
        Ok(counts)
    }

    /// Puts people back, and takes memberships away but for those of people who stay.
    async fn people(
        &self,
        tx: &mut Transaction,
        people: &[&Written],
        members: &[Membership],
        mut counts: UndoCounts,
    ) -> Result<UndoCounts, StorageError> {
        let organisation = self.actor.organisation_id;
        let at = self.service.clock.now();
        let ids: Vec<UserId> = people.iter().map(|person| person.after.id).collect();
        let now = tx.users_to_change(organisation, &ids).await?;
        let now: HashMap<UserId, User> = now.into_iter().map(|user| (user.id, user)).collect();
        // With another row they are more than the import made of them, whatever they are called.
        let merged = tx
            .merged_since(organisation, &ids, self.import.created_at)
            .await?;
        let as_left = |person: &&&Written| {
            now.get(&person.after.id)
                .is_some_and(|now| is_same(now, &person.after) && !merged.contains(&now.id))
        };
        let untouched: Vec<&Written> = people.iter().filter(as_left).copied().collect();
        let new: Vec<UserId> = untouched
            .iter()
            .filter(|person| person.before.is_none())
            .map(|person| person.after.id)
            .collect();
        // First those who go: somebody may get an address back from them.
        let removed = tx.delete_unused_users(organisation, &new).await?;
        let changes: Vec<UserChange<'_>> = untouched
            .iter()
            .filter_map(|person| person.before.as_ref())
            .map(|user| UserChange { user, at })
            .collect();
        if !changes.is_empty() {
            tx.update_users(organisation, &changes).await?;
        }
        let mut back: HashSet<UserId> = removed.iter().copied().collect();
        back.extend(changes.iter().map(|change| change.user.id));
        let stay: HashSet<&UserId> = ids.iter().filter(|id| !back.contains(id)).collect();
        // Whoever only joined a group is not among the people.
        let leave: Vec<Membership> = members
            .iter()
            .copied()
            .filter(|member| !stay.contains(&member.user_id))
            .collect();
        if !leave.is_empty() {
            tx.remove_members(organisation, &leave).await?;
        }
        let joined_only: HashSet<UserId> = leave
            .iter()
            .map(|member| member.user_id)
            .filter(|id| !back.contains(id))
            .collect();
        counts.removed += removed.len() as u64;
        counts.restored += (changes.len() + joined_only.len()) as u64;
        counts.kept += stay.len() as u64;
        Ok(counts)
    }

    /// Takes away the groups and user types that it made and nobody has, forgets the transaction, and says how far it is.
    async fn note(
        &self,
        tx: &mut Transaction,
        labels: &Labels,
        counts: UndoCounts,
    ) -> Result<(), StorageError> {
        let organisation = self.actor.organisation_id;
        for (group, _) in &labels.groups {
            tx.delete_unused_group(organisation, *group).await?;
        }
        for (user_type, _) in &labels.user_types {
            tx.delete_user_type(organisation, *user_type).await?;
        }
        tx.delete_import_batch(self.import.id, self.batch).await?;
        let progress = ImportProgress {
            state: ImportState::Undoing,
            percent: self.percent,
            report: &self.import.report,
            stored_line: self.import.stored_line,
            undone: Some(&as_json(&counts)),
        };
        tx.save_import_progress(self.import.id, progress, self.service.clock.now())
            .await
    }
}

fn of(person: &Written, members: &[Membership]) -> Vec<Membership> {
    let theirs = members.iter().copied();
    theirs
        .filter(|member| member.user_id == person.after.id)
        .collect()
}

/// Whether somebody is as they were left; what their type is called may have changed.
fn is_same(now: &User, left: &User) -> bool {
    let named = User {
        user_type: now.user_type.clone(),
        ..left.clone()
    };
    *now == named
}
