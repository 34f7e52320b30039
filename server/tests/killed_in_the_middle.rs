//! The server is killed twice in the middle of 2,000 messages. Afterwards everyone has exactly one message at the mail
//! server, or is marked as uncertain, and nobody has two.

use convoke_domain::message::Problem;
use convoke_domain::view::Range;
use convoke_domain::{
    BatchId, Channel, InvitationId, InvitationState, Language, MessageKind, MessageState,
    OrganisationId, Role, Timestamp, TrainingId, UserId, UserState, UserTypeId, id::uuid_v7,
};
use convoke_storage::Storage;
use convoke_storage::directory::{NewUser, Organisation};
use convoke_storage::invitations::{InvitationFacts, Tab};
use convoke_storage::outbox::{MessageQuery, NewBatch};
use convoke_storage::trainings::TrainingFacts;
use convoke_testkit::{Database, Folder, SmtpServer, database};
use rstest::rstest;
use std::collections::HashMap;
use std::process::Stdio;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::process::{Child, Command};

const PEOPLE: usize = 2_000;
/// Messages at the mail server when the server is killed.
const KILLS: [usize; 2] = [500, 1_100];
/// The most rows a worker marks at once: those in hand, and as many ready to follow.
const MARKED_AT_ONCE: usize = 8;
/// Long for a busy machine: thirty seconds of it are the lease of a dead worker.
const PATIENCE: Duration = Duration::from_mins(10);

fn id<T: From<uuid::Uuid>>(n: usize) -> T {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&(n as u64).to_be_bytes());
    uuid_v7(1_793_520_000_000, random).into()
}

fn address(n: usize) -> String {
    format!("person{n}@example.org")
}

#[allow(
    clippy::disallowed_methods,
    reason = "the server under test has the machine's clock"
)]
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Timestamp(i64::try_from(since.as_millis()).unwrap())
}

const ORGANISATION: usize = 1_000_001;
const TRAINING: usize = 1_000_002;
const USER_TYPE: usize = 1_000_003;
const BATCH: usize = 1_000_004;

/// An organisation, a training, and an e-mail queued for each of its people.
async fn queue(storage: &Storage) {
    let (organisation, training) = (
        id::<OrganisationId>(ORGANISATION),
        id::<TrainingId>(TRAINING),
    );
    let at = now();
    let mut tx = storage.begin().await.unwrap();
    tx.insert_organisation(&Organisation {
        id: organisation,
        name: "Acme".into(),
        time_zone: "Europe/Paris".into(),
        language: Language::En,
        created_at: at,
    })
    .await
    .unwrap();
    let user_type = id::<UserTypeId>(USER_TYPE);
    tx.insert_user_type(organisation, user_type, "Collaborator")
        .await
        .unwrap();
    let facts = TrainingFacts {
        title: "First aid".into(),
        description: String::new(),
        starts_at: at.plus_seconds(86_400),
        ends_at: at.plus_seconds(90_000),
        time_zone: "Europe/Paris".into(),
        days_taught: None,
        place: "Lyon".into(),
        seats: None,
        answer_deadline: None,
    };
    tx.insert_training(training, organisation, &facts, None, at)
        .await
        .unwrap();
    let users: Vec<NewUser> = (0..PEOPLE)
        .map(|n| NewUser {
            id: id(n),
            organisation_id: organisation,
            last_name: format!("Last{n}"),
            first_name: format!("First{n}"),
            email: Some(address(n)),
            mobile: None,
            channel: Channel::Email,
            language: Language::En,
            user_type_id: user_type,
            employee_id: None,
            state: UserState::Created,
            role: Role::Member,
            password_hash: None,
            at,
        })
        .collect();
    tx.insert_users(organisation, &users).await.unwrap();
    let mut recipients = Vec::new();
    for n in 0..PEOPLE {
        tx.insert_invitation(&InvitationFacts {
            id: id(n),
            organisation_id: organisation,
            training_id: training,
            user_id: id::<UserId>(n),
            state: InvitationState::ToSend,
            confirmed_by: None,
            confirmed_by_user: None,
            chosen_by: None,
            chosen_at: at,
            sent_count: 0,
            last_sent_at: None,
            answered_at: None,
            problem: None,
        })
        .await
        .unwrap();
        recipients.push((id::<InvitationId>(n), Channel::Email));
    }
    let batch = NewBatch {
        id: id::<BatchId>(BATCH),
        organisation_id: organisation,
        training_id: training,
        kind: MessageKind::Invitation,
        queued_by: None,
        at,
        starts_at: at,
        planned: false,
    };
    let queued = tx.enqueue(&batch, &recipients).await.unwrap();
    assert_eq!(queued, PEOPLE as u64);
    tx.commit().await.unwrap();
}

fn serve(database: &str, mail: &str, folder: &Folder) -> Child {
    Command::new(env!("CARGO_BIN_EXE_convoke"))
        .args(["serve", "--addr", "127.0.0.1:0"])
        .args(["--base-url", "https://convoke.example.org"])
        .args(["--database-url", database, "--mail-url", mail])
        .args(["--sms-url", &format!("file:{}", folder.path().display())])
        .args(["--files-url", &format!("file:{}", folder.path().display())])
        .args(["--mail-from", "Acme <training@example.org>"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("the server starts")
}

async fn backlog(storage: &Storage) -> u64 {
    let mut tx = storage.read().await.unwrap();
    tx.outbox_backlog().await.unwrap()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_two_messages(#[case] kind: Database) {
    let database = database(kind).await;
    let storage = Storage::open(&database.url).await.unwrap();
    storage.migrate().await.unwrap();
    queue(&storage).await;
    let smtp = SmtpServer::start().await;
    let folder = Folder::new("sms");

    for enough in KILLS {
        let mut server = serve(&database.url, &smtp.url(), &folder);
        smtp.wait_for(enough, PATIENCE).await;
        // SIGKILL: nothing can be tidied up.
        server.kill().await.expect("it was running");
        assert!(smtp.count() < PEOPLE, "killed in the middle");
        assert!(backlog(&storage).await > 0, "killed in the middle");
    }
    let server = serve(&database.url, &smtp.url(), &folder);
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
    let organisation = id::<OrganisationId>(ORGANISATION);
    let mut tx = storage.read().await.unwrap();
    let query = MessageQuery {
        organisation_id: organisation,
        scope: None,
        state: None,
    };
    let lines = tx
        .message_window(&query, Range::new(0, 10_000))
        .await
        .unwrap();
    assert_eq!(lines.len(), PEOPLE);
    let (mut uncertain, mut arrived) = (0, 0);
    for line in &lines {
        let n: usize = line.first_name["First".len()..].parse().unwrap();
        let got = received.get(&address(n)).copied().unwrap_or(0);
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
    let tab = Tab {
        organisation_id: organisation,
        training_id: id::<TrainingId>(TRAINING),
        scope: None,
    };
    let everyone = Range::new(0, 10_000);
    let (sent, _) = tx
        .block_rows(tab, InvitationState::Sent, "", everyone)
        .await
        .unwrap();
    let (to_send, _) = tx
        .block_rows(tab, InvitationState::ToSend, "", everyone)
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
