//! Attendance: the grid, marking all others, signatures, sheets and files; on both databases.

mod world;

use convoke_domain::attendance::Seen;
use convoke_domain::training::TrainingForm;
use convoke_domain::view::{AttendanceView, HistoryFilter, OrganisationSettings, Range};
use convoke_domain::{
    Actor, Attendance, HalfDay, InvitationId, InvitationState, Language, Refusal, UserId,
};
use convoke_service::attendance::{self, paper};
use convoke_service::export::{self, FileFormat};
use convoke_service::space::{self, Signing};
use convoke_service::{history, presence, settings, trainings};
use convoke_storage::invitations::InvitationFacts;
use convoke_testkit::Database;
use rstest::rstest;
use std::io::Write as _;
use std::process::{Command, Stdio};
use world::offer::link_to;
use world::{World, form};

const DAY: i64 = 24 * 3600 * 1000;
const HOUR: i64 = 3600 * 1000;
/// From the beginning of a test to the first day of its training, at 10:00 there.
const TO_THE_FIRST_DAY: i64 = 17 * DAY;
/// A line across.
const DRAWN: &str = "100,100 300,20;50,50 10,90";

async fn takes_part(world: &World, user: UserId) -> InvitationId {
    let id = world.service.id();
    let mut tx = world.service.storage.begin().await.unwrap();
    tx.insert_invitation(&InvitationFacts {
        id,
        organisation_id: world.admin.organisation_id,
        training_id: world.training,
        user_id: user,
        state: InvitationState::Confirmed,
        confirmed_by: Some(convoke_domain::ConfirmedBy::Link),
        confirmed_by_user: None,
        chosen_by: world.admin.user_id,
        chosen_at: world.service.clock.now(),
        sent_count: 1,
        last_sent_at: None,
        answered_at: Some(world.service.clock.now()),
        problem: None,
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

fn half(text: &str) -> HalfDay {
    text.parse().unwrap()
}

async fn grid(world: &World) -> AttendanceView {
    attendance::grid(&world.service, &world.admin, world.training)
        .await
        .unwrap()
}

/// The grid as letters: a line for each person, `.` where nothing is said, a capital where they signed.
fn drawn(view: &AttendanceView) -> Vec<String> {
    let letter = |cell: &Option<convoke_domain::view::AttendanceCell>| match cell {
        None => '.',
        Some(cell) if cell.signed => 'P',
        Some(cell) => match cell.state {
            Attendance::Present => 'p',
            Attendance::Absent => 'a',
            Attendance::Excused => 'e',
        },
    };
    view.rows
        .iter()
        .map(|row| {
            format!(
                "{} {}",
                row.first_name,
                row.cells.iter().map(letter).collect::<String>()
            )
        })
        .collect()
}

async fn ask_for_signatures(world: &World) {
    let options = OrganisationSettings {
        name: "Acme".to_owned(),
        send_delay: 0,
        sign_presence: true,
        ..OrganisationSettings::default()
    };
    settings::save(&world.service, &world.admin, &options)
        .await
        .unwrap();
}

fn text(pdf: &[u8]) -> String {
    let mut reader = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext is there: apt-get install poppler-utils");
    // A sheet of a few rows is smaller than what a pipe takes and pdftotext reads before it writes.
    reader.stdin.take().unwrap().write_all(pdf).unwrap();
    let output = reader.wait_with_output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_grid_and_all_others(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    let anna = world.person("Anna", "Müller", None, None).await;
    let bert = world.person("Bert", "Young", None, None).await;
    let cleo = world.person("Cleo", "Zed", None, None).await;
    let lyon = world.group("Lyon", &[bert, cleo]).await;
    let anna = takes_part(&world, anna).await;
    takes_part(&world, bert).await;
    takes_part(&world, cleo).await;
    assert_eq!(
        drawn(&grid(&world).await),
        ["Anna ....", "Bert ....", "Cleo ...."]
    );
    world.pass(TO_THE_FIRST_DAY);
    let (morning, later) = (half("2026-12-09-morning"), half("2026-12-10-morning"));
    let say = async |half_day: &HalfDay, state| {
        presence::mark(
            service,
            &world.admin,
            world.training,
            (anna, half_day),
            state,
            None,
        )
        .await
    };
    say(&morning, Some(Attendance::Absent)).await.unwrap();
    say(&later, Some(Attendance::Excused)).await.unwrap();
    let rest = async |actor: &Actor, half_day: &HalfDay| {
        attendance::mark_rest(
            service,
            actor,
            world.training,
            half_day,
            Attendance::Present,
        )
        .await
    };
    // Those in the scope, and nobody twice.
    let authorised = Actor {
        user_id: None,
        ..world.authorised(&[lyon])
    };
    assert_eq!(rest(&authorised, &morning).await, Ok(2));
    assert_eq!(rest(&authorised, &morning).await, Ok(0));
    assert_eq!(rest(&world.admin, &morning).await, Ok(0));
    let too_early = Err(Refusal::Conflict("conflict-presence-day".to_owned()));
    assert_eq!(rest(&world.admin, &later).await, too_early);
    let view = grid(&world).await;
    assert_eq!(drawn(&view), ["Anna a.e.", "Bert p...", "Cleo p..."]);
    let now: Vec<_> = view.half_days.iter().map(|h| (h.is_now, h.begun)).collect();
    assert_eq!(
        now,
        [(true, true), (false, true), (false, false), (false, false)]
    );
    assert_eq!(view.half_days[0].day, "Wed 9 Dec");
    let cell = view.rows[1].cells[0].clone().unwrap();
    assert_eq!(cell.at.as_deref(), Some("10:00"));

    // Corrected the day after: when she came is not known then.
    world.pass(DAY);
    say(&morning, Some(Attendance::Present)).await.unwrap();
    let cell = grid(&world).await.rows[0].cells[0].clone().unwrap();
    assert_eq!((cell.state, cell.at), (Attendance::Present, None));

    // The training moves by a week: what was said stays, and can be corrected.
    let moved = TrainingForm {
        start: "2026-12-16T09:00".into(),
        end: "2026-12-16T12:00".into(),
        days_taught: String::new(),
        answer_deadline: String::new(),
        ..form("Fire Safety")
    };
    trainings::save(service, &world.admin, Some(world.training), &moved)
        .await
        .unwrap();
    let view = grid(&world).await;
    let days: Vec<_> = view
        .half_days
        .iter()
        .map(|h| h.half_day.to_string())
        .collect();
    assert_eq!(
        days,
        [
            "2026-12-09-morning",
            "2026-12-10-morning",
            "2026-12-16-morning"
        ]
    );
    say(&morning, Some(Attendance::Excused)).await.unwrap();
    assert_eq!(drawn(&grid(&world).await)[0], "Anna ee.");

    // Who did what, in words.
    let lines = history::list(
        service,
        &world.admin,
        &HistoryFilter::default(),
        Range::new(0, 50),
    )
    .await
    .unwrap();
    let said: Vec<_> = lines.rows.iter().map(|row| row.what.as_str()).collect();
    assert!(
        said.contains(&"corrected a person to present (Wednesday 9 December, morning)"),
        "{said:?}"
    );
    assert!(
        said.contains(&"marked all others as present (Wednesday 9 December, morning): 2"),
        "{said:?}"
    );
    assert!(
        said.contains(&"excused a person (Thursday 10 December, morning)"),
        "{said:?}"
    );

    let csv = export::attendance(service, &world.admin, world.training, FileFormat::Csv)
        .await
        .unwrap();
    assert_eq!(csv.name, "Fire Safety - attendance 2026-12-10.csv");
    let csv = String::from_utf8(csv.bytes).unwrap();
    let lines: Vec<_> = csv.lines().collect();
    assert_eq!(
        lines[1..],
        [
            "Müller,Anna,Excused,Excused,,0",
            "Young,Bert,\"Present, 10:00\",,,1",
            "Zed,Cleo,\"Present, 10:00\",,,1"
        ]
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn signatures(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    let anna = world
        .person("Anna", "Müller", Some("anna@acme.test"), None)
        .await;
    let bert = world
        .person("Bert", "Young", Some("bert@acme.test"), None)
        .await;
    let (anna_there, bert_there) = (
        takes_part(&world, anna).await,
        takes_part(&world, bert).await,
    );
    let links = [link_to(&world, anna).await, link_to(&world, bert).await];
    let early = space::enter_by_link(service, &links[0]).await.unwrap();
    let arrive = async |secret: &str, drawn: &str, typed: &str| {
        let signing = Signing {
            drawn: drawn.to_owned(),
            typed: typed.to_owned(),
        };
        space::arrive(service, secret, &signing).await
    };
    let open = async |secret: &str| space::open(service, secret, Language::En).await.unwrap();
    assert_eq!(
        arrive(&early, DRAWN, "").await,
        Err(Refusal::Conflict("conflict-not-today".to_owned()))
    );
    world.pass(TO_THE_FIRST_DAY);
    // Half a day is what a visit lasts at most.
    let enter = async |n: usize| space::enter_by_link(service, &links[n]).await.unwrap();
    let (anna, bert) = (enter(0).await, enter(1).await);
    // Nobody asked: nothing is kept.
    assert!(!open(&anna).await.asks_signature);
    arrive(&anna, DRAWN, "").await.unwrap();
    assert_eq!(drawn(&grid(&world).await), ["Anna p...", "Bert ...."]);
    assert!(!open(&anna).await.can_arrive);

    ask_for_signatures(&world).await;
    // Whoever came before may sign now, and keeps the time at which they came.
    world.pass(HOUR);
    assert!(open(&anna).await.can_arrive);
    let missing = |key: &str| Err(Refusal::field("signature", key));
    assert_eq!(arrive(&anna, "", " ").await, missing("space-sign-missing"));
    assert_eq!(
        arrive(&anna, "5,5 1,1", "").await,
        missing("space-sign-missing")
    );
    assert_eq!(
        arrive(&anna, "<svg/>", "").await,
        missing("space-sign-again")
    );
    assert_eq!(
        arrive(&anna, &DRAWN.repeat(1_000), "").await,
        missing("space-sign-again")
    );
    assert_eq!(
        arrive(&anna, "", &"x".repeat(200)).await,
        missing("error-too-long")
    );
    arrive(&anna, DRAWN, "").await.unwrap();
    // A second signature changes nothing; typing a name beside a drawing neither.
    arrive(&anna, "0,0 500,100", "").await.unwrap();
    arrive(&anna, "", "Somebody Else").await.unwrap();
    let view = open(&anna).await;
    assert_eq!(
        (view.present_at.as_deref(), view.can_arrive),
        (Some("10:00"), false)
    );
    arrive(&bert, "", "  Bert  Young ").await.unwrap();
    assert_eq!(drawn(&grid(&world).await), ["Anna P...", "Bert P..."]);

    // A trainer's slip does not lose a signature.
    let morning = half("2026-12-09-morning");
    for state in [Some(Attendance::Absent), None, Some(Attendance::Present)] {
        presence::mark(
            service,
            &world.admin,
            world.training,
            (anna_there, &morning),
            state,
            None,
        )
        .await
        .unwrap();
        let said = grid(&world).await.rows[0].cells[0]
            .as_ref()
            .map(|cell| cell.state);
        assert_eq!(said, state);
    }
    assert_eq!(drawn(&grid(&world).await), ["Anna P...", "Bert P..."]);
    let mut tx = service.storage.read().await.unwrap();
    let kept = tx
        .signatures(
            world.admin.organisation_id,
            world.training,
            Some(anna_there),
        )
        .await
        .unwrap();
    drop(tx);
    assert_eq!(kept.len(), 1);
    assert_eq!(
        (kept[0].2.drawn.as_deref(), &kept[0].2.typed),
        (Some(DRAWN), &None)
    );

    // In the afternoon it is asked again.
    world.pass(3 * HOUR);
    let view = open(&anna).await;
    assert_eq!((view.present_at, view.can_arrive), (None, true));
    assert_eq!(view.half_day, "Wednesday 9 December, afternoon");

    // On paper.
    let sheet = paper::sheet(service, &world.admin, world.training)
        .await
        .unwrap();
    assert_eq!(sheet.name, "Fire Safety - Attendance sheet.pdf");
    let said = text(&sheet.bytes);
    for word in [
        "Acme",
        "Fire Safety",
        "Anna Müller",
        "signed as Bert Young",
        "Thursday 10 December",
    ] {
        assert!(said.contains(word), "{word} is not in\n{said}");
    }
    let own = space::attendance_sheet(service, &bert, Language::Fr)
        .await
        .unwrap();
    let said = text(&own.bytes);
    for word in [
        "Relevé de présence",
        "Bert Young",
        "mercredi 9 décembre",
        "Présent à 1 demi-journée sur 4.",
    ] {
        assert!(said.contains(word), "{word} is not in\n{said}");
    }
    assert!(!said.contains("Anna"), "{said}");
    let one = paper::person_sheet(service, &world.admin, world.training, bert_there)
        .await
        .unwrap();
    assert!(text(&one.bytes).contains("Present on 1 of 4 half-days."));
    let strange = paper::person_sheet(service, &world.admin, world.training, service.id()).await;
    assert_eq!(strange.map(|file| file.name), Err(Refusal::NotFound));
}

/// What was said on a device without network arrives when somebody else has said something, too.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn marks_that_arrive_late(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    let anna = world
        .person("Anna", "Müller", Some("anna@acme.test"), None)
        .await;
    let invitation = takes_part(&world, anna).await;
    let link = link_to(&world, anna).await;
    world.pass(TO_THE_FIRST_DAY);
    let morning = half("2026-12-09-morning");
    let trainer = Actor {
        user_id: Some(world.person("Marc", "Petit", None, None).await),
        ..world.admin.clone()
    };
    let (present, absent) = (Some(Attendance::Present), Some(Attendance::Absent));
    let late = async |state, seen: Option<Attendance>, ago: i64| {
        let ago = u64::try_from(ago).unwrap();
        let seen = Some(Seen { state: seen, ago });
        let cell = (invitation, &morning);
        presence::mark(service, &trainer, world.training, cell, state, seen).await
    };
    let now = async |state| {
        let cell = (invitation, &morning);
        presence::mark(service, &world.admin, world.training, cell, state, None)
            .await
            .unwrap();
    };
    let said = async || {
        let cell = grid(&world).await.rows[0].cells[0].clone();
        cell.map(|cell| (cell.state, cell.at))
    };
    let overtaken = Err(Refusal::Conflict("conflict-presence-later".to_owned()));
    let lines = async || world.history("presence.").await.len();

    // An hour late it counts since when it was said; sent again because the answer was lost, nothing happens.
    world.pass(HOUR);
    late(present, None, HOUR).await.unwrap();
    let at_ten = Some((Attendance::Present, Some("10:00".to_owned())));
    assert_eq!(said().await, at_ten);
    let before = lines().await;
    late(present, None, HOUR).await.unwrap();
    assert_eq!((said().await, lines().await), (at_ten, before));

    // A colleague marked her absent at 11:00; what was said at 10:30 does not undo that, what is said now does.
    now(absent).await;
    world.pass(HOUR / 2);
    assert_eq!(late(None, present, HOUR).await, overtaken);
    assert_eq!(said().await, Some((Attendance::Absent, None)));
    // The same is no conflict, however late.
    late(absent, None, HOUR).await.unwrap();
    late(present, absent, 0).await.unwrap();
    assert_eq!(
        said().await,
        Some((Attendance::Present, Some("11:30".to_owned())))
    );

    // The person herself comes later than a trainer without network thought.
    now(None).await;
    assert_eq!(late(absent, present, 1).await, overtaken, "taken back");
    world.pass(HOUR / 4);
    let inside = space::enter_by_link(service, &link).await.unwrap();
    space::arrive(service, &inside, &Signing::default())
        .await
        .unwrap();
    assert_eq!(late(absent, None, HOUR / 4).await, overtaken);
    // What was said after she had come counts, though the page did not know of it.
    late(absent, None, 0).await.unwrap();
    assert_eq!(said().await, Some((Attendance::Absent, None)));

    // A day that the training has no more, and somebody who takes part no more.
    let gone = half("2026-11-09-morning");
    let cell = (invitation, &gone);
    let seen = Some(Seen {
        state: None,
        ago: 5,
    });
    let answer = presence::mark(service, &trainer, world.training, cell, present, seen).await;
    let conflict = |key: &str| Err(Refusal::Conflict(key.to_owned()));
    assert_eq!(answer, conflict("conflict-presence-day"));
    let mut tx = service.storage.begin().await.unwrap();
    let row = tx
        .invitation(world.admin.organisation_id, invitation, None)
        .await
        .unwrap()
        .unwrap();
    let at = service.clock.now();
    assert!(
        tx.set_answer(&row, InvitationState::Declined, None, None, at)
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
    assert_eq!(
        late(present, absent, 5).await,
        conflict("conflict-presence-state")
    );
}
