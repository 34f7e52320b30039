//! Who is there: days, marks, rights, people added on the spot; on both databases.

mod world;

use convoke_domain::selection::Change;
use convoke_domain::training::TrainingForm;
use convoke_domain::view::{OnTheSpot, OrganisationSettings, ParticipantsView};
use convoke_domain::{
    Actor, Attendance, FieldError, HalfDay, InvitationId, InvitationState, Refusal, Role,
    TrainingId, UserId, UserState,
};
use convoke_service::{invitations, presence, settings, trainings};
use convoke_storage::invitations::InvitationFacts;
use convoke_testkit::Database;
use rstest::rstest;
use world::{World, form, organisation};

const DAY: i64 = 24 * 3600 * 1000;
/// From the beginning of a test to the first day of its training, at 10:00 there.
const TO_THE_FIRST_DAY: i64 = 17 * DAY;

/// Makes Marc the trainer of the one training.
async fn trainer(world: &World, seats: &str) -> Actor {
    let marc = world
        .person("Marc", "Petit", Some("marc@acme.test"), None)
        .await;
    let typed = TrainingForm {
        trainers: vec![marc],
        seats: seats.to_owned(),
        ..form("Fire Safety")
    };
    trainings::save(&world.service, &world.admin, Some(world.training), &typed)
        .await
        .unwrap();
    Actor {
        user_id: Some(marc),
        role: Role::Member,
        name: "Marc Petit".into(),
        ..world.admin.clone()
    }
}

