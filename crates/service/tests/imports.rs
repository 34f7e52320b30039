//! Imports as they are brought in the browser: checked, run, gone on with and undone, on both databases.

mod world;

use convoke_domain::selection::{Change, Filter, Past};
use convoke_domain::view::{ImportField, ImportState, ImportView, Range, UndoCounts};
use convoke_domain::{Actor, FieldError, ImportId, Language, Refusal, Role};
use convoke_service::export::FileFormat;
use convoke_service::people::import::ImportFile;
use convoke_service::{imports, people};
use convoke_storage::Storage;
use convoke_testkit::Database;
use rstest::rstest;
use rust_xlsxwriter::Workbook;
use world::World;

async fn bring(world: &World, name: &str, bytes: impl Into<Vec<u8>>) -> ImportView {
    let id = imports::bring(&world.service, &world.admin, name, bytes.into())
        .await
        .unwrap();
    imports::view(&world.service, &world.admin, id)
        .await
        .unwrap()
}

fn fields(view: &ImportView) -> Vec<Option<ImportField>> {
    view.columns.iter().map(|column| column.field).collect()
}

async fn checked(world: &World, view: &ImportView) -> ImportView {
    imports::check(&world.service, &world.admin, view.id, &fields(view))
        .await
        .unwrap();
    world.import_settled(view.id).await
}

async fn run(world: &World, id: ImportId) -> ImportView {
    imports::run(&world.service, &world.admin, id)
        .await
        .unwrap();
    world.import_settled(id).await
}

async fn undo(world: &World, id: ImportId) -> UndoCounts {
    imports::undo(&world.service, &world.admin, id)
        .await
        .unwrap();
    world.import_settled(id).await.undone.expect("it is undone")
}

fn counts(view: &ImportView) -> [u64; 5] {
    let counts = &view.counts;
    [
        counts.lines,
        counts.created,
        counts.updated,
        counts.unchanged,
        counts.bad_lines,
    ]
}

/// Everybody, with all that a list says of them.
async fn everybody(world: &World) -> Vec<String> {
    let range = Range::new(0, 200);
    let window = people::list(&world.service, &world.admin, &Filter::default(), range)
        .await
        .unwrap();
    let rows = window.rows.iter().map(|row| format!("{row:?}"));
    let mut rows: Vec<String> = rows.collect();
    rows.push(format!("{} people", window.total));
    let choices = people::choices(&world.service, &world.admin).await.unwrap();
    let groups = choices.groups.iter();
    rows.extend(groups.map(|group| format!("{} ({})", group.name, group.users)));
    let types = choices.user_types.iter();
    rows.extend(types.map(|kind| format!("{} ({})", kind.name, kind.users)));
    rows
}

