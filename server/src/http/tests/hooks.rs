//! Where machines call: who is believed, and what it does.

use super::world::{Answer, HOOK_SECRET, World};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use convoke_delivery::ReportAddress;
use convoke_domain::view::{MessageFilter, Range};
use convoke_domain::{Channel, Fate, InvitationState, MessageId, MessageKind};
use convoke_service::{messages, reports, session};
use convoke_storage::outbox::{NewBatch, Outcome, Recorded};
use convoke_testkit::Database;
use hmac::{Hmac, KeyInit, Mac};
use rstest::rstest;
use sha1::Sha1;

struct Sent {
    world: World,
    cookie: String,
    message: MessageId,
}

/// A person was invited, and the message was handed over.
async fn sent(kind: Database) -> Sent {
    let world = World::new(kind).await;
    let cookie = world.sign_in().await;
    let training = world.training(&cookie).await;
    let secret = world.invited_as(training, InvitationState::ToSend).await;
    let invitation = world.invitation(&secret).await;
    let service = &world.service;
    let now = service.clock.now();
    let mut tx = service.storage.begin().await.unwrap();
    let batch = NewBatch {
        id: service.id(),
        organisation_id: invitation.organisation_id,
        training_id: training,
        kind: MessageKind::Invitation,
        queued_by: None,
        at: now,
        starts_at: now,
        planned: false,
    };
    tx.enqueue(&batch, &[(invitation.id, Channel::Email)])
        .await
        .unwrap();
    let until = now.plus_seconds(60);
    let leased = tx.due(Channel::ALL, now, 9).await.unwrap()[0].leased();
    tx.mark_sending("t", &[leased.id], now, until)
        .await
        .unwrap();
    let recorded = Recorded {
        leased,
        address: None,
        subject: None,
        body: None,
        outcome: Outcome::Sent {
            provider_id: "1".to_owned(),
        },
    };
    tx.record("t", now, &[recorded]).await.unwrap();
    tx.commit().await.unwrap();
    Sent {
        message: leased.id,
        world,
        cookie,
    }
}

impl Sent {
    async fn fate(&self) -> Fate {
        let (_, secret) = self.cookie.split_once('=').unwrap();
        let service = &self.world.service;
        let (actor, _) = session::find(service, secret).await.unwrap().unwrap();
        let list = messages::list(service, &actor, MessageFilter::none(), Range::new(0, 9)).await;
        list.unwrap().rows[0].fate
    }

    /// Calls without a browser's headers, as machines do.
    async fn call(&self, method: &str, path: &str, body: impl Into<Body>) -> Answer {
        let request = Request::builder().method(method).uri(path);
        self.world.send(request.body(body.into()).unwrap()).await
    }

