//! Personal links that are past their time, and those of people who are forgotten.

use super::world::{DAY, World};
use axum::http::StatusCode;
use convoke_domain::InvitationState as S;
use convoke_domain::MessageKind;
use convoke_domain::view::{MessageFilter, Range};
use convoke_storage::outbox::MessageQuery;
use convoke_testkit::Database;
use rstest::rstest;
use std::time::Duration;

/// How long the organisation's links are good, as every organisation begins.
const LIFE: i64 = 180 * DAY;

async fn asked_for(world: &World) -> usize {
    let mut tx = world.service.storage.read().await.unwrap();
    let organisation = tx.organisations().await.unwrap()[0].id;
    let filter = MessageFilter {
        kind: Some(MessageKind::FreshLink),
        ..MessageFilter::default()
    };
    let query = MessageQuery {
        filter: &filter,
        ..MessageQuery::all(organisation)
    };
    tx.message_window(&query, Range::new(0, 50))
        .await
        .unwrap()
        .len()
}

/// Waits until so many fresh links were asked for: that is looked into once the page has answered.
async fn expect_asked_for(world: &World, wanted: usize) {
    for _ in 0..500 {
        if asked_for(world).await >= wanted {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(asked_for(world).await, wanted);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_link_past_its_time_says_nothing_and_offers_a_fresh_one(#[case] kind: Database) {
    let world = World::new(kind).await;
    let training = world.training(&world.sign_in().await).await;
    let secret = world.invited(training).await;
    let path = format!("/i/{secret}");
    world.pass(LIFE);
    let page = world.get(&path, "").await;
    assert!(
        page.text.contains("Fire Safety"),
        "the last moment counts: {}",
        page.text
    );
    world.pass(1);
    let version = world.version(training).await;
    for path in [path.clone(), format!("{path}/calendar.ics")] {
        let page = world.get(&path, "").await;
        assert_eq!(page.status, StatusCode::GONE);
        assert!(
            page.text.contains("This link is past its time"),
            "{}",
            page.text
        );
        assert!(page.text.contains("Send me a fresh link"), "{}", page.text);
        for secret in ["Fire Safety", "Amélie", "@", "Lyon"] {
            assert!(!page.text.contains(secret), "{secret}: {}", page.text);
        }
        assert_eq!(world.head(&path).await.status, StatusCode::GONE);
    }
    let late = world.post(&path, "", &[("answer", "attend")]).await;
    assert_eq!(late.status, StatusCode::GONE);
    assert!(late.text.contains("Send me a fresh link"), "{}", late.text);
    let space = world.post(&format!("{path}/space"), "", &[]).await;
    assert_eq!(
        (space.status, space.location()),
        (StatusCode::SEE_OTHER, path.as_str())
    );
    assert_eq!(world.invitation(&secret).await.state, S::Sent);
    assert_eq!(world.version(training).await, version);
    assert_eq!(asked_for(&world).await, 0, "looking asks for nothing");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_fresh_link_is_sent_now_and_then_and_the_answer_is_always_the_same(
    #[case] kind: Database,
) {
    let world = World::new(kind).await;
    let training = world.training(&world.sign_in().await).await;
    let secret = world.invited(training).await;
    let unreachable = world.invited(training).await;
    let path = format!("/i/{secret}");
    let fresh = format!("{path}/fresh");

    // A good link needs no fresh one.
    let early = world.post(&fresh, "", &[]).await;
    assert_eq!(
        (early.status, early.location()),
        (StatusCode::SEE_OTHER, path.as_str())
    );
    world.pass(LIFE + 1);
    let mut answers = Vec::new();
    let mut ask = async || {
        let posted = world.post(&fresh, "", &[]).await;
        assert_eq!(
            (posted.status, posted.location()),
            (StatusCode::SEE_OTHER, fresh.as_str())
        );
        let page = world.get(&fresh, "").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            page.text.contains("Look into your messages"),
            "{}",
            page.text
        );
        assert!(!page.text.contains('@'), "{}", page.text);
        answers.push(page.text);
    };
    ask().await;
    expect_asked_for(&world, 1).await;
    // Pressed again and again: five minutes apart, five in a day.
    ask().await;
    ask().await;
    world.pass(5 * 60 * 1000 - 1);
    ask().await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(asked_for(&world).await, 1);
    for sent in 2..=5 {
        world.pass(5 * 60 * 1000 + 1);
        ask().await;
        expect_asked_for(&world, sent).await;
    }
    world.pass(3_600_000);
    ask().await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(asked_for(&world).await, 5, "five in a day");
    world.pass(DAY);
    ask().await;
    expect_asked_for(&world, 6).await;
    assert!(
        answers.windows(2).all(|pair| pair[0] == pair[1]),
        "one answer for all"
    );
    let other = world
        .post(&format!("/i/{unreachable}/fresh"), "", &[])
        .await;
    assert_eq!(other.status, StatusCode::SEE_OTHER);
    expect_asked_for(&world, 7).await;
    let unknown = world.post("/i/unknown/fresh", "", &[]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert_eq!(
        world.get("/i/unknown/fresh", "").await.status,
        StatusCode::NOT_FOUND
    );
}
