//! The people of the directory, on both databases.

mod world;

use convoke_domain::fold::{Query, search_text, sort_key};
use convoke_domain::selection::{Change, Filter, Past};
use convoke_domain::view::{FilterChoices, PersonRow, Range, Window};
use convoke_domain::{
    Actor, ConfirmedBy, FieldError, GroupId, InvitationId, InvitationState, Refusal, Role,
    Timestamp, TrainingId, UserId, UserState, UserTypeId,
};
use convoke_service::export::{self, FileFormat};
use convoke_service::people::import::ImportFile;
use convoke_service::{people, trainings};
use convoke_storage::directory::NewUser;
use convoke_storage::invitations::InvitationFacts;
use convoke_storage::presence::NewPresence;
use convoke_testkit::Database;
use rstest::rstest;
use world::World;

fn text(text: &str) -> Filter {
    Filter {
        text: text.to_owned(),
        ..Filter::default()
    }
}

const ALL: Range = Range::new(0, 200);

async fn list(world: &World, actor: &Actor, filter: &Filter) -> Window<PersonRow> {
    people::list(&world.service, actor, filter, ALL)
        .await
        .unwrap()
}

/// Whom the reference finds is found, in the order of the names, whatever the script.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn search_finds_what_the_reference_finds(#[case] kind: Database) {
    let world = World::new(kind).await;
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
        ..world.member(first, last)
    })
    .collect();
    let mut work = world.service.storage.begin().await.unwrap();
    work.insert_users(world.admin.organisation_id, &people)
        .await
        .unwrap();
    work.commit().await.unwrap();
    // The administrator is in the directory too.
    let admin = list(&world, &world.admin, &text("roux")).await;
    let admin = admin.rows[0].user_id;

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
        expected.sort_by_key(|p| (sort_key(&p.last_name, &p.first_name), p.id));
        let found = list(&world, &world.admin, &text(query)).await;
        let found = found
            .rows
            .into_iter()
            .filter(|row| row.user_id != admin && !row.similar);
        let found: Vec<UserId> = found.map(|row| row.user_id).collect();
        let wanted: Vec<UserId> = expected.iter().map(|user| user.id).collect();
        assert_eq!(found, wanted, "{query:?}");
    }
}

/// A filter, a scope, and who is found.
type Case<'a> = (Filter, Option<&'a [GroupId]>, &'a [&'a str]);

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn groups_types_and_scope_narrow_the_list(#[case] kind: Database) {
    let world = World::new(kind).await;
    let organisation = world.admin.organisation_id;
    let intern: UserTypeId = world.service.id();
    let anna = world.member("Anna", "A");
    let bert = NewUser {
        user_type_id: intern,
        ..world.member("Bert", "B")
    };
    let carl = world.member("Carl", "C");
    let dora = NewUser {
        state: UserState::Inactive,
        ..world.member("Dora", "D")
    };
    let mut work = world.service.storage.begin().await.unwrap();
    work.insert_user_type(organisation, intern, "Intern")
        .await
        .unwrap();
    for user in [&anna, &bert, &carl, &dora] {
        work.insert_user(user).await.unwrap();
    }
    work.commit().await.unwrap();
    let lyon = world.group("Élan Lyon", &[anna.id, bert.id]).await;
    let site_b = world.group("Site B", &[anna.id, dora.id, bert.id]).await;

    // Another organisation sees none of it and is seen by none.
    let (stranger, other_type) = world::organisation(&world.service, "Other").await;
    assert_eq!(list(&world, &stranger, &Filter::default()).await.total, 1);
    assert_eq!(list(&world, &stranger, &text("anna")).await.total, 0);

    let authorised = |scope: &[GroupId]| Actor {
        role: Role::Authorised,
        scope: scope.to_vec(),
        ..world.admin.clone()
    };
    let filter = |groups: &[GroupId], types: &[UserTypeId]| Filter {
        text: String::new(),
        groups: groups.to_vec(),
        user_types: types.to_vec(),
        ..Filter::default()
    };
    let cases: [Case<'_>; 8] = [
        (filter(&[], &[]), None, &["A", "B", "C", "D", "Roux"]),
        (filter(&[lyon], &[]), None, &["A", "B"]),
        (filter(&[lyon, site_b], &[]), None, &["A", "B", "D"]),
        (filter(&[lyon], &[intern]), None, &["B"]),
        (filter(&[], &[world.user_type]), Some(&[lyon]), &["A"]),
        (filter(&[site_b], &[]), Some(&[lyon]), &["A", "B"]),
        (filter(&[], &[]), Some(&[]), &[]),
        (filter(&[], &[other_type]), None, &[]),
    ];
    for (filter, scope, expected) in cases {
        let actor = scope.map_or_else(|| world.admin.clone(), authorised);
        let found = list(&world, &actor, &filter).await;
        let names: Vec<&str> = found
            .rows
            .iter()
            .map(|row| row.last_name.as_str())
            .collect();
        assert_eq!(names, expected, "{filter:?} {scope:?}");
        assert_eq!(found.total as usize, expected.len(), "{filter:?} {scope:?}");
    }
    let window = people::list(
        &world.service,
        &world.admin,
        &Filter::default(),
        Range::new(1, 2),
    )
    .await
    .unwrap();
    assert_eq!(
        window
            .rows
            .iter()
            .map(|row| row.last_name.as_str())
            .collect::<Vec<_>>(),
        ["B", "C"]
    );

    let choices = async |actor: &Actor| people::choices(&world.service, actor).await.unwrap();
    let counted = |choices: FilterChoices| -> Vec<(String, u32)> {
        let groups = choices.groups.into_iter().map(|g| (g.name, g.users));
        groups
            .chain(choices.user_types.into_iter().map(|t| (t.name, t.users)))
            .collect()
    };
    let named = |rows: &[(&str, u32)]| {
        rows.iter()
            .map(|(name, n)| ((*name).to_owned(), *n))
            .collect::<Vec<_>>()
    };
    // Those who are deactivated are not counted: nobody can choose them.
    assert_eq!(
        counted(choices(&world.admin).await),
        named(&[
            ("Élan Lyon", 2),
            ("Site B", 2),
            ("Collaborator", 2),
            ("Intern", 1)
        ])
    );
    assert_eq!(
        counted(choices(&authorised(&[lyon])).await),
        named(&[("Élan Lyon", 2), ("Collaborator", 1), ("Intern", 1)])
    );
    let nobody = Actor {
        role: Role::Member,
        ..world.admin.clone()
    };
    let refused = people::list(&world.service, &nobody, &Filter::default(), ALL).await;
    assert_eq!(refused.unwrap_err(), Refusal::NotAllowed);
    let refused = people::choices(&world.service, &nobody).await;
    assert_eq!(refused.unwrap_err(), Refusal::NotAllowed);
}

