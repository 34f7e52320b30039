//! Reminders that go out by themselves, announcing that a training has moved, and what happened since the last visit: on both databases.

mod world;

use convoke_domain::reminder::{ReminderAnchor, ReminderForm};
use convoke_domain::selection::Change;
use convoke_domain::view::{SendAction, SendOutcome};
use convoke_domain::{Actor, InvitationId, MessageKind, Refusal, Role, UserId};
use convoke_service::{invitations, reminders, sending, settings, trainings, visits};
use convoke_storage::outbox::Outcome;
use convoke_testkit::Database;
use rstest::rstest;
use world::sending::{accepted, deliver, order, press, request};
use world::{World, form};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

const fn before_start(days: u32) -> ReminderForm {
    ReminderForm {
        days,
        anchor: ReminderAnchor::Start,
    }
}

const fn before_deadline(days: u32) -> ReminderForm {
    ReminderForm {
        days,
        anchor: ReminderAnchor::Deadline,
    }
}

/// Three people to whom the invitation went out.
async fn invited(world: &World) -> Vec<UserId> {
    let people = world.people(3).await;
    world.validate(&[Change::Add(people.clone())]).await;
    press(world, &request(world, SendAction::Send)).await;
    deliver(world, &accepted()).await;
    people
}

async fn invitation(world: &World, user: UserId) -> InvitationId {
    let mut tx = world.service.storage.read().await.unwrap();
    let found = tx.invitation_of(world.training, user).await.unwrap();
    found.unwrap().id
}

async fn confirm(world: &World, user: UserId) {
    let id = invitation(world, user).await;
    invitations::confirm_for(&world.service, &world.admin, id)
        .await
        .unwrap();
}

async fn plan(world: &World, wanted: ReminderForm) -> Result<(), Refusal> {
    reminders::plan(&world.service, &world.admin, world.training, wanted)
        .await
        .map(|_| ())
}

async fn kinds(world: &World) -> Vec<MessageKind> {
    let mut kinds: Vec<_> = deliver(world, &accepted())
        .await
        .into_iter()
        .map(|(kind, ..)| kind)
        .collect();
    kinds.sort_unstable();
    kinds
}

/// The training begins on 9 December, 09:00 in Paris; it is 22 November, 10:00.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn before_the_start_everybody_who_may_come_is_reminded_once(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = invited(&world).await;
    confirm(&world, people[0]).await;
    plan(&world, before_start(3)).await.unwrap();
    let view = reminders::list(&world.service, &world.admin, world.training)
        .await
        .unwrap();
    assert_eq!(view.reminders[0].when, "6 December 2026, 09:00");
    assert_eq!(
        (view.reminders[0].sent, &*view.reminders[0].by),
        (None, "Nadia Roux")
    );
    world.pass(14 * DAY - HOUR - 1);
    assert_eq!(reminders::send_due(&world.service).await, Ok(0));
    world.pass(1);
    // Two processes look at the same moment.
    let (one, two) = tokio::join!(
        reminders::send_due(&world.service),
        reminders::send_due(&world.service)
    );
    assert_eq!(one.unwrap() + two.unwrap(), 3);
    assert_eq!(
        kinds(&world).await,
        [
            MessageKind::Reminder,
            MessageKind::Reminder,
            MessageKind::ReminderStart
        ]
    );
    assert_eq!(reminders::send_due(&world.service).await, Ok(0));
    let view = reminders::list(&world.service, &world.admin, world.training)
        .await
        .unwrap();
    assert_eq!(view.reminders[0].sent, Some(3));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn before_the_deadline_only_who_has_not_answered(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = invited(&world).await;
    assert_eq!(
        plan(&world, before_deadline(2)).await,
        Err(Refusal::field("anchor", "reminder-no-deadline"))
    );
    let mut wanted = form("Fire Safety");
    wanted.answer_deadline = "2026-12-01T18:00".to_owned();
    trainings::save(&world.service, &world.admin, Some(world.training), &wanted)
        .await
        .unwrap();
    for (days, why) in [
        (0, "reminder-days-limit"),
        (61, "reminder-days-limit"),
        (9, "reminder-past"),
    ] {
        assert_eq!(
            plan(&world, before_deadline(days)).await,
            Err(Refusal::field("days", why)),
            "{days}"
        );
    }
    plan(&world, before_deadline(2)).await.unwrap();
    assert_eq!(
        plan(&world, before_deadline(2)).await,
        Err(Refusal::field("days", "reminder-twice"))
    );
    confirm(&world, people[0]).await;
    world.pass(7 * DAY);
    assert_eq!(reminders::send_due(&world.service).await, Ok(2));
    assert_eq!(kinds(&world).await, [MessageKind::Reminder; 2]);
}

