//! People created, changed and deactivated; groups, their members, and user types; on both databases.

mod world;

use convoke_domain::person_form::PersonForm;
use convoke_domain::selection::Filter;
use convoke_domain::view::{MembersChange, PeopleChoice, Range};
use convoke_domain::{
    Actor, Channel, FieldError, GroupId, Language, Refusal, Role, UserId, UserState,
};
use convoke_service::people::{self, edit, groups};
use convoke_service::selection;
use convoke_testkit::Database;
use rstest::rstest;
use world::World;

const ALL: Range = Range::new(0, 200);

fn anna() -> PersonForm {
    PersonForm {
        last_name: " Müller ".to_owned(),
        first_name: "Anna".to_owned(),
        email: "Anna@Acme.test".to_owned(),
        mobile: "06 39 98 00 01".to_owned(),
        employee_id: "E-1".to_owned(),
        ..PersonForm::new(Language::Fr)
    }
}

fn refused(field: &str, text: &str) -> Refusal {
    Refusal::Invalid(vec![FieldError::new(field, text)])
}

async fn found(world: &World, text: &str) -> Vec<UserId> {
    let filter = Filter {
        text: text.to_owned(),
        ..Filter::default()
    };
    let list = people::list(&world.service, &world.admin, &filter, ALL).await;
    list.unwrap().rows.iter().map(|row| row.user_id).collect()
}

