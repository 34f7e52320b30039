//! An organisation with a training and people, over a fresh database; a clock that tests move.

#![allow(dead_code, reason = "each test program uses its own part")]

pub mod sink;

use convoke_delivery::gateway::Gateways;
use convoke_delivery::{MailTarget, Sender, SmsTarget, Worker};
use convoke_domain::view::Range;
use convoke_domain::{
    Channel, Clock, InvitationId, InvitationState, Language, MessageKind, OrganisationId, Random,
    Role, Timestamp, TrainingId, UserId, UserState, UserTypeId,
};
use convoke_storage::Storage;
use convoke_storage::directory::{NewUser, Organisation};
use convoke_storage::invitations::{BlockPerson, InvitationFacts, Tab};
use convoke_storage::outbox::{MessageLine, MessageQuery, NewBatch};
use convoke_storage::trainings::TrainingFacts;
use convoke_testkit::{Database, Folder, TestDatabase, database};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use tokio::sync::Notify;

/// 1 November 2026, 08:00 UTC.
pub const START: i64 = 1_793_520_000_000;

/// A clock that stands still until it is moved.
pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000, Ordering::Relaxed);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// Bytes that differ from call to call, and are the same in every run.
pub struct TestRandom(AtomicU64);

impl Random for TestRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let n = self.0.fetch_add(1, Ordering::Relaxed);
            let hash = Sha256::digest(n.to_be_bytes());
            chunk.copy_from_slice(&hash[..chunk.len()]);
        }
    }
}

pub struct World {
    pub storage: Storage,
    pub clock: Arc<TestClock>,
    pub random: Arc<TestRandom>,
    pub bell: Arc<Notify>,
    pub organisation: OrganisationId,
    pub user_type: UserTypeId,
    pub training: TrainingId,
    /// Where text messages go that a test of e-mails does not look at.
    sms: Folder,
    _database: TestDatabase,
}

/// Someone to invite.
pub struct Person<'a> {
    pub first: &'a str,
    pub email: Option<&'a str>,
    pub mobile: Option<&'a str>,
    pub language: Language,
}

pub fn by_mail(email: &str) -> Person<'_> {
    Person {
        first: "Anna",
        email: Some(email),
        mobile: None,
        language: Language::En,
    }
}

pub fn by_sms<'a>(first: &'a str, mobile: &'a str) -> Person<'a> {
    Person {
        first,
        email: None,
        mobile: Some(mobile),
        language: Language::En,
    }
}

impl World {
    pub async fn new(kind: Database) -> Self {
        let database = database(kind).await;
        let storage = Storage::open(&database.url).await.unwrap();
        storage.migrate().await.unwrap();
        let world = Self {
            storage,
            clock: Arc::new(TestClock(AtomicI64::new(START))),
            random: Arc::new(TestRandom(AtomicU64::new(1))),
            bell: Arc::new(Notify::new()),
            organisation: OrganisationId(uuid::Uuid::from_u128(1)),
            user_type: UserTypeId(uuid::Uuid::from_u128(2)),
            training: TrainingId(uuid::Uuid::from_u128(3)),
            sms: Folder::new("sms"),
            _database: database,
        };
        let at = world.clock.now();
        let mut tx = world.storage.begin().await.unwrap();
        tx.insert_organisation(&Organisation {
            id: world.organisation,
            name: "Acme".into(),
            time_zone: "Europe/Paris".into(),
            language: Language::En,
            created_at: at,
        })
        .await
        .unwrap();
        tx.insert_user_type(world.organisation, world.user_type, "Collaborator")
            .await
            .unwrap();
        let facts = TrainingFacts {
            title: "First aid".into(),
            description: "Bring a pillow.".into(),
            starts_at: at.plus_seconds(30 * 86_400),
            ends_at: at.plus_seconds(30 * 86_400 + 8 * 3_600),
            time_zone: "Europe/Paris".into(),
            days_taught: None,
            place: "Lyon".into(),
            seats: None,
            answer_deadline: None,
        };
        tx.insert_training(world.training, world.organisation, &facts, None, at)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        world
    }

    pub fn id<T: From<uuid::Uuid>>(&self) -> T {
        convoke_domain::given::new_id(&*self.clock, &*self.random)
    }

    /// Adds a person to the directory and puts them on the list.
    pub async fn choose(&self, person: &Person<'_>) -> InvitationId {
        self.choose_all(std::slice::from_ref(person)).await[0]
    }

