//! Message texts: who wrote what is said, what is refused, and two who write at once. On both databases.

mod world;

use convoke_domain::message_text::{Placeholder, TextDraft, TextKey};
use convoke_domain::selection::Change;
use convoke_domain::view::{
    MessagePreview, OrganisationSettings, SaveText, SendAction, SendOutcome, TextRequest,
    TextSource, TextView,
};
use convoke_domain::{Actor, Channel, Language, MessageKind, Refusal, TrainingId};
use convoke_service::{sending, settings, texts};
use convoke_testkit::Database;
use rstest::rstest;
use world::World;
use world::sending::{order, request};

const SMS: TextKey = TextKey {
    kind: MessageKind::Invitation,
    language: Language::En,
    channel: Channel::Sms,
};
const MAIL: TextKey = TextKey {
    channel: Channel::Email,
    ..SMS
};

fn draft(subject: &str, body: &str) -> TextDraft {
    TextDraft {
        subject: subject.to_owned(),
        body: body.to_owned(),
    }
}

async fn text(world: &World, training: Option<TrainingId>, key: TextKey) -> TextView {
    let view = texts::view(&world.service, &world.admin, training)
        .await
        .unwrap();
    view.texts.into_iter().find(|text| text.key == key).unwrap()
}

/// Writes over what is there.
async fn write(
    world: &World,
    training: Option<TrainingId>,
    key: TextKey,
    draft: Option<TextDraft>,
) -> Result<TextView, Refusal> {
    let request = SaveText {
        training,
        key,
        draft,
        version: text(world, training, key).await.version,
    };
    texts::save(&world.service, &world.admin, &request).await
}

