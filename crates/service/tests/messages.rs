//! The *Messages* page: who sees what, on both databases.

mod world;

use convoke_domain::message::Problem;
use convoke_domain::selection::Change;
use convoke_domain::view::{MessageFilter, MessageRow, Range, SendAction, SendRequest};
use convoke_domain::{Actor, Channel, Fate, GroupId, MessageKind, Refusal, Role, UserId};
use convoke_service::messages;
use convoke_storage::outbox::{Destination, Outcome};
use convoke_testkit::Database;
use rstest::rstest;
use world::sending::{accepted, deliver, press, request};
use world::{World, organisation};

const ALL: Range = Range::new(0, 100);

/// Two people are written to; one of them is of a group.
struct Sent {
    world: World,
    anna: UserId,
    group: GroupId,
}

async fn sent(kind: Database) -> Sent {
    let world = World::new(kind).await;
    let anna = world
        .person("Anna", "Müller", Some("anna@acme.test"), None)
        .await;
    let bob = world
        .person("Bob", "O’Neill", None, Some("+33639980001"))
        .await;
    let group = world.group("Mine", &[anna]).await;
    world.validate(&[Change::Add(vec![anna, bob])]).await;
    assert_eq!(press(&world, &request(&world, SendAction::Send)).await, 2);
    Sent { world, anna, group }
}

async fn list(world: &World, actor: &Actor, fate: Option<Fate>) -> Vec<MessageRow> {
    let filter = MessageFilter {
        fate,
        ..MessageFilter::NONE
    };
    let window = messages::list(&world.service, actor, &filter, ALL)
        .await
        .unwrap();
    assert_eq!(window.total as usize, window.rows.len());
    window.rows
}