const DAY: i64 = 24 * 3600 * 1000;

/// Not invited since, took the training, same people as in the training.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_people_have_behind_them_narrows_the_list(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    let organisation = world.admin.organisation_id;
    let people = world.people(4).await;
    let before = trainings::save(service, &world.admin, None, &world::form("First Aid"))
        .await
        .unwrap();
    let at = |days: i64| Timestamp(world::NOW - days * DAY);
    // A message ten days ago; a place taken five days ago; chosen, and not written to.
    let facts = |user: usize, state, sent: Option<i64>, answered: Option<i64>| InvitationFacts {
        id: service.id(),
        organisation_id: organisation,
        training_id: before,
        user_id: people[user],
        state,
        confirmed_by: (state == InvitationState::Confirmed).then_some(ConfirmedBy::Registration),
        confirmed_by_user: None,
        chosen_by: None,
        chosen_at: at(40),
        sent_count: u32::from(sent.is_some()),
        last_sent_at: sent.map(at),
        answered_at: answered.map(at),
        problem: None,
    };
    let invitations = [
        facts(0, InvitationState::Declined, Some(10), Some(9)),
        facts(1, InvitationState::Confirmed, None, Some(5)),
        facts(2, InvitationState::ToSend, None, None),
    ];
    let ids: Vec<InvitationId> = invitations.iter().map(|facts| facts.id).collect();
    let mut tx = service.storage.begin().await.unwrap();
    for facts in &invitations {
        tx.insert_invitation(facts).await.unwrap();
    }
    tx.commit().await.unwrap();

    let found = async |past: Past| {
        let filter = Filter {
            past,
            ..text("person")
        };
        let rows = list(&world, &world.admin, &filter).await.rows;
        let query = world.query(world.version().await, filter, &[]);
        let panel = convoke_service::selection::view(service, &world.admin, &query)
            .await
            .unwrap();
        let left: Vec<UserId> = panel
            .users
            .unwrap()
            .rows
            .iter()
            .map(|row| row.user_id)
            .collect();
        let listed: Vec<UserId> = rows.iter().map(|row| row.user_id).collect();
        assert_eq!(left, listed);
        let number = |id: &UserId| people.iter().position(|other| other == id).unwrap();
        listed.iter().map(number).collect::<Vec<_>>()
    };
    let since = |day: &str| Past {
        not_invited_since: Some(day.to_owned()),
        ..Past::default()
    };
    let took = |training: TrainingId| Past {
        took: Some(training),
        ..Past::default()
    };
    let same_as = |training: TrainingId| Past {
        same_as: Some(training),
        ..Past::default()
    };
    // It is 22 November.
    assert_eq!(found(since("2026-11-01")).await, [2, 3]);
    assert_eq!(found(since("2026-11-14")).await, [0, 2, 3]);
    assert_eq!(found(since("2026-11-22")).await, [0, 1, 2, 3]);
    assert_eq!(found(same_as(before)).await, [1, 2]);
    assert_eq!(
        found(took(before)).await,
        [1],
        "nobody was marked: who confirmed"
    );
    let both = Past {
        same_as: Some(before),
        ..since("2026-11-01")
    };
    assert_eq!(found(both.clone()).await, [2]);

    let mut tx = service.storage.begin().await.unwrap();
    let invitation = tx
        .invitation(organisation, ids[0], None)
        .await
        .unwrap()
        .unwrap();
    let marked = NewPresence {
        invitation: &invitation,
        half_day: &"2026-12-09-morning".parse().unwrap(),
        state: convoke_domain::Attendance::Present,
        at: at(0),
        marked_by: None,
    };
    tx.set_attendance(marked).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(found(took(before)).await, [0], "who was there");

    // What is nobody's is behind nobody: another organisation's training, and one that there is not.
    let (stranger, _) = world::organisation(service, "Other").await;
    let theirs = trainings::save(service, &stranger, None, &world::form("Theirs"))
        .await
        .unwrap();
    for training in [theirs, service.id()] {
        assert!(found(took(training)).await.is_empty());
        assert!(found(same_as(training)).await.is_empty());
    }
    let names = |choices: FilterChoices| {
        choices
            .trainings
            .into_iter()
            .map(|t| t.name)
            .collect::<Vec<_>>()
    };
    let choices = names(people::choices(service, &world.admin).await.unwrap());
    assert!(
        choices
            .iter()
            .any(|name| name.starts_with("First Aid · 9 December 2026")),
        "{choices:?}"
    );
    assert!(!choices.iter().any(|name| name.starts_with("Theirs")));

    let broken = Filter {
        past: since("2026-02-30"),
        ..Filter::default()
    };
    let refused = people::list(service, &world.admin, &broken, ALL).await;
    assert_eq!(
        refused.unwrap_err(),
        Refusal::Invalid(vec![FieldError::new("not_invited_since", "error-day")])
    );

    // *Validate* adds whom the panel showed.
    let filter = Filter {
        past: both,
        ..Filter::default()
    };
    let outcome = world.validate(&[Change::AddAll(filter)]).await;
    assert_eq!(outcome.added, 1);
}

