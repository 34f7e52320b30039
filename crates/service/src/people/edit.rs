//! One person of the directory: created, changed, deactivated and brought back. For administrators.

use crate::{OrFailure, Outcome, Service, opt_out, phone};
use convoke_domain::person::parse_email;
use convoke_domain::person_form::PersonForm;
use convoke_domain::view::{ContactForm, OptOutView, PersonFormView, PersonTraining};
use convoke_domain::{Actor, FieldError, GroupId, Refusal, Role, UserId, UserState, UserTypeId};
use convoke_storage::directory::{Membership, NewUser, Organisation, User, UserChange, UserKeys};
use convoke_storage::{StorageError, Transaction};
use convoke_texts::dates;
use std::collections::BTreeSet;

/// How many trainings of a person are shown.
const TRAININGS: u32 = 50;

/// The form of a person, or of somebody new.
pub async fn form(service: &Service, actor: &Actor, id: Option<UserId>) -> Outcome<PersonFormView> {
    administrator(actor)?;
    let organisation_id = actor.organisation_id;
    let mut tx = service.storage.read().await.or_failure(service)?;
    let Some(id) = id else {
        let organisation = organisation(service, actor, &mut tx).await?;
        let types = tx.user_types(organisation_id).await.or_failure(service)?;
        return Ok(PersonFormView {
            form: PersonForm {
                user_type: types.first().map(|user_type| user_type.id),
                ..PersonForm::new(organisation.language)
            },
            version: 0,
            state: UserState::Created,
            role: Role::Member,
            is_reader: false,
            trainings: Vec::new(),
            opt_out: OptOutView::default(),
        });
    };
    let found = tx.remembered_user(organisation_id, id).await;
    let user = found.or_failure(service)?.ok_or(Refusal::NotFound)?;
    let groups = tx.memberships(&[id]).await.or_failure(service)?;
    let trainings = tx.trainings_of(organisation_id, id, TRAININGS).await;
    let version = tx.user_version(organisation_id, id, false).await;
    Ok(PersonFormView {
        opt_out: opt_out::shown(service, actor, &mut tx, id).await?,
        version: version.or_failure(service)?.unwrap_or_default(),
        state: user.state,
        role: user.role,
        is_reader: actor.user_id == Some(id),
        trainings: trainings
            .or_failure(service)?
            .into_iter()
            .map(|t| PersonTraining {
                training_id: t.training_id,
                dates: dates::date_range(actor.language, t.starts_at, t.ends_at, &t.time_zone),
                title: t.title,
                state: t.state,
            })
            .collect(),
        form: PersonForm {
            last_name: user.last_name,
            first_name: user.first_name,
            email: user.email.unwrap_or_default(),
            mobile: user.mobile.unwrap_or_default(),
            channel: user.channel,
            language: user.language,
            user_type: Some(user.user_type_id),
            employee_id: user.employee_id.unwrap_or_default(),
            groups: groups.into_iter().map(|member| member.group_id).collect(),
        },
    })
}

/// Creates a person, or changes one who is as they were at `version`. Who.
///
/// [`Refusal::Invalid`] at the fields of [`PersonForm`]; [`Refusal::Conflict`] when somebody else changed them meanwhile.
pub async fn save(
    service: &Service,
    actor: &Actor,
    known: Option<(UserId, i64)>,
    form: &PersonForm,
) -> Outcome<UserId> {
    administrator(actor)?;
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let before = match known {
        Some((id, version)) => Some(unchanged(service, actor, &mut tx, id, version).await?),
        None => None,
    };
    let person = checked(service, actor, &mut tx, before.as_ref(), form).await?;
    match stored(service, actor, &mut tx, before.as_ref(), &person).await {
        // Somebody was quicker with one of the addresses.
        Err(cause) if cause.is_unique_violation() => {
            return Err(Refusal::Conflict("conflict-person-again".to_owned()));
        }
        done => done.or_failure(service)?,
    }
    tx.commit().await.or_failure(service)?;
    Ok(person.id)
}

