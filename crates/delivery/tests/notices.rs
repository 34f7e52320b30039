//! What is told beside invitations, and links of accounts: on both databases, with a real mail server.

mod world;

use convoke_delivery::{entry_code, link};
use convoke_domain::{Channel, Clock, InvitationState, MessageKind, MessageState};
use convoke_storage::outbox::{AccountBatch, Notice};
use convoke_testkit::{Database, SmtpServer};
use rstest::rstest;
use world::{World, secret_of};

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn notices_tell_and_leave_the_invitation_alone(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    let ids = world.invite(&["anna@example.org"]).await;
    let worker = world.mailer(&smtp.url());
    assert_eq!(worker.drain().await.unwrap(), 1);
    let now = world.clock.now();

    let mut tx = world.storage.begin().await.unwrap();
    let invitation = tx
        .invitation(world.organisation, ids[0], None)
        .await
        .unwrap()
        .unwrap();
    let by = Some(convoke_domain::ConfirmedBy::Registration);
    tx.set_answer(&invitation, InvitationState::Confirmed, by, None, now)
        .await
        .unwrap();
    let key = tx
        .installation_value_or(entry_code::KEY_NAME, "a key")
        .await
        .unwrap();
    let notice = |kind| Notice {
        id: world.id(),
        organisation_id: world.organisation,
        invitation_id: ids[0],
        kind,
        channel: Channel::Email,
        at: now,
    };
    // One that is about a state which is not the present one is never sent.
    let wanted = [
        notice(MessageKind::Registered),
        notice(MessageKind::EntryCode),
        notice(MessageKind::EntryCode),
        notice(MessageKind::WaitingList),
    ];
    for notice in &wanted {
        tx.enqueue_notice(notice).await.unwrap();
    }
    tx.commit().await.unwrap();
    worker.drain().await.unwrap();

    let received = smtp.messages();
    assert_eq!(received.len(), 4, "the invitation and three notices");
    let registered = received
        .iter()
        .find(|m| m.header("subject") == Some("Registered: First aid"))
        .unwrap();
    let secret = secret_of(&registered.text);
    assert_eq!(registered.attachments.len(), 1);
    for notice in &wanted[1..3] {
        let code = entry_code::entry_code(&key, notice.id);
        let mail = received.iter().find(|m| m.text.contains(&code)).unwrap();
        assert!(mail.html.contains(&code) && mail.attachments.is_empty());
        assert!(!mail.text.contains("/i/"), "no link: {}", mail.text);
    }
    let mut tx = world.storage.read().await.unwrap();
    let led = tx.invitation_by_link(&link::hash(secret)).await.unwrap();
    assert_eq!(led.flatten().map(|i| i.id), Some(ids[0]));
    drop(tx);
    for line in world.messages().await {
        let code = entry_code::entry_code(&key, line.id);
        let query = convoke_storage::outbox::MessageQuery::all(world.organisation);
        let mut tx = world.storage.read().await.unwrap();
        let body = tx
            .message_text(&query, line.id)
            .await
            .unwrap()
            .unwrap()
            .body;
        assert!(!body.unwrap_or_default().contains(&code), "no code is kept");
    }
    let rows = world.block(InvitationState::Confirmed).await;
    assert_eq!((rows.len(), rows[0].sent_count), (1, 1));

    // A code that could not go out in time does not go out at all.
    let late = notice(MessageKind::EntryCode);
    let mut tx = world.storage.begin().await.unwrap();
    tx.enqueue_notice(&late).await.unwrap();
    tx.commit().await.unwrap();
    world.clock.forward(entry_code::SECONDS);
    worker.drain().await.unwrap();
    assert_eq!(smtp.count(), 4);
}

/// Invited by somebody a link is good for 14 days; asked for by whoever forgot their password for an hour, or nothing goes out any more.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn links_of_accounts_last_as_long_as_they_say(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    let nora = world.somebody("Nora", "nora@example.org").await;
    let worker = world.mailer(&smtp.url());
    let queue = async |asked_by_reader: bool| {
        let batch = AccountBatch {
            id: world.id(),
            organisation_id: world.organisation,
            queued_by: asked_by_reader.then_some(nora),
            at: world.clock.now(),
        };
        let mut tx = world.storage.begin().await.unwrap();
        tx.enqueue_accounts(&batch, &[(nora, Channel::Email)])
            .await
            .unwrap();
        tx.commit().await.unwrap();
    };
    let is_good = async |secret: &str, seconds: i64| {
        let mut tx = world.storage.read().await.unwrap();
        let at = world.clock.now().plus_seconds(seconds);
        let found = tx.account_link(&link::hash(secret), at).await.unwrap();
        found.is_some()
    };
    let sent = async || {
        worker.drain().await.unwrap();
        smtp.messages().len()
    };
    queue(true).await;
    assert_eq!(sent().await, 0, "who has no password forgot none");
    for (asked_by_reader, subject, lasts) in [
        (false, "Your account at Acme", 14 * 86_400),
        (true, "Choose a new password: Acme", 3_600),
    ] {
        let before = sent().await;
        queue(asked_by_reader).await;
        assert_eq!(sent().await, before + 1);
        let mail = smtp.messages().pop().unwrap();
        assert_eq!(mail.header("subject"), Some(subject));
        let (_, rest) = mail.text.split_once("/account/").expect("a link");
        let secret = &rest[..32];
        assert!(is_good(secret, lasts - 1).await && !is_good(secret, lasts).await);
        let stored = world.messages().await;
        assert!(!format!("{stored:?}").contains(secret));
        let mut tx = world.storage.begin().await.unwrap();
        tx.set_password(world.organisation, nora, "hash", world.clock.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    let before = sent().await;
    queue(true).await;
    world.clock.forward(3_600);
    assert_eq!(sent().await, before, "an hour too late");
    let lines = world.messages().await;
    let withdrawn = lines.iter().filter(|l| l.state == MessageState::Cancelled);
    assert_eq!(withdrawn.count(), 2);
}
