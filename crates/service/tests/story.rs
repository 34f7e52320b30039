//! A person's story: everything that concerns them, across all trainings, on both databases.

mod world;

use convoke_domain::message::Problem;
use convoke_domain::selection::Change;
use convoke_domain::view::{
    Answer, HistoryRow, MembersChange, MergeRequest, PeopleChoice, Range, SendAction,
};
use convoke_domain::{Actor, Language, MessageKind, Refusal, TrainingId, UserId};
use convoke_service::export::FileFormat;
use convoke_service::history::story;
use convoke_service::people::import::ImportFile;
use convoke_service::people::{edit, groups};
use convoke_service::{answer, messages, people, presence, registration, trainings};
use convoke_storage::history::NewHistory;
use convoke_storage::outbox::Outcome;
use convoke_testkit::Database;
use rstest::rstest;
use world::offer::{link_to, user_of};
use world::sending::{accepted, deliver, press, request};
use world::{World, form, organisation};

const ALL: Range = Range::new(0, 200);
const HOUR: i64 = 3600 * 1000;
/// From the world's clock to the morning of the training.
const TO_THE_TRAINING: i64 = 17 * 24 * HOUR;

async fn list(
    world: &World,
    actor: &Actor,
    person: UserId,
    training: Option<TrainingId>,
) -> Vec<HistoryRow> {
    let window = story::list(&world.service, actor, person, training, ALL)
        .await
        .unwrap();
    assert_eq!(window.total as usize, window.rows.len());
    window.rows
}

fn said(rows: &[HistoryRow]) -> Vec<String> {
    let said = rows.iter().map(|row| format!("{} {}", row.who, row.what));
    said.collect()
}

/// Somebody who was chosen, written to, confirmed and came, and was deactivated from afar; and was chosen for another training, where the message was
/// refused.
async fn lived(world: &mut World) -> (UserId, TrainingId) {
    let anna = world
        .person("Anna", "Müller", Some("anna@acme.test"), None)
        .await;
    let first = world.training;
    world.pass(HOUR);
    world.validate(&[Change::Add(vec![anna])]).await;
    world.pass(HOUR);
    press(world, &request(world, SendAction::Send)).await;
    deliver(world, &accepted()).await;
    world.pass(HOUR);
    let link = link_to(world, anna).await;
    answer::answer(&world.service, &link, Answer::Attend)
        .await
        .unwrap();

    let other = trainings::save(&world.service, &world.admin, None, &form("First Aid"))
        .await
        .unwrap();
    world.training = other;
    world.pass(HOUR);
    world.validate(&[Change::Add(vec![anna])]).await;
    world.pass(HOUR);
    press(world, &request(world, SendAction::Send)).await;
    let refused = Outcome::Failed {
        problem: Problem::AddressRefused,
        detail: "550 no such user".to_owned(),
    };
    deliver(world, &refused).await;
    world.training = first;

    world.pass(TO_THE_TRAINING);
    let mut tx = world.service.storage.read().await.unwrap();
    let invitation = tx.invitation_of(first, anna).await.unwrap().unwrap().id;
    drop(tx);
    let (service, admin) = (&world.service, &world.admin);
    presence::mark(
        service,
        admin,
        first,
        (invitation, &"2026-12-09-morning".parse().unwrap()),
        Some(convoke_domain::Attendance::Present),
        None,
    )
    .await
    .unwrap();
    world.pass(HOUR);
    let from_afar = Actor {
        origin: "203.0.113.7".to_owned(),
        ..admin.clone()
    };
    edit::set_active(service, &from_afar, anna, false)
        .await
        .unwrap();
    (anna, other)
}

