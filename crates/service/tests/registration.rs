//! Self-registration, on both databases: the code, the form, seats under a rush, and what nobody may learn.

mod world;

use convoke_delivery::entry_code;
use convoke_domain::registration::{
    Attribute, Bilingual, Choice, FieldKind, FormField, Posted, Proof, RegistrationForm,
    RegistrationSettings,
};
use convoke_domain::selection::Change;
use convoke_domain::training::TrainingForm;
use convoke_domain::view::{
    BlockQuery, Entered, Entry, JoinView, OrganisationSettings, Range, SpaceView,
};
use convoke_domain::{
    Channel, FieldId, InvitationState, Language, MessageKind, Refusal, RegistrationId, TrainingId,
};
use convoke_service::join::{Registered, Visitor};
use convoke_service::space::{self, Leaving};
use convoke_service::{answer, invitations, join, registration, settings, trainings};
use convoke_testkit::Database;
use rstest::rstest;
use std::collections::BTreeSet;
use world::{World, form, organisation};

/// A browser with a cookie of its own, behind one address that everybody shares.
fn visitor(device: &str) -> Visitor {
    Visitor {
        device: Some(device.to_owned()),
        peer: "192.0.2.1".to_owned(),
        language: Language::En,
    }
}

fn field(n: u128, kind: FieldKind, label: &str, fills: Option<Attribute>) -> FormField {
    FormField {
        label: Bilingual {
            en: label.to_owned(),
            fr: String::new(),
        },
        fills,
        ..FormField::new(FieldId(uuid::Uuid::from_u128(n)), kind)
    }
}

/// E-mail, mobile and diet.
fn fields() -> RegistrationForm {
    RegistrationForm {
        fields: vec![
            field(1, FieldKind::Email, "E-mail", Some(Attribute::Email)),
            field(2, FieldKind::Mobile, "Mobile", Some(Attribute::Mobile)),
            FormField {
                choices: ["Everything", "Vegetarian"]
                    .iter()
                    .zip(1..)
                    .map(|(label, id)| Choice {
                        id,
                        label: Bilingual {
                            en: (*label).to_owned(),
                            fr: String::new(),
                        },
                        names: None,
                    })
                    .collect(),
                ..field(3, FieldKind::OneChoice, "Lunch", None)
            },
        ],
    }
}

fn posted(first: &str, last: &str, email: &str) -> Posted {
    let mut posted = Posted::new();
    for (name, value) in [
        ("first_name".to_owned(), first),
        ("last_name".to_owned(), last),
        (fields().fields[0].name(), email),
        (fields().fields[2].name(), "2"),
    ] {
        posted.insert(name, vec![value.to_owned()]);
    }
    posted
}

/// Offers self-registration with `change`d settings and the form, with so many seats, and gives the code.
async fn offer(
    world: &World,
    seats: Option<u32>,
    change: impl FnOnce(&mut RegistrationSettings),
) -> String {
    let options = OrganisationSettings {
        name: "Acme".into(),
        login_codes: true,
        trainers_add_people: false,
    };
    settings::save(&world.service, &world.admin, &options)
        .await
        .unwrap();
    set_seats(world, seats).await;
    let mut wanted = RegistrationSettings {
        offered: true,
        ..RegistrationSettings::default()
    };
    change(&mut wanted);
    registration::save_settings(&world.service, &world.admin, world.training, &wanted)
        .await
        .unwrap();
    registration::publish_form(&world.service, &world.admin, world.training, 0, &fields())
        .await
        .unwrap();
    code(world).await
}

async fn set_seats(world: &World, seats: Option<u32>) {
    let changed = TrainingForm {
        seats: seats.map(|n| n.to_string()).unwrap_or_default(),
        ..form("Fire Safety")
    };
    trainings::save(&world.service, &world.admin, Some(world.training), &changed)
        .await
        .unwrap();
}

async fn code(world: &World) -> String {
    registration::view(&world.service, &world.admin, world.training)
        .await
        .unwrap()
        .code
        .unwrap()
}

/// Registers and gives the secret of the space.
async fn register(world: &World, code: &str, device: &str, posted: &Posted) -> String {
    let id: RegistrationId = world.service.id();
    match join::register(&world.service, &visitor(device), code, id, 1, posted)
        .await
        .unwrap()
    {
        Registered::Space(secret) => secret,
        Registered::Invalid(view) => panic!("refused: {:?}", view.problems),
    }
}

async fn list(world: &World, code: &str) -> JoinView {
    join::open(&world.service, &visitor("looker"), code, "")
        .await
        .unwrap()
}

fn names(view: &JoinView) -> Vec<&str> {
    view.listed.iter().map(|l| l.name.as_str()).collect()
}

async fn space(world: &World, secret: &str) -> SpaceView {
    space::open(&world.service, secret, Language::En)
        .await
        .unwrap()
}

async fn block(world: &World, state: InvitationState) -> Vec<String> {
    let query = BlockQuery {
        training_id: world.training,
        state,
        find: String::new(),
    };
    invitations::rows(&world.service, &world.admin, &query, Range::new(0, 200))
        .await
        .unwrap()
        .rows
        .into_iter()
        .map(|row| format!("{} {}", row.first_name, row.last_name))
        .collect()
}

