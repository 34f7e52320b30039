//! The mail server: refusing us, away, silent; and connections to it.

use crate::world::sink::Sink;
use crate::world::{Person, World, by_mail};
use convoke_delivery::gateway::{Failure, Gateway, Parcel, Receipt};
use convoke_domain::message::Problem;
use convoke_domain::{Channel, Clock, MessageKind, MessageState};
use convoke_storage::outbox::Destination;
use convoke_testkit::{Database, Folder, SmtpOptions, SmtpServer};
use futures::future::BoxFuture;
use rstest::rstest;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn wrong_credentials_stop_the_channel_until_they_are_right(#[case] kind: Database) {
    let options = SmtpOptions {
        login: Some(("user".into(), "right".into())),
        ..SmtpOptions::default()
    };
    let smtp = SmtpServer::start_with(options).await;
    let world = World::new(kind).await;
    world.invite_many(30).await;
    let sms = Folder::new("sms");
    let sms = format!("file:{}", sms.path().display());
    let wrong = format!("smtp://user:wrong@127.0.0.1:{}", smtp.port);
    let worker = world.worker(world.gateways(&wrong, &sms));
    worker.drain().await.unwrap();
    let lines = world.messages().await;
    assert!(
        lines
            .iter()
            .all(|l| l.state == MessageState::Queued && l.attempts == 0),
        "they wait, and no attempt counts: {lines:?}"
    );
    let waiting = lines.iter().filter(|l| l.problem.is_some()).count();
    assert!(waiting < 30, "not everyone was tried: {waiting}");
    let mut tx = world.storage.read().await.unwrap();
    let stopped = tx.stopped_channel(Channel::Email).await.unwrap().unwrap();
    assert!(stopped.reason.contains("535"), "{}", stopped.reason);
    assert!(tx.stopped_channel(Channel::Sms).await.unwrap().is_none());
    drop(tx);

    let worker = world.worker(world.gateways(&smtp.url(), &sms));
    worker.drain().await.unwrap();
    assert_eq!(smtp.count(), 30);
    let mut tx = world.storage.read().await.unwrap();
    assert!(tx.stopped_channel(Channel::Email).await.unwrap().is_none());
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_was_asked_about_does_not_start_a_stopped_channel(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    let nowhere = world
        .choose(&Person {
            email: None,
            ..by_mail("")
        })
        .await;
    for (person, problem) in [
        (nowhere, Problem::NoAddress),
        (
            world.choose(&by_mail("no address")).await,
            Problem::AddressRefused,
        ),
    ] {
        let mut tx = world.storage.begin().await.unwrap();
        tx.stop_channel(Channel::Email, world.clock.now(), "535 no")
            .await
            .unwrap();
        tx.commit().await.unwrap();
        world
            .press(MessageKind::Invitation, &[(person, Channel::Email)])
            .await;
        world.mailer(&smtp.url()).drain().await.unwrap();
        let lines = world.messages().await;
        let failed = lines.iter().filter(|l| l.problem == Some(problem));
        assert_eq!(failed.count(), 1, "{lines:?}");
        let mut tx = world.storage.read().await.unwrap();
        let stopped = tx.stopped_channel(Channel::Email).await.unwrap();
        assert!(stopped.is_some(), "after {problem}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_closed_while_nobody_looked_costs_nothing() {
    // The server hangs up after each message; the next one finds a dead connection in the pool.
    let sink = Sink::start(1).await;
    let world = World::new(Database::Sqlite).await;
    world.invite_many(20).await;
    let worker = world.mailer(&sink.url());
    worker.drain().await.unwrap();
    assert_eq!(sink.count(), 20);
    let lines = world.messages().await;
    assert!(
        lines
            .iter()
            .all(|l| l.state == MessageState::Sent && l.attempts == 1),
        "{lines:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_used_again() {
    let sink = Sink::start(usize::MAX).await;
    let world = World::new(Database::Sqlite).await;
    world.invite_many(40).await;
    let worker = world.mailer(&sink.url());
    worker.drain().await.unwrap();
    assert_eq!(sink.count(), 40);
    let connections = sink.connections.load(std::sync::atomic::Ordering::Relaxed);
    assert!(connections <= 4, "{connections} connections");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_away_is_tried_with_one_message_at_a_time(#[case] kind: Database) {
    let world = World::new(kind).await;
    world.invite_many(60).await;
    let sms = Folder::new("sms");
    let sms = format!("file:{}", sms.path().display());
    let nobody = format!("smtp://127.0.0.1:{}", convoke_testkit::free_port());
    let worker = world.worker(world.gateways(&nobody, &sms));
    let tried = async || -> i64 { world.messages().await.iter().map(|l| l.attempts).sum() };
    worker.drain().await.unwrap();
    let first = tried().await;
    assert!((1..=4).contains(&first), "{first} attempts");
    // A worker's pause grows; this is what it does in two minutes, looking every second.
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn(async move { worker.run(stopped).await });
    for _ in 0..30 {
        world.clock.forward(4);
        tokio::time::sleep(Duration::from_millis(60)).await;
        world.bell.notify_one();
    }
    stop.send(true).unwrap();
    running.await.unwrap();
    let later = tried().await;
    assert!((2..=16).contains(&later), "{later} attempts");

    let sink = Sink::start(usize::MAX).await;
    world.clock.forward(3_600);
    let worker = world.worker(world.gateways(&sink.url(), &sms));
    worker.drain().await.unwrap();
    assert_eq!(
        sink.count(),
        60,
        "nothing is lost, and nobody waits any longer"
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_answers_nothing_does_not_get_the_whole_queue(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    let emails: Vec<String> = (0..60).map(|n| format!("drop-{n}@example.org")).collect();
    let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
    world.invite(&emails).await;
    let worker = world.mailer(&smtp.url());
    worker.drain().await.unwrap();
    let lines = world.messages().await;
    let count = |state| lines.iter().filter(|l| l.state == state).count();
    let uncertain = count(MessageState::Uncertain);
    assert!((4..=12).contains(&uncertain), "{uncertain} are uncertain");
    assert_eq!(count(MessageState::Queued), 60 - uncertain);
}

/// Hands over what another one does, but breaks off with one address.
struct Breaking {
    address: &'static str,
    other: Arc<dyn Gateway>,
}

impl Gateway for Breaking {
    fn hand_over<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<Receipt, Failure>> {
        assert_ne!(parcel.address, self.address, "breaks off");
        self.other.hand_over(parcel)
    }

    fn destination(&self) -> Destination {
        self.other.destination()
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_ours_leaves_one_message_in_doubt_and_the_others_go_out(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    world.invite_many(20).await;
    let sms = Folder::new("sms");
    let mut gateways = world.gateways(&smtp.url(), &format!("file:{}", sms.path().display()));
    gateways.mail = Arc::new(Breaking {
        address: "p3@example.org",
        other: gateways.mail,
    });
    let worker = world.worker(gateways);
    worker.drain().await.unwrap();
    assert_eq!(smtp.count(), 19);
    let in_state = async |state| {
        let lines = world.messages().await;
        lines.iter().filter(|line| line.state == state).count()
    };
    assert_eq!(in_state(MessageState::Sent).await, 19);
    assert_eq!(in_state(MessageState::Sending).await, 1);
    // Its lease is not kept alive.
    world.clock.forward(31);
    assert_eq!(worker.reclaim_once().await.unwrap(), 1);
    assert_eq!(in_state(MessageState::Uncertain).await, 1);
    assert_eq!(worker.drain().await.unwrap(), 0);
}
