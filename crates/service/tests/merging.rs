//! Two rows of the directory made one, on both databases.

mod world;

use convoke_domain::registration::{AnswerValue, RegistrationState};
use convoke_domain::selection::Filter;
use convoke_domain::training::TrainingForm;
use convoke_domain::view::{HistoryFilter, MergeField, MergePreview, MergeRequest, Range};
use convoke_domain::{
    Channel, ConfirmedBy, InvitationId, InvitationState, Language, MessageKind, Refusal,
    RegistrationId, Role, TrainingId, UserId,
};
use convoke_service::people::{self, edit, merge};
use convoke_service::{
    export::FileFormat, history, imports, invitations, messages, presence, selection, trainings,
};
use convoke_storage::directory::NewUser;
use convoke_storage::invitations::InvitationFacts;
use convoke_storage::outbox::NewBatch;
use convoke_storage::presence::NewPresence;
use convoke_storage::registration::{NewRegistration, Told};
use convoke_testkit::Database;
use rstest::rstest;
use std::collections::BTreeMap;
use world::offer::{block, fields, link_to, offer, queued};
use world::{World, form, organisation};

const ALL: Range = Range::new(0, 200);

fn conflict<T>(key: &str) -> Result<T, Refusal> {
    Err(Refusal::Conflict(key.to_owned()))
}

async fn preview(world: &World, keep: UserId, other: UserId) -> MergePreview {
    merge::preview(&world.service, &world.admin, keep, other)
        .await
        .unwrap()
}

fn request(view: &MergePreview, from_other: &[MergeField]) -> MergeRequest {
    MergeRequest {
        keep: (view.keep.user_id, view.keep.version),
        other: (view.other.user_id, view.other.version),
        from_other: from_other.to_vec(),
    }
}

/// Merges as the page suggests.
async fn merged(world: &World, keep: UserId, other: UserId) -> MergePreview {
    let view = preview(world, keep, other).await;
    let request = request(&view, &view.suggested());
    world.pass(1_000);
    assert_eq!(
        merge::merge(&world.service, &world.admin, &request).await,
        Ok(keep)
    );
    view
}

async fn found(world: &World, text: &str) -> Vec<UserId> {
    let filter = Filter {
        text: text.to_owned(),
        ..Filter::default()
    };
    let list = people::list(&world.service, &world.admin, &filter, ALL).await;
    let rows = list.unwrap().rows.into_iter();
    rows.filter(|row| !row.similar)
        .map(|row| row.user_id)
        .collect()
}

async fn another_training(world: &World, title: &str) -> TrainingId {
    trainings::save(&world.service, &world.admin, None, &form(title))
        .await
        .unwrap()
}

