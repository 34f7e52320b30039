//! Who wants no messages: how it is said, and that it is honoured wherever somebody is written to; on both databases.

mod world;

use convoke_delivery::{link, stop};
use convoke_domain::message::Problem;
use convoke_domain::reminder::{ReminderAnchor, ReminderForm};
use convoke_domain::selection::{Change, Filter, Past};
use convoke_domain::training::TrainingForm;
use convoke_domain::view::{
    InvitationRow, MergeRequest, MessageFilter, Range, SendAction, SendOutcome,
};
use convoke_domain::{
    Channel, InvitationId, InvitationState, MessageId, MessageKind, OptOut, Refusal, UserId,
};
use convoke_service::export::{self, FileFormat};
use convoke_service::history::story;
use convoke_service::people::import::ImportFile;
use convoke_service::people::{self, access, merge};
use convoke_service::{
    answer, imports, invitations, messages, opt_out, reminders, repair, sending, trainings,
};
use convoke_storage::invitations::InvitationFacts;
use convoke_storage::outbox::{NewBatch, NewLink, Notice, Outcome};
use convoke_testkit::Database;
use rstest::rstest;
use world::sending::{accepted, deliver, order, press, request};
use world::{World, form};

const ALL: Range = Range::new(0, 200);

fn conflict<T>(key: &str) -> Result<T, Refusal> {
    Err(Refusal::Conflict(key.to_owned()))
}

/// Anna, Ben and Cleo were invited.
async fn invited(world: &World) -> [UserId; 3] {
    let mut all = Vec::new();
    for name in ["Anna", "Ben", "Cleo"] {
        let email = format!("{}@acme.test", name.to_lowercase());
        all.push(world.person(name, "Horn", Some(&email), None).await);
    }
    world.validate(&[Change::Add(all.clone())]).await;
    assert_eq!(press(world, &request(world, SendAction::Send)).await, 3);
    deliver(world, &accepted()).await;
    all.try_into().unwrap()
}

/// The secret in the foot of the last message to somebody.
async fn secret_of(world: &World, user: UserId) -> String {
    let mut tx = world.service.storage.begin().await.unwrap();
    let key = tx.installation_value_or(stop::KEY_NAME, "a key").await;
    tx.commit().await.unwrap();
    stop::secret(&key.unwrap(), message_to(world, user).await)
}

async fn message_to(world: &World, user: UserId) -> MessageId {
    let all = messages::list(&world.service, &world.admin, MessageFilter::none(), ALL).await;
    let mut tx = world.service.storage.read().await.unwrap();
    for row in all.unwrap().rows {
        let (_, reader) = tx.reader_of(row.id).await.unwrap().unwrap();
        if reader == user {
            return row.id;
        }
    }
    panic!("nobody wrote to them");
}

async fn wants_none(world: &World, user: UserId) {
    world.pass(1);
    let secret = secret_of(world, user).await;
    let page = opt_out::choose(&world.service, &secret, false).await;
    assert!(page.unwrap().opted_out);
}

async fn invitation(world: &World, user: UserId) -> InvitationId {
    let mut tx = world.service.storage.read().await.unwrap();
    let found = tx.invitation_of(world.training, user).await.unwrap();
    found.unwrap().id
}

async fn rows(world: &World, state: InvitationState) -> Vec<InvitationRow> {
    let view = invitations::blocks(&world.service, &world.admin, world.training, "").await;
    let view = view.unwrap();
    match state {
        InvitationState::ToSend => view.to_send.rows,
        InvitationState::Confirmed => view.confirmed.rows,
        _ => view.sent.rows,
    }
}

