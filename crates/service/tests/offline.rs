//! What devices without network bring afterwards, on both databases.

mod world;

use convoke_domain::registration::{
    DoneOnDevice, FieldKind, FormField, FromDevice, ListShows, Proof, RegistrationForm,
    RegistrationSettings,
};
use convoke_domain::view::{Entered, HistoryFilter, HistoryRow, Range};
use convoke_domain::{InvitationState, Language, Refusal, RegistrationId};
use convoke_service::join::{self, Kept, Receipt};
use convoke_service::space::Leaving;
use convoke_service::{history, registration, space};
use convoke_testkit::Database;
use rstest::rstest;
use uuid::Uuid;
use world::World;
use world::offer::{
    block, change, field, fields, list, names, offer, posted, queued, register, sent_code,
    space as open_space, user_of, visitor,
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

    /// Somebody taps a name on it, now.
    fn enter(&self, world: &World, person: Uuid, proof: &str) -> FromDevice {
        let proof = proof.to_owned();
        self.entry(world, DoneOnDevice::Enter { person, proof })
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
    let here = |person: Uuid| DoneOnDevice::Here {
        person,
        entrance: String::new(),
    };
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
async fn entering_is_told_once_with_the_time_on_the_device(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, Some(20), |_| {}).await;
    register(&world, &code, "a", &posted("Anna", "First", "a@x.org")).await;
    let anna = list(&world, &code).await.listed[0].id;
    // Its clock is three hours ahead.
    let tablet = Tablet::new(&world, &code, "tablet", 3 * 60 * MINUTE).await;
    let before = entrances(&world).await.len();
    world.pass(MINUTE);
    let at = world.service.clock.now();
    let entered = tablet.enter(&world, anna, "");
    world.pass(MINUTE);
    let bela = tablet.register(&world, "Bela", "Second", "b@x.org");
    let bela_again = tablet.enter(&world, bela.id.0, "");
    let nobody = tablet.enter(&world, Uuid::from_u128(7), "");
    world.pass(60 * MINUTE);
    let (once, twice) = tokio::join!(tablet.send(&world, &entered), tablet.send(&world, &entered));
    assert!(
        matches!((&once, &twice), (Receipt::Entered, Receipt::Entered)),
        "{once:?}, {twice:?}"
    );
    for _ in 0..2 {
        assert!(matches!(
            tablet.send(&world, &bela).await,
            Receipt::Confirmed
        ));
        assert!(matches!(
            tablet.send(&world, &bela_again).await,
            Receipt::Entered
        ));
    }
    assert_eq!(
        refused(&tablet.send(&world, &nobody).await),
        "offline-here-nobody"
    );
    let lines = entrances(&world).await;
    assert_eq!(lines.len(), before + 3, "{lines:?}");
    let device = visitor("tablet").device_name().unwrap();
    let what = format!("entered the training space on device {device}, without network");
    // The newest first: Bela by registering, and once more.
    for (line, (who, minutes)) in
        lines
            .iter()
            .zip([("Bela Second", 1), ("Bela Second", 1), ("Anna First", 0)])
    {
        assert_eq!(
            (line.who.as_str(), line.what.as_str()),
            (who, what.as_str())
        );
        let expected = convoke_domain::Timestamp(at.0 + minutes * MINUTE);
        let zone = "Europe/Paris";
        assert!(
            line.when
                .contains(&convoke_texts::dates::time(expected, zone)),
            "{line:?}"
        );
    }

    // Another device hears of it, and asks.
    let elsewhere = list(&world, &code).await;
    let marked = elsewhere.listed.iter().find(|row| row.id == anna).unwrap();
    assert!(marked.elsewhere.is_some());
    // What it is known by opens nothing.
    let made_up = format!("offline {}", entered.id);
    assert!(matches!(
        space::open(&world.service, &made_up, Language::En).await,
        Err(Refusal::NotSignedIn)
    ));
}

/// The lines of the history about who entered, the newest first.
async fn entrances(world: &World) -> Vec<HistoryRow> {
    let filter = HistoryFilter::default();
    let lines = history::list(&world.service, &world.admin, &filter, Range::new(0, 50))
        .await
        .unwrap();
    let mut rows = lines.rows;
    rows.retain(|row| row.what.starts_with("entered the training space"));
    rows
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_proof_typed_without_network_is_looked_at_when_it_comes(#[case] kind: Database) {
    let world = World::new(kind).await;
    let digits = |s: &mut RegistrationSettings| s.proof = Proof::MobileDigits;
    let code = offer(&world, Some(20), digits).await;
    let mut with_mobile = posted("Anna", "First", "a@x.org");
    with_mobile.insert(fields().fields[1].name(), vec!["+33 6 39 98 12 34".into()]);
    register(&world, &code, "a", &with_mobile).await;
    let anna = list(&world, &code).await.listed[0].id;
    world.pass(TO_THE_DAY);
    let tablet = Tablet::new(&world, &code, "tablet", 0).await;
    let here = |entrance: &FromDevice| DoneOnDevice::Here {
        person: anna,
        entrance: entrance.id.to_string(),
    };
    let none = tablet.enter(&world, anna, "");
    let wrong = tablet.enter(&world, anna, "4321");
    let good = tablet.enter(&world, anna, "12 34");
    let by = |entrance: &FromDevice| tablet.entry(&world, here(entrance));
    let (by_none, by_wrong, by_good) = (by(&none), by(&wrong), by(&good));
    world.pass(60 * MINUTE);
    for (entry, expected) in [
        (&none, "offline-here-proof"),
        (&by_none, "offline-here-proof"),
        (&wrong, "offline-enter-proof"),
        (&by_wrong, "offline-here-proof"),
        // Not before the proof was looked at.
        (&by_good, "offline-here-proof"),
    ] {
        assert_eq!(refused(&tablet.send(&world, entry).await), expected);
    }
    assert!(matches!(tablet.send(&world, &good).await, Receipt::Entered));
    // Somebody else's device does not know what this one does.
    let other = Tablet::new(&world, &code, "other", 0).await;
    assert_eq!(
        refused(&other.send(&world, &by_good).await),
        "offline-here-proof"
    );
    assert!(matches!(
        tablet.send(&world, &by_good).await,
        Receipt::Present
    ));

    // Five wrong ones, and nothing is looked at for a while; it is to be sent again.
    for _ in 0..5 {
        let entry = tablet.enter(&world, anna, "0000");
        assert_eq!(
            refused(&tablet.send(&world, &entry).await),
            "offline-enter-proof"
        );
    }
    let late = tablet.enter(&world, anna, "1234");
    let sent = FromDevice {
        sent: Some(late.at),
        ..late.clone()
    };
    let asked = join::receive(&world.service, &visitor("tablet"), &code, &sent).await;
    assert!(matches!(asked, Err(Refusal::Conflict(_))), "{asked:?}");
    world.pass(16 * MINUTE);
    assert!(matches!(tablet.send(&world, &late).await, Receipt::Entered));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_at_the_time_at_which_it_was_typed(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, Some(20), |settings| settings.proof = Proof::Code).await;
    register(&world, &code, "a", &posted("Anna", "First", "a@x.org")).await;
    let anna = list(&world, &code).await.listed[0].id;
    let user = user_of(&world, "Anna").await;
    world.pass(TO_THE_DAY);
    let tablet = Tablet::new(&world, &code, "tablet", 0).await;
    let early = tablet.enter(&world, anna, "123456");
    world.pass(MINUTE);
    // With network it was sent, and then there was none.
    join::enter(&world.service, &visitor("tablet"), &code, anna, true)
        .await
        .unwrap();
    let sent = sent_code(&world, user).await;
    let typed = |entry: FromDevice| FromDevice {
        what: DoneOnDevice::Enter {
            person: anna,
            proof: sent.clone(),
        },
        ..entry
    };
    let before_it_was_sent = typed(early);
    world.pass(5 * MINUTE);
    let in_time = tablet.enter(&world, anna, &sent);
    let again = tablet.enter(&world, anna, &sent);
    world.pass(11 * MINUTE);
    let too_late = tablet.enter(&world, anna, &sent);
    world.pass(120 * MINUTE);
    for entry in [&before_it_was_sent, &too_late] {
        assert_eq!(
            refused(&tablet.send(&world, entry).await),
            "offline-enter-proof"
        );
    }
    assert!(matches!(
        tablet.send(&world, &in_time).await,
        Receipt::Entered
    ));
    assert_eq!(
        refused(&tablet.send(&world, &again).await),
        "offline-enter-proof",
        "a code is good once"
    );
    assert!(
        matches!(tablet.send(&world, &in_time).await, Receipt::Entered),
        "the same entry is the same entrance"
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_proved_it_and_lost_the_network_is_there(#[case] kind: Database) {
    let world = World::new(kind).await;
    let code = offer(&world, Some(20), |_| {}).await;
    register(&world, &code, "a", &posted("Anna", "First", "a@x.org")).await;
    let anna = list(&world, &code).await.listed[0].id;
    let user = user_of(&world, "Anna").await;
    world.pass(TO_THE_DAY);
    let tapped = join::enter(&world.service, &visitor("tablet"), &code, anna, true).await;
    let Ok(Entered::Space(tapped)) = tapped else {
        panic!("nothing is asked for");
    };
    change(&world, |settings| settings.proof = Proof::Code).await;
    join::enter(&world.service, &visitor("tablet"), &code, anna, true)
        .await
        .unwrap();
    let typed = sent_code(&world, user).await;
    let proven = join::prove(&world.service, &visitor("tablet"), &code, anna, &typed)
        .await
        .unwrap()
        .unwrap();
    let tablet = Tablet::new(&world, &code, "tablet", 0).await;
    let mut entries = Vec::new();
    for secret in [&tapped, &proven] {
        let inside = open_space(&world, secret).await;
        let entrance = inside.entrance;
        assert!(matches!(
            space::open(&world.service, &entrance, Language::En).await,
            Err(Refusal::NotSignedIn)
        ));
        entries.push(tablet.entry(
            &world,
            DoneOnDevice::Here {
                person: anna,
                entrance,
            },
        ));
    }
    // They have left before it is sent.
    space::leave(&world.service, &proven, Leaving::Done)
        .await
        .unwrap();
    world.pass(MINUTE);
    assert_eq!(
        refused(&tablet.send(&world, &entries[0]).await),
        "offline-here-proof",
        "nothing was asked for then"
    );
    assert!(matches!(
        tablet.send(&world, &entries[1]).await,
        Receipt::Present
    ));
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
