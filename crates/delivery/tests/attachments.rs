//! What goes with an e-mail: how it is put into the mail, that it is read once, and that no mail goes out without it.

mod letters;
mod world;

use convoke_delivery::FileSource;
use convoke_delivery::attachments::Enclosed;
use convoke_delivery::gateway::{Letterhead, Parcel, envelope};
use convoke_delivery::render::render;
use convoke_domain::message::Problem;
use convoke_domain::message_text::TextKey;
use convoke_domain::{
    Channel, Clock, DocumentId, InvitationState, Language, MessageId, MessageKind, MessageState,
    Timestamp,
};
use convoke_storage::documents::{Content, NewDocument, StoredFile};
use convoke_storage::outbox::{MessageQuery, TestMessage};
use convoke_testkit::{Database, Folder, SmtpServer};
use futures::future::BoxFuture;
use letters::{letter, person, training};
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use rstest::rstest;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use world::{World, by_mail, by_sms};

/// Bytes of every value, so that nothing survives by being text.
fn bytes(count: usize) -> Vec<u8> {
    (0..count)
        .map(|n| u8::try_from(n * 31 % 251).unwrap())
        .collect()
}

/// The parts of a mail, each below what it is in.
fn tree(message: &Message<'_>, part: usize, depth: usize) -> String {
    let this = &message.parts[part];
    let kind = this.content_type().map_or_else(String::new, |kind| {
        format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default())
    });
    let mut out = format!("{:1$}{kind}", "", depth * 2);
    if let Some(disposition) = this.content_disposition() {
        let name = this.attachment_name().unwrap_or_default();
        let (kind, bytes) = (disposition.ctype(), this.contents().len());
        write!(out, " {kind} \"{name}\" {bytes} bytes").unwrap();
    }
    out.push('\n');
    if let PartType::Multipart(parts) = &this.body {
        for part in parts {
            out.push_str(&tree(message, usize::try_from(*part).unwrap(), depth + 1));
        }
    }
    out
}

#[test]
fn text_calendar_and_files_stand_side_by_side() {
    let (training, person) = (training(), person());
    let letter = letter(&training, &person, MessageKind::Invitation, Language::Fr);
    let mut rendered = render(&letter, Channel::Email);
    let pdf = bytes(100_000);
    rendered.enclosed = vec![
        Enclosed::new("Programme d’été \"2026\".pdf", "application/pdf", &pdf),
        Enclosed::new("lisez.txt", "text/plain", "é\r\n.\r\n".as_bytes()),
        Enclosed::new("what", "no media type", b"x"),
    ];
    let parcel = Parcel {
        id: MessageId(uuid::Uuid::from_u128(9)),
        address: "zoe@example.org".into(),
        name: "Zoë".into(),
        at: Timestamp(world::START),
        letterhead: Letterhead::default(),
        rendered,
    };
    let from = "Office <office@example.org>".parse().unwrap();
    let raw = envelope(&parcel, &from).unwrap().formatted();
    assert!(
        raw.split(|byte| *byte == b'\n')
            .all(|line| line.len() <= 998),
        "RFC 5322, section 2.1.1"
    );
    let message = MessageParser::new().parse(&raw).unwrap();
    let calendar = message
        .attachments()
        .find(|part| part.attachment_name() == Some("training.ics"))
        .unwrap();
    let tree = tree(&message, 0, 0);
    assert_eq!(
        tree,
        format!(
            "multipart/mixed
  multipart/alternative
    text/plain
    text/html
  text/calendar attachment \"training.ics\" {} bytes
  application/pdf attachment \"Programme d’été \"2026\".pdf\" 100000 bytes
  text/plain attachment \"lisez.txt\" 7 bytes
  application/octet-stream attachment \"what\" 1 bytes
",
            calendar.contents().len()
        )
    );
    let file = |name: &str| {
        let mut parts = message.attachments();
        parts
            .find(|part| part.attachment_name() == Some(name))
            .unwrap()
            .contents()
    };
    assert_eq!(file("Programme d’été \"2026\".pdf"), pdf);
    assert_eq!(file("lisez.txt"), "é\r\n.\r\n".as_bytes());
    assert!(message.body_text(0).unwrap().starts_with("Bonjour Zoë,"));
}

