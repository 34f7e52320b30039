//! The selection panel for other lists than the participants of a training, on both databases.

mod world;

use convoke_domain::selection::{Change, Filter, PeopleList};
use convoke_domain::training::MAX_TRAINERS;
use convoke_domain::view::{
    HistoryFilter, Range, SelectionQuery, SelectionRow, SelectionView, ValidateOutcome,
    ValidateRequest,
};
use convoke_domain::{Actor, GroupId, Refusal, UserId};
use convoke_service::people::edit;
use convoke_service::{Outcome, history, selection};
use convoke_testkit::Database;
use rstest::rstest;
use world::{World, list};

/// The panel of a list that was opened at `version`, with changes over it.
async fn view(
    world: &World,
    actor: &Actor,
    of: PeopleList,
    (version, changes): (i64, &[Change]),
) -> SelectionView {
    let query = SelectionQuery {
        list: of,
        ..world.query(version, Filter::default(), changes)
    };
    selection::view(&world.service, actor, &query)
        .await
        .unwrap()
}

async fn validate(
    world: &World,
    actor: &Actor,
    of: PeopleList,
    (version, changes): (i64, &[Change]),
) -> Outcome<ValidateOutcome> {
    let request = ValidateRequest {
        list: of,
        changes: list(version, changes),
        tell_removed: true,
    };
    selection::validate(&world.service, actor, &request).await
}

async fn opened(world: &World, group: GroupId) -> i64 {
    let members = PeopleList::Members(group);
    let opened = selection::open(&world.service, &world.admin, members).await;
    opened.unwrap().0
}

fn right(view: &SelectionView) -> &[SelectionRow] {
    &view.participants.as_ref().unwrap().rows
}

