//! Forgetting people who never answered, and removing the texts of messages: on both databases.

mod world;

use convoke_domain::message::Problem;
use convoke_domain::retention::Retention;
use convoke_domain::selection::{Change, Filter};
use convoke_domain::view::{
    Answer, BlockQuery, HistoryFilter, MergeRequest, MessageFilter, OrganisationSettings,
    PasteRequest, PasteTarget, Range, RetentionPreview, SendAction,
};
use convoke_domain::{Actor, Channel, InvitationState, Language, MessageKind, Refusal, UserId};
use convoke_service::export::{self, FileFormat};
use convoke_service::people::{self, edit, groups, merge};
use convoke_service::retention::Done;
use convoke_service::{
    answer, history, imports, invitations, messages, paste, retention, selection, settings,
    trainings,
};
use convoke_storage::outbox::{MessageFacts, Outcome, Recorded};
use convoke_testkit::Database;
use rstest::rstest;
use std::time::Duration;
use world::offer::{block, link_to, offer, posted, register};
use world::sending::{accepted, deliver, press, request};
use world::{World, form, texts};

const DAY: i64 = 86_400_000;
/// From 22 November to the morning after the training has been over for 90 days.
const LATER: i64 = 109 * DAY;
const ALL: Range = Range::new(0, 200);

const NINETY: Retention = Retention {
    people_days: Some(90),
    directory: false,
    text_days: None,
};

async fn keep_for(world: &World, retention: Retention) {
    let options = OrganisationSettings {
        name: "Acme".into(),
        login_codes: true,
        send_delay: 0,
        retention,
        ..OrganisationSettings::default()
    };
    settings::save(&world.service, &world.admin, &options)
        .await
        .unwrap();
}

async fn pasted(world: &World, text: &str) -> Vec<UserId> {
    let request = PasteRequest {
        target: PasteTarget::Training(world.training),
        text: text.to_owned(),
        create: true,
        language: Language::En,
        user_type: None,
        group: None,
    };
    paste::apply(&world.service, &world.admin, &request)
        .await
        .unwrap();
    let mut all = Vec::new();
    for address in text
        .split(['\n', '<', '>', ' '])
        .filter(|word| word.contains('@'))
    {
        all.push(found(world, address).await.expect("created"));
    }
    all
}

async fn found(world: &World, text: &str) -> Option<UserId> {
    let filter = Filter {
        text: text.to_owned(),
        ..Filter::default()
    };
    let list = people::list(&world.service, &world.admin, &filter, ALL).await;
    list.unwrap().rows.first().map(|row| row.user_id)
}

async fn run(world: &World) -> Done {
    retention::run_due(&world.service).await.unwrap()
}

/// Hands over what is queued; what is kept of it names its reader, and so do the server's words.
async fn deliver_in_full(world: &World, words: &str) {
    let now = world.service.clock.now();
    let mut tx = world.service.storage.begin().await.unwrap();
    let due = tx.due(Channel::ALL, now, 1_000).await.unwrap();
    let leased: Vec<_> = due.iter().map(MessageFacts::leased).collect();
    let ids: Vec<_> = leased.iter().map(|l| l.id).collect();
    tx.mark_sending("test", &ids, now, now.plus_seconds(60))
        .await
        .unwrap();
    let results: Vec<Recorded> = due
        .iter()
        .map(|facts| {
            let to = facts.email.clone().unwrap_or_default();
            Recorded {
                leased: facts.leased(),
                address: Some(to.clone()),
                subject: Some(format!("Invitation for {}", facts.person.first_name)),
                body: Some(format!("Hello {},", facts.person.first_name)),
                outcome: if to.starts_with(words) {
                    Outcome::Failed {
                        problem: Problem::AddressRefused,
                        detail: format!("550 no such user: {to}"),
                    }
                } else {
                    accepted()
                },
            }
        })
        .collect();
    tx.record("test", now, &results).await.unwrap();
    tx.commit().await.unwrap();
}

/// Pasted, imported and registered people who never answered, with all that can be known of them, and one who did.
struct Told {
    silent: UserId,
    answered: UserId,
    link: String,
}

const WORDS: &[&str] = &["zyxq", "639980011"];