/// Kinds and readers of the messages that wait.
async fn queued(world: &World) -> Vec<(MessageKind, Channel)> {
    let now = world.service.clock.now();
    let mut tx = world.service.storage.begin().await.unwrap();
    let leased = tx
        .lease("test", now, now.plus_seconds(60), Channel::ALL, 1_000)
        .await
        .unwrap();
    // Dropped, not committed: they wait as before.
    leased.iter().map(|l| (l.kind, l.channel)).collect()
}

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
        space::arrive(&world.service, &secret).await,
        Err(Refusal::Conflict("conflict-not-today".into()))
    );

    let left = space::leave(&world.service, &secret, Leaving::Done)
        .await
        .unwrap();
    assert_eq!(left, Some(code.replace('-', "")));
    assert_eq!(
        space::open(&world.service, &secret, Language::En)
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

/// The positions of registrations, through the order in which approvals would see them.
async fn positions(world: &World, registrations: &[RegistrationId]) -> Vec<i64> {
    let mut tx = world.service.storage.read().await.unwrap();
    let mut all = Vec::new();
    for id in registrations {
        all.push(
            tx.registration_position(*id)
                .await
                .unwrap()
                .unwrap_or_default(),
        );
    }
    all
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
    answer::answer(&world.service, &link, convoke_domain::view::Answer::Decline)
        .await
        .unwrap();
    assert_eq!(
        block(&world, InvitationState::Confirmed).await,
        ["Cleo Third"]
    );
}

async fn user_of(world: &World, first_name: &str) -> convoke_domain::UserId {
    let filter = convoke_domain::selection::Filter {
        text: first_name.to_owned(),
        ..Default::default()
    };
    convoke_service::people::list(&world.service, &world.admin, &filter, Range::new(0, 2))
        .await
        .unwrap()
        .rows[0]
        .user_id
}

/// A link to a person's invitation, as a message would carry it.
async fn link_to(world: &World, user: convoke_domain::UserId) -> String {
    let secret = format!("secret-of-{user}");
    let mut tx = world.service.storage.begin().await.unwrap();
    let invitation = tx
        .invitation_of(world.training, user)
        .await
        .unwrap()
        .unwrap();
    let link = convoke_storage::outbox::NewLink {
        token_hash: convoke_service::tokens::hash(&secret),
        organisation_id: world.admin.organisation_id,
        invitation_id: invitation.id,
    };
    tx.add_links(&[link], world.service.clock.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    secret
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
        answer::answer(&world.service, &link, convoke_domain::view::Answer::Attend)
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
            // The address is what was typed.
            inside.answers.remove(0);
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
    answer::answer(&world.service, &link, convoke_domain::view::Answer::Attend)
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
    space::arrive(&world.service, &secret).await.unwrap();
    assert!(space(&world, &secret).await.present_at.is_some());
    let present = |view: &JoinView, name: &str| {
        view.listed
            .iter()
            .any(|l| l.name == name && l.present_at.is_some())
    };
    let view = list(&world, &code).await;
    assert!(present(&view, "Nosy Visitor") && !present(&view, "Pia Placed"));
    // Pia herself, by her link.
    let own = space::enter_by_link(&world.service, &link).await.unwrap();
    assert_eq!(space(&world, &own).await.name, "Pia Placed");
    assert!(space(&world, &own).await.present_at.is_some());
}

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

    let Entered::Space(secret) = join::enter(&world.service, &tablet, &code, anna)
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
    let asked = join::enter(&world.service, &tablet, &code, anna)
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
    let asked = join::enter(&world.service, &tablet, &code, anna)
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
    join::enter(&world.service, &tablet, &code, anna)
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

/// The newest one-time code of a person, as the worker writes it.
async fn sent_code(world: &World, user: convoke_domain::UserId) -> String {
    let mut tx = world.service.storage.read().await.unwrap();
    let invitation = tx
        .invitation_of(world.training, user)
        .await
        .unwrap()
        .unwrap();
    let message = tx
        .good_entry_codes(invitation.id, world.service.clock.now())
        .await
        .unwrap()[0];
    let key = tx
        .installation_value(entry_code::KEY_NAME)
        .await
        .unwrap()
        .unwrap();
    entry_code::entry_code(&key, message)
}

async fn change(world: &World, change: impl FnOnce(&mut RegistrationSettings)) {
    let mut wanted = registration::view(&world.service, &world.admin, world.training)
        .await
        .unwrap()
        .settings;
    change(&mut wanted);
    registration::save_settings(&world.service, &world.admin, world.training, &wanted)
        .await
        .unwrap();
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
    assert_eq!(open(8, &self::code(&world).await).await, None);
    // The option of the organisation closes everything.
    let options = OrganisationSettings {
        name: "Acme".into(),
        ..OrganisationSettings::default()
    };
    settings::save(&world.service, &world.admin, &options)
        .await
        .unwrap();
    assert_eq!(
        open(9, &self::code(&world).await).await,
        Some(Refusal::NotFound)
    );
}

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
