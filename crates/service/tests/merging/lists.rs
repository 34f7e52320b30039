//! What becomes of the lists that two people are on.

use super::*;
use convoke_domain::{Attendance, HalfDay};

async fn another_training(world: &World, title: &str) -> TrainingId {
    trainings::save(&world.service, &world.admin, None, &form(title))
        .await
        .unwrap()
}

async fn state_of(
    world: &World,
    training: TrainingId,
    user: UserId,
) -> Option<(InvitationId, InvitationState)> {
    let mut tx = world.service.storage.read().await.unwrap();
    let found = tx.invitation_of(training, user).await.unwrap();
    found.map(|invitation| (invitation.id, invitation.state))
}

/// A message to somebody that waits to be sent.
async fn message(world: &World, invitation: InvitationId, kind: MessageKind) {
    let batch = NewBatch {
        id: world.service.id(),
        organisation_id: world.admin.organisation_id,
        training_id: world.training,
        kind,
        queued_by: world.admin.user_id,
        at: world.service.clock.now(),
        starts_at: world.service.clock.now(),
        planned: false,
    };
    let mut tx = world.service.storage.begin().await.unwrap();
    let count = tx
        .enqueue(&batch, &[(invitation, Channel::Email)])
        .await
        .unwrap();
    assert_eq!(count, 1);
    tx.commit().await.unwrap();
}

/// How many messages wait, whoever looks at them at this moment.
async fn in_progress(world: &World) -> u32 {
    let mut tx = world.service.storage.read().await.unwrap();
    let count = tx.training_messages_in_progress(world.training, None).await;
    count.unwrap()
}

async fn registered(world: &World, user: UserId, name: &str) -> RegistrationId {
    let new = NewRegistration {
        id: world.service.id(),
        submission: world.service.id(),
        organisation_id: world.admin.organisation_id,
        training_id: world.training,
        user_id: Some(user),
        known: true,
        repeated: false,
        first_name: name,
        last_name: "Müller",
        email: None,
        mobile: None,
        language: Language::En,
        form_version: 1,
        state: RegistrationState::Accepted,
        told: Told::Confirmed,
        at: world.service.clock.now(),
    };
    let answers = BTreeMap::from([(fields().fields[2].id, AnswerValue::Choices(vec![2]))]);
    let mut tx = world.service.storage.begin().await.unwrap();
    tx.insert_registration(&new).await.unwrap();
    tx.add_answers(new.organisation_id, world.training, new.id, &answers)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    new.id
}

