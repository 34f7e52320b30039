//! Organisations and their first administrators: what the set-up page and the command line make.

use crate::{OrFailure, Outcome, Service, passwords};
use convoke_domain::person::{full_name, parse_email};
use convoke_domain::view::MIN_PASSWORD;
use convoke_domain::{
    Actor, Channel, FieldError, Language, OrganisationId, Refusal, Role, UserId, UserState,
    UserTypeId,
};
use convoke_storage::directory::{NewUser, Organisation};
use convoke_storage::history::NewHistory;
use convoke_storage::{StorageError, Transaction};

/// The user types every organisation begins with; the first is the default.
pub(crate) const USER_TYPES: &[&str] = &[
    "Collaborator",
    "Provider",
    "Intern",
    "Customer",
    "Candidate",
];

/// Who is to be an administrator.
#[derive(Clone, Debug, Default)]
pub struct NewAdministrator {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail.
    pub email: String,
    /// Password, at least [`MIN_PASSWORD`] characters.
    pub password: String,
}

impl NewAdministrator {
    /// What has to be corrected before this is somebody.
    pub fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        for (field, value) in [
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
        ] {
            if value.trim().is_empty() {
                problems.push(FieldError::new(field, "error-required"));
            } else if value.chars().count() > super::import::MAX_NAME {
                problems.push(FieldError::new(field, "error-too-long"));
            }
        }
        if self.email.trim().is_empty() {
            problems.push(FieldError::new("email", "error-required"));
        } else if parse_email(&self.email).is_none() {
            problems.push(FieldError::new("email", "error-email"));
        }
        if self.password.chars().count() < MIN_PASSWORD {
            problems.push(FieldError::new("password", "error-password-short"));
        }
        problems
    }
}

/// Adds an organisation with the user types every one begins with.
pub(crate) async fn add_organisation(
    service: &Service,
    work: &mut Transaction,
    name: &str,
    time_zone: &str,
    language: Language,
) -> Result<OrganisationId, StorageError> {
    let id = service.id();
    work.insert_organisation(&Organisation {
        id,
        name: name.to_owned(),
        time_zone: time_zone.to_owned(),
        language,
        created_at: service.clock.now(),
    })
    .await?;
    for user_type in USER_TYPES {
        work.insert_user_type(id, service.id(), user_type).await?;
    }
    Ok(id)
}

/// Makes a person an administrator of an organisation: the user who has the e-mail, with a new password, or a
/// new one. `problems()` must be empty; `password_hash` is that of the password.
pub(crate) async fn add_administrator(
    service: &Service,
    work: &mut Transaction,
    organisation_id: OrganisationId,
    person: &NewAdministrator,
    password_hash: &str,
    language: Language,
) -> Result<UserId, StorageError> {
    let at = service.clock.now();
    let email = parse_email(&person.email);
    let key = email.as_deref().map(str::to_lowercase).unwrap_or_default();
    let known = work
        .users_by_identifier(&key)
        .await?
        .into_iter()
        .find(|user| user.organisation_id == organisation_id);
    let id = if let Some(known) = known {
        work.set_password(organisation_id, known.id, password_hash, at)
            .await?;
        work.set_role(organisation_id, known.id, Role::Administrator)
            .await?;
        known.id
    } else {
        let id = service.id();
        let user_type_id = first_user_type(service, work, organisation_id).await?;
        work.insert_user(&NewUser {
            id,
            organisation_id,
            last_name: person.last_name.trim().to_owned(),
            first_name: person.first_name.trim().to_owned(),
            email,
            mobile: None,
            channel: Channel::Email,
            language,
            user_type_id,
            employee_id: None,
            state: UserState::Active,
            role: Role::Administrator,
            password_hash: Some(password_hash.to_owned()),
            at,
        })
        .await?;
        id
    };
    work.add_history(&NewHistory {
        id: service.id(),
        organisation_id,
        at,
        actor_id: None,
        actor_name: full_name(&person.first_name, &person.last_name),
        event: "user.made_administrator",
        training_id: None,
        user_id: Some(id),
        details: serde_json::json!({}),
    })
    .await?;
    Ok(id)
}

/// The user type of people for whom none was named: the first of the organisation's list, which is made when it has none.
pub(crate) async fn first_user_type(
    service: &Service,
    work: &mut Transaction,
    organisation_id: OrganisationId,
) -> Result<UserTypeId, StorageError> {
    let types = work.user_types(organisation_id).await?;
    if let Some(first) = types.first() {
        return Ok(first.id);
    }
    let id = service.id();
    work.insert_user_type(organisation_id, id, USER_TYPES[0])
        .await?;
    Ok(id)
}

/// Makes a person an administrator, for the command line: whoever can run it may do so. `organisation` is a name;
/// without one the oldest organisation is meant. One that is not there yet is made (time zone UTC, English), as
/// is the very first one under the name that is given.
pub async fn create_administrator(
    service: &Service,
    organisation: Option<&str>,
    person: &NewAdministrator,
) -> Outcome<UserId> {
    let problems = person.problems();
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems));
    }
    let name = organisation.map(str::trim).filter(|name| !name.is_empty());
    let password_hash = passwords::hash(service, &person.password).await?;
    let mut work = service.storage.begin().await.or_failure(service)?;
    let known = find(&mut work, name).await.or_failure(service)?;
    let (organisation_id, language) = match (known, name) {
        (Some(known), _) => (known.id, known.language),
        (None, Some(name)) => {
            let id = add_organisation(service, &mut work, name, "UTC", Language::En)
                .await
                .or_failure(service)?;
            (id, Language::En)
        }
        (None, None) => {
            return Err(Refusal::Invalid(vec![FieldError::new(
                "organisation",
                "error-required",
            )]));
        }
    };
    let id = add_administrator(
        service,
        &mut work,
        organisation_id,
        person,
        &password_hash,
        language,
    )
    .await
    .or_failure(service)?;
    work.commit().await.or_failure(service)?;
    Ok(id)
}

/// The actor that the command line is, for the organisation of a name, or for the oldest one.
/// Refuses with [`Refusal::NotFound`] when there is none.
pub async fn acting_for(service: &Service, organisation: Option<&str>) -> Outcome<Actor> {
    let mut work = service.storage.read().await.or_failure(service)?;
    let found = find(&mut work, organisation).await.or_failure(service)?;
    let found = found.ok_or(Refusal::NotFound)?;
    Ok(Actor {
        origin: String::new(),
        organisation_id: found.id,
        user_id: None,
        name: "convoke".to_owned(),
        role: Role::Administrator,
        scope: Vec::new(),
        language: found.language,
    })
}

async fn find(
    work: &mut Transaction,
    name: Option<&str>,
) -> Result<Option<Organisation>, StorageError> {
    let all = work.organisations().await?;
    Ok(all
        .into_iter()
        .find(|o| name.is_none_or(|name| o.name.eq_ignore_ascii_case(name.trim()))))
}
