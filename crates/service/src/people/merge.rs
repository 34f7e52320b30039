//! Two rows of the directory that are one person: looked at side by side, then made one. For administrators.

use super::edit::administrator;
use crate::{OrFailure, Outcome, Service, seats};
use convoke_domain::person::full_name;
use convoke_domain::view::{MergeField, MergePerson, MergePreview, MergeRequest};
use convoke_domain::{Actor, InvitationState, Refusal, Role, UserId};
use convoke_storage::Transaction;
use convoke_storage::directory::{TwoInvitations, User, UserChange};

/// Both people side by side, and what they would have together.
///
/// [`Refusal::Conflict`] when they are the same, or the other cannot be given up: is the actor, has a right in the console or a password.
pub async fn preview(
    service: &Service,
    actor: &Actor,
    keep: UserId,
    other: UserId,
) -> Outcome<MergePreview> {
    administrator(actor)?;
    let organisation_id = actor.organisation_id;
    let mut tx = service.storage.read().await.or_failure(service)?;
    let (keep, other) = both(service, actor, &mut tx, keep, other).await?;
    let pairs = tx.two_invitations(organisation_id, keep.id, other.id).await;
    let both = pairs.or_failure(service)?.len();
    let names = tx.group_names(&[keep.id, other.id]).await;
    let mut groups: Vec<String> = names.or_failure(service)?.into_values().flatten().collect();
    groups.sort_by_cached_key(|name| (convoke_domain::fold::plain(name), name.clone()));
    groups.dedup();
    Ok(MergePreview {
        keep: side(service, &mut tx, keep).await?,
        other: side(service, &mut tx, other).await?,
        groups,
        both: u32::try_from(both).unwrap_or(u32::MAX),
    })
}

/// Makes two people one: everything that names the other names the kept one afterwards, who has the chosen values and the groups of both. Where both
/// were invited to a training, the stronger invitation stays ([`InvitationState::weight`]); a seat that is freed goes to the first who waits. Who it is
/// then.
///
/// [`Refusal::Conflict`] as in [`preview`]; when one of them was changed since the preview, when no address would be left although there is one, and
/// while a message to one of them is being handed over.
pub async fn merge(service: &Service, actor: &Actor, request: &MergeRequest) -> Outcome<UserId> {
    administrator(actor)?;
    let organisation_id = actor.organisation_id;
    let ((keep_id, keep_version), (other_id, other_version)) = (request.keep, request.other);
    let mut tx = service.storage.begin().await.or_failure(service)?;
    // Before anything is locked: nothing of another organisation is touched, and a refusal raises no version.
    both(service, actor, &mut tx, keep_id, other_id).await?;

    // The order in which everybody locks: trainings, people, invitations. What came between is not waited for in a circle, but seen.
    let trainings = tx.trainings_that_name(organisation_id, other_id).await;
    let trainings = trainings.or_failure(service)?;
    tx.raise_versions(&trainings).await.or_failure(service)?;
    let mut versions = [(keep_id, keep_version), (other_id, other_version)];
    versions.sort_unstable();
    for (id, version) in versions {
        let now = tx.user_version(organisation_id, id, true).await;
        if now.or_failure(service)?.ok_or(Refusal::NotFound)? != version {
            return Err(changed());
        }
    }
    let still = tx.trainings_that_name(organisation_id, other_id).await;
    if still.or_failure(service)? != trainings {
        return Err(changed());
    }
    let (keep, other) = both(service, actor, &mut tx, keep_id, other_id).await?;
    let merged = chosen(&keep, &other, &request.from_other)?;

    let pairs = tx.two_invitations(organisation_id, keep_id, other_id).await;
    let pairs = pairs.or_failure(service)?;
    if tx.is_sending_to_either(&pairs).await.or_failure(service)? {
        return Err(Refusal::Conflict("conflict-merge-sending".to_owned()));
    }
    let at = service.clock.now();
    tx.unite_invitations((keep_id, other_id), &pairs, at)
        .await
        .or_failure(service)?;
    tx.replace_user(organisation_id, keep_id, other_id)
        .await
        .or_failure(service)?;
    // After the other is gone: an address is one person's only.
    let change = UserChange { user: &merged, at };
    tx.update_users(organisation_id, &[change])
        .await
        .or_failure(service)?;
    let moved_up = fill_freed(service, actor, &mut tx, &pairs).await?;
    let details = serde_json::json!({
        "name": full_name(&other.first_name, &other.last_name),
        "fields": request.from_other,
        "trainings": trainings.len(),
        "both": pairs.len(),
    });
    let line = crate::history_line(service, actor, "user.merged", None, Some(keep_id), details);
    tx.add_history(&line).await.or_failure(service)?;
    tx.commit().await.or_failure(service)?;
    if moved_up > 0 {
        service.outbox_bell.notify_one();
    }
    Ok(keep_id)
}