const FILE: &str = "\
Nom;Prénom;Courriel;Portable;Service\r\n\
Müller;Anna;anna@acme.test;;Lyon\r\n\
O’Neill;Zoë;zoe@acme.test;06 39 98 00 02;Paris;\r\n\
Zed;Bert;bert;;\r\n\
Öztürk;Elif;elif@acme.test;;Lyon\r\n\
Öztürk;Elif;elif@acme.test;;Paris\r\n";

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_checked_imported_and_undone(#[case] kind: Database) {
    let world = World::new(kind).await;
    let anna = world
        .person("Anne", "Muller", Some("anna@acme.test"), None)
        .await;
    world.group("Crew", &[anna]).await;
    let before = everybody(&world).await;
    let mut view = bring(&world, "C:\\lists\\people.csv", FILE).await;
    assert_eq!(view.file_name, "people.csv");
    assert_eq!(view.state, ImportState::Ready);
    assert_eq!(
        fields(&view),
        [
            Some(ImportField::LastName),
            Some(ImportField::FirstName),
            Some(ImportField::Email),
            Some(ImportField::Mobile),
            None
        ]
    );
    assert_eq!(view.columns[4].name, "Service");
    assert_eq!(view.columns[4].samples, ["Lyon", "Paris"]);

    view.columns[4].field = Some(ImportField::Groups);
    let found = checked(&world, &view).await;
    assert_eq!(found.state, ImportState::Checked);
    assert_eq!(counts(&found), [5, 2, 2, 0, 1]);
    assert_eq!(found.counts.new_groups, ["Lyon", "Paris"]);
    assert_eq!(found.bad.len(), 1);
    assert_eq!(
        (found.bad[0].line, found.bad[0].reason.as_str()),
        (4, "“bert” is not an e-mail address")
    );
    assert_eq!(everybody(&world).await, before, "a check changes nothing");

    let done = run(&world, view.id).await;
    assert_eq!(done.state, ImportState::Done);
    assert_eq!(done.counts, found.counts, "it is as the check said");
    let after = everybody(&world).await;
    assert!(after.contains(&"Lyon (2)".to_owned()), "{after:?}");
    assert!(
        after.iter().any(|row| row.contains("zoe@acme.test")),
        "{after:?}"
    );

    // What came of each line, with the file's own columns.
    let written = imports::result(
        &world.service,
        &world.admin,
        view.id,
        false,
        FileFormat::Csv,
    )
    .await
    .unwrap();
    assert_eq!(written.name, "people - result.csv");
    let text = String::from_utf8(written.bytes).unwrap();
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines[0],
        "Line,Result,Why,Nom,Prénom,Courriel,Portable,Service,"
    );
    assert_eq!(lines[1], "2,changed,,Müller,Anna,anna@acme.test,,Lyon,");
    assert_eq!(
        lines[3],
        "4,left out,“bert” is not an e-mail address,Zed,Bert,bert,,,"
    );
    assert_eq!(lines.len(), 6);
    let left_out = imports::result(&world.service, &world.admin, view.id, true, FileFormat::Csv)
        .await
        .unwrap();
    // Mended, it can be brought as it is.
    let mended = String::from_utf8(left_out.bytes)
        .unwrap()
        .replace(",bert,", ",bert@acme.test,");
    let again = bring(&world, "mended.csv", mended).await;
    assert_eq!(
        again
            .columns
            .iter()
            .filter(|column| column.field.is_some())
            .count(),
        5,
        "what was chosen is remembered: {:?}",
        again.columns
    );
    assert_eq!(counts(&checked(&world, &again).await), [1, 1, 0, 0, 0]);

    let gone = undo(&world, view.id).await;
    assert_eq!(
        gone,
        UndoCounts {
            removed: 2,
            restored: 1,
            kept: 0
        }
    );
    assert_eq!(everybody(&world).await, before);
    let state = imports::view(&world.service, &world.admin, view.id)
        .await
        .unwrap()
        .state;
    assert_eq!(state, ImportState::Undone);
    let undone = imports::undo(&world.service, &world.admin, view.id).await;
    assert_eq!(
        undone,
        Err(Refusal::Conflict("conflict-import-busy".to_owned()))
    );
    let begun = imports::run(&world.service, &world.admin, view.id).await;
    assert_eq!(
        begun,
        Err(Refusal::Conflict("conflict-import-busy".to_owned()))
    );
}

/// Whoever was changed since, or is on a list, stays; everybody else goes back.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn undoing_leaves_what_is_used(#[case] kind: Database) {
    let world = World::new(kind).await;
    world
        .person("Anne", "Muller", Some("anna@acme.test"), None)
        .await;
    let file = "last_name,first_name,email,groups\n\
        Müller,Anna,anna@acme.test,New\n\
        O’Neill,Zoë,zoe@acme.test,New\n\
        Nowak,Jan,jan@acme.test,Newer\n\
        Listed,Lea,lea@acme.test,\n";
    let view = bring(&world, "people.csv", file).await;
    checked(&world, &view).await;
    run(&world, view.id).await;
    let id = async |text: &str| {
        let filter = Filter {
            text: text.to_owned(),
            ..Filter::default()
        };
        let found = people::list(&world.service, &world.admin, &filter, Range::new(0, 9)).await;
        found.unwrap().rows[0].user_id
    };
    // Zoë is called otherwise by now, Lea is on a list, and somebody else has Anna's old name only.
    let zoe = id("zoe@acme.test").await;
    let mut form = people::edit::form(&world.service, &world.admin, Some(zoe))
        .await
        .unwrap();
    form.form.first_name = "Zoé".to_owned();
    people::edit::save(
        &world.service,
        &world.admin,
        Some((zoe, form.version)),
        &form.form,
    )
    .await
    .unwrap();
    world
        .validate(&[Change::Add(vec![id("lea@acme.test").await])])
        .await;
    let counts = undo(&world, view.id).await;
    assert_eq!(
        counts,
        UndoCounts {
            removed: 1,
            restored: 1,
            kept: 2
        }
    );
    let all = everybody(&world).await.join("\n");
    assert!(all.contains("Zoé"), "{all}");
    assert!(all.contains("Lea"), "{all}");
    assert!(all.contains("Anne"), "{all}");
    assert!(!all.contains("Jan"), "{all}");
    assert!(all.contains("New (1)"), "Zoë stays in her group: {all}");
    assert!(!all.contains("Newer"), "{all}");
}

