//! Trainings: list, views, form, on both databases.

mod world;

use convoke_domain::training::{Phase, TrainingForm};
use convoke_domain::view::Perspective;
use convoke_domain::{Actor, Refusal, Role};
use convoke_service::trainings;
use convoke_testkit::Database;
use rstest::rstest;
use world::{World, form, organisation};

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_training_is_listed_shown_and_changed(#[case] kind: Database) {
    let world = World::new(kind).await;
    let marc = world
        .person("Marc", "Petit", Some("marc@acme.test"), None)
        .await;
    let typed = TrainingForm {
        trainers: vec![marc, marc],
        answer_deadline: "2026-12-02T18:00".into(),
        ..form("Sécurité incendie")
    };
    let id = trainings::save(&world.service, &world.admin, None, &typed)
        .await
        .unwrap();

    let list = trainings::list(&world.service, &world.admin, "securite", Phase::Upcoming)
        .await
        .unwrap();
    assert_eq!(list.phases, [1, 0, 0]);
    assert_eq!(
        (list.rows[0].id, list.rows[0].dates.as_str()),
        (id, "9–10 December 2026")
    );
    assert_eq!(list.rows[0].trainers, "Marc Petit");
    assert_eq!(
        trainings::list(&world.service, &world.admin, "LYON b204", Phase::Upcoming)
            .await
            .unwrap()
            .rows
            .len(),
        2
    );

    let back = trainings::form(&world.service, &world.admin, Some(id))
        .await
        .unwrap();
    assert_eq!(
        back.form,
        TrainingForm {
            trainers: vec![marc],
            ..typed.clone()
        }
    );
    assert_eq!(back.trainer_names, ["Marc Petit"]);

    let moved = TrainingForm {
        end: "2026-12-09T17:00".into(),
        ..back.form
    };
    trainings::save(&world.service, &world.admin, Some(id), &moved)
        .await
        .unwrap();
    let view = trainings::view(&world.service, &world.admin, id, Perspective::Administrator)
        .await
        .unwrap();
    assert_eq!(view.dates, "9 December 2026");
    assert_eq!(view.times, "09:00–17:00, 2 days (Europe/Paris)");
    assert_eq!(
        view.answer_deadline.as_deref(),
        Some("2 December 2026, 18:00")
    );
    assert_eq!(view.counts.map(|c| c.to_send), Some(0));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_trainer_has_only_the_trainer_view(#[case] kind: Database) {
    let world = World::new(kind).await;
    let marc = world
        .person("Marc", "Petit", Some("marc@acme.test"), None)
        .await;
    let typed = TrainingForm {
        trainers: vec![marc],
        ..form("Mine")
    };
    let mine = trainings::save(&world.service, &world.admin, None, &typed)
        .await
        .unwrap();
    let trainer = Actor {
        user_id: Some(marc),
        role: Role::Member,
        ..world.admin.clone()
    };

    let list = trainings::list(&world.service, &trainer, "", Phase::Upcoming)
        .await
        .unwrap();
    assert_eq!(list.rows.len(), 1, "only their own");
    assert_eq!((list.rows[0].counts, list.may_create), (None, false));
    let view = trainings::view(&world.service, &trainer, mine, Perspective::Trainer)
        .await
        .unwrap();
    assert_eq!((view.counts, view.may_administer), (None, false));
    assert_eq!(
        trainings::view(&world.service, &trainer, mine, Perspective::Administrator).await,
        Err(Refusal::NotAllowed)
    );
    assert_eq!(
        convoke_service::invitations::blocks(&world.service, &trainer, mine, "")
            .await
            .map(|_| ()),
        Err(Refusal::NotAllowed),
        "the Invitations tab is refused, not only hidden"
    );
    assert_eq!(
        trainings::view(
            &world.service,
            &trainer,
            world.training,
            Perspective::Trainer
        )
        .await,
        Err(Refusal::NotFound),
        "somebody else's training is not there"
    );
    assert_eq!(
        trainings::save(&world.service, &trainer, Some(mine), &typed).await,
        Err(Refusal::NotAllowed)
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn nothing_crosses_organisations(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (stranger, _) = organisation(&world.service, "Other").await;
    let id = world.training;
    assert_eq!(
        trainings::save(&world.service, &stranger, Some(id), &form("Taken")).await,
        Err(Refusal::NotFound)
    );
    assert_eq!(
        trainings::view(&world.service, &stranger, id, Perspective::Administrator)
            .await
            .map(|_| ()),
        Err(Refusal::NotFound)
    );
    assert_eq!(
        trainings::may_watch(&world.service, &stranger, id).await,
        Err(Refusal::NotFound)
    );
    // Their people cannot be made trainers here.
    let typed = TrainingForm {
        trainers: vec![stranger.user_id.unwrap()],
        ..form("Mixed")
    };
    assert_eq!(
        trainings::save(&world.service, &world.admin, None, &typed).await,
        Err(Refusal::field("trainers", "error-trainer"))
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[tokio::test]
async fn bad_input_is_refused_at_its_field(#[case] kind: Database) {
    let world = World::new(kind).await;
    let bad = TrainingForm {
        start: "2026-02-30T09:00".into(),
        time_zone: "Mars/Olympus".into(),
        ..form("")
    };
    let Err(Refusal::Invalid(problems)) =
        trainings::save(&world.service, &world.admin, None, &bad).await
    else {
        panic!("it was accepted");
    };
    let fields: Vec<&str> = problems.iter().map(|p| p.field.as_str()).collect();
    assert_eq!(fields, ["title", "time_zone"]);
}
