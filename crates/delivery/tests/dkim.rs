//! Signatures, received by a real mail server and verified by somebody else's code.

mod letters;

use convoke_delivery::gateway::{Gateway, Gateways, Letterhead, Parcel};
use convoke_delivery::{Dkim, Sender};
use convoke_domain::{Channel, Language, MessageId, MessageKind, Timestamp};
use convoke_testkit::{Folder, SmtpServer, signed_headers};
use letters::rendered;
use rstest::rstest;
use std::sync::Arc;
use uuid::Uuid;

const RSA_PKCS1: &str = include_str!("keys/rsa.pkcs1.pem");
const RSA_PKCS8: &str = include_str!("keys/rsa.pkcs8.pem");
const ED25519: &str = include_str!("keys/ed25519.pem");
const SHORT: &str = include_str!("keys/short.pem");

fn dkim(pem: &str) -> Dkim {
    Dkim::new("march", "example.org", pem).unwrap()
}

fn parcel(kind: MessageKind, language: Language) -> Parcel {
    Parcel {
        id: MessageId(Uuid::from_u128(9)),
        address: "zoe@example.org".into(),
        name: "Zoë Öztürk-with-a-name-that-is-so-long-that-its-header-takes-more-than-a-line"
            .into(),
        at: Timestamp(1_793_520_000_000),
        letterhead: Letterhead {
            sender_name: "Ateliers Réunis".into(),
            reply_to: "answers@example.org".into(),
        },
        rendered: rendered(kind, Channel::Email, language),
    }
}

fn from() -> Sender {
    "Training office <training@example.org>".parse().unwrap()
}

fn gateway(target: &str, dkim: Option<Dkim>) -> Arc<dyn Gateway> {
    let sms = "file:/nowhere".parse().unwrap();
    let target = target.parse().unwrap();
    Gateways::reporting(&target, &sms, &from(), dkim, None)
        .unwrap()
        .mail
}

#[rstest]
#[case::rsa(RSA_PKCS1)]
#[case::rsa_as_openssl_writes_it_now(RSA_PKCS8)]
#[case::ed25519(ED25519)]
#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_arrived_verifies(#[case] pem: &str) {
    let smtp = SmtpServer::start().await;
    let dkim = dkim(pem);
    let gateway = gateway(&smtp.url(), Some(dkim.clone()));
    let mails = [
        (MessageKind::Invitation, Language::Fr),
        (MessageKind::EntryCode, Language::En),
    ];
    for (kind, language) in mails {
        gateway.hand_over(&parcel(kind, language)).await.unwrap();
    }
    let received = smtp.messages();
    assert_eq!(received.len(), mails.len());
    for mail in received {
        let content = mail.content.as_bytes();
        let signed = signed_headers(content, &dkim.name(), dkim.record());
        let signed = signed.unwrap_or_else(|| panic!("not good:\n{}", mail.content));
        for header in [
            "from",
            "reply-to",
            "to",
            "subject",
            "date",
            "message-id",
            "mime-version",
            "list-unsubscribe",
            "list-unsubscribe-post",
        ] {
            assert!(
                signed.iter().any(|name| name == header),
                "{header}: {signed:?}"
            );
            assert!(mail.header(header).is_some(), "{header} is not there");
        }
        // Whoever changes what it says, or where one unsubscribes, breaks it.
        let body = mail
            .content
            .replacen("example.org/stop/", "example.com/stop/", 1);
        assert_ne!(body, mail.content);
        assert!(signed_headers(body.as_bytes(), &dkim.name(), dkim.record()).is_none());
        let (head, rest) = mail.content.split_once("\r\n\r\n").unwrap();
        let changed = head.replace("One-Click", "Two-Clicks");
        let changed = format!("{changed}\r\n\r\n{rest}");
        assert!(signed_headers(changed.as_bytes(), &dkim.name(), dkim.record()).is_none());
        // And it is this key.
        let other = crate::dkim(if pem == ED25519 { RSA_PKCS1 } else { ED25519 });
        assert!(signed_headers(content, &dkim.name(), other.record()).is_none());
    }
}

#[tokio::test]
async fn files_are_signed_too_and_without_a_key_nothing_is() {
    let folder = Folder::new("mail");
    let target = format!("file:{}", folder.path().display());
    let parcel = parcel(MessageKind::Invitation, Language::En);
    let path = folder.path().join(format!("{}.eml", parcel.id));
    let dkim = dkim(ED25519);
    gateway(&target, Some(dkim.clone()))
        .hand_over(&parcel)
        .await
        .unwrap();
    let content = std::fs::read(&path).unwrap();
    assert!(signed_headers(&content, &dkim.name(), dkim.record()).is_some());
    gateway(&target, None).hand_over(&parcel).await.unwrap();
    let content = std::fs::read_to_string(&path).unwrap();
    assert!(!content.contains("DKIM-Signature"));
}

#[test]
fn both_writings_of_a_key_are_one_key_and_a_short_one_is_refused() {
    assert_eq!(dkim(RSA_PKCS1), dkim(RSA_PKCS8));
    assert!(
        dkim(RSA_PKCS1)
            .record()
            .starts_with("v=DKIM1; k=rsa; p=MII")
    );
    let short = Dkim::new("march", "example.org", SHORT);
    let said = short.unwrap_err().to_string();
    assert!(said.contains("1024"), "{said}");
}