/// Somebody else has the address by now that an import took from a person.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_taken_meanwhile_is_not_given_back(#[case] kind: Database) {
    let world = World::new(kind).await;
    let start =
        "last_name,first_name,email,employee_id\nA,Ann,old@acme.test,E1\nB,Bob,bob@acme.test,E2\n";
    let view = bring(&world, "start.csv", start).await;
    checked(&world, &view).await;
    run(&world, view.id).await;
    let file = "last_name,first_name,email,employee_id\nA,Ann,new@acme.test,E1\nB,Bobby,bob@acme.test,E2\n";
    let view = bring(&world, "people.csv", file).await;
    checked(&world, &view).await;
    run(&world, view.id).await;
    world
        .person("Thief", "T", Some("old@acme.test"), None)
        .await;
    let counts = undo(&world, view.id).await;
    assert_eq!(
        counts,
        UndoCounts {
            removed: 0,
            restored: 1,
            kept: 1
        }
    );
    let all = everybody(&world).await.join("\n");
    assert!(
        all.contains("new@acme.test") && all.contains("\"Bob\""),
        "{all}"
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_none_are_refused(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    for (name, bytes, key) in [
        ("people.pdf", &b"%PDF"[..], "import-file-kind"),
        ("people", b"last_name", "import-file-kind"),
        ("people.csv", b"", "error-file-empty"),
        ("people.csv", b"\n\n", "import-file-empty"),
        (
            "people.xlsx",
            b"PK\x03\x04 not a workbook",
            "import-file-no-workbook",
        ),
    ] {
        let brought = imports::bring(service, admin, name, bytes.to_vec()).await;
        let fields = vec![FieldError::new("file", key)];
        assert_eq!(brought, Err(Refusal::Invalid(fields)), "{name}");
    }
    assert!(imports::list(service, admin).await.unwrap().is_empty());
    assert!(service.files.keys().await.unwrap().is_empty());

    let view = bring(&world, "people.csv", "a,b,c\n1,2,3\n").await;
    let check = async |fields: &[Option<ImportField>]| {
        imports::check(service, admin, view.id, fields).await
    };
    let refused = |key: &str| Err(Refusal::Invalid(vec![FieldError::new("columns", key)]));
    let (last, first) = (Some(ImportField::LastName), Some(ImportField::FirstName));
    assert_eq!(check(&[None; 3]).await, refused("import-file-no-table"));
    assert_eq!(check(&[last, first]).await, refused("import-file-no-table"));
    assert_eq!(
        check(&[last, first, None]).await,
        refused("import-file-no-address")
    );
    assert_eq!(
        check(&[last, last, first]).await,
        refused("import-file-twice")
    );
    let early = imports::run(service, admin, view.id).await;
    assert_eq!(
        early,
        Err(Refusal::Conflict("conflict-import-busy".to_owned()))
    );
}

/// What nobody works on any more is said to be broken off, and can be undone; old imports are forgotten with their files.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_broke_off_is_undone_and_forgotten(#[case] kind: Database) {
    let world = World::new(kind).await;
    let before = everybody(&world).await;
    let file = ImportFile::of(convoke_testkit::people_csv(3_500).into());
    let (service, admin) = (world.service.clone(), world.admin.clone());
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let importing = tokio::spawn(async move {
        people::import(&service, &admin, "people.csv", file, |_| {
            let _ = tell.send(());
        })
        .await
    });
    told.recv().await.unwrap();
    importing.abort();
    let _ = importing.await;
    let id = imports::list(&world.service, &world.admin).await.unwrap()[0].id;
    let view = imports::view(&world.service, &world.admin, id)
        .await
        .unwrap();
    assert_eq!(view.state, ImportState::Running);
    let busy = imports::undo(&world.service, &world.admin, id).await;
    assert_eq!(
        busy,
        Err(Refusal::Conflict("conflict-import-busy".to_owned()))
    );
    world.pass(61_000);
    let view = imports::view(&world.service, &world.admin, id)
        .await
        .unwrap();
    assert_eq!(view.state, ImportState::Broken);
    assert!(view.counts.created >= 1_000, "{:?}", view.counts);
    let counts = undo(&world, id).await;
    assert_eq!(counts.removed, view.counts.created);
    assert_eq!(everybody(&world).await, before);

    bring(&world, "people.csv", FILE).await;
    assert_eq!(world.service.files.keys().await.unwrap().len(), 1);
    world.pass(31 * 86_400_000);
    bring(&world, "people.csv", FILE).await;
    assert_eq!(
        imports::list(&world.service, &world.admin)
            .await
            .unwrap()
            .len(),
        1
    );
    assert_eq!(world.service.files.keys().await.unwrap().len(), 1);
}