async fn invited(
    world: &World,
    training_id: TrainingId,
    user_id: UserId,
    state: InvitationState,
) -> InvitationId {
    let now = world.service.clock.now();
    let id = world.service.id();
    let was_sent = state != InvitationState::ToSend;
    let mut tx = world.service.storage.begin().await.unwrap();
    tx.insert_invitation(&InvitationFacts {
        id,
        organisation_id: world.admin.organisation_id,
        training_id,
        user_id,
        state,
        confirmed_by: (state == InvitationState::Confirmed).then_some(ConfirmedBy::Link),
        confirmed_by_user: None,
        chosen_by: world.admin.user_id,
        chosen_at: now,
        sent_count: u32::from(was_sent),
        last_sent_at: was_sent.then_some(now),
        answered_at: None,
        problem: None,
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
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

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn two_people_become_one_with_what_was_chosen(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let anna = world
        .person("Anna", "Müller", Some("anna@acme.test"), None)
        .await;
    let anne = NewUser {
        email: Some("anne@acme.test".to_owned()),
        mobile: Some("+33639980001".to_owned()),
        employee_id: Some("E-7".to_owned()),
        channel: Channel::Sms,
        language: Language::Fr,
        ..world.member("Anne", "Mueller")
    };
    let mut tx = service.storage.begin().await.unwrap();
    tx.insert_user(&anne).await.unwrap();
    tx.commit().await.unwrap();
    world.group("Crew", &[anna, anne.id]).await;
    world.group("Ship", &[anne.id]).await;
    world.group("Anchor", &[anna]).await;
    assert_eq!(found(&world, "mueller").await.len(), 2);

    let view = preview(&world, anna, anne.id).await;
    assert_eq!(view.groups, ["Anchor", "Crew", "Ship"]);
    assert_eq!(
        (view.keep.trainings, view.other.trainings, view.both),
        (0, 0, 0)
    );
    assert_eq!(
        view.suggested(),
        [MergeField::Mobile, MergeField::EmployeeId]
    );
    let request = request(
        &view,
        &[
            MergeField::FirstName,
            MergeField::Email,
            MergeField::Mobile,
            MergeField::Channel,
            MergeField::EmployeeId,
        ],
    );
    world.pass(1_000);
    assert_eq!(merge::merge(service, admin, &request).await, Ok(anna));

    let after = edit::form(service, admin, Some(anna)).await.unwrap();
    let form = after.form;
    assert_eq!(
        (form.first_name.as_str(), form.last_name.as_str()),
        ("Anne", "Müller")
    );
    assert_eq!(
        (form.email.as_str(), form.mobile.as_str()),
        ("anne@acme.test", "+33639980001")
    );
    assert_eq!(
        (form.channel, form.language, form.employee_id.as_str()),
        (Channel::Sms, Language::En, "E-7")
    );
    assert_eq!(form.groups.len(), 3);
    assert_eq!(found(&world, "mueller").await, [anna]);
    assert_eq!(found(&world, "E-7").await, [anna]);
    assert!(found(&world, "anna@acme.test").await.is_empty());
    assert_eq!(
        edit::form(service, admin, Some(anne.id)).await,
        Err(Refusal::NotFound)
    );

    // The history names who was merged into whom; a second time there is nobody.
    let lines = history::list(service, admin, &HistoryFilter::default(), ALL)
        .await
        .unwrap();
    let line = &lines.rows[0];
    assert_eq!(line.what, "merged a duplicate into a person: Anne Mueller");
    assert_eq!(line.person.as_ref().map(|(id, _)| *id), Some(anna));
    assert_eq!(
        merge::merge(service, admin, &request).await,
        Err(Refusal::NotFound)
    );
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
    tx.add_presence(NewPresence {
        invitation: &invitation.unwrap(),
        day: "2026-12-09",
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
    let present = presence::participants(service, admin, world.training, Some("2026-12-09")).await;
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
    let one = world
        .person("Anna", "One", Some("one@acme.test"), None)
        .await;
    let two = world
        .person("Anna", "Two", Some("two@acme.test"), None)
        .await;
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
    let one = world
        .person("Anna", "One", Some("one@acme.test"), None)
        .await;
    let two = world
        .person("Anna", "Two", Some("two@acme.test"), None)
        .await;
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
        (one, &["2026-12-09", "2026-12-10"][..]),
        (two, &["2026-12-09"]),
    ] {
        let invitation = tx
            .invitation_of(world.training, user)
            .await
            .unwrap()
            .unwrap();
        for day in days {
            tx.add_presence(NewPresence {
                invitation: &invitation,
                day,
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
    let messages = messages::list(service, admin, None, ALL).await.unwrap();
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
    assert_eq!(present, [1, 1]);
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
    let one = world.person("Anna", "One", None, None).await;
    let two = world.person("Anna", "Two", None, None).await;
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
async fn who_cannot_be_given_up_is_refused(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let anna = world
        .person("Anna", "Müller", Some("anna@acme.test"), None)
        .await;
    let anne = world.person("Anne", "Mueller", None, None).await;
    let themselves = admin.user_id.unwrap();
    let look = async |keep, other| {
        let seen = merge::preview(service, admin, keep, other).await;
        seen.map(|_| ())
    };
    assert_eq!(look(anna, anna).await, conflict("conflict-merge-same"));
    assert_eq!(look(anna, themselves).await, conflict("conflict-yourself"));
    assert_eq!(look(themselves, anna).await, Ok(()), "the other way round");
    assert_eq!(look(anna, service.id()).await, Err(Refusal::NotFound));

    let at = service.clock.now();
    for (right, password) in [(Role::Authorised, None), (Role::Member, Some("hash"))] {
        let user = NewUser {
            role: right,
            password_hash: password.map(str::to_owned),
            ..world.member("Ines", "Staff")
        };
        let mut tx = service.storage.begin().await.unwrap();
        tx.insert_user(&user).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(
            look(anna, user.id).await,
            conflict("conflict-merge-right"),
            "{right} {password:?}"
        );
        assert_eq!(look(user.id, anna).await, Ok(()));
        let by_hand = MergeRequest {
            keep: (anna, at.0),
            other: (user.id, at.0),
            from_other: Vec::new(),
        };
        assert_eq!(
            merge::merge(service, admin, &by_hand).await,
            conflict("conflict-merge-right")
        );
    }

    // No address would be left, although there is one.
    let view = preview(&world, anna, anne).await;
    let addressless = request(&view, &[MergeField::Email]);
    assert_eq!(
        merge::merge(service, admin, &addressless).await,
        conflict("conflict-merge-address")
    );
    // Either was changed since the preview.
    world.pass(1_000);
    for changed in [anna, anne] {
        let view = preview(&world, anna, anne).await;
        let mut tx = service.storage.begin().await.unwrap();
        tx.set_language(
            admin.organisation_id,
            changed,
            Language::Fr,
            service.clock.now(),
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let late = request(&view, &[]);
        assert_eq!(
            merge::merge(service, admin, &late).await,
            conflict("conflict-person-changed")
        );
        world.pass(1_000);
    }
    // Somebody of another organisation, from both sides.
    let (stranger, _) = organisation(service, "Other").await;
    let theirs = stranger.user_id.unwrap();
    assert_eq!(look(anna, theirs).await, Err(Refusal::NotFound));
    let view = preview(&world, anna, anne).await;
    let from_outside = request(&view, &[]);
    assert_eq!(
        merge::merge(service, &stranger, &from_outside).await,
        Err(Refusal::NotFound)
    );
    assert!(world.history("user.merged").await.is_empty());
    assert_eq!(found(&world, "mueller").await.len(), 2);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn while_a_message_is_handed_over_nothing_is_merged(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    let one = world
        .person("Anna", "One", Some("one@acme.test"), None)
        .await;
    let two = world.person("Anna", "Two", None, None).await;
    let sent = invited(&world, world.training, one, InvitationState::ToSend).await;
    invited(&world, world.training, two, InvitationState::Confirmed).await;
    message(&world, sent, MessageKind::Invitation).await;
    let now = service.clock.now();
    let mut tx = service.storage.begin().await.unwrap();
    let until = now.plus_seconds(60);
    let leased = tx.lease("w", now, until, Channel::ALL, 9).await.unwrap();
    let ids: Vec<_> = leased.iter().map(|leased| leased.id).collect();
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

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn merged_both_ways_at_once_one_of_them_stays(#[case] kind: Database) {
    let world = World::new(kind).await;
    let one = world.person("Anna", "One", None, None).await;
    let two = world.person("Anna", "Two", None, None).await;
    invited(&world, world.training, one, InvitationState::Sent).await;
    invited(&world, world.training, two, InvitationState::Sent).await;
    let tries = [(one, two), (two, one)];
    let mut running = Vec::new();
    for (keep, other) in tries {
        let request = request(&preview(&world, keep, other).await, &[]);
        let (service, admin) = (world.service.clone(), world.admin.clone());
        running.push(tokio::spawn(async move {
            merge::merge(&service, &admin, &request).await
        }));
    }
    let mut done = 0;
    for attempt in running {
        match attempt.await.unwrap() {
            Ok(_) => done += 1,
            Err(refusal) => assert!(
                matches!(refusal, Refusal::NotFound | Refusal::Conflict(_)),
                "{refusal:?}"
            ),
        }
    }
    assert_eq!(done, 1);
    assert_eq!(found(&world, "anna").await.len(), 1);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn undoing_an_import_leaves_whom_somebody_was_merged_with(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let older = world.person("Anna", "Muller", None, None).await;
    let file = "last_name,first_name,email\nMüller,Anna,anna@acme.test\nBrun,Bo,bo@acme.test\n";
    let import = imports::bring(service, admin, "people.csv", file.into())
        .await
        .unwrap();
    let view = imports::view(service, admin, import).await.unwrap();
    let columns: Vec<_> = view.columns.iter().map(|column| column.field).collect();
    imports::check(service, admin, import, &columns)
        .await
        .unwrap();
    world.import_settled(import).await;
    imports::run(service, admin, import).await.unwrap();
    world.import_settled(import).await;
    let imported = found(&world, "anna@acme.test").await[0];
    // Nothing of the imported row changes, and nobody is on a list.
    merged(&world, imported, older).await;

    imports::undo(service, admin, import).await.unwrap();
    let undone = world.import_settled(import).await.undone.unwrap();
    assert_eq!((undone.removed, undone.kept), (1, 1));
    assert_eq!(found(&world, "anna").await, [imported]);
    assert!(found(&world, "bo@acme.test").await.is_empty());
}