/// A place for files that counts how often it is asked.
#[derive(Default)]
struct Cupboard {
    files: Mutex<HashMap<String, Vec<u8>>>,
    asked: AtomicUsize,
}

impl Cupboard {
    fn put(&self, key: &str, content: Vec<u8>) {
        self.files.lock().unwrap().insert(key.to_owned(), content);
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

impl FileSource for Cupboard {
    fn read<'a>(&'a self, file: &'a StoredFile) -> BoxFuture<'a, Result<Vec<u8>, String>> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let found = self.files.lock().unwrap().get(&file.storage_key).cloned();
        Box::pin(async move {
            // Everybody who wants it comes meanwhile.
            tokio::time::sleep(Duration::from_millis(100)).await;
            found.ok_or_else(|| "the file is not there".to_owned())
        })
    }
}

const KEY: TextKey = TextKey {
    kind: MessageKind::Invitation,
    language: Language::En,
    channel: Channel::Email,
};

/// A file of the training that goes with an e-mail.
async fn attach(world: &World, key: TextKey, name: &str, size: u64) -> DocumentId {
    let id = world.id();
    let mut tx = world.storage.begin().await.unwrap();
    tx.insert_document(&NewDocument {
        id,
        organisation_id: world.organisation,
        training_id: world.training,
        title: name.to_owned(),
        content: Content::File(StoredFile {
            name: name.to_owned(),
            media_type: "application/pdf".to_owned(),
            size,
            storage_key: name.to_owned(),
        }),
        shared: false,
        by: None,
        at: world.clock.now(),
    })
    .await
    .unwrap();
    let of = (world.organisation, world.training);
    let new = tx.attach(of, key, id, world.clock.now()).await.unwrap();
    assert!(new);
    tx.commit().await.unwrap();
    id
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_read_once_for_all_who_get_it(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let folder = Folder::new("sms");
    let world = World::new(kind).await;
    let cupboard = Arc::new(Cupboard::default());
    let plan: Vec<u8> = b"%PDF plan "
        .iter()
        .copied()
        .cycle()
        .take(300_000)
        .collect();
    cupboard.put("Plan.pdf", plan.clone());
    cupboard.put("Menu.pdf", b"%PDF menu".to_vec());
    attach(&world, KEY, "Plan.pdf", 300_000).await;
    world.clock.forward(1);
    attach(&world, KEY, "Menu.pdf", 9).await;
    let french = TextKey {
        language: Language::Fr,
        ..KEY
    };
    cupboard.put("Carte.pdf", b"%PDF carte".to_vec());
    attach(&world, french, "Carte.pdf", 10).await;

    let emails: Vec<String> = (0..40).map(|n| format!("p{n}@example.org")).collect();
    let mut people: Vec<_> = emails.iter().map(|email| by_mail(email)).collect();
    people[7].language = Language::Fr;
    people.push(by_sms("Bob", "+33639980001"));
    let ids = world.choose_all(&people).await;
    let recipients: Vec<_> = ids
        .iter()
        .zip(&people)
        .map(|(id, person)| match person.email {
            Some(_) => (*id, Channel::Email),
            None => (*id, Channel::Sms),
        })
        .collect();
    world.press(MessageKind::Invitation, &recipients).await;
    let sms = format!("file:{}", folder.path().display());
    let worker = world
        .worker(world.gateways(&smtp.url(), &sms))
        .with_files(cupboard.clone());
    worker.drain().await.unwrap();

    let received = smtp.messages();
    assert_eq!(received.len(), 40);
    for mail in &received {
        let files: BTreeMap<_, _> = mail
            .attachments
            .iter()
            .filter(|file| file.name != "training.ics")
            .map(|file| (file.name.as_str(), file.text.as_bytes()))
            .collect();
        let expected = if mail.to == ["p7@example.org"] {
            BTreeMap::from([("Carte.pdf", &b"%PDF carte"[..])])
        } else {
            BTreeMap::from([("Menu.pdf", &b"%PDF menu"[..]), ("Plan.pdf", &plan[..])])
        };
        assert!(files == expected, "{:?} {:?}", mail.to, files.keys());
    }
    assert_eq!(cupboard.asked(), 3, "each file once");

    // What is kept names them; an SMS has none.
    let mut tx = world.storage.read().await.unwrap();
    let query = MessageQuery::all(world.organisation);
    for line in world.messages().await {
        let kept = tx.message_text(&query, line.id).await.unwrap().unwrap();
        let kept = kept.body.unwrap();
        match line.channel {
            Channel::Sms => assert!(!kept.contains("Plan.pdf"), "{kept}"),
            Channel::Email => assert!(
                kept.ends_with("\n\nAttached: Plan.pdf (300 kB), Menu.pdf (9 bytes)")
                    || kept.ends_with("\n\nPièces jointes\u{a0}: Carte.pdf (10 octets)"),
                "{kept}"
            ),
        }
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn no_mail_goes_out_without_its_file(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    let cupboard = Arc::new(Cupboard::default());
    attach(&world, KEY, "Plan.pdf", 9).await;
    world.invite(&["anna@example.org"]).await;
    let worker = world
        .worker(world.gateways(&smtp.url(), "file:/nowhere"))
        .with_files(cupboard.clone());
    worker.drain().await.unwrap();
    let line = world.message().await;
    assert_eq!(
        (line.state, line.problem),
        (MessageState::Queued, Some(Problem::Retrying))
    );
    let detail = line.problem_detail.unwrap();
    assert_eq!(detail, "Plan.pdf: the file is not there");

    // Half a file is none.
    cupboard.put("Plan.pdf", b"%PDF".to_vec());
    world.clock.forward(60);
    worker.drain().await.unwrap();
    let detail = world.message().await.problem_detail.unwrap();
    assert_eq!(detail, "Plan.pdf: the file is not whole");
    assert_eq!(smtp.count(), 0);

    cupboard.put("Plan.pdf", b"%PDF plan".to_vec());
    world.clock.forward(300);
    worker.drain().await.unwrap();
    assert_eq!(world.message().await.state, MessageState::Sent);
    let received = smtp.messages();
    assert_eq!(received.len(), 1);
    let names: Vec<_> = received[0].attachments.iter().map(|a| &*a.name).collect();
    assert_eq!(names, ["training.ics", "Plan.pdf"]);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_stays_away_is_said_in_plain_words(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    attach(&world, KEY, "Plan.pdf", 9).await;
    world.invite(&["anna@example.org"]).await;
    // Without any place for files.
    let worker = world.worker(world.gateways(&smtp.url(), "file:/nowhere"));
    for _ in 0..9 {
        worker.drain().await.unwrap();
        world.clock.forward(6 * 3_600);
    }
    let line = world.message().await;
    assert_eq!(
        (line.state, line.problem),
        (MessageState::Failed, Some(Problem::AttachmentMissing))
    );
    let rows = world.block(InvitationState::ToSend).await;
    assert_eq!(rows[0].problem(), Some(Problem::AttachmentMissing));
    assert_eq!(smtp.count(), 0);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_test_of_the_trainings_text_takes_them_along(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    let cupboard = Arc::new(Cupboard::default());
    cupboard.put("Plan.pdf", b"%PDF plan".to_vec());
    attach(&world, KEY, "Plan.pdf", 9).await;
    let nora = world.somebody("Nora", "nora@example.org").await;
    let mut tx = world.storage.begin().await.unwrap();
    for attachments in [true, false] {
        let test = TestMessage {
            key: KEY,
            training_id: Some(world.training),
            draft: convoke_domain::message_text::TextDraft {
                subject: format!("{attachments}"),
                body: "Hello".to_owned(),
            },
            attachments,
        };
        let now = world.clock.now();
        tx.enqueue_test(world.id(), world.organisation, nora, &test, now)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let worker = world
        .worker(world.gateways(&smtp.url(), "file:/nowhere"))
        .with_files(cupboard);
    worker.drain().await.unwrap();
    let received = smtp.messages();
    assert_eq!(received.len(), 2);
    for mail in &received {
        let names: Vec<_> = mail.attachments.iter().map(|a| &*a.name).collect();
        match mail.header("subject") {
            Some("[Test] true") => assert_eq!(names, ["Plan.pdf"]),
            _ => assert!(names.is_empty(), "{names:?}"),
        }
    }
}
