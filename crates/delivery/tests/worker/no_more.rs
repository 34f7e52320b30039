//! People who want no more messages.

use crate::world::{World, by_mail};
use convoke_delivery::{link, stop};
use convoke_domain::message::Problem;
use convoke_domain::{
    Channel, Clock, ConfirmedBy, InvitationState, MessageKind, MessageState, OptOut,
};
use convoke_testkit::{Database, SmtpServer};
use rstest::rstest;

/// Whoever confirmed has an appointment that is off; whoever waited for a place has none.
#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_those_who_want_no_messages_only_who_had_a_place_hears_that_it_is_off(
    #[case] kind: Database,
) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    let people = [
        "confirmed@example.org",
        "waits@example.org",
        "quiet@example.org",
    ];
    let ids = world.choose_all(&people.map(by_mail)).await;
    let states = [
        InvitationState::Confirmed,
        InvitationState::Waiting,
        InvitationState::Waiting,
    ];
    let now = world.clock.now();
    let mut users = Vec::new();
    let mut tx = world.storage.begin().await.unwrap();
    for (id, state) in ids.iter().zip(states) {
        let found = tx.seen_invitation(world.organisation, *id).await.unwrap();
        let found = found.unwrap();
        let by = Some(ConfirmedBy::Registration);
        assert!(tx.set_answer(&found, state, by, None, now).await.unwrap());
        users.push(found.user_id);
    }
    let quiet = Some(OptOut::Person);
    tx.set_opt_out(world.organisation, users[2], quiet, now)
        .await
        .unwrap();
    tx.take_out(&[], &ids, now).await.unwrap();
    tx.commit().await.unwrap();
    let all: Vec<_> = ids.iter().map(|id| (*id, Channel::Email)).collect();
    let queued = world.press(MessageKind::Cancellation, &all).await;
    assert_eq!(queued, 2, "not to who has said so already");
    let mut tx = world.storage.begin().await.unwrap();
    for user in &users {
        tx.set_opt_out(world.organisation, *user, quiet, now)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let worker = world.worker(world.gateways(&smtp.url(), "file:/nowhere"));
    worker.drain().await.unwrap();
    let received: Vec<_> = smtp.messages().into_iter().flat_map(|m| m.to).collect();
    assert_eq!(received, ["confirmed@example.org"]);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_says_meanwhile_that_they_want_no_messages_gets_none(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    world.invite(&["anna@example.org", "ben@example.org"]).await;
    let waiting = world.block(InvitationState::ToSend).await;
    let anna = waiting
        .iter()
        .find(|row| row.email.as_deref() == Some("anna@example.org"))
        .unwrap();
    let mut tx = world.storage.begin().await.unwrap();
    tx.set_opt_out(
        world.organisation,
        anna.user_id,
        Some(OptOut::Person),
        world.clock.now(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let worker = world.mailer(&smtp.url());
    worker.drain().await.unwrap();

    let received = smtp.messages();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].to, ["ben@example.org"]);
    let dropped: Vec<_> = world
        .messages()
        .await
        .into_iter()
        .filter(|line| line.user_id == anna.user_id)
        .map(|line| (line.state, line.problem))
        .collect();
    assert_eq!(
        dropped,
        [(MessageState::Cancelled, Some(Problem::OptedOut))]
    );
    let left = world.block(InvitationState::ToSend).await;
    assert_eq!((left.len(), left[0].sent_count), (1, 0));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn every_mail_says_how_to_get_no_more(#[case] kind: Database) {
    let smtp = SmtpServer::start().await;
    let world = World::new(kind).await;
    let ids = world.invite(&["anna@example.org"]).await;
    let worker = world.mailer(&smtp.url());
    worker.drain().await.unwrap();
    world
        .press(MessageKind::Resend, &[(ids[0], Channel::Email)])
        .await;
    worker.drain().await.unwrap();

    let mut tx = world.storage.read().await.unwrap();
    let key = tx.installation_value(stop::KEY_NAME).await.unwrap();
    let key = key.expect("it is made with the first mail");
    let query = convoke_storage::outbox::MessageQuery::all(world.organisation);
    let mails = smtp.messages();
    assert_eq!(mails.len(), 2);
    for mail in mails {
        let header = mail.header("list-unsubscribe").unwrap();
        let link = header.trim_matches(['<', '>']);
        let secret = link
            .strip_prefix("https://convoke.example.org/stop/")
            .unwrap();
        assert_eq!(
            mail.header("list-unsubscribe-post"),
            Some("List-Unsubscribe=One-Click")
        );
        // It is the link of the foot, in both parts, and leads to this message.
        assert!(mail.text.contains(link), "{}", mail.text);
        let escaped = link.replace('/', "&#x2f;");
        assert!(mail.html.contains(&escaped), "{}", mail.html);
        let message = stop::message_of(&key, secret).unwrap();
        assert_eq!(
            mail.header("message-id"),
            Some(&*format!("<{message}@example.org>"))
        );
        // Nothing stored tells it, and it answers nothing.
        let stored = tx.message_text(&query, message).await.unwrap().unwrap();
        assert!(!stored.body.unwrap().contains(secret));
        let answers = tx.invitation_by_link(&link::hash(secret)).await.unwrap();
        assert!(answers.is_none());
    }
}
