//! Paces, on both databases.

mod world;

use convoke_delivery::{Paces, Worker};
use convoke_domain::{Channel, Clock, MessageKind};
use convoke_storage::outbox::AccountBatch;
use convoke_testkit::{Database, Folder};
use rstest::rstest;
use world::sink::Sink;
use world::{World, by_mail};

fn worker(world: &World, sink: &Sink, folder: &Folder, paces: Paces) -> Worker {
    let sms = format!("file:{}", folder.path().display());
    world
        .worker(world.gateways(&sink.url(), &sms))
        .with_paces(paces)
}

/// Seconds go by, and all workers look in each; gives how many messages were taken in each.
async fn seconds(world: &World, sink: &Sink, workers: &[&Worker], count: usize) -> Vec<usize> {
    let mut all = Vec::new();
    for _ in 0..count {
        let before = sink.count();
        for worker in workers {
            worker.drain().await.unwrap();
        }
        all.push(sink.count() - before);
        world.clock.forward(1);
    }
    all
}

/// Somebody has forgotten their password and asks for a link.
async fn forgot(world: &World, email: &str) {
    let id = world.somebody("Nora", email).await;
    let at = world.clock.now();
    let batch = AccountBatch {
        id: world.id(),
        organisation_id: world.organisation,
        queued_by: Some(id),
        at,
    };
    let mut tx = world.storage.begin().await.unwrap();
    tx.set_password(world.organisation, id, "hash", at)
        .await
        .unwrap();
    tx.enqueue_accounts(&batch, &[(id, Channel::Email)])
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_channel_has_a_pace_over_all_processes_and_restarts(#[case] kind: Database) {
    let sink = Sink::start(usize::MAX).await;
    let folder = Folder::new("sms");
    let world = World::new(kind).await;
    let emails: Vec<String> = (0..300).map(|n| format!("p{n}@d{n}.example")).collect();
    let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
    world.invite(&emails).await;
    let paces = Paces {
        mail: Some("120".parse().unwrap()),
        ..Paces::default()
    };
    let new = || worker(&world, &sink, &folder, paces);
    let (one, two) = (new(), new());
    let mut taken = seconds(&world, &sink, &[&one, &two], 60).await;
    // Started again, they go on where the others were.
    let (three, four) = (new(), new());
    taken.extend(seconds(&world, &sink, &[&three, &four], 60).await);
    for from in 0..60 {
        let minute: usize = taken[from..from + 60].iter().sum();
        assert!(minute <= 120, "{minute} in a minute: {taken:?}");
    }
    let all: usize = taken.iter().sum();
    assert!(all >= 220, "{all} in two minutes: {taken:?}");
    let one_second = taken.iter().max().unwrap();
    assert!(*one_second <= 5, "evenly: {taken:?}");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_slow_domain_keeps_nobody_waiting_but_itself(#[case] kind: Database) {
    let sink = Sink::start(usize::MAX).await;
    let folder = Folder::new("sms");
    let world = World::new(kind).await;
    // Five hundred to one domain, and behind them others.
    let mut emails: Vec<String> = (0..500).map(|n| format!("p{n}@Large.example")).collect();
    emails.extend((0..50).map(|n| format!("p{n}@d{n}.example")));
    let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
    world.invite(&emails).await;
    let paces = Paces {
        mail_to_domain: Some("30".parse().unwrap()),
        ..Paces::default()
    };
    let (one, two) = (
        worker(&world, &sink, &folder, paces),
        worker(&world, &sink, &folder, paces),
    );
    let first = seconds(&world, &sink, &[&one, &two], 1).await;
    assert_eq!(
        first,
        [52],
        "the others at once, and of the large one what may go at once"
    );
    let taken = seconds(&world, &sink, &[&one, &two], 119).await;
    let all: usize = taken.iter().sum();
    assert!((54..=58).contains(&all), "{all} in two minutes: {taken:?}");
    for minute in taken.windows(60) {
        assert!(minute.iter().sum::<usize>() <= 30, "{taken:?}");
    }

    // A new one to another domain is not behind those that wait.
    let id = world.choose(&by_mail("late@elsewhere.example")).await;
    world
        .press(MessageKind::Invitation, &[(id, Channel::Email)])
        .await;
    let before = sink.count();
    one.drain().await.unwrap();
    assert!(sink.count() > before);

    // Without the setting all the others go at once.
    let free = worker(&world, &sink, &folder, Paces::default());
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let running = tokio::spawn(async move { free.run(stopped).await });
    let until = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while sink.count() < 551 {
        assert!(std::time::Instant::now() < until, "{}", sink.count());
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    stop.send(true).unwrap();
    running.await.unwrap();
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_waits_for_does_not_wait(#[case] kind: Database) {
    let sink = Sink::start(usize::MAX).await;
    let folder = Folder::new("sms");
    let world = World::new(kind).await;
    let emails: Vec<String> = (0..20).map(|n| format!("p{n}@large.example")).collect();
    let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
    world.invite(&emails).await;
    let paces = Paces {
        mail: Some("1".parse().unwrap()),
        mail_to_domain: Some("1".parse().unwrap()),
        ..Paces::default()
    };
    let worker = worker(&world, &sink, &folder, paces);
    assert_eq!(seconds(&world, &sink, &[&worker], 3).await, [1, 0, 0]);
    forgot(&world, "waiting@large.example").await;
    assert_eq!(seconds(&world, &sink, &[&worker], 2).await, [1, 0]);
    // It was counted: two have gone, so the next one waits for two minutes.
    let taken = seconds(&world, &sink, &[&worker], 116).await;
    assert_eq!(taken.iter().sum::<usize>(), 1, "{taken:?}");
}