/// What is exported can be imported again: nothing changes by it.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_export_is_an_import(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let anna = NewUser {
        email: Some("anna@acme.test".to_owned()),
        mobile: Some("+33639980001".to_owned()),
        employee_id: Some("=1+1".to_owned()),
        ..world.member("Anna", "Müller, \"the\" O’Neill")
    };
    let bert = NewUser {
        email: Some("bert@acme.test".to_owned()),
        state: UserState::Inactive,
        ..world.member("Bert", "Zed")
    };
    let mut work = service.storage.begin().await.unwrap();
    work.insert_users(admin.organisation_id, &[anna.clone(), bert.clone()])
        .await
        .unwrap();
    work.commit().await.unwrap();
    world.group("Crew", &[anna.id]).await;
    world.group("Boat", &[anna.id]).await;
    let filter = text("acme.test");
    let csv = export::people(service, admin, &filter, FileFormat::Csv)
        .await
        .unwrap();
    assert_eq!(csv.name, "People 2026-11-22.csv");
    let written = String::from_utf8(csv.bytes.clone()).unwrap();
    let lines: Vec<&str> = written.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines[0],
        "last_name,first_name,email,mobile,channel,language,type,employee_id,groups,state,opted_out"
    );
    assert!(
        lines[1].starts_with("\"Müller, \"\"the\"\" O’Neill\",Anna,anna@acme.test"),
        "{}",
        lines[1]
    );
    assert!(lines[1].contains("Boat; Crew"), "{}", lines[1]);
    assert_eq!(lines.len(), 4, "the administrator is one of them");

    let xlsx = export::people(service, admin, &filter, FileFormat::Xlsx)
        .await
        .unwrap();
    for (name, bytes) in [("people.csv", csv.bytes), ("people.xlsx", xlsx.bytes)] {
        let file = ImportFile::of(bytes);
        let report = people::import(service, admin, name, file, |_| {})
            .await
            .unwrap();
        let counts = &report.counts;
        assert_eq!(
            (counts.created, counts.updated, counts.bad_lines),
            (0, 0, 0),
            "{name}: {report:?}"
        );
        assert_eq!(counts.unchanged, 3, "{name}");
    }

    let crew = Actor {
        role: Role::Authorised,
        scope: Vec::new(),
        ..admin.clone()
    };
    let nothing = export::people(service, &crew, &Filter::default(), FileFormat::Csv)
        .await
        .unwrap();
    assert_eq!(String::from_utf8(nothing.bytes).unwrap().lines().count(), 1);
}
