//! What devices without network bring afterwards, on both databases.

mod world;

use convoke_domain::registration::{
    DoneOnDevice, FieldKind, FormField, FromDevice, ListShows, Proof, RegistrationForm,
};
use convoke_domain::{InvitationState, Language, Refusal, RegistrationId};
use convoke_service::join::{self, Kept, Receipt};
use convoke_service::registration;
use convoke_testkit::Database;
use rstest::rstest;
use uuid::Uuid;
use world::World;
use world::offer::{
    block, change, field, fields, list, names, offer, posted, queued, register, user_of, visitor,
};

const MINUTE: i64 = 60_000;
/// From the world's first moment to 9 December 2026, 09:30 in Paris.
const TO_THE_DAY: i64 = 16 * 24 * 60 * MINUTE + 23 * 60 * MINUTE + 30 * MINUTE;

/// A tablet with a clock of its own.
struct Tablet {
    name: String,
    kept: Kept,
    code: String,
    /// How far its clock is ahead, in milliseconds.
    ahead: i64,
}

impl Tablet {
    async fn new(world: &World, code: &str, name: &str, ahead: i64) -> Self {
        let kept = join::keep(&world.service, &visitor(name), code)
            .await
            .unwrap();
        Self {
            name: name.to_owned(),
            kept,
            code: code.to_owned(),
            ahead,
        }
    }

    fn now(&self, world: &World) -> i64 {
        world.service.clock.now().0 + self.ahead
    }

    /// Somebody registers on it, now.
    fn register(&self, world: &World, first: &str, last: &str, email: &str) -> FromDevice {
        let posted = posted(first, last, email);
        self.entry(
            world,
            DoneOnDevice::Register {
                version: self.kept.form.version,
                posted: posted
                    .into_iter()
                    .flat_map(|(name, values)| values.into_iter().map(move |v| (name.clone(), v)))
                    .collect(),
            },
        )
    }

    fn entry(&self, world: &World, what: DoneOnDevice) -> FromDevice {
        FromDevice {
            id: world.service.id(),
            ticket: self.kept.ticket.clone(),
            at: self.now(world),
            sent: None,
            language: Some(Language::En),
            what,
        }
    }

    async fn send(&self, world: &World, entry: &FromDevice) -> Receipt {
        let entry = FromDevice {
            sent: Some(self.now(world)),
            ..entry.clone()
        };
        join::receive(&world.service, &visitor(&self.name), &self.code, &entry)
            .await
            .unwrap()
    }
}

