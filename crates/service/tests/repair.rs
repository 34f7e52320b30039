//! Putting right what went wrong for one person: correcting the address in place, sending again, and what is heard from outside; on both databases.

mod world;

use convoke_delivery::reports::KEY_NAME;
use convoke_domain::message::Problem;
use convoke_domain::selection::Change;
use convoke_domain::view::{
    ContactForm, InvitationRow, MessageFilter, MessageRow, Range, Repair, Repaired, SendAction,
};
use convoke_domain::{
    Actor, Channel, Fate, InvitationId, InvitationState, MessageId, MessageKind, Refusal, UserId,
};
use convoke_service::{export, history, invitations, messages, repair, reports};
use convoke_storage::outbox::Outcome;
use convoke_testkit::Database;
use rstest::rstest;
use world::World;
use world::sending::{accepted, deliver, press, request};

/// Anna was invited by e-mail.
struct Invited {
    world: World,
    anna: UserId,
}

async fn invited(kind: Database) -> Invited {
    let world = World::new(kind).await;
    let anna = world
        .person("Anna", "Müller", Some("ana@acme.test"), None)
        .await;
    world.validate(&[Change::Add(vec![anna])]).await;
    assert_eq!(press(&world, &request(&world, SendAction::Send)).await, 1);
    Invited { world, anna }
}

impl Invited {
    async fn row(&self) -> (InvitationState, InvitationRow) {
        let view = invitations::blocks(
            &self.world.service,
            &self.world.admin,
            self.world.training,
            "",
        )
        .await
        .unwrap();
        for (state, block) in [
            (InvitationState::ToSend, view.to_send),
            (InvitationState::Sent, view.sent),
            (InvitationState::Confirmed, view.confirmed),
        ] {
            if let Some(row) = block.rows.into_iter().next() {
                return (state, row);
            }
        }
        panic!("nobody is in a block");
    }

    async fn id(&self) -> InvitationId {
        self.row().await.1.id
    }

    async fn messages(&self) -> Vec<MessageRow> {
        let (service, admin) = (&self.world.service, &self.world.admin);
        let all = messages::list(service, admin, MessageFilter::none(), Range::new(0, 20)).await;
        all.unwrap().rows
    }

    /// A mail server returns the last message.
    async fn bounce(&self) -> MessageId {
        let id = self.messages().await[0].id;
        self.bounce_of(id).await;
        id
    }

    async fn bounce_of(&self, id: MessageId) {
        let mail = format!(
            "From: MAILER-DAEMON@x.test\nContent-Type: multipart/report; boundary=B\n\n\
             --B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nAction: failed\nStatus: 5.1.1\n\
             Diagnostic-Code: smtp; 550 no such user\n\n\
             --B\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{id}@example.org>\n\n--B--\n"
        );
        let heard = reports::mail(&self.world.service, mail.as_bytes()).await;
        assert_eq!(heard, Ok(true));
    }

    async fn correct(&self, actor: &Actor, form: &ContactForm) -> Result<Repaired, Refusal> {
        self.world.pass(60_000);
        let id = self.id().await;
        let view = repair::contact(&self.world.service, actor, id).await?;
        repair::correct(&self.world.service, actor, id, view.version, form, true).await
    }
}

