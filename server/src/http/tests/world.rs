//! A server without a port: an organisation with its administrator, a training, an invited person.

use crate::config::Proxies;
use crate::http::{AppState, Hooks, Live, Site, router};
use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, Request, StatusCode};
use convoke_domain::training::TrainingForm;
use convoke_domain::view::{Range, SetUpForm};
use convoke_domain::{
    Channel, Clock, InvitationId, InvitationState, Language, MessageKind, Role, Timestamp,
    TrainingId, UserId, UserState,
};
use convoke_service::files::Files;
use convoke_service::people::{NewAdministrator, create_administrator};
use convoke_service::{Service, session, setup, tokens, trainings};
use convoke_storage::Storage;
use convoke_storage::directory::NewUser;
use convoke_storage::invitations::{Invitation, InvitationFacts};
use convoke_storage::outbox::{MessageQuery, NewLink};
use convoke_testkit::{Database, Folder, TestDatabase, database};
use http_body_util::BodyExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::sync::watch;
use tower::ServiceExt;

/// 22 November 2026, 09:00 UTC.
pub const NOW: i64 = 1_795_338_000_000;
/// A day in milliseconds.
pub const DAY: i64 = 24 * 3600 * 1000;
/// The largest file that can be uploaded: so large that it goes to the store in parts.
pub const MAX_UPLOAD: u64 = 20_000_000;
pub const PASSWORD: &str = "correct horse battery";
pub const HOOK_SECRET: &str = "a-secret-of-the-hook-for-tests";
const BASE_URL: &str = "http://convoke.test";

struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

pub struct World {
    pub app: Router,
    pub service: Service,
    pub live: Live,
    pub stop: watch::Sender<bool>,
    pub site: Folder,
    clock: Arc<TestClock>,
    _database: TestDatabase,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    pub fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }

    /// The name and value of the cookie that was set.
    pub fn cookie(&self) -> String {
        self.header(SET_COOKIE.as_str())
            .split(';')
            .next()
            .unwrap_or_default()
            .to_owned()
    }
}

impl World {
    /// An empty database.
    pub async fn empty(kind: Database) -> Self {
        Self::at(kind, BASE_URL).await
    }

    /// An empty database, reached at an address.
    pub async fn at(kind: Database, base_url: &str) -> Self {
        Self::built(kind, base_url, None).await
    }

    /// An empty database, served by a release whose `hash.txt` says this; its style sheet is `convoke.c.css`.
    pub async fn released(hashes: &str) -> Self {
        Self::built(Database::Sqlite, BASE_URL, Some(hashes)).await
    }

    async fn built(kind: Database, base_url: &str, hashes: Option<&str>) -> Self {
        let database = database(kind).await;
        let storage = Storage::open(&database.url).await.unwrap();
        storage.migrate().await.unwrap();
        let clock = Arc::new(TestClock(AtomicI64::new(NOW)));
        let mut service = Service::new(storage, base_url);
        service.clock = clock.clone();
        service.files = Files::in_memory();
        service.files.max_bytes = MAX_UPLOAD;
        let site = Folder::new("site");
        std::fs::create_dir_all(site.path().join("pkg")).unwrap();
        for (name, content) in [
            ("convoke.css", "body{}"),
            ("convoke.c.css", "body{}"),
            ("public.css", "body{}"),
            ("join.js", ""),
            ("join_bg.wasm", ""),
        ] {
            std::fs::write(site.path().join("pkg").join(name), content).unwrap();
        }
        if let Some(hashes) = hashes {
            std::fs::write(site.path().join("hash.txt"), hashes).unwrap();
        }
        let (stop, stopping) = watch::channel(false);
        let live = Live::new(stopping);
        let state = AppState::new(
            service.clone(),
            Site::open(site.path()),
            Proxies::default(),
            live.clone(),
            Hooks::new(Some(HOOK_SECRET.to_owned()), Some("token".to_owned())),
        );
        Self {
            app: router(state),
            service,
            live,
            stop,
            site,
            clock,
            _database: database,
        }
    }

    /// An organisation with its administrator `nadia@acme.test`.
    pub async fn new(kind: Database) -> Self {
        let world = Self::empty(kind).await;
        world.set_up().await;
        world
    }

    pub async fn set_up(&self) {
        let token = setup::new_token(&self.service).await.unwrap();
        let form = SetUpForm {
            token,
            organisation: "Acme Academy".to_owned(),
            time_zone: "Europe/Paris".to_owned(),
            first_name: "Nadia".to_owned(),
            last_name: "Roux".to_owned(),
            email: "Nadia@acme.test".to_owned(),
            password: PASSWORD.to_owned(),
        };
        setup::set_up(&self.service, &form, Language::En)
            .await
            .unwrap();
    }

