//! Texts that an organisation or a training wrote, on their way: on both databases, with a real mail server.

mod world;

use convoke_delivery::link;
use convoke_domain::message_text::{TextDraft, TextKey};
use convoke_domain::view::OrganisationSettings;
use convoke_domain::{Channel, Clock, InvitationState, Language, MessageKind, MessageState};
use convoke_storage::message_texts::{TextChange, TextOwner};
use convoke_storage::outbox::TestMessage;
use convoke_testkit::{Database, Folder, ReceivedMail, SmtpServer};
use rstest::rstest;
use world::{Person, World, by_mail, by_sms, secret_of};

fn draft(subject: &str, body: &str) -> TextDraft {
    TextDraft {
        subject: subject.to_owned(),
        body: body.to_owned(),
    }
}

const fn key(language: Language, channel: Channel) -> TextKey {
    TextKey {
        kind: MessageKind::Invitation,
        language,
        channel,
    }
}

async fn write(world: &World, owner: TextOwner, key: TextKey, draft: &TextDraft) {
    let change = TextChange {
        owner,
        key,
        after: None,
        draft: Some(draft),
        by: None,
        at: world.clock.now(),
    };
    let mut tx = world.storage.begin().await.unwrap();
    assert!(tx.change_text(&change).await.unwrap());
    tx.commit().await.unwrap();
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_is_what_arrives(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let folder = Folder::new("sms");
    let world = World::new(kind).await;
    let ours = TextOwner::Organisation(world.organisation);
    let this = TextOwner::Training(world.organisation, world.training);
    let french = draft("Venez : {titre}", "Chère {prénom},\n\nvoici : {lien}");
    write(&world, ours, key(Language::Fr, Channel::Email), &french).await;
    let english = draft("Ours", "Ours");
    write(&world, ours, key(Language::En, Channel::Email), &english).await;
    let special = draft("Only this: {title}", "Dear {first_name}");
    write(&world, this, key(Language::En, Channel::Email), &special).await;
    let short = draft("", "{organisation}: {link}");
    write(&world, ours, key(Language::En, Channel::Sms), &short).await;
    let options = OrganisationSettings {
        name: "Acme".to_owned(),
        sender_name: "Académie Acme".to_owned(),
        reply_to: "office@acme.example".to_owned(),
        ..OrganisationSettings::default()
    };
    let mut tx = world.storage.begin().await.unwrap();
    tx.set_organisation_settings(world.organisation, &options)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let ids = world
        .choose_all(&[
            by_mail("anna@example.org"),
            Person {
                first: "Zoë {lien}",
                language: Language::Fr,
                ..by_mail("zoe@example.org")
            },
            by_sms("Bob", "+33639980001"),
        ])
        .await;
    let recipients = [
        (ids[0], Channel::Email),
        (ids[1], Channel::Email),
        (ids[2], Channel::Sms),
    ];
    assert_eq!(world.press(MessageKind::Invitation, &recipients).await, 3);
    let sms = format!("file:{}", folder.path().display());
    let worker = world.worker(world.gateways(&smtp.url(), &sms));
    worker.drain().await.unwrap();

    let received = smtp.messages();
    let mail = |to: &str| received.iter().find(|mail| mail.to == [to]).unwrap();
    let (anna, zoe) = (mail("anna@example.org"), mail("zoe@example.org"));
    let text = |mail: &ReceivedMail| mail.text.replace("\r\n", "\n");
    assert_eq!(anna.header("subject"), Some("Only this: First aid"));
    assert!(
        text(anna).starts_with("Dear Anna\n\nFirst aid\n"),
        "{}",
        anna.text
    );
    assert_eq!(zoe.header("subject"), Some("Venez : First aid"));
    let secret = secret_of(&zoe.text);
    let link = format!("https://convoke.example.org/i/{secret}");
    assert!(
        text(zoe).starts_with(&format!(
            "Chère Zoë {{lien}},\n\nvoici : {link}\n\nFirst aid\n"
        )),
        "{}",
        zoe.text
    );
    assert_eq!(
        zoe.text.matches(&link).count(),
        2,
        "in the text and at the button"
    );
    for mail in [anna, zoe] {
        let from = mail.header("from").unwrap();
        assert!(
            from.contains("Académie Acme") && from.contains("<training@example.org>"),
            "{from}"
        );
        let answers = mail.header("reply-to").unwrap();
        assert!(answers.contains("<office@acme.example>"), "{answers}");
        assert_eq!(
            mail.from, "training@example.org",
            "the envelope stays the installation's"
        );
    }
    let file = std::fs::read_dir(folder.path()).unwrap().next().unwrap();
    let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
    assert!(
        text.starts_with("To: +33639980001\n\nAcme: https://convoke.example.org/i/"),
        "{text}"
    );
    // Wherever the link stands, what is kept does not have its secret.
    let mut tx = world.storage.read().await.unwrap();
    let query = convoke_storage::outbox::MessageQuery::all(world.organisation);
    for line in world.messages().await {
        let kept = tx.message_text(&query, line.id).await.unwrap().unwrap();
        let kept = format!("{kept:?}");
        assert!(!kept.contains(secret), "{kept}");
    }
    let led = tx.invitation_by_link(&link::hash(secret)).await.unwrap();
    assert_eq!(led.flatten().map(|i| i.id), Some(ids[1]));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_test_message_says_that_it_is_one(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    let nora = world.somebody("Nora", "nora@example.org").await;
    let mut tx = world.storage.begin().await.unwrap();
    for training_id in [Some(world.training), None] {
        let test = TestMessage {
            key: key(Language::En, Channel::Email),
            training_id,
            draft: draft("To {title}", "Dear {first_name}, {link}"),
            attachments: false,
        };
        tx.enqueue_test(
            world.id(),
            world.organisation,
            nora,
            &test,
            world.clock.now(),
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    let worker = world.mailer(&smtp.url());
    worker.drain().await.unwrap();

    let received = smtp.messages();
    let mut subjects: Vec<_> = received
        .iter()
        .filter_map(|m| m.header("subject"))
        .collect();
    subjects.sort_unstable();
    assert_eq!(
        subjects,
        ["[Test] To Example training", "[Test] To First aid"]
    );
    for mail in &received {
        assert_eq!(mail.to, ["nora@example.org"]);
        assert!(
            mail.text
                .starts_with("Dear Nora, https://convoke.example.org/i/test\r\n"),
            "{}",
            mail.text
        );
        assert!(mail.attachments.is_empty(), "nothing for a calendar");
    }
    for line in world.messages().await {
        assert_eq!(
            (line.kind, line.state),
            (MessageKind::Test, MessageState::Sent)
        );
        assert_eq!(line.training_id, None);
    }
    assert!(world.block(InvitationState::Sent).await.is_empty());
}

/// What only tells something is sent to those whom it concerns, and leaves the invitation as it is.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn reminders_and_changes_reach_whom_they_concern(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    let ids = world
        .invite(&["open@example.org", "comes@example.org"])
        .await;
    let worker = world.mailer(&smtp.url());
    worker.drain().await.unwrap();
    let mut tx = world.storage.begin().await.unwrap();
    let comes = tx
        .invitation(world.organisation, ids[1], None)
        .await
        .unwrap()
        .unwrap();
    let by = Some(convoke_domain::ConfirmedBy::Link);
    tx.set_answer(
        &comes,
        InvitationState::Confirmed,
        by,
        None,
        world.clock.now(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    world.clock.forward(60);

    let both = [(ids[0], Channel::Email), (ids[1], Channel::Email)];
    assert_eq!(world.press(MessageKind::Reminder, &both).await, 1);
    assert_eq!(
        world.press(MessageKind::Resend, &both).await,
        0,
        "one that asks is on its way"
    );
    assert_eq!(world.press(MessageKind::ReminderStart, &both).await, 1);
    assert_eq!(world.press(MessageKind::Change, &both).await, 2);
    assert_eq!(
        world.press(MessageKind::Change, &both).await,
        0,
        "one says it all"
    );
    worker.drain().await.unwrap();

    let mut got: Vec<_> = smtp.messages()[2..]
        .iter()
        .map(|mail| {
            let calendar = mail.attachments.len();
            (
                mail.to[0].clone(),
                mail.header("subject").unwrap().to_owned(),
                calendar,
            )
        })
        .collect();
    got.sort_unstable();
    let mail = |to: &str, subject: &str| (to.to_owned(), format!("{subject}: First aid"), 1);
    assert_eq!(
        got,
        [
            mail("comes@example.org", "Changed"),
            mail("comes@example.org", "See you soon"),
            mail("open@example.org", "Changed"),
            mail("open@example.org", "Please answer"),
        ]
    );
    let sent = &world.block(InvitationState::Sent).await[0];
    assert_eq!(sent.sent_count, 2, "a reminder counts as an invitation");
    let confirmed = &world.block(InvitationState::Confirmed).await[0];
    assert_eq!(confirmed.sent_count, 1, "what asks for nothing does not");

    // Who answers before the reminder goes out does not get it.
    world.clock.forward(60);
    assert_eq!(world.press(MessageKind::Reminder, &both).await, 1);
    let mut tx = world.storage.begin().await.unwrap();
    let open = tx
        .invitation(world.organisation, ids[0], None)
        .await
        .unwrap()
        .unwrap();
    tx.set_answer(
        &open,
        InvitationState::Declined,
        None,
        None,
        world.clock.now(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    worker.drain().await.unwrap();
    assert_eq!(smtp.count(), 6);
}