    pub async fn choose_all(&self, people: &[Person<'_>]) -> Vec<InvitationId> {
        let mut tx = self.storage.begin().await.unwrap();
        let mut all = Vec::new();
        for person in people {
            let user: UserId = self.id();
            tx.insert_user(&NewUser {
                id: user,
                organisation_id: self.organisation,
                last_name: "Müller".into(),
                first_name: person.first.into(),
                email: person.email.map(str::to_owned),
                mobile: person.mobile.map(str::to_owned),
                channel: Channel::Email,
                language: person.language,
                user_type_id: self.user_type,
                employee_id: None,
                state: UserState::Created,
                role: Role::Member,
                password_hash: None,
                at: self.clock.now(),
            })
            .await
            .unwrap();
            let id = self.id();
            tx.insert_invitation(&InvitationFacts {
                id,
                organisation_id: self.organisation,
                training_id: self.training,
                user_id: user,
                state: InvitationState::ToSend,
                confirmed_by: None,
                confirmed_by_user: None,
                chosen_by: None,
                chosen_at: self.clock.now(),
                sent_count: 0,
                last_sent_at: None,
                answered_at: None,
                problem: None,
            })
            .await
            .unwrap();
            all.push(id);
        }
        tx.commit().await.unwrap();
        all
    }

    /// Adds somebody to the directory who is on no list.
    pub async fn somebody(&self, first: &str, email: &str) -> UserId {
        let user = NewUser::member(
            self.id(),
            self.organisation,
            (first.to_owned(), "Müller".to_owned()),
            (Some(email.to_owned()), None),
            (self.user_type, Language::En),
            self.clock.now(),
        );
        let mut tx = self.storage.begin().await.unwrap();
        tx.insert_user(&user).await.unwrap();
        tx.commit().await.unwrap();
        user.id
    }

    /// Presses *Send* or *Resend*.
    pub async fn press(&self, kind: MessageKind, recipients: &[(InvitationId, Channel)]) -> u64 {
        let mut tx = self.storage.begin().await.unwrap();
        let queued = tx
            .enqueue(
                &NewBatch {
                    id: self.id(),
                    organisation_id: self.organisation,
                    training_id: self.training,
                    kind,
                    queued_by: None,
                    at: self.clock.now(),
                    starts_at: self.clock.now(),
                    planned: false,
                },
                recipients,
            )
            .await
            .unwrap();
        tx.commit().await.unwrap();
        queued
    }

    /// Chooses people and sends them e-mails.
    pub async fn invite(&self, emails: &[&str]) -> Vec<InvitationId> {
        let people: Vec<_> = emails.iter().map(|email| by_mail(email)).collect();
        let ids = self.choose_all(&people).await;
        let recipients: Vec<_> = ids.iter().map(|id| (*id, Channel::Email)).collect();
        assert_eq!(
            self.press(MessageKind::Invitation, &recipients).await,
            ids.len() as u64
        );
        ids
    }

    /// Invites so many people: `p0@example.org`, `p1@example.org` and so on.
    pub async fn invite_many(&self, count: usize) -> Vec<InvitationId> {
        let emails: Vec<String> = (0..count).map(|n| format!("p{n}@example.org")).collect();
        let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
        self.invite(&emails).await
    }

    #[allow(clippy::unused_self, reason = "reads like the other steps of a test")]
    pub fn gateways(&self, mail: &str, sms: &str) -> Gateways {
        let mail: MailTarget = mail.parse().unwrap();
        let sms: SmsTarget = sms.parse().unwrap();
        Gateways::open(&mail, &sms, &sender()).unwrap()
    }

    /// One that hands e-mails to the server at this address.
    pub fn mailer(&self, mail: &str) -> Worker {
        let sms = format!("file:{}", self.sms.path().display());
        self.worker(self.gateways(mail, &sms))
    }

    pub fn worker(&self, gateways: Gateways) -> Worker {
        Worker::new(
            self.storage.clone(),
            self.clock.clone(),
            self.random.clone(),
            self.bell.clone(),
            gateways,
            "https://convoke.example.org/",
            sender(),
        )
    }

    pub async fn messages(&self) -> Vec<MessageLine> {
        let query = MessageQuery::all(self.organisation);
        let mut tx = self.storage.read().await.unwrap();
        let range = Range::new(0, 100_000);
        let lines = tx.message_window(&query, range).await.unwrap();
        assert_eq!(
            lines.len(),
            tx.message_count(&query).await.unwrap() as usize
        );
        lines
    }

    /// The only message.
    pub async fn message(&self) -> MessageLine {
        let mut all = self.messages().await;
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    pub async fn block(&self, state: InvitationState) -> Vec<BlockPerson> {
        let tab = Tab {
            organisation_id: self.organisation,
            training_id: self.training,
            scope: None,
        };
        let mut tx = self.storage.read().await.unwrap();
        tx.block_rows(tab, state, "", Range::new(0, 100_000))
            .await
            .unwrap()
            .0
    }

    pub async fn version(&self) -> i64 {
        let mut tx = self.storage.read().await.unwrap();
        let training = tx.training(self.organisation, self.training).await.unwrap();
        training.unwrap().version
    }
}

pub fn sender() -> Sender {
    "Training office <training@example.org>".parse().unwrap()
}

/// The secret of the personal link in a message.
pub fn secret_of(text: &str) -> &str {
    let rest = text
        .split_once("https://convoke.example.org/i/")
        .expect("a link")
        .1;
    &rest[..32]
}
