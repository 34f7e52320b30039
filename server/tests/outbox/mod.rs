//! What the tests of sending stand on: people, a message queued for each, and real servers that send them.
#![allow(dead_code, reason = "each test uses its part")]

pub mod proxy;

use convoke_domain::view::Range;
use convoke_domain::{
    BatchId, Channel, InvitationId, InvitationState, Language, MessageKind, OrganisationId, Role,
    Timestamp, TrainingId, UserId, UserState, UserTypeId, id::uuid_v7,
};
use convoke_storage::Storage;
use convoke_storage::directory::{NewUser, Organisation};
use convoke_storage::invitations::{InvitationFacts, Tab};
use convoke_storage::outbox::{MessageLine, MessageQuery, NewBatch};
use convoke_storage::trainings::TrainingFacts;
use convoke_testkit::Folder;
use std::process::Stdio;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::process::{Child, Command};

/// The same id for the same number.
pub fn id<T: From<uuid::Uuid>>(n: usize) -> T {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&(n as u64).to_be_bytes());
    uuid_v7(1_793_520_000_000, random).into()
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

/// A person of the tests, by number.
pub struct Person {
    /// By e-mail or SMS.
    pub channel: Channel,
    /// Address or number.
    pub address: String,
}

/// An organisation, a training, and a message queued for each of these people; their first names are `First` and the number.
pub async fn queue(storage: &Storage, people: &[Person]) {
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
    let users: Vec<NewUser> = people
        .iter()
        .enumerate()
        .map(|(n, person)| NewUser {
            id: id(n),
            organisation_id: organisation,
            last_name: format!("Last{n}"),
            first_name: format!("First{n}"),
            email: (person.channel == Channel::Email).then(|| person.address.clone()),
            mobile: (person.channel == Channel::Sms).then(|| person.address.clone()),
            channel: person.channel,
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
    for (n, person) in people.iter().enumerate() {
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
        recipients.push((id::<InvitationId>(n), person.channel));
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
    assert_eq!(queued, people.len() as u64);
    tx.commit().await.unwrap();
}

/// Starts a server over a database; what has no address is written to the folder.
pub fn serve(database: &str, mail: Option<&str>, sms: Option<&str>, folder: &Folder) -> Child {
    let files = format!("file:{}", folder.path().display());
    Command::new(env!("CARGO_BIN_EXE_convoke"))
        .args(["serve", "--addr", "127.0.0.1:0"])
        .args(["--base-url", "https://convoke.example.org"])
        .args(["--database-url", database])
        .args(["--mail-url", mail.unwrap_or(&files)])
        .args(["--sms-url", sms.unwrap_or(&files)])
        .args(["--files-url", &files])
        .env("CONVOKE_LOG", "error")
        .args(["--mail-from", "Acme <training@example.org>"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("the server starts")
}

/// How many messages wait or are under way.
pub async fn backlog(storage: &Storage) -> u64 {
    let mut tx = storage.read().await.unwrap();
    tx.outbox_backlog().await.unwrap()
}

/// All messages, with the numbers of their readers.
pub async fn lines(storage: &Storage) -> Vec<(usize, MessageLine)> {
    let mut tx = storage.read().await.unwrap();
    let query = MessageQuery::all(id::<OrganisationId>(ORGANISATION));
    let lines = tx
        .message_window(&query, Range::new(0, 1_000_000))
        .await
        .unwrap();
    lines
        .into_iter()
        .map(|line| (line.first_name["First".len()..].parse().unwrap(), line))
        .collect()
}

/// The tab with the blocks of the training.
pub fn tab() -> Tab<'static> {
    Tab {
        organisation_id: id::<OrganisationId>(ORGANISATION),
        training_id: id::<TrainingId>(TRAINING),
        scope: None,
    }
}
