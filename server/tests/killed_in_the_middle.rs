//! The server is killed twice in the middle of 2,000 messages. Afterwards everyone has exactly one message at the mail
//! server, or is marked as uncertain, and nobody has two.

mod outbox;

use convoke_domain::message::Problem;
use convoke_domain::view::Range;
use convoke_domain::{Channel, InvitationState, MessageState};
use convoke_storage::Storage;
use convoke_testkit::{Database, Folder, SmtpServer, database};
use outbox::{Person, backlog, lines, queue, serve, tab};
use rstest::rstest;
use std::collections::HashMap;
use std::time::{Duration, Instant};

const PEOPLE: usize = 2_000;
/// Messages at the mail server when the server is killed.
const KILLS: [usize; 2] = [500, 1_100];
/// The most rows a worker marks at once: those in hand, and those ready to follow while a transaction lasts.
const MARKED_AT_ONCE: usize = 64;
/// Long for a busy machine: thirty seconds of it are the lease of a dead worker.
const PATIENCE: Duration = Duration::from_mins(10);

fn person(n: usize) -> Person {
    Person {
        channel: Channel::Email,
        address: format!("person{n}@example.org"),
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_two_messages(#[case] kind: Database) {
    let database = database(kind).await;
    let storage = Storage::open(&database.url).await.unwrap();
    storage.migrate().await.unwrap();
    let people: Vec<Person> = (0..PEOPLE).map(person).collect();
    queue(&storage, &people).await;
    let smtp = SmtpServer::start().await;
    let folder = Folder::new("sms");

    for enough in KILLS {
        let mut server = serve(&database.url, Some(&smtp.url()), None, &folder);
        smtp.wait_for(enough, PATIENCE).await;
        // SIGKILL: nothing can be tidied up.
        server.kill().await.expect("it was running");
        assert!(smtp.count() < PEOPLE, "killed in the middle");
        assert!(backlog(&storage).await > 0, "killed in the middle");
    }
    let server = serve(&database.url, Some(&smtp.url()), None, &folder);
    let until = Instant::now() + PATIENCE;
    while backlog(&storage).await > 0 {
        assert!(Instant::now() < until, "the outbox does not get empty");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    drop(server);

    let mut received: HashMap<String, usize> = HashMap::new();
    for to in smtp.messages().into_iter().flat_map(|mail| mail.to) {
        *received.entry(to).or_default() += 1;
    }
    let lines = lines(&storage).await;
    assert_eq!(lines.len(), PEOPLE);
    let (mut uncertain, mut arrived) = (0, 0);
    for (n, line) in &lines {
        let address = |n: &usize| &people[*n].address;
        let got = received.get(address(n)).copied().unwrap_or(0);
        match line.state {
            MessageState::Sent => assert_eq!(got, 1, "{} has {got} messages", address(n)),
            MessageState::Uncertain => {
                assert!(got <= 1, "{} has {got} messages", address(n));
                assert_eq!(line.problem, Some(Problem::Uncertain));
                uncertain += 1;
                arrived += got;
            }
            other => panic!("{} is {other}", address(n)),
        }
    }
    let mut tx = storage.read().await.unwrap();
    let everyone = Range::new(0, 10_000);
    let (sent, _) = tx
        .block_rows(tab(), InvitationState::Sent, "", everyone)
        .await
        .unwrap();
    let (to_send, _) = tx
        .block_rows(tab(), InvitationState::ToSend, "", everyone)
        .await
        .unwrap();
    println!(
        "{kind:?}: killed {} times; {} sent, {uncertain} uncertain (of which {arrived} had arrived), {} messages at the mail server, nobody has two",
        KILLS.len(),
        sent.len(),
        smtp.count()
    );
    assert_eq!(sent.len(), PEOPLE - uncertain);
    assert_eq!(to_send.len(), uncertain);
    assert!(
        to_send
            .iter()
            .all(|row| row.problem() == Some(Problem::Uncertain)),
        "the rows say so"
    );
    assert!(
        uncertain <= KILLS.len() * MARKED_AT_ONCE,
        "only what was in hand is in doubt"
    );
}
