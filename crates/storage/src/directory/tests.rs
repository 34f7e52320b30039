//! The directory's contract, on both databases.

use super::*;
use crate::{Storage, Transaction};
use convoke_domain::{
    Channel, GroupId, Language, OrganisationId, Role, Timestamp, UserId, UserState, UserTypeId,
    id::uuid_v7,
};
use convoke_testkit::{Database, TestDatabase, database};
use rstest::rstest;
use std::sync::atomic::{AtomicU32, Ordering};

fn new_id<T: From<uuid::Uuid>>() -> T {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    let mut random = [0; 10];
    random[6..].copy_from_slice(&n.to_be_bytes());
    uuid_v7(1_700_000_000_000, random).into()
}

/// An organisation with one user type.
struct Ground {
    storage: Storage,
    organisation: OrganisationId,
    user_type: UserTypeId,
    _database: TestDatabase,
}

async fn ground(kind: Database) -> Ground {
    let database = database(kind).await;
    let storage = Storage::open(&database.url).await.unwrap();
    storage.migrate().await.unwrap();
    let mut work = storage.begin().await.unwrap();
    let (organisation, user_type) = add_organisation(&mut work, "Acme").await;
    work.commit().await.unwrap();
    Ground {
        storage,
        organisation,
        user_type,
        _database: database,
    }
}

async fn add_organisation(work: &mut Transaction, name: &str) -> (OrganisationId, UserTypeId) {
    let (organisation, user_type) = (new_id(), new_id());
    work.insert_organisation(&Organisation {
        id: organisation,
        name: name.into(),
        time_zone: "Europe/Paris".into(),
        language: Language::Fr,
        created_at: Timestamp(7),
    })
    .await
    .unwrap();
    work.insert_user_type(organisation, user_type, "Collaborator")
        .await
        .unwrap();
    (organisation, user_type)
}