fn changed() -> Refusal {
    Refusal::Conflict("conflict-person-changed".to_owned())
}

/// The two, of whom the other can be given up.
async fn both(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    keep: UserId,
    other: UserId,
) -> Outcome<(User, User)> {
    let organisation_id = actor.organisation_id;
    let found = tx.remembered_user(organisation_id, keep).await;
    let kept = found.or_failure(service)?.ok_or(Refusal::NotFound)?;
    let found = tx.remembered_user(organisation_id, other).await;
    let given_up = found.or_failure(service)?.ok_or(Refusal::NotFound)?;
    let refused = if keep == other {
        Some("conflict-merge-same")
    } else if actor.user_id == Some(other) {
        Some("conflict-yourself")
    } else if given_up.role != Role::Member
        || tx
            .has_password(organisation_id, other)
            .await
            .or_failure(service)?
    {
        Some("conflict-merge-right")
    } else {
        None
    };
    match refused {
        Some(key) => Err(Refusal::Conflict(key.to_owned())),
        None => Ok((kept, given_up)),
    }
}

/// One of the two, as they are shown.
async fn side(service: &Service, tx: &mut Transaction, user: User) -> Outcome<MergePerson> {
    let version = tx.user_version(user.organisation_id, user.id, false).await;
    let trainings = tx.count_trainings_of(user.organisation_id, user.id).await;
    Ok(MergePerson {
        user_id: user.id,
        version: version.or_failure(service)?.unwrap_or_default(),
        first_name: user.first_name,
        last_name: user.last_name,
        email: user.email,
        mobile: user.mobile,
        channel: user.channel,
        language: user.language,
        user_type: user.user_type,
        employee_id: user.employee_id,
        state: user.state,
        trainings: trainings.or_failure(service)?,
    })
}

/// The one who stays, with what was chosen of the other.
fn chosen(keep: &User, other: &User, from_other: &[MergeField]) -> Outcome<User> {
    let mut merged = keep.clone();
    for field in from_other {
        match field {
            MergeField::FirstName => merged.first_name.clone_from(&other.first_name),
            MergeField::LastName => merged.last_name.clone_from(&other.last_name),
            MergeField::Email => merged.email.clone_from(&other.email),
            MergeField::Mobile => merged.mobile.clone_from(&other.mobile),
            MergeField::Channel => merged.channel = other.channel,
            MergeField::Language => merged.language = other.language,
            MergeField::UserType => {
                merged.user_type_id = other.user_type_id;
                merged.user_type.clone_from(&other.user_type);
            }
            MergeField::EmployeeId => merged.employee_id.clone_from(&other.employee_id),
        }
    }
    let unreachable = |user: &User| user.email.is_none() && user.mobile.is_none();
    if unreachable(&merged) && !(unreachable(keep) && unreachable(other)) {
        return Err(Refusal::Conflict("conflict-merge-address".to_owned()));
    }
    Ok(merged)
}

/// Gives the seats that were taken twice to those who wait. How many moved up.
async fn fill_freed(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    pairs: &[TwoInvitations],
) -> Outcome<u32> {
    let mut moved_up = 0;
    for pair in pairs {
        if (pair.kept_state, pair.other_state)
            != (InvitationState::Confirmed, InvitationState::Confirmed)
        {
            continue;
        }
        let training = tx.training(actor.organisation_id, pair.training_id).await;
        if let Some(training) = training.or_failure(service)? {
            moved_up += seats::fill(service, tx, &training).await?;
        }
    }
    Ok(moved_up)
}
