//! Text messages through a real Kannel to a fake operator.

mod world;

use convoke_delivery::reports::{is_signed_for_kannel, kannel_status};
use convoke_delivery::{Gateways, ReportAddress, SmsTarget};
use convoke_domain::{Channel, InvitationState, MessageKind, MessageState, Report};
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

/// What Kannel calls: the path and query of each request, answered as a server would.
async fn called(listener: tokio::net::TcpListener, count: usize) -> Vec<String> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut calls = Vec::new();
    while calls.len() < count {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut asked = vec![0; 4096];
        let n = stream.read(&mut asked).await.unwrap();
        let asked = String::from_utf8_lossy(&asked[..n]).into_owned();
        let _ = stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            .await;
        calls.extend(asked.lines().next().map(str::to_owned));
    }
    calls
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gateway_tells_what_became_of_a_text() {
    let kannel = Kannel::start().await;
    let world = World::new(Database::Sqlite).await;
    let id = world.choose(&by_sms("Anna", "+33612345678")).await;
    world
        .press(MessageKind::Invitation, &[(id, Channel::Sms)])
        .await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let sms: SmsTarget = kannel.url().parse().unwrap();
    let reports = ReportAddress::new(&base, "key", &sms);
    assert!(reports.is_some());
    let gateways = Gateways::reporting(
        &"file:/nowhere".parse().unwrap(),
        &sms,
        &world::sender(),
        None,
        reports,
    )
    .unwrap();
    world.worker(gateways).drain().await.unwrap();
    let message = world.message().await;
    assert_eq!(message.state, MessageState::Sent);

    // The fake operator says that it is on the telephone, as soon as it took it.
    let calls = tokio::time::timeout(Duration::from_secs(20), called(listener, 1))
        .await
        .expect("Kannel calls");
    let rest = calls[0]
        .strip_prefix(&format!("GET /hooks/sms/kannel/{}/", message.id))
        .unwrap_or_else(|| panic!("{calls:?}"));
    let (signature, rest) = rest.split_once('?').unwrap();
    assert!(is_signed_for_kannel("key", message.id, signature));
    let status = rest
        .strip_prefix("status=")
        .and_then(|rest| rest.split(['&', ' ']).next())
        .unwrap();
    assert_eq!(kannel_status(status), Some(Report::Delivered), "{calls:?}");
}
