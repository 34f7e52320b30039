//! *Paste e-mails or mobiles*: a text is sorted into people of the directory, new people, and what is left out; then all are put on the list of a
//! training at once, or none; or they are moved in an open panel, which saves them with the rest.

use crate::{OrFailure, Outcome, Service, phone, selection};
use convoke_domain::paste::{Entry, MAX_BYTES, MAX_ENTRIES, entries};
use convoke_domain::person::parse_email;
use convoke_domain::selection::PeopleList;
use convoke_domain::view::{
    LeftOut, PasteOutcome, PasteRequest, PasteTarget, PasteView, PastedAddress, PastedPerson,
};
use convoke_domain::{Actor, FieldError, Refusal, UserId, UserState, UserTypeId};
use convoke_storage::Transaction;
use convoke_storage::directory::{Membership, NewUser, User, UserKeys};
use std::collections::{HashMap, HashSet};

/// People in one statement.
const PORTION: usize = 1_000;

/// An address that a message can go to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Address {
    /// An e-mail; two spellings of one are one.
    Email(String),
    /// A mobile, E.164.
    Mobile(String),
}

/// Sorts a text. Changes nothing.
///
/// [`Refusal::Invalid`] at `text` when it is longer than [`MAX_BYTES`] or has more than [`MAX_ENTRIES`] addresses.
pub async fn preview(
    service: &Service,
    actor: &Actor,
    target: &PasteTarget,
    text: &str,
) -> Outcome<PasteView> {
    let mut tx = service.storage.read().await.or_failure(service)?;
    allowed(service, actor, &mut tx, target).await?;
    sorted(service, actor, &mut tx, target, text).await
}

/// Creates the new people, if that is wanted, and puts them and the known ones on the list, or gives them to the panel: all of it, or nothing.
///
/// [`Refusal::Invalid`] at `text`, `group` or `user_type`; [`Refusal::Conflict`] when somebody was adding one of the new people at this moment.
pub async fn apply(
    service: &Service,
    actor: &Actor,
    request: &PasteRequest,
) -> Outcome<PasteOutcome> {
    let mut tx = service.storage.begin().await.or_failure(service)?;
    allowed(service, actor, &mut tx, &request.target).await?;
    let training = match request.target {
        PasteTarget::Training(id) => {
            let version = tx
                .raise_training_version(actor.organisation_id, id)
                .await
                .or_failure(service)?;
            Some((id, version.ok_or(Refusal::NotFound)?))
        }
        PasteTarget::Panel(..) => None,
    };
    let view = sorted(service, actor, &mut tx, &request.target, &request.text).await?;
    let mut people: Vec<UserId> = view.known.iter().map(|person| person.user_id).collect();
    let mut created = 0;
    if request.create && !view.new.is_empty() {
        let new = create(service, actor, &mut tx, request, &view).await?;
        created = new.len();
        people.extend(new);
    }
    if people.is_empty() {
        return Err(Refusal::Invalid(vec![FieldError::new(
            "text",
            "error-paste-nobody",
        )]));
    }
    let mut outcome = PasteOutcome {
        created: u32::try_from(created).unwrap_or(u32::MAX),
        ..PasteOutcome::default()
    };
    if let Some((id, version)) = training {
        let chosen = selection::choose(service, actor, &mut tx, id, &people, version).await?;
        outcome.chosen = chosen;
        let details = serde_json::json!({
            "added": chosen, "removed": 0, "created": created, "pasted": true, "version": version,
        });
        let event = selection::VALIDATED;
        let line = crate::history_line(service, actor, event, Some(id), None, details);
        tx.add_history(&line).await.or_failure(service)?;
    } else {
        outcome.people = people;
        if created > 0 {
            let details = serde_json::json!({ "created": created });
            let line = crate::history_line(service, actor, "users.pasted", None, None, details);
            tx.add_history(&line).await.or_failure(service)?;
        }
    }
    tx.commit().await.or_failure(service)?;
    Ok(outcome)
}

/// Whether this person may choose people there; refused otherwise.
async fn allowed(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    target: &PasteTarget,
) -> Outcome<()> {
    let list = match target {
        PasteTarget::Training(id) => PeopleList::Participants(*id),
        PasteTarget::Panel(list, _) => *list,
    };
    selection::allowed(service, actor, tx, list).await
}

