//! Data for a demonstration: an organisation that looks lived in, with well-known passwords.
//!
//! Everyone in it is invented; e-mail addresses are of reserved domains (RFC 2606) and mobiles of a range kept for fiction, so
//! that nothing can reach anybody. There is no actor: this comes before anyone is known.

mod documents;
mod messages;
mod names;
mod people;
mod registration;
mod trainings;

use crate::people::{USER_TYPES, add_organisation};
use crate::{OrFailure, Outcome, Service, passwords};
use convoke_domain::{
    Channel, GroupId, Language, OrganisationId, Refusal, Role, UserId, UserState,
};
use convoke_storage::directory::{Membership, NewGroup, NewUser};
use convoke_storage::history::NewHistory;
use convoke_storage::{StorageError, Transaction};
use people::{COLLABORATOR, GROUPS, Person};

/// The password of all accounts.
pub const PASSWORD: &str = "convoke-demo";
/// The name of the organisation.
pub const ORGANISATION: &str = "Acme Academy";

/// Somebody who can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoAccount {
    /// E-mail.
    pub email: &'static str,
    /// First name.
    pub first_name: &'static str,
    /// Last name.
    pub last_name: &'static str,
    /// What they may do.
    pub role: Role,
    /// A few words about that, in English.
    pub about: &'static str,
}

/// What to print when the demonstration begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoAccounts {
    /// Name of the organisation.
    pub organisation: &'static str,
    /// The accounts.
    pub accounts: &'static [DemoAccount],
    /// The password of all of them.
    pub password: &'static str,
}

const ACCOUNTS: &[DemoAccount] = &[
    DemoAccount {
        email: "admin@demo.test",
        first_name: "Nadia",
        last_name: "Roux",
        role: Role::Administrator,
        about: "administrator",
    },
    DemoAccount {
        email: "authorised@demo.test",
        first_name: "Claire",
        last_name: "Vasseur",
        role: Role::Authorised,
        about: "authorised user: Plant Lyon and Maintenance",
    },
    DemoAccount {
        email: "trainer@demo.test",
        first_name: "Marc",
        last_name: "Petit",
        role: Role::Member,
        about: "trainer",
    },
];

/// The groups of the authorised user's scope, as indices.
const SCOPE: [usize; 2] = [0, 2];

/// The accounts of the demonstration.
pub const fn accounts() -> DemoAccounts {
    DemoAccounts {
        organisation: ORGANISATION,
        accounts: ACCOUNTS,
        password: PASSWORD,
    }
}

/// Whether the database holds the demonstration, with its well-known passwords.
pub async fn is_filled(service: &Service) -> Outcome<bool> {
    async {
        let mut work = service.storage.read().await?;
        Ok(!work
            .users_by_identifier(ACCOUNTS[0].email)
            .await?
            .is_empty())
    }
    .await
    .or_failure(service)
}

/// Fills an empty database. Refuses with [`Refusal::Conflict`] when there is an organisation already.
pub async fn fill(service: &Service) -> Outcome<DemoAccounts> {
    let mut hashes = Vec::with_capacity(ACCOUNTS.len());
    for _ in ACCOUNTS {
        hashes.push(passwords::hash(service, PASSWORD).await?);
    }
    let mut work = service.storage.begin().await.or_failure(service)?;
    if work.has_organisation().await.or_failure(service)? {
        return Err(Refusal::Conflict("demo-not-empty".to_owned()));
    }
    add_everything(service, &mut work, hashes)
        .await
        .or_failure(service)?;
    work.commit().await.or_failure(service)?;
    Ok(accounts())
}

async fn add_everything(
    service: &Service,
    work: &mut Transaction,
    hashes: Vec<String>,
) -> Result<(), StorageError> {
    let now = service.clock.now();
    let organisation_id = add_organisation(
        service,
        work,
        ORGANISATION,
        trainings::TIME_ZONE,
        Language::En,
    )
    .await?;
    let user_types: Vec<_> = work
        .user_types(organisation_id)
        .await?
        .into_iter()
        .map(|t| t.id)
        .collect();
    debug_assert_eq!(user_types.len(), USER_TYPES.len());
    let groups: Vec<NewGroup> = GROUPS
        .iter()
        .map(|name| NewGroup {
            id: service.id(),
            name: (*name).to_owned(),
        })
        .collect();
    work.insert_groups(organisation_id, &groups).await?;

    let mut users: Vec<NewUser> = Vec::new();
    for (account, password_hash) in ACCOUNTS.iter().zip(hashes) {
        users.push(NewUser {
            id: service.id(),
            organisation_id,
            last_name: account.last_name.to_owned(),
            first_name: account.first_name.to_owned(),
            email: Some(account.email.to_owned()),
            mobile: None,
            channel: Channel::Email,
            language: Language::En,
            user_type_id: user_types[COLLABORATOR],
            employee_id: None,
            state: UserState::Active,
            role: account.role,
            password_hash: Some(password_hash),
            at: now,
        });
    }
    let [administrator, authorised, trainer] = [users[0].id, users[1].id, users[2].id];
    let people: Vec<Person> = people::people();
    let ids: Vec<UserId> = people.iter().map(|_| service.id()).collect();
    for (person, id) in people.iter().zip(&ids) {
        users.push(NewUser {
            id: *id,
            organisation_id,
            last_name: person.last_name.clone(),
            first_name: person.first_name.clone(),
            email: person.email.clone(),
            mobile: person.mobile.clone(),
            channel: person.channel,
            language: person.language,
            user_type_id: user_types[person.user_type],
            employee_id: person.employee_id.clone(),
            state: person.state,
            role: Role::Member,
            password_hash: None,
            at: now,
        });
    }
    work.insert_users(organisation_id, &users).await?;
    add_members(work, organisation_id, &groups, &people, &ids).await?;
    let scope: Vec<GroupId> = SCOPE.iter().map(|n| groups[*n].id).collect();
    work.set_scope(organisation_id, authorised, &scope).await?;

    let stage = trainings::Stage {
        service,
        organisation_id,
        administrator,
        trainer,
        ids: &ids,
        people: &people,
    };
    registration::allow(&stage, work).await?;
    trainings::add(&stage, work).await?;
    work.add_history(&NewHistory {
        id: service.id(),
        organisation_id,
        at: now,
        actor_id: None,
        actor_name: "convoke".to_owned(),
        event: "demo.filled",
        training_id: None,
        user_id: None,
        details: serde_json::json!({ "users": users.len() }),
    })
    .await
}

async fn add_members(
    work: &mut Transaction,
    organisation_id: OrganisationId,
    groups: &[NewGroup],
    people: &[Person],
    ids: &[UserId],
) -> Result<(), StorageError> {
    let members: Vec<Membership> = people
        .iter()
        .zip(ids)
        .flat_map(|(person, id)| {
            person.groups.iter().map(|n| Membership {
                group_id: groups[*n].id,
                user_id: *id,
            })
        })
        .collect();
    work.add_members(organisation_id, &members).await
}
