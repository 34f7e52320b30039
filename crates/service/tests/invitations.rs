//! The Invitations tab and its buttons, on both databases.

mod world;

use convoke_domain::message::Problem;
use convoke_domain::selection::Change;
use convoke_domain::view::{SendAction, SendOutcome, SendRequest, Split};
use convoke_domain::{Channel, InvitationState, MessageKind, Refusal, Timestamp, UserId};
use convoke_service::{invitations, selection, sending};
use convoke_storage::outbox::Outcome;
use convoke_testkit::Database;
use rstest::rstest;
use world::sending::{accepted, deliver, order, press, request};
use world::{NOW, World, organisation};

async fn counts(world: &World) -> (u32, u32, u32, u32) {
    let c = invitations::blocks(&world.service, &world.admin, world.training, "")
        .await
        .unwrap()
        .summary
        .counts;
    (c.to_send, c.sent, c.confirmed, c.declined)
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_plan_says_exactly_what_happens(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = [
        world
            .person("Anna", "Email", Some("anna@acme.test"), None)
            .await,
        world
            .person("Bob", "Both", Some("bob@acme.test"), Some("+33639980001"))
            .await,
        world.person("Cid", "Sms", None, Some("+33639980002")).await,
        world.person("Dot", "Nothing", None, None).await,
    ];
    world.validate(&[Change::Add(people.to_vec())]).await;

    let plan = sending::send_plan(
        &world.service,
        &world.admin,
        &request(&world, SendAction::Send),
    )
    .await
    .unwrap();
    assert_eq!(
        plan.split,
        Split {
            email: 2,
            sms: 1,
            fallback: 0,
            unreachable: 1,
            opted_out: 0,
        }
    );
    assert_eq!(plan.unreachable, ["Dot Nothing"]);
    let blocks = invitations::blocks(&world.service, &world.admin, world.training, "")
        .await
        .unwrap();
    assert_eq!(
        blocks.summary.to_send, plan.split,
        "the foot of the block says the same as the dialog"
    );
    assert_eq!(blocks.to_send.total, 4);

    assert_eq!(press(&world, &request(&world, SendAction::Send)).await, 3);
    let went_out = deliver(&world, &accepted()).await;
    let by = |channel| went_out.iter().filter(|(_, c, _)| *c == channel).count();
    assert_eq!((by(Channel::Email), by(Channel::Sms)), (2, 1));
    assert_eq!(counts(&world).await, (1, 3, 0, 0));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn pressing_twice_or_at_once_sends_once(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(20).await;
    world.validate(&[Change::Add(people)]).await;
    let request = request(&world, SendAction::Send);
    let plan = sending::send_plan(&world.service, &world.admin, &request)
        .await
        .unwrap();

    let mut presses = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (service, admin) = (world.service.clone(), world.admin.clone());
        let order = order(&request, &plan, None);
        presses.spawn(async move { sending::send(&service, &admin, &order).await });
    }
    let mut queued = Vec::new();
    while let Some(outcome) = presses.join_next().await {
        match outcome.unwrap().unwrap() {
            SendOutcome::Queued(n) => queued.push(n),
            SendOutcome::Changed(plan) => {
                assert_eq!(plan.split.messages(), 0, "nobody is left to write to");
            }
        }
    }
    assert_eq!(queued, [20], "one press queued everyone, the others nobody");
    assert_eq!(deliver(&world, &accepted()).await.len(), 20);
    assert_eq!(deliver(&world, &accepted()).await.len(), 0);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_list_that_changed_under_the_dialog_is_shown_again(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(3).await;
    world.validate(&[Change::Add(people[0..2].to_vec())]).await;
    let request = request(&world, SendAction::Send);
    let plan = sending::send_plan(&world.service, &world.admin, &request)
        .await
        .unwrap();
    world.validate(&[Change::Add(vec![people[2]])]).await;
    let order = order(&request, &plan, None);
    let outcome = sending::send(&world.service, &world.admin, &order)
        .await
        .unwrap();
    let SendOutcome::Changed(now) = outcome else {
        panic!("it was sent to somebody the dialog did not show")
    };
    assert_eq!(now.split.messages(), 3);
    assert_eq!(deliver(&world, &accepted()).await.len(), 0);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn resend_reaches_the_sent_and_nobody_else(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(5).await;
    world.validate(&[Change::Add(people[0..4].to_vec())]).await;
    press(&world, &request(&world, SendAction::Send)).await;
    deliver(&world, &accepted()).await;
    world.validate(&[Change::Add(vec![people[4]])]).await;
    let rows = invitations::blocks(&world.service, &world.admin, world.training, "")
        .await
        .unwrap()
        .sent
        .rows;
    let of = |user: UserId| rows.iter().find(|r| r.user_id == user).unwrap().id;
    invitations::confirm_for(&world.service, &world.admin, of(people[0]))
        .await
        .unwrap();
    assert_eq!(counts(&world).await, (1, 3, 1, 0));

    // Just written to: they are pointed out, and can be spared.
    let plan = sending::send_plan(
        &world.service,
        &world.admin,
        &request(&world, SendAction::Resend),
    )
    .await
    .unwrap();
    assert_eq!((plan.split.messages(), plan.recent), (3, 3));
    let spare = SendRequest {
        spare_recent: true,
        ..request(&world, SendAction::Resend)
    };
    let plan = sending::send_plan(&world.service, &world.admin, &spare)
        .await
        .unwrap();
    assert_eq!((plan.split.messages(), plan.recent), (0, 3));

    world.pass(25 * 60 * 60 * 1_000);
    let plan = sending::send_plan(&world.service, &world.admin, &spare)
        .await
        .unwrap();
    assert_eq!((plan.split.messages(), plan.recent), (3, 0));
    // Ticking somebody who confirmed does not reach them either.
    let ticked = SendRequest {
        only: Some(vec![of(people[0]), of(people[1])]),
        ..request(&world, SendAction::Resend)
    };
    assert_eq!(press(&world, &ticked).await, 1);
    let went_out = deliver(&world, &accepted()).await;
    assert_eq!(
        went_out,
        [(MessageKind::Resend, Channel::Email, of(people[1]))]
    );
    let rows = invitations::blocks(&world.service, &world.admin, world.training, "")
        .await
        .unwrap()
        .sent
        .rows;
    let detail = |user: UserId| {
        rows.iter()
            .find(|r| r.user_id == user)
            .unwrap()
            .detail
            .clone()
    };
    assert_eq!(detail(people[1]), "Sent just now · 1 reminder");
    assert_eq!(detail(people[2]), "Sent yesterday");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_refused_message_stays_to_send_with_its_reason(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(1).await;
    world.validate(&[Change::Add(people)]).await;
    press(&world, &request(&world, SendAction::Send)).await;
    let refused = Outcome::Failed {
        problem: Problem::AddressRefused,
        detail: "550 no such user".into(),
    };
    deliver(&world, &refused).await;
    let blocks = invitations::blocks(&world.service, &world.admin, world.training, "")
        .await
        .unwrap();
    let row = &blocks.to_send.rows[0];
    assert_eq!(
        (row.problem, row.problem_detail.as_deref()),
        (Some(Problem::AddressRefused), Some("550 no such user"))
    );
    // It can be sent again.
    assert_eq!(press(&world, &request(&world, SendAction::Send)).await, 1);
    deliver(&world, &accepted()).await;
    let blocks = invitations::blocks(&world.service, &world.admin, world.training, "")
        .await
        .unwrap();
    assert_eq!(blocks.sent.rows[0].problem, None);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn who_is_taken_out_after_being_written_to_is_told_once(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(4).await;
    world.validate(&[Change::Add(people[0..2].to_vec())]).await;
    press(&world, &request(&world, SendAction::Send)).await;
    deliver(&world, &accepted()).await;
    world.validate(&[Change::Add(people[2..4].to_vec())]).await;
    press(&world, &request(&world, SendAction::Send)).await;

    // One was sent, one is queued still, nobody else is touched.
    let outcome = world
        .validate(&[Change::Remove(vec![people[0], people[2]])])
        .await;
    assert_eq!((outcome.added, outcome.removed), (0, 2));
    let went_out = deliver(&world, &accepted()).await;
    let kinds: Vec<MessageKind> = went_out.iter().map(|(kind, _, _)| *kind).collect();
    assert_eq!(
        kinds
            .iter()
            .filter(|k| **k == MessageKind::Cancellation)
            .count(),
        1
    );
    assert_eq!(
        kinds
            .iter()
            .filter(|k| **k == MessageKind::Invitation)
            .count(),
        1,
        "the withdrawn one did not go out"
    );
    assert_eq!(counts(&world).await, (0, 2, 0, 0));

    // Not told when switched off; chosen again, they start anew.
    let mut quiet = world.request(world.version().await, &[Change::Remove(vec![people[1]])]);
    quiet.tell_removed = false;
    selection::validate(&world.service, &world.admin, &quiet)
        .await
        .unwrap();
    assert_eq!(deliver(&world, &accepted()).await.len(), 0);
    world.validate(&[Change::Add(vec![people[0]])]).await;
    assert_eq!(counts(&world).await, (1, 1, 0, 0));
    assert_eq!(press(&world, &request(&world, SendAction::Send)).await, 1);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn confirming_for_someone_needs_the_right(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(2).await;
    let group = world.group("Mine", &people[0..1]).await;
    world.validate(&[Change::Add(people.clone())]).await;
    press(&world, &request(&world, SendAction::Send)).await;
    deliver(&world, &accepted()).await;
    let rows = invitations::blocks(&world.service, &world.admin, world.training, "")
        .await
        .unwrap()
        .sent
        .rows;
    let of = |user: UserId| rows.iter().find(|r| r.user_id == user).unwrap().id;

    let authorised = world.authorised(&[group]);
    assert_eq!(
        invitations::confirm_for(&world.service, &authorised, of(people[1])).await,
        Err(Refusal::NotFound),
        "out of scope"
    );
    invitations::confirm_for(&world.service, &authorised, of(people[0]))
        .await
        .unwrap();
    let (stranger, _) = organisation(&world.service, "Other").await;
    assert_eq!(
        invitations::confirm_for(&world.service, &stranger, of(people[1])).await,
        Err(Refusal::NotFound)
    );
    let member = convoke_domain::Actor {
        role: convoke_domain::Role::Member,
        ..world.admin.clone()
    };
    assert_eq!(
        invitations::confirm_for(&world.service, &member, of(people[1])).await,
        Err(Refusal::NotAllowed)
    );
    let blocks = invitations::blocks(&world.service, &world.admin, world.training, "")
        .await
        .unwrap();
    assert_eq!(blocks.confirmed.rows[0].detail, "Confirmed by Nadia Roux");
    assert_eq!(counts(&world).await, (0, 1, 1, 0));
}

/// What the databases count as e-mail, SMS, fallback and unreachable is what `Route::choose` says.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn routes_are_counted_as_they_are_chosen(#[case] kind: Database) {
    let world = World::new(kind).await;
    let mut expected = Split::default();
    let mut tx = world.service.storage.begin().await.unwrap();
    for channel in Channel::ALL {
        for (i, (email, mobile)) in [(true, true), (true, false), (false, true), (false, false)]
            .into_iter()
            .enumerate()
        {
            let user_id = world.service.id();
            let tag = format!("{channel}{i}");
            tx.insert_user(&convoke_storage::directory::NewUser {
                id: user_id,
                organisation_id: world.admin.organisation_id,
                last_name: tag.clone(),
                first_name: "Test".into(),
                email: email.then(|| format!("{tag}@acme.test")),
                mobile: mobile
                    .then(|| format!("+3363998{}{i}", u8::from(*channel == Channel::Sms))),
                channel: *channel,
                language: convoke_domain::Language::En,
                user_type_id: world.user_type,
                employee_id: None,
                state: convoke_domain::UserState::Active,
                role: convoke_domain::Role::Member,
                password_hash: None,
                at: Timestamp(NOW),
            })
            .await
            .unwrap();
            match convoke_domain::person::Route::choose(*channel, email, mobile) {
                convoke_domain::person::Route::Unreachable => expected.unreachable += 1,
                route => {
                    expected.fallback +=
                        u32::from(matches!(route, convoke_domain::person::Route::Fallback(_)));
                    match route.channel() {
                        Some(Channel::Email) => expected.email += 1,
                        _ => expected.sms += 1,
                    }
                }
            }
        }
    }
    tx.commit().await.unwrap();
    world
        .validate(&[Change::AddAll(convoke_domain::selection::Filter::default())])
        .await;
    let blocks = invitations::blocks(&world.service, &world.admin, world.training, "")
        .await
        .unwrap();
    assert_eq!(blocks.summary.to_send, expected);
    assert_eq!(blocks.to_send.total, 8);
    let found = invitations::blocks(&world.service, &world.admin, world.training, "email0")
        .await
        .unwrap();
    assert_eq!(found.to_send.total, 1, "find narrows the rows");
    assert_eq!(found.summary.counts.to_send, 8, "and not the counts");
    assert_eq!(InvitationState::ALL.len(), 6);
}
