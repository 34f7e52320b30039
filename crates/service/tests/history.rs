//! The history: who did what when, on both databases.

mod world;

use convoke_domain::selection::Change;
use convoke_domain::view::{HistoryArea, HistoryFilter, HistoryRow, Range};
use convoke_domain::{Actor, FieldError, Refusal};
use convoke_service::export::FileFormat;
use convoke_service::history;
use convoke_service::people::{edit, groups};
use convoke_testkit::Database;
use rstest::rstest;
use world::World;

const ALL: Range = Range::new(0, 200);
const DAY: i64 = 24 * 3600 * 1000;

async fn list(world: &World, filter: &HistoryFilter) -> Vec<HistoryRow> {
    let window = history::list(&world.service, &world.admin, filter, ALL)
        .await
        .unwrap();
    assert_eq!(window.total as usize, window.rows.len());
    window.rows
}

fn said(rows: &[HistoryRow]) -> Vec<&str> {
    rows.iter().map(|row| row.what.as_str()).collect()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn who_did_what_when(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let people = world.people(2).await;
    // One thing a day.
    world.pass(DAY);
    world.validate(&[Change::Add(people.clone())]).await;
    world.pass(DAY);
    edit::set_active(service, admin, people[0], false)
        .await
        .unwrap();
    world.pass(DAY);
    let from_afar = Actor {
        origin: "203.0.113.7".to_owned(),
        ..admin.clone()
    };
    groups::save_group(service, &from_afar, None, "Crew")
        .await
        .unwrap();

    let all = list(&world, &HistoryFilter::default()).await;
    assert_eq!(
        said(&all),
        [
            "created the group Crew",
            "deactivated a person",
            "chose participants: 2 added, 0 taken out",
            "created a training",
        ]
    );
    assert_eq!(all[0].when, "25 November 2026, 10:00");
    let origins: Vec<&str> = all.iter().map(|row| row.from.as_str()).collect();
    assert_eq!(origins, ["203.0.113.7", "", "", ""]);
    assert_eq!(all[1].person.as_ref().map(|(id, _)| *id), Some(people[0]));
    assert_eq!(
        all[2].training.as_ref().map(|(id, _)| *id),
        Some(world.training)
    );
    assert!(all.iter().all(|row| row.who == admin.name));

    let of = |area| HistoryFilter {
        area: Some(area),
        ..HistoryFilter::default()
    };
    assert_eq!(list(&world, &of(HistoryArea::People)).await.len(), 2);
    assert_eq!(
        said(&list(&world, &of(HistoryArea::Invitations)).await),
        ["chose participants: 2 added, 0 taken out"]
    );
    assert!(list(&world, &of(HistoryArea::Presence)).await.is_empty());

    // A name of whoever is concerned, the training, or who did it.
    let called = |text: &str| HistoryFilter {
        text: text.to_owned(),
        ..HistoryFilter::default()
    };
    assert_eq!(
        said(&list(&world, &called("person 000")).await),
        ["deactivated a person"]
    );
    assert_eq!(
        list(&world, &called("FIRE")).await.len(),
        2,
        "by the training"
    );
    assert_eq!(
        list(&world, &called("roux")).await.len(),
        4,
        "by who did it"
    );
    assert!(list(&world, &called("nobody")).await.is_empty());

    // Whole days, where the organisation is.
    let days = |from: &str, until: &str| HistoryFilter {
        from: from.to_owned(),
        until: until.to_owned(),
        ..HistoryFilter::default()
    };
    assert_eq!(
        said(&list(&world, &days("2026-11-23", "2026-11-24")).await),
        [
            "deactivated a person",
            "chose participants: 2 added, 0 taken out"
        ]
    );
    assert_eq!(list(&world, &days("2026-11-25", "")).await.len(), 1);
    assert_eq!(list(&world, &days("", "2026-11-22")).await.len(), 1);
    assert_eq!(
        history::list(service, admin, &days("2026-13-01", ""), ALL).await,
        Err(Refusal::Invalid(vec![FieldError::new("from", "error-day")]))
    );

    let window = history::list(service, admin, &HistoryFilter::default(), Range::new(1, 2))
        .await
        .unwrap();
    assert_eq!(
        (window.total, said(&window.rows)),
        (4, vec![all[1].what.as_str(), all[2].what.as_str()])
    );

    let file = history::export(service, admin, &of(HistoryArea::People), FileFormat::Csv)
        .await
        .unwrap();
    let text = String::from_utf8(file.bytes).unwrap();
    assert_eq!(text.lines().count(), 3);
    assert!(text.contains("created the group Crew"));

    let (stranger, _) = world::organisation(service, "Other").await;
    let theirs = history::list(service, &stranger, &HistoryFilter::default(), ALL)
        .await
        .unwrap();
    assert_eq!(theirs.total, 0);
}
