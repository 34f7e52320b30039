//! The worker on both databases, with a real mail server.

mod world;

use convoke_delivery::gateway::{Gateways, SmtpGateway, SmtpTimeouts};
use convoke_delivery::{link, stop};
use convoke_domain::message::Problem;
use convoke_domain::{
    Channel, Clock, ConfirmedBy, InvitationState, MessageKind, MessageState, OptOut, Timestamp,
};
use convoke_storage::outbox::{MessageFacts, Outcome, Recorded};
use convoke_testkit::{Database, Folder, SmtpOptions, SmtpServer};
use rstest::rstest;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use world::sink::Sink;
use world::{World, by_mail, secret_of, sender};

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_message_goes_out_and_the_invitation_is_sent(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let folder = Folder::new("sms");
    let world = World::new(kind).await;
    let ids = world.invite(&["anna@example.org"]).await;
    let version = world.version().await;
    let sms = format!("file:{}", folder.path().display());
    let worker = world.worker(world.gateways(&smtp.url(), &sms));
    assert_eq!(worker.drain().await.unwrap(), 1);

    let received = smtp.messages();
    assert_eq!(received.len(), 1);
    let mail = &received[0];
    let line = world.message().await;
    assert_eq!(mail.to, ["anna@example.org"]);
    assert_eq!(
        mail.header("message-id"),
        Some(format!("<{}@example.org>", line.id).as_str())
    );
    assert_eq!(mail.header("subject"), Some("Invitation: First aid"));
    assert_eq!(mail.header("auto-submitted"), Some("auto-generated"));
    assert!(mail.html.contains("<h1"), "{}", mail.html);
    assert_eq!(mail.attachments.len(), 1, "{:?}", mail.attachments);
    assert!(
        mail.attachments[0]
            .content_type
            .starts_with("text/calendar")
    );

    // The link leads to the invitation; nothing stored tells the secret.
    let secret = secret_of(&mail.text);
    let mut tx = world.storage.read().await.unwrap();
    let led = tx.invitation_by_link(&link::hash(secret)).await.unwrap();
    assert_eq!(led.flatten().map(|i| i.id), Some(ids[0]));
    let query = convoke_storage::outbox::MessageQuery::all(world.organisation);
    let stored = tx.message_text(&query, line.id).await.unwrap().unwrap();
    let body = stored.body.unwrap();
    assert!(
        !body.contains(secret) && body.contains(link::BLOTTED),
        "{body}"
    );
    assert_eq!(stored.address.as_deref(), Some("anna@example.org"));
    drop(tx);

    let sent = world.block(InvitationState::Sent).await;
    assert_eq!((sent.len(), sent[0].sent_count), (1, 1));
    assert!(world.version().await > version, "browsers are told");
    assert_eq!(worker.drain().await.unwrap(), 0, "nothing is left");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_says_decides_what_follows(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    let emails = [
        "refuse-1@example.org",
        "later-1@example.org",
        "drop-1@example.org",
        "lost-1@example.org",
        "stall-1@example.org",
        "good-1@example.org",
    ];
    world.invite(&emails).await;
    let target = smtp.url().parse().unwrap();
    let gateway = SmtpGateway::new(&target, sender())
        .unwrap()
        .with_timeouts(SmtpTimeouts {
            connect: Duration::from_secs(10),
            command: Duration::from_secs(10),
            content: Duration::from_millis(1_500),
        });
    let sms = Folder::new("sms");
    let gateways = Gateways {
        mail: Arc::new(gateway),
        ..world.gateways("file:/nowhere", &format!("file:{}", sms.path().display()))
    };
    let worker = world.worker(gateways);
    worker.drain().await.unwrap();

    let mut outcome = BTreeMap::new();
    for line in world.messages().await {
        let mut tx = world.storage.read().await.unwrap();
        let query = convoke_storage::outbox::MessageQuery::all(world.organisation);
        let text = tx.message_text(&query, line.id).await.unwrap().unwrap();
        outcome.insert(
            text.address.unwrap(),
            (line.state, line.problem, line.attempts),
        );
    }
    let of = |email: &str| outcome[email];
    assert_eq!(
        of("refuse-1@example.org"),
        (MessageState::Failed, Some(Problem::AddressRefused), 1)
    );
    assert_eq!(
        of("later-1@example.org"),
        (MessageState::Queued, Some(Problem::Retrying), 1)
    );
    for email in [
        "drop-1@example.org",
        "lost-1@example.org",
        "stall-1@example.org",
    ] {
        assert_eq!(
            of(email),
            (MessageState::Uncertain, Some(Problem::Uncertain), 1),
            "{email}"
        );
    }
    assert_eq!(of("good-1@example.org"), (MessageState::Sent, None, 1));

    assert_eq!(world.block(InvitationState::Sent).await.len(), 1);
    let to_send = world.block(InvitationState::ToSend).await;
    assert_eq!(to_send.len(), 5);
    assert!(
        to_send.iter().all(|row| row.problem().is_some()),
        "{to_send:?}"
    );

    // Later: only the one that was put off is tried again, until it is given up.
    for _ in 0..20 {
        world.clock.forward(6 * 3_600);
        worker.drain().await.unwrap();
    }
    let states: Vec<_> = world
        .messages()
        .await
        .iter()
        .map(|l| (l.state, l.problem))
        .collect();
    assert!(
        states.contains(&(MessageState::Failed, Some(Problem::GaveUp))),
        "{states:?}"
    );
    let uncertain = states.iter().filter(|(s, _)| *s == MessageState::Uncertain);
    assert_eq!(uncertain.count(), 3, "never sent again by itself");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_workers_send_each_message_once(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    let emails: Vec<String> = (0..300).map(|n| format!("p{n}@example.org")).collect();
    let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
    world.invite(&emails).await;
    let sms = Folder::new("sms");
    let sms = format!("file:{}", sms.path().display());
    let one = world.worker(world.gateways(&smtp.url(), &sms));
    let two = world.worker(world.gateways(&smtp.url(), &sms));
    let (a, b) = tokio::join!(one.drain(), two.drain());
    assert_eq!(a.unwrap() + b.unwrap(), 300);

    let mut got: Vec<String> = smtp.messages().into_iter().flat_map(|m| m.to).collect();
    got.sort();
    let mut wanted: Vec<String> = emails.iter().map(|e| (*e).to_owned()).collect();
    wanted.sort();
    assert_eq!(got, wanted, "each person one message");
    assert_eq!(world.block(InvitationState::Sent).await.len(), 300);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_running_worker_hears_the_bell_and_stops_when_asked(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    let sms = Folder::new("sms");
    let sms = format!("file:{}", sms.path().display());
    let worker = world.worker(world.gateways(&smtp.url(), &sms));
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn(async move { worker.run(stopped).await });
    world.invite(&["anna@example.org", "bob@example.org"]).await;
    world.bell.notify_one();
    smtp.wait_for(2, Duration::from_secs(20)).await;
    stop.send(true).unwrap();
    running.await.unwrap();
    // What was on its way when it stopped is recorded.
    assert_eq!(world.block(InvitationState::Sent).await.len(), 2);
    let mut tx = world.storage.read().await.unwrap();
    let destination = tx.destination(Channel::Email).await.unwrap().unwrap();
    assert!(destination.address.starts_with("smtp://127.0.0.1:") && !destination.is_file);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_dead_worker_leaves_an_uncertain_message(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    world.invite(&["anna@example.org"]).await;
    let owner = "dead";
    let now = world.clock.now();
    let until = now.plus_seconds(30);
    let mut tx = world.storage.begin().await.unwrap();
    let due = tx.due(&[Channel::Email], now, 10).await.unwrap();
    let leased: Vec<_> = due.iter().map(MessageFacts::leased).collect();
    let ids: Vec<_> = leased.iter().map(|l| l.id).collect();
    assert_eq!(tx.mark_sending(owner, &ids, now, until).await.unwrap(), ids);
    tx.commit().await.unwrap();

    let sms = Folder::new("sms");
    let sms = format!("file:{}", sms.path().display());
    let worker = world.worker(world.gateways(&smtp.url(), &sms));
    assert_eq!(
        worker.reclaim_once().await.unwrap(),
        0,
        "the lease still holds"
    );
    assert_eq!(worker.drain().await.unwrap(), 0);
    world.clock.forward(31);
    assert_eq!(worker.reclaim_once().await.unwrap(), 1);
    assert_eq!(
        worker.drain().await.unwrap(),
        0,
        "never sent again by itself"
    );
    assert_eq!(world.message().await.state, MessageState::Uncertain);
    let rows = world.block(InvitationState::ToSend).await;
    assert_eq!(rows[0].problem(), Some(Problem::Uncertain));
    assert_eq!(smtp.count(), 0);

    // It was not dead, only slow: its answer still counts.
    let mut tx = world.storage.begin().await.unwrap();
    let late = Recorded {
        leased: leased[0],
        address: Some("anna@example.org".into()),
        subject: Some("S".into()),
        body: Some("B\0".into()),
        outcome: Outcome::Sent {
            provider_id: "<1@x>".into(),
        },
    };
    tx.record(owner, world.clock.now(), &[late]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.message().await.state, MessageState::Sent);
    let rows = world.block(InvitationState::Sent).await;
    assert_eq!((rows.len(), rows[0].problem()), (1, None));
}

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
    let emails: Vec<String> = (0..30).map(|n| format!("p{n}@example.org")).collect();
    let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
    world.invite(&emails).await;
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
async fn what_changed_since_it_was_queued_counts(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    let ids = world
        .invite(&[
            "stays@example.org",
            "goes@example.org",
            "leaves@example.org",
        ])
        .await;
    // One is taken out by the panel; of one the message alone is withdrawn; one has no mobile to write to.
    let none = world.choose(&by_mail("nomobile@example.org")).await;
    world
        .press(MessageKind::Invitation, &[(none, Channel::Sms)])
        .await;
    let mut tx = world.storage.begin().await.unwrap();
    tx.take_out(&[ids[1]], &[], world.clock.now())
        .await
        .unwrap();
    assert_eq!(
        tx.withdraw_queued(&[ids[2]], world.clock.now())
            .await
            .unwrap(),
        1
    );
    tx.commit().await.unwrap();
    let sms = Folder::new("sms");
    let sms = format!("file:{}", sms.path().display());
    world
        .worker(world.gateways(&smtp.url(), &sms))
        .drain()
        .await
        .unwrap();
    let to: Vec<String> = smtp.messages().into_iter().flat_map(|m| m.to).collect();
    assert_eq!(to, ["stays@example.org"]);
    let lines = world.messages().await;
    let count = |state| lines.iter().filter(|l| l.state == state).count();
    assert_eq!(count(MessageState::Cancelled), 2);
    assert_eq!(count(MessageState::Failed), 1);
    let to_send = world.block(InvitationState::ToSend).await;
    let problems: Vec<_> = to_send
        .iter()
        .filter_map(convoke_storage::invitations::BlockPerson::problem)
        .collect();
    assert_eq!(problems, [Problem::NoAddress]);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_resend_is_one_more_message_and_both_links_work(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    let ids = world.invite(&["anna@example.org"]).await;
    let sms = Folder::new("sms");
    let sms = format!("file:{}", sms.path().display());
    let worker = world.worker(world.gateways(&smtp.url(), &sms));
    worker.drain().await.unwrap();
    let everyone = [(ids[0], Channel::Email)];
    assert_eq!(
        world.press(MessageKind::Invitation, &everyone).await,
        0,
        "sent is not to send"
    );
    world.clock.forward(60);
    assert_eq!(world.press(MessageKind::Resend, &everyone).await, 1);
    assert_eq!(
        world.press(MessageKind::Resend, &everyone).await,
        0,
        "pressed twice"
    );
    worker.drain().await.unwrap();
    let mails = smtp.messages();
    assert_eq!(mails.len(), 2);
    let subjects: Vec<_> = mails.iter().filter_map(|m| m.header("subject")).collect();
    assert!(subjects.contains(&"Reminder: First aid"), "{subjects:?}");
    let mut tx = world.storage.read().await.unwrap();
    for mail in &mails {
        let hash = link::hash(secret_of(&mail.text));
        let led = tx.invitation_by_link(&hash).await.unwrap().flatten();
        assert_eq!(led.map(|i| i.id), Some(ids[0]));
    }
    drop(tx);
    let sent = world.block(InvitationState::Sent).await;
    assert_eq!(sent[0].sent_count, 2);
    assert_eq!(sent[0].last_sent_at.map(Timestamp), Some(world.clock.now()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_closed_while_nobody_looked_costs_nothing() {
    // The server hangs up after each message; the next one finds a dead connection in the pool.
    let sink = Sink::start(1).await;
    let world = World::new(Database::Sqlite).await;
    let emails: Vec<String> = (0..20).map(|n| format!("p{n}@example.org")).collect();
    let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
    world.invite(&emails).await;
    let sms = Folder::new("sms");
    let sms = format!("file:{}", sms.path().display());
    let worker = world.worker(world.gateways(&sink.url(), &sms));
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
    let emails: Vec<String> = (0..40).map(|n| format!("p{n}@example.org")).collect();
    let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
    world.invite(&emails).await;
    let sms = Folder::new("sms");
    let sms = format!("file:{}", sms.path().display());
    let worker = world.worker(world.gateways(&sink.url(), &sms));
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
    let emails: Vec<String> = (0..60).map(|n| format!("p{n}@example.org")).collect();
    let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
    world.invite(&emails).await;
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
    let sms = Folder::new("sms");
    let sms = format!("file:{}", sms.path().display());
    let worker = world.worker(world.gateways(&smtp.url(), &sms));
    worker.drain().await.unwrap();
    let lines = world.messages().await;
    let count = |state| lines.iter().filter(|l| l.state == state).count();
    let uncertain = count(MessageState::Uncertain);
    assert!((4..=12).contains(&uncertain), "{uncertain} are uncertain");
    assert_eq!(count(MessageState::Queued), 60 - uncertain);
}

/// Whoever confirmed has an appointment that is off; whoever waited for a place has none.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_those_who_want_no_messages_only_who_had_a_place_hears_that_it_is_off(
    #[case] kind: Database,
) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    let people = [
        "confirmed@example.org",
        "waits@example.org",
        "quiet@example.org",
    ];
    let ids = world.choose_all(&people.map(by_mail)).await;
    let states = [
        InvitationState::Confirmed,
        InvitationState::Waiting,
        InvitationState::Waiting,
    ];
    let now = world.clock.now();
    let mut users = Vec::new();
    let mut tx = world.storage.begin().await.unwrap();
    for (id, state) in ids.iter().zip(states) {
        let found = tx.seen_invitation(world.organisation, *id).await.unwrap();
        let found = found.unwrap();
        let by = Some(ConfirmedBy::Registration);
        assert!(tx.set_answer(&found, state, by, None, now).await.unwrap());
        users.push(found.user_id);
    }
    let quiet = Some(OptOut::Person);
    tx.set_opt_out(world.organisation, users[2], quiet, now)
        .await
        .unwrap();
    tx.take_out(&[], &ids, now).await.unwrap();
    tx.commit().await.unwrap();
    let all: Vec<_> = ids.iter().map(|id| (*id, Channel::Email)).collect();
    let queued = world.press(MessageKind::Cancellation, &all).await;
    assert_eq!(queued, 2, "not to who has said so already");
    let mut tx = world.storage.begin().await.unwrap();
    for user in &users {
        tx.set_opt_out(world.organisation, *user, quiet, now)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let worker = world.worker(world.gateways(&smtp.url(), "file:/nowhere"));
    worker.drain().await.unwrap();
    let received: Vec<_> = smtp.messages().into_iter().flat_map(|m| m.to).collect();
    assert_eq!(received, ["confirmed@example.org"]);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_says_meanwhile_that_they_want_no_messages_gets_none(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let folder = Folder::new("sms");
    let world = World::new(kind).await;
    world.invite(&["anna@example.org", "ben@example.org"]).await;
    let waiting = world.block(InvitationState::ToSend).await;
    let anna = waiting
        .iter()
        .find(|row| row.email.as_deref() == Some("anna@example.org"))
        .unwrap();
    let mut tx = world.storage.begin().await.unwrap();
    tx.set_opt_out(
        world.organisation,
        anna.user_id,
        Some(OptOut::Person),
        world.clock.now(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let sms = format!("file:{}", folder.path().display());
    let worker = world.worker(world.gateways(&smtp.url(), &sms));
    worker.drain().await.unwrap();

    let received = smtp.messages();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].to, ["ben@example.org"]);
    let dropped: Vec<_> = world
        .messages()
        .await
        .into_iter()
        .filter(|line| line.user_id == anna.user_id)
        .map(|line| (line.state, line.problem))
        .collect();
    assert_eq!(
        dropped,
        [(MessageState::Cancelled, Some(Problem::OptedOut))]
    );
    let left = world.block(InvitationState::ToSend).await;
    assert_eq!((left.len(), left[0].sent_count), (1, 0));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn every_mail_says_how_to_get_no_more(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let folder = Folder::new("sms");
    let world = World::new(kind).await;
    let ids = world.invite(&["anna@example.org"]).await;
    let sms = format!("file:{}", folder.path().display());
    let worker = world.worker(world.gateways(&smtp.url(), &sms));
    worker.drain().await.unwrap();
    world
        .press(MessageKind::Resend, &[(ids[0], Channel::Email)])
        .await;
    worker.drain().await.unwrap();

    let mut tx = world.storage.read().await.unwrap();
    let key = tx.installation_value(stop::KEY_NAME).await.unwrap();
    let key = key.expect("it is made with the first mail");
    let query = convoke_storage::outbox::MessageQuery::all(world.organisation);
    let mails = smtp.messages();
    assert_eq!(mails.len(), 2);
    for mail in mails {
        let header = mail.header("list-unsubscribe").unwrap();
        let link = header.trim_matches(['<', '>']);
        let secret = link
            .strip_prefix("https://convoke.example.org/stop/")
            .unwrap();
        assert_eq!(
            mail.header("list-unsubscribe-post"),
            Some("List-Unsubscribe=One-Click")
        );
        // It is the link of the foot, in both parts, and leads to this message.
        assert!(mail.text.contains(link), "{}", mail.text);
        let escaped = link.replace('/', "&#x2f;");
        assert!(mail.html.contains(&escaped), "{}", mail.html);
        let message = stop::message_of(&key, secret).unwrap();
        assert_eq!(
            mail.header("message-id"),
            Some(&*format!("<{message}@example.org>"))
        );
        // Nothing stored tells it, and it answers nothing.
        let stored = tx.message_text(&query, message).await.unwrap().unwrap();
        assert!(!stored.body.unwrap().contains(secret));
        let answers = tx.invitation_by_link(&link::hash(secret)).await.unwrap();
        assert!(answers.is_none());
    }
}