async fn members(world: &World, group: GroupId) -> Vec<UserId> {
    let filter = Filter {
        groups: vec![group],
        ..Filter::default()
    };
    let list = people::list(&world.service, &world.admin, &filter, ALL).await;
    list.unwrap().rows.iter().map(|row| row.user_id).collect()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_person_is_created_and_changed(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let other = world
        .person("Jo", "Taken", Some("jo@acme.test"), Some("+33639980002"))
        .await;
    let group = world.group("Crew", &[other]).await;
    let begin = edit::form(service, admin, None).await.unwrap();
    assert_eq!(begin.form.user_type, Some(world.user_type));

    // Everything that is wrong is said at once.
    let wrong = PersonForm {
        mobile: "12".to_owned(),
        email: "JO@acme.test".to_owned(),
        groups: vec![service.id()],
        user_type: Some(service.id()),
        ..anna()
    };
    let Err(Refusal::Invalid(problems)) = edit::save(service, admin, None, &wrong).await else {
        panic!("it was taken");
    };
    let problems: Vec<(&str, &str)> = problems
        .iter()
        .map(|problem| (problem.field.as_str(), problem.text.as_str()))
        .collect();
    assert_eq!(
        problems,
        [
            ("mobile", "error-mobile"),
            ("user_type", "error-choose"),
            ("groups", "error-group-gone"),
            ("email", "error-somebody-elses"),
        ]
    );
    let same_number = PersonForm {
        mobile: "+33 6 39 98 00 02".to_owned(),
        ..anna()
    };
    assert_eq!(
        edit::save(service, admin, None, &same_number).await,
        Err(refused("mobile", "error-somebody-elses"))
    );
    assert!(found(&world, "müller").await.is_empty());

    let form = PersonForm {
        groups: vec![group],
        ..anna()
    };
    let id = edit::save(service, admin, None, &form).await.unwrap();
    assert_eq!(found(&world, "muller anna").await, [id]);
    assert_eq!(members(&world, group).await, [id, other]);
    let view = edit::form(service, admin, Some(id)).await.unwrap();
    assert_eq!(
        view.form,
        PersonForm {
            last_name: "Müller".to_owned(),
            email: "Anna@acme.test".to_owned(),
            mobile: "+33639980001".to_owned(),
            user_type: Some(world.user_type),
            ..form
        }
    );
    assert_eq!((view.state, view.is_reader), (UserState::Created, false));

    // Two have the form open; the second one to save hears of it.
    world.pass(1_000);
    let married = PersonForm {
        last_name: "Öztürk".to_owned(),
        channel: Channel::Sms,
        groups: Vec::new(),
        ..view.form.clone()
    };
    let known = Some((id, view.version));
    assert_eq!(edit::save(service, admin, known, &married).await, Ok(id));
    assert_eq!(
        edit::save(service, admin, known, &anna()).await,
        Err(Refusal::Conflict("conflict-person-changed".to_owned()))
    );
    assert_eq!(found(&world, "oeztuerk").await, [id]);
    assert_eq!(members(&world, group).await, [other]);
    let after = edit::form(service, admin, Some(id)).await.unwrap();
    assert_eq!(after.form, married);
    // Saving without a change is no change.
    let known = Some((id, after.version));
    edit::save(service, admin, known, &married).await.unwrap();
    assert_eq!(
        world.history("user.").await,
        ["user.created", "user.changed"]
    );
    let nobody = Some((service.id(), 1));
    assert_eq!(
        edit::save(service, admin, nobody, &anna()).await,
        Err(Refusal::NotFound)
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_same_person_created_at_once_is_one(#[case] kind: Database) {
    let world = World::new(kind).await;
    let attempts = (0..8).map(|_| {
        let (service, admin) = (world.service.clone(), world.admin.clone());
        tokio::spawn(async move { edit::save(&service, &admin, None, &anna()).await })
    });
    let mut created = 0;
    for attempt in attempts.collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Ok(_) => created += 1,
            Err(Refusal::Conflict(key)) => assert_eq!(key, "conflict-person-again"),
            Err(Refusal::Invalid(problems)) => assert!(
                problems
                    .iter()
                    .all(|problem| problem.text == "error-somebody-elses"),
                "{problems:?}"
            ),
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(created, 1);
    assert_eq!(found(&world, "müller").await.len(), 1);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn whoever_is_deactivated_cannot_be_chosen(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let people = world.people(2).await;
    let free = async || {
        let query = world.query(world.version().await, Filter::default(), &[]);
        let view = selection::view(service, admin, &query).await.unwrap();
        let rows = view.users.unwrap().rows;
        rows.iter().map(|row| row.user_id).collect::<Vec<_>>()
    };
    edit::set_active(service, admin, people[0], false)
        .await
        .unwrap();
    // Twice is once.
    edit::set_active(service, admin, people[0], false)
        .await
        .unwrap();
    assert_eq!(free().await, [people[1]]);
    assert_eq!(
        found(&world, "person").await.len(),
        2,
        "they stay in the directory"
    );
    let form = edit::form(service, admin, Some(people[0])).await.unwrap();
    assert_eq!(form.state, UserState::Inactive);
    edit::set_active(service, admin, people[0], true)
        .await
        .unwrap();
    assert_eq!(free().await, people);
    let form = edit::form(service, admin, Some(people[0])).await.unwrap();
    assert_eq!(form.state, UserState::Created, "without a password");
    let themselves = admin.user_id.unwrap();
    assert_eq!(
        edit::set_active(service, admin, themselves, false).await,
        Err(Refusal::Conflict("conflict-yourself".to_owned()))
    );
    let mut history = world.history("user.").await;
    history.sort();
    assert_eq!(history, ["user.deactivated", "user.reactivated"]);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn groups_are_made_filled_and_taken_away(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let people = world.people(12).await;
    let name_taken = Err(refused("name", "error-name-taken"));
    let crew = groups::save_group(service, admin, None, " Crew ")
        .await
        .unwrap();
    assert_eq!(
        groups::save_group(service, admin, None, "Crew").await,
        name_taken
    );
    assert_eq!(
        groups::save_group(service, admin, None, " ").await,
        Err(refused("name", "error-required"))
    );
    let ship = groups::save_group(service, admin, None, "Ship")
        .await
        .unwrap();
    assert_eq!(
        groups::save_group(service, admin, Some(ship), "Crew").await,
        name_taken
    );
    groups::save_group(service, admin, Some(ship), "Boat")
        .await
        .unwrap();

    let change = async |people: PeopleChoice, join: &[GroupId], leave: &[GroupId]| {
        let change = MembersChange {
            people,
            join: join.to_vec(),
            leave: leave.to_vec(),
        };
        groups::change_members(service, admin, &change).await
    };
    let some = PeopleChoice::These(people[..3].to_vec());
    assert_eq!(change(some, &[crew, ship], &[]).await, Ok(3));
    assert_eq!(members(&world, crew).await, people[..3]);
    // Everyone who is called 01…, but one of them.
    let filter = Filter {
        text: "01".to_owned(),
        ..Filter::default()
    };
    let but = PeopleChoice::Matching(filter, vec![people[10]]);
    assert_eq!(change(but, &[crew], &[]).await, Ok(2), "001 and 011");
    assert_eq!(
        members(&world, crew).await,
        [people[0], people[1], people[2], people[11]]
    );
    let crew_members = Filter {
        groups: vec![crew],
        ..Filter::default()
    };
    let everyone = PeopleChoice::Matching(crew_members, Vec::new());
    assert_eq!(change(everyone, &[ship], &[crew]).await, Ok(4));
    assert!(members(&world, crew).await.is_empty());
    assert_eq!(members(&world, ship).await.len(), 4);
    let gone = PeopleChoice::These(vec![people[0]]);
    assert_eq!(
        change(gone, &[service.id()], &[]).await,
        Err(Refusal::Conflict("conflict-group-gone".to_owned()))
    );

    // A group that was somebody's scope leaves them nobody.
    let authorised = Actor {
        role: Role::Authorised,
        scope: vec![ship],
        ..admin.clone()
    };
    let seen = async || {
        let list = people::list(service, &authorised, &Filter::default(), ALL).await;
        list.unwrap().total
    };
    assert_eq!(seen().await, 4);
    groups::delete_group(service, admin, ship).await.unwrap();
    assert_eq!(seen().await, 0);
    assert_eq!(found(&world, "person").await.len(), 12, "the people stay");
    assert_eq!(
        groups::delete_group(service, admin, ship).await,
        Err(Refusal::NotFound)
    );
    let names: Vec<String> = people::choices(service, admin)
        .await
        .unwrap()
        .groups
        .into_iter()
        .map(|group| group.name)
        .collect();
    assert_eq!(names, ["Crew"]);
    // All at one moment of the clock, so in no order.
    let mut history = world.history("group.").await;
    history.sort();
    assert_eq!(
        history,
        [
            "group.created",
            "group.created",
            "group.deleted",
            "group.members_changed",
            "group.members_changed",
            "group.members_changed",
            "group.renamed"
        ]
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_user_type_that_somebody_has_stays(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let intern = groups::save_user_type(service, admin, None, "Intern")
        .await
        .unwrap();
    groups::save_user_type(service, admin, Some(intern), "Trainee")
        .await
        .unwrap();
    assert_eq!(
        groups::save_user_type(service, admin, None, "Trainee").await,
        Err(refused("name", "error-name-taken"))
    );
    let used = Err(Refusal::Conflict("conflict-user-type-used".to_owned()));
    assert_eq!(
        groups::delete_user_type(service, admin, world.user_type).await,
        used
    );
    let form = PersonForm {
        user_type: Some(intern),
        ..anna()
    };
    edit::save(service, admin, None, &form).await.unwrap();
    assert_eq!(groups::delete_user_type(service, admin, intern).await, used);
    let empty = groups::save_user_type(service, admin, None, "Nobody")
        .await
        .unwrap();
    groups::delete_user_type(service, admin, empty)
        .await
        .unwrap();
    let types = people::choices(service, admin).await.unwrap().user_types;
    let names: Vec<(&str, u32)> = types.iter().map(|t| (t.name.as_str(), t.users)).collect();
    assert_eq!(names, [("Collaborator", 0), ("Trainee", 1)]);
}