async fn told(world: &World) -> Told {
    let code = offer(world, None, |settings| settings.approval = true).await;
    let people = pasted(
        world,
        "Zyxqa Zyxqalast <zyxqa@personal.test>\nZyxqb Zyxqblast <zyxqb@personal.test>\nZyxqc Zyxqc <zyxqc@personal.test>\nBea Yes <bea@personal.test>",
    )
    .await;
    let (silent, refused, twin, answered) = (people[0], people[1], people[2], people[3]);
    // Two rows of one person: the history says what the other was called.
    let view = merge::preview(&world.service, &world.admin, silent, twin)
        .await
        .unwrap();
    let both = MergeRequest {
        keep: (view.keep.user_id, view.keep.version),
        other: (view.other.user_id, view.other.version),
        from_other: Vec::new(),
    };
    merge::merge(&world.service, &world.admin, &both)
        .await
        .unwrap();
    press(world, &request(world, SendAction::Send)).await;
    deliver_in_full(world, "zyxqb").await;
    assert_ne!(refused, silent);
    let link = link_to(world, silent).await;
    let yes = link_to(world, answered).await;
    answer::answer(&world.service, &yes, Answer::Attend)
        .await
        .unwrap();
    // A file, and somebody of it who is invited.
    let csv =
        "last_name,first_name,email,mobile\nZyxqd,Zyxqdfirst,zyxqd@personal.test,+33639980011\n";
    let import = imports::bring(&world.service, &world.admin, "people.csv", csv.into())
        .await
        .unwrap();
    let brought = imports::view(&world.service, &world.admin, import)
        .await
        .unwrap();
    let fields: Vec<_> = brought.columns.iter().map(|column| column.field).collect();
    imports::check(&world.service, &world.admin, import, &fields)
        .await
        .unwrap();
    world.import_settled(import).await;
    imports::run(&world.service, &world.admin, import)
        .await
        .unwrap();
    world.import_settled(import).await;
    let imported = found(world, "zyxqd").await.expect("imported");
    world.validate(&[Change::Add(vec![imported])]).await;
    press(world, &request(world, SendAction::Send)).await;
    deliver_in_full(world, "zyxqb").await;
    // Somebody whom nobody knows, whom nobody decided on.
    register(
        world,
        &code,
        "tablet",
        &posted("Zyxqe", "Zyxqelast", "zyxqe@personal.test"),
    )
    .await;
    Told {
        silent,
        answered,
        link,
    }
}