fn by_mail(email: &str) -> ContactForm {
    ContactForm {
        email: email.to_owned(),
        mobile: String::new(),
        channel: Channel::Email,
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_bounced_invitation_is_corrected_and_sent_again(#[case] kind: Database) {
    let invited = invited(kind).await;
    let (world, admin) = (&invited.world, &invited.world.admin);
    let service = &world.service;
    deliver(world, &accepted()).await;
    let first = invited.bounce().await;
    let (state, row) = invited.row().await;
    assert_eq!(
        (state, row.problem, row.message),
        (
            InvitationState::Sent,
            Some(Problem::Bounced),
            Some(Fate::Bounced)
        )
    );
    assert_eq!(row.problem_detail.as_deref(), Some("550 no such user"));
    assert!(row.when.contains("bounced"), "{}", row.when);
    let message = invited.messages().await.remove(0);
    assert_eq!(message.repair, Some(Repair::Invitation(row.id)));
    assert_eq!(message.problem, Some(Problem::Bounced));

    let view = repair::contact(service, admin, row.id).await.unwrap();
    assert_eq!(view.form, by_mail("ana@acme.test"));
    assert_eq!(view.problem, Some(Problem::Bounced));
    assert_eq!(view.tried.as_deref(), Some("someone"));
    assert!(view.may_correct);
    let done = invited.correct(admin, &by_mail("anna@acme.test")).await;
    assert_eq!(done, Ok(Repaired::Queued));
    let (state, row) = invited.row().await;
    assert_eq!(
        (state, row.problem, row.message),
        (InvitationState::Sent, None, Some(Fate::Queued))
    );
    let went = deliver(world, &accepted()).await;
    assert_eq!(went, [(MessageKind::Resend, Channel::Email, row.id)]);
    let mut tx = service.storage.read().await.unwrap();
    let user = tx.user(admin.organisation_id, invited.anna).await;
    assert_eq!(
        user.unwrap().unwrap().email.as_deref(),
        Some("anna@acme.test")
    );
    drop(tx);

    // Pressing once more, by an old window, is refused: the person is another one by now.
    let again = repair::correct(service, admin, row.id, view.version, &view.form, true).await;
    assert_eq!(
        again,
        Err(Refusal::Conflict("conflict-person-changed".to_owned()))
    );
    // What is heard of the first message late is no problem of the second.
    invited.bounce_of(first).await;
    let (_, row) = invited.row().await;
    assert_eq!(row.problem, None);

    // All of it is in the story, each with its words.
    let story = history::story::list(
        service,
        admin,
        invited.anna,
        Some(world.training),
        Range::new(0, 50),
    )
    .await
    .unwrap();
    let told: Vec<_> = story.rows.iter().map(|row| row.what.as_str()).collect();
    for words in [
        "wrote an e-mail: Invitation, sent",
        "the e-mail bounced: Invitation (550 no such user)",
        "wrote to this person again",
        "wrote an e-mail: Resent invitation, sent",
    ] {
        assert!(told.contains(&words), "{words:?} in {told:#?}");
    }
    let everything = history::story::list(service, admin, invited.anna, None, Range::new(0, 50))
        .await
        .unwrap();
    assert!(
        everything
            .rows
            .iter()
            .any(|row| row.what == "changed this person")
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_refused_address_is_replaced_by_the_other_channel(#[case] kind: Database) {
    let invited = invited(kind).await;
    let world = &invited.world;
    let refused = Outcome::Failed {
        problem: Problem::AddressRefused,
        detail: "550 5.1.1".into(),
    };
    deliver(world, &refused).await;
    let form = ContactForm {
        email: String::new(),
        mobile: "06 39 98 00 01".to_owned(),
        channel: Channel::Sms,
    };
    assert_eq!(
        invited.correct(&world.admin, &form).await,
        Ok(Repaired::Queued)
    );
    let went = deliver(world, &accepted()).await;
    assert_eq!(
        went,
        [(MessageKind::Invitation, Channel::Sms, invited.id().await)]
    );
    let (state, row) = invited.row().await;
    assert_eq!((state, row.problem), (InvitationState::Sent, None));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn what_waits_for_its_next_attempt_goes_to_the_new_address_at_once(#[case] kind: Database) {
    let invited = invited(kind).await;
    let world = &invited.world;
    let later = Outcome::Retry {
        at: world.service.clock.now().plus_seconds(3_600),
        detail: "451 later".into(),
    };
    deliver(world, &later).await;
    assert_eq!(invited.row().await.1.problem, Some(Problem::Retrying));
    let form = by_mail("anna@acme.test");
    assert_eq!(
        invited.correct(&world.admin, &form).await,
        Ok(Repaired::Queued)
    );
    assert_eq!(deliver(world, &accepted()).await.len(), 1, "one message");
    let fates: Vec<_> = invited.messages().await.iter().map(|m| m.fate).collect();
    assert_eq!(fates, [Fate::Sent, Fate::Cancelled]);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn wrong_addresses_are_said_at_their_field_and_nothing_is_saved(#[case] kind: Database) {
    let invited = invited(kind).await;
    let world = &invited.world;
    deliver(world, &accepted()).await;
    invited.bounce().await;
    let bob = world
        .person("Bob", "O’Neill", Some("bob@acme.test"), None)
        .await;
    for (email, field, key) in [
        ("", "email", "error-no-address"),
        ("anna@", "email", "error-email"),
    ] {
        assert_eq!(
            invited.correct(&world.admin, &by_mail(email)).await,
            Err(Refusal::field(field, key)),
            "{email}"
        );
    }
    let no_mobile = ContactForm {
        mobile: "12".to_owned(),
        ..by_mail("anna@acme.test")
    };
    assert_eq!(
        invited.correct(&world.admin, &no_mobile).await,
        Err(Refusal::field("mobile", "error-mobile"))
    );
    let bobs = by_mail("BOB@acme.test");
    assert_eq!(
        invited.correct(&world.admin, &bobs).await,
        Ok(Repaired::SomebodyElses {
            channel: Channel::Email,
            name: "Bob O’Neill".to_owned()
        })
    );
    // Who may not see Bob is not told whose it is.
    let mine = world.group("Mine", &[invited.anna]).await;
    let authorised = world.authorised(&[mine]);
    assert_eq!(
        invited.correct(&authorised, &bobs).await,
        Err(Refusal::field("email", "error-somebody-elses"))
    );
    let _ = bob;
    assert_eq!(invited.messages().await.len(), 1, "nothing is sent");
    assert_eq!(invited.row().await.1.problem, Some(Problem::Bounced));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_authorised_user_does_not_change_how_somebody_signs_in(#[case] kind: Database) {
    let invited = invited(kind).await;
    let world = &invited.world;
    deliver(world, &accepted()).await;
    invited.bounce().await;
    let mine = world.group("Mine", &[invited.anna]).await;
    let authorised = world.authorised(&[mine]);
    let done = invited
        .correct(&authorised, &by_mail("anna@acme.test"))
        .await;
    assert_eq!(done, Ok(Repaired::Queued), "within the scope");
    deliver(world, &accepted()).await;

    let mut tx = world.service.storage.begin().await.unwrap();
    tx.set_password(
        world.admin.organisation_id,
        invited.anna,
        "hash",
        world.service.clock.now(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let view = repair::contact(&world.service, &authorised, invited.id().await)
        .await
        .unwrap();
    assert!(!view.may_correct);
    let taken_over = by_mail("evil@example.org");
    assert_eq!(
        invited.correct(&authorised, &taken_over).await,
        Err(Refusal::Conflict("conflict-contact-account".to_owned()))
    );
    assert_eq!(
        invited.correct(&world.admin, &taken_over).await,
        Ok(Repaired::Queued)
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_doubtful_message_is_sent_again_or_known_to_have_arrived(#[case] kind: Database) {
    for arrived in [true, false] {
        let invited = invited(kind).await;
        let world = &invited.world;
        let service = &world.service;
        let doubt = Outcome::Uncertain {
            detail: "no answer in time".into(),
        };
        deliver(world, &doubt).await;
        let id = invited.id().await;
        assert_eq!(invited.row().await.1.problem, Some(Problem::Uncertain));
        if arrived {
            repair::it_arrived(service, &world.admin, id).await.unwrap();
            let (state, row) = invited.row().await;
            assert_eq!((state, row.problem), (InvitationState::Sent, None));
            assert_eq!(
                repair::it_arrived(service, &world.admin, id).await,
                Err(Refusal::Conflict("conflict-message-state".to_owned()))
            );
        } else {
            let done = repair::send_again(service, &world.admin, id).await;
            assert_eq!(done, Ok(Repaired::Queued));
            let done = repair::send_again(service, &world.admin, id).await;
            assert_eq!(done, Ok(Repaired::OnItsWay), "pressed twice");
            assert_eq!(deliver(world, &accepted()).await.len(), 1);
            assert_eq!(invited.row().await.0, InvitationState::Sent);
        }
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_failed_message_is_tried_again_from_the_list(#[case] kind: Database) {
    let invited = invited(kind).await;
    let world = &invited.world;
    let service = &world.service;
    let gave_up = Outcome::Failed {
        problem: Problem::GaveUp,
        detail: "451 later".into(),
    };
    deliver(world, &gave_up).await;
    let failed = invited.messages().await.remove(0);
    world.pass(60_000);
    messages::retry(service, &world.admin, failed.id)
        .await
        .unwrap();
    assert_eq!(
        messages::retry(service, &world.admin, failed.id).await,
        Err(Refusal::Conflict("conflict-message-state".to_owned())),
        "another one is on its way"
    );
    deliver(world, &accepted()).await;
    world.pass(60_000);
    // Taken out, and the cancellation fails: it goes out as it is.
    world.validate(&[Change::Remove(vec![invited.anna])]).await;
    deliver(world, &gave_up).await;
    let cancellation = invited.messages().await.remove(0);
    assert_eq!(
        (cancellation.kind, cancellation.fate, cancellation.repair),
        (MessageKind::Cancellation, Fate::Failed, Some(Repair::Again))
    );
    messages::retry(service, &world.admin, cancellation.id)
        .await
        .unwrap();
    let went = deliver(world, &accepted()).await;
    assert_eq!(went.len(), 1);
    let again = invited.messages().await.remove(0);
    assert_eq!((again.id, again.fate), (cancellation.id, Fate::Sent));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn gateways_are_believed_only_with_their_signature(#[case] kind: Database) {
    let invited = invited(kind).await;
    let service = &invited.world.service;
    deliver(&invited.world, &accepted()).await;
    let id = invited.messages().await[0].id;
    assert_eq!(
        reports::kannel(service, id, "00", "1", "").await,
        Ok(false),
        "before there is a key"
    );
    let key = reports::signing_key(service).await.unwrap();
    assert_eq!(reports::signing_key(service).await, Ok(key.clone()));
    let mut tx = service.storage.read().await.unwrap();
    assert_eq!(
        tx.installation_value(KEY_NAME).await.unwrap(),
        Some(key.clone())
    );
    drop(tx);
    let signature = "0".repeat(32);
    assert_eq!(
        reports::kannel(service, id, &signature, "2", "").await,
        Ok(false)
    );
    let fields = vec![("MessageStatus".to_owned(), "undelivered".to_owned())];
    assert_eq!(
        reports::twilio(
            service,
            "token",
            id,
            &fields,
            "RSOYDt4T1cUTdK1PDd93/VVr8B8="
        )
        .await,
        Ok(false)
    );
    assert_eq!(invited.messages().await[0].fate, Fate::Sent);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_list_is_a_file_without_what_was_written(#[case] kind: Database) {
    let invited = invited(kind).await;
    let world = &invited.world;
    deliver(world, &accepted()).await;
    invited.bounce().await;
    let export = async |actor: &Actor, fate: Option<Fate>| {
        let filter = MessageFilter {
            fate,
            ..MessageFilter::NONE
        };
        let file = export::messages(&world.service, actor, &filter, export::FileFormat::Csv).await;
        String::from_utf8(file.unwrap().bytes).unwrap()
    };
    let all = export(&world.admin, None).await;
    assert_eq!(all.lines().count(), 2, "{all}");
    for words in ["Anna Müller", "someone", "Bounced", "550 no such user"] {
        assert!(all.contains(words), "{words}: {all}");
    }
    assert!(!all.contains("body"), "{all}");
    assert_eq!(
        export(&world.admin, Some(Fate::Failed))
            .await
            .lines()
            .count(),
        1
    );
    let nobody = world.authorised(&[]);
    assert_eq!(export(&nobody, None).await.lines().count(), 1);
}
