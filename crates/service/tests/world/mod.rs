//! A small organisation over a fresh database, for tests of use cases.
#![allow(dead_code, reason = "each test file uses what it needs")]

pub mod offer;
pub mod sending;
pub mod texts;

use convoke_domain::selection::{Change, Changes, Filter, PeopleList};
use convoke_domain::training::TrainingForm;
use convoke_domain::view::{
    ImportView, OrganisationSettings, SelectionQuery, ValidateOutcome, ValidateRequest,
};
use convoke_domain::{
    Actor, Channel, Clock, GroupId, ImportId, Language, OrganisationId, Role, Timestamp,
    TrainingId, UserId, UserState, UserTypeId,
};
use convoke_service::files::Files;
use convoke_service::{Service, imports, selection, trainings};
use convoke_storage::Storage;
use convoke_storage::directory::{Membership, NewGroup, NewUser, Organisation};
use convoke_testkit::{Database, TestDatabase, database};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// A clock that tests set.
pub struct TestClock(pub AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// 22 November 2026, 09:00 UTC.
pub const NOW: i64 = 1_795_338_000_000;

/// An organisation with an administrator and one training.
pub struct World {
    /// The use cases' tools.
    pub service: Service,
    /// The clock, to be moved.
    pub clock: Arc<TestClock>,
    /// The administrator.
    pub admin: Actor,
    /// The one user type.
    pub user_type: UserTypeId,
    /// A training in December.
    pub training: TrainingId,
    database: TestDatabase,
}

impl World {
    /// Makes one.
    pub async fn new(kind: Database) -> Self {
        let database = database(kind).await;
        let storage = Storage::open(&database.url).await.unwrap();
        storage.migrate().await.unwrap();
        let clock = Arc::new(TestClock(AtomicI64::new(NOW)));
        let mut service = Service::new(storage, "http://convoke.test");
        service.clock = clock.clone();
        service.files = Files::in_memory();
        let (admin, user_type) = organisation(&service, "Acme").await;
        let training = trainings::save(&service, &admin, None, &form("Fire Safety"))
            .await
            .unwrap();
        Self {
            service,
            clock,
            admin,
            user_type,
            training,
            database,
        }
    }

    /// Waits until nothing is under way with an import, and gives it.
    pub async fn import_settled(&self, id: ImportId) -> ImportView {
        for _ in 0..6_000 {
            let view = imports::view(&self.service, &self.admin, id).await.unwrap();
            if !view.state.is_busy() {
                return view;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the import goes on for a minute");
    }

    /// Where the database is, for another process that works on it.
    pub fn database_url(&self) -> &str {
        &self.database.url
    }

    /// Moves the clock.
    pub fn pass(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }

    /// Somebody to be added to the directory, without any address.
    pub fn member(&self, first: &str, last: &str) -> NewUser {
        NewUser::member(
            self.service.id(),
            self.admin.organisation_id,
            (first.to_owned(), last.to_owned()),
            (None, None),
            (self.user_type, Language::En),
            self.service.clock.now(),
        )
    }

    /// Adds a user; `email` and `mobile` decide how they can be reached.
    pub async fn person(
        &self,
        first: &str,
        last: &str,
        email: Option<&str>,
        mobile: Option<&str>,
    ) -> UserId {
        let id: UserId = self.service.id();
        let mut tx = self.service.storage.begin().await.unwrap();
        tx.insert_user(&NewUser {
            id,
            organisation_id: self.admin.organisation_id,
            last_name: last.to_owned(),
            first_name: first.to_owned(),
            email: email.map(str::to_owned),
            mobile: mobile.map(str::to_owned),
            channel: if email.is_some() {
                Channel::Email
            } else {
                Channel::Sms
            },
            language: Language::En,
            user_type_id: self.user_type,
            employee_id: None,
            state: UserState::Active,
            role: Role::Member,
            password_hash: None,
            at: self.service.clock.now(),
        })
        .await
        .unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// Adds `n` people with e-mail, named `Person 000`, `Person 001`, …
    pub async fn people(&self, n: usize) -> Vec<UserId> {
        let mut all = Vec::with_capacity(n);
        for i in 0..n {
            all.push(
                self.person(
                    "Person",
                    &format!("{i:03}"),
                    Some(&format!("p{i}@acme.test")),
                    None,
                )
                .await,
            );
        }
        all
    }

    /// Adds a group with members.
    pub async fn group(&self, name: &str, members: &[UserId]) -> GroupId {
        let id: GroupId = self.service.id();
        let mut tx = self.service.storage.begin().await.unwrap();
        let group = NewGroup {
            id,
            name: name.to_owned(),
        };
        tx.insert_groups(self.admin.organisation_id, &[group])
            .await
            .unwrap();
        let members: Vec<Membership> = members
            .iter()
            .map(|user| Membership {
                group_id: id,
                user_id: *user,
            })
            .collect();
        tx.add_members(self.admin.organisation_id, &members)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// Someone who may invite the users of `scope`.
    pub fn authorised(&self, scope: &[GroupId]) -> Actor {
        Actor {
            role: Role::Authorised,
            scope: scope.to_vec(),
            name: "Authorised".into(),
            ..self.admin.clone()
        }
    }

    /// The events of the history whose names begin so, the oldest first.
    pub async fn history(&self, begin: &str) -> Vec<String> {
        let mut tx = self.service.storage.read().await.unwrap();
        tx.history_events(self.admin.organisation_id)
            .await
            .unwrap()
            .into_iter()
            .filter(|event| event.starts_with(begin))
            .collect()
    }

    /// The version of the saved list.
    pub async fn version(&self) -> i64 {
        let participants = PeopleList::Participants(self.training);
        selection::open(&self.service, &self.admin, participants)
            .await
            .unwrap()
            .0
    }

    /// Validates changes made over the present list.
    pub async fn validate(&self, changes: &[Change]) -> ValidateOutcome {
        let request = self.request(self.version().await, changes);
        selection::validate(&self.service, &self.admin, &request)
            .await
            .unwrap()
    }

    /// The request of a panel that was opened at `version`.
    pub fn request(&self, version: i64, changes: &[Change]) -> ValidateRequest {
        ValidateRequest {
            list: PeopleList::Participants(self.training),
            changes: list(version, changes),
            tell_removed: true,
        }
    }

    /// The query of a panel that was opened at `version`.
    pub fn query(&self, version: i64, filter: Filter, changes: &[Change]) -> SelectionQuery {
        SelectionQuery {
            list: PeopleList::Participants(self.training),
            filter,
            changes: list(version, changes),
            users: Some(convoke_domain::view::Range::new(0, 200)),
            participants: Some(convoke_domain::view::Range::new(0, 200)),
        }
    }
}

/// Changes over the list at `version`.
pub fn list(version: i64, changes: &[Change]) -> Changes {
    let mut list = Changes::new(version);
    for change in changes {
        list.push(change.clone());
    }
    list
}

/// Another organisation with its administrator.
pub async fn organisation(service: &Service, name: &str) -> (Actor, UserTypeId) {
    let organisation_id: OrganisationId = service.id();
    let user_type: UserTypeId = service.id();
    let user_id: UserId = service.id();
    let at = service.clock.now();
    let mut tx = service.storage.begin().await.unwrap();
    let organisation = Organisation {
        id: organisation_id,
        name: name.to_owned(),
        time_zone: "Europe/Paris".to_owned(),
        language: Language::En,
        created_at: at,
    };
    tx.insert_organisation(&organisation).await.unwrap();
    tx.insert_user_type(organisation_id, user_type, "Collaborator")
        .await
        .unwrap();
    tx.insert_user(&NewUser {
        id: user_id,
        organisation_id,
        last_name: "Roux".into(),
        first_name: "Nadia".into(),
        email: Some("nadia@acme.test".into()),
        mobile: None,
        channel: Channel::Email,
        language: Language::En,
        user_type_id: user_type,
        employee_id: None,
        // The tests count people; the administrator is not one of them.
        state: UserState::Inactive,
        role: Role::Administrator,
        password_hash: None,
        at,
    })
    .await
    .unwrap();
    // Messages go out at once: tests of the moment in which they can be undone ask for it.
    let settings = OrganisationSettings {
        name: name.to_owned(),
        send_delay: 0,
        ..OrganisationSettings::default()
    };
    tx.set_organisation_settings(organisation_id, &settings)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let actor = Actor {
        organisation_id,
        user_id: Some(user_id),
        name: "Nadia Roux".into(),
        role: Role::Administrator,
        scope: Vec::new(),
        language: Language::En,
        origin: String::new(),
    };
    (actor, user_type)
}

/// The form of a training on 9 and 10 December 2026.
pub fn form(title: &str) -> TrainingForm {
    TrainingForm {
        title: title.to_owned(),
        start: "2026-12-09T09:00".to_owned(),
        end: "2026-12-10T17:00".to_owned(),
        time_zone: "Europe/Paris".to_owned(),
        days_taught: "2".to_owned(),
        place: "Lyon, room B204".to_owned(),
        seats: "20".to_owned(),
        ..TrainingForm::default()
    }
}