fn names(rows: &[MessageRow]) -> Vec<&str> {
    let mut names: Vec<&str> = rows.iter().map(|row| row.to.as_str()).collect();
    names.sort_unstable();
    names
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_administrator_sees_every_message_and_what_became_of_it(#[case] kind: Database) {
    let Sent { world, .. } = sent(kind).await;
    let queued = list(&world, &world.admin, Some(Fate::Queued)).await;
    assert_eq!(names(&queued), ["Anna Müller", "Bob O’Neill"]);
    let before = messages::text(&world.service, &world.admin, queued[0].id)
        .await
        .unwrap();
    assert_eq!(
        (before.address, before.subject, before.text),
        (String::new(), String::new(), String::new()),
        "nothing is written before the first attempt"
    );

    deliver(&world, &accepted()).await;
    assert!(
        list(&world, &world.admin, Some(Fate::Queued))
            .await
            .is_empty()
    );
    let all = list(&world, &world.admin, None).await;
    assert_eq!(names(&all), ["Anna Müller", "Bob O’Neill"]);
    for row in &all {
        assert_eq!(
            (row.kind, row.fate, row.attempts, row.problem),
            (MessageKind::Invitation, Fate::Sent, 1, None)
        );
        assert_eq!(
            row.training.clone(),
            Some((world.training, "Fire Safety".to_owned()))
        );
        // In the training's time zone, one hour ahead of UTC.
        assert_eq!(row.when, "22 November 2026, 10:00");
        let text = messages::text(&world.service, &world.admin, row.id)
            .await
            .unwrap();
        assert_eq!(
            (text.address.as_str(), text.text.as_str()),
            ("someone", "body")
        );
    }
    assert_eq!(
        all.iter()
            .filter(|row| row.channel == Channel::Sms)
            .map(|row| row.to.as_str())
            .collect::<Vec<_>>(),
        ["Bob O’Neill"]
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_newest_stands_first_and_says_what_went_wrong(#[case] kind: Database) {
    let Sent { world, .. } = sent(kind).await;
    deliver(&world, &accepted()).await;
    world.pass(3_600_000);
    let again = SendRequest {
        spare_recent: false,
        ..request(&world, SendAction::Resend)
    };
    assert_eq!(press(&world, &again).await, 2);
    let refused = Outcome::Failed {
        problem: Problem::AddressRefused,
        detail: "550 5.1.1 no such user".into(),
    };
    deliver(&world, &refused).await;

    let first = messages::list(
        &world.service,
        &world.admin,
        MessageFilter::none(),
        Range::new(0, 2),
    )
    .await
    .unwrap();
    assert_eq!((first.total, first.rows.len()), (4, 2));
    for row in &first.rows {
        assert_eq!(
            (row.kind, row.fate, row.problem),
            (
                MessageKind::Resend,
                Fate::Failed,
                Some(Problem::AddressRefused)
            )
        );
        assert_eq!(
            row.problem_detail.as_deref(),
            Some("550 5.1.1 no such user")
        );
    }
    let rest = messages::list(
        &world.service,
        &world.admin,
        MessageFilter::none(),
        Range::new(2, 2),
    )
    .await
    .unwrap();
    assert_eq!((rest.offset, rest.total), (2, 4));
    assert!(rest.rows.iter().all(|row| row.fate == Fate::Sent));
    let failed = list(&world, &world.admin, Some(Fate::Failed)).await;
    assert_eq!(failed.len(), 2);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_scope_hides_messages_to_others(#[case] kind: Database) {
    let Sent { world, group, .. } = sent(kind).await;
    deliver(&world, &accepted()).await;
    let authorised = world.authorised(&[group]);
    assert_eq!(
        names(&list(&world, &authorised, None).await),
        ["Anna Müller"]
    );
    assert_eq!(
        names(&list(&world, &authorised, Some(Fate::Sent)).await),
        ["Anna Müller"]
    );
    let nobody = world.authorised(&[]);
    assert!(list(&world, &nobody, None).await.is_empty());

    // Ids sent by hand find only what the list shows.
    for row in list(&world, &world.admin, None).await {
        let text = messages::text(&world.service, &authorised, row.id).await;
        assert_eq!(text.is_ok(), row.to == "Anna Müller", "{row:?}");
        assert_eq!(
            messages::text(&world.service, &nobody, row.id).await,
            Err(Refusal::NotFound)
        );
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_trainer_has_no_messages(#[case] kind: Database) {
    let Sent { world, anna, .. } = sent(kind).await;
    let mut tx = world.service.storage.begin().await.unwrap();
    tx.set_trainers(world.admin.organisation_id, world.training, &[anna])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let trainer = Actor {
        user_id: Some(anna),
        role: Role::Member,
        name: "Anna Müller".into(),
        ..world.admin.clone()
    };
    let id = list(&world, &world.admin, None).await[0].id;
    assert_eq!(
        messages::list(&world.service, &trainer, MessageFilter::none(), ALL).await,
        Err(Refusal::NotAllowed)
    );
    assert_eq!(
        messages::text(&world.service, &trainer, id).await,
        Err(Refusal::NotAllowed)
    );
    assert_eq!(
        messages::channels(&world.service, &trainer).await,
        Err(Refusal::NotAllowed)
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn another_organisation_has_its_own_messages(#[case] kind: Database) {
    let Sent { world, group, .. } = sent(kind).await;
    deliver(&world, &accepted()).await;
    let (stranger, _) = organisation(&world.service, "Other").await;
    assert!(list(&world, &stranger, None).await.is_empty());
    // A group of this organisation in the scope of somebody in another one opens nothing.
    let forged = Actor {
        role: Role::Authorised,
        scope: vec![group],
        ..stranger.clone()
    };
    assert!(list(&world, &forged, None).await.is_empty());
    for row in list(&world, &world.admin, None).await {
        for actor in [&stranger, &forged] {
            assert_eq!(
                messages::text(&world.service, actor, row.id).await,
                Err(Refusal::NotFound)
            );
        }
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn channels_say_where_they_lead_and_what_stops_them(#[case] kind: Database) {
    let Sent { world, .. } = sent(kind).await;
    let channels = async |actor: &Actor| messages::channels(&world.service, actor).await.unwrap();
    assert!(
        channels(&world.admin).await.is_empty(),
        "no worker ever ran"
    );

    let now = world.service.clock.now();
    let mut tx = world.service.storage.begin().await.unwrap();
    tx.set_destination(
        Channel::Email,
        &Destination {
            address: "smtp://mail.example.org:587".into(),
            is_file: false,
        },
    )
    .await
    .unwrap();
    tx.stop_channel(Channel::Email, now, "535 5.7.8 wrong password")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    for actor in [&world.admin, &world.authorised(&[])] {
        let all = channels(actor).await;
        assert_eq!(all.len(), 1);
        assert_eq!(
            (all[0].channel, all[0].destination.as_str(), all[0].is_file),
            (Channel::Email, "smtp://mail.example.org:587", false)
        );
        assert_eq!(all[0].stopped.as_deref(), Some("535 5.7.8 wrong password"));
    }
}
