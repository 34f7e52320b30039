//! *Paste e-mails or mobiles*, on both databases: what is sorted how, what is created, and what nobody may learn.

mod world;

use convoke_domain::selection::{Change, Changes, PeopleList};
use convoke_domain::view::{PasteOutcome, PasteRequest, PasteTarget, PasteView};
use convoke_domain::{Actor, InvitationState, Language, Refusal};
use convoke_service::{paste, trainings};
use convoke_testkit::Database;
use rstest::rstest;
use world::World;
use world::offer::block;

fn request(world: &World, text: &str) -> PasteRequest {
    PasteRequest {
        target: PasteTarget::Training(world.training),
        text: text.to_owned(),
        create: true,
        language: Language::Fr,
        user_type: None,
        group: None,
    }
}

async fn preview(world: &World, actor: &Actor, text: &str) -> PasteView {
    let training = PasteTarget::Training(world.training);
    paste::preview(&world.service, actor, &training, text)
        .await
        .unwrap()
}

fn known(view: &PasteView) -> Vec<&str> {
    view.known.iter().map(|p| p.first_name.as_str()).collect()
}

fn left_out(view: &PasteView) -> Vec<(u32, &str, &str)> {
    view.left_out
        .iter()
        .map(|l| (l.line, l.text.as_str(), l.reason.as_str()))
        .collect()
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_sorted_and_put_on_the_list(#[case] kind: Database) {
    let world = World::new(kind).await;
    world
        .person("Anna", "Müller", Some("Anna@x.org"), Some("+33639981234"))
        .await;
    world
        .person("Marc", "Petit", None, Some("+33639981235"))
        .await;
    let there = world
        .person("Tess", "There", Some("there@x.org"), None)
        .await;
    world.validate(&[Change::Add(vec![there])]).await;
    let text = "anna@X.org\n06 39 98 12 34\n06.39.98.12.35\nthere@x.org, not an address\n\
                \"Öztürk, Elif\" <elif@new.org>\nELIF@new.org\nplain@new.org\n+33 6 39 98 12 36";

    let view = preview(&world, &world.admin, text).await;
    assert_eq!(known(&view), ["Anna", "Marc"]);
    assert_eq!(
        view.new
            .iter()
            .map(|n| (
                n.address.as_str(),
                n.first_name.as_str(),
                n.last_name.as_str()
            ))
            .collect::<Vec<_>>(),
        [
            ("elif@new.org", "Elif", "Öztürk"),
            ("plain@new.org", "", ""),
            ("+33639981236", "", ""),
        ]
    );
    assert_eq!(
        left_out(&view),
        [
            (2, "06 39 98 12 34", "paste-twice"),
            (4, "not an address", "paste-unreadable"),
            (4, "there@x.org", "paste-already"),
            (6, "ELIF@new.org", "paste-twice"),
        ]
    );
    // Looking changes nothing.
    assert_eq!(block(&world, InvitationState::ToSend).await, ["Tess There"]);

    let outcome = paste::apply(&world.service, &world.admin, &request(&world, text))
        .await
        .unwrap();
    assert_eq!(
        outcome,
        PasteOutcome {
            chosen: 5,
            created: 3,
            people: Vec::new(),
        }
    );
    // Whoever has no name is called by their address.
    let mut listed: Vec<String> = block(&world, InvitationState::ToSend)
        .await
        .iter()
        .map(|name| name.trim().to_owned())
        .collect();
    listed.sort();
    assert_eq!(
        listed,
        [
            "+33639981236",
            "Anna Müller",
            "Elif Öztürk",
            "Marc Petit",
            "Tess There",
            "plain@new.org",
        ]
    );
    assert_eq!(world.history("selection.validated").await.len(), 2);

    // The same again: everybody is there.
    let again = preview(&world, &world.admin, text).await;
    assert!(again.known.is_empty() && again.new.is_empty(), "{again:?}");
    let refused = paste::apply(&world.service, &world.admin, &request(&world, text)).await;
    assert!(matches!(refused, Err(Refusal::Invalid(_))), "{refused:?}");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn new_people_are_created_only_when_asked(#[case] kind: Database) {
    let world = World::new(kind).await;
    world
        .person("Anna", "Known", Some("anna@x.org"), None)
        .await;
    let without = PasteRequest {
        create: false,
        ..request(&world, "anna@x.org, nobody@x.org")
    };
    let outcome = paste::apply(&world.service, &world.admin, &without)
        .await
        .unwrap();
    assert_eq!((outcome.chosen, outcome.created), (1, 0));
    let view = preview(&world, &world.admin, "nobody@x.org").await;
    assert_eq!(view.new.len(), 1, "nobody was created");
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn an_authorised_user_stays_within_their_groups(#[case] kind: Database) {
    let world = World::new(kind).await;
    let mine = world.person("Mia", "Mine", Some("mine@x.org"), None).await;
    let theirs = world
        .person("Theo", "Theirs", Some("theirs@x.org"), None)
        .await;
    let group = world.group("Mine", &[mine]).await;
    let other = world.group("Theirs", &[theirs]).await;
    // On the list already: that must not be told either.
    world.validate(&[Change::Add(vec![theirs])]).await;
    let actor = world.authorised(&[group]);
    let text = "mine@x.org, theirs@x.org, new@x.org";

    let view = preview(&world, &actor, text).await;
    assert_eq!(known(&view), ["Mia"]);
    assert_eq!(left_out(&view), [(1, "theirs@x.org", "paste-out-of-scope")]);
    assert!(view.group_required);
    assert_eq!(view.groups, [(group, "Mine".to_owned())]);

    for wrong in [None, Some(other)] {
        let wrong = PasteRequest {
            group: wrong,
            ..request(&world, text)
        };
        let refused = paste::apply(&world.service, &actor, &wrong).await;
        assert!(matches!(refused, Err(Refusal::Invalid(_))), "{refused:?}");
    }
    let right = PasteRequest {
        group: Some(group),
        ..request(&world, text)
    };
    let outcome = paste::apply(&world.service, &actor, &right).await.unwrap();
    assert_eq!((outcome.chosen, outcome.created), (2, 1));
    let again = preview(&world, &actor, text).await;
    assert_eq!(
        left_out(&again),
        [
            (1, "mine@x.org", "paste-already"),
            (1, "theirs@x.org", "paste-out-of-scope"),
            (1, "new@x.org", "paste-already"),
        ],
        "the new person is in the group"
    );
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn strangers_long_texts_and_other_trainings_are_refused(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (stranger, _) = world::organisation(&world.service, "Other").await;
    let here = PasteTarget::Training(world.training);
    assert_eq!(
        paste::preview(&world.service, &stranger, &here, "a@x.org").await,
        Err(Refusal::NotFound)
    );
    let elsewhere = PasteTarget::Training(world.service.id());
    assert_eq!(
        paste::preview(&world.service, &world.admin, &elsewhere, "a@x.org").await,
        Err(Refusal::NotFound)
    );
    let addresses = |n: usize| {
        let all: Vec<String> = (0..n).map(|n| format!("p{n}@x.org")).collect();
        all.join("\n")
    };
    let many = addresses(5_001);
    for text in [many, "x".repeat(600_000)] {
        let refused = paste::preview(&world.service, &world.admin, &here, &text).await;
        assert!(matches!(refused, Err(Refusal::Invalid(_))));
    }
    let most = addresses(5_000);
    let outcome = paste::apply(&world.service, &world.admin, &request(&world, &most))
        .await
        .unwrap();
    assert_eq!((outcome.chosen, outcome.created), (5_000, 5_000));
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn the_same_new_people_pasted_at_once_are_created_once(#[case] kind: Database) {
    let world = World::new(kind).await;
    let mut trainings = vec![world.training];
    for n in 0..7 {
        let form = world::form(&format!("Training {n}"));
        let saved = trainings::save(&world.service, &world.admin, None, &form).await;
        trainings.push(saved.unwrap());
    }
    let text: Vec<String> = (0..200).map(|n| format!("p{n}@x.org")).collect();
    let text = text.join(",");
    let mut rush = tokio::task::JoinSet::new();
    for training_id in trainings {
        let (service, admin) = (world.service.clone(), world.admin.clone());
        let request = PasteRequest {
            target: PasteTarget::Training(training_id),
            ..request(&world, &text)
        };
        rush.spawn(async move { paste::apply(&service, &admin, &request).await });
    }
    let mut created = 0;
    while let Some(done) = rush.join_next().await {
        match done.unwrap() {
            Ok(outcome) => {
                assert_eq!(outcome.chosen, 200);
                created += outcome.created;
            }
            // Whoever came at the same moment is told so, and nothing is half done.
            Err(refusal) => assert_eq!(refusal, Refusal::Conflict("conflict-paste-again".into())),
        }
    }
    assert_eq!(created, 200);
}

#[rstest]
#[case(Database::Sqlite)]
#[case(Database::Postgres)]
#[tokio::test]
async fn a_panel_gets_the_people_and_saves_them_itself(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let anna = world.person("Anna", "A", Some("anna@x.org"), None).await;
    let bert = world.person("Bert", "B", Some("bert@x.org"), None).await;
    let cara = world.person("Cara", "C", Some("cara@x.org"), None).await;
    world.validate(&[Change::Add(vec![anna])]).await;
    // In the panel Anna was taken out and Bert moved in; Cara stands where she stood.
    let mut changes = Changes::new(world.version().await);
    changes.push(Change::Remove(vec![anna]));
    changes.push(Change::Add(vec![bert]));
    let participants = PeopleList::Participants(world.training);
    let target = PasteTarget::Panel(participants, changes.clone());
    let text = "anna@x.org, bert@x.org, cara@x.org, dora@x.org";
    let view = paste::preview(service, admin, &target, text).await.unwrap();
    assert_eq!(known(&view), ["Anna", "Cara"]);
    assert_eq!(left_out(&view), [(1, "bert@x.org", "paste-already")]);
    assert_eq!(view.new.len(), 1);

    let request = PasteRequest {
        target,
        ..request(&world, text)
    };
    let before = world.version().await;
    let outcome = paste::apply(service, admin, &request).await.unwrap();
    assert_eq!((outcome.chosen, outcome.created), (0, 1));
    assert_eq!(outcome.people.len(), 3);
    assert!(outcome.people.contains(&anna) && outcome.people.contains(&cara));
    assert_eq!(world.version().await, before, "nobody is on the list yet");
    assert_eq!(block(&world, InvitationState::ToSend).await, ["Anna A"]);
    assert_eq!(world.history("users.pasted").await, ["users.pasted"]);
    // *Validate* saves what the panel made of it.
    let saved = world
        .validate(&[Change::Add(vec![bert]), Change::Add(outcome.people.clone())])
        .await;
    assert_eq!((saved.added, saved.removed), (3, 0));
    assert_eq!(block(&world, InvitationState::ToSend).await.len(), 4);
    // Into the panel of a form that holds its list, too.
    let trainers = PasteTarget::Panel(PeopleList::Trainers, Changes::new(1));
    let view = paste::preview(service, admin, &trainers, text)
        .await
        .unwrap();
    assert_eq!((known(&view).len(), view.new.len()), (4, 0));
}
