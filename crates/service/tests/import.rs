//! Import of users: what the directory holds afterwards, on both databases.

mod world;

use convoke_domain::selection::Filter;
use convoke_domain::view::{MessageFilter, PersonRow, Range};
use convoke_domain::{Channel, Fate, Refusal, Role};
use convoke_service::people::import::{BadLine, ImportFile, ImportReport, Reason};
use convoke_service::people::{self, NewAdministrator};
use convoke_service::{Outcome, demo, messages, session};
use convoke_testkit::Database;
use rstest::rstest;
use world::World;

async fn import(world: &World, file: &str) -> Outcome<ImportReport> {
    let file = ImportFile::of(file.as_bytes().to_vec());
    people::import(&world.service, &world.admin, "people.csv", file, |_| {}).await
}

async fn find(world: &World, text: &str) -> Vec<PersonRow> {
    let filter = Filter {
        text: text.to_owned(),
        ..Filter::default()
    };
    people::list(&world.service, &world.admin, &filter, Range::new(0, 200))
        .await
        .unwrap()
        .rows
}

fn counts(report: &ImportReport) -> [u64; 5] {
    let counts = &report.counts;
    [
        counts.lines,
        counts.created,
        counts.updated,
        counts.unchanged,
        counts.bad_lines,
    ]
}

fn bad(line: u64, reason: Reason) -> BadLine {
    BadLine { line, reason }
}