    fn returned(&self) -> String {
        format!(
            "From: MAILER-DAEMON@x.test\r\nContent-Type: multipart/report; boundary=B\r\n\r\n\
             --B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
             --B\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{}@example.org>\r\n\r\n--B--\r\n",
            self.message
        )
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_mail_that_came_back_is_posted_by_whoever_knows_the_secret(#[case] kind: Database) {
    let sent = sent(kind).await;
    let path = format!("/hooks/bounces/{HOOK_SECRET}");
    for wrong in ["/hooks/bounces/x", "/hooks/bounces/", "/hooks/bounces"] {
        let answer = sent.call("POST", wrong, sent.returned()).await;
        // What is not the hook needs the headers of a browser.
        assert!(
            matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN),
            "{wrong} {}",
            answer.status
        );
    }
    for method in ["GET", "HEAD", "PUT"] {
        let answer = sent.call(method, &path, sent.returned()).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
    let large = "x".repeat(1_024 * 1_024 + 1);
    let answer = sent.call("POST", &path, large).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let answer = sent.call("POST", &path, "nothing of ours").await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(sent.fate().await, Fate::Sent);
    for _ in 0..2 {
        let answer = sent.call("POST", &path, sent.returned()).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert!(answer.text.is_empty());
    }
    assert_eq!(sent.fate().await, Fate::Bounced);
}

#[tokio::test]
async fn whoever_guesses_is_slowed_down() {
    let sent = sent(Database::Sqlite).await;
    for _ in 0..21 {
        let answer = sent.call("POST", "/hooks/bounces/guess", "").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    let path = format!("/hooks/bounces/{HOOK_SECRET}");
    let answer = sent.call("POST", &path, sent.returned()).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    sent.world.pass(60_000);
    let answer = sent.call("POST", &path, sent.returned()).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
}

/// A gateway goes on reporting what was sent long ago, also when nobody knows the message any more.
#[tokio::test]
async fn whoever_is_right_is_not_slowed_down_by_what_is_not_there() {
    let sent = sent(Database::Sqlite).await;
    let key = reports::signing_key(&sent.world.service).await.unwrap();
    let gateway = "kannel://u:p@127.0.0.1:13013".parse().unwrap();
    let address = ReportAddress::new("http://127.0.0.1:1", &key, &gateway).unwrap();
    let call = async |message: MessageId| {
        let url = address
            .kannel_url(message)
            .replace("%d", "1")
            .replace("%A", "");
        let path = url.strip_prefix("http://127.0.0.1:1").unwrap();
        sent.call("GET", path, "").await.status
    };
    for n in 1..=50 {
        let gone = MessageId(uuid::Uuid::from_u128(n));
        assert_eq!(call(gone).await, StatusCode::NO_CONTENT);
        // No address that was ever given to a gateway; nothing is guessed by it.
        let nothing = sent.call("GET", "/hooks/sms/kannel/x/y", "").await;
        assert_eq!(nothing.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(call(sent.message).await, StatusCode::NO_CONTENT);
    assert_eq!(sent.fate().await, Fate::Delivered);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn kannel_calls_the_address_that_it_was_given(#[case] kind: Database) {
    let sent = sent(kind).await;
    let key = reports::signing_key(&sent.world.service).await.unwrap();
    let gateway = "kannel://u:p@127.0.0.1:13013".parse().unwrap();
    let address = ReportAddress::new("http://127.0.0.1:1", &key, &gateway).unwrap();
    let url = address.kannel_url(sent.message);
    let path = url.strip_prefix("http://127.0.0.1:1").unwrap();
    let said = |status: &str| {
        path.replace("%d", status)
            .replace("%A", "id%3A1+stat%3AUNDELIV")
    };
    let answer = sent.call("HEAD", &said("2"), "").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    let forged = said("2").replace(
        &sent.message.to_string(),
        &MessageId(uuid::Uuid::from_u128(1)).to_string(),
    );
    let answer = sent.call("GET", &forged, "").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(sent.fate().await, Fate::Sent);
    let answer = sent.call("GET", &said("2"), "").await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(sent.fate().await, Fate::Bounced);
}

#[tokio::test]
async fn twilio_signs_what_it_says() {
    let sent = sent(Database::Sqlite).await;
    let path = format!("/hooks/sms/twilio/{}", sent.message);
    let url = format!("{}{path}", sent.world.service.base_url);
    let body = "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003";
    let mut mac = Hmac::<Sha1>::new_from_slice(b"token").unwrap();
    // The address, then the fields by name.
    mac.update(url.as_bytes());
    mac.update(b"ErrorCode30003MessageSidSM1MessageStatusundelivered");
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    let call = async |signature: &str, body: &'static str| {
        let request = Request::post(&path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-twilio-signature", signature)
            .body(Body::from(body))
            .unwrap();
        sent.world.send(request).await.status
    };
    assert_eq!(call("", body).await, StatusCode::NOT_FOUND);
    let another = "MessageSid=SM1&MessageStatus=delivered&ErrorCode=30003";
    assert_eq!(call(&signature, another).await, StatusCode::NOT_FOUND);
    assert_eq!(sent.fate().await, Fate::Sent);
    assert_eq!(call(&signature, body).await, StatusCode::NO_CONTENT);
    assert_eq!(sent.fate().await, Fate::Bounced);
}
