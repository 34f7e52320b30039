//! Registering with a training code, on both databases: seats under a rush, and what nobody may learn.

mod world;

use convoke_domain::selection::Change;
use convoke_domain::view::{Answer, Entry, JoinView, Offer};
use convoke_domain::{Channel, InvitationState, Language, MessageKind, Refusal, RegistrationId};
use convoke_service::join::Registered;
use convoke_service::space::{self as spaces, Leaving};
use convoke_service::{answer, join, registration};
use convoke_testkit::Database;
use rstest::rstest;
use std::collections::BTreeSet;
use world::World;
use world::offer::{
    block, change, link_to, list, names, offer, positions, posted, queued, register, set_seats,
    space, user_of, visitor,
};

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_registers_and_is_everywhere_they_should_be(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, Some(20), |_| {}).await;
    assert_eq!(list(&world, &code).await.seats_left, Some(20));
    let secret = register(
        &world,
        &code,
        "phone",
        &posted("Zoë", "O’Neill", "zoe@x.org"),
    )
    .await;

    let view = list(&world, &code.to_lowercase().replace('-', " ")).await;
    assert_eq!(names(&view), ["Zoë O’Neill"]);
    assert_eq!((view.listed[0].letter, view.seats_left), ('O', Some(19)));
    assert_eq!(
        block(&world, InvitationState::Confirmed).await,
        ["Zoë O’Neill"]
    );
    assert_eq!(
        queued(&world).await,
        [(MessageKind::Registered, Channel::Email)]
    );

    let inside = space(&world, &secret).await;
    assert_eq!(inside.name, "Zoë O’Neill");
    assert_eq!(inside.state, Some(InvitationState::Confirmed));
    assert_eq!(inside.answers[1].answer, "Vegetarian");
    assert_eq!(inside.entry, Entry::Registered);
    assert!(!inside.can_arrive, "the training is in December");
    assert_eq!(
        spaces::arrive(&world.service, &secret, &spaces::Signing::default()).await,
        Err(Refusal::Conflict("conflict-not-today".into()))
    );

    let left = spaces::leave(&world.service, &secret, Leaving::Done)
        .await
        .unwrap();
    assert_eq!(left, Some(code.replace('-', "")));
    assert_eq!(
        spaces::open(&world.service, &secret, Language::En)
            .await
            .unwrap_err(),
        Refusal::NotSignedIn
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_at_once_for_twenty_seats(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, Some(20), |_| {}).await;
    let mut rush = tokio::task::JoinSet::new();
    for n in 0..200 {
        let service = world.service.clone();
        let code = code.clone();
        rush.spawn(async move {
            let id: RegistrationId = service.id();
            let posted = posted("Person", &format!("{n:03}"), &format!("p{n}@x.org"));
            let visitor = visitor(&format!("device {n}"));
            // The same form twice: a double tap.
            let (once, twice) = tokio::join!(
                join::register(&service, &visitor, &code, id, 1, &posted),
                join::register(&service, &visitor, &code, id, 1, &posted)
            );
            assert!(matches!(once.unwrap(), Registered::Space(_)));
            assert!(matches!(twice.unwrap(), Registered::Space(_)));
        });
    }
    while let Some(done) = rush.join_next().await {
        done.unwrap();
    }
    assert_eq!(block(&world, InvitationState::Confirmed).await.len(), 20);
    let waiting = block(&world, InvitationState::Waiting).await;
    assert_eq!(waiting.len(), 180);
    let listed = list(&world, &code).await.listed;
    assert_eq!(listed.len(), 200);
    assert_eq!(listed.iter().filter(|l| l.waiting).count(), 180);

    // Those who wait move up in the order in which they registered, one for each seat, and are told.
    let mut tx = world.service.storage.read().await.unwrap();
    let order: Vec<_> = tx
        .first_waiting(world.training, 200)
        .await
        .unwrap()
        .into_iter()
        .map(|w| w.user_id)
        .collect();
    assert_eq!(order.len(), 180);
    let registered: Vec<_> = {
        let mut at = Vec::new();
        for user in &order {
            let all = tx
                .registrations_of_user(world.training, *user)
                .await
                .unwrap();
            assert_eq!(all.len(), 1, "a double tap is one registration");
            at.push(all[0].id);
        }
        at
    };
    drop(tx);
    let positions = positions(&world, &registered).await;
    assert!(positions.is_sorted(), "the list goes by registration");
    set_seats(&world, Some(25)).await;
    let mut tx = world.service.storage.read().await.unwrap();
    let left: Vec<_> = tx
        .first_waiting(world.training, 200)
        .await
        .unwrap()
        .into_iter()
        .map(|w| w.user_id)
        .collect();
    assert_eq!(left, order[5..]);
    drop(tx);
    let told = queued(&world).await;
    assert_eq!(
        told.iter()
            .filter(|(kind, _)| *kind == MessageKind::PlaceFreed)
            .count(),
        5
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_place_given_back_goes_to_the_first_who_waits(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, Some(1), |_| {}).await;
    let first = register(&world, &code, "a", &posted("Anna", "First", "a@x.org")).await;
    let second = register(&world, &code, "b", &posted("Bela", "Second", "b@x.org")).await;
    register(&world, &code, "c", &posted("Cleo", "Third", "c@x.org")).await;
    assert_eq!(
        space(&world, &first).await.state,
        Some(InvitationState::Confirmed)
    );
    assert_eq!(
        space(&world, &second).await.state,
        Some(InvitationState::Waiting)
    );

    // Anna is taken out in the panel.
    let anna = user_of(&world, "Anna").await;
    world.validate(&[Change::Remove(vec![anna])]).await;
    assert_eq!(
        block(&world, InvitationState::Confirmed).await,
        ["Bela Second"]
    );
    assert_eq!(
        block(&world, InvitationState::Waiting).await,
        ["Cleo Third"]
    );
    assert_eq!(
        space(&world, &second).await.state,
        Some(InvitationState::Confirmed)
    );

    // Bela gives the place back by the link.
    let link = link_to(&world, user_of(&world, "Bela").await).await;
    answer::answer(&world.service, &link, Answer::Decline)
        .await
        .unwrap();
    assert_eq!(
        block(&world, InvitationState::Confirmed).await,
        ["Cleo Third"]
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_gives_a_place_back_stands_last_when_they_want_it_again(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, Some(1), |_| {}).await;
    let mut links = Vec::new();
    for first in ["Anna", "Bela", "Cleo", "Dina"] {
        let posted = posted(first, "Person", &format!("{first}@x.org"));
        register(&world, &code, first, &posted).await;
        links.push(link_to(&world, user_of(&world, first).await).await);
    }
    let answer = async |who: usize, given| answer::answer(&world.service, &links[who], given).await;

    // Bela gives up waiting, and comes back behind Dina.
    let view = answer(1, Answer::Decline).await.unwrap();
    assert_eq!(
        (view.state, view.offer),
        (InvitationState::Declined, Offer::WaitingList)
    );
    let view = answer(1, Answer::Attend).await.unwrap();
    assert_eq!(view.state, InvitationState::Waiting);
    // Anna gives her place back, and cannot take it from Cleo again.
    answer(0, Answer::Decline).await.unwrap();
    assert_eq!(
        answer(0, Answer::Attend).await.unwrap().state,
        InvitationState::Waiting
    );
    assert_eq!(
        block(&world, InvitationState::Confirmed).await,
        ["Cleo Person"]
    );
    assert_eq!(
        block(&world, InvitationState::Waiting).await,
        ["Dina Person", "Bela Person", "Anna Person"],
        "the block shows who is next"
    );
    set_seats(&world, Some(2)).await;
    assert_eq!(
        answer::open(&world.service, &links[3]).await.unwrap().state,
        InvitationState::Confirmed,
        "Dina was before Bela and Anna"
    );
    set_seats(&world, Some(3)).await;
    assert_eq!(
        answer::open(&world.service, &links[1]).await.unwrap().state,
        InvitationState::Confirmed
    );
    assert_eq!(
        block(&world, InvitationState::Waiting).await,
        ["Anna Person"]
    );

    // Without a waiting list there is nothing to come back to while the training is full.
    change(&world, |settings| settings.waiting_list = false).await;
    let view = answer(0, Answer::Decline).await.unwrap();
    assert_eq!(view.offer, Offer::Nothing);
    assert_eq!(
        answer(0, Answer::Attend).await.unwrap_err(),
        Refusal::Conflict("conflict-full".into())
    );
    set_seats(&world, Some(4)).await;
    assert_eq!(
        answer(0, Answer::Attend).await.unwrap().state,
        InvitationState::Confirmed
    );

    // An invitation is a promise: whoever was invited has a place whenever they want it.
    let ines = world
        .person("Ines", "Invited", Some("ines@x.org"), None)
        .await;
    world.validate(&[Change::Add(vec![ines])]).await;
    let link = link_to(&world, ines).await;
    for given in [Answer::Decline, Answer::Attend] {
        answer::answer(&world.service, &link, given).await.unwrap();
    }
    assert!(
        block(&world, InvitationState::Confirmed)
            .await
            .contains(&"Ines Invited".to_owned())
    );
}

/// What a visitor sees after registering with an address: everything but what they typed themselves must be the same for a known address and
/// for an unknown one.
#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_whether_an_address_is_known(#[case] kind: Database) {
    for full in [false, true] {
        let world = World::new(kind).await;
        // One has a place already, one was invited, one is in the directory, one is inactive, one is a stranger.
        let placed = world
            .person("Pia", "Placed", Some("placed@x.org"), None)
            .await;
        let invited = world
            .person("Ian", "Invited", Some("invited@x.org"), None)
            .await;
        world
            .person("Dora", "Directory", Some("known@x.org"), None)
            .await;
        world.validate(&[Change::Add(vec![placed, invited])]).await;
        let code = offer(&world, full.then_some(1), |_| {}).await;
        let link = link_to(&world, placed).await;
        answer::answer(&world.service, &link, Answer::Attend)
            .await
            .unwrap();
        let mut seen = BTreeSet::new();
        for email in [
            "placed@x.org",
            "invited@x.org",
            "known@x.org",
            "stranger@x.org",
        ] {
            let before = list(&world, &code).await;
            let secret = register(&world, &code, email, &posted("Nosy", "Visitor", email)).await;
            let after = list(&world, &code).await;
            let mut inside = space(&world, &secret).await;
            // The address is what was typed, and the id is drawn.
            inside.answers.remove(0);
            inside.id = uuid::Uuid::nil();
            inside.entrance.clear();
            let fresh = after
                .listed
                .iter()
                .find(|l| !before.listed.contains(l))
                .expect("the name typed is in the list");
            seen.insert(format!(
                "{inside:?} {} {} {} {:?} {:?}",
                fresh.name,
                fresh.waiting,
                after.listed.len() - before.listed.len(),
                full.then_some(after.seats_left),
                after.full,
            ));
            assert!(after.listed.iter().all(|l| !l.name.contains("Directory")));
            assert!(after.listed.iter().all(|l| !l.name.contains("Invited")));
            assert_eq!(
                names(&after).iter().filter(|n| **n == "Pia Placed").count(),
                1
            );
        }
        assert_eq!(seen.len(), 1, "full: {full}: {seen:#?}");
        // The administrator sees the truth.
        let confirmed = block(&world, InvitationState::Confirmed).await;
        let waiting = block(&world, InvitationState::Waiting).await;
        let everyone: BTreeSet<_> = confirmed.iter().chain(&waiting).cloned().collect();
        assert_eq!(
            everyone,
            [
                "Dora Directory",
                "Ian Invited",
                "Nosy Visitor",
                "Pia Placed"
            ]
            .map(str::to_owned)
            .into()
        );
        assert_eq!(confirmed.len(), if full { 1 } else { 4 });
        let story = registration::story(&world.service, &world.admin, world.training, placed)
            .await
            .unwrap();
        assert_eq!(story.registrations[0].first_name, "Nosy");
        assert!(story.registrations[0].known);
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn presence_by_a_typed_address_is_not_shown_at_the_other_name(#[case] kind: Database) {
    let world = World::new(kind).await;
    let pia = world.person("Pia", "Placed", Some("pia@x.org"), None).await;
    world.validate(&[Change::Add(vec![pia])]).await;
    let code = offer(&world, None, |s| s.closes.clear()).await;
    let link = link_to(&world, pia).await;
    answer::answer(&world.service, &link, Answer::Attend)
        .await
        .unwrap();
    let starts = {
        let mut tx = world.service.storage.read().await.unwrap();
        tx.training(world.admin.organisation_id, world.training)
            .await
            .unwrap()
            .unwrap()
            .starts_at
    };
    world.pass(starts.0 - world.service.clock.now().0);
    let secret = register(&world, &code, "d", &posted("Nosy", "Visitor", "pia@x.org")).await;
    assert!(space(&world, &secret).await.can_arrive);
    spaces::arrive(&world.service, &secret, &spaces::Signing::default())
        .await
        .unwrap();
    assert!(space(&world, &secret).await.present_at.is_some());
    let present = |view: &JoinView, name: &str| {
        view.listed
            .iter()
            .any(|l| l.name == name && l.present_at.is_some())
    };
    let view = list(&world, &code).await;
    assert!(present(&view, "Nosy Visitor") && !present(&view, "Pia Placed"));
    // Pia herself, by her link.
    let own = spaces::enter_by_link(&world.service, &link).await.unwrap();
    assert_eq!(space(&world, &own).await.name, "Pia Placed");
    assert!(space(&world, &own).await.present_at.is_some());
}
