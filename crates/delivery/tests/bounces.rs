//! Mails that come back, read from a real mailbox.

mod world;

use convoke_delivery::bounces::MailboxState;
use convoke_delivery::target::Encryption;
use convoke_delivery::{BounceReader, BouncesTarget};
use convoke_domain::message::Problem;
use convoke_domain::{Fate, InvitationState, MessageId};
use convoke_storage::invitations::BlockPerson;
use convoke_testkit::{Database, ImapServer, SmtpServer};
use rstest::rstest;
use rustls::pki_types::CertificateDer;
use world::World;

/// A notice of a mail server that a message was not delivered.
fn returned(id: MessageId) -> String {
    format!(
        "From: MAILER-DAEMON@mail.example.org\r\nTo: training@example.org\r\nSubject: Undelivered Mail Returned to Sender\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=B1\r\n\r\n\
         --B1\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example.org\r\n\r\n\
         Final-Recipient: rfc822; anna@acme.test\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n\
         --B1\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{id}@example.org>\r\nSubject: Invitation\r\n\r\n{}\r\n--B1--\r\n",
        "A long text. ".repeat(40_000)
    )
}

const ABSENT: &str = "From: Anna <anna@acme.test>\r\nAuto-Submitted: auto-replied\r\nSubject: Absent\r\n\r\nUntil Monday.\r\n";

fn reader(world: &World, url: &str, owner: &str) -> BounceReader {
    let target: BouncesTarget = url.parse().unwrap();
    BounceReader::new(
        world.storage.clone(),
        world.clock.clone(),
        target,
        owner.to_owned(),
    )
}

async fn state(world: &World) -> MailboxState {
    let mut tx = world.storage.read().await.unwrap();
    MailboxState::load(&mut tx).await.unwrap().unwrap()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_mail_in_the_mailbox_is_a_problem_of_the_row(#[case] kind: Database) {
    let mailbox = ImapServer::start().await;
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    world.invite(&["anna@acme.test", "bob@acme.test"]).await;
    let worker = world.worker(world.gateways(&smtp.url(), "file:/nowhere"));
    worker.drain().await.unwrap();
    let lines = world.messages().await;
    let reader = reader(&world, &mailbox.url(), "a");
    assert_eq!(reader.read_once().await.unwrap(), 0, "an empty mailbox");
    let empty = state(&world).await;
    assert_eq!(empty.problem, None);
    assert!(empty.read_at.is_some());
    assert!(!format!("{empty:?}").contains("secret"));

    mailbox.deliver(ABSENT);
    mailbox.deliver(&returned(lines[0].id));
    mailbox.deliver(&returned(MessageId(uuid::Uuid::from_u128(1))));
    let before = world.version().await;
    assert_eq!(reader.read_once().await.unwrap(), 1);
    assert!(world.version().await > before, "browsers look again");
    assert_eq!(
        mailbox.read_marks(),
        [false, true, false],
        "what is not about a message of ours is left alone"
    );
    let after = world.messages().await;
    let fate = |id| {
        let line = after.iter().find(|line| line.id == id).unwrap();
        Fate::of(line.state, line.report)
    };
    assert_eq!(fate(lines[0].id), Fate::Bounced);
    assert_eq!(fate(lines[1].id), Fate::Sent);
    let block = world.block(InvitationState::Sent).await;
    let problems: Vec<_> = block.iter().filter_map(BlockPerson::problem).collect();
    assert_eq!(problems, [Problem::Bounced]);

    // Again, and by another process: nothing new is read, and what is read twice is no news.
    let version = world.version().await;
    assert_eq!(reader.read_once().await.unwrap(), 0);
    mailbox.deliver(&returned(lines[0].id));
    assert_eq!(reader.read_once().await.unwrap(), 1);
    assert_eq!(world.version().await, version);
    assert_eq!(mailbox.read_marks(), [false, true, false, true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_process_reads_at_a_time() {
    let mailbox = ImapServer::start().await;
    let world = World::new(Database::Sqlite).await;
    let (a, b) = (
        reader(&world, &mailbox.url(), "a"),
        reader(&world, &mailbox.url(), "b"),
    );
    a.read_once().await.unwrap();
    let first = state(&world).await;
    world.clock.forward(60);
    b.read_once().await.unwrap();
    assert_eq!(state(&world).await, first, "it is a's");
    world.clock.forward(120);
    b.read_once().await.unwrap();
    assert!(state(&world).await.read_at > first.read_at, "a is gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_that_cannot_be_read_says_so() {
    let mailbox = ImapServer::start().await;
    let world = World::new(Database::Sqlite).await;
    let good = mailbox.url();
    for (wrong, words) in [
        (
            good.replace(":secret@", ":wrong-password@"),
            "AUTHENTICATIONFAILED",
        ),
        (good.replace("/INBOX", "/Nowhere"), "doesn't exist"),
        (
            format!(
                "imap://u:wrong-password@127.0.0.1:{}",
                convoke_testkit::free_port()
            ),
            "cannot connect",
        ),
    ] {
        assert_eq!(reader(&world, &wrong, "a").read_once().await.unwrap(), 0);
        let problem = state(&world).await.problem.unwrap();
        assert!(problem.contains(words), "{problem}");
        assert!(!problem.contains("wrong-password"), "{problem}");
    }
    reader(&world, &good, "a").read_once().await.unwrap();
    assert_eq!(state(&world).await.problem, None);
    MailboxState::forget(&world.storage).await.unwrap();
    let mut tx = world.storage.read().await.unwrap();
    assert_eq!(MailboxState::load(&mut tx).await.unwrap(), None);
}

/// As an organisation reads it: encrypted from the first byte on, and by STARTTLS.
#[tokio::test(flavor = "multi_thread")]
async fn an_encrypted_mailbox_is_read_if_its_certificate_is_believed() {
    let mailbox = ImapServer::start_encrypted().await;
    let world = World::new(Database::Sqlite).await;
    let implicit: BouncesTarget = mailbox.tls_url().parse().unwrap();
    let plain: BouncesTarget = mailbox.url().parse().unwrap();
    // An address of this machine would do without.
    let mut upgraded = plain.clone();
    upgraded.host = "localhost".to_owned();
    upgraded.encryption = Encryption::Upgrade;
    assert_eq!(implicit.encryption, Encryption::Always);
    let read = async |target: BouncesTarget| {
        let (storage, clock) = (world.storage.clone(), world.clock.clone());
        let reader = BounceReader::new(storage, clock, target, "a".to_owned());
        reader.read_once().await.unwrap();
        state(&world).await.problem
    };
    let certificate = CertificateDer::from(mailbox.certificate());
    let stranger = CertificateDer::from(ImapServer::start_encrypted().await.certificate());
    for target in [&implicit, &upgraded] {
        let problem = read(target.clone()).await.unwrap();
        assert!(problem.contains("certificate"), "{problem}");
        let problem = read(target.clone().trusting(stranger.clone())).await;
        let problem = problem.unwrap();
        assert!(problem.contains("certificate"), "{problem}");
        // Another name than the one that is certified.
        let mut elsewhere = target.clone().trusting(certificate.clone());
        elsewhere.host = "127.0.0.1".to_owned();
        let problem = read(elsewhere).await.unwrap();
        assert!(problem.contains("certificate"), "{problem}");
        assert_eq!(
            read(target.clone().trusting(certificate.clone())).await,
            None
        );
    }
}