const EVERYTHING: [&str; 8] = [
    "Nadia Roux deactivated this person",
    "Nadia Roux marked this person as present (Wednesday 9 December, morning)",
    "Nadia Roux wrote an e-mail: Invitation, could not be delivered (address refused)",
    "Nadia Roux chose this person for the training",
    "Anna Müller confirmed by the link",
    "Nadia Roux wrote an e-mail: Invitation, sent",
    "Nadia Roux chose this person for the training",
    "Anna Müller came into the directory",
];

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn everything_that_concerns_somebody(#[case] kind: Database) {
    let mut world = World::new(kind).await;
    let (anna, other) = lived(&mut world).await;
    let bob = world.person("Bob", "Petit", None, None).await;
    let (service, admin) = (&world.service, &world.admin);

    let all = list(&world, admin, anna, None).await;
    assert_eq!(said(&all), EVERYTHING);
    assert_eq!(all[7].when, "22 November 2026, 10:00");
    assert_eq!(all[6].when, "22 November 2026, 11:00");
    let origins: Vec<&str> = all.iter().map(|row| row.from.as_str()).collect();
    assert_eq!(origins, ["203.0.113.7", "", "", "", "", "", "", ""]);
    let titles = all.iter().map(|row| row.training.as_ref());
    let titles: Vec<&str> = titles
        .map(|training| training.map_or("", |(_, title)| title.as_str()))
        .collect();
    let (fire, aid) = ("Fire Safety", "First Aid");
    assert_eq!(titles, ["", fire, aid, aid, fire, fire, fire, ""]);

    // The line of a message opens what it said.
    let message = all[5].message.as_ref().unwrap();
    assert_eq!(message.kind, MessageKind::Invitation);
    let text = messages::text(service, admin, message.id).await.unwrap();
    assert_eq!(text.text, "body");
    assert_eq!(all.iter().filter(|row| row.message.is_some()).count(), 2);

    // In windows, and of one training; that is what the dialog in the training shows.
    let window = story::list(service, admin, anna, None, Range::new(1, 2))
        .await
        .unwrap();
    assert_eq!(window.total, 8);
    assert_eq!(window.rows, all[1..3]);
    let of_other = list(&world, admin, anna, Some(other)).await;
    assert_eq!(of_other, all[2..4]);
    let dialog = registration::story(service, admin, other, anna)
        .await
        .unwrap();
    assert_eq!(dialog.lines, of_other);

    let head = story::head(service, admin, anna).await.unwrap();
    assert_eq!(head.name, "Anna Müller");
    let mut names: Vec<_> = head.trainings.into_iter().map(|t| t.name).collect();
    names.sort();
    assert_eq!(
        names,
        [
            "Fire Safety · 9 December 2026",
            "First Aid · 9 December 2026"
        ]
    );

    assert_eq!(
        said(&list(&world, admin, bob, None).await),
        ["Bob Petit came into the directory"]
    );
    assert!(
        story::head(service, admin, bob)
            .await
            .unwrap()
            .trainings
            .is_empty()
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_story_is_a_file_too_and_french(#[case] kind: Database) {
    let mut world = World::new(kind).await;
    let (anna, other) = lived(&mut world).await;
    let french = Actor {
        language: Language::Fr,
        ..world.admin.clone()
    };
    let file = story::export(&world.service, &french, anna, Some(other), FileFormat::Csv)
        .await
        .unwrap();
    assert_eq!(file.name, "Parcours – Anna Müller.csv");
    let text = String::from_utf8(file.bytes).unwrap();
    let lines: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(lines.len(), 2);
    for words in [
        "Nadia Roux",
        "a écrit un e-mail\u{a0}: Invitation, non remis (adresse refusée)",
        "Anna Müller",
        "First Aid",
    ] {
        assert!(lines[0].contains(words), "{words} is not in {}", lines[0]);
    }
    assert!(lines[1].contains("a choisi cette personne pour la formation"));
    let file = story::export(&world.service, &world.admin, anna, None, FileFormat::Xlsx)
        .await
        .unwrap();
    assert_eq!(file.name, "Story of Anna Müller.xlsx");
    assert!(!file.bytes.is_empty());
}

/// Authorised users read of those in their scope, and neither from where somebody acted nor what is about the account.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn who_may_read_whose_story(#[case] kind: Database) {
    let mut world = World::new(kind).await;
    let (anna, _) = lived(&mut world).await;
    let bob = world.person("Bob", "Petit", None, None).await;
    let group = world.group("Mine", &[anna]).await;
    let signed_in = NewHistory {
        id: world.service.id(),
        organisation_id: world.admin.organisation_id,
        at: world.service.clock.now(),
        actor_id: Some(anna),
        actor_name: "Anna Müller".to_owned(),
        event: "session.signed_in",
        training_id: None,
        user_id: Some(anna),
        details: serde_json::json!({}),
    };
    let mut tx = world.service.storage.begin().await.unwrap();
    tx.add_history(&signed_in).await.unwrap();
    tx.commit().await.unwrap();
    let all = list(&world, &world.admin, anna, None).await;
    assert_eq!(all.len(), 9);
    assert!(said(&all).contains(&"Anna Müller signed in".to_owned()));

    let authorised = world.authorised(&[group]);
    let theirs = list(&world, &authorised, anna, None).await;
    assert_eq!(said(&theirs), EVERYTHING);
    assert!(theirs.iter().all(|row| row.from.is_empty()));

    let (stranger, _) = organisation(&world.service, "Other").await;
    for (actor, person) in [
        (&authorised, bob),
        (&stranger, anna),
        (&world.admin, world.service.id()),
    ] {
        let service = &world.service;
        let refused = Err(Refusal::NotFound);
        assert_eq!(
            story::list(service, actor, person, None, ALL).await,
            refused
        );
        assert!(story::head(service, actor, person).await.is_err());
        let file = story::export(service, actor, person, None, FileFormat::Csv).await;
        assert_eq!(file, Err(Refusal::NotFound));
    }
}

/// What was done to many at once is in the story of each, without saying how many they were.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_was_done_to_many_at_once(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let three = world.people(3).await;
    let (crew, ship) = (
        world.group("Crew", &[]).await,
        world.group("Ship", &three).await,
    );
    world.pass(HOUR);
    let change = MembersChange {
        people: PeopleChoice::These(three[..2].to_vec()),
        join: vec![crew],
        leave: vec![ship],
    };
    groups::change_members(service, admin, &change)
        .await
        .unwrap();
    world.pass(HOUR);
    let file =
        "first_name,last_name,email,employee_id\nNew,One,one@acme.test,\nNew,Two,two@acme.test,\n";
    let file = ImportFile::of(file.into());
    people::import(service, admin, "people.csv", file, |_| {})
        .await
        .unwrap();

    let moved = "Nadia Roux changed the groups of this person: + Crew, − Ship";
    let lines = said(&list(&world, admin, three[0], None).await);
    assert_eq!(lines[0], moved);
    assert!(!said(&list(&world, admin, three[2], None).await).contains(&moved.to_owned()));

    let one = user_of(&world, "One").await;
    let lines = said(&list(&world, admin, one, None).await);
    assert!(
        lines.contains(&"Nadia Roux imported this person".to_owned()),
        "{lines:?}"
    );

    // Of two who become one, both stories are one.
    let (keep, other) = (three[2], three[0]);
    let view = people::merge::preview(service, admin, keep, other)
        .await
        .unwrap();
    let request = MergeRequest {
        keep: (keep, view.keep.version),
        other: (other, view.other.version),
        from_other: Vec::new(),
    };
    people::merge::merge(service, admin, &request)
        .await
        .unwrap();
    assert!(said(&list(&world, admin, three[2], None).await).contains(&moved.to_owned()));
}
