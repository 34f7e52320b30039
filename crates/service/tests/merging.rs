//! Two rows of the directory made one, on both databases.

mod world;

#[path = "merging/lists.rs"]
mod lists;

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

/// Two rows of the directory that are one person: *Anna One* and *Anna Two*, each with an address.
async fn twins(world: &World) -> (UserId, UserId) {
    let [one, two] = ["One", "Two"].map(async |name| {
        let email = format!("{name}@acme.test").to_lowercase();
        world.person("Anna", name, Some(&email), None).await
    });
    (one.await, two.await)
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
#[tokio::test(flavor = "multi_thread")]
async fn merged_both_ways_at_once_one_of_them_stays(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (one, two) = twins(&world).await;
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