async fn invited(world: &World, user: UserId, state: InvitationState) -> InvitationId {
    let id = world.service.id();
    let mut tx = world.service.storage.begin().await.unwrap();
    tx.insert_invitation(&InvitationFacts {
        id,
        organisation_id: world.admin.organisation_id,
        training_id: world.training,
        user_id: user,
        state,
        confirmed_by: (state == InvitationState::Confirmed)
            .then_some(convoke_domain::ConfirmedBy::Link),
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

/// A half-day by its text: `2026-12-09-morning`.
fn half(text: &str) -> HalfDay {
    text.parse().unwrap()
}

async fn open(world: &World, actor: &Actor, day: Option<&str>) -> ParticipantsView {
    let half_day = day.map(half);
    presence::participants(&world.service, actor, world.training, half_day.as_ref())
        .await
        .unwrap()
}

fn names(view: &ParticipantsView) -> Vec<String> {
    view.rows
        .iter()
        .map(|r| format!("{} {}", r.first_name, r.last_name))
        .collect()
}

fn person(first: &str, last: &str, email: &str, mobile: &str) -> OnTheSpot {
    OnTheSpot {
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        email: email.to_owned(),
        mobile: mobile.to_owned(),
    }
}

async fn trainers_may_add(world: &World) {
    let settings = OrganisationSettings {
        name: "Acme".to_owned(),
        trainers_add_people: true,
        send_delay: 0,
        ..OrganisationSettings::default()
    };
    settings::save(&world.service, &world.admin, &settings)
        .await
        .unwrap();
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_trainer_marks_who_is_there_day_by_day(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    let trainer = trainer(&world, "20").await;
    let zoe = world.person("Zoé", "Adam", None, None).await;
    let anna = world.person("Anna", "Müller", None, None).await;
    let bert = world.person("Bert", "Sent", None, None).await;
    let zoe = invited(&world, zoe, InvitationState::Confirmed).await;
    let anna = invited(&world, anna, InvitationState::Confirmed).await;
    let bert = invited(&world, bert, InvitationState::Sent).await;
    let mark = async |invitation, day: &str, state| {
        let half_day = half(day);
        presence::mark(
            service,
            &trainer,
            world.training,
            (invitation, &half_day),
            state,
            None,
        )
        .await
    };
    let (there, gone, excused) = (
        Some(Attendance::Present),
        Some(Attendance::Absent),
        Some(Attendance::Excused),
    );

    // Before the training: the first half-day is shown, and people can only be excused.
    let view = open(&world, &trainer, None).await;
    let days: Vec<_> = view
        .days
        .iter()
        .map(|d| (d.half_day.to_string(), &*d.label))
        .collect();
    let days: Vec<_> = days.iter().map(|(day, label)| (&**day, *label)).collect();
    assert_eq!(
        days,
        [
            ("2026-12-09-morning", "Wednesday 9 December, morning"),
            ("2026-12-09-afternoon", "Wednesday 9 December, afternoon"),
            ("2026-12-10-morning", "Thursday 10 December, morning"),
            ("2026-12-10-afternoon", "Thursday 10 December, afternoon"),
        ]
    );
    assert_eq!(
        (view.half_day.clone(), view.can_mark, view.may_add),
        (Some(half("2026-12-09-morning")), false, false)
    );
    assert_eq!(names(&view), ["Zoé Adam", "Anna Müller"]);
    assert_eq!(view.rows[0].detail, "Confirmed just now");
    let too_early = Err(Refusal::Conflict("conflict-presence-day".to_owned()));
    assert_eq!(mark(zoe, "2026-12-09-morning", there).await, too_early);
    assert_eq!(mark(zoe, "2026-12-09-morning", gone).await, too_early);
    mark(zoe, "2026-12-09-morning", excused).await.unwrap();

    // She comes after all.
    world.pass(TO_THE_FIRST_DAY);
    mark(zoe, "2026-12-09-morning", there).await.unwrap();
    world.pass(60_000);
    mark(zoe, "2026-12-09-morning", there).await.unwrap();
    mark(anna, "2026-12-09-morning", there).await.unwrap();
    world.pass(1);
    mark(anna, "2026-12-09-morning", None).await.unwrap();
    mark(anna, "2026-12-09-morning", None).await.unwrap();
    let view = open(&world, &trainer, None).await;
    assert!(view.can_mark);
    assert_eq!(
        view.rows[0].present_at.as_deref(),
        Some("10:00"),
        "the first mark stands"
    );
    assert!(view.rows[0].marked_by_trainer);
    assert_eq!(
        (view.rows[1].attendance, &view.rows[1].present_at),
        (None, &None)
    );
    let counts: Vec<_> = view.days.iter().map(|day| day.present).collect();
    assert_eq!(counts, [1, 0, 0, 0]);
    for day in [
        "2026-12-10-morning",
        "2026-12-08-morning",
        "-morning",
        "tomorrow-morning",
    ] {
        assert_eq!(mark(zoe, day, there).await, too_early, "{day}");
    }
    let never = "2026-12-08-afternoon";
    assert_eq!(mark(zoe, never, excused).await, too_early, "no day of it");
    // The afternoon of today can be marked in the morning already.
    world.pass(1);
    mark(zoe, "2026-12-09-afternoon", gone).await.unwrap();
    assert_eq!(
        mark(bert, "2026-12-09-morning", there).await,
        Err(Refusal::Conflict("conflict-presence-state".to_owned())),
        "who has not confirmed does not take part"
    );

    // The afternoon, the day after, and long after.
    world.pass(3 * 3600 * 1000);
    let view = open(&world, &trainer, None).await;
    assert_eq!(view.half_day, Some(half("2026-12-09-afternoon")));
    assert_eq!(view.rows[0].attendance, gone);
    assert_eq!(view.rows[0].present_at, None);
    world.pass(DAY - 3 * 3600 * 1000);
    let view = open(&world, &trainer, None).await;
    assert_eq!(view.half_day, Some(half("2026-12-10-morning")));
    let yesterday = open(&world, &trainer, Some("2026-12-09-morning")).await;
    assert_eq!(
        (yesterday.half_day, yesterday.can_mark),
        (Some(half("2026-12-09-morning")), true)
    );
    mark(anna, "2026-12-09-morning", there).await.unwrap();
    world.pass(30 * DAY);
    let view = open(&world, &trainer, Some("2026-12-24-morning")).await;
    assert_eq!(
        view.half_day,
        Some(half("2026-12-10-afternoon")),
        "the nearest to today"
    );
    assert_eq!(view.days[0].present, 2);
    assert_eq!(
        world.history("presence.").await,
        [
            "presence.marked",
            "presence.corrected",
            "presence.marked",
            "presence.taken_back",
            "presence.marked",
            "presence.marked"
        ]
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn who_sees_and_marks_whom(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    let trainer = trainer(&world, "20").await;
    let anna = world.person("Anna", "Müller", None, None).await;
    let bert = world.person("Bert", "Young", None, None).await;
    let lyon = world.group("Lyon", &[anna]).await;
    let anna = invited(&world, anna, InvitationState::Confirmed).await;
    let bert = invited(&world, bert, InvitationState::Confirmed).await;
    world.pass(TO_THE_FIRST_DAY);
    let mark = async |actor: &Actor, invitation| {
        presence::mark(
            service,
            actor,
            world.training,
            (invitation, &half("2026-12-09-morning")),
            Some(Attendance::Present),
            None,
        )
        .await
    };

    let authorised = Actor {
        user_id: None,
        ..world.authorised(&[lyon])
    };
    assert_eq!(
        names(&open(&world, &authorised, None).await),
        ["Anna Müller"]
    );
    assert_eq!(mark(&authorised, anna).await, Ok(()));
    assert_eq!(
        mark(&authorised, bert).await,
        Err(Refusal::NotFound),
        "out of scope"
    );
    mark(&world.admin, bert).await.unwrap();
    assert_eq!(open(&world, &authorised, None).await.days[0].present, 1);
    assert_eq!(open(&world, &trainer, None).await.days[0].present, 2);
    // Who teaches sees everyone, whatever they may invite.
    let both = Actor {
        role: Role::Authorised,
        scope: vec![lyon],
        ..trainer.clone()
    };
    assert_eq!(open(&world, &both, None).await.rows.len(), 2);

    let (stranger, _) = organisation(service, "Other").await;
    let trainee = Actor {
        user_id: Some(world.person("Not", "Trainer", None, None).await),
        ..trainer.clone()
    };
    for actor in [&stranger, &trainee] {
        assert_eq!(mark(actor, anna).await, Err(Refusal::NotFound));
        let view = presence::participants(service, actor, world.training, None).await;
        assert_eq!(view, Err(Refusal::NotFound));
        let added =
            presence::add_on_the_spot(service, actor, world.training, &person("A", "B", "", ""))
                .await;
        assert_eq!(added, Err(Refusal::NotFound));
    }
    let elsewhere: TrainingId = trainings::save(service, &world.admin, None, &form("Other"))
        .await
        .unwrap();
    assert_eq!(
        presence::mark(
            service,
            &world.admin,
            elsewhere,
            (anna, &half("2026-12-09-morning")),
            Some(Attendance::Present),
            None,
        )
        .await,
        Err(Refusal::NotFound),
        "an invitation of another training"
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn people_are_added_at_the_door(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    let trainer = trainer(&world, "20").await;
    let add = async |actor: &Actor, typed: OnTheSpot| {
        presence::add_on_the_spot(service, actor, world.training, &typed).await
    };
    let new = || person("  Nora ", "Néel", "nora@new.test", "06 39 98 12 34");
    assert_eq!(add(&trainer, new()).await, Err(Refusal::NotAllowed));
    trainers_may_add(&world).await;
    let too_early = Err(Refusal::Conflict("conflict-spot-day".to_owned()));
    assert_eq!(add(&trainer, new()).await, too_early);
    world.pass(TO_THE_FIRST_DAY);
    assert!(open(&world, &trainer, None).await.may_add);

    let bad = add(&trainer, person(" ", "", "nora", "12")).await;
    let error = |field: &str, text: &str| FieldError::new(field, text);
    assert_eq!(
        bad,
        Err(Refusal::Invalid(vec![
            error("first_name", "error-required"),
            error("last_name", "error-required"),
            error("email", "error-email"),
            error("mobile", "error-mobile"),
        ]))
    );

    // Somebody new, twice: once is enough.
    add(&trainer, new()).await.unwrap();
    add(&trainer, new()).await.unwrap();
    // Somebody known by the address, under another name, and whose invitation was cancelled.
    let known = world
        .person(
            "Anna",
            "Müller",
            Some("Anna@acme.test"),
            Some("+33639981299"),
        )
        .await;
    invited(&world, known, InvitationState::Cancelled).await;
    add(&trainer, person("A.", "Muller", "ANNA@acme.test", ""))
        .await
        .unwrap();
    // Somebody known by the mobile, not invited at all.
    world
        .person("Bert", "Young", None, Some("+33639981200"))
        .await;
    add(&trainer, person("B.", "Young", "", "0639981200"))
        .await
        .unwrap();
    // Nobody needs an address.
    add(&trainer, person("Zed", "Zero", "", "")).await.unwrap();

    let view = open(&world, &trainer, None).await;
    assert_eq!(
        names(&view),
        ["A. Muller", "Nora Néel", "B. Young", "Zed Zero"],
        "who sees no directory reads what was typed"
    );
    let file = convoke_service::export::participants(
        service,
        &trainer,
        world.training,
        convoke_service::export::FileFormat::Csv,
    )
    .await
    .unwrap();
    let file = String::from_utf8(file.bytes).unwrap();
    assert!(
        file.contains("Muller,A.") && !file.contains("Müller"),
        "{file}"
    );
    assert_eq!(
        names(&open(&world, &world.admin, None).await),
        ["Anna Müller", "Nora Néel", "Bert Young", "Zed Zero"]
    );
    for row in &view.rows {
        assert_eq!(row.present_at.as_deref(), Some("10:00"));
        assert!(row.marked_by_trainer);
        assert_eq!(row.detail, "Confirmed by Marc Petit");
    }
    let mut tx = service.storage.read().await.unwrap();
    let nora = tx
        .user(world.admin.organisation_id, view.rows[1].user_id)
        .await
        .unwrap()
        .unwrap();
    drop(tx);
    assert_eq!(nora.state, UserState::Created);
    assert_eq!(nora.mobile.as_deref(), Some("+33639981234"));
    assert_eq!(nora.user_type, "Collaborator");
    let blocks = invitations::blocks(service, &world.admin, world.training, "")
        .await
        .unwrap();
    assert_eq!(blocks.summary.counts.confirmed, 4);
    assert_eq!(world.history("user.created").await.len(), 2);
    assert_eq!(world.history("presence.added").await.len(), 5);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn only_an_administrator_goes_beyond_the_seats(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    let trainer = trainer(&world, "1").await;
    trainers_may_add(&world).await;
    world.pass(TO_THE_FIRST_DAY);
    let add = async |actor: &Actor, email: &str| {
        let typed = person("New", email, email, "");
        presence::add_on_the_spot(service, actor, world.training, &typed).await
    };
    add(&trainer, "one@new.test").await.unwrap();
    let full = Err(Refusal::Conflict("conflict-spot-full".to_owned()));
    assert_eq!(add(&trainer, "two@new.test").await, full);
    assert_eq!(add(&trainer, "one@new.test").await, Ok(()), "has a seat");
    add(&world.admin, "two@new.test").await.unwrap();
    assert_eq!(open(&world, &trainer, None).await.rows.len(), 2);
    assert_eq!(
        world.history("user.created").await.len(),
        2,
        "who was refused was not created"
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_authorised_user_adds_within_the_scope(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    let anna = world
        .person("Anna", "Müller", Some("anna@acme.test"), None)
        .await;
    world
        .person("Bert", "Young", Some("bert@acme.test"), None)
        .await;
    let lyon = world.group("Lyon", &[anna]).await;
    let authorised = Actor {
        user_id: None,
        ..world.authorised(&[lyon])
    };
    world.pass(TO_THE_FIRST_DAY);
    let add = async |first: &str, email: &str| {
        let typed = person(first, "Any", email, "");
        presence::add_on_the_spot(service, &authorised, world.training, &typed).await
    };
    add("Anna", "anna@acme.test").await.unwrap();
    assert_eq!(
        add("Bert", "bert@acme.test").await,
        Err(Refusal::Conflict("conflict-spot-scope".to_owned()))
    );
    add("Cora", "cora@new.test").await.unwrap();
    let view = open(&world, &authorised, None).await;
    assert_eq!(
        names(&view),
        ["Cora Any", "Anna Müller"],
        "who was added is seen"
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn twenty_at_the_door_of_ten_seats(#[case] kind: Database) {
    let world = World::new(kind).await;
    let trainer = trainer(&world, "10").await;
    trainers_may_add(&world).await;
    world.pass(TO_THE_FIRST_DAY);
    let mut all = tokio::task::JoinSet::new();
    for n in 0..20 {
        let (service, trainer, training) = (world.service.clone(), trainer.clone(), world.training);
        all.spawn(async move {
            let typed = person("New", &n.to_string(), &format!("n{n}@new.test"), "");
            presence::add_on_the_spot(&service, &trainer, training, &typed).await
        });
    }
    let answers = all.join_all().await;
    assert_eq!(answers.iter().filter(|a| a.is_ok()).count(), 10);
    assert_eq!(open(&world, &trainer, None).await.rows.len(), 10);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[tokio::test]
async fn a_browser_that_has_the_training_open_hears_of_it(#[case] kind: Database) {
    let world = World::new(kind).await;
    let anna = world.person("Anna", "Müller", None, None).await;
    world.validate(&[Change::Add(vec![anna])]).await;
    let anna = invited_state(&world, anna).await;
    world.pass(TO_THE_FIRST_DAY);
    let before = world.version().await;
    presence::mark(
        &world.service,
        &world.admin,
        world.training,
        (anna, &half("2026-12-09-morning")),
        Some(Attendance::Present),
        None,
    )
    .await
    .unwrap();
    assert!(world.version().await > before);
}

/// Confirms somebody who was chosen.
async fn invited_state(world: &World, user: UserId) -> InvitationId {
    let mut tx = world.service.storage.begin().await.unwrap();
    let invitation = tx
        .invitation_of(world.training, user)
        .await
        .unwrap()
        .unwrap();
    drop(tx);
    invitations::confirm_for(&world.service, &world.admin, invitation.id)
        .await
        .unwrap();
    invitation.id
}