/// Another process begins an import and is killed: every line is stored once in the end.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_broke_off_is_gone_on_with(#[case] kind: Database) {
    const PEOPLE: usize = 12_000;
    let world = World::new(kind).await;
    let view = bring(&world, "people.csv", convoke_testkit::people_csv(PEOPLE)).await;
    let id = checked(&world, &view).await.id;
    let url = world.database_url().to_owned();
    let (mut service, admin) = (world.service.clone(), world.admin.clone());
    let other = tokio::runtime::Runtime::new().unwrap();
    other.spawn(async move {
        service.storage = Storage::open(&url).await.unwrap();
        imports::run(&service, &admin, id).await.unwrap();
        std::future::pending::<()>().await;
    });
    let now = async || {
        imports::view(&world.service, &world.admin, id)
            .await
            .unwrap()
    };
    let begun = |view: &ImportView| view.state == ImportState::Running && view.counts.created > 0;
    while !begun(&now().await) {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    other.shutdown_background();
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let early = imports::run(&world.service, &world.admin, id).await;
    let busy = Err(Refusal::Conflict("conflict-import-busy".to_owned()));
    assert_eq!(early, busy, "it may still be at work");
    world.pass(61_000);
    let broken = now().await;
    assert_eq!(broken.state, ImportState::Broken, "{broken:?}");
    let created = broken.counts.created;
    assert!((1_000..12_000).contains(&created), "{created}");
    let done = run(&world, id).await;
    assert_eq!(done.state, ImportState::Done);
    assert_eq!(counts(&done), [12_000, 12_000, 0, 0, 0]);
    let written = imports::result(&world.service, &world.admin, id, false, FileFormat::Csv)
        .await
        .unwrap();
    let text = String::from_utf8(written.bytes).unwrap();
    let lines = text.lines().skip(1);
    assert_eq!(lines.filter(|line| line.contains(",new,")).count(), PEOPLE);
    assert_eq!(undo(&world, id).await.removed, 12_000);
}

