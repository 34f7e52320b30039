//! The directory's contract, on both databases.

use super::*;
use crate::{Storage, Transaction};
use convoke_domain::fold::{Query, search_text};
use convoke_domain::selection::Filter;
use convoke_domain::view::Range;
use convoke_domain::{
    Channel, GroupId, Language, OrganisationId, Role, Timestamp, UserId, UserState, UserTypeId,
    id::uuid_v7,
};
use convoke_testkit::{Database, TestDatabase, database};
use rstest::rstest;
use std::sync::atomic::{AtomicU32, Ordering};

/// A filter, a scope, and who is found.
type Case<'a> = (Filter, Option<&'a [GroupId]>, &'a [&'a str]);

fn new_id<T: From<uuid::Uuid>>() -> T {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    let mut random = [0; 10];
    random[..4].copy_from_slice(&n.to_be_bytes());
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

fn text(text: &str) -> Filter {
    Filter {
        text: text.into(),
        ..Filter::default()
    }
}

const ALL: Range = Range::new(0, 200);

fn names(users: &[User]) -> Vec<String> {
    users
        .iter()
        .map(|u| format!("{} {}", u.first_name, u.last_name))
        .collect()
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

/// Both databases find whom the reference finds, in the same order.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn search_finds_what_the_reference_finds(#[case] kind: Database) {
    let ground = ground(kind).await;
    let people: Vec<NewUser> = [
        ("Anna", "Müller", "anna.mueller@example.org", ""),
        ("Jan", "Mueller", "j.m@example.org", "E-0042"),
        ("Bob", "Muller", "bob@example.org", ""),
        ("Ana", "Muñoz", "ana@example.org", ""),
        ("Seán", "O’Neill", "sean@example.org", ""),
        ("Liam", "O'Connor", "liam@example.org", ""),
        ("Elif", "Öztürk", "elif@example.org", "100%"),
        ("Elif", "Yılmaz", "yilmaz_e@example.org", ""),
        ("İbrahim", "Şahin", "ibrahim@example.org", ""),
        ("Jean-Pierre", "de la Cruz", "jp@example.org", ""),
        ("Łukasz", "Groß", "lukasz@example.org", ""),
        ("محمد", "الأحمد", "m.ahmad@example.org", ""),
        ("Ελένη", "Παπαδοπούλου", "eleni@example.org", ""),
        ("Олександр", "Шевченко", "oleksandr@example.org", ""),
        ("花子", "山田", "hanako@example.org", ""),
        ("Nguyễn", "Thị Hương", "huong@example.org", ""),
        ("Søren", "Ærø", "soren@example.org", "Z_1"),
    ]
    .into_iter()
    .map(|(first, last, email, employee)| NewUser {
        email: Some(email.into()),
        employee_id: (!employee.is_empty()).then(|| employee.into()),
        ..person(&ground, first, last)
    })
    .collect();
    let mut work = ground.storage.begin().await.unwrap();
    work.insert_users(ground.organisation, &people)
        .await
        .unwrap();
    work.commit().await.unwrap();

    let mut work = ground.storage.read().await.unwrap();
    for query in [
        "",
        "mull",
        "mueller",
        "MÜLLER anna",
        "anna mul",
        "mue",
        "oneill",
        "o'neill",
        "O’NEILL",
        "ozturk",
        "oeztuerk",
        "öztürk elif",
        "yilmaz",
        "YILMAZ",
        "ibrahim",
        "İBRAHİM",
        "sahin",
        "jeanpierre",
        "jean-pierre cruz",
        "cruz de la",
        "lukasz gross",
        "groß",
        "محمد",
        "ΠΑΠΑΔ",
        "шевченко",
        "ШЕВ",
        "山田",
        "huong nguyen",
        "soren aero",
        "aro",
        "e-0042",
        "0042",
        "100%",
        "%",
        "_",
        "z_1",
        "example.org anna",
        "mull bob",
        "annamull",
        "nobody",
    ] {
        let asked = Query::parse(query);
        let mut expected: Vec<&NewUser> = people
            .iter()
            .filter(|p| {
                asked.matches(&search_text(
                    &p.last_name,
                    &p.first_name,
                    p.email.as_deref(),
                    p.employee_id.as_deref(),
                ))
            })
            .collect();
        expected.sort_by_key(|p| {
            (
                convoke_domain::fold::sort_key(&p.last_name, &p.first_name),
                p.id,
            )
        });
        let found = work
            .list_users(ground.organisation, &text(query), None, ALL)
            .await
            .unwrap();
        let ids: Vec<UserId> = found.iter().map(|u| u.id).collect();
        let wanted: Vec<UserId> = expected.iter().map(|u| u.id).collect();
        assert_eq!(ids, wanted, "{query:?} found {:?}", names(&found));
        let count = work
            .count_users(ground.organisation, &text(query), None)
            .await
            .unwrap();
        assert_eq!(count as usize, wanted.len(), "{query:?}");
    }
    let found = work
        .list_users(ground.organisation, &text("mueller"), None, ALL)
        .await
        .unwrap();
    assert_eq!(names(&found), ["Jan Mueller", "Anna Müller", "Bob Muller"]);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn groups_types_and_scope_narrow_the_list(#[case] kind: Database) {
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
    let filter = |groups: &[GroupId], types: &[UserTypeId]| Filter {
        text: String::new(),
        groups: groups.to_vec(),
        user_types: types.to_vec(),
    };
    let cases: [Case<'_>; 8] = [
        (
            filter(&[], &[]),
            None,
            &["Anna A", "Bert B", "Carl C", "Dora D"],
        ),
        (filter(&[lyon], &[]), None, &["Anna A", "Bert B"]),
        (
            filter(&[lyon, site_b], &[]),
            None,
            &["Anna A", "Bert B", "Dora D"],
        ),
        (filter(&[lyon], &[intern]), None, &["Bert B"]),
        (filter(&[], &[ground.user_type]), Some(&[lyon]), &["Anna A"]),
        (filter(&[site_b], &[]), Some(&[lyon]), &["Anna A", "Bert B"]),
        (filter(&[], &[]), Some(&[]), &[]),
        (filter(&[], &[other_type]), None, &[]),
    ];
    for (filter, scope, expected) in cases {
        let found = work
            .list_users(organisation, &filter, scope, ALL)
            .await
            .unwrap();
        assert_eq!(names(&found), expected, "{filter:?} {scope:?}");
        let count = work
            .count_users(organisation, &filter, scope)
            .await
            .unwrap();
        assert_eq!(count as usize, expected.len(), "{filter:?} {scope:?}");
    }
    let window = work
        .list_users(organisation, &Filter::default(), None, Range::new(1, 2))
        .await
        .unwrap();
    assert_eq!(names(&window), ["Bert B", "Carl C"]);

    let groups = |rows: Vec<GroupRow>| -> Vec<(String, u32)> {
        rows.into_iter().map(|g| (g.name, g.users)).collect()
    };
    assert_eq!(
        groups(work.groups(organisation, None).await.unwrap()),
        [("Élan Lyon".to_owned(), 2), ("Site B".to_owned(), 2)]
    );
    assert_eq!(
        groups(work.groups(organisation, Some(&[lyon])).await.unwrap()),
        [("Élan Lyon".to_owned(), 2)]
    );
    let types = |rows: Vec<UserTypeRow>| -> Vec<(String, u32)> {
        rows.into_iter().map(|t| (t.name, t.users)).collect()
    };
    assert_eq!(
        types(work.user_types(organisation, None).await.unwrap()),
        [("Collaborator".to_owned(), 2), ("Intern".to_owned(), 1)]
    );
    assert_eq!(
        types(work.user_types(organisation, Some(&[lyon])).await.unwrap()),
        [("Collaborator".to_owned(), 1), ("Intern".to_owned(), 1)]
    );
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
    work.set_role(organisation, nadia.id, Role::Administrator, Timestamp(5))
        .await
        .unwrap();
    work.set_language(organisation, nadia.id, Language::Fr, Timestamp(5))
        .await
        .unwrap();
    // Through the wrong organisation nothing changes.
    work.set_role(organisation, elsewhere.id, Role::Authorised, Timestamp(5))
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
        work.group_labels(other).await.unwrap(),
        [Label {
            id: foreign.id,
            name: "Lyon".into()
        }]
    );
    assert_eq!(
        work.user_type_labels(other).await.unwrap(),
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
    let renamed = work
        .list_users(organisation, &text("oeztuerk"), None, ALL)
        .await
        .unwrap();
    assert_eq!(renamed.len(), 4);
    let keys = UserKeys {
        email_keys: vec!["new.p7@example.org".into()],
        ..UserKeys::default()
    };
    let moved = work.users_by_keys(organisation, &keys).await.unwrap();
    assert_eq!(moved[0].id, people[7].id);
    assert_eq!(
        work.count_users(organisation, &Filter::default(), None)
            .await
            .unwrap(),
        1_500
    );
}
