//! The training room, on both databases: names entered elsewhere, devices in the history, and a device that is locked to a training.

mod world;

use convoke_domain::registration::{DoneOnDevice, FromDevice, ListShows, Proof};
use convoke_domain::view::{Entered, HistoryFilter, Range};
use convoke_domain::{Language, Refusal};
use convoke_service::join::{self, Receipt};
use convoke_service::space::Leaving;
use convoke_service::{history, registration, space};
use convoke_testkit::Database;
use rstest::rstest;
use uuid::Uuid;
use world::World;
use world::offer::{change, offer, posted, register, visitor};

const HOUR: i64 = 3_600_000;
/// From the world's first moment to 9 December 2026, 09:30 in Paris.
const TO_THE_DAY: i64 = 16 * 24 * HOUR + 23 * HOUR + HOUR / 2;

/// The names that a device sees marked, with the time.
async fn marked(world: &World, code: &str, device: &str) -> Vec<(String, String)> {
    let view = join::open(&world.service, &visitor(device), code, "")
        .await
        .unwrap();
    let rows = view.listed.into_iter();
    rows.filter_map(|row| Some((row.name, row.elsewhere?)))
        .collect()
}

async fn id_of(world: &World, code: &str, name: &str) -> Uuid {
    let view = join::open(&world.service, &visitor("looker"), code, name)
        .await
        .unwrap();
    view.listed[0].id
}

async fn tap(world: &World, code: &str, device: &str, listed: Uuid, sure: bool) -> Entered {
    join::enter(&world.service, &visitor(device), code, listed, sure)
        .await
        .unwrap()
}

fn inside(entered: Entered) -> String {
    match entered {
        Entered::Space(secret) => secret,
        other => panic!("{other:?}"),
    }
}

