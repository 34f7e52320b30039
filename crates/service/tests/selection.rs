//! The selection panel and *Validate*, on both databases.

mod world;

use convoke_domain::selection::{Change, Filter, PeopleList};
use convoke_domain::view::{Range, SelectionIdsQuery, Side};
use convoke_domain::{Refusal, UserId, UserState};
use convoke_service::{Service, invitations, selection};
use convoke_storage::directory::UserChange;
use convoke_testkit::Database;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rstest::rstest;
use std::collections::BTreeSet;
use world::{World, list, organisation};

fn text(text: &str) -> Filter {
    Filter {
        text: text.to_owned(),
        ..Filter::default()
    }
}

/// The columns of the panel, their counts and *Validate* say the same as the reference in the domain, for random stories.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn columns_and_counts_are_the_reference(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(12).await;
    let group = world
        .group(
            "Even",
            &people.iter().step_by(2).copied().collect::<Vec<_>>(),
        )
        .await;
    world.validate(&[Change::Add(people[0..4].to_vec())]).await;
    let base = world.version().await;
    // A colleague adds one more after the panel was opened.
    world.validate(&[Change::Add(vec![people[5]])]).await;
    let saved = |i: usize| match i {
        0..=3 => Some(base - 1),
        5 => Some(base + 1),
        _ => None,
    };

    let filters = [
        Filter::default(),
        text("person 00"),
        text("01"),
        Filter {
            groups: vec![group],
            ..Filter::default()
        },
    ];
    let matches = |filter: &Filter, i: usize| {
        let name = format!("{i:03}");
        filter
            .text
            .split_whitespace()
            .all(|w| w == "person" || name.contains(w))
            && (filter.groups.is_empty() || i.is_multiple_of(2))
    };
    let ids = prop::collection::vec(prop::sample::select(people.clone()), 0..4);
    let change = prop_oneof![
        3 => ids.clone().prop_map(Change::Add),
        3 => ids.prop_map(Change::Remove),
        2 => prop::sample::select(filters.to_vec()).prop_map(Change::AddAll),
        1 => Just(Change::RemoveAll),
    ];
    let stories = prop::collection::vec(change, 0..6);
    let mut runner = TestRunner::deterministic();
    for _ in 0..40 {
        let story = stories.new_tree(&mut runner).unwrap().current();
        let changes = list(base, &story);
        let expected: BTreeSet<UserId> = (0..people.len())
            .filter(|i| changes.contains(people[*i], saved(*i), |f| matches(f, *i)))
            .map(|i| people[i])
            .collect();
        let view = selection::view(
            &world.service,
            &world.admin,
            &world.query(base, text("00"), &story),
        )
        .await
        .unwrap();
        let right: BTreeSet<UserId> = view
            .participants
            .unwrap()
            .rows
            .iter()
            .map(|r| r.user_id)
            .collect();
        let left: BTreeSet<UserId> = view.users.unwrap().rows.iter().map(|r| r.user_id).collect();
        let free: BTreeSet<UserId> = (0..10)
            .map(|i| people[i])
            .filter(|id| !expected.contains(id))
            .collect();
        assert_eq!(right, expected, "{story:?}");
        assert_eq!(left, free, "left: who matches and is not right, {story:?}");
        let was: BTreeSet<UserId> = (0..people.len())
            .filter(|i| saved(*i).is_some())
            .map(|i| people[i])
            .collect();
        assert_eq!(view.counts.participants as usize, expected.len());
        assert_eq!(view.counts.matching as usize, free.len());
        assert_eq!(
            view.counts.directory as usize,
            people.len() - expected.len()
        );
        assert_eq!(
            view.counts.added as usize,
            expected.difference(&was).count()
        );
        assert_eq!(
            view.counts.removed as usize,
            was.difference(&expected).count()
        );
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn validate_keeps_what_a_colleague_did(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(6).await;
    world.validate(&[Change::Add(people[0..3].to_vec())]).await;
    let opened = world.version().await;

    // Meanwhile a colleague adds 3 and takes out 0.
    let colleague = convoke_domain::Actor {
        user_id: None,
        name: "Colleague".into(),
        ..world.admin.clone()
    };
    let theirs = world.request(
        opened,
        &[
            Change::Add(vec![people[3]]),
            Change::Remove(vec![people[0]]),
        ],
    );
    selection::validate(&world.service, &colleague, &theirs)
        .await
        .unwrap();

    let mine = world.request(
        opened,
        &[
            Change::Add(vec![people[4]]),
            Change::Remove(vec![people[1]]),
        ],
    );
    let outcome = selection::validate(&world.service, &world.admin, &mine)
        .await
        .unwrap();
    assert_eq!((outcome.added, outcome.removed), (1, 1));
    assert_eq!((outcome.colleague_added, outcome.colleague_removed), (1, 1));

    let view = selection::view(
        &world.service,
        &world.admin,
        &world.query(0, Filter::default(), &[]),
    )
    .await
    .unwrap();
    let right: BTreeSet<UserId> = view
        .participants
        .unwrap()
        .rows
        .iter()
        .map(|r| r.user_id)
        .collect();
    assert_eq!(right, BTreeSet::from([people[2], people[3], people[4]]));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn who_cannot_be_added_is_named(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(3).await;
    let group = world.group("Mine", &people[0..2]).await;
    let authorised = world.authorised(&[group]);
    let request = world.request(world.version().await, &[Change::Add(people.clone())]);
    let outcome = selection::validate(&world.service, &authorised, &request)
        .await
        .unwrap();
    assert_eq!(outcome.added, 2);
    let not_added: Vec<&str> = outcome
        .not_added
        .iter()
        .map(|(_, name)| name.as_str())
        .collect();
    assert_eq!(not_added, ["Person 002"]);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_scope_is_obeyed_everywhere(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(6).await;
    let group = world.group("Mine", &people[0..3]).await;
    let authorised = world.authorised(&[group]);
    world
        .validate(&[Change::Add(vec![people[0], people[5]])])
        .await;
    let version = world.version().await;

    let view = selection::view(
        &world.service,
        &authorised,
        &world.query(version, Filter::default(), &[]),
    )
    .await
    .unwrap();
    assert_eq!(view.counts.directory, 2);
    assert_eq!(view.counts.participants, 1);
    assert_eq!(view.counts.out_of_scope, 1);
    let ids = SelectionIdsQuery {
        query: world.query(version, Filter::default(), &[]),
        side: Side::Users,
        offset: 0,
        limit: 100,
    };
    assert_eq!(
        selection::ids(&world.service, &authorised, &ids)
            .await
            .unwrap(),
        people[1..3]
    );

    // "Remove all" and "Add all" touch nobody outside.
    let all = world.request(
        version,
        &[Change::RemoveAll, Change::AddAll(Filter::default())],
    );
    let outcome = selection::validate(&world.service, &authorised, &all)
        .await
        .unwrap();
    assert_eq!((outcome.added, outcome.removed), (2, 0));
    let none = world.request(world.version().await, &[Change::RemoveAll]);
    let outcome = selection::validate(&world.service, &authorised, &none)
        .await
        .unwrap();
    assert_eq!((outcome.added, outcome.removed), (0, 3));
    let view = selection::view(
        &world.service,
        &world.admin,
        &world.query(0, Filter::default(), &[]),
    )
    .await
    .unwrap();
    let right: Vec<UserId> = view
        .participants
        .unwrap()
        .rows
        .iter()
        .map(|r| r.user_id)
        .collect();
    assert_eq!(right, [people[5]]);
    let blocks = invitations::blocks(&world.service, &authorised, world.training, "")
        .await
        .unwrap();
    assert_eq!(blocks.summary.counts.to_send, 0);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn another_organisation_sees_nothing(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(2).await;
    let (stranger, _) = organisation(&world.service, "Other").await;
    let query = world.query(1, Filter::default(), &[]);
    assert_eq!(
        selection::view(&world.service, &stranger, &query).await,
        Err(Refusal::NotFound)
    );
    let request = world.request(1, &[Change::Add(people.clone())]);
    assert_eq!(
        selection::validate(&world.service, &stranger, &request).await,
        Err(Refusal::NotFound)
    );
    assert_eq!(
        invitations::blocks(&world.service, &stranger, world.training, "")
            .await
            .map(|_| ()),
        Err(Refusal::NotFound)
    );
    // Ids of strangers sent by hand into one's own training are not added.
    let own =
        convoke_service::trainings::save(&world.service, &stranger, None, &world::form("Own"))
            .await
            .unwrap();
    let mut request = world.request(1, &[Change::Add(people)]);
    request.list = PeopleList::Participants(own);
    let outcome = selection::validate(&world.service, &stranger, &request)
        .await
        .unwrap();
    assert_eq!((outcome.added, outcome.not_added.len()), (0, 0));
}

/// The columns are the same whichever database answers: windows join without gaps or repetitions.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn windows_join(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(25).await;
    let mut seen = Vec::new();
    for offset in (0..30).step_by(10) {
        let mut query = world.query(1, Filter::default(), &[]);
        query.users = Some(Range::new(offset, 10));
        query.participants = None;
        let view = selection::view(&world.service, &world.admin, &query)
            .await
            .unwrap();
        assert!(view.participants.is_none());
        seen.extend(view.users.unwrap().rows.into_iter().map(|r| r.user_id));
    }
    assert_eq!(seen, people);
}

/// The directory in memory is as fresh as the database, whoever changed it: this process, another one, or somebody who thought better of it.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_next_search_sees_every_change(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(3).await;
    let elsewhere = Service::new(world.service.storage.clone(), "http://elsewhere.test");
    let seen = async |filter: &Filter| {
        let query = world.query(world.version().await, filter.clone(), &[]);
        let mut found = Vec::new();
        for service in [&world.service, &elsewhere, &world.service] {
            let view = selection::view(service, &world.admin, &query)
                .await
                .unwrap();
            let listed =
                convoke_service::people::list(service, &world.admin, filter, Range::new(0, 200))
                    .await
                    .unwrap();
            let rows = view.users.unwrap().rows;
            assert_eq!(rows.len(), view.counts.matching as usize);
            let names: Vec<String> = rows.into_iter().map(|r| r.last_name).collect();
            // Those who are deactivated are listed among the people, and cannot be chosen.
            let active = listed
                .rows
                .into_iter()
                .filter(|row| row.state != UserState::Inactive);
            assert_eq!(active.map(|row| row.last_name).collect::<Vec<_>>(), names);
            found.push(names);
        }
        assert_eq!(found[0], found[1], "both processes see the same");
        assert_eq!(found[0], found[2]);
        found.remove(0)
    };
    assert_eq!(seen(&text("person")).await, ["000", "001", "002"]);

    let organisation = world.admin.organisation_id;
    world
        .person("Person", "0005", Some("p5@acme.test"), None)
        .await;
    assert_eq!(seen(&text("person")).await, ["000", "0005", "001", "002"]);

    let mut tx = world.service.storage.begin().await.unwrap();
    let mut user = tx.user(organisation, people[1]).await.unwrap().unwrap();
    user.last_name = "Öztürk".to_owned();
    let at = world.service.clock.now();
    let change = UserChange { user: &user, at };
    tx.update_users(organisation, &[change]).await.unwrap();
    drop(tx);
    assert_eq!(seen(&text("person")).await.len(), 4, "undone");
    assert!(seen(&text("oeztuerk")).await.is_empty());
    let mut tx = world.service.storage.begin().await.unwrap();
    let change = UserChange { user: &user, at };
    tx.update_users(organisation, &[change]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        seen(&text("person")).await,
        ["000", "0005", "002", "Öztürk"]
    );
    assert_eq!(seen(&text("oeztuerk")).await, ["Öztürk"]);

    let group = world.group("Late", &[people[1], people[2]]).await;
    let late = Filter {
        groups: vec![group],
        ..Filter::default()
    };
    assert_eq!(seen(&late).await, ["002", "Öztürk"]);
}

/// Those who are nearly called so stand below the others, and are not part of *Add all*.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_typing_error_is_forgiven_below_the_others(#[case] kind: Database) {
    let world = World::new(kind).await;
    let muller = world
        .person("Anna", "Müller", None, Some("+33600000001"))
        .await;
    let muler = world
        .person("Jo", "Muler", None, Some("+33600000002"))
        .await;
    let base = world.version().await;
    let asked = text("muller");
    let view = selection::view(
        &world.service,
        &world.admin,
        &world.query(base, asked.clone(), &[]),
    )
    .await
    .unwrap();
    let rows: Vec<(UserId, bool)> = view
        .users
        .unwrap()
        .rows
        .iter()
        .map(|r| (r.user_id, r.similar))
        .collect();
    assert_eq!(rows, [(muller, false), (muler, true)]);
    assert_eq!((view.counts.matching, view.counts.similar), (1, 1));
    let listed =
        convoke_service::people::list(&world.service, &world.admin, &asked, Range::new(1, 5))
            .await
            .unwrap();
    assert_eq!(listed.total, 2);
    assert_eq!(
        listed
            .rows
            .iter()
            .map(|r| (r.user_id, r.similar))
            .collect::<Vec<_>>(),
        [(muler, true)]
    );
    let outcome = world.validate(&[Change::AddAll(asked)]).await;
    assert_eq!(outcome.added, 1, "as typed only");
}