/// Changes how somebody is reached, who is as they were at `version`, in the caller's transaction; who may is the caller's to decide. Refused as in [`save`].
pub(crate) async fn save_contact(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    (id, version): (UserId, i64),
    contact: &ContactForm,
) -> Outcome<()> {
    let before = unchanged(service, actor, tx, id, version).await?;
    let groups = tx.memberships(&[id]).await.or_failure(service)?;
    let form = PersonForm {
        last_name: before.last_name.clone(),
        first_name: before.first_name.clone(),
        email: contact.email.clone(),
        mobile: contact.mobile.clone(),
        channel: contact.channel,
        language: before.language,
        user_type: Some(before.user_type_id),
        employee_id: before.employee_id.clone().unwrap_or_default(),
        groups: groups.into_iter().map(|member| member.group_id).collect(),
    };
    let person = checked(service, actor, tx, Some(&before), &form).await?;
    match stored(service, actor, tx, Some(&before), &person).await {
        Err(cause) if cause.is_unique_violation() => {
            Err(Refusal::Conflict("conflict-person-again".to_owned()))
        }
        done => done.or_failure(service),
    }
}

/// Deactivates somebody, who is never invited then and cannot sign in, or brings them back.
///
/// [`Refusal::Conflict`] when it is the actor.
pub async fn set_active(service: &Service, actor: &Actor, id: UserId, active: bool) -> Outcome<()> {
    administrator(actor)?;
    if actor.user_id == Some(id) {
        return Err(Refusal::Conflict("conflict-yourself".to_owned()));
    }
    let mut tx = service.storage.begin().await.or_failure(service)?;
    let found = tx.remembered_user(actor.organisation_id, id).await;
    let user = found.or_failure(service)?.ok_or(Refusal::NotFound)?;
    if (user.state != UserState::Inactive) == active {
        return Ok(());
    }
    tx.set_active(actor.organisation_id, &[id], active)
        .await
        .or_failure(service)?;
    let event = if active {
        "user.reactivated"
    } else {
        "user.deactivated"
    };
    let line = crate::history_line(service, actor, event, None, Some(id), serde_json::json!({}));
    tx.add_history(&line).await.or_failure(service)?;
    tx.commit().await.or_failure(service)
}

pub(crate) fn administrator(actor: &Actor) -> Outcome<()> {
    if actor.role == Role::Administrator {
        Ok(())
    } else {
        Err(Refusal::NotAllowed)
    }
}

async fn organisation(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
) -> Outcome<Organisation> {
    let found = tx.organisation(actor.organisation_id).await;
    found.or_failure(service)?.ok_or(Refusal::NotFound)
}

/// The person as the form was made of them.
async fn unchanged(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    id: UserId,
    version: i64,
) -> Outcome<User> {
    let now = tx.user_version(actor.organisation_id, id, true).await;
    match now.or_failure(service)? {
        None => Err(Refusal::NotFound),
        Some(now) if now != version => Err(Refusal::Conflict("conflict-person-changed".to_owned())),
        Some(_) => {
            let user = tx.remembered_user(actor.organisation_id, id).await;
            user.or_failure(service)?.ok_or(Refusal::NotFound)
        }
    }
}

/// A person as a good form says.
struct Checked {
    id: UserId,
    last_name: String,
    first_name: String,
    email: Option<String>,
    mobile: Option<String>,
    employee_id: Option<String>,
    user_type_id: UserTypeId,
    form: PersonForm,
}

/// What a form says, or all that is wrong with it.
async fn checked(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    before: Option<&User>,
    form: &PersonForm,
) -> Outcome<Checked> {
    let mut problems = form.problems();
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let organisation = organisation(service, actor, tx).await?;
    let region = phone::region(&organisation.time_zone, organisation.language);
    let mobile = some(&form.mobile).and_then(|text| {
        let number = phone::parse_mobile(&text, region);
        if number.is_none() {
            problems.push(FieldError::new("mobile", "error-mobile"));
        }
        number
    });
    let email = some(&form.email).and_then(|text| parse_email(&text));
    let employee_id = some(&form.employee_id);

    let types = tx.user_types(actor.organisation_id).await;
    let types = types.or_failure(service)?;
    let user_type = match form.user_type {
        None => types.first(),
        Some(wanted) => types.iter().find(|user_type| user_type.id == wanted),
    };
    if user_type.is_none() {
        problems.push(FieldError::new("user_type", "error-choose"));
    }
    let groups = tx.groups(actor.organisation_id, None).await;
    let groups: BTreeSet<GroupId> = groups.or_failure(service)?.iter().map(|g| g.id).collect();
    if !form.groups.iter().all(|group| groups.contains(group)) {
        problems.push(FieldError::new("groups", "error-group-gone"));
    }

    let keys = UserKeys {
        employee_ids: employee_id.iter().cloned().collect(),
        email_keys: email.iter().map(|email| email.to_lowercase()).collect(),
        mobiles: mobile.iter().cloned().collect(),
    };
    let others = tx.users_by_keys(actor.organisation_id, &keys).await;
    for other in others.or_failure(service)? {
        if before.is_some_and(|user| user.id == other.id) {
            continue;
        }
        let key = |email: &Option<String>| email.as_deref().map(str::to_lowercase);
        for (field, taken) in [
            ("email", email.is_some() && key(&other.email) == key(&email)),
            ("mobile", mobile.is_some() && other.mobile == mobile),
            (
                "employee_id",
                employee_id.is_some() && other.employee_id == employee_id,
            ),
        ] {
            if taken {
                problems.push(FieldError::new(field, "error-somebody-elses"));
            }
        }
    }
    match user_type {
        Some(user_type) if problems.is_empty() => Ok(Checked {
            id: before.map_or_else(|| service.id(), |user| user.id),
            last_name: form.last_name.trim().to_owned(),
            first_name: form.first_name.trim().to_owned(),
            email,
            mobile,
            employee_id,
            user_type_id: user_type.id,
            form: form.clone(),
        }),
        _ => Err(Refusal::Invalid(problems)),
    }
}

