//! Rights in the console, and passwords of one's own, on both databases.

mod world;

use convoke_delivery::link;
use convoke_domain::view::AccessForm;
use convoke_domain::{Actor, FieldError, Refusal, Role, UserId, UserState};
use convoke_service::people::access;
use convoke_service::people::edit;
use convoke_service::session;
use convoke_storage::outbox::NewAccountLink;
use convoke_testkit::Database;
use rstest::rstest;
use world::World;

const PASSWORD: &str = "correct horse battery";

/// What the worker does when it hands the message over.
async fn link_to(world: &World, user_id: UserId) -> String {
    let secret = link::new_secret(&*world.service.random);
    let now = world.service.clock.now();
    let mut tx = world.service.storage.begin().await.unwrap();
    let new = NewAccountLink {
        token_hash: link::hash(&secret),
        organisation_id: world.admin.organisation_id,
        user_id,
        expires_at: now.plus_seconds(link::ACCOUNT_SECONDS),
    };
    tx.add_account_link(&new, now).await.unwrap();
    tx.commit().await.unwrap();
    secret
}

async fn sign_in(world: &World, password: &str) -> Result<Actor, Refusal> {
    let begun = session::sign_in(&world.service, "nora@acme.test", password, "127.0.0.1").await?;
    let found = session::find(&world.service, &begun.secret).await?;
    Ok(found.expect("a session that has just begun").0)
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn somebody_gets_a_password_and_a_right(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let mut tx = service.storage.begin().await.unwrap();
    let nora = convoke_storage::directory::NewUser {
        email: Some("nora@acme.test".to_owned()),
        ..world.member("Nora", "Roux")
    };
    let id = nora.id;
    tx.insert_users(admin.organisation_id, &[nora])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let crew = world.group("Crew", &[]).await;
    let seen = access::view(service, admin, id).await.unwrap();
    assert_eq!(
        (seen.state, seen.form.role),
        (UserState::Created, Role::Member)
    );

    let invited = access::invite(service, admin, id).await.unwrap();
    assert_eq!(invited.state, UserState::Invited);
    world.pass(1_000);
    let again = access::invite(service, admin, id).await.unwrap();
    assert_eq!(again.state, UserState::Invited);
    let mut tx = service.storage.read().await.unwrap();
    let query = convoke_storage::outbox::MessageQuery {
        organisation_id: admin.organisation_id,
        scope: None,
        state: None,
    };
    let range = convoke_domain::view::Range::new(0, 9);
    let lines = tx.message_window(&query, range).await.unwrap();
    let states: Vec<&str> = lines.iter().map(|line| line.state.as_str()).collect();
    assert_eq!(
        states,
        ["queued", "cancelled"],
        "only the last one goes out"
    );
    assert!(lines.iter().all(|line| line.training_id.is_none()));
    drop(tx);

    let secret = link_to(&world, id).await;
    let other = link_to(&world, id).await;
    for _ in 0..3 {
        let page = access::open(service, &secret).await.unwrap();
        assert_eq!(
            (page.name.as_str(), page.identifier.as_str()),
            ("Nora Roux", "nora@acme.test")
        );
    }
    assert_eq!(
        access::view(service, admin, id).await.unwrap().state,
        UserState::Invited,
        "looking changes nothing"
    );
    let short = access::choose_password(service, &secret, "short").await;
    let fields = vec![FieldError::new("password", "error-password-short")];
    assert_eq!(short.err(), Some(Refusal::Invalid(fields)));
    let begun = access::choose_password(service, &secret, PASSWORD)
        .await
        .unwrap();
    let (actor, _) = session::find(service, &begun.secret)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(actor.user_id, Some(id));
    let gone = Some(Refusal::Gone("account-link-gone".to_owned()));
    for used in [&secret, &other, &"nonsense".to_owned()] {
        assert_eq!(access::open(service, used).await.err(), gone);
        assert_eq!(
            access::choose_password(service, used, PASSWORD).await.err(),
            gone
        );
    }
    assert_eq!(
        access::view(service, admin, id).await.unwrap().state,
        UserState::Active
    );

    let form = |role, scope: &[_]| AccessForm {
        role,
        scope: scope.to_vec(),
    };
    let nobody = access::save(service, admin, id, &form(Role::Authorised, &[])).await;
    assert_eq!(
        nobody,
        Err(Refusal::Invalid(vec![FieldError::new(
            "scope",
            "error-scope-empty"
        )]))
    );
    access::save(service, admin, id, &form(Role::Authorised, &[crew]))
        .await
        .unwrap();
    let actor = sign_in(&world, PASSWORD).await.unwrap();
    assert_eq!((actor.role, actor.scope), (Role::Authorised, vec![crew]));
    access::save(service, admin, id, &form(Role::Administrator, &[crew]))
        .await
        .unwrap();
    let seen = access::view(service, admin, id).await.unwrap();
    assert!(seen.form.scope.is_empty(), "an administrator has no scope");
    // Whoever has a session has the right of this moment.
    let (actor, _) = session::find(service, &begun.secret)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(actor.role, Role::Administrator);
    let themselves = access::save(service, &actor, id, &form(Role::Member, &[])).await;
    assert_eq!(
        themselves,
        Err(Refusal::Conflict("conflict-yourself".to_owned()))
    );

    // A new password ends every session; an old link of 15 days is none.
    let late = link_to(&world, id).await;
    world.pass(15 * 86_400_000);
    assert_eq!(access::open(service, &late).await.err(), gone);
    let begun = session::sign_in(service, "nora@acme.test", PASSWORD, "127.0.0.1")
        .await
        .unwrap();
    let secret = link_to(&world, id).await;
    access::choose_password(service, &secret, "another password")
        .await
        .unwrap();
    assert!(
        session::find(service, &begun.secret)
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(
        sign_in(&world, PASSWORD).await.err(),
        Some(Refusal::WrongCredentials)
    );
    assert!(sign_in(&world, "another password").await.is_ok());

    // Whoever is deactivated gets no link, and an old one is none.
    let secret = link_to(&world, id).await;
    edit::set_active(service, admin, id, false).await.unwrap();
    assert_eq!(access::open(service, &secret).await.err(), gone);
    let inactive = access::invite(service, admin, id).await;
    assert_eq!(
        inactive.err(),
        Some(Refusal::Conflict("conflict-account-inactive".to_owned()))
    );
    let ghost = world.person("Ghost", "Nowhere", None, None).await;
    let unreachable = access::invite(service, admin, ghost).await;
    assert_eq!(
        unreachable.err(),
        Some(Refusal::Conflict("conflict-account-unreachable".to_owned()))
    );
}