/// The machine was off: whoever reads a reminder days late takes it for a mistake.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_reminder_that_is_a_day_late_is_left_out(#[case] kind: Database) {
    let world = World::new(kind).await;
    invited(&world).await;
    plan(&world, before_start(10)).await.unwrap();
    world.pass(8 * DAY);
    assert_eq!(reminders::send_due(&world.service).await, Ok(0));
    assert!(deliver(&world, &accepted()).await.is_empty());
    let view = reminders::list(&world.service, &world.admin, world.training)
        .await
        .unwrap();
    assert_eq!(view.reminders[0].sent, Some(0));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn limits_and_scopes_hold_for_reminders_too(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = invited(&world).await;
    let group = world.group("Site", &people[..1]).await;
    let ines = world
        .person("Ines", "Staff", Some("ines@acme.test"), None)
        .await;
    let mut tx = world.service.storage.begin().await.unwrap();
    tx.set_scope(world.admin.organisation_id, ines, &[group])
        .await
        .unwrap();
    tx.set_role(world.admin.organisation_id, ines, Role::Authorised)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let authorised = Actor {
        user_id: Some(ines),
        role: Role::Authorised,
        scope: vec![group],
        ..world.admin.clone()
    };
    reminders::plan(&world.service, &authorised, world.training, before_start(5))
        .await
        .unwrap();
    world.pass(12 * DAY);
    assert_eq!(
        reminders::send_due(&world.service).await,
        Ok(1),
        "of her group"
    );
    deliver(&world, &accepted()).await;
    // An hour ago one of them was written to.
    let mut settings = settings::view(&world.service, &world.admin).await.unwrap();
    settings.firm_recent = true;
    settings::save(&world.service, &world.admin, &settings)
        .await
        .unwrap();
    plan(&world, before_start(4)).await.unwrap();
    world.pass(DAY - HOUR);
    assert_eq!(reminders::send_due(&world.service).await, Ok(2));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn whoever_knows_the_old_dates_is_told_the_new_ones(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = invited(&world).await;
    confirm(&world, people[0]).await;
    let moved = async || {
        let blocks = invitations::blocks(&world.service, &world.admin, world.training, "").await;
        blocks.unwrap().summary.moved
    };
    assert_eq!(moved().await, 0);
    world.pass(HOUR);
    // Another title moves nobody.
    let mut wanted = form("Fire Safety II");
    let save = async |wanted: &convoke_domain::training::TrainingForm| {
        trainings::save(&world.service, &world.admin, Some(world.training), wanted)
            .await
            .unwrap();
    };
    save(&wanted).await;
    assert_eq!(moved().await, 0);
    wanted.place = "Lyon".to_owned();
    save(&wanted).await;
    assert_eq!(moved().await, 3);
    world.pass(HOUR);
    // Whoever is invited now is told the new place anyway.
    let late = world
        .person("Late", "Comer", Some("late@acme.test"), None)
        .await;
    world.validate(&[Change::Add(vec![late])]).await;
    press(&world, &request(&world, SendAction::Send)).await;
    deliver(&world, &accepted()).await;
    assert_eq!(moved().await, 3);

    let announce = request(&world, SendAction::Announce);
    let plan = sending::send_plan(&world.service, &world.admin, &announce)
        .await
        .unwrap();
    assert_eq!(plan.split.messages(), 3);
    assert!(plan.preview.unwrap().text.contains("Lyon"));
    assert_eq!(press(&world, &announce).await, 3);
    assert_eq!(moved().await, 0);
    // Undone, they do not know it again.
    let batch = |world: &World| {
        let (service, admin, training) =
            (world.service.clone(), world.admin.clone(), world.training);
        async move {
            let blocks = invitations::blocks(&service, &admin, training, "").await;
            blocks.unwrap().summary.batches[0].id
        }
    };
    sending::stop_batch(
        &world.service,
        &world.admin,
        world.training,
        batch(&world).await,
    )
    .await
    .unwrap();
    assert_eq!(moved().await, 3);
    assert_eq!(press(&world, &announce).await, 3);
    assert_eq!(kinds(&world).await, [MessageKind::Change; 3]);
    assert_eq!(moved().await, 0);

    world.pass(HOUR);
    wanted.place = "Paris".to_owned();
    save(&wanted).await;
    assert_eq!(moved().await, 4);
    sending::let_move(&world.service, &world.admin, world.training)
        .await
        .unwrap();
    assert_eq!(moved().await, 0);
    let nobody = sending::send_plan(&world.service, &world.admin, &announce)
        .await
        .unwrap();
    assert_eq!(nobody.split.messages(), 0);
    let sent = sending::send(
        &world.service,
        &world.admin,
        &order(&announce, &nobody, None),
    )
    .await;
    assert_eq!(sent, Ok(SendOutcome::Queued(0)));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_happened_since_the_last_visit(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(3).await;
    world.validate(&[Change::Add(people)]).await;
    let news = async || {
        visits::news(&world.service, &world.admin, world.training)
            .await
            .unwrap()
    };
    assert_eq!(news().await, None, "a first visit has no last one");
    visits::visited(&world.service, &world.admin, world.training)
        .await
        .unwrap();
    world.pass(HOUR);
    assert_eq!(news().await, None);
    press(&world, &request(&world, SendAction::Send)).await;
    let refused = Outcome::Failed {
        problem: convoke_domain::message::Problem::AddressRefused,
        detail: String::new(),
    };
    deliver(&world, &refused).await;
    world.pass(HOUR);
    let found = news().await.unwrap();
    assert_eq!(
        (found.failed, found.confirmed, &*found.since),
        (3, 0, "2 h ago")
    );
    visits::visited(&world.service, &world.admin, world.training)
        .await
        .unwrap();
    assert_eq!(news().await, None);
    // Nobody outside a scope is counted.
    let authorised = Actor {
        role: Role::Authorised,
        scope: Vec::new(),
        ..world.admin.clone()
    };
    world.pass(HOUR);
    press(&world, &request(&world, SendAction::Send)).await;
    deliver(&world, &refused).await;
    assert_eq!(news().await.unwrap().failed, 3);
    let of_nobody = visits::news(&world.service, &authorised, world.training).await;
    assert_eq!(of_nobody, Ok(None));
}