    /// Moves the clock.
    pub fn pass(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path)
            .header(COOKIE, cookie)
            .header("accept", "text/html")
            .body(Body::empty())
            .unwrap();
        self.send(request).await
    }

    pub async fn head(&self, path: &str) -> Answer {
        self.send(Request::head(path).body(Body::empty()).unwrap())
            .await
    }

    /// Sends a form from a page of this site.
    pub async fn post(&self, path: &str, cookie: &str, form: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let request = Request::post(path)
            .header(COOKIE, cookie)
            .header(ORIGIN, &self.service.base_url)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// Calls a server function.
    pub async fn call(&self, name: &str, cookie: &str, json: &str) -> Answer {
        let request = Request::post(format!("/api/{name}"))
            .header(COOKIE, cookie)
            .header(ORIGIN, &self.service.base_url)
            .header(CONTENT_TYPE, "application/json")
            .body(Body::from(json.to_owned()))
            .unwrap();
        self.send(request).await
    }

    pub async fn try_sign_in(&self, identifier: &str, password: &str) -> Answer {
        self.post(
            "/sign-in",
            "",
            &[("identifier", identifier), ("password", password)],
        )
        .await
    }

    /// The cookie of the administrator.
    pub async fn sign_in(&self) -> String {
        let answer = self.try_sign_in("nadia@acme.test", PASSWORD).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        answer.cookie()
    }

    /// The cookie of an administrator of another organisation.
    pub async fn stranger(&self) -> String {
        let stranger = NewAdministrator {
            first_name: "Sam".to_owned(),
            last_name: "Stranger".to_owned(),
            email: "sam@other.test".to_owned(),
            password: "another password".to_owned(),
        };
        create_administrator(&self.service, Some("Other"), &stranger)
            .await
            .unwrap();
        self.try_sign_in(&stranger.email, &stranger.password)
            .await
            .cookie()
    }

    /// To whom messages about their account were queued.
    pub async fn account_messages(&self) -> Vec<String> {
        let mut tx = self.service.storage.read().await.unwrap();
        let organisation = tx.organisations().await.unwrap().remove(0).id;
        let query = MessageQuery::all(organisation);
        let lines = tx.message_window(&query, Range::new(0, 50)).await.unwrap();
        let to = lines
            .iter()
            .filter(|line| line.kind == MessageKind::Account);
        to.map(|line| format!("{} {}", line.first_name, line.last_name))
            .collect()
    }

    /// A training on 9 and 10 December, to be answered before the 2nd.
    pub async fn training(&self, cookie: &str) -> TrainingId {
        let (_, secret) = cookie.split_once('=').unwrap();
        let (actor, _) = session::find(&self.service, secret).await.unwrap().unwrap();
        let form = TrainingForm {
            title: "Fire Safety".to_owned(),
            start: "2026-12-09T09:00".to_owned(),
            end: "2026-12-10T17:00".to_owned(),
            time_zone: "Europe/Paris".to_owned(),
            place: "Lyon, room B204".to_owned(),
            answer_deadline: "2026-12-02T18:00".to_owned(),
            ..TrainingForm::default()
        };
        trainings::save(&self.service, &actor, None, &form)
            .await
            .unwrap()
    }

    /// A person who was written to, and the secret of the link.
    pub async fn invited(&self, training: TrainingId) -> String {
        self.invited_as(training, InvitationState::Sent).await
    }

    pub async fn invited_as(&self, training: TrainingId, state: InvitationState) -> String {
        let mut tx = self.service.storage.begin().await.unwrap();
        let organisation = tx.organisations().await.unwrap().remove(0).id;
        let user_type = tx.user_types(organisation).await.unwrap().remove(0).id;
        let user: UserId = self.service.id();
        let invitation: InvitationId = self.service.id();
        let at = self.service.clock.now();
        tx.insert_user(&NewUser {
            id: user,
            organisation_id: organisation,
            last_name: "Durand".to_owned(),
            first_name: "Amélie".to_owned(),
            email: Some(format!("{user}@acme.test")),
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
        .await
        .unwrap();
        tx.insert_invitation(&InvitationFacts {
            id: invitation,
            organisation_id: organisation,
            training_id: training,
            user_id: user,
            state,
            confirmed_by: None,
            confirmed_by_user: None,
            chosen_by: None,
            chosen_at: at,
            sent_count: 1,
            last_sent_at: Some(at),
            answered_at: None,
            problem: None,
        })
        .await
        .unwrap();
        let secret = tokens::new_secret(&self.service);
        let link = NewLink {
            organisation_id: organisation,
            invitation_id: invitation,
            token_hash: tokens::hash(&secret),
        };
        tx.add_links(&[link], at).await.unwrap();
        tx.commit().await.unwrap();
        secret
    }

    /// The invitation behind a link.
    pub async fn invitation(&self, secret: &str) -> Invitation {
        let mut tx = self.service.storage.read().await.unwrap();
        tx.invitation_by_link(&tokens::hash(secret))
            .await
            .unwrap()
            .flatten()
            .unwrap()
    }

    /// The version of a training, which browsers watch.
    pub async fn version(&self, training: TrainingId) -> i64 {
        let mut tx = self.service.storage.read().await.unwrap();
        tx.training_versions(&[training]).await.unwrap()[0].1
    }
}