async fn version(world: &World) -> i64 {
    let view = invitations::blocks(&world.service, &world.admin, world.training, "").await;
    view.unwrap().summary.version
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn somebody_says_so_and_takes_it_back(#[case] kind: Database) {
    let world = World::new(kind).await;
    let [anna, ..] = invited(&world).await;
    let (service, admin) = (&world.service, &world.admin);
    let secret = secret_of(&world, anna).await;
    let before = version(&world).await;
    for _ in 0..2 {
        let page = opt_out::open(service, &secret).await.unwrap();
        assert_eq!((page.opted_out, &*page.organisation), (false, "Acme"));
    }
    assert_eq!(version(&world).await, before, "looking changes nothing");

    wants_none(&world, anna).await;
    wants_none(&world, anna).await;
    assert!(version(&world).await > before, "open browsers are told");
    let view = opt_out::view(service, admin, anna).await.unwrap();
    assert_eq!(view.opted_out, Some(OptOut::Person));
    assert_eq!(view.since, "22 November 2026, 10:00");
    assert_eq!(world.history("user.opt").await, ["user.opted_out"]);
    assert!(rows(&world, InvitationState::Sent).await[0].opted_out);

    // It is not an administrator's to take back, nor to note again.
    assert_eq!(
        opt_out::record(service, admin, anna, false).await,
        conflict("conflict-opted-out-themselves")
    );
    assert_eq!(opt_out::record(service, admin, anna, true).await, Ok(view));

    world.pass(1);
    let page = opt_out::choose(service, &secret, true).await.unwrap();
    assert!(!page.opted_out);
    assert!(!rows(&world, InvitationState::Sent).await[0].opted_out);
    assert_eq!(
        world.history("user.opt").await,
        ["user.opted_out", "user.opted_in"]
    );
    let said = story::list(service, admin, anna, None, ALL).await.unwrap();
    let said: Vec<&str> = said.rows.iter().map(|row| &*row.what).collect();
    assert!(said.contains(&"wants no more messages"), "{said:?}");
    assert!(said.contains(&"wants messages again"), "{said:?}");

    for wrong in ["", "test", "AAAA", &secret[1..]] {
        let opened = opt_out::open(service, wrong).await;
        assert_eq!(opened, Err(Refusal::NotFound), "{wrong}");
        let chosen = opt_out::choose(service, wrong, false).await;
        assert_eq!(chosen, Err(Refusal::NotFound), "{wrong}");
    }
    // Neither secret opens what the other does.
    assert!(answer::open(service, &secret).await.is_err());
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_answer_page_has_the_same_place(#[case] kind: Database) {
    let world = World::new(kind).await;
    let [anna, ..] = invited(&world).await;
    let service = &world.service;
    let link = NewLink {
        token_hash: link::hash("hers"),
        organisation_id: world.admin.organisation_id,
        invitation_id: invitation(&world, anna).await,
    };
    let mut tx = service.storage.begin().await.unwrap();
    tx.add_links(&[link], service.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!answer::open(service, "hers").await.unwrap().opted_out);
    let done = opt_out::choose_by_invitation(service, "hers", false).await;
    assert_eq!(done, Ok(()));
    let view = answer::open(service, "hers").await.unwrap();
    assert!(view.opted_out && view.gone.is_none(), "and can answer");
    let done = opt_out::choose_by_invitation(service, "hers", true).await;
    assert_eq!(done, Ok(()));
    assert!(!answer::open(service, "hers").await.unwrap().opted_out);
    let unknown = opt_out::choose_by_invitation(service, "nobody's", false).await;
    assert_eq!(unknown, Err(Refusal::NotFound));
    let by_foot = opt_out::open(service, "hers").await;
    assert_eq!(by_foot, Err(Refusal::NotFound));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_an_administrator_noted_either_takes_back(#[case] kind: Database) {
    let world = World::new(kind).await;
    let [anna, ..] = invited(&world).await;
    let (service, admin) = (&world.service, &world.admin);
    let view = opt_out::record(service, admin, anna, true).await.unwrap();
    assert_eq!(view.opted_out, Some(OptOut::Administrator));
    world.pass(1);
    let view = opt_out::record(service, admin, anna, false).await.unwrap();
    assert_eq!(view.opted_out, None);
    world.pass(1);
    opt_out::record(service, admin, anna, true).await.unwrap();
    let secret = secret_of(&world, anna).await;
    world.pass(1);
    opt_out::choose(service, &secret, true).await.unwrap();
    let view = opt_out::view(service, admin, anna).await.unwrap();
    assert_eq!(view.opted_out, None);

    // Said by both, it is the person's own word.
    world.pass(1);
    opt_out::record(service, admin, anna, true).await.unwrap();
    wants_none(&world, anna).await;
    let view = opt_out::view(service, admin, anna).await.unwrap();
    assert_eq!(view.opted_out, Some(OptOut::Person));
    assert_eq!(
        world.history("user.opt").await,
        [
            "user.opt_out_recorded",
            "user.opt_out_taken_back",
            "user.opt_out_recorded",
            "user.opted_in",
            "user.opt_out_recorded",
            "user.opted_out"
        ]
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn nobody_is_invited_reminded_or_asked_again(#[case] kind: Database) {
    let world = World::new(kind).await;
    let [anna, ben, cleo] = invited(&world).await;
    let (service, admin) = (&world.service, &world.admin);
    let dora = world
        .person("Dora", "Horn", Some("dora@acme.test"), None)
        .await;
    world.validate(&[Change::Add(vec![dora])]).await;
    opt_out::record(service, admin, dora, true).await.unwrap();
    wants_none(&world, anna).await;
    wants_none(&world, cleo).await;
    let id = invitation(&world, cleo).await;
    invitations::confirm_for(service, admin, id).await.unwrap();

    // Resend: counted and named apart, also when they are ticked.
    let mut resend = request(&world, SendAction::Resend);
    for only in [
        None,
        Some(vec![
            invitation(&world, anna).await,
            invitation(&world, ben).await,
        ]),
    ] {
        resend.only = only;
        let plan = sending::send_plan(service, admin, &resend).await.unwrap();
        assert_eq!((plan.split.messages(), plan.split.opted_out), (1, 1));
        assert_eq!(plan.opted_out_names, ["Anna Horn"]);
    }
    resend.only = None;
    let send = request(&world, SendAction::Send);
    let plan = sending::send_plan(service, admin, &send).await.unwrap();
    assert_eq!((plan.split.messages(), plan.split.opted_out), (0, 1));
    assert_eq!(plan.opted_out_names, ["Dora Horn"]);
    let view = invitations::blocks(service, admin, world.training, "").await;
    let summary = view.unwrap().summary;
    assert_eq!((summary.sent.email, summary.sent.opted_out), (1, 1));
    assert_eq!((summary.to_send.email, summary.to_send.opted_out), (0, 1));

    world.pass(86_400_000);
    assert_eq!(press(&world, &resend).await, 1);
    let went = deliver(&world, &accepted()).await;
    assert_eq!(went.len(), 1);
    assert_eq!(went[0].2, invitation(&world, ben).await);

    // Reminders: Ben is asked, Cleo who comes is not reminded.
    let wanted = ReminderForm {
        days: 3,
        anchor: ReminderAnchor::Start,
    };
    reminders::plan(service, admin, world.training, wanted)
        .await
        .unwrap();
    world.pass(13 * 86_400_000);
    assert_eq!(reminders::send_due(service).await, Ok(1));
    let went = deliver(&world, &accepted()).await;
    assert_eq!(
        went,
        [(
            MessageKind::Reminder,
            Channel::Email,
            invitation(&world, ben).await
        )]
    );

    // Nothing is put right by writing, nothing tried again, nobody invited to choose a password.
    let id = invitation(&world, anna).await;
    assert!(repair::contact(service, admin, id).await.unwrap().opted_out);
    let again = repair::send_again(service, admin, id).await;
    assert_eq!(again, conflict("conflict-opted-out"));
    let invite = access::invite(service, admin, anna).await;
    assert!(invite.is_err());
    // Confirming for them is what is left, and their row says the rest.
    invitations::confirm_for(service, admin, id).await.unwrap();
    let confirmed = rows(&world, InvitationState::Confirmed).await;
    assert!(
        confirmed[0].detail.ends_with("· wants no messages"),
        "{}",
        confirmed[0].detail
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn who_confirmed_hears_that_it_moved_or_is_off(#[case] kind: Database) {
    let world = World::new(kind).await;
    let [anna, ben, cleo] = invited(&world).await;
    let (service, admin) = (&world.service, &world.admin);
    let ids = [
        invitation(&world, anna).await,
        invitation(&world, ben).await,
        invitation(&world, cleo).await,
    ];
    invitations::confirm_for(service, admin, ids[0])
        .await
        .unwrap();
    wants_none(&world, anna).await;
    wants_none(&world, ben).await;
    world.pass(1_000);
    let moved = TrainingForm {
        place: "Paris".to_owned(),
        ..form("Fire Safety")
    };
    trainings::save(service, admin, Some(world.training), &moved)
        .await
        .unwrap();
    let view = invitations::blocks(service, admin, world.training, "").await;
    assert_eq!(view.unwrap().summary.moved, 2, "Anna who comes, and Cleo");
    let announce = request(&world, SendAction::Announce);
    let plan = sending::send_plan(service, admin, &announce).await.unwrap();
    assert_eq!((plan.split.messages(), plan.split.opted_out), (2, 1));
    assert_eq!(plan.opted_out_names, ["Ben Horn"]);
    assert_eq!(press(&world, &announce).await, 2);
    let mut told: Vec<_> = deliver(&world, &accepted())
        .await
        .into_iter()
        .map(|(_, _, id)| id)
        .collect();
    told.sort_unstable();
    let mut expected = vec![ids[0], ids[2]];
    expected.sort_unstable();
    assert_eq!(told, expected);

    // Taken out: Anna had confirmed and is told, Ben had not and is not.
    world
        .validate(&[Change::Remove(vec![anna, ben, cleo])])
        .await;
    let mut told: Vec<_> = deliver(&world, &accepted())
        .await
        .into_iter()
        .map(|(kind, _, id)| (kind, id))
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        expected
            .into_iter()
            .map(|id| (MessageKind::Cancellation, id))
            .collect::<Vec<_>>()
    );
}

/// What the statements that queue say is what the domain says.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_is_queued_is_what_the_rule_says(#[case] kind: Database) {
    use InvitationState as S;
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let cases = [
        (MessageKind::Invitation, S::ToSend, false),
        (MessageKind::Resend, S::Sent, false),
        (MessageKind::Reminder, S::Sent, false),
        (MessageKind::ReminderStart, S::Confirmed, true),
        (MessageKind::Change, S::Sent, false),
        (MessageKind::Change, S::Confirmed, true),
        (MessageKind::Change, S::Waiting, false),
        (MessageKind::Cancellation, S::Cancelled, false),
        (MessageKind::Cancellation, S::Cancelled, true),
    ];
    for (n, (message, state, attends)) in cases.into_iter().enumerate() {
        let email = format!("p{n}@acme.test");
        let user = world.person("Pia", "Quiet", Some(&email), None).await;
        opt_out::record(service, admin, user, true).await.unwrap();
        let id = service.id();
        let mut tx = service.storage.begin().await.unwrap();
        tx.insert_invitation(&InvitationFacts {
            id,
            organisation_id: admin.organisation_id,
            training_id: world.training,
            user_id: user,
            state,
            confirmed_by: attends.then_some(convoke_domain::ConfirmedBy::Link),
            confirmed_by_user: None,
            chosen_by: None,
            chosen_at: service.clock.now(),
            sent_count: 1,
            last_sent_at: None,
            answered_at: None,
            problem: None,
        })
        .await
        .unwrap();
        let now = service.clock.now();
        let batch = NewBatch {
            id: service.id(),
            organisation_id: admin.organisation_id,
            training_id: world.training,
            kind: message,
            queued_by: None,
            at: now,
            starts_at: now,
            planned: false,
        };
        let queued = tx.enqueue(&batch, &[(id, Channel::Email)]).await.unwrap();
        let expected = message.reaches_whoever_opted_out(attends, false);
        assert_eq!(queued > 0, expected, "{message} {state} {attends}");
        tx.commit().await.unwrap();
    }
    // Notices, to somebody on the waiting list.
    let user = world
        .person("Pia", "Waits", Some("waits@acme.test"), None)
        .await;
    world.validate(&[Change::Add(vec![user])]).await;
    opt_out::record(service, admin, user, true).await.unwrap();
    let id = invitation(&world, user).await;
    let before = messages::list(service, admin, MessageFilter::none(), ALL).await;
    let mut count = before.unwrap().total;
    for notice in [
        MessageKind::Registered,
        MessageKind::WaitingList,
        MessageKind::PlaceFreed,
        MessageKind::EntryCode,
    ] {
        let mut tx = service.storage.begin().await.unwrap();
        tx.enqueue_notice(&Notice {
            id: service.id(),
            organisation_id: admin.organisation_id,
            invitation_id: id,
            kind: notice,
            channel: Channel::Email,
            at: service.clock.now(),
        })
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let after = messages::list(service, admin, MessageFilter::none(), ALL).await;
        let after = after.unwrap().total;
        let expected = notice.reaches_whoever_opted_out(false, false);
        assert_eq!(after > count, expected, "{notice}");
        count = after;
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_dialog_that_is_open_meanwhile_sends_nothing(#[case] kind: Database) {
    let world = World::new(kind).await;
    let [anna, ..] = invited(&world).await;
    let (service, admin) = (&world.service, &world.admin);
    let resend = request(&world, SendAction::Resend);
    let plan = sending::send_plan(service, admin, &resend).await.unwrap();
    wants_none(&world, anna).await;
    let answer = sending::send(service, admin, &order(&resend, &plan, None)).await;
    let SendOutcome::Changed(plan) = answer.unwrap() else {
        panic!("it was sent");
    };
    assert_eq!(plan.opted_out_names, ["Anna Horn"]);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_message_that_was_dropped_says_why(#[case] kind: Database) {
    let world = World::new(kind).await;
    let anna = world
        .person("Anna", "Horn", Some("anna@acme.test"), None)
        .await;
    world.validate(&[Change::Add(vec![anna])]).await;
    press(&world, &request(&world, SendAction::Send)).await;
    deliver(&world, &Outcome::Unwanted).await;
    let (service, admin) = (&world.service, &world.admin);
    let all = messages::list(service, admin, MessageFilter::none(), ALL).await;
    let row = all.unwrap().rows.remove(0);
    assert_eq!(row.problem, Some(Problem::OptedOut));
    assert_eq!(row.fate.as_str(), "cancelled");
    assert_eq!(row.repair, None);
    let rows = rows(&world, InvitationState::ToSend).await;
    assert_eq!(rows[0].problem, None, "the invitation waits as before");
    let said = story::list(service, admin, anna, None, ALL).await.unwrap();
    assert!(
        said.rows
            .iter()
            .any(|row| row.what.contains("withdrawn") && row.what.contains("wants no messages")),
        "{:?}",
        said.rows
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_resets_it_by_the_way(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let file = "last_name,first_name,email,employee_id\n\
        Horn,Anna,anna@acme.test,E-1\nHorn,Otto,otto@acme.test,E-2\n";
    let brought = imports::bring(service, admin, "people.csv", file.into()).await;
    let import = brought.unwrap();
    let columns = imports::view(service, admin, import).await.unwrap().columns;
    let columns: Vec<_> = columns.iter().map(|column| column.field).collect();
    imports::check(service, admin, import, &columns)
        .await
        .unwrap();
    world.import_settled(import).await;
    imports::run(service, admin, import).await.unwrap();
    world.import_settled(import).await;
    let filter = Filter {
        past: Past {
            opted_out: true,
            ..Past::default()
        },
        ..Filter::default()
    };
    let quiet = async || {
        let found = people::list(service, admin, &filter, ALL).await.unwrap();
        found.rows
    };
    assert!(quiet().await.is_empty());
    let all = people::list(service, admin, &Filter::default(), ALL).await;
    let all = all.unwrap().rows;
    let [anna, otto] = ["Anna", "Otto"].map(|name| {
        let mut rows = all.iter();
        rows.find(|row| row.first_name == name).unwrap().user_id
    });
    for id in [anna, otto] {
        opt_out::record(service, admin, id, true).await.unwrap();
    }
    let found = quiet().await;
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|row| row.opted_out));

    // Another import of the same person, and the form.
    let again = ImportFile::of(
        b"last_name,first_name,email,employee_id\nHorne,Anna,anna@acme.test,E-1\n".to_vec(),
    );
    let report = people::import(service, admin, "again.csv", again, |_| {}).await;
    assert_eq!(report.unwrap().counts.updated, 1);
    world.pass(1_000);
    let view = people::edit::form(service, admin, Some(anna))
        .await
        .unwrap();
    let mut form = view.form;
    form.last_name = "Horn".to_owned();
    people::edit::save(service, admin, Some((anna, view.version)), &form)
        .await
        .unwrap();
    people::edit::set_active(service, admin, anna, false)
        .await
        .unwrap();
    people::edit::set_active(service, admin, anna, true)
        .await
        .unwrap();
    assert_eq!(quiet().await.len(), 2);

    // The file says so, and an import takes it as it is.
    let file = export::people(service, admin, &filter, FileFormat::Csv)
        .await
        .unwrap();
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    let mut lines = text.lines();
    assert!(lines.next().unwrap().ends_with("opted_out"), "{text}");
    assert!(lines.next().unwrap().ends_with("administrator"), "{text}");
    let report = people::import(
        service,
        admin,
        "export.csv",
        ImportFile::of(file.bytes),
        |_| {},
    )
    .await;
    assert_eq!(report.unwrap().counts.unchanged, 2);

    // Undoing the import that made them leaves them, Otto too, who is as it left him.
    imports::undo(service, admin, import).await.unwrap();
    world.import_settled(import).await;
    assert_eq!(quiet().await.len(), 2);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn merging_two_rows_keeps_it_and_their_own_word_outweighs(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let [anna, ben, cleo] = invited(&world).await;
    let merged = async |keep: UserId, other: UserId| {
        let view = merge::preview(service, admin, keep, other).await.unwrap();
        let request = MergeRequest {
            keep: (keep, view.keep.version),
            other: (other, view.other.version),
            from_other: Vec::new(),
        };
        world.pass(1_000);
        let done = merge::merge(service, admin, &request).await;
        assert_eq!(done, Ok(keep));
        let view = opt_out::view(service, admin, keep).await.unwrap();
        view.opted_out
    };
    let secret = secret_of(&world, ben).await;
    wants_none(&world, ben).await;
    // A message about an account is about no training.
    access::invite(service, admin, cleo).await.unwrap();
    opt_out::record(service, admin, anna, true).await.unwrap();
    assert_eq!(merged(anna, ben).await, Some(OptOut::Person));
    // The link in a mail to the row that went still works.
    let page = opt_out::choose(service, &secret, true).await.unwrap();
    assert!(!page.opted_out);
    opt_out::record(service, admin, anna, true).await.unwrap();
    assert_eq!(merged(anna, cleo).await, Some(OptOut::Administrator));
}
