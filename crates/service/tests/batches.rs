//! The moment in which a batch can be undone, *Send now*, *Stop*, and batches whose time was chosen, on both databases.

mod world;

use convoke_domain::message::Problem;
use convoke_domain::retention::Retention;
use convoke_domain::selection::Change;
use convoke_domain::view::{
    BatchEnded, BatchView, OrganisationSettings, SendAction, SendOutcome, SendPlan,
};
use convoke_domain::{Actor, BatchId, Fate, MessageKind, Refusal, Role};
use convoke_service::{invitations, sending, settings, trainings};
use convoke_storage::outbox::Outcome;
use convoke_testkit::Database;
use rstest::rstest;
use world::sending::{accepted, deliver, order, press, request};
use world::{World, form};

/// A world whose organisation waits ten seconds, with so many people to write to.
async fn waiting_world(kind: Database, people: usize) -> World {
    let world = World::new(kind).await;
    set(&world, |settings| settings.send_delay = 10).await;
    let people = world.people(people).await;
    world.validate(&[Change::Add(people)]).await;
    world
}

async fn set(world: &World, change: impl FnOnce(&mut OrganisationSettings)) {
    let mut settings = settings::view(&world.service, &world.admin).await.unwrap();
    change(&mut settings);
    settings::save(&world.service, &world.admin, &settings)
        .await
        .unwrap();
}

async fn batches(world: &World, actor: &Actor) -> Vec<BatchView> {
    let blocks = invitations::blocks(&world.service, actor, world.training, "").await;
    blocks.unwrap().summary.batches
}

async fn stop(world: &World, id: BatchId) -> BatchEnded {
    sending::stop_batch(&world.service, &world.admin, world.training, id)
        .await
        .unwrap()
}

