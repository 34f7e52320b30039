//! Files that go with the e-mails of a training: who decides, what is refused, what is shown and sent. On both databases.

mod world;

use convoke_domain::message_text::{MAX_ATTACHED_BYTES, MAX_ATTACHMENTS, TextKey};
use convoke_domain::selection::Change;
use convoke_domain::view::{
    AttachRequest, AttachedFile, SendAction, SendOutcome, TextRequest, TextsView,
};
use convoke_domain::{Channel, DocumentId, Language, MessageKind, Refusal, TrainingId};
use convoke_service::{documents, sending, texts, trainings};
use convoke_storage::documents::{Content, NewDocument, StoredFile};
use convoke_testkit::Database;
use rstest::rstest;
use world::sending::{order, request};
use world::{World, form};

const MAIL: TextKey = TextKey {
    kind: MessageKind::Invitation,
    language: Language::En,
    channel: Channel::Email,
};
const FRENCH: TextKey = TextKey {
    language: Language::Fr,
    ..MAIL
};

/// A file of the training, of which only the row is there.
async fn file(world: &World, training: TrainingId, name: &str, size: u64) -> DocumentId {
    let content = Content::File(StoredFile {
        name: name.to_owned(),
        media_type: "application/pdf".to_owned(),
        size,
        storage_key: name.to_owned(),
    });
    document(world, training, name, content).await
}