async fn shown(world: &World) -> MessagePreview {
    sending::send_plan(
        &world.service,
        &world.admin,
        &request(world, SendAction::Send),
    )
    .await
    .unwrap()
    .preview
    .unwrap()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_training_speaks_before_the_organisation_and_that_before_the_catalogue(
    #[case] kind: Database,
) {
    let world = World::new(kind).await;
    let training = Some(world.training);
    let anna = world
        .person("Anna {link}", "Müller", Some("anna@acme.test"), None)
        .await;
    world.validate(&[Change::Add(vec![anna])]).await;

    let built_in = text(&world, training, MAIL).await;
    assert_eq!(
        (built_in.source, built_in.beneath_source),
        (TextSource::BuiltIn, TextSource::BuiltIn)
    );
    assert_eq!(built_in.draft.subject, "Invitation: {title}");
    assert!(built_in.draft.body.starts_with("Hello {first_name},\n\n"));
    assert_eq!(shown(&world).await.subject, "Invitation: Fire Safety");

    let ours = draft(
        "Come to {title}",
        "Dear {First Name},\n\nsee you <b>there</b>.",
    );
    let saved = write(&world, None, MAIL, Some(ours.clone())).await.unwrap();
    assert_eq!(saved.source, TextSource::Organisation);
    assert_eq!(saved.changed, "changed today at 10:00 by Nadia Roux");
    let inherited = text(&world, training, MAIL).await;
    assert_eq!(
        (inherited.draft, inherited.source, inherited.version),
        (ours.clone(), TextSource::Organisation, None)
    );
    let preview = shown(&world).await;
    assert_eq!(preview.subject, "Come to Fire Safety");
    assert!(
        preview
            .text
            .starts_with("Dear Anna {link},\n\nsee you <b>there</b>.\n\nFire Safety\n"),
        "a name with braces stays a name: {}",
        preview.text
    );
    assert!(
        preview.text.contains("Will you attend?"),
        "{}",
        preview.text
    );
    let html = preview.html.unwrap();
    assert!(
        html.contains("see you &lt;b&gt;there&lt;&#x2f;b&gt;."),
        "{html}"
    );

    let theirs = draft("Fire!", "Only this time.");
    let saved = write(&world, training, MAIL, Some(theirs)).await.unwrap();
    assert_eq!((saved.source, saved.beneath), (TextSource::Training, ours));
    assert_eq!(shown(&world).await.subject, "Fire!");
    // The other language and channel are others' texts.
    for key in [
        SMS,
        TextKey {
            language: Language::Fr,
            ..MAIL
        },
    ] {
        let other = text(&world, training, key).await;
        assert_eq!(other.source, TextSource::BuiltIn, "{key:?}");
    }

    let back = write(&world, training, MAIL, None).await.unwrap();
    assert_eq!(back.source, TextSource::Organisation);
    assert_eq!(shown(&world).await.subject, "Come to Fire Safety");
    write(&world, None, MAIL, None).await.unwrap();
    assert_eq!(shown(&world).await.subject, "Invitation: Fire Safety");
    let mut told = world.history("text.").await;
    // All in one millisecond.
    told.sort_unstable();
    assert_eq!(
        told,
        [
            "text.taken_back",
            "text.taken_back",
            "text.written",
            "text.written"
        ]
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_text_that_nobody_could_answer_is_refused_at_its_field(#[case] kind: Database) {
    let world = World::new(kind).await;
    let cancellation = TextKey {
        kind: MessageKind::Cancellation,
        ..SMS
    };
    for (key, typed, wanted) in [
        (
            SMS,
            draft("", "Come to {title}"),
            Some(("body", "error-text-link")),
        ),
        (
            SMS,
            draft("", "{link} {lnk}"),
            Some(("body", "error-text-placeholder")),
        ),
        (SMS, draft("", " "), Some(("body", "error-required"))),
        (
            MAIL,
            draft("{link}", "Come"),
            Some(("subject", "error-text-link-subject")),
        ),
        (MAIL, draft("", "Come"), Some(("subject", "error-required"))),
        (
            MAIL,
            draft("Come", "{code}"),
            Some(("body", "error-text-placeholder")),
        ),
        (SMS, draft("left out", "Come: {link}"), None),
        (MAIL, draft("Come", "Its button has the link."), None),
        (cancellation, draft("", "It is off."), None),
    ] {
        let saved = write(&world, None, key, Some(typed.clone())).await;
        let wanted = wanted.map(|(field, sentence)| Refusal::field(field, sentence));
        assert_eq!(saved.clone().err(), wanted, "{typed:?}");
        if let Ok(text) = saved {
            assert_eq!(text.draft.subject.is_empty(), key.channel == Channel::Sms);
        }
    }
    for kind in [
        MessageKind::EntryCode,
        MessageKind::Account,
        MessageKind::Test,
    ] {
        let request = SaveText {
            training: None,
            key: TextKey { kind, ..MAIL },
            draft: Some(draft("Come", "{link}")),
            version: None,
        };
        let saved = texts::save(&world.service, &world.admin, &request).await;
        assert_eq!(
            saved,
            Err(Refusal::NotFound),
            "{kind} is not theirs to write"
        );
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn of_two_who_write_at_once_the_second_is_told(#[case] kind: Database) {
    let world = World::new(kind).await;
    let save = async |words: Option<&str>, version| {
        let request = SaveText {
            training: None,
            key: SMS,
            draft: words.map(|words| draft("", words)),
            version,
        };
        texts::save(&world.service, &world.admin, &request).await
    };
    let told = || Err(Refusal::Conflict("conflict-text".to_owned()));
    let first = save(Some("One {link}"), None).await.unwrap().version;
    assert_eq!(save(Some("Two {link}"), None).await, told());
    // In the same millisecond.
    let second = save(Some("Two {link}"), first).await.unwrap().version;
    assert!(second > first);
    assert_eq!(save(Some("Three {link}"), first).await, told());
    assert_eq!(save(None, first).await, told());
    assert_eq!(text(&world, None, SMS).await.draft.body, "Two {link}");
    save(None, second).await.unwrap();
    assert_eq!(save(Some("Four {link}"), second).await, told());
    assert_eq!(text(&world, None, SMS).await.version, None);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_is_sent_is_the_text_that_was_shown(#[case] kind: Database) {
    let world = World::new(kind).await;
    let people = world.people(2).await;
    world.validate(&[Change::Add(people)]).await;
    let request = request(&world, SendAction::Send);
    let plan = sending::send_plan(&world.service, &world.admin, &request)
        .await
        .unwrap();
    write(&world, None, MAIL, Some(draft("New", "Words.")))
        .await
        .unwrap();
    let sent = sending::send(&world.service, &world.admin, &order(&request, &plan, None))
        .await
        .unwrap();
    let SendOutcome::Changed(now) = sent else {
        panic!("it was sent with words that nobody was shown");
    };
    assert_eq!(now.preview.as_ref().unwrap().subject, "New");
    let sent = sending::send(&world.service, &world.admin, &order(&request, &now, None)).await;
    assert_eq!(sent, Ok(SendOutcome::Queued(2)));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_text_is_looked_at_as_somebody_real_would_read_it(#[case] kind: Database) {
    let world = World::new(kind).await;
    let zoe = world
        .person("Zoë", "Öztürk", None, Some("+33639980001"))
        .await;
    world.validate(&[Change::Add(vec![zoe])]).await;
    let training = Some(world.training);
    let view = texts::view(&world.service, &world.admin, training)
        .await
        .unwrap();
    assert_eq!(view.training.unwrap().1, "Fire Safety");
    let [reader] = view.readers.as_slice() else {
        panic!("{:?}", view.readers);
    };
    assert_eq!(reader.name, "Zoë Öztürk");

    let look = async |training, key, words: &str, reader| {
        let request = TextRequest {
            training,
            key,
            draft: draft("To {last_name}", words),
            reader,
        };
        texts::preview(&world.service, &world.admin, &request).await
    };
    let preview = look(training, SMS, "{prénom}: {link}", Some(reader.id))
        .await
        .unwrap();
    assert_eq!(preview.to, "Zoë Öztürk");
    assert_eq!(preview.text, "Zoë: [your personal link]");
    let cost = preview.sms.unwrap();
    assert_eq!(cost.costly, ['ë']);
    // As long as it goes out: http://convoke.test/i/ and 32 characters.
    assert_eq!((cost.size.units, cost.size.parts), (5 + 22 + 32, 1));
    let mail = look(training, MAIL, "Here: {link}", None).await.unwrap();
    assert_eq!(
        (mail.to.as_str(), mail.subject.as_str()),
        ("Nadia Roux", "To Roux")
    );
    let html = mail.html.unwrap();
    assert!(
        html.contains("[your personal link]") && !html.contains("href"),
        "{html}"
    );
    // The organisation's texts are about the next training.
    let mail = look(None, MAIL, "{title}", None).await.unwrap();
    assert!(mail.text.starts_with("Fire Safety\n"), "{}", mail.text);
    assert_eq!(
        look(None, MAIL, "{title}", Some(reader.id)).await,
        Err(Refusal::NotFound)
    );

    let values = texts::values(&world.service, &world.admin, training, Some(reader.id))
        .await
        .unwrap();
    let french = &values
        .values
        .iter()
        .find(|(l, _)| *l == Language::Fr)
        .unwrap()
        .1;
    let value = |wanted| &french.iter().find(|(p, _)| *p == wanted).unwrap().1;
    assert_eq!(value(Placeholder::Dates), "9–10 décembre 2026");
    assert_eq!(value(Placeholder::Trainers), "à préciser");
    assert_eq!(
        value(Placeholder::Deadline),
        "9 décembre 2026, 09:00",
        "without a deadline an answer is taken until the start"
    );
    assert_eq!(values.sample_link.len(), 22 + 32);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn tests_go_to_whoever_writes_and_not_without_end(#[case] kind: Database) {
    let world = World::new(kind).await;
    let test = async |actor: &Actor, key, words: &str| {
        let request = TextRequest {
            training: None,
            key,
            draft: draft("Hello", words),
            reader: None,
        };
        texts::send_test(&world.service, actor, &request).await
    };
    let admin = &world.admin;
    assert_eq!(
        test(admin, SMS, "{link}").await,
        Err(Refusal::Conflict("conflict-test-no-mobile".to_owned()))
    );
    assert_eq!(
        test(admin, MAIL, "{nothing}").await,
        Err(Refusal::field("body", "error-text-placeholder"))
    );
    for _ in 0..10 {
        assert_eq!(
            test(admin, MAIL, "Words").await,
            Ok("nadia@acme.test".to_owned())
        );
        world.pass(60_000);
    }
    let Err(Refusal::TooMany { retry_after }) = test(admin, MAIL, "Words").await else {
        panic!("eleven in ten minutes");
    };
    assert_eq!(retry_after, 50 * 60);
    world.pass(i64::from(retry_after) * 1_000);
    assert!(test(admin, MAIL, "Words").await.is_ok());
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_sender_is_a_name_and_an_address_for_answers(#[case] kind: Database) {
    let world = World::new(kind).await;
    let save = async |sender_name: &str, reply_to: &str| {
        let options = OrganisationSettings {
            name: "Acme".to_owned(),
            sender_name: sender_name.to_owned(),
            reply_to: reply_to.to_owned(),
            ..OrganisationSettings::default()
        };
        settings::save(&world.service, &world.admin, &options).await
    };
    assert_eq!(
        save("Acme", "nobody").await,
        Err(Refusal::field("reply_to", "error-email"))
    );
    assert_eq!(
        save(&"a".repeat(81), "").await,
        Err(Refusal::field("sender_name", "error-too-long"))
    );
    save(" Acme Academy ", " Office@ACME.test ").await.unwrap();
    let stored = settings::view(&world.service, &world.admin).await.unwrap();
    assert_eq!(
        (stored.sender_name.as_str(), stored.reply_to.as_str()),
        ("Acme Academy", "Office@acme.test")
    );
}