async fn sorted(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    target: &PasteTarget,
    text: &str,
) -> Outcome<PasteView> {
    let refused = |key: &str| Refusal::Invalid(vec![FieldError::new("text", key)]);
    if text.len() > MAX_BYTES {
        return Err(refused("error-paste-too-long"));
    }
    let entries = entries(text);
    if entries.len() > MAX_ENTRIES {
        return Err(refused("error-paste-too-long"));
    }
    let organisation = tx
        .organisation(actor.organisation_id)
        .await
        .or_failure(service)?
        .ok_or(Refusal::NotFound)?;
    let region = phone::region(&organisation.time_zone, organisation.language);
    let read = |entry: &Entry| {
        if entry.address.contains('@') {
            parse_email(&entry.address).map(Address::Email)
        } else {
            phone::parse_mobile(&entry.address, region).map(Address::Mobile)
        }
    };
    let mut view = PasteView {
        groups: groups(service, actor, tx).await?,
        user_types: tx
            .user_types(actor.organisation_id)
            .await
            .or_failure(service)?
            .into_iter()
            .map(|label| (label.id, label.name))
            .collect(),
        group_required: actor.user_scope().is_some(),
        language: organisation.language,
        known: Vec::new(),
        new: Vec::new(),
        left_out: Vec::new(),
    };
    let leave_out = |view: &mut PasteView, entry: &Entry, reason: &str| {
        view.left_out.push(LeftOut {
            line: entry.line,
            text: entry.address.clone(),
            reason: reason.to_owned(),
        });
    };
    let mut seen = HashSet::new();
    let mut addresses = Vec::new();
    for entry in entries {
        match read(&entry) {
            None => leave_out(&mut view, &entry, "paste-unreadable"),
            Some(address) if seen.insert(key(&address)) => addresses.push((entry, address)),
            Some(_) => leave_out(&mut view, &entry, "paste-twice"),
        }
    }
    let directory = Directory::of(service, actor, tx, target, &addresses).await?;
    let mut met = HashSet::new();
    for (entry, address) in addresses {
        let Some(user) = directory.users.get(&key(&address)) else {
            let (Address::Email(address) | Address::Mobile(address)) = address;
            view.new.push(PastedAddress {
                address,
                first_name: entry.first_name,
                last_name: entry.last_name,
            });
            continue;
        };
        // Somebody out of scope is not told apart further: whether they are on the list is not this reader's to know.
        if !directory.in_scope.contains(&user.id) {
            leave_out(&mut view, &entry, "paste-out-of-scope");
        } else if !met.insert(user.id) {
            leave_out(&mut view, &entry, "paste-twice");
        } else if directory.chosen.contains(&user.id) {
            leave_out(&mut view, &entry, "paste-already");
        } else if user.state == UserState::Inactive {
            leave_out(&mut view, &entry, "paste-inactive");
        } else {
            view.known.push(PastedPerson {
                user_id: user.id,
                first_name: user.first_name.clone(),
                last_name: user.last_name.clone(),
                address: entry.address,
            });
        }
    }
    view.left_out.sort_by_key(|left_out| left_out.line);
    Ok(view)
}

/// What an address is recognised by.
fn key(address: &Address) -> Address {
    match address {
        Address::Email(email) => Address::Email(email.to_lowercase()),
        Address::Mobile(mobile) => Address::Mobile(mobile.clone()),
    }
}

/// What the directory knows of the addresses.
struct Directory {
    users: HashMap<Address, User>,
    in_scope: HashSet<UserId>,
    /// Who is on the list already, or to the right of the panel.
    chosen: HashSet<UserId>,
}