fn person(ground: &Ground, first_name: &str, last_name: &str) -> NewUser {
    NewUser {
        id: new_id(),
        organisation_id: ground.organisation,
        last_name: last_name.into(),
        first_name: first_name.into(),
        email: None,
        mobile: None,
        channel: Channel::Email,
        language: Language::En,
        user_type_id: ground.user_type,
        employee_id: None,
        state: UserState::Created,
        role: Role::Member,
        password_hash: None,
        at: Timestamp(1_000),
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_organisation_is_what_was_stored(#[case] kind: Database) {
    let ground = ground(kind).await;
    let mut work = ground.storage.read().await.unwrap();
    assert!(work.has_organisation().await.unwrap());
    let found = work
        .organisation(ground.organisation)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (found.name.as_str(), found.language),
        ("Acme", Language::Fr)
    );
    assert_eq!(work.organisations().await.unwrap(), [found]);
    assert_eq!(work.organisation(new_id()).await.unwrap(), None);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_empty_database_says_so(#[case] kind: Database) {
    let database = database(kind).await;
    let storage = Storage::open(&database.url).await.unwrap();
    storage.migrate().await.unwrap();
    assert!(
        !storage
            .read()
            .await
            .unwrap()
            .has_organisation()
            .await
            .unwrap()
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn groups_and_types_are_in_order(#[case] kind: Database) {
    let ground = ground(kind).await;
    let organisation = ground.organisation;
    let mut work = ground.storage.begin().await.unwrap();
    let intern = new_id();
    work.insert_user_type(organisation, intern, "Intern")
        .await
        .unwrap();
    let (lyon, site_b): (GroupId, GroupId) = (new_id(), new_id());
    let group = |id, name: &str| NewGroup {
        id,
        name: name.into(),
    };
    work.insert_groups(
        organisation,
        &[group(site_b, "Site B"), group(lyon, "Élan Lyon")],
    )
    .await
    .unwrap();
    work.insert_groups(organisation, &[group(new_id(), "Site B")])
        .await
        .unwrap();
    let anna = person(&ground, "Anna", "A");
    let bert = NewUser {
        user_type_id: intern,
        ..person(&ground, "Bert", "B")
    };
    let carl = person(&ground, "Carl", "C");
    let dora = NewUser {
        state: UserState::Inactive,
        ..person(&ground, "Dora", "D")
    };
    for user in [&anna, &bert, &carl, &dora] {
        work.insert_user(user).await.unwrap();
    }
    let member = |group_id, user: &NewUser| Membership {
        group_id,
        user_id: user.id,
    };
    let members = [
        member(lyon, &anna),
        member(lyon, &bert),
        member(site_b, &anna),
        member(site_b, &dora),
    ];
    work.add_members(organisation, &members).await.unwrap();
    let again = [member(lyon, &anna), member(site_b, &bert)];
    work.add_members(organisation, &again).await.unwrap();

    // Another organisation sees none of it and is seen by none.
    let (other, other_type) = add_organisation(&mut work, "Other").await;
    let stranger = NewUser {
        organisation_id: other,
        user_type_id: other_type,
        ..person(&ground, "Anna", "A")
    };
    work.insert_user(&stranger).await.unwrap();
    work.add_members(organisation, &[member(lyon, &stranger)])
        .await
        .unwrap();
    assert!(work.memberships(&[stranger.id]).await.unwrap().is_empty());
    assert_eq!(
        work.memberships(&[bert.id, carl.id]).await.unwrap(),
        [member(lyon, &bert), member(site_b, &bert)]
    );
    work.commit().await.unwrap();

    let mut work = ground.storage.read().await.unwrap();
    let labels = |rows: Vec<Label<GroupId>>| -> Vec<String> {
        rows.into_iter().map(|group| group.name).collect()
    };
    assert_eq!(
        labels(work.groups(organisation, None).await.unwrap()),
        ["Élan Lyon", "Site B"]
    );
    assert_eq!(
        labels(work.groups(organisation, Some(&[site_b])).await.unwrap()),
        ["Site B"]
    );
    assert!(
        work.groups(organisation, Some(&[]))
            .await
            .unwrap()
            .is_empty()
    );
    let types = work.user_types(organisation).await.unwrap();
    assert_eq!(
        types.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(),
        ["Collaborator", "Intern"]
    );
    let mut members = work.members(lyon).await.unwrap();
    members.sort_unstable();
    assert_eq!(members, [anna.id, bert.id]);
    let of = work.group_names(&[anna.id, carl.id]).await.unwrap();
    assert_eq!(of[&anna.id], ["Élan Lyon", "Site B"]);
    assert!(!of.contains_key(&carl.id));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_administrator_is_made_and_addresses_have_one_owner(#[case] kind: Database) {
    let ground = ground(kind).await;
    let organisation = ground.organisation;
    let mut work = ground.storage.begin().await.unwrap();
    let (other, other_type) = add_organisation(&mut work, "Other").await;
    let nadia = NewUser {
        email: Some("Nadia@example.org".into()),
        mobile: Some("+33639980001".into()),
        ..person(&ground, "Nadia", "Roux")
    };
    let elsewhere = NewUser {
        id: new_id(),
        organisation_id: other,
        user_type_id: other_type,
        ..nadia.clone()
    };
    work.insert_user(&nadia).await.unwrap();
    work.insert_user(&elsewhere).await.unwrap();
    let group = |name: &str| NewGroup {
        id: new_id(),
        name: name.into(),
    };
    let (own, foreign) = (group("Lyon"), group("Lyon"));
    work.insert_groups(organisation, std::slice::from_ref(&own))
        .await
        .unwrap();
    work.insert_groups(other, std::slice::from_ref(&foreign))
        .await
        .unwrap();
    work.set_scope(organisation, nadia.id, &[own.id, foreign.id])
        .await
        .unwrap();
    work.set_password(organisation, nadia.id, "$argon2id$…", Timestamp(5))
        .await
        .unwrap();
    work.set_role(organisation, nadia.id, Role::Administrator)
        .await
        .unwrap();
    work.set_language(organisation, nadia.id, Language::Fr, Timestamp(5))
        .await
        .unwrap();
    // Through the wrong organisation nothing changes.
    work.set_role(organisation, elsewhere.id, Role::Authorised)
        .await
        .unwrap();
    work.set_password(organisation, elsewhere.id, "x", Timestamp(5))
        .await
        .unwrap();
    work.commit().await.unwrap();

    let twin = NewUser {
        id: new_id(),
        email: Some("nadia@EXAMPLE.org".into()),
        mobile: None,
        ..nadia.clone()
    };
    let mut work = ground.storage.begin().await.unwrap();
    let refused = work.insert_user(&twin).await.unwrap_err();
    assert!(
        refused.is_unique_violation(),
        "an address has one owner, however it is written"
    );
    drop(work);

    let mut work = ground.storage.read().await.unwrap();
    assert_eq!(work.scope(organisation, nadia.id).await.unwrap(), [own.id]);
    for identifier in ["nadia@example.org", "+33639980001"] {
        let found = work.users_by_identifier(identifier).await.unwrap();
        let hashes: Vec<_> = found
            .iter()
            .map(|u| (u.id, u.password_hash.as_deref(), u.language))
            .collect();
        assert_eq!(
            hashes,
            [
                (nadia.id, Some("$argon2id$…"), Language::Fr),
                (elsewhere.id, None, Language::En),
            ],
            "in every organisation"
        );
    }
    let nobody = work.users_by_identifier("Nadia@example.org").await.unwrap();
    assert!(nobody.is_empty(), "keys are in lower case");
    assert_eq!(work.user(other, nadia.id).await.unwrap(), None);
    let found = work.user(organisation, nadia.id).await.unwrap().unwrap();
    assert_eq!(found.user_type, "Collaborator");
    assert_eq!(
        (found.role, found.state),
        (Role::Administrator, UserState::Active)
    );
    let found = work.user(other, elsewhere.id).await.unwrap().unwrap();
    assert_eq!(
        (found.role, found.state),
        (Role::Member, UserState::Created)
    );
    assert_eq!(
        work.groups(other, None).await.unwrap(),
        [Label {
            id: foreign.id,
            name: "Lyon".into()
        }]
    );
    assert_eq!(
        work.user_types(other).await.unwrap(),
        [Label {
            id: other_type,
            name: "Collaborator".into()
        }]
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn many_users_at_once(#[case] kind: Database) {
    let ground = ground(kind).await;
    let organisation = ground.organisation;
    let people: Vec<NewUser> = (0..1_500)
        .map(|n| NewUser {
            email: (n % 3 != 0).then(|| format!("P{n}@example.org")),
            mobile: (n % 3 != 1).then(|| format!("+3363998{n:04}")),
            employee_id: (n % 2 == 0).then(|| format!("E{n}")),
            ..person(&ground, &format!("First \"{n}\" \\"), "L'Été\n")
        })
        .collect();
    let mut work = ground.storage.begin().await.unwrap();
    work.insert_users(organisation, &people).await.unwrap();
    work.insert_users(organisation, &[]).await.unwrap();
    let keys = UserKeys {
        employee_ids: vec!["E0".into(), "E2".into(), "e4".into()],
        email_keys: vec!["p2@example.org".into(), "p7@example.org".into()],
        mobiles: vec!["+33639980009".into()],
    };
    let mut found = work.users_by_keys(organisation, &keys).await.unwrap();
    found.sort_by_key(|u| u.id);
    let expected: Vec<UserId> = [0, 2, 7, 9].iter().map(|n| people[*n].id).collect();
    assert_eq!(found.iter().map(|u| u.id).collect::<Vec<_>>(), expected);
    assert_eq!(found[0].first_name, "First \"0\" \\");
    assert_eq!(found[0].last_name, "L'Été\n");
    assert_eq!(found[0].email, None);
    assert!(
        work.users_by_keys(organisation, &UserKeys::default())
            .await
            .unwrap()
            .is_empty()
    );

    for user in &mut found {
        user.last_name = "Öztürk".into();
        user.email = user.email.as_ref().map(|e| format!("new.{e}"));
    }
    let changes: Vec<UserChange<'_>> = found
        .iter()
        .map(|user| UserChange {
            user,
            at: Timestamp(9_000),
        })
        .collect();
    work.update_users(organisation, &changes).await.unwrap();
    work.commit().await.unwrap();

    let mut work = ground.storage.read().await.unwrap();
    let all: Vec<UserId> = people.iter().map(|person| person.id).collect();
    let found = work.directory_people(organisation, &all).await.unwrap();
    let renamed = found.iter().filter(|p| p.search_text.contains("oeztuerk"));
    assert_eq!(renamed.count(), 4);
    let keys = UserKeys {
        email_keys: vec!["new.p7@example.org".into()],
        ..UserKeys::default()
    };
    let moved = work.users_by_keys(organisation, &keys).await.unwrap();
    assert_eq!(moved[0].id, people[7].id);
    assert_eq!(found.len(), 1_500);
}

/// The version of a directory grows with every change of its people, in the transaction of the change; the changes name them.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_directory_knows_who_changed(#[case] kind: Database) {
    let ground = ground(kind).await;
    let organisation = ground.organisation;
    let begin = async || ground.storage.begin().await.unwrap();
    let changes = async |since: i64| {
        let mut work = ground.storage.read().await.unwrap();
        let version = work.directory_version(organisation).await.unwrap();
        let who = work.directory_changes(organisation, since, version).await;
        (version, who.unwrap())
    };
    assert_eq!(changes(0).await, (0, Some(Vec::new())));

    let (anna, bert) = (person(&ground, "Anna", "A"), person(&ground, "Bert", "B"));
    let mut work = begin().await;
    work.insert_user(&anna).await.unwrap();
    work.insert_users(organisation, std::slice::from_ref(&bert))
        .await
        .unwrap();
    work.commit().await.unwrap();
    assert_eq!(changes(0).await, (1, Some(vec![anna.id, bert.id])));
    assert_eq!(changes(1).await, (1, Some(Vec::new())));

    let mut work = begin().await;
    work.insert_user(&person(&ground, "Carl", "C"))
        .await
        .unwrap();
    drop(work);
    assert_eq!(changes(0).await.0, 1, "undone");

    let group = new_id();
    let mut work = begin().await;
    let crew = NewGroup {
        id: group,
        name: "Crew".into(),
    };
    work.insert_groups(organisation, &[crew]).await.unwrap();
    let member = Membership {
        group_id: group,
        user_id: bert.id,
    };
    work.add_members(organisation, &[member]).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(changes(1).await, (2, Some(vec![bert.id])));

    let mut work = begin().await;
    work.set_password(organisation, anna.id, "x", Timestamp(2_000))
        .await
        .unwrap();
    work.commit().await.unwrap();
    let mut work = begin().await;
    let user = work.user(organisation, bert.id).await.unwrap().unwrap();
    let change = UserChange {
        user: &user,
        at: Timestamp(3_000),
    };
    work.update_users(organisation, &[change]).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(changes(1).await, (4, Some(vec![anna.id, bert.id])));

    // More than are worth naming: whoever holds the directory reads it again.
    let many: Vec<NewUser> = (0..50_001)
        .map(|_| person(&ground, "Many", "Many"))
        .collect();
    let mut work = begin().await;
    for some in many.chunks(5_000) {
        work.insert_users(organisation, some).await.unwrap();
    }
    work.commit().await.unwrap();
    assert_eq!(changes(4).await, (5, None));
    assert_eq!(changes(3).await, (5, None));
    assert_eq!(changes(5).await, (5, Some(Vec::new())));

    // Everybody comes once, by name, in chunks.
    let mut work = ground.storage.read().await.unwrap();
    let mut all = Vec::new();
    let mut chunks = 0;
    loop {
        let chunk = work
            .directory_chunk(organisation, all.last())
            .await
            .unwrap();
        chunks += 1;
        all.extend(chunk.people);
        if chunk.last {
            break;
        }
    }
    assert_eq!((chunks, all.len()), (3, 50_003));
    assert!(all.is_sorted_by(|a, b| (&a.sort_key, a.id) < (&b.sort_key, b.id)));
}
