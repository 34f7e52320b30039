//! Rights in the console, and passwords of one's own, on both databases.

mod world;

use convoke_delivery::link;
use convoke_domain::selection::Filter;
use convoke_domain::view::{AccessForm, AccountPlan, InviteAccounts, PeopleChoice, Range};
use convoke_domain::{Actor, Channel, FieldError, Refusal, Role, UserId, UserState};
use convoke_service::people::access;
use convoke_service::people::edit;
use convoke_service::session::{self, forgotten};
use convoke_service::{Service, opt_out, passwords};
use convoke_storage::directory::NewUser;
use convoke_storage::outbox::{MessageQuery, NewAccountLink, Outcome};
use convoke_testkit::Database;
use rstest::rstest;
use world::World;
use world::sending::{accepted, deliver};

const PASSWORD: &str = "correct horse battery";

/// What the worker does when it hands the message over.
async fn link_to(world: &World, user_id: UserId) -> String {
    let secret = link::new_secret(&*world.service.random);
    let now = world.service.clock.now();
    let mut tx = world.service.storage.begin().await.unwrap();
    let new = NewAccountLink {
        token_hash: link::hash(&secret),
        organisation_id: world.admin.organisation_id,
        user_id,
        expires_at: now.plus_seconds(link::ACCOUNT_SECONDS),
    };
    tx.add_account_link(&new, now).await.unwrap();
    tx.commit().await.unwrap();
    secret
}

/// Where the messages stand, the newest first.
async fn states(world: &World) -> Vec<String> {
    let query = MessageQuery::all(world.admin.organisation_id);
    let mut tx = world.service.storage.read().await.unwrap();
    let lines = tx.message_window(&query, Range::new(0, 50)).await.unwrap();
    assert!(lines.iter().all(|line| line.training_id.is_none()));
    let states = lines.iter().map(|line| line.state.as_str().to_owned());
    states.collect()
}