/// A workbook of `good` people and `bad` lines, numbers as numbers, on its second sheet: the first one is hidden.
fn workbook(good: u32, bad: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet()
        .set_hidden(true)
        .write(0, 0, "no people here")
        .unwrap();
    let sheet = book.add_worksheet().set_active(true);
    for (column, name) in (0..).zip([
        "Last name",
        "First name",
        "E-mail",
        "Mobile",
        "Staff ID",
        "Group",
    ]) {
        sheet.write(0, column, name).unwrap();
    }
    let every = good / bad + 1;
    for n in 0..good + bad {
        let row = n + 1;
        sheet.write(row, 0, format!("Müller {n:05}")).unwrap();
        sheet.write(row, 1, "Zoë").unwrap();
        // Bad lines have no address that can be read.
        if n % every == every - 1 {
            sheet.write(row, 2, "nonsense").unwrap();
        } else {
            sheet.write(row, 2, format!("zoe{n}@acme.test")).unwrap();
            sheet
                .write(row, 3, 33_600_000_000.0 + f64::from(n))
                .unwrap();
        }
        sheet.write(row, 4, n).unwrap();
        sheet.write(row, 5, format!("Team {}", n % 20)).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// *Named in the file*: whoever the lines meant, new, changed or as they were; nobody of lines left out, and nobody of another organisation's file.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_people_of_a_file_are_found_together(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    for (first, email) in [
        ("Ann", "ann@acme.test"),
        ("Ben", "ben@acme.test"),
        ("Cyd", "cyd@acme.test"),
    ] {
        world.person(first, "Stone", Some(email), None).await;
    }
    let file = "last_name,first_name,email\n\
        Stone,Ann,ann@acme.test\nRock,Ben,ben@acme.test\nNew,Dan,dan@acme.test\nNew,Dan,dan@acme.test\nBad,Eve,eve\n";
    let view = bring(&world, "some.csv", file).await;
    let named = |actor: Actor| async move {
        let filter = Filter {
            past: Past {
                came_with: Some(view.id),
                ..Past::default()
            },
            ..Filter::default()
        };
        let found = people::list(service, &actor, &filter, Range::new(0, 60)).await;
        let rows = found.unwrap().rows.into_iter();
        rows.map(|row| row.first_name).collect::<Vec<_>>()
    };
    let choices = |actor: Actor| async move {
        let choices = people::choices(service, &actor).await.unwrap();
        choices
            .imports
            .into_iter()
            .map(|import| import.name)
            .collect::<Vec<_>>()
    };
    checked(&world, &view).await;
    assert!(
        named(world.admin.clone()).await.is_empty(),
        "nothing is stored yet"
    );
    assert!(choices(world.admin.clone()).await.is_empty());
    let done = run(&world, view.id).await;
    assert_eq!(counts(&done), [5, 1, 1, 2, 1]);
    assert_eq!(named(world.admin.clone()).await, ["Dan", "Ben", "Ann"]);
    let listed = choices(world.admin.clone()).await;
    assert_eq!(listed.len(), 1);
    assert!(listed[0].starts_with("some.csv · "), "{listed:?}");

    let (stranger, _) = world::organisation(service, "Other").await;
    assert!(named(stranger).await.is_empty());
    // Imports are not theirs to know of, and people outside their groups neither.
    let authorised = Actor {
        role: Role::Authorised,
        scope: Vec::new(),
        ..world.admin.clone()
    };
    assert!(named(authorised.clone()).await.is_empty());
    assert!(choices(authorised).await.is_empty());

    undo(&world, view.id).await;
    assert!(named(world.admin.clone()).await.is_empty());
    assert!(choices(world.admin.clone()).await.is_empty());
}

/// The specification's own: 50,000 rows with 500 bad lines.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_of_fifty_thousand_rows(#[case] kind: Database) {
    let world = World::new(kind).await;
    world
        .person("Zoe", "Muller", Some("zoe7@acme.test"), None)
        .await;
    let before = everybody(&world).await;
    let view = bring(&world, "people.xlsx", workbook(49_500, 500)).await;
    assert_eq!(view.columns[3].samples[0], "33600000000");
    assert!(
        view.columns.iter().all(|column| column.field.is_some()),
        "{:?}",
        view.columns
    );
    let found = checked(&world, &view).await;
    assert_eq!(counts(&found), [50_000, 49_499, 1, 0, 500]);
    let done = run(&world, view.id).await;
    assert_eq!(done.state, ImportState::Done);
    assert_eq!(done.counts, found.counts);
    assert_eq!(done.counts.new_groups.len(), 20);
    let french = Actor {
        language: Language::Fr,
        ..world.admin.clone()
    };
    let left_out = imports::result(&world.service, &french, view.id, true, FileFormat::Csv)
        .await
        .unwrap();
    let text = String::from_utf8(left_out.bytes).unwrap();
    assert_eq!(text.lines().count(), 501);
    let explained = text.lines().skip(1);
    assert!(
        explained
            .clone()
            .all(|line| line.contains("«\u{a0}nonsense\u{a0}» n’est pas une adresse e-mail")),
        "{:?}",
        explained.take(3).collect::<Vec<_>>()
    );
    let gone = undo(&world, view.id).await;
    assert_eq!(
        gone,
        UndoCounts {
            removed: 49_499,
            restored: 1,
            kept: 0
        }
    );
    assert_eq!(everybody(&world).await, before);
}
