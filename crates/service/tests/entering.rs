//! Codes and proofs, on both databases: who gets in, and who guesses in vain.

mod world;

use convoke_domain::registration::Proof;
use convoke_domain::view::{Entered, Entry, JoinView, OrganisationSettings};
use convoke_domain::{Channel, MessageKind, Refusal};
use convoke_service::{join, registration, settings};
use convoke_testkit::Database;
use rstest::rstest;
use world::World;
use world::offer::{
    change, code as code_of, fields, list, offer, posted, queued, register, sent_code, space,
    user_of, visitor,
};

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn each_proof_lets_the_right_person_in(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, None, |_| {}).await;
    let mut with_mobile = posted("Anna", "Müller", "anna@x.org");
    with_mobile.insert(fields().fields[1].name(), vec!["+33 6 39 98 12 34".into()]);
    register(&world, &code, "a", &with_mobile).await;
    register(&world, &code, "b", &posted("Bela", "Ohne", "b@x.org")).await;
    let ids = |view: &JoinView| view.listed.iter().map(|l| l.id).collect::<Vec<_>>();
    let [anna, bela] = ids(&list(&world, &code).await)[..] else {
        panic!("two names");
    };
    let tablet = visitor("tablet");

    let Entered::Space(secret) = join::enter(&world.service, &tablet, &code, anna, true)
        .await
        .unwrap()
    else {
        panic!("nothing is asked for");
    };
    let inside = space(&world, &secret).await;
    assert_eq!(
        (inside.name.as_str(), inside.answers.len()),
        ("Anna Müller", 0)
    );

    change(&world, |s| s.proof = Proof::MobileDigits).await;
    let asked = join::enter(&world.service, &tablet, &code, anna, true)
        .await
        .unwrap();
    assert_eq!(asked, Entered::Asked(Proof::MobileDigits));
    for wrong in ["1233", "12", "", "+33639981234"] {
        let view = join::prove(&world.service, &tablet, &code, anna, wrong)
            .await
            .unwrap()
            .unwrap_err();
        assert_eq!(view.problem.as_deref(), Some("error-mobile-digits"));
    }
    let secret = join::prove(&world.service, &tablet, &code, anna, "12 34")
        .await
        .unwrap()
        .unwrap();
    let inside = space(&world, &secret).await;
    assert_eq!(inside.entry, Entry::Proven);
    assert_eq!(inside.answers.len(), 3);
    // Bela has no mobile: nothing that is typed is right, and after five tries nothing is looked at.
    for _ in 0..5 {
        assert!(
            join::prove(&world.service, &tablet, &code, bela, "0000")
                .await
                .unwrap()
                .is_err()
        );
    }
    assert!(matches!(
        join::prove(&world.service, &tablet, &code, bela, "0000").await,
        Err(Refusal::TooMany { .. })
    ));

    change(&world, |s| s.proof = Proof::Code).await;
    let asked = join::enter(&world.service, &tablet, &code, anna, true)
        .await
        .unwrap();
    assert_eq!(asked, Entered::Asked(Proof::Code));
    assert!(
        queued(&world)
            .await
            .contains(&(MessageKind::EntryCode, Channel::Email))
    );
    let good = sent_code(&world, user_of(&world, "Anna").await).await;
    let wrong = if good == "000000" { "000001" } else { "000000" };
    assert!(
        join::prove(&world.service, &tablet, &code, anna, wrong)
            .await
            .unwrap()
            .is_err()
    );
    let secret = join::prove(&world.service, &tablet, &code, anna, &good)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(space(&world, &secret).await.entry, Entry::Proven);
    assert!(
        join::prove(&world.service, &tablet, &code, anna, &good)
            .await
            .unwrap()
            .is_err(),
        "a code is good once"
    );
    // An old one is not good.
    join::enter(&world.service, &tablet, &code, anna, true)
        .await
        .unwrap();
    let good = sent_code(&world, user_of(&world, "Anna").await).await;
    world.pass(16 * 60 * 1_000);
    assert!(
        join::prove(&world.service, &tablet, &code, anna, &good)
            .await
            .unwrap()
            .is_err()
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn six_hundred_get_in_and_ten_thousand_guesses_do_not(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, None, |_| {}).await;
    // Three devices guess, each of them much more than it may.
    let mut refused = 0;
    for n in 0..10_000_u32 {
        let guesser = visitor(&format!("guesser {}", n % 3));
        match join::open(&world.service, &guesser, "AAAA-AAAA", "").await {
            Err(Refusal::NotFound) => {}
            Err(Refusal::TooMany { retry_after }) => {
                assert!((1..=900).contains(&retry_after));
                refused += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(refused, 10_000 - 30, "ten guesses a device");
    // Even the right code does not let a guesser in now.
    assert!(matches!(
        join::open(&world.service, &visitor("guesser 0"), &code, "").await,
        Err(Refusal::TooMany { .. })
    ));
    // Six hundred people behind the same address; every tenth mistypes once.
    for n in 0..600 {
        let person = visitor(&format!("person {n}"));
        if n % 10 == 0 {
            let wrong = join::open(&world.service, &person, "CCCC-CCCC", "").await;
            assert_eq!(wrong.unwrap_err(), Refusal::NotFound);
        }
        join::open(&world.service, &person, &code, "")
            .await
            .unwrap();
    }
    // Browsers without cookies share a budget, and cannot get round it with fresh devices of their own making.
    for n in 0..400 {
        let _ = join::open(
            &world.service,
            &visitor(&format!("fresh {n}")),
            "DDDD-DDDD",
            "",
        )
        .await;
    }
    let fresh = join::open(&world.service, &visitor("fresh again"), &code, "").await;
    assert!(matches!(fresh, Err(Refusal::TooMany { .. })));
    // Those who were in go on all the same.
    join::open(&world.service, &visitor("person 7"), &code, "")
        .await
        .unwrap();
    // And it passes.
    world.pass(16 * 60 * 1_000);
    join::open(&world.service, &visitor("guesser 0"), &code, "")
        .await
        .unwrap();
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn unknown_closed_and_switched_off_are_one(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, None, |_| {}).await;
    let open = async |n: u32, code: &str| {
        join::open(&world.service, &visitor(&format!("v{n}")), code, "")
            .await
            .err()
    };
    assert_eq!(open(1, &code).await, None);
    assert_eq!(open(2, "nonsense").await, Some(Refusal::NotFound));
    change(&world, |s| s.code_on = false).await;
    assert_eq!(open(3, &code).await, Some(Refusal::NotFound));
    change(&world, |s| {
        s.code_on = true;
        s.opens = "2026-12-01T08:00".into();
    })
    .await;
    assert_eq!(open(4, &code).await, Some(Refusal::NotFound));
    change(&world, |s| {
        s.opens = String::new();
        s.closes = "2026-11-20T08:00".into();
    })
    .await;
    assert_eq!(open(5, &code).await, Some(Refusal::NotFound));
    change(&world, |s| s.closes = String::new()).await;
    assert_eq!(open(6, &code).await, None);
    registration::renew_code(&world.service, &world.admin, world.training)
        .await
        .unwrap();
    assert_eq!(open(7, &code).await, Some(Refusal::NotFound));
    assert_eq!(open(8, &code_of(&world).await).await, None);
    // The option of the organisation closes everything.
    let options = OrganisationSettings {
        name: "Acme".into(),
        send_delay: 0,
        ..OrganisationSettings::default()
    };
    settings::save(&world.service, &world.admin, &options)
        .await
        .unwrap();
    assert_eq!(
        open(9, &code_of(&world).await).await,
        Some(Refusal::NotFound)
    );
}