async fn sign_in(world: &World, password: &str) -> Result<Actor, Refusal> {
    let begun = session::sign_in(&world.service, "nora@acme.test", password, "127.0.0.1").await?;
    let found = session::find(&world.service, &begun.secret).await?;
    Ok(found.expect("a session that has just begun").0)
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn somebody_gets_a_password_and_a_right(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let mut tx = service.storage.begin().await.unwrap();
    let nora = convoke_storage::directory::NewUser {
        email: Some("nora@acme.test".to_owned()),
        ..world.member("Nora", "Roux")
    };
    let id = nora.id;
    tx.insert_users(admin.organisation_id, &[nora])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let crew = world.group("Crew", &[]).await;
    let seen = access::view(service, admin, id).await.unwrap();
    assert_eq!(
        (seen.state, seen.form.role),
        (UserState::Created, Role::Member)
    );

    let invited = access::invite(service, admin, id).await.unwrap();
    assert_eq!(invited.state, UserState::Invited);
    world.pass(1_000);
    let again = access::invite(service, admin, id).await.unwrap();
    assert_eq!(again.state, UserState::Invited);
    assert_eq!(
        states(&world).await,
        ["queued", "cancelled"],
        "only the last one goes out"
    );

    let secret = link_to(&world, id).await;
    let other = link_to(&world, id).await;
    for _ in 0..3 {
        let page = access::open(service, &secret).await.unwrap();
        assert_eq!(
            (page.name.as_str(), page.identifier.as_str()),
            ("Nora Roux", "nora@acme.test")
        );
    }
    assert_eq!(
        access::view(service, admin, id).await.unwrap().state,
        UserState::Invited,
        "looking changes nothing"
    );
    let short = access::choose_password(service, &secret, "short").await;
    let fields = vec![FieldError::new("password", "error-password-short")];
    assert_eq!(short.err(), Some(Refusal::Invalid(fields)));
    let begun = access::choose_password(service, &secret, PASSWORD)
        .await
        .unwrap();
    let (actor, _) = session::find(service, &begun.secret)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(actor.user_id, Some(id));
    let gone = Some(Refusal::Gone("account-link-gone".to_owned()));
    for used in [&secret, &other, &"nonsense".to_owned()] {
        assert_eq!(access::open(service, used).await.err(), gone);
        assert_eq!(
            access::choose_password(service, used, PASSWORD).await.err(),
            gone
        );
    }
    assert_eq!(
        access::view(service, admin, id).await.unwrap().state,
        UserState::Active
    );

    let form = |role, scope: &[_]| AccessForm {
        role,
        scope: scope.to_vec(),
    };
    let nobody = access::save(service, admin, id, &form(Role::Authorised, &[])).await;
    assert_eq!(
        nobody,
        Err(Refusal::Invalid(vec![FieldError::new(
            "scope",
            "error-scope-empty"
        )]))
    );
    access::save(service, admin, id, &form(Role::Authorised, &[crew]))
        .await
        .unwrap();
    let actor = sign_in(&world, PASSWORD).await.unwrap();
    assert_eq!((actor.role, actor.scope), (Role::Authorised, vec![crew]));
    access::save(service, admin, id, &form(Role::Administrator, &[crew]))
        .await
        .unwrap();
    let seen = access::view(service, admin, id).await.unwrap();
    assert!(seen.form.scope.is_empty(), "an administrator has no scope");
    // Whoever has a session has the right of this moment.
    let (actor, _) = session::find(service, &begun.secret)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(actor.role, Role::Administrator);
    let themselves = access::save(service, &actor, id, &form(Role::Member, &[])).await;
    assert_eq!(
        themselves,
        Err(Refusal::Conflict("conflict-yourself".to_owned()))
    );

    // A new password ends every session; an old link of 15 days is none.
    let late = link_to(&world, id).await;
    world.pass(15 * 86_400_000);
    assert_eq!(access::open(service, &late).await.err(), gone);
    let begun = session::sign_in(service, "nora@acme.test", PASSWORD, "127.0.0.1")
        .await
        .unwrap();
    let secret = link_to(&world, id).await;
    access::choose_password(service, &secret, "another password")
        .await
        .unwrap();
    assert!(
        session::find(service, &begun.secret)
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(
        sign_in(&world, PASSWORD).await.err(),
        Some(Refusal::WrongCredentials)
    );
    assert!(sign_in(&world, "another password").await.is_ok());

    // Whoever is deactivated gets no link, and an old one is none.
    let secret = link_to(&world, id).await;
    edit::set_active(service, admin, id, false).await.unwrap();
    assert_eq!(access::open(service, &secret).await.err(), gone);
    let inactive = access::invite(service, admin, id).await;
    assert_eq!(
        inactive.err(),
        Some(Refusal::Conflict("conflict-account-inactive".to_owned()))
    );
    let ghost = world.person("Ghost", "Nowhere", None, None).await;
    let unreachable = access::invite(service, admin, ghost).await;
    assert_eq!(
        unreachable.err(),
        Some(Refusal::Conflict("conflict-account-unreachable".to_owned()))
    );
}

/// Somebody who signs in with `PASSWORD`, or has not got one.
async fn account(world: &World, first: &str, has_password: bool, is: UserState) -> UserId {
    let mut user = NewUser {
        email: Some(format!("{}@acme.test", first.to_lowercase())),
        mobile: (first == "Nora").then(|| "+33639000004".to_owned()),
        state: is,
        ..world.member(first, "Zorn")
    };
    if has_password {
        user.password_hash = Some(passwords::hash(&world.service, PASSWORD).await.unwrap());
    }
    let id = user.id;
    add(world, &[user]).await;
    id
}

async fn add(world: &World, users: &[NewUser]) {
    let mut tx = world.service.storage.begin().await.unwrap();
    tx.insert_users(world.admin.organisation_id, users)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Asks for another password, and waits for what comes of it.
async fn forgot(service: &Service, typed: &str) {
    let asked = forgotten::ask(service, typed, "192.0.2.1").await.unwrap();
    asked.look_into().await.unwrap();
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn who_forgot_their_password_is_written_to(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    let nora = account(&world, "Nora", true, UserState::Active).await;
    account(&world, "Created", false, UserState::Created).await;
    account(&world, "Invited", false, UserState::Invited).await;
    account(&world, "Deactivated", true, UserState::Inactive).await;

    // Nobody with a password is meant: the same answer, and nothing comes of it.
    for nobody in [
        "created@acme.test",
        "invited@acme.test",
        "deactivated@acme.test",
        "nobody@acme.test",
        "06 12 34 56 78",
    ] {
        forgot(service, nobody).await;
    }
    assert!(deliver(&world, &accepted()).await.is_empty());
    assert!(world.history("user.password").await.is_empty());
    for (typed, error) in [(" ", "error-required"), ("Nora Zorn", "error-identifier")] {
        let refused = forgotten::ask(service, typed, "192.0.2.1").await.err();
        assert_eq!(refused, Some(Refusal::field("identifier", error)));
    }

    // To the address that was typed.
    forgot(service, " NORA@acme.test").await;
    let sent = deliver(&world, &accepted()).await;
    let channels: Vec<Channel> = sent.iter().map(|(_, channel, _)| *channel).collect();
    assert_eq!(channels, [Channel::Email]);
    // Again at once, by whatever address: in silence.
    forgot(service, "nora@acme.test").await;
    forgot(service, "06 39 00 00 04").await;
    assert!(deliver(&world, &accepted()).await.is_empty());
    // Five a day.
    for n in 1..=6 {
        world.pass(5 * 60_000);
        forgot(service, "06 39 00 00 04").await;
        let sent = deliver(&world, &accepted()).await;
        assert_eq!(sent.len(), usize::from(n < 5), "{n}");
        assert!(sent.iter().all(|(_, channel, _)| *channel == Channel::Sms));
    }
    assert_eq!(world.history("user.password_forgotten").await.len(), 5);
    world.pass(86_400_000);
    forgot(service, "nora@acme.test").await;
    assert_eq!(states(&world).await[0], "queued");

    // The password stays what it was until another is chosen; then nothing that was sent is good any more.
    let begun = session::sign_in(service, "nora@acme.test", PASSWORD, "127.0.0.1");
    let begun = begun.await.unwrap();
    let (secret, other) = (link_to(&world, nora).await, link_to(&world, nora).await);
    assert!(access::open(service, &secret).await.unwrap().has_password);
    access::choose_password(service, &secret, "another password")
        .await
        .unwrap();
    assert_eq!(states(&world).await[0], "cancelled");
    assert!(access::open(service, &other).await.is_err());
    let ended = session::find(service, &begun.secret).await.unwrap();
    assert!(ended.is_none());
    assert!(sign_in(&world, "another password").await.is_ok());
    assert_eq!(world.history("user.password_chosen").await.len(), 1);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn asking_for_passwords_is_throttled(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    account(&world, "Nora", true, UserState::Active).await;
    for n in 0..30 {
        forgot(service, &format!("guess{n}@acme.test")).await;
    }
    // Known or not: it is said, because it is the same for both.
    for typed in ["nora@acme.test", "guess@acme.test"] {
        let refused = forgotten::ask(service, typed, "192.0.2.1").await.err();
        assert_eq!(refused, Some(Refusal::TooMany { retry_after: 900 }));
    }
    assert!(
        forgotten::ask(service, "nora@acme.test", "192.0.2.2")
            .await
            .is_ok()
    );
    world.pass(15 * 60_000);
    forgot(service, "nora@acme.test").await;
    assert_eq!(states(&world).await, ["queued"]);
}

/// Many questions at once are one.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn two_questions_at_once_send_one_message(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    account(&world, "Nora", true, UserState::Active).await;
    let ask = async || forgot(service, "nora@acme.test").await;
    tokio::join!(ask(), ask(), ask(), ask());
    assert_eq!(states(&world).await, ["queued"]);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn many_are_invited_at_once(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let created = account(&world, "Ann", false, UserState::Created).await;
    let by_sms = NewUser {
        email: None,
        mobile: Some("+33639980001".to_owned()),
        channel: Channel::Sms,
        ..world.member("Bo", "Zorn")
    };
    let ghost = world.member("Ghost", "Zorn");
    add(&world, &[by_sms.clone(), ghost]).await;
    account(&world, "Carla", true, UserState::Active).await;
    account(&world, "Dieter", true, UserState::Inactive).await;
    let quiet = account(&world, "Quentin", false, UserState::Created).await;
    opt_out::record(service, admin, quiet, true).await.unwrap();
    let refused = access::invite(service, admin, quiet).await;
    assert_eq!(
        refused,
        Err(Refusal::Conflict("conflict-opted-out".to_owned()))
    );
    let late = account(&world, "Evelyn", false, UserState::Created).await;
    access::invite(service, admin, late).await.unwrap();

    let all = PeopleChoice::Matching(
        Filter {
            text: "zorn".to_owned(),
            ..Filter::default()
        },
        Vec::new(),
    );
    let shown = access::plan(service, admin, &all).await.unwrap();
    let expected = AccountPlan {
        email: 1,
        sms: 1,
        unreachable: 1,
        written_to: 1,
        has_password: 1,
        inactive: 1,
        opted_out: 1,
    };
    assert_eq!(shown, expected);
    let request = InviteAccounts {
        people: all.clone(),
        shown,
    };
    // From two browsers at once: one of them sends.
    let press = async || access::invite_many(service, admin, &request).await;
    let (one, other) = tokio::join!(press(), press());
    let changed = Err(Refusal::Conflict("conflict-accounts-changed".to_owned()));
    let mut answers = [one, other];
    answers.sort_by_key(Result::is_err);
    assert_eq!(answers, [Ok(expected), changed.clone()]);
    assert_eq!(states(&world).await, ["queued"; 3], "with the single one");
    for id in [created, by_sms.id] {
        let state = access::view(service, admin, id).await.unwrap().state;
        assert_eq!(state, UserState::Invited);
    }
    assert_eq!(world.history("users.").await, ["users.accounts_invited"]);

    // Less than a day later nobody is left; what failed may be sent again at once.
    let again = access::plan(service, admin, &all).await.unwrap();
    assert_eq!((again.messages(), again.written_to), (0, 3));
    let request = InviteAccounts {
        people: all.clone(),
        shown: again,
    };
    let nothing = access::invite_many(service, admin, &request).await;
    assert_eq!(nothing, Ok(again));
    assert_eq!(world.history("users.").await.len(), 1);
    let failed = Outcome::Failed {
        problem: convoke_domain::message::Problem::NoAddress,
        detail: String::new(),
    };
    assert_eq!(deliver(&world, &failed).await.len(), 3);
    let after = access::plan(service, admin, &all).await.unwrap();
    assert_eq!((after.email, after.sms, after.written_to), (2, 1, 0));

    // A day later the others may be reminded, whose messages are still on their way: those are withdrawn.
    let request = InviteAccounts {
        people: PeopleChoice::These(vec![created, late]),
        shown: AccountPlan {
            email: 2,
            ..AccountPlan::default()
        },
    };
    access::invite_many(service, admin, &request).await.unwrap();
    world.pass(86_400_000);
    access::invite_many(service, admin, &request).await.unwrap();
    let states = states(&world).await;
    let count = |state: &str| states.iter().filter(|s| *s == state).count();
    assert_eq!((count("queued"), count("cancelled")), (2, 2));
}

/// As many as may be invited at once, and one more.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn fifty_thousand_are_invited_in_one_transaction(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    for portion in 0..10_u32 {
        let users: Vec<NewUser> = (0..5_000)
            .map(|n| NewUser {
                email: Some(format!("p{}@many.test", portion * 5_000 + n)),
                ..world.member("Person", "Many")
            })
            .collect();
        add(&world, &users).await;
    }
    let many = PeopleChoice::Matching(
        Filter {
            text: "many".to_owned(),
            ..Filter::default()
        },
        Vec::new(),
    );
    let shown = access::plan(service, admin, &many).await.unwrap();
    assert_eq!(shown.messages(), 50_000);
    let request = InviteAccounts {
        people: many.clone(),
        shown,
    };
    access::invite_many(service, admin, &request).await.unwrap();
    let again = access::plan(service, admin, &many).await.unwrap();
    assert_eq!(again.written_to, 50_000);
    add(&world, &[world.member("One", "Many")]).await;
    let too_many = access::plan(service, admin, &many).await;
    assert_eq!(
        too_many,
        Err(Refusal::Conflict("conflict-accounts-too-many".to_owned()))
    );
}
