//! Self-registration as administrators see it, on both databases: approvals, versions of the form, rights.

mod world;

use convoke_domain::registration::{FieldKind, FormField, RegistrationForm, RegistrationSettings};
use convoke_domain::selection::Change;
use convoke_domain::{InvitationState, Refusal, RegistrationId, TrainingId};
use convoke_service::join::Registered;
use convoke_service::{join, registration, settings};
use convoke_testkit::Database;
use rstest::rstest;
use world::offer::{block, field, fields, list, offer, posted, register, space, visitor};
use world::{World, organisation};

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_approves_first(#[case] kind: Database) {
    let world = World::new(kind).await;
    let invited = world
        .person("Ian", "Invited", Some("ian@x.org"), None)
        .await;
    world.validate(&[Change::Add(vec![invited])]).await;
    let code = offer(&world, Some(1), |s| s.approval = true).await;
    let stranger = register(&world, &code, "a", &posted("Anna", "New", "a@x.org")).await;
    let known = register(&world, &code, "b", &posted("Ian", "I.", "ian@x.org")).await;
    let third = register(&world, &code, "c", &posted("Bad", "Person", "c@x.org")).await;
    assert_eq!(space(&world, &stranger).await.state, None);
    assert_eq!(space(&world, &known).await.state, None);
    assert!(list(&world, &code).await.listed.is_empty());
    assert_eq!(block(&world, InvitationState::Confirmed).await, [""; 0]);

    let rows = registration::pending(&world.service, &world.admin, world.training)
        .await
        .unwrap();
    assert_eq!(
        rows.iter().map(|r| r.known).collect::<Vec<_>>(),
        [false, true, false]
    );
    assert_eq!(rows[1].user.as_ref().unwrap().1, "Ian Invited");
    let awaiting = async || registration::awaiting(&world.service, &world.admin).await;
    assert_eq!(awaiting().await.unwrap(), [(world.training, 3)]);
    let approved = registration::approve(
        &world.service,
        &world.admin,
        world.training,
        &[rows[1].id, rows[0].id],
    )
    .await
    .unwrap();
    assert_eq!((approved.confirmed, approved.waiting), (1, 1));
    // In the order in which they came, not in which they were ticked.
    assert_eq!(
        block(&world, InvitationState::Confirmed).await,
        ["Anna New"]
    );
    assert_eq!(
        block(&world, InvitationState::Waiting).await,
        ["Ian Invited"]
    );
    assert_eq!(
        space(&world, &stranger).await.state,
        Some(InvitationState::Confirmed)
    );
    let refused = registration::refuse(&world.service, &world.admin, world.training, &[rows[2].id])
        .await
        .unwrap();
    assert_eq!(refused, 1);
    assert_eq!(awaiting().await.unwrap(), []);
    assert_eq!(
        space(&world, &third).await.state,
        Some(InvitationState::Cancelled)
    );
    let again = registration::approve(&world.service, &world.admin, world.training, &[rows[2].id])
        .await
        .unwrap();
    assert_eq!((again.confirmed, again.waiting), (0, 0));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_of_the_form_leaves_answers_alone(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, None, |_| {}).await;
    let early: RegistrationId = world.service.id();
    let secret = register(&world, &code, "a", &posted("Anna", "Early", "a@x.org")).await;
    let mut changed = fields();
    changed.fields.truncate(1);
    changed.fields[0].label.en = "Your e-mail".into();
    changed.fields.push(FormField {
        required: true,
        ..field(9, FieldKind::TickBox, "I agree", None)
    });
    let publish = async |based_on, form: &RegistrationForm| {
        registration::publish_form(&world.service, &world.admin, world.training, based_on, form)
            .await
    };
    assert_eq!(
        publish(0, &changed).await,
        Err(Refusal::Conflict("conflict-form-changed".into()))
    );
    assert_eq!(publish(1, &changed).await, Ok(2));
    let inside = space(&world, &secret).await;
    let labels: Vec<_> = inside.answers.iter().map(|a| a.label.as_str()).collect();
    assert_eq!(labels, ["E-mail", "Lunch"]);
    let view = registration::view(&world.service, &world.admin, world.training)
        .await
        .unwrap();
    let lunch = fields().fields[2].id;
    assert!(view.answered.contains(&(lunch, 1)));
    // Whoever began with the first version is asked nothing new.
    let done = join::register(
        &world.service,
        &visitor("b"),
        &code,
        early,
        1,
        &posted("Bela", "Slow", "b@x.org"),
    )
    .await
    .unwrap();
    assert!(matches!(done, Registered::Space(_)));
    // With the second, the box has to be ticked, and nothing typed is lost.
    let done = join::register(
        &world.service,
        &visitor("c"),
        &code,
        world.service.id(),
        2,
        &posted("Cleo", "Late", "c@x.org"),
    )
    .await
    .unwrap();
    let Registered::Invalid(view) = done else {
        panic!("the box is missing");
    };
    assert_eq!(view.problems[0].text, "error-tick");
    assert_eq!(view.posted["last_name"], ["Late"]);
    // A field keeps its kind.
    changed.fields[0].kind = FieldKind::ShortText;
    changed.fields[0].fills = None;
    assert!(matches!(
        publish(2, &changed).await,
        Err(Refusal::Invalid(_))
    ));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn only_administrators_of_the_organisation(#[case] kind: Database) {
    let world = World::new(kind).await;
    let _ = offer(&world, None, |_| {}).await;
    let (other, _) = organisation(&world.service, "Other").await;
    let member = convoke_domain::Actor {
        role: convoke_domain::Role::Member,
        ..world.admin.clone()
    };
    let training: TrainingId = world.training;
    let service = &world.service;
    for actor in [&other, &member] {
        let wanted = RegistrationSettings::default();
        assert!(registration::view(service, actor, training).await.is_err());
        assert!(
            registration::save_settings(service, actor, training, &wanted)
                .await
                .is_err()
        );
        assert!(
            registration::renew_code(service, actor, training)
                .await
                .is_err()
        );
        assert!(
            registration::publish_form(service, actor, training, 1, &fields())
                .await
                .is_err()
        );
        assert!(
            registration::pending(service, actor, training)
                .await
                .is_err()
        );
        assert!(
            registration::approve(service, actor, training, &[])
                .await
                .is_err()
        );
        assert!(
            registration::refuse(service, actor, training, &[])
                .await
                .is_err()
        );
    }
    assert!(settings::view(service, &member).await.is_err());
    assert!(
        settings::view(service, &world.authorised(&[]))
            .await
            .is_err()
    );
}