/// Writes a person, their groups, and what was changed.
async fn stored(
    service: &Service,
    actor: &Actor,
    tx: &mut Transaction,
    before: Option<&User>,
    person: &Checked,
) -> Result<(), StorageError> {
    let (id, organisation_id) = (person.id, actor.organisation_id);
    let at = service.clock.now();
    let mut changed = Vec::new();
    match before {
        None => {
            let new = NewUser::member(
                id,
                organisation_id,
                (person.first_name.clone(), person.last_name.clone()),
                (person.email.clone(), person.mobile.clone()),
                (person.user_type_id, person.form.language),
                at,
            );
            tx.insert_user(&NewUser {
                channel: person.form.channel,
                employee_id: person.employee_id.clone(),
                ..new
            })
            .await?;
        }
        Some(before) => {
            let after = User {
                last_name: person.last_name.clone(),
                first_name: person.first_name.clone(),
                email: person.email.clone(),
                mobile: person.mobile.clone(),
                channel: person.form.channel,
                language: person.form.language,
                user_type_id: person.user_type_id,
                employee_id: person.employee_id.clone(),
                ..before.clone()
            };
            changed = differences(before, &after);
            let change = UserChange { user: &after, at };
            tx.update_users(organisation_id, &[change]).await?;
        }
    }
    let were: BTreeSet<GroupId> = tx
        .memberships(&[id])
        .await?
        .iter()
        .map(|m| m.group_id)
        .collect();
    let are: BTreeSet<GroupId> = person.form.groups.iter().copied().collect();
    let members = |groups: &mut dyn Iterator<Item = &GroupId>| -> Vec<Membership> {
        let member = |group: &GroupId| Membership {
            group_id: *group,
            user_id: id,
        };
        groups.map(member).collect()
    };
    let (join, leave) = (
        members(&mut are.difference(&were)),
        members(&mut were.difference(&are)),
    );
    if !join.is_empty() {
        tx.add_members(organisation_id, &join).await?;
        tx.keep_in_directory(organisation_id, &[id]).await?;
    }
    if !leave.is_empty() {
        tx.remove_members(organisation_id, &leave).await?;
    }
    if before.is_some() && (!join.is_empty() || !leave.is_empty()) {
        changed.push("groups");
    }
    let event = match before {
        None => "user.created",
        Some(_) if changed.is_empty() => return Ok(()),
        Some(_) => "user.changed",
    };
    // Which fields, not what they hold: the history outlives what a person wants to be forgotten.
    let details = serde_json::json!({ "fields": changed });
    let line = crate::history_line(service, actor, event, None, Some(id), details);
    tx.add_history(&line).await
}

/// The fields in which a person differs.
fn differences(before: &User, after: &User) -> Vec<&'static str> {
    let fields = [
        ("last_name", before.last_name != after.last_name),
        ("first_name", before.first_name != after.first_name),
        ("email", before.email != after.email),
        ("mobile", before.mobile != after.mobile),
        ("channel", before.channel != after.channel),
        ("language", before.language != after.language),
        ("user_type", before.user_type_id != after.user_type_id),
        ("employee_id", before.employee_id != after.employee_id),
    ];
    let changed = fields.into_iter().filter(|(_, changed)| *changed);
    changed.map(|(name, _)| name).collect()
}
