//! The worker on both databases, with a real mail server.

mod no_more;
mod other_end;
#[path = "../world/mod.rs"]
mod world;

use convoke_delivery::gateway::{Gateways, SmtpGateway, SmtpTimeouts};
use convoke_delivery::link;
use convoke_domain::message::Problem;
use convoke_domain::{Channel, Clock, InvitationState, MessageKind, MessageState, Timestamp};
use convoke_storage::outbox::{MessageFacts, Outcome, Recorded};
use convoke_testkit::{Database, Folder, SmtpServer};
use rstest::rstest;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use world::{World, by_mail, secret_of, sender};

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_message_goes_out_and_the_invitation_is_sent(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    let ids = world.invite(&["anna@example.org"]).await;
    let version = world.version().await;
    let worker = world.mailer(&smtp.url());
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
    world.invite_many(300).await;
    let sms = Folder::new("sms");
    let sms = format!("file:{}", sms.path().display());
    let one = world.worker(world.gateways(&smtp.url(), &sms));
    let two = world.worker(world.gateways(&smtp.url(), &sms));
    let (a, b) = tokio::join!(one.drain(), two.drain());
    assert_eq!(a.unwrap() + b.unwrap(), 300);

    let mut got: Vec<String> = smtp.messages().into_iter().flat_map(|m| m.to).collect();
    got.sort();
    let mut wanted: Vec<String> = (0..300).map(|n| format!("p{n}@example.org")).collect();
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
    let worker = world.mailer(&smtp.url());
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

    let worker = world.mailer(&smtp.url());
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
    world.mailer(&smtp.url()).drain().await.unwrap();
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
    let worker = world.mailer(&smtp.url());
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