async fn document(
    world: &World,
    training: TrainingId,
    title: &str,
    content: Content,
) -> DocumentId {
    let id = world.service.id();
    let mut tx = world.service.storage.begin().await.unwrap();
    tx.insert_document(&NewDocument {
        id,
        organisation_id: world.admin.organisation_id,
        training_id: training,
        title: title.to_owned(),
        content,
        shared: title.starts_with("Shared"),
        by: None,
        at: world.service.clock.now(),
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

async fn tick(
    world: &World,
    key: TextKey,
    document: DocumentId,
    attach: bool,
) -> Result<Vec<DocumentId>, Refusal> {
    let request = AttachRequest {
        training: world.training,
        key,
        document,
        attach,
    };
    texts::attach(&world.service, &world.admin, &request).await
}

async fn view(world: &World) -> TextsView {
    texts::view(&world.service, &world.admin, Some(world.training))
        .await
        .unwrap()
}

fn listed(name: &str, size: &str) -> AttachedFile {
    AttachedFile {
        name: name.to_owned(),
        size: size.to_owned(),
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_file_goes_with_one_kind_in_one_language(#[case] kind: Database) {
    let world = World::new(kind).await;
    let plan = file(&world, world.training, "Plan.pdf", 1_234_567).await;
    let menu = file(&world, world.training, "Shared menu.pdf", 340_000).await;
    let link = Content::Link("https://example.org".to_owned());
    let link = document(&world, world.training, "Film", link).await;

    assert_eq!(tick(&world, MAIL, plan, true).await, Ok(vec![plan]));
    world.pass(1);
    assert_eq!(tick(&world, MAIL, menu, true).await, Ok(vec![plan, menu]));
    assert_eq!(
        tick(&world, MAIL, menu, true).await,
        Ok(vec![plan, menu]),
        "twice is once"
    );
    assert_eq!(tick(&world, FRENCH, menu, true).await, Ok(vec![menu]));
    let shown = view(&world).await;
    assert_eq!(
        shown.attached,
        [(MAIL, vec![plan, menu]), (FRENCH, vec![menu])]
    );
    let files: Vec<_> = shown
        .files
        .iter()
        .map(|f| (f.id, &*f.detail, f.bytes, f.shared))
        .collect();
    assert_eq!(
        files,
        [
            (plan, "PDF · 1.2 MB", 1_234_567, false),
            (menu, "PDF · 340 kB", 340_000, true)
        ],
        "a link is nothing to attach"
    );
    let organisations = texts::view(&world.service, &world.admin, None).await;
    assert!(organisations.unwrap().files.is_empty());

    for (key, document) in [
        (MAIL, link),
        (MAIL, world.service.id()),
        (
            TextKey {
                channel: Channel::Sms,
                ..MAIL
            },
            plan,
        ),
        (
            TextKey {
                kind: MessageKind::EntryCode,
                ..MAIL
            },
            plan,
        ),
    ] {
        assert_eq!(
            tick(&world, key, document, true).await,
            Err(Refusal::NotFound),
            "{key:?}"
        );
    }
    let other = trainings::save(&world.service, &world.admin, None, &form("Other"))
        .await
        .unwrap();
    let theirs = file(&world, other, "Theirs.pdf", 1).await;
    assert_eq!(
        tick(&world, MAIL, theirs, true).await,
        Err(Refusal::NotFound)
    );

    assert_eq!(tick(&world, MAIL, plan, false).await, Ok(vec![menu]));
    assert_eq!(tick(&world, MAIL, plan, false).await, Ok(vec![menu]));
    let mut told = world.history("text.").await;
    told.sort_unstable();
    assert_eq!(
        told,
        [
            "text.attached",
            "text.attached",
            "text.attached",
            "text.detached"
        ],
        "what changes nothing is not told"
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn too_many_and_too_large_is_refused_at_the_field(#[case] kind: Database) {
    let world = World::new(kind).await;
    let refused = |key: &str| Err(Refusal::field("attachments", key));
    for n in 0..MAX_ATTACHMENTS {
        let id = file(&world, world.training, &format!("{n}.pdf"), 1).await;
        tick(&world, MAIL, id, true).await.unwrap();
    }
    let sixth = file(&world, world.training, "6.pdf", 1).await;
    assert_eq!(
        tick(&world, MAIL, sixth, true).await,
        refused("error-attachments-many")
    );
    let large = file(&world, world.training, "large.pdf", MAX_ATTACHED_BYTES).await;
    let too_large = file(&world, world.training, "larger.pdf", MAX_ATTACHED_BYTES + 1).await;
    assert_eq!(
        tick(&world, FRENCH, too_large, true).await,
        refused("error-attachments-large")
    );
    assert_eq!(tick(&world, FRENCH, large, true).await, Ok(vec![large]));
    assert_eq!(
        tick(&world, FRENCH, sixth, true).await,
        refused("error-attachments-large")
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_is_sent_takes_along_what_was_shown(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let anna = world
        .person("Anna", "Müller", Some("anna@acme.test"), None)
        .await;
    world.validate(&[Change::Add(vec![anna])]).await;
    let plan = file(&world, world.training, "Plan.pdf", 1_234_567).await;
    let wanted = request(&world, SendAction::Send);
    let before = sending::send_plan(service, admin, &wanted).await.unwrap();
    assert!(before.preview.as_ref().unwrap().attachments.is_empty());
    // That of another message changes nothing.
    let change = TextKey {
        kind: MessageKind::Change,
        ..MAIL
    };
    tick(&world, change, plan, true).await.unwrap();
    let same = sending::send_plan(service, admin, &wanted).await.unwrap();
    assert_eq!(same.fingerprint, before.fingerprint);

    tick(&world, MAIL, plan, true).await.unwrap();
    let outcome = sending::send(service, admin, &order(&wanted, &before, None)).await;
    let SendOutcome::Changed(now) = outcome.unwrap() else {
        panic!("something was sent that nobody saw");
    };
    let shown = now.preview.as_ref().unwrap();
    assert_eq!(shown.attachments, [listed("Plan.pdf", "1.2 MB")]);
    let one = sending::send_preview(service, admin, &wanted, 0, "")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(one.preview.attachments, shown.attachments);
    let outcome = sending::send(service, admin, &order(&wanted, &now, None)).await;
    assert_eq!(outcome, Ok(SendOutcome::Queued(1)));

    // In the editor: with the training's text, in the reader's own language, and not with the organisation's.
    let french = convoke_domain::Actor {
        language: Language::Fr,
        ..admin.clone()
    };
    let seen = async |training, key| {
        let request = TextRequest {
            training,
            key,
            draft: convoke_domain::message_text::TextDraft {
                subject: "Come".to_owned(),
                body: "Now".to_owned(),
            },
            reader: None,
        };
        let preview = texts::preview(service, &french, &request).await.unwrap();
        preview.attachments
    };
    let training = Some(world.training);
    assert_eq!(seen(training, MAIL).await, [listed("Plan.pdf", "1,2 Mo")]);
    assert!(seen(training, FRENCH).await.is_empty());
    assert!(seen(None, MAIL).await.is_empty());
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_document_that_is_deleted_goes_with_nothing_any_more(#[case] kind: Database) {
    let world = World::new(kind).await;
    let (service, admin) = (&world.service, &world.admin);
    let plan = file(&world, world.training, "Plan.pdf", 9).await;
    let menu = file(&world, world.training, "Menu.pdf", 9).await;
    for key in [MAIL, FRENCH] {
        tick(&world, key, plan, true).await.unwrap();
        tick(&world, key, menu, true).await.unwrap();
    }
    let list = documents::list(service, admin, world.training)
        .await
        .unwrap();
    assert_eq!(
        list.rows[0].attached,
        ["Invitation (English)", "Invitation (French)"]
    );
    documents::delete(service, admin, plan).await.unwrap();
    let left = view(&world).await.attached;
    assert_eq!(left, [(MAIL, vec![menu]), (FRENCH, vec![menu])]);
    let told = world.history("text.detached").await;
    assert_eq!(told.len(), 2, "once for each e-mail");
}