async fn plan(world: &World, action: SendAction) -> SendPlan {
    sending::send_plan(&world.service, &world.admin, &request(world, action))
        .await
        .unwrap()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_batch_waits_and_then_goes_on(#[case] kind: Database) {
    let world = waiting_world(kind, 3).await;
    assert_eq!(plan(&world, SendAction::Send).await.delay, 10);
    assert_eq!(press(&world, &request(&world, SendAction::Send)).await, 3);
    let waiting = batches(&world, &world.admin).await;
    assert_eq!(waiting.len(), 1);
    let batch = &waiting[0];
    assert_eq!(
        (batch.kind, batch.messages, batch.left, batch.waits),
        (MessageKind::Invitation, 3, 3, Some(10_000))
    );
    assert_eq!((batch.planned.as_deref(), &*batch.by), (None, "Nadia Roux"));
    let blocks = invitations::blocks(&world.service, &world.admin, world.training, "")
        .await
        .unwrap();
    assert_eq!(blocks.summary.in_progress, 0, "they are in the batch");
    assert_eq!(blocks.to_send.rows[0].message, Some(Fate::Queued));
    assert!(deliver(&world, &accepted()).await.is_empty());
    assert_eq!(
        plan(&world, SendAction::Send).await.split.messages(),
        0,
        "whoever presses again while it waits writes to nobody"
    );
    world.pass(9_999);
    assert!(deliver(&world, &accepted()).await.is_empty());
    assert_eq!(batches(&world, &world.admin).await[0].waits, Some(1));
    world.pass(1);
    assert_eq!(batches(&world, &world.admin).await[0].waits, None);
    assert_eq!(deliver(&world, &accepted()).await.len(), 3);
    assert!(batches(&world, &world.admin).await.is_empty());
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn undone_at_the_last_moment_nothing_goes_out(#[case] kind: Database) {
    let world = waiting_world(kind, 3).await;
    press(&world, &request(&world, SendAction::Send)).await;
    let id = batches(&world, &world.admin).await[0].id;
    world.pass(9_999);
    let undone = BatchEnded {
        withdrawn: 3,
        gone: 0,
    };
    assert_eq!(stop(&world, id).await, undone);
    world.pass(60_000);
    assert!(deliver(&world, &accepted()).await.is_empty());
    assert!(batches(&world, &world.admin).await.is_empty());
    let blocks = invitations::blocks(&world.service, &world.admin, world.training, "")
        .await
        .unwrap();
    assert_eq!(blocks.summary.counts.to_send, 3);
    assert_ne!(blocks.to_send.rows[0].message, Some(Fate::Queued));
    // Pressing *Undo* again does nothing, and everybody can be written to as before.
    assert_eq!(stop(&world, id).await.withdrawn, 0);
    assert_eq!(press(&world, &request(&world, SendAction::Send)).await, 3);
    world.pass(10_000);
    assert_eq!(deliver(&world, &accepted()).await.len(), 3);
}

/// Whoever could not be reached before still reads why after an undone attempt.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn undoing_brings_back_what_went_wrong_before(#[case] kind: Database) {
    let world = waiting_world(kind, 1).await;
    press(&world, &request(&world, SendAction::Send)).await;
    world.pass(10_000);
    let refused = Outcome::Failed {
        problem: Problem::AddressRefused,
        detail: "550 no such user".to_owned(),
    };
    deliver(&world, &refused).await;
    let row = async || {
        let blocks = invitations::blocks(&world.service, &world.admin, world.training, "").await;
        let row = blocks.unwrap().to_send.rows.remove(0);
        (row.problem, row.problem_detail)
    };
    let before = row().await;
    assert_eq!(before.0, Some(Problem::AddressRefused));
    press(&world, &request(&world, SendAction::Send)).await;
    assert_eq!(row().await.0, None);
    let id = batches(&world, &world.admin).await[0].id;
    stop(&world, id).await;
    assert_eq!(row().await, before);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn send_now_ends_the_waiting(#[case] kind: Database) {
    let world = waiting_world(kind, 2).await;
    press(&world, &request(&world, SendAction::Send)).await;
    let id = batches(&world, &world.admin).await[0].id;
    world.pass(1_000);
    for _ in 0..2 {
        sending::hurry_batch(&world.service, &world.admin, world.training, id)
            .await
            .unwrap();
        assert_eq!(batches(&world, &world.admin).await[0].waits, None);
    }
    assert_eq!(deliver(&world, &accepted()).await.len(), 2);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn stopping_in_the_middle_says_how_many_had_gone(#[case] kind: Database) {
    let world = waiting_world(kind, 5).await;
    press(&world, &request(&world, SendAction::Send)).await;
    let id = batches(&world, &world.admin).await[0].id;
    world.pass(10_000);
    let now = world.service.clock.now();
    let until = now.plus_seconds(60);
    let mut tx = world.service.storage.begin().await.unwrap();
    let due = tx.due(convoke_domain::Channel::ALL, now, 2).await.unwrap();
    let ids: Vec<_> = due.iter().map(|message| message.id).collect();
    // One is being handed over; the other was only looked at.
    assert_eq!(
        tx.mark_sending("one", &ids[..1], now, until)
            .await
            .unwrap()
            .len(),
        1
    );
    tx.commit().await.unwrap();
    let stopped = BatchEnded {
        withdrawn: 4,
        gone: 1,
    };
    assert_eq!(stop(&world, id).await, stopped);
    let mut tx = world.service.storage.begin().await.unwrap();
    assert!(
        tx.mark_sending("one", &ids[1..], now, until)
            .await
            .unwrap()
            .is_empty()
    );
    tx.commit().await.unwrap();
    assert!(deliver(&world, &accepted()).await.is_empty());
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_batch_goes_out_at_the_chosen_time(#[case] kind: Database) {
    let world = waiting_world(kind, 2).await;
    let request = request(&world, SendAction::Send);
    let plan = plan(&world, SendAction::Send).await;
    assert_eq!(plan.time_zone, "Europe/Paris");
    let send = async |at: &str| {
        sending::send(
            &world.service,
            &world.admin,
            &order(&request, &plan, Some(at)),
        )
        .await
    };
    // It is 22 November, 10:00 in Paris; the training ends on 10 December.
    for (at, why) in [
        ("yesterday", "error-date"),
        ("2026-02-30T09:00", "error-date"),
        ("2026-11-22T10:00", "send-at-past"),
        ("2027-01-01T09:00", "send-at-after-end"),
    ] {
        assert_eq!(send(at).await, Err(Refusal::field("at", why)), "{at}");
    }
    let mut wanted = form("Fire Safety");
    wanted.answer_deadline = "2026-12-01T18:00".to_owned();
    trainings::save(&world.service, &world.admin, Some(world.training), &wanted)
        .await
        .unwrap();
    assert_eq!(
        send("2026-12-01T18:00").await,
        Err(Refusal::field("at", "send-at-after-deadline")),
        "nobody could answer"
    );
    assert!(batches(&world, &world.admin).await.is_empty());
    assert_eq!(send("2026-11-23T08:30").await, Ok(SendOutcome::Queued(2)));
    let batch = batches(&world, &world.admin).await.remove(0);
    assert_eq!(batch.waits, Some(22 * 3_600_000 + 1_800_000));
    assert_eq!(batch.planned.as_deref(), Some("23 November 2026, 08:30"));
    world.pass(22 * 3_600_000);
    assert!(deliver(&world, &accepted()).await.is_empty());
    world.pass(1_800_000);
    assert_eq!(deliver(&world, &accepted()).await.len(), 2);
}

/// Another one's batch may be about people whom an authorised user may not even know.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn authorised_users_see_and_stop_their_own(#[case] kind: Database) {
    let world = waiting_world(kind, 1).await;
    let anna = world
        .person("Anna", "Stone", Some("anna@acme.test"), None)
        .await;
    let group = world.group("Site", &[anna]).await;
    let ines = world
        .person("Ines", "Staff", Some("ines@acme.test"), None)
        .await;
    let authorised = Actor {
        user_id: Some(ines),
        role: Role::Authorised,
        scope: vec![group],
        ..world.admin.clone()
    };
    press(&world, &request(&world, SendAction::Send)).await;
    let theirs = batches(&world, &world.admin).await[0].id;
    assert!(batches(&world, &authorised).await.is_empty());
    let refused = sending::stop_batch(&world.service, &authorised, world.training, theirs).await;
    assert_eq!(refused, Err(Refusal::NotFound));

    world.validate(&[Change::Add(vec![anna])]).await;
    let request = request(&world, SendAction::Send);
    let plan = sending::send_plan(&world.service, &authorised, &request)
        .await
        .unwrap();
    let sent = sending::send(&world.service, &authorised, &order(&request, &plan, None)).await;
    assert_eq!(sent, Ok(SendOutcome::Queued(1)));
    let own = batches(&world, &authorised).await;
    assert_eq!(own.len(), 1);
    let ended = sending::stop_batch(&world.service, &authorised, world.training, own[0].id).await;
    assert_eq!(ended.unwrap().withdrawn, 1);
    assert_eq!(batches(&world, &world.admin).await.len(), 1);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn firm_limits_leave_people_out_whatever_is_chosen(#[case] kind: Database) {
    let world = waiting_world(kind, 2).await;
    set(&world, |settings| settings.send_delay = 0).await;
    press(&world, &request(&world, SendAction::Send)).await;
    deliver(&world, &accepted()).await;
    let offered = plan(&world, SendAction::Resend).await;
    assert_eq!(
        (offered.split.messages(), offered.recent, offered.held_back),
        (2, 2, 0)
    );
    set(&world, |settings| settings.firm_recent = true).await;
    let held = plan(&world, SendAction::Resend).await;
    assert_eq!(
        (held.split.messages(), held.recent, held.held_back),
        (0, 0, 2)
    );
    assert_eq!(held.held_back_names.len(), 2);
    world.pass(25 * 3_600_000);
    assert_eq!(plan(&world, SendAction::Resend).await.split.messages(), 2);
    for _ in 0..4 {
        press(&world, &request(&world, SendAction::Resend)).await;
        deliver(&world, &accepted()).await;
        world.pass(25 * 3_600_000);
    }
    let often = plan(&world, SendAction::Resend).await;
    assert_eq!(
        (often.split.messages(), often.recent),
        (2, 2),
        "five times already"
    );
    set(&world, |settings| settings.firm_often = true).await;
    let held = plan(&world, SendAction::Resend).await;
    assert_eq!((held.split.messages(), held.held_back), (0, 2));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_delay_has_a_limit(#[case] kind: Database) {
    let world = World::new(kind).await;
    let mut wanted = settings::view(&world.service, &world.admin).await.unwrap();
    wanted.send_delay = 301;
    assert_eq!(
        settings::save(&world.service, &world.admin, &wanted).await,
        Err(Refusal::field("send_delay", "settings-send-delay-limit"))
    );
    wanted.send_delay = 300;
    settings::save(&world.service, &world.admin, &wanted)
        .await
        .unwrap();
    assert_eq!(
        settings::view(&world.service, &world.admin).await.unwrap(),
        wanted
    );
}

/// A page that was open while the program was replaced by a newer one does not know the newer settings.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_setting_that_a_page_does_not_send_stays_as_it_is(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let before = OrganisationSettings {
        link_days: 30,
        sign_presence: true,
        retention: Retention {
            people_days: Some(90),
            directory: true,
            text_days: Some(400),
        },
        ..settings::view(service, admin).await.unwrap()
    };
    settings::save(service, admin, &before).await.unwrap();
    let mut sent = serde_json::to_value(&before).unwrap();
    let fields = sent.as_object_mut().unwrap();
    for unknown in ["link_days", "sign_presence"] {
        assert!(fields.remove(unknown).is_some());
    }
    fields.insert("name".to_owned(), "Acme & Co".into());
    fields.insert("of_tomorrow".to_owned(), true.into());
    let half = serde_json::json!({ "people_days": null, "directory": false });
    fields.insert("retention".to_owned(), half);
    settings::save_sent(service, admin, sent).await.unwrap();
    let expected = OrganisationSettings {
        name: "Acme & Co".to_owned(),
        retention: Retention {
            people_days: None,
            directory: false,
            text_days: Some(400),
        },
        ..before
    };
    assert_eq!(settings::view(service, admin).await, Ok(expected.clone()));
    // What is sent is looked at as ever.
    let wrong = serde_json::json!({ "link_days": 0 });
    assert_eq!(
        settings::save_sent(service, admin, wrong).await,
        Err(Refusal::field("link_days", "settings-link-days-limit"))
    );
    for nothing in [
        serde_json::json!("x"),
        serde_json::json!({ "link_days": "x" }),
    ] {
        let refused = settings::save_sent(service, admin, nothing).await;
        assert_eq!(refused, Err(Refusal::Invalid(Vec::new())));
    }
    assert_eq!(settings::view(service, admin).await, Ok(expected));
}