impl Directory {
    async fn of(
        service: &Service,
        actor: &Actor,
        tx: &mut Transaction,
        target: &PasteTarget,
        addresses: &[(Entry, Address)],
    ) -> Outcome<Self> {
        let mut keys = UserKeys::default();
        for (_, address) in addresses {
            match key(address) {
                Address::Email(email) => keys.email_keys.push(email),
                Address::Mobile(mobile) => keys.mobiles.push(mobile),
            }
        }
        let found = tx
            .users_by_keys(actor.organisation_id, &keys)
            .await
            .or_failure(service)?;
        let ids: Vec<UserId> = found.iter().map(|user| user.id).collect();
        let in_scope = match actor.user_scope() {
            None => ids.iter().copied().collect(),
            Some(scope) => tx
                .memberships(&ids)
                .await
                .or_failure(service)?
                .into_iter()
                .filter(|member| scope.contains(&member.group_id))
                .map(|member| member.user_id)
                .collect(),
        };
        let chosen = match target {
            PasteTarget::Training(id) => {
                tx.participants_among(*id, &ids).await.or_failure(service)?
            }
            PasteTarget::Panel(list, changes) => {
                selection::chosen_among(service, actor, tx, (*list, changes), &ids).await?
            }
        };
        let mut users = HashMap::with_capacity(found.len());
        for user in found {
            if let Some(email) = &user.email {
                users.insert(Address::Email(email.to_lowercase()), user.clone());
            }
            if let Some(mobile) = &user.mobile {
                users.insert(Address::Mobile(mobile.clone()), user);
            }
        }
        Ok(Self {
            users,
            in_scope,
            chosen: chosen.into_iter().collect(),
        })
    }
}

async fn groups(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
) -> Outcome<Vec<(convoke_domain::GroupId, String)>> {
    let groups = tx
        .groups(actor.organisation_id, actor.user_scope())
        .await
        .or_failure(service)?;
    Ok(groups.into_iter().map(|g| (g.id, g.name)).collect())
}

/// Adds the new people to the directory.
async fn create(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    request: &PasteRequest,
    view: &PasteView,
) -> Outcome<Vec<UserId>> {
    let user_type_id = user_type(service, actor, tx, request, view).await?;
    let refused = |key: &str| Refusal::Invalid(vec![FieldError::new("group", key)]);
    match request.group {
        None if view.group_required => return Err(refused("error-required")),
        Some(group) if !view.groups.iter().any(|(id, _)| *id == group) => {
            return Err(refused("error-choose"));
        }
        _ => {}
    }
    let now = service.clock.now();
    let new: Vec<NewUser> = view
        .new
        .iter()
        .map(|pasted| {
            let address = Some(pasted.address.clone());
            // Lists have to call them something; a message greets by the first name only.
            let last_name = if pasted.last_name.is_empty() {
                &pasted.address
            } else {
                &pasted.last_name
            };
            NewUser::member(
                service.id(),
                actor.organisation_id,
                (pasted.first_name.clone(), last_name.clone()),
                if pasted.address.contains('@') {
                    (address, None)
                } else {
                    (None, address)
                },
                (user_type_id, request.language),
                now,
            )
        })
        .collect();
    for portion in new.chunks(PORTION) {
        match tx.insert_users(actor.organisation_id, portion).await {
            Err(cause) if cause.is_unique_violation() => {
                return Err(Refusal::Conflict("conflict-paste-again".to_owned()));
            }
            done => done.or_failure(service)?,
        }
    }
    if let Some(group_id) = request.group {
        let members: Vec<Membership> = new
            .iter()
            .map(|user| Membership {
                group_id,
                user_id: user.id,
            })
            .collect();
        tx.add_members(actor.organisation_id, &members)
            .await
            .or_failure(service)?;
    }
    let people: Vec<UserId> = new.into_iter().map(|user| user.id).collect();
    // Who is pasted for a training is of it, and forgotten after it; who is pasted into a group is of the directory.
    let training = match request.target {
        PasteTarget::Training(id) | PasteTarget::Panel(PeopleList::Participants(id), _) => Some(id),
        PasteTarget::Panel(..) => None,
    };
    if let Some(id) = training {
        tx.set_came_for(actor.organisation_id, &people, id)
            .await
            .or_failure(service)?;
    }
    Ok(people)
}

async fn user_type(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    request: &PasteRequest,
    view: &PasteView,
) -> Outcome<UserTypeId> {
    match request.user_type {
        Some(wanted) if view.user_types.iter().any(|(id, _)| *id == wanted) => Ok(wanted),
        Some(_) => Err(Refusal::Invalid(vec![FieldError::new(
            "user_type",
            "error-choose",
        )])),
        None => crate::people::first_user_type(service, tx, actor.organisation_id)
            .await
            .or_failure(service),
    }
}