/// What the history says, the newest first.
async fn told(world: &World) -> Vec<(String, String)> {
    let filter = HistoryFilter::default();
    let lines = history::list(&world.service, &world.admin, &filter, Range::new(0, 50))
        .await
        .unwrap();
    lines
        .rows
        .into_iter()
        .map(|row| (row.who, row.what))
        .collect()
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_name_entered_elsewhere_is_marked_and_asks_first(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, None, |_| {}).await;
    let door = register(&world, &code, "phone", &posted("Anna", "Müller", "a@x.org")).await;
    world.pass(1_000);
    register(&world, &code, "phone", &posted("Anna", "Muller", "b@x.org")).await;
    space::leave(&world.service, &door, Leaving::Done)
        .await
        .unwrap();
    let anna = id_of(&world, &code, "Müller").await;

    assert_eq!(marked(&world, &code, "phone").await, [], "its own");
    let seen = marked(&world, &code, "tablet").await;
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert_eq!(
        tap(&world, &code, "tablet", anna, false).await,
        Entered::Elsewhere
    );
    let asked = join::elsewhere(&world.service, &visitor("tablet"), &code, anna)
        .await
        .unwrap();
    assert_eq!(
        (
            asked.listed.name.as_str(),
            asked.listed.elsewhere.as_deref()
        ),
        ("Anna Müller", Some("10:00"))
    );
    world.pass(1_000);
    // Whoever is sure gets in, and is from then on here.
    let secret = inside(tap(&world, &code, "tablet", anna, true).await);
    let seen = marked(&world, &code, "tablet").await;
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert_eq!(
        join::elsewhere(&world.service, &visitor("tablet"), &code, anna).await,
        Err(Refusal::NotFound),
        "nothing is asked on the device where they are"
    );
    let seen = marked(&world, &code, "phone").await;
    assert_eq!(seen.len(), 1, "{seen:?}");

    // "That is not me" was nobody: the one before counts again.
    space::leave(&world.service, &secret, Leaving::NotMe)
        .await
        .unwrap();
    assert_eq!(marked(&world, &code, "phone").await, []);
    // Whoever left is remembered for half a day of training; whoever is inside for longer.
    world.pass(5 * HOUR);
    let seen = marked(&world, &code, "tablet").await;
    let names: Vec<&str> = seen.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Anna Muller"]);
    world.pass(8 * HOUR);
    assert_eq!(marked(&world, &code, "tablet").await, []);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn marks_tell_no_more_than_the_list(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, None, |s| s.list_shows = ListShows::Search).await;
    register(&world, &code, "phone", &posted("Anna", "Müller", "a@x.org")).await;
    assert_eq!(
        marked(&world, &code, "tablet").await,
        [],
        "no names are shown"
    );
    let anna = id_of(&world, &code, "mull").await;
    change(&world, |s| s.list_shows = ListShows::Initials).await;
    let asked = join::elsewhere(&world.service, &visitor("tablet"), &code, anna)
        .await
        .unwrap();
    assert_eq!(asked.listed.name, "Anna M.");
    // What a device keeps for when there is no network has none.
    let kept = join::keep(&world.service, &visitor("tablet"), &code)
        .await
        .unwrap();
    assert!(kept.list.listed.iter().all(|row| row.elsewhere.is_none()));
    // First whether it is them, then the proof.
    change(&world, |s| s.proof = Proof::MobileDigits).await;
    assert_eq!(
        tap(&world, &code, "tablet", anna, false).await,
        Entered::Elsewhere
    );
    assert_eq!(
        tap(&world, &code, "tablet", anna, true).await,
        Entered::Asked(Proof::MobileDigits)
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_history_names_the_device(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, None, |_| {}).await;
    world.pass(TO_THE_DAY);
    let tablet = visitor("tablet");
    let device = tablet.device_name().unwrap();
    let kept = join::keep(&world.service, &tablet, &code).await.unwrap();
    let secret = register(
        &world,
        &code,
        "tablet",
        &posted("Anna", "Müller", "a@x.org"),
    )
    .await;
    world.pass(1_000);
    let signing = space::Signing::default();
    space::arrive(&world.service, &secret, &signing)
        .await
        .unwrap();
    world.pass(1_000);
    space::leave(&world.service, &secret, Leaving::Done)
        .await
        .unwrap();
    let mut lines = told(&world).await;
    lines[2..4].sort();
    let anna = |what: String| ("Anna Müller".to_owned(), what);
    assert_eq!(
        lines[..4],
        [
            anna(format!("left the training space on device {device}")),
            anna(format!(
                "said to be here (Wednesday 9 December, morning) on device {device}"
            )),
            // At the same moment.
            anna(format!("entered the training space on device {device}")),
            anna(format!("registered on device {device}")),
        ]
    );

    // Without network.
    let at = world.service.clock.now().0;
    let entry = |what| FromDevice {
        id: world.service.id(),
        ticket: kept.ticket.clone(),
        at,
        sent: Some(at),
        language: Some(Language::En),
        what,
    };
    let posted = posted("Bela", "Ohne", "b@x.org").into_iter();
    let registered = entry(DoneOnDevice::Register {
        version: kept.form.version,
        posted: posted
            .flat_map(|(name, values)| values.into_iter().map(move |v| (name.clone(), v)))
            .collect(),
    });
    let here = entry(DoneOnDevice::Here {
        person: registered.id.0,
        entrance: String::new(),
    });
    for entry in [&registered, &here] {
        world.pass(1_000);
        let receipt = join::receive(&world.service, &tablet, &code, entry)
            .await
            .unwrap();
        assert!(
            matches!(receipt, Receipt::Confirmed | Receipt::Present),
            "{receipt:?}"
        );
    }
    let lines = told(&world).await;
    let bela = |what: String| ("Bela Ohne".to_owned(), what);
    assert_eq!(
        lines[..3],
        [
            bela(format!(
                "said to be here (Wednesday 9 December, morning) on device {device}, without network"
            )),
            bela(format!(
                "entered the training space on device {device}, without network"
            )),
            bela(format!("registered on device {device}, without network")),
        ]
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_device_is_locked_with_a_pin(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, None, |_| {}).await;
    let service = &world.service;
    let tablet = visitor("tablet");
    let locked = async |device: &str| join::is_locked(service, device, &code).await.unwrap();
    for bad in ["", "123", "1234567", "12ab"] {
        assert_eq!(
            join::lock(service, &tablet, &code, bad).await,
            Err(Refusal::field("pin", "lock-pin-invalid")),
            "{bad:?}"
        );
    }
    let nobody = join::Visitor {
        device: None,
        ..tablet.clone()
    };
    assert_eq!(
        join::lock(service, &nobody, &code, "1234").await,
        Err(Refusal::Conflict("lock-no-cookies".to_owned()))
    );
    assert!(!locked("tablet").await);
    world.pass(1_000);
    join::lock(service, &tablet, &code, " 1234 ").await.unwrap();
    assert!(locked("tablet").await);
    assert!(!locked("another").await);
    world.pass(1_000);
    // Nobody puts another PIN in its place.
    assert_eq!(
        join::lock(service, &tablet, &code, "0000").await,
        Err(Refusal::Conflict("lock-already".to_owned()))
    );

    world.pass(1_000);
    assert!(!join::unlock(service, &tablet, &code, "0000").await.unwrap());
    assert!(locked("tablet").await);
    assert!(join::unlock(service, &tablet, &code, "1234").await.unwrap());
    assert!(!locked("tablet").await);
    let name = tablet.device_name().unwrap();
    let by_device = |what: &str| (format!("Device {name}"), what.to_owned());
    assert_eq!(
        told(&world).await[..2],
        [
            by_device("was unlocked with its PIN"),
            by_device("was locked to this training")
        ]
    );

    // After five wrong ones not even the right one is looked at, for a while.
    join::lock(service, &tablet, &code, "654321").await.unwrap();
    for _ in 0..5 {
        assert!(!join::unlock(service, &tablet, &code, "1111").await.unwrap());
    }
    assert!(matches!(
        join::unlock(service, &tablet, &code, "654321").await,
        Err(Refusal::TooMany { .. })
    ));
    assert!(locked("tablet").await);
    world.pass(HOUR / 2);
    assert!(
        join::unlock(service, &tablet, &code, "654321")
            .await
            .unwrap()
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_lock_is_released_from_the_console_and_ends_with_the_code(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, None, |_| {}).await;
    let service = &world.service;
    let (tablet, other) = (visitor("tablet"), visitor("other"));
    for device in [&tablet, &other] {
        join::open(service, device, &code, "").await.unwrap();
    }
    join::lock(service, &tablet, &code, "1234").await.unwrap();
    let all = async || {
        registration::devices(service, &world.admin, world.training)
            .await
            .unwrap()
    };
    let view = all().await;
    assert_eq!((view.rows.len(), view.more), (2, 0));
    let first = &view.rows[0];
    assert_eq!(Some(first.name.clone()), tablet.device_name());
    assert_eq!(first.locked.as_deref(), Some("today at 10:00"));
    assert_eq!(view.rows[1].locked, None);

    world.pass(1_000);
    registration::release(service, &world.admin, world.training, &first.id)
        .await
        .unwrap();
    assert!(!join::is_locked(service, "tablet", &code).await.unwrap());
    assert_eq!(
        registration::release(service, &world.admin, world.training, &first.id).await,
        Err(Refusal::NotFound)
    );
    let said = format!("released device {} from its lock", first.name);
    assert_eq!(told(&world).await[0].1, said);

    join::lock(service, &tablet, &code, "1234").await.unwrap();
    change(&world, |s| s.code_on = false).await;
    assert!(!join::is_locked(service, "tablet", &code).await.unwrap());
    assert!(all().await.rows.iter().all(|row| row.locked.is_none()));
    // Devices that have not been seen for long are forgotten when another one comes.
    change(&world, |s| {
        s.code_on = true;
        s.closes = "2027-12-31T08:00".into();
    })
    .await;
    world.pass(91 * 24 * HOUR);
    join::open(service, &visitor("late"), &code, "")
        .await
        .unwrap();
    assert_eq!(all().await.rows.len(), 1);
}
