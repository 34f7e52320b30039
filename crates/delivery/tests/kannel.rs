//! Text messages through a real Kannel to a fake operator.

mod world;

use convoke_domain::{Channel, InvitationState, MessageKind, MessageState};
use convoke_testkit::{Database, Folder, Kannel};
use std::time::Duration;
use world::{World, by_sms};

#[tokio::test(flavor = "multi_thread")]
async fn texts_arrive_at_the_operator_as_they_were_written() {
    let kannel = Kannel::start().await;
    let world = World::new(Database::Sqlite).await;
    let people = [
        by_sms("Anna", "+33612345678"),
        by_sms("Łucja", "+48512345678"),
    ];
    let ids = world.choose_all(&people).await;
    let recipients: Vec<_> = ids.iter().map(|id| (*id, Channel::Sms)).collect();
    world.press(MessageKind::Invitation, &recipients).await;
    let mail = Folder::new("mail");
    let mail = format!("file:{}", mail.path().display());
    let worker = world.worker(world.gateways(&mail, &kannel.url()));
    worker.drain().await.unwrap();
    let lines = world.messages().await;
    assert!(
        lines.iter().all(|l| l.state == MessageState::Sent),
        "{lines:?}"
    );

    let received = kannel.wait_for(2, Duration::from_secs(20)).await;
    let mut numbers: Vec<_> = received.iter().map(|sms| sms.number.as_str()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, ["+33612345678", "+48512345678"]);
    for sms in &received {
        assert!(
            sms.text
                .starts_with("Acme: invitation to \"First aid\", 1 December 2026."),
            "{}",
            sms.text
        );
        assert!(
            sms.text.contains("https://convoke.example.org/i/"),
            "{}",
            sms.text
        );
    }
    assert_eq!(world.block(InvitationState::Sent).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_stops_the_channel() {
    let kannel = Kannel::start().await;
    let world = World::new(Database::Sqlite).await;
    let id = world.choose(&by_sms("Anna", "+33612345678")).await;
    world
        .press(MessageKind::Invitation, &[(id, Channel::Sms)])
        .await;
    let mail = Folder::new("mail");
    let mail = format!("file:{}", mail.path().display());
    let host = kannel.url().rsplit_once('@').unwrap().1.to_owned();
    let wrong = format!("kannel://convoke:wrong@{host}");
    let worker = world.worker(world.gateways(&mail, &wrong));
    worker.drain().await.unwrap();
    assert_eq!(world.message().await.state, MessageState::Queued);
    let mut tx = world.storage.read().await.unwrap();
    let stopped = tx.stopped_channel(Channel::Sms).await.unwrap().unwrap();
    assert!(stopped.reason.contains("403"), "{}", stopped.reason);
    assert!(kannel.received().is_empty());
}
