use super::world::World;
use axum::http::StatusCode;
use convoke_domain::{Channel, InvitationState};
use convoke_storage::outbox::Destination;
use convoke_testkit::Database;
use rstest::rstest;
use std::sync::Arc;

/// A page is drawn by one thread, carried on by another and cleared away by a third: nothing of it may be bound to one.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_page_is_drawn_whole_on_any_thread() {
    let world = World::new(Database::Sqlite).await;
    let cookie = Arc::new(world.sign_in().await);
    let training = world.training(&cookie).await;
    let secret = world.invited_as(training, InvitationState::Sent).await;
    let person = world.invitation(&secret).await.user_id;
    let world = Arc::new(world);
    let inside = |tab: &str| format!("/trainings/{training}{tab}");
    let pages = [
        "/trainings".to_owned(),
        "/trainings/new".to_owned(),
        inside(""),
        inside("?view=trainer"),
        inside("/edit"),
        inside("/invitations"),
        inside("/invitations?choose&search=an"),
        inside("/registration"),
        inside("/registration/form"),
        inside("/participants"),
        inside("/documents"),
        "/people".to_owned(),
        "/people?search=an".to_owned(),
        "/people/new".to_owned(),
        "/people/groups".to_owned(),
        format!("/people/{person}"),
        format!("/people/{person}/story"),
        "/messages".to_owned(),
        "/settings".to_owned(),
        "/settings/history".to_owned(),
    ];
    let asked = (0..12).flat_map(|_| pages.clone()).map(|page| {
        let (world, cookie) = (world.clone(), cookie.clone());
        tokio::spawn(async move {
            let answer = world.get(&page, &cookie).await;
            (page, answer)
        })
    });
    for asked in asked.collect::<Vec<_>>() {
        let (page, answer) = asked.await.expect("no page panics");
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        let end = answer.text.len().saturating_sub(80);
        assert!(
            answer.text.contains("</html>"),
            "{page} broke off: {:?}",
            answer.text.get(end..)
        );
        assert!(answer.text.contains("<h1"), "{page}");
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_is_stopped_is_said_on_every_page(#[case] kind: Database) {
    let world = World::new(kind).await;
    let cookie = world.sign_in().await;
    let training = world.training(&cookie).await;
    let pages = [
        "/trainings".to_owned(),
        format!("/trainings/{training}/invitations"),
        "/people".to_owned(),
        "/messages".to_owned(),
        "/settings".to_owned(),
    ];
    let storage = &world.service.storage;
    let now = world.service.clock.now();
    for stopped in [false, true, false] {
        let mut tx = storage.begin().await.unwrap();
        let to = Destination {
            address: "smtp://mail.example.org:25".to_owned(),
            is_file: false,
        };
        tx.set_destination(Channel::Email, &to).await.unwrap();
        if stopped {
            let said = "535 5.7.8 Authentication failed";
            tx.stop_channel(Channel::Email, now, said).await.unwrap();
        } else {
            tx.start_channel(Channel::Email).await.unwrap();
        }
        tx.commit().await.unwrap();
        for page in &pages {
            let answer = world.get(page, &cookie).await;
            let said = answer.text.contains("E-mails have stopped");
            assert_eq!(said, stopped, "{page}");
        }
    }
}