async fn total(world: &World, state: InvitationState) -> u32 {
    let query = BlockQuery {
        training_id: world.training,
        state,
        find: String::new(),
    };
    let rows = invitations::rows(&world.service, &world.admin, &query, ALL).await;
    rows.unwrap().total
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_forgotten_person_is_left_anywhere(#[case] kind: Database) {
    let world = World::new(kind).await;
    let told = told(&world).await;
    keep_for(
        &world,
        Retention {
            directory: true,
            ..NINETY
        },
    )
    .await;
    let before = texts::places(&world, WORDS).await;
    for place in [
        "history.actor_name",
        "history.details",
        "import_batches.people",
        "imports.columns",
        "invitations.problem_detail",
        "messages.address",
        "messages.body",
        "messages.problem_detail",
        "messages.subject",
        "registration_answers.value",
        "registrations.email",
        "registrations.last_name",
        "registrations.sort_key",
        "users.email",
        "users.email_key",
        "users.first_name",
        "users.last_name",
        "users.mobile",
        "users.search_text",
        "users.sort_key",
    ] {
        assert!(
            before.iter().any(|found| found == place),
            "{place} is not among {before:?}"
        );
    }
    assert_eq!(
        world.service.files.keys().await.unwrap().len(),
        1,
        "the file of the import"
    );
    let counts = (
        total(&world, InvitationState::ToSend).await,
        total(&world, InvitationState::Sent).await,
        total(&world, InvitationState::Confirmed).await,
    );
    assert_eq!(counts, (1, 2, 1));

    world.pass(LATER - 2 * DAY);
    assert_eq!(
        run(&world).await,
        Done::default(),
        "the training is not over for long enough"
    );
    assert_eq!(
        texts::places(&world, &["bea@personal.test"]).await.len(),
        3,
        "who answered is known"
    );
    world.pass(2 * DAY);
    let preview = retention::preview(
        &world.service,
        &world.admin,
        Retention {
            directory: true,
            ..NINETY
        },
    );
    // Imports that are kept no longer are forgotten in that night, too.
    assert_eq!(
        preview.await.unwrap(),
        RetentionPreview {
            people: 4,
            texts: 0
        }
    );
    assert_eq!(
        run(&world).await,
        Done {
            people: 4,
            texts: 0
        }
    );

    assert_eq!(texts::places(&world, WORDS).await, [""; 0]);
    assert!(
        world.service.files.keys().await.unwrap().is_empty(),
        "nor its file"
    );
    assert_eq!(texts::places(&world, &["bea@personal.test"]).await.len(), 3);
    let after = (
        total(&world, InvitationState::ToSend).await,
        total(&world, InvitationState::Sent).await,
        total(&world, InvitationState::Confirmed).await,
    );
    assert_eq!(after, counts, "counts stay");
    assert_eq!(
        block(&world, InvitationState::ToSend).await,
        [" Forgotten person"]
    );
    assert_eq!(block(&world, InvitationState::Confirmed).await, ["Bea Yes"]);
    let list = people::list(&world.service, &world.admin, &Filter::default(), ALL).await;
    let names: Vec<String> = list
        .unwrap()
        .rows
        .into_iter()
        .map(|row| row.last_name)
        .collect();
    assert_eq!(
        names,
        ["Roux", "Yes"],
        "the directory knows the administrator and who answered"
    );
    assert_eq!(
        edit::form(&world.service, &world.admin, Some(told.silent))
            .await
            .map(|_| ()),
        Err(Refusal::NotFound)
    );
    let known = edit::form(&world.service, &world.admin, Some(told.answered))
        .await
        .unwrap();
    assert_eq!(known.form.email, "bea@personal.test");
    let send = request(&world, SendAction::Send);
    let plan = convoke_service::sending::send_plan(&world.service, &world.admin, &send)
        .await
        .unwrap();
    assert_eq!(
        plan.split.unreachable, 0,
        "nobody is told that they cannot be reached"
    );
    read_of(&world, &told).await;
    assert_eq!(run(&world).await, Done::default());
    world.pass(DAY);
    assert_eq!(run(&world).await, Done::default(), "once is enough");
    let lines = world.history("retention.").await;
    assert_eq!(lines, ["retention.people"]);
}

/// What links, stories, files, messages and the history say of a forgotten person.
async fn read_of(world: &World, told: &Told) {
    let (service, admin) = (&world.service, &world.admin);
    for closed in [
        answer::open(service, &told.link).await.map(|_| ()),
        answer::answer(service, &told.link, Answer::Attend)
            .await
            .map(|_| ()),
        answer::calendar(service, &told.link).await.map(|_| ()),
    ] {
        assert_eq!(closed, Err(Refusal::Gone("gone-forgotten".to_owned())));
    }
    let page = answer::closed(service, &told.link).await.unwrap().unwrap();
    assert!(page.forgotten && page.organisation == "Acme", "{page:?}");
    let head = history::story::head(service, admin, told.silent)
        .await
        .unwrap();
    assert_eq!(head.name, "Forgotten person");
    let story = history::story::list(service, admin, told.silent, None, ALL)
        .await
        .unwrap();
    assert_eq!(
        story.rows[0].what,
        "forgot this person: name, addresses and texts are gone"
    );
    let message = story
        .rows
        .iter()
        .find_map(|row| row.message.clone())
        .unwrap();
    assert_eq!(message.to, "Forgotten person");
    let text = messages::text(service, admin, message.id).await.unwrap();
    assert_eq!(
        (&*text.address, &*text.subject, &*text.text, text.removed),
        ("", "", "", Some(0))
    );
    let all = messages::list(service, admin, MessageFilter::none(), ALL)
        .await
        .unwrap();
    assert_eq!(
        all.rows
            .iter()
            .filter(|row| row.to == "Forgotten person")
            .count(),
        4
    );
    let file = export::participants(service, admin, world.training, FileFormat::Csv)
        .await
        .unwrap();
    let file = String::from_utf8_lossy(&file.bytes).into_owned();
    assert_eq!(file.matches("Forgotten person").count(), 3, "{file}");
    let lines = history::list(service, admin, &HistoryFilter::default(), ALL)
        .await
        .unwrap();
    assert_eq!(
        lines.rows[0].what,
        "forgot 4 people who never answered, 90 days after the training"
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn who_is_of_the_directory_stays_unless_it_is_meant_too(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = pasted(&world, "a@x.org\nb@x.org\nc@x.org\nd@x.org").await;
    // A group is the directory's, whoever puts somebody into it; and so is a file.
    let group = world.group("Sales", &[]).await;
    let change = convoke_domain::view::MembersChange {
        people: convoke_domain::view::PeopleChoice::These(vec![people[0]]),
        join: vec![group],
        leave: Vec::new(),
    };
    groups::change_members(&world.service, &world.admin, &change)
        .await
        .unwrap();
    let known = world
        .person("Known", "Colleague", Some("k@x.org"), None)
        .await;
    world.validate(&[Change::Add(vec![known])]).await;
    let created = edit::save(&world.service, &world.admin, None, &{
        let mut form = edit::form(&world.service, &world.admin, None)
            .await
            .unwrap()
            .form;
        form.last_name = "Hand".into();
        form.first_name = "Made".into();
        form.email = "hand@x.org".into();
        form.user_type = Some(world.user_type);
        form
    })
    .await
    .unwrap();
    world.validate(&[Change::Add(vec![created])]).await;
    let other = trainings::save(
        &world.service,
        &world.admin,
        None,
        &convoke_domain::training::TrainingForm {
            start: "2027-12-09T09:00".into(),
            end: "2027-12-10T17:00".into(),
            ..form("Next year")
        },
    )
    .await
    .unwrap();
    let mut tx = world.service.storage.begin().await.unwrap();
    let version = tx
        .raise_training_version(world.admin.organisation_id, other)
        .await
        .unwrap()
        .unwrap();
    tx.commit().await.unwrap();
    let request = convoke_domain::view::ValidateRequest {
        list: convoke_domain::selection::PeopleList::Participants(other),
        changes: world::list(version, &[Change::Add(vec![people[1]])]),
        tell_removed: false,
    };
    selection::validate(&world.service, &world.admin, &request)
        .await
        .unwrap();

    world.pass(LATER);
    let preview = |retention| {
        let world = &world;
        async move {
            retention::preview(&world.service, &world.admin, retention)
                .await
                .unwrap()
                .people
        }
    };
    let everybody = Retention {
        directory: true,
        ..NINETY
    };
    assert_eq!(preview(Retention::default()).await, 0);
    assert_eq!(
        preview(NINETY).await,
        2,
        "who came with the training, and nothing else keeps"
    );
    assert_eq!(preview(everybody).await, 3, "and who was made by hand");
    for retention in [NINETY, everybody] {
        keep_for(&world, retention).await;
        assert_eq!(run(&world).await, Done::default(), "not before the night");
        world.pass(DAY);
        assert!(run(&world).await.people > 0);
    }
    for (address, stays) in [
        ("a@x.org", true),
        ("b@x.org", true),
        ("c@x.org", false),
        ("d@x.org", false),
        ("k@x.org", true),
        ("hand@x.org", false),
    ] {
        assert_eq!(
            !texts::places(&world, &[address]).await.is_empty(),
            stays,
            "{address}"
        );
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_night_that_is_broken_off_is_gone_on_with(#[case] kind: Database) {
    const PEOPLE: u64 = 6_000;
    let world = World::new(kind).await;
    let new: Vec<_> = (0..PEOPLE)
        .map(|n| convoke_storage::directory::NewUser {
            email: Some(format!("p{n}@x.org")),
            ..world.member("Person", &format!("Number {n}"))
        })
        .collect();
    let ids: Vec<UserId> = new.iter().map(|user| user.id).collect();
    let organisation = world.admin.organisation_id;
    let mut tx = world.service.storage.begin().await.unwrap();
    tx.insert_users(organisation, &new).await.unwrap();
    tx.set_came_for(organisation, &ids, world.training)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    keep_for(&world, NINETY).await;
    world.pass(LATER);
    let left = async || {
        let mut tx = world.service.storage.read().await.unwrap();
        let over = NINETY.over_before(world.service.clock.now()).unwrap();
        let left = tx
            .count_forgettable(organisation, NINETY, (over, convoke_domain::Timestamp(0)))
            .await
            .unwrap()
            .0;
        u64::from(left)
    };
    let killed = tokio::spawn({
        let service = world.service.clone();
        async move { retention::run_due(&service).await }
    });
    while left().await == PEOPLE {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    killed.abort();
    let _ = killed.await;
    let rest = left().await;
    assert!(0 < rest && rest < PEOPLE, "killed in the middle: {rest}");
    // Two processes go on with it.
    let (one, two) = tokio::join!(
        retention::run_due(&world.service),
        retention::run_due(&world.service)
    );
    let went_on = one.unwrap().people + two.unwrap().people;
    // A commit that was under way when the task was killed still takes place, after `rest` was counted.
    assert!(
        0 < went_on && went_on <= rest,
        "{went_on} of {rest}: each once"
    );
    assert_eq!(left().await, 0);
    assert_eq!(run(&world).await, Done::default());
    assert_eq!(found(&world, "number").await, None);
    let lines = history::list(&world.service, &world.admin, &HistoryFilter::default(), ALL)
        .await
        .unwrap();
    let told: u64 = lines
        .rows
        .iter()
        .filter_map(|row| {
            row.what
                .strip_prefix("forgot ")?
                .split(' ')
                .next()?
                .replace(',', "")
                .parse::<u64>()
                .ok()
        })
        .sum();
    assert_eq!(
        told, PEOPLE,
        "the history says all of them, and nobody twice"
    );
}

/// The domain of an address may be its owner's name.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_pace_of_a_domain_is_not_kept_for_longer_than_it_holds(#[case] kind: Database) {
    let world = World::new(kind).await;
    keep_for(&world, NINETY).await;
    world.pass(2 * DAY);
    let now = world.service.clock.now();
    let name = |domain: &str| convoke_storage::outbox::pace_of_domain(domain);
    let paces = std::collections::BTreeMap::from([
        (name("mueller.example"), now.0 - DAY - 1),
        (name("busy.example"), now.0 + 1_000),
    ]);
    let mut tx = world.service.storage.begin().await.unwrap();
    let names: Vec<String> = paces.keys().cloned().collect();
    tx.paces(&names).await.unwrap();
    tx.set_paces(&paces).await.unwrap();
    tx.commit().await.unwrap();
    run(&world).await;
    let left = world::texts::places(&world, &["mueller.example"]).await;
    assert!(left.is_empty(), "{left:?}");
    let left = world::texts::places(&world, &["busy.example"]).await;
    assert_eq!(left, ["paces.name"]);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn texts_of_messages_go_after_their_days(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(2).await;
    world.validate(&[Change::Add(vec![people[0]])]).await;
    press(&world, &request(&world, SendAction::Send)).await;
    deliver(&world, &accepted()).await;
    world.pass(5 * DAY);
    world.validate(&[Change::Add(vec![people[1]])]).await;
    press(&world, &request(&world, SendAction::Send)).await;
    deliver(&world, &accepted()).await;
    let week = Retention {
        text_days: Some(7),
        ..Retention::default()
    };
    keep_for(&world, week).await;
    world.pass(2 * DAY);
    assert_eq!(
        retention::preview(&world.service, &world.admin, week)
            .await
            .unwrap(),
        RetentionPreview {
            people: 0,
            texts: 1
        }
    );
    assert_eq!(
        run(&world).await,
        Done {
            people: 0,
            texts: 1
        }
    );
    let all = messages::list(&world.service, &world.admin, MessageFilter::none(), ALL)
        .await
        .unwrap();
    let mut said = Vec::new();
    for row in &all.rows {
        assert_eq!(
            (row.kind, row.channel),
            (MessageKind::Invitation, Channel::Email)
        );
        let text = messages::text(&world.service, &world.admin, row.id)
            .await
            .unwrap();
        assert_eq!(text.address, "someone", "to whom it went stays");
        said.push((row.to.clone(), text.text, text.removed));
    }
    assert_eq!(
        said,
        [
            ("Person 001".to_owned(), "body".to_owned(), None),
            ("Person 000".to_owned(), String::new(), Some(7)),
        ]
    );
    let lines = history::list(&world.service, &world.admin, &HistoryFilter::default(), ALL)
        .await
        .unwrap();
    assert_eq!(
        lines.rows[0].what,
        "removed the text of 1 message after 7 days"
    );
    assert_eq!(lines.rows[0].who, "Convoke");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn days_that_cannot_be_are_refused(#[case] kind: Database) {
    let world = World::new(kind).await;
    for (retention, field) in [
        (
            Retention {
                people_days: Some(29),
                ..NINETY
            },
            "forget_days",
        ),
        (
            Retention {
                text_days: Some(3_651),
                ..NINETY
            },
            "text_days",
        ),
    ] {
        let refused = retention::preview(&world.service, &world.admin, retention).await;
        let Err(Refusal::Invalid(problems)) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(problems[0].field, field);
    }
    let nobody = Actor {
        role: convoke_domain::Role::Member,
        ..world.admin.clone()
    };
    assert_eq!(
        retention::preview(&world.service, &nobody, NINETY).await,
        Err(Refusal::NotAllowed)
    );
}
