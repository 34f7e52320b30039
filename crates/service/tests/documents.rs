//! Documents and links: who may, what is kept, what trainees see; on both databases.

mod world;

use bytes::Bytes;
use convoke_domain::training::TrainingForm;
use convoke_domain::{
    Actor, ConfirmedBy, DocumentId, InvitationId, InvitationState, Language, Refusal, Role,
    TrainingId,
};
use convoke_service::{documents, space, tokens, trainings};
use convoke_storage::invitations::InvitationFacts;
use convoke_storage::outbox::NewLink;
use convoke_testkit::Database;
use futures::TryStreamExt;
use rstest::rstest;
use world::{World, form, organisation};

async fn upload(
    world: &World,
    actor: &Actor,
    training: TrainingId,
    name: &str,
    content: &'static [u8],
    share: bool,
) -> Result<DocumentId, Refusal> {
    let mut upload = documents::begin_upload(&world.service, actor, training, name).await?;
    for piece in content.chunks(4) {
        upload.write(Bytes::from_static(piece)).await?;
    }
    upload.finish(share).await
}

/// A training with a trainer, and the trainer.
async fn taught(world: &World) -> (TrainingId, Actor) {
    let marc = world
        .person("Marc", "Petit", Some("marc@acme.test"), None)
        .await;
    let typed = TrainingForm {
        trainers: vec![marc],
        ..form("Mine")
    };
    let training = trainings::save(&world.service, &world.admin, None, &typed)
        .await
        .unwrap();
    let trainer = Actor {
        user_id: Some(marc),
        role: Role::Member,
        name: "Marc Petit".into(),
        ..world.admin.clone()
    };
    (training, trainer)
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn documents_are_added_shared_and_taken_away(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (training, trainer) = taught(&world).await;
    let service = &world.service;
    let file = upload(
        &world,
        &trainer,
        training,
        "Plan.pdf",
        b"%PDF-1.4 plan",
        false,
    )
    .await
    .unwrap();
    let link = documents::add_link(
        service,
        &world.admin,
        training,
        " The film ",
        "https://films.example.org/fire?x=1",
        true,
    )
    .await
    .unwrap();

    let list = documents::list(service, &trainer, training).await.unwrap();
    assert_eq!(list.max_bytes, 50_000_000);
    assert!(list.accept.contains(".pdf,") && !list.accept.contains("htm"));
    let rows: Vec<_> = list
        .rows
        .iter()
        .map(|r| {
            (
                r.id,
                r.title.as_str(),
                r.detail.as_str(),
                r.shared.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (file, "Plan.pdf", "PDF · 13 bytes", None),
            (
                link,
                "The film",
                "films.example.org",
                Some("shared today at 10:00")
            ),
        ]
    );

    let organisation = world.admin.organisation_id;
    let opened = documents::open_shared(service, organisation, training, file).await;
    assert_eq!(opened, Err(Refusal::NotFound), "not shared yet");
    documents::share(service, &trainer, file, true)
        .await
        .unwrap();
    world.pass(24 * 3600 * 1000);
    documents::share(service, &trainer, file, true)
        .await
        .unwrap();
    let opened = documents::open_shared(service, organisation, training, file)
        .await
        .unwrap();
    assert_eq!((opened.name.as_str(), opened.size), ("Plan.pdf", 13));
    let part: Vec<Bytes> = opened
        .read(service, Some(9..13))
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(part.concat(), b"plan");
    let mut tx = service.storage.read().await.unwrap();
    let stored = tx.training(organisation, training).await.unwrap().unwrap();
    let shared = documents::shared(service, &mut tx, Language::Fr, &stored)
        .await
        .unwrap();
    drop(tx);
    let shared: Vec<_> = shared.iter().filter_map(|r| r.shared.as_deref()).collect();
    assert_eq!(shared, ["partagé hier à 10:00", "partagé hier à 10:00"]);
    for (training, document) in [(world.training, file), (training, link)] {
        assert_eq!(
            documents::open_shared(service, organisation, training, document).await,
            Err(Refusal::NotFound),
            "of another training; no file"
        );
    }

    documents::share(service, &trainer, file, false)
        .await
        .unwrap();
    assert!(documents::open(service, &trainer, file).await.is_ok());
    documents::delete(service, &trainer, file).await.unwrap();
    assert_eq!(
        documents::delete(service, &trainer, file).await,
        Err(Refusal::NotFound)
    );
    assert!(service.files.keys().await.unwrap().is_empty());
    documents::delete(service, &trainer, link).await.unwrap();
    let list = documents::list(service, &trainer, training).await.unwrap();
    assert!(list.rows.is_empty());
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn only_who_sees_the_training_has_its_documents(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    let (training, trainer) = taught(&world).await;
    let file = upload(&world, &world.admin, training, "Plan.pdf", b"%PDF", true)
        .await
        .unwrap();
    let (stranger, _) = organisation(service, "Other").await;
    let trainee = Actor {
        user_id: Some(world.person("Anna", "Müller", None, None).await),
        ..trainer.clone()
    };
    for actor in [&stranger, &trainee] {
        let refused = Err(Refusal::NotFound);
        assert_eq!(
            documents::list(service, actor, training).await.map(|_| ()),
            refused
        );
        assert_eq!(
            documents::add_link(service, actor, training, "x", "https://x.org", true)
                .await
                .map(|_| ()),
            refused
        );
        assert_eq!(documents::share(service, actor, file, false).await, refused);
        assert_eq!(documents::delete(service, actor, file).await, refused);
        assert_eq!(
            documents::open(service, actor, file).await.map(|_| ()),
            refused
        );
        assert_eq!(
            documents::may_upload(service, actor, training).await,
            refused
        );
        let upload = documents::begin_upload(service, actor, training, "x.pdf").await;
        assert_eq!(upload.map(|_| ()), refused);
    }
    assert_eq!(
        documents::open_shared(service, stranger.organisation_id, training, file).await,
        Err(Refusal::NotFound)
    );
    assert_eq!(
        documents::list(service, &trainer, world.training)
            .await
            .map(|_| ()),
        Err(Refusal::NotFound),
        "a training of somebody else"
    );
    let authorised = world.authorised(&[]);
    assert!(documents::open(service, &authorised, file).await.is_ok());
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn every_change_is_in_the_history_and_moves_the_version(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    let (training, trainer) = taught(&world).await;
    let version = async || {
        let mut tx = service.storage.read().await.unwrap();
        tx.training_versions(&[training]).await.unwrap()[0].1
    };
    let mut last = version().await;
    let mut moved = async || {
        let now = version().await;
        assert!(now > last, "the version did not move");
        world.pass(1);
        last = now;
    };
    let file = upload(&world, &trainer, training, "Plan.pdf", b"%PDF", false)
        .await
        .unwrap();
    moved().await;
    documents::share(service, &trainer, file, true)
        .await
        .unwrap();
    moved().await;
    documents::share(service, &trainer, file, false)
        .await
        .unwrap();
    moved().await;
    documents::delete(service, &trainer, file).await.unwrap();
    moved().await;
    assert_eq!(
        world.history("document.").await,
        [
            "document.added",
            "document.shared",
            "document.taken_back",
            "document.deleted"
        ]
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_space_has_what_is_shared(#[case] kind: Database) {
    let world = World::new(kind).await;
    let service = &world.service;
    let training = world.training;
    let file = upload(&world, &world.admin, training, "Plan.pdf", b"%PDF", true)
        .await
        .unwrap();
    let hidden = upload(
        &world,
        &world.admin,
        training,
        "Answers.pdf",
        b"%PDF",
        false,
    )
    .await
    .unwrap();
    let enter = async |name: &str, state: InvitationState| {
        let user = world.person("Anna", name, None, None).await;
        let id: InvitationId = service.id();
        let link = tokens::new_secret(service);
        let at = service.clock.now();
        let mut tx = service.storage.begin().await.unwrap();
        tx.insert_invitation(&InvitationFacts {
            id,
            organisation_id: world.admin.organisation_id,
            training_id: training,
            user_id: user,
            state,
            confirmed_by: Some(ConfirmedBy::Link),
            confirmed_by_user: None,
            chosen_by: None,
            chosen_at: at,
            sent_count: 1,
            last_sent_at: Some(at),
            answered_at: Some(at),
            problem: None,
        })
        .await
        .unwrap();
        let new = NewLink {
            organisation_id: world.admin.organisation_id,
            invitation_id: id,
            token_hash: tokens::hash(&link),
        };
        tx.add_links(&[new], at).await.unwrap();
        tx.commit().await.unwrap();
        space::enter_by_link(service, &link).await.unwrap()
    };
    let inside = enter("Confirmed", InvitationState::Confirmed).await;
    let view = space::open(service, &inside, Language::En).await.unwrap();
    let titles: Vec<_> = view.documents.iter().map(|d| d.title.as_str()).collect();
    assert_eq!(titles, ["Plan.pdf"]);
    let opened = space::document(service, &inside, file).await.unwrap();
    assert_eq!(opened.name, "Plan.pdf");
    assert_eq!(
        space::document(service, &inside, hidden).await,
        Err(Refusal::NotFound)
    );
    documents::share(service, &world.admin, file, false)
        .await
        .unwrap();
    assert_eq!(
        space::document(service, &inside, file).await,
        Err(Refusal::NotFound),
        "taken back"
    );
    documents::share(service, &world.admin, file, true)
        .await
        .unwrap();
    assert_eq!(
        space::document(service, "nobody", file).await,
        Err(Refusal::NotSignedIn)
    );
    let waiting = enter("Waiting", InvitationState::Waiting).await;
    let view = space::open(service, &waiting, Language::En).await.unwrap();
    assert!(view.documents.is_empty(), "without a place");
    assert_eq!(
        space::document(service, &waiting, file).await,
        Err(Refusal::NotFound)
    );
}