fn half(text: &str) -> HalfDay {
    text.parse().unwrap()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn everything_of_the_other_becomes_the_kept_ones(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let anna = world.person("Anna", "Müller", None, None).await;
    let twin = world
        .person("Anna", "Mueller", Some("twin@acme.test"), None)
        .await;
    let code = offer(&world, None, |_| ()).await;
    let sent = invited(&world, world.training, twin, InvitationState::Confirmed).await;
    let registration = registered(&world, twin, "Annie").await;
    let elsewhere = another_training(&world, "First aid").await;
    invited(&world, elsewhere, anna, InvitationState::Declined).await;
    let taught = trainings::save(
        service,
        admin,
        None,
        &TrainingForm {
            trainers: vec![twin],
            ..form("Taught")
        },
    )
    .await
    .unwrap();
    let both_teach = trainings::save(
        service,
        admin,
        None,
        &TrainingForm {
            trainers: vec![twin, anna],
            ..form("Taught by both")
        },
    )
    .await
    .unwrap();
    message(&world, sent, MessageKind::Cancellation).await;
    let link = link_to(&world, twin).await;
    let mut tx = service.storage.begin().await.unwrap();
    let invitation = tx.invitation_of(world.training, twin).await.unwrap();
    tx.set_attendance(NewPresence {
        invitation: &invitation.unwrap(),
        half_day: &half("2026-12-09-morning"),
        state: Attendance::Present,
        at: service.clock.now(),
        marked_by: Some(twin),
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let version = world.version().await;

    let view = merged(&world, anna, twin).await;
    assert_eq!(
        (view.keep.trainings, view.other.trainings, view.both),
        (1, 1, 0)
    );
    assert!(world.version().await > version, "open screens refetch");
    assert_eq!(
        state_of(&world, world.training, anna).await,
        Some((sent, InvitationState::Confirmed))
    );
    assert_eq!(state_of(&world, world.training, twin).await, None);
    assert_eq!(
        state_of(&world, elsewhere, anna).await.map(|(_, s)| s),
        Some(InvitationState::Declined)
    );
    let view = world::offer::list(&world, &code).await;
    assert_eq!(world::offer::names(&view), ["Annie Müller"]);
    let present = presence::participants(
        service,
        admin,
        world.training,
        Some(&half("2026-12-09-morning")),
    )
    .await;
    let present = present.unwrap();
    assert_eq!(present.days[0].present, 1);
    let mut tx = service.storage.read().await.unwrap();
    let registrations = tx
        .registrations_of_user(world.training, anna)
        .await
        .unwrap();
    assert_eq!(
        registrations.iter().map(|r| r.id).collect::<Vec<_>>(),
        [registration]
    );
    let trainers: Vec<_> = tx
        .trainers(&[taught, both_teach])
        .await
        .unwrap()
        .into_iter()
        .map(|trainer| (trainer.training_id, trainer.user_id))
        .collect();
    // All made at one moment, so in no order.
    assert_eq!(trainers.len(), 2);
    for training in [taught, both_teach] {
        assert!(trainers.contains(&(training, anna)), "{trainers:?}");
    }
    let hash = convoke_service::tokens::hash(&link);
    let linked = tx.invitation_by_link(&hash).await.unwrap();
    assert_eq!(linked.flatten().map(|i| i.user_id), Some(anna));
    drop(tx);
    assert_eq!(
        queued(&world).await,
        [(MessageKind::Cancellation, Channel::Email)]
    );
    let story = convoke_service::registration::story(service, admin, world.training, anna);
    assert!(story.await.is_ok());
    // The panel, whose saved list is held in memory, has one person.
    let query = world.query(world.version().await, Filter::default(), &[]);
    let panel = selection::view(service, admin, &query).await.unwrap();
    let listed = panel.participants.unwrap().rows;
    assert_eq!(
        listed.iter().map(|row| row.user_id).collect::<Vec<_>>(),
        [anna]
    );
    let file =
        convoke_service::export::participants(service, admin, world.training, FileFormat::Csv);
    let file = String::from_utf8(file.await.unwrap().bytes).unwrap();
    assert!(
        file.contains("Vegetarian"),
        "the answers came along: {file}"
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn of_two_invitations_to_a_training_the_stronger_stays(#[case] kind: Database) {
    use InvitationState as S;
    let world = World::new(kind).await;
    for (n, (kept, other, stays)) in [
        (S::Confirmed, S::Sent, S::Confirmed),
        (S::Sent, S::Confirmed, S::Confirmed),
        (S::Waiting, S::Declined, S::Waiting),
        (S::Sent, S::Declined, S::Declined),
        (S::ToSend, S::Sent, S::Sent),
        (S::Cancelled, S::ToSend, S::ToSend),
    ]
    .into_iter()
    .enumerate()
    {
        let training = another_training(&world, &format!("Training {n}")).await;
        let one = world.person("One", &n.to_string(), None, None).await;
        let two = world.person("Two", &n.to_string(), None, None).await;
        let of_one = invited(&world, training, one, kept).await;
        let of_two = invited(&world, training, two, other).await;
        let view = merged(&world, one, two).await;
        assert_eq!(view.both, 1);
        let expected = if kept == stays { of_one } else { of_two };
        assert_eq!(
            state_of(&world, training, one).await,
            Some((expected, stays)),
            "{kept} and {other}"
        );
        assert_eq!(state_of(&world, training, two).await, None);
        let mut tx = world.service.storage.read().await.unwrap();
        let trainings = tx.trainings_of(world.admin.organisation_id, one, 9).await;
        assert_eq!(trainings.unwrap().len(), 1);
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn of_equal_invitations_the_older_stays_and_is_sent_once(#[case] kind: Database) {
    use InvitationState as S;
    let world = World::new(kind).await;
    let (one, two) = twins(&world).await;
    let older = invited(&world, world.training, two, S::Sent).await;
    world.pass(1_000);
    let newer = invited(&world, world.training, one, S::Sent).await;
    // Both are about to be sent again.
    message(&world, older, MessageKind::Resend).await;
    message(&world, newer, MessageKind::Resend).await;
    merged(&world, one, two).await;
    assert_eq!(
        state_of(&world, world.training, one).await,
        Some((older, S::Sent))
    );
    let once = [(MessageKind::Resend, Channel::Email)];
    assert_eq!(queued(&world).await, once);
    // The next round finds a free number.
    let mut tx = world.service.storage.begin().await.unwrap();
    let withdrawn = tx
        .withdraw_queued(&[older], world.service.clock.now())
        .await;
    assert_eq!(withdrawn.unwrap(), 1);
    tx.commit().await.unwrap();
    message(&world, older, MessageKind::Resend).await;

    // Of somebody who is only about to be invited nothing is lost, and nobody who was invited is invited once more.
    for (kept, kept_waits, other, other_waits, goes_out) in [
        (S::Cancelled, false, S::ToSend, true, true),
        (S::ToSend, false, S::ToSend, true, true),
        (S::ToSend, true, S::ToSend, true, true),
        (S::Sent, false, S::ToSend, true, false),
    ] {
        let before = in_progress(&world).await;
        let name = format!("{kept} {other}");
        let three = world
            .person(
                "Three",
                &name,
                Some(&format!("{kept}3{kept_waits}@acme.test")),
                None,
            )
            .await;
        let four = world
            .person(
                "Four",
                &name,
                Some(&format!("{kept}4{kept_waits}@acme.test")),
                None,
            )
            .await;
        let of_three = invited(&world, world.training, three, kept).await;
        let of_four = invited(&world, world.training, four, other).await;
        for (invitation, waits) in [(of_three, kept_waits), (of_four, other_waits)] {
            if waits {
                message(&world, invitation, MessageKind::Invitation).await;
            }
        }
        merged(&world, three, four).await;
        assert_eq!(
            in_progress(&world).await - before,
            u32::from(goes_out),
            "{name} {kept_waits}"
        );
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_two_invitations_have_comes_together(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let (one, two) = twins(&world).await;
    let code = offer(&world, None, |_| ()).await;
    let weaker = invited(&world, world.training, one, InvitationState::Sent).await;
    world.pass(1_000);
    let stronger = invited(&world, world.training, two, InvitationState::Confirmed).await;
    let links = [link_to(&world, one).await, link_to(&world, two).await];
    registered(&world, one, "First").await;
    registered(&world, two, "Second").await;
    // Both have a message of the same round, and both were there on the first day.
    message(&world, weaker, MessageKind::Resend).await;
    message(&world, weaker, MessageKind::Cancellation).await;
    message(&world, stronger, MessageKind::Cancellation).await;
    let mut tx = service.storage.begin().await.unwrap();
    for (user, days) in [
        (one, &["2026-12-09-morning", "2026-12-10-afternoon"][..]),
        (two, &["2026-12-09-morning", "2026-12-09-afternoon"]),
    ] {
        let invitation = tx
            .invitation_of(world.training, user)
            .await
            .unwrap()
            .unwrap();
        for day in days {
            tx.set_attendance(NewPresence {
                invitation: &invitation,
                half_day: &half(day),
                state: Attendance::Present,
                at: service.clock.now(),
                marked_by: None,
            })
            .await
            .unwrap();
        }
    }
    tx.commit().await.unwrap();

    merged(&world, one, two).await;
    assert_eq!(
        state_of(&world, world.training, one).await,
        Some((stronger, InvitationState::Confirmed))
    );
    let mut tx = service.storage.read().await.unwrap();
    for link in links {
        let hash = convoke_service::tokens::hash(&link);
        let linked = tx.invitation_by_link(&hash).await.unwrap().flatten();
        assert_eq!(linked.map(|i| i.id), Some(stronger));
    }
    drop(tx);
    let messages = messages::list(
        service,
        admin,
        convoke_domain::view::MessageFilter::none(),
        ALL,
    )
    .await
    .unwrap();
    assert_eq!(messages.total, 3);
    assert!(messages.rows.iter().all(|row| row.to == "Anna One"));
    // What the one that went still waited for would say what does not hold any more.
    assert_eq!(
        queued(&world).await,
        [(MessageKind::Cancellation, Channel::Email)]
    );
    let view = presence::participants(service, admin, world.training, None)
        .await
        .unwrap();
    let present: Vec<u32> = view.days.iter().map(|day| day.present).collect();
    assert_eq!(present, [1, 1, 0, 1]);
    assert_eq!(view.rows.len(), 1);
    // Both names stay on the public list, as if the person had registered twice; nobody is counted twice.
    let list = world::offer::list(&world, &code).await;
    assert_eq!(
        world::offer::names(&list),
        ["First Müller", "Second Müller"]
    );
    let blocks = invitations::blocks(service, admin, world.training, "")
        .await
        .unwrap();
    assert_eq!(blocks.summary.counts.confirmed, 1);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_seat_that_was_taken_twice_goes_to_the_first_who_waits(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (one, two) = twins(&world).await;
    let wim = world
        .person("Wim", "Waits", Some("wim@acme.test"), None)
        .await;
    offer(&world, Some(2), |_| ()).await;
    invited(&world, world.training, one, InvitationState::Confirmed).await;
    invited(&world, world.training, two, InvitationState::Confirmed).await;
    invited(&world, world.training, wim, InvitationState::Waiting).await;

    merged(&world, one, two).await;
    assert_eq!(
        block(&world, InvitationState::Confirmed).await,
        ["Anna One", "Wim Waits"]
    );
    assert_eq!(
        queued(&world).await,
        [(MessageKind::PlaceFreed, Channel::Email)]
    );
    assert_eq!(
        world.history("registration.moved").await,
        ["registration.moved_up"]
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn while_a_message_is_handed_over_nothing_is_merged(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    let (one, two) = twins(&world).await;
    let sent = invited(&world, world.training, one, InvitationState::ToSend).await;
    invited(&world, world.training, two, InvitationState::Confirmed).await;
    message(&world, sent, MessageKind::Invitation).await;
    let now = service.clock.now();
    let mut tx = service.storage.begin().await.unwrap();
    let until = now.plus_seconds(60);
    let due = tx.due(Channel::ALL, now, 9).await.unwrap();
    let ids: Vec<_> = due.iter().map(|message| message.id).collect();
    tx.mark_sending("w", &ids, now, until).await.unwrap();
    tx.commit().await.unwrap();

    let view = preview(&world, one, two).await;
    let version = world.version().await;
    assert_eq!(
        merge::merge(service, &world.admin, &request(&view, &[])).await,
        conflict("conflict-merge-sending")
    );
    assert_eq!(world.version().await, version);
    assert_eq!(found(&world, "anna").await.len(), 2);
}