fn names(view: &SelectionView) -> Vec<&str> {
    right(view)
        .iter()
        .map(|row| row.last_name.as_str())
        .collect()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_members_of_a_group_are_chosen(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(6).await;
    let group = world.group("Crew", &people[..3]).await;
    // Who is deactivated stays a member until somebody takes them out.
    edit::set_active(&world.service, &world.admin, people[0], false)
        .await
        .unwrap();
    let members = PeopleList::Members(group);
    let version = opened(&world, group).await;
    let before = view(&world, &world.admin, members, (version, &[])).await;
    assert_eq!(names(&before), ["000", "001", "002"]);
    assert!(
        right(&before)
            .iter()
            .all(|row| row.saved && row.state.is_none())
    );
    assert_eq!((before.counts.matching, before.counts.participants), (3, 3));

    let moved = [
        Change::Add(vec![people[4], people[5]]),
        Change::Remove(vec![people[1]]),
    ];
    let moving = view(&world, &world.admin, members, (version, &moved)).await;
    assert_eq!(names(&moving), ["004", "005", "000", "002"]);
    let saved: Vec<bool> = right(&moving).iter().map(|row| row.saved).collect();
    assert_eq!(saved, [false, false, true, true]);
    assert_eq!((moving.counts.added, moving.counts.removed), (2, 1));
    let unsaved = view(&world, &world.admin, members, (version, &[])).await;
    assert_eq!(names(&unsaved).len(), 3, "nothing is saved before Validate");

    world.pass(1_000);
    let outcome = validate(&world, &world.admin, members, (version, &moved)).await;
    let outcome = outcome.unwrap();
    assert_eq!((outcome.added, outcome.removed), (2, 1));
    let after = view(&world, &world.admin, members, (version, &[])).await;
    assert_eq!(names(&after), ["000", "002", "004", "005"]);
    let filter = HistoryFilter::default();
    let lines = history::list(&world.service, &world.admin, &filter, Range::new(0, 1))
        .await
        .unwrap();
    assert_eq!(
        lines.rows[0].what,
        "chose the members of the group Crew: 2 added, 1 taken out"
    );
    // Pressing again does nothing, and says nothing.
    let again = validate(&world, &world.admin, members, (version, &moved)).await;
    assert_eq!(again.map(|done| (done.added, done.removed)), Ok((0, 0)));
    assert_eq!(
        world.history("group.members_chosen").await,
        ["group.members_chosen"]
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_colleagues_changes_of_a_group_are_kept(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(5).await;
    let group = world.group("Crew", &people[..2]).await;
    let members = PeopleList::Members(group);
    let version = opened(&world, group).await;
    // A colleague adds one and takes one out while the panel is open.
    let theirs = [
        Change::Add(vec![people[3]]),
        Change::Remove(vec![people[1]]),
    ];
    validate(&world, &world.admin, members, (version, &theirs))
        .await
        .unwrap();
    // Whoever came since was not seen when *Remove all* was pressed.
    let mine = [Change::RemoveAll, Change::Add(vec![people[4]])];
    let seen = view(&world, &world.admin, members, (version, &mine)).await;
    assert_eq!(names(&seen), ["004", "003"]);
    let outcome = validate(&world, &world.admin, members, (version, &mine)).await;
    assert_eq!(outcome.map(|done| (done.added, done.removed)), Ok((1, 1)));
    let now = opened(&world, group).await;
    let after = view(&world, &world.admin, members, (now, &[])).await;
    assert_eq!(names(&after), ["003", "004"]);

    // Somebody who was deactivated meanwhile is named; a group that is gone is not there.
    edit::set_active(&world.service, &world.admin, people[2], false)
        .await
        .unwrap();
    let late = [Change::Add(vec![people[2]])];
    let outcome = validate(&world, &world.admin, members, (now, &late)).await;
    let name = (people[2], "Person 002".to_owned());
    assert_eq!(outcome.unwrap().not_added, [name]);
    let nowhere = PeopleList::Members(world.service.id());
    assert_eq!(
        validate(&world, &world.admin, nowhere, (now, &late)).await,
        Err(Refusal::NotFound)
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_form_gets_its_trainers_back(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(MAX_TRAINERS + 2).await;
    let group = world.group("Crew", &people[..3]).await;
    let held = Change::Add(vec![people[0], people[9]]);
    let chosen = |outcome: &ValidateOutcome| -> Vec<UserId> {
        outcome.chosen.iter().map(|(id, _)| *id).collect()
    };
    let (admin, trainers) = (&world.admin, PeopleList::Trainers);
    let seen = view(&world, admin, trainers, (1, std::slice::from_ref(&held))).await;
    assert_eq!(names(&seen), ["000", "009"]);
    let moved = [held.clone(), Change::Add(vec![people[1]])];
    let outcome = validate(&world, admin, trainers, (1, &moved))
        .await
        .unwrap();
    assert_eq!(chosen(&outcome).len(), 3);
    assert!(
        outcome
            .chosen
            .contains(&(people[1], "Person 001".to_owned()))
    );
    assert!(world.history("training.changed").await.is_empty());

    // Who may choose from some groups only sees those, and hears who is none of theirs.
    let authorised = world.authorised(&[group]);
    let seen = view(&world, &authorised, trainers, (1, &moved)).await;
    assert_eq!(names(&seen), ["000", "001"]);
    let outcome = validate(&world, &authorised, trainers, (1, &moved)).await;
    let outcome = outcome.unwrap();
    assert_eq!(chosen(&outcome).len(), 2);
    let other = (people[9], "Person 009".to_owned());
    assert_eq!(outcome.not_added, [other]);

    // No more than a training may have.
    let everybody = [Change::AddAll(Filter::default())];
    assert_eq!(
        validate(&world, admin, trainers, (1, &everybody)).await,
        Err(Refusal::Conflict("conflict-too-many-trainers".to_owned()))
    );
    let just_enough = [Change::Add(people[..MAX_TRAINERS].to_vec())];
    let outcome = validate(&world, admin, trainers, (1, &just_enough)).await;
    assert_eq!(outcome.unwrap().chosen.len(), MAX_TRAINERS);
}