fn refused(receipt: &Receipt) -> &str {
    match receipt {
        Receipt::Refused(key) => key,
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn ten_tablets_come_back_in_any_order(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, Some(20), |_| {}).await;
    let mut tablets = Vec::new();
    for n in 0..10 {
        // Each clock is wrong in its own way, up to a day.
        let ahead = (i64::from(n) - 5) * 5 * 60 * MINUTE;
        tablets.push(Tablet::new(&world, &code, &format!("tablet {n}"), ahead).await);
    }
    let mut entries: Vec<(usize, FromDevice)> = Vec::new();
    for n in 0..200_usize {
        world.pass(1_000);
        let tablet = &tablets[n % 10];
        let entry = tablet.register(&world, "Person", &format!("{n:03}"), &format!("p{n}@x.org"));
        entries.push((n % 10, entry));
    }
    world.pass(30 * MINUTE);
    // Tablet 7 first, then 4, 1, 8, …; two at a time, and everything twice.
    for first in (0..10).map(|n| (7 + n * 7) % 10) {
        for (of, entry) in &entries {
            if *of != first {
                continue;
            }
            let tablet = &tablets[*of];
            let (once, twice) =
                tokio::join!(tablet.send(&world, entry), tablet.send(&world, entry));
            assert!(
                matches!(once, Receipt::Confirmed | Receipt::Waiting),
                "{once:?}"
            );
            assert_eq!(
                std::mem::discriminant(&once),
                std::mem::discriminant(&twice),
                "the same answer however often"
            );
        }
    }
    assert_eq!(block(&world, InvitationState::Confirmed).await.len(), 20);
    assert_eq!(
        list(&world, &code).await.listed.len(),
        200,
        "none lost, none twice"
    );

    let mut tx = world.service.storage.read().await.unwrap();
    let waiting = tx.first_waiting(world.training, 200).await.unwrap();
    assert_eq!(waiting.len(), 180);
    let mut order = Vec::new();
    for person in waiting {
        let all = tx
            .registrations_of_user(world.training, person.user_id)
            .await
            .unwrap();
        assert_eq!(all.len(), 1);
        order.push(all[0].last_name.clone());
    }
    assert!(
        order.is_sorted(),
        "in the order in which people registered: {order:?}"
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_ahead_by_a_clock(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, Some(1), |_| {}).await;
    register(&world, &code, "a", &posted("Anna", "First", "a@x.org")).await;
    register(&world, &code, "b", &posted("Bela", "Second", "b@x.org")).await;
    world.pass(MINUTE);
    // It has seen the training only now, and claims to have registered yesterday.
    let tablet = Tablet::new(&world, &code, "tablet", 0).await;
    let mut entry = tablet.register(&world, "Cleo", "Third", "c@x.org");
    entry.at -= 24 * 60 * MINUTE;
    assert!(matches!(
        tablet.send(&world, &entry).await,
        Receipt::Waiting
    ));
    assert_eq!(
        block(&world, InvitationState::Waiting).await,
        ["Bela Second", "Cleo Third"]
    );
    // A ticket that was made up does not tell when the device was seen: then it is now.
    let mut forged = tablet.register(&world, "Dora", "Fourth", "d@x.org");
    forged.at -= 24 * 60 * MINUTE;
    forged.ticket = forged.ticket.replace("1.", "2.");
    assert!(matches!(
        tablet.send(&world, &forged).await,
        Receipt::Waiting
    ));
    assert_eq!(
        block(&world, InvitationState::Waiting).await,
        ["Bela Second", "Cleo Third", "Dora Fourth"]
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn one_person_on_two_tablets_has_one_place(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, Some(20), |_| {}).await;
    let known = world
        .person("Anna", "Müller", Some("anna@x.org"), None)
        .await;
    let left = Tablet::new(&world, &code, "left", 0).await;
    let right = Tablet::new(&world, &code, "right", 0).await;
    let one = left.register(&world, "Anna", "Müller", "anna@x.org");
    let two = right.register(&world, "Anna", "Mueller", "ANNA@x.org");
    // Invited meanwhile, too.
    world
        .validate(&[convoke_domain::selection::Change::Add(vec![known])])
        .await;
    assert!(matches!(right.send(&world, &two).await, Receipt::Confirmed));
    assert!(matches!(left.send(&world, &one).await, Receipt::Confirmed));
    assert_eq!(
        block(&world, InvitationState::Confirmed).await,
        ["Anna Müller"]
    );
    assert_eq!(
        block(&world, InvitationState::ToSend).await,
        Vec::<String>::new()
    );
    assert_eq!(
        queued(&world).await.len(),
        2,
        "each is told, and learns nothing"
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_changed_asks_only_who_came_later(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, Some(20), |_| {}).await;
    let tablet = Tablet::new(&world, &code, "tablet", -3 * 60 * MINUTE).await;
    world.pass(MINUTE);
    let before = tablet.register(&world, "Anna", "Before", "a@x.org");
    world.pass(MINUTE);
    let mut form: RegistrationForm = fields();
    form.fields.push(FormField {
        required: true,
        ..field(9, FieldKind::ShortText, "Team", None)
    });
    registration::publish_form(&world.service, &world.admin, world.training, 1, &form)
        .await
        .unwrap();
    world.pass(MINUTE);
    let after = tablet.register(&world, "Bela", "After", "b@x.org");
    world.pass(MINUTE);
    assert!(matches!(
        tablet.send(&world, &before).await,
        Receipt::Confirmed
    ));
    let Receipt::Invalid(view) = tablet.send(&world, &after).await else {
        panic!("a question was not answered");
    };
    assert_eq!(view.problems.len(), 1);
    assert_eq!(view.problems[0].field, form.fields[3].name());
    assert_eq!(view.posted["first_name"], ["Bela"], "nothing typed is lost");

    // Corrected with network: a registration of its own.
    let mut answered = view.posted.clone();
    let corrected = join::correct(&world.service, &visitor("tablet"), &code, answered.clone())
        .await
        .unwrap();
    assert_eq!(corrected.problems.len(), 1);
    assert_ne!(corrected.registration, after.id);
    answered.insert(form.fields[3].name(), vec!["Red".to_owned()]);
    join::register(
        &world.service,
        &visitor("tablet"),
        &code,
        corrected.registration,
        corrected.version,
        &answered,
    )
    .await
    .unwrap();
    assert_eq!(
        names(&list(&world, &code).await),
        ["Bela After", "Anna Before"]
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_was_entered_while_the_code_was_good_is_taken(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, Some(20), |_| {}).await;
    let tablet = Tablet::new(&world, &code, "tablet", 0).await;
    world.pass(MINUTE);
    let before = tablet.register(&world, "Anna", "Before", "a@x.org");
    let never_sent = tablet.register(&world, "Carla", "Before", "c@x.org");
    world.pass(MINUTE);
    registration::renew_code(&world.service, &world.admin, world.training)
        .await
        .unwrap();
    world.pass(MINUTE);
    let after = tablet.register(&world, "Bela", "After", "b@x.org");
    world.pass(MINUTE);
    assert!(matches!(
        tablet.send(&world, &before).await,
        Receipt::Confirmed
    ));
    assert_eq!(
        refused(&tablet.send(&world, &after).await),
        "offline-code-closed"
    );
    assert!(
        matches!(tablet.send(&world, &before).await, Receipt::Confirmed),
        "what is here stays"
    );
    assert!(matches!(
        join::keep(&world.service, &visitor("tablet"), &code).await,
        Err(Refusal::NotFound)
    ));

    // Switched off, and the training over: what was entered in time still comes.
    change(&world, |settings| settings.code_on = false).await;
    world.pass(30 * 24 * 60 * MINUTE);
    assert!(matches!(
        tablet.send(&world, &never_sent).await,
        Receipt::Confirmed
    ));
    let told = queued(&world).await.len();
    assert_eq!(
        told, 1,
        "nobody is written to about a training that is over"
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_training_without_a_waiting_list_says_so(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, Some(1), |settings| settings.waiting_list = false).await;
    let tablet = Tablet::new(&world, &code, "tablet", 0).await;
    let first = tablet.register(&world, "Anna", "First", "a@x.org");
    let second = tablet.register(&world, "Bela", "Second", "b@x.org");
    assert!(matches!(
        tablet.send(&world, &first).await,
        Receipt::Confirmed
    ));
    assert_eq!(refused(&tablet.send(&world, &second).await), "offline-full");
    assert!(matches!(
        tablet.send(&world, &first).await,
        Receipt::Confirmed
    ));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn i_am_here_counts_for_the_day_on_which_it_was_said(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, Some(2), |_| {}).await;
    register(&world, &code, "a", &posted("Anna", "First", "a@x.org")).await;
    let anna = list(&world, &code).await.listed[0].id;
    let tablet = Tablet::new(&world, &code, "tablet", 0).await;
    let here = |person: Uuid| DoneOnDevice::Here { person };
    let too_early = tablet.entry(&world, here(anna));
    world.pass(TO_THE_DAY);
    let said = tablet.entry(&world, here(anna));
    // Registered on the tablet, and there.
    let bela = tablet.register(&world, "Bela", "Second", "b@x.org");
    let bela_here = tablet.entry(&world, here(bela.id.0));
    let cleo = tablet.register(&world, "Cleo", "Third", "c@x.org");
    let cleo_here = tablet.entry(&world, here(cleo.id.0));
    let nobody = tablet.entry(&world, here(Uuid::from_u128(7)));
    // Sent the day after.
    world.pass(24 * 60 * MINUTE);
    for entry in [&said, &said] {
        assert!(matches!(tablet.send(&world, entry).await, Receipt::Present));
    }
    assert_eq!(
        refused(&tablet.send(&world, &too_early).await),
        "offline-here-day"
    );
    assert_eq!(
        refused(&tablet.send(&world, &nobody).await),
        "offline-here-nobody"
    );
    assert_eq!(
        refused(&tablet.send(&world, &bela_here).await),
        "offline-here-nobody"
    );
    tablet.send(&world, &bela).await;
    assert!(matches!(
        tablet.send(&world, &bela_here).await,
        Receipt::Present
    ));
    assert!(matches!(tablet.send(&world, &cleo).await, Receipt::Waiting));
    assert_eq!(
        refused(&tablet.send(&world, &cleo_here).await),
        "offline-here-waiting"
    );

    let anna = user_of(&world, "Anna").await;
    let mut tx = world.service.storage.read().await.unwrap();
    let invitation = tx
        .invitation_of(world.training, anna)
        .await
        .unwrap()
        .unwrap();
    let half_day = "2026-12-09-morning".parse().unwrap();
    let at = tx.arrived(invitation.id, &half_day, None).await.unwrap();
    assert_eq!(
        at.map(|(at, _)| at.0),
        Some(said.at),
        "the time at which it was said"
    );
    assert_eq!(
        tx.arrived(invitation.id, &"2026-12-10-morning".parse().unwrap(), None)
            .await
            .unwrap(),
        None
    );
    drop(tx);
    assert_eq!(
        world.history("presence.arrived").await.len(),
        2,
        "each once"
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_asks_for_a_proof_asks_for_it_without_network_too(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, Some(20), |settings| settings.proof = Proof::Code).await;
    register(&world, &code, "a", &posted("Anna", "First", "a@x.org")).await;
    let anna = list(&world, &code).await.listed[0].id;
    world.pass(TO_THE_DAY);
    let tablet = Tablet::new(&world, &code, "tablet", 0).await;
    assert!(!tablet.kept.may_arrive);
    let entry = tablet.entry(&world, DoneOnDevice::Here { person: anna });
    assert_eq!(
        refused(&tablet.send(&world, &entry).await),
        "offline-here-proof"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_are_not_shown_are_not_kept() {
    let world = World::new(Database::Sqlite).await;
    let code = offer(&world, Some(20), |s| s.list_shows = ListShows::Search).await;
    register(&world, &code, "a", &posted("Anna", "First", "a@x.org")).await;
    let tablet = Tablet::new(&world, &code, "tablet", 0).await;
    assert_eq!(tablet.kept.list.listed, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_from_one_device_wait() {
    let world = World::new(Database::Sqlite).await;
    let code = offer(&world, None, |_| {}).await;
    let tablet = Tablet::new(&world, &code, "tablet", 0).await;
    for n in 0..150 {
        let entry = tablet.register(&world, "Person", &n.to_string(), &format!("p{n}@x.org"));
        tablet.send(&world, &entry).await;
    }
    let mut entry = tablet.register(&world, "Late", "One", "late@x.org");
    entry.sent = Some(entry.at);
    let asked = join::receive(&world.service, &visitor("tablet"), &code, &entry).await;
    assert!(matches!(asked, Err(Refusal::TooMany { .. })), "{asked:?}");
    world.pass(16 * MINUTE);
    assert!(matches!(
        tablet.send(&world, &entry).await,
        Receipt::Confirmed
    ));
    let id: RegistrationId = entry.id;
    let mut tx = world.service.storage.read().await.unwrap();
    assert!(tx.registration_of_submission(id).await.unwrap().is_some());
}