const FILE: &str = "\
last_name,first_name,email,mobile,channel,language,type,employee_id,groups,shoe size\r\n\
Müller,Anna,Anna.Mueller@example.org,06 39 98 00 01,sms,fr,collaborator,E-1,Plant Lyon;Site B,42\r\n\
O’Neill,Seán,,+33 6 39 98 00 02,,en,Contractor,,plant lyon,\r\n\
Öztürk,Elif,elif@example.org\r\n\
,Nobody,nobody@example.org\r\n\
Nowhere,Nora,,\r\n\
Wrong,Wanda,wanda,,,,,,,\r\n\
\"Open,Olga,olga@example.org\r\n\
\"Quoted, \"\"Q\"\"\",Quinn,quinn@example.org,,pigeon\r\n\
Last,Lena,lena@example.org,,EMAIL,EN,Intern,E-9,\r\n";

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn good_lines_are_kept_and_bad_ones_are_told(#[case] kind: Database) {
    let world = World::new(kind).await;
    let report = import(&world, FILE).await.unwrap();
    assert_eq!(counts(&report), [9, 4, 0, 0, 5]);
    assert_eq!(
        report.bad,
        [
            bad(5, Reason::NoLastName),
            bad(6, Reason::NoAddress),
            bad(7, Reason::BadEmail("wanda".into())),
            bad(8, Reason::OpenQuote),
            bad(9, Reason::UnknownChannel("pigeon".into())),
        ]
    );
    assert_eq!(report.unknown_columns, ["shoe size"]);
    assert_eq!(report.counts.new_groups, ["Plant Lyon", "Site B"]);
    assert_eq!(report.counts.new_user_types, ["Contractor", "Intern"]);

    let anna = &find(&world, "mueller anna").await[0];
    assert_eq!(anna.email.as_deref(), Some("Anna.Mueller@example.org"));
    assert_eq!(anna.mobile.as_deref(), Some("+33639980001"));
    assert_eq!(anna.user_type, "Collaborator");
    assert_eq!(anna.groups, "Plant Lyon, Site B");
    assert_eq!(anna.employee_id.as_deref(), Some("E-1"));
    let sean = &find(&world, "oneill").await[0];
    assert_eq!(
        (sean.groups.as_str(), sean.user_type.as_str()),
        ("Plant Lyon", "Contractor")
    );
    assert_eq!(
        sean.route,
        convoke_domain::person::Route::Preferred(convoke_domain::Channel::Sms)
    );

    // The same file again says nothing new.
    let report = import(&world, FILE).await.unwrap();
    assert_eq!(counts(&report), [9, 0, 0, 4, 5]);
    assert!(report.counts.new_groups.is_empty() && report.counts.new_user_types.is_empty());
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn each_key_updates_and_two_people_are_refused(#[case] kind: Database) {
    let world = World::new(kind).await;
    import(&world, FILE).await.unwrap();
    let report = import(
        &world,
        "employee_id;first_name;last_name;email;mobile;groups\n\
         E-1;Anna Maria;Müller;am@example.org;;Night\n\
         ;Elif;Yılmaz;ELIF@example.org;;\n\
         ;Sean;O’Neill;;0639980002;\n\
         E-1;Two;People;lena@example.org;;\n\
         ;Lena;Twice;Lena@Example.org;0639980009;\n\
         E-9;Lena;Thrice;;0639980009;\n\
         ;New;Anna;anna.mueller@example.org;;\n",
    )
    .await
    .unwrap();
    assert_eq!(counts(&report), [7, 1, 5, 0, 1]);
    assert_eq!(report.bad, [bad(5, Reason::TwoPeople)]);
    let anna = &find(&world, "anna maria").await[0];
    assert_eq!(anna.email.as_deref(), Some("am@example.org"));
    assert_eq!(
        anna.mobile.as_deref(),
        Some("+33639980001"),
        "an empty cell leaves it"
    );
    assert_eq!(anna.groups, "Night, Plant Lyon, Site B");
    assert_eq!(find(&world, "elif").await[0].last_name, "Yılmaz");
    assert_eq!(find(&world, "oneill").await[0].first_name, "Sean");
    let lena = find(&world, "lena").await;
    assert_eq!((lena.len(), lena[0].last_name.as_str()), (1, "Thrice"));
    let new = &find(&world, "new anna").await[0];
    assert_eq!(
        new.email.as_deref(),
        Some("anna.mueller@example.org"),
        "an address that was given up in the same file is free"
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn addresses_change_hands_within_a_file(#[case] kind: Database) {
    let world = World::new(kind).await;
    let header = "employee_id,first_name,last_name,email\n";
    let file = |address: fn(i32) -> i32| -> String {
        let lines = (0..50).map(|n| format!("E{n},First,Last,p{}@example.org\n", address(n)));
        header.to_owned() + &lines.collect::<String>()
    };
    import(&world, &file(|n| n)).await.unwrap();
    // Everybody takes the address of the one before, the first gets a new one.
    let file = file(|n| if n == 0 { 100 } else { n - 1 });
    let report = import(&world, &file).await.unwrap();
    assert_eq!(counts(&report), [50, 0, 50, 0, 0]);
    let row = &find(&world, "e7").await[0];
    assert_eq!(row.email.as_deref(), Some("p6@example.org"));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_none(#[case] kind: Database) {
    let world = World::new(kind).await;
    for (file, text) in [
        ("", "import-file-empty"),
        ("\u{feff}\r\n\r\n", "import-file-empty"),
        ("Müller,Anna,anna@example.org\n", "import-file-no-table"),
        (
            "first_name,email\nAnna,a@example.org\n",
            "import-file-no-last-name",
        ),
    ] {
        let Err(Refusal::Invalid(fields)) = import(&world, file).await else {
            panic!("{file:?} was taken");
        };
        assert_eq!(
            (fields[0].field.as_str(), fields[0].text.as_str()),
            ("file", text)
        );
    }
    let report = import(&world, "last_name,first_name,email").await.unwrap();
    assert_eq!(report, ImportReport::default(), "a header alone is fine");
    let authorised = world.authorised(&[]);
    let refused = people::import(
        &world.service,
        &authorised,
        "people.csv",
        ImportFile::of(FILE.into()),
        |_| {},
    )
    .await;
    assert_eq!(refused, Err(Refusal::NotAllowed));
    assert_eq!(find(&world, "mueller").await, []);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_long_file_reports_its_progress(#[case] kind: Database) {
    let world = World::new(kind).await;
    let file = convoke_testkit::people_csv(3_500);
    let mut seen = Vec::new();
    let file = ImportFile::of(file.into());
    let report = people::import(
        &world.service,
        &world.admin,
        "people.csv",
        file,
        |percent| {
            seen.push(percent);
        },
    )
    .await
    .unwrap();
    assert_eq!(counts(&report), [3_500, 3_500, 0, 0, 0]);
    assert_eq!(seen.len(), 4);
    assert!(seen.is_sorted(), "{seen:?}");
    assert_eq!(seen.last(), Some(&100));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_can_be_made_and_remade(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    let person = |email: &str, password: &str| NewAdministrator {
        first_name: "Ada".into(),
        last_name: "Byron".into(),
        email: email.into(),
        password: password.into(),
    };
    let Err(Refusal::Invalid(fields)) =
        people::create_administrator(service, None, &person("ada", "short")).await
    else {
        panic!("it was taken");
    };
    let fields: Vec<_> = fields.iter().map(|f| f.field.as_str()).collect();
    assert_eq!(fields, ["email", "password"]);

    let first = person("Ada@example.org", "correct horse");
    let id = people::create_administrator(service, None, &first)
        .await
        .unwrap();
    let again = person("ada@example.org", "battery staple");
    let same = people::create_administrator(service, Some("acme"), &again)
        .await
        .unwrap();
    assert_eq!(id, same, "known by the e-mail");
    let elsewhere = people::create_administrator(service, Some("Other"), &again)
        .await
        .unwrap();
    assert_ne!(id, elsewhere);
    let signed_in = session::sign_in(service, "ada@example.org", "battery staple", "here")
        .await
        .unwrap();
    let (actor, _) = session::find(service, &signed_in.secret)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(actor.role, Role::Administrator);
    let old = session::sign_in(service, "ada@example.org", "correct horse", "here").await;
    assert_eq!(old.map(|_| ()), Err(Refusal::WrongCredentials));

    let actor = people::acting_for(service, Some("other")).await.unwrap();
    assert_eq!((actor.role, actor.user_id), (Role::Administrator, None));
    assert_ne!(actor.organisation_id, world.admin.organisation_id);
    let missing = people::acting_for(service, Some("Missing")).await;
    assert_eq!(missing, Err(Refusal::NotFound));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_is_complete(#[case] kind: Database) {
    use convoke_domain::training::Phase;
    use convoke_service::{Service, trainings};
    let database = convoke_testkit::database(kind).await;
    let storage = convoke_storage::Storage::open(&database.url).await.unwrap();
    storage.migrate().await.unwrap();
    let service = Service::new(storage, "http://convoke.test");
    assert!(!demo::is_filled(&service).await.unwrap());
    let accounts = demo::fill(&service).await.unwrap();
    assert!(demo::is_filled(&service).await.unwrap());
    assert!(matches!(
        demo::fill(&service).await,
        Err(Refusal::Conflict(_))
    ));

    let mut actors = Vec::new();
    for account in accounts.accounts {
        let session = session::sign_in(&service, account.email, accounts.password, "here")
            .await
            .unwrap();
        let (actor, _) = session::find(&service, &session.secret)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(actor.role, account.role);
        actors.push(actor);
    }
    let [admin, authorised, trainer] = &actors[..] else {
        panic!("three accounts");
    };
    let all = Filter::default();
    let everyone = people::list(&service, admin, &all, Range::new(0, 10))
        .await
        .unwrap();
    assert_eq!(everyone.total, 1_203);
    let scoped = people::list(&service, authorised, &all, Range::new(0, 10))
        .await
        .unwrap();
    assert!(scoped.total > 50 && scoped.total < 600, "{}", scoped.total);
    let choices = people::choices(&service, admin).await.unwrap();
    assert_eq!((choices.groups.len(), choices.user_types.len()), (12, 5));
    let choices = people::choices(&service, authorised).await.unwrap();
    assert_eq!(choices.groups.len(), 2);
    assert_eq!(
        people::list(&service, trainer, &all, Range::new(0, 10)).await,
        Err(Refusal::NotAllowed)
    );

    let mut trainings_seen = 0;
    for (phase, expected) in [(Phase::Upcoming, 5), (Phase::Running, 1), (Phase::Past, 2)] {
        let list = trainings::list(&service, admin, "", phase).await.unwrap();
        assert_eq!(list.rows.len(), expected, "{phase}");
        trainings_seen += list.rows.len();
    }
    assert_eq!(trainings_seen, 8);
    let fire = trainings::list(&service, admin, "fire", Phase::Upcoming)
        .await
        .unwrap();
    let counts = fire.rows[0].counts.as_ref().unwrap();
    assert_eq!(
        (
            counts.to_send,
            counts.sent,
            counts.confirmed,
            counts.declined
        ),
        (6, 7, 5, 1)
    );

    // Every time that an invitation says it was sent, a message says so too.
    let sent = messages::list(
        &service,
        admin,
        &MessageFilter {
            fate: Some(Fate::Sent),
            ..MessageFilter::NONE
        },
        Range::new(0, 200),
    )
    .await
    .unwrap();
    assert!(sent.total > 150, "{}", sent.total);
    for row in &sent.rows {
        let text = messages::text(&service, admin, row.id).await.unwrap();
        assert!(!text.address.is_empty(), "{row:?}");
        assert_eq!(text.subject.is_empty(), row.channel == Channel::Sms);
        assert!(text.text.contains("http://convoke.test/i/••••"), "{text:?}");
        // An SMS spells the title with the letters that are cheap to send.
        if row.channel == Channel::Email {
            let (_, title) = row.training.as_ref().expect("all are about trainings");
            assert!(text.text.contains(title), "{text:?}");
        }
    }
    let failed = messages::list(
        &service,
        admin,
        &MessageFilter {
            fate: Some(Fate::Failed),
            ..MessageFilter::NONE
        },
        Range::new(0, 9),
    )
    .await
    .unwrap();
    assert_eq!(failed.rows.len(), 1);
    assert_eq!(failed.rows[0].to, "Hugo Moreau");
    let mut tx = service.storage.read().await.unwrap();
    assert_eq!(tx.outbox_backlog().await.unwrap(), 0, "nothing goes out");
}
