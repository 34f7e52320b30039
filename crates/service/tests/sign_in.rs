//! Signing in with a mobile number, on both databases.

mod world;

use convoke_domain::{
    Channel, Language, OrganisationId, Refusal, Role, UserId, UserState, UserTypeId,
};
use convoke_service::{passwords, session};
use convoke_storage::directory::{NewUser, Organisation};
use convoke_testkit::Database;
use rstest::rstest;
use world::World;

/// Adds somebody with a mobile and a password.
async fn account(
    world: &World,
    organisation_id: OrganisationId,
    user_type_id: UserTypeId,
    mobile: &str,
    password: &str,
) -> UserId {
    let id: UserId = world.service.id();
    let hash = passwords::hash(&world.service, password).await.unwrap();
    let mut tx = world.service.storage.begin().await.unwrap();
    tx.insert_user(&NewUser {
        id,
        organisation_id,
        last_name: "Keller".into(),
        first_name: "Bruno".into(),
        email: None,
        mobile: Some(mobile.to_owned()),
        channel: Channel::Sms,
        language: Language::En,
        user_type_id,
        employee_id: None,
        state: UserState::Active,
        role: Role::Member,
        password_hash: Some(hash),
        at: world.service.clock.now(),
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

/// A second organisation, in another country.
async fn zurich(world: &World) -> (OrganisationId, UserTypeId) {
    let (id, user_type): (OrganisationId, UserTypeId) = (world.service.id(), world.service.id());
    let mut tx = world.service.storage.begin().await.unwrap();
    tx.insert_organisation(&Organisation {
        id,
        name: "Zürcher Werke".to_owned(),
        time_zone: "Europe/Zurich".to_owned(),
        language: Language::En,
        created_at: world.service.clock.now(),
    })
    .await
    .unwrap();
    tx.insert_user_type(id, user_type, "Collaborator")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    (id, user_type)
}

/// Who an attempt signs in.
async fn sign_in(world: &World, typed: &str, password: &str) -> Result<UserId, Refusal> {
    let begun = session::sign_in(&world.service, typed, password, "192.0.2.1").await?;
    let found = session::find(&world.service, &begun.secret).await?;
    Ok(found.expect("a session").1.user_id)
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_number_as_people_write_it(#[case] kind: Database) {
    let world = World::new(kind).await;
    let acme = world.admin.organisation_id;
    let bruno = account(
        &world,
        acme,
        world.user_type,
        "+33639981234",
        "correct horse",
    )
    .await;
    for typed in [
        "06 39 98 12 34",
        "0639981234",
        "06.39.98.12.34",
        "+33 (0)6 39 98 12 34",
        "0033 6 39 98 12 34",
    ] {
        assert_eq!(
            sign_in(&world, typed, "correct horse").await,
            Ok(bruno),
            "{typed}"
        );
    }
    // A wrong password and a number that nobody has are refused with the same word.
    for typed in ["06 39 98 12 34", "06 39 98 12 35", "01 42 68 53 00", "12"] {
        assert_eq!(
            sign_in(&world, typed, "wrong").await,
            Err(Refusal::WrongCredentials),
            "{typed}"
        );
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_same_digits_in_two_countries(#[case] kind: Database) {
    let world = World::new(kind).await;
    let acme = world.admin.organisation_id;
    let (werke, user_type) = zurich(&world).await;
    let french = account(
        &world,
        acme,
        world.user_type,
        "+33761234567",
        "French horse",
    )
    .await;
    let swiss = account(&world, werke, user_type, "+41761234567", "Swiss horse").await;
    let abroad = account(&world, acme, world.user_type, "+41761234568", "Far horse").await;

    assert_eq!(
        sign_in(&world, "076 123 45 67", "French horse").await,
        Ok(french)
    );
    assert_eq!(
        sign_in(&world, "07 61 23 45 67", "Swiss horse").await,
        Ok(swiss)
    );
    // In the organisation in Paris, a Swiss number needs its country code.
    assert_eq!(
        sign_in(&world, "076 123 45 68", "Far horse").await,
        Err(Refusal::WrongCredentials)
    );
    assert_eq!(
        sign_in(&world, "+41 76 123 45 68", "Far horse").await,
        Ok(abroad)
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn all_spellings_of_a_number_are_one_for_the_throttle(#[case] kind: Database) {
    let world = World::new(kind).await;
    let acme = world.admin.organisation_id;
    let (werke, user_type) = zurich(&world).await;
    account(
        &world,
        acme,
        world.user_type,
        "+33761234567",
        "French horse",
    )
    .await;
    account(&world, werke, user_type, "+41761234567", "Swiss horse").await;
    // Known (first) and unknown numbers are throttled alike.
    for (spellings, last) in [
        (
            ["+41 76 123 45 67", "076 123 45 67", "0041761234567"],
            "0761234567",
        ),
        (
            ["+33 6 39 98 12 34", "06 39 98 12 34", "0033639981234"],
            "06.39.98.12.34",
        ),
    ] {
        for typed in spellings.iter().cycle().take(8) {
            assert_eq!(
                sign_in(&world, typed, "wrong").await,
                Err(Refusal::WrongCredentials),
                "{typed}"
            );
            world.pass(1_000);
        }
        assert!(
            matches!(
                sign_in(&world, last, "wrong").await,
                Err(Refusal::TooMany { .. })
            ),
            "{last}"
        );
    }
}

/// Whoever has the same digits in another country does not get more guesses with their own password.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_good_password_forgives_only_its_own_number(#[case] kind: Database) {
    let world = World::new(kind).await;
    let acme = world.admin.organisation_id;
    let (werke, user_type) = zurich(&world).await;
    account(
        &world,
        acme,
        world.user_type,
        "+33761234567",
        "French horse",
    )
    .await;
    account(&world, werke, user_type, "+41761234567", "Swiss horse").await;
    for guess in 0..7 {
        let guess = sign_in(&world, "+41 76 123 45 67", &format!("guess {guess}")).await;
        assert_eq!(guess, Err(Refusal::WrongCredentials));
        world.pass(1_000);
    }
    assert!(
        sign_in(&world, "076 123 45 67", "French horse")
            .await
            .is_ok()
    );
    let eighth = sign_in(&world, "+41 76 123 45 67", "guess 7").await;
    assert_eq!(eighth, Err(Refusal::WrongCredentials));
    let ninth = sign_in(&world, "+41 76 123 45 67", "guess 8").await;
    assert!(matches!(ninth, Err(Refusal::TooMany { .. })), "{ninth:?}");
}
