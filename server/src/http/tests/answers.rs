use super::world::{DAY, World};
use axum::http::StatusCode;
use convoke_domain::InvitationState as S;
use convoke_testkit::Database;
use rstest::rstest;

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn looking_changes_nothing_and_answering_can_be_changed(#[case] kind: Database) {
    let world = World::new(kind).await;
    let training = world.training(&world.sign_in().await).await;
    let secret = world.invited(training).await;
    let path = format!("/i/{secret}");
    let version = world.version(training).await;

    for _ in 0..2 {
        let page = world.get(&path, "").await;
        assert_eq!(page.status, StatusCode::OK);
        for text in [
            "Amélie",
            "Fire Safety",
            "9–10 December 2026",
            "I will attend",
            "I cannot attend",
        ] {
            assert!(page.text.contains(text), "{text}: {}", page.text);
        }
        assert_eq!(world.head(&path).await.status, StatusCode::OK);
        assert_eq!(
            world.head(&format!("{path}/calendar.ics")).await.status,
            StatusCode::OK
        );
    }
    assert_eq!(world.invitation(&secret).await.state, S::Sent);
    assert_eq!(world.version(training).await, version);

    let given = world.post(&path, "", &[("answer", "attend")]).await;
    assert_eq!(
        (given.status, given.location()),
        (StatusCode::SEE_OTHER, path.as_str())
    );
    assert_eq!(world.invitation(&secret).await.state, S::Confirmed);
    assert!(
        world.version(training).await > version,
        "nobody's console would move"
    );
    let page = world.get(&path, "").await;
    assert!(page.text.contains("You will attend."), "{}", page.text);
    assert!(!page.text.contains("value=\"attend\""), "{}", page.text);

    // Pressed twice is pressed once.
    let version = world.version(training).await;
    world.post(&path, "", &[("answer", "attend")]).await;
    assert_eq!(world.version(training).await, version);

    world.post(&path, "", &[("answer", "decline")]).await;
    assert_eq!(world.invitation(&secret).await.state, S::Declined);
    world.post(&path, "", &[("answer", "attend")]).await;
    assert_eq!(world.invitation(&secret).await.state, S::Confirmed);

    let rubbish = world.post(&path, "", &[("answer", "perhaps")]).await;
    assert!(rubbish.status.is_client_error());
    assert_eq!(world.invitation(&secret).await.state, S::Confirmed);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn after_the_deadline_it_is_too_late(#[case] kind: Database) {
    let world = World::new(kind).await;
    let training = world.training(&world.sign_in().await).await;
    let secret = world.invited(training).await;
    let path = format!("/i/{secret}");
    // The deadline is 2 December, 18:00 in Paris: ten days and eight hours from now.
    world.pass(10 * DAY + 8 * 3600 * 1000);
    assert_eq!(
        world.get(&path, "").await.status,
        StatusCode::OK,
        "the last moment counts"
    );
    world.pass(1);
    let page = world.get(&path, "").await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(
        page.text.contains("The time to answer is over."),
        "{}",
        page.text
    );
    let late = world.post(&path, "", &[("answer", "attend")]).await;
    assert_eq!(late.status, StatusCode::GONE);
    assert!(late.text.contains("Fire Safety"), "{}", late.text);
    assert_eq!(world.invitation(&secret).await.state, S::Sent);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_cancelled_invitation_says_so(#[case] kind: Database) {
    let world = World::new(kind).await;
    let training = world.training(&world.sign_in().await).await;
    let secret = world.invited_as(training, S::Cancelled).await;
    let path = format!("/i/{secret}");
    let page = world.get(&path, "").await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.text.contains("was cancelled"), "{}", page.text);
    let answer = world.post(&path, "", &[("answer", "attend")]).await;
    assert_eq!(answer.status, StatusCode::GONE);
    assert_eq!(world.invitation(&secret).await.state, S::Cancelled);
    let calendar = world.get(&format!("{path}/calendar.ics"), "").await;
    assert!(calendar.text.contains("METHOD:CANCEL"), "{}", calendar.text);
}

#[tokio::test]
async fn a_link_that_is_not_known_gets_help() {
    let world = World::new(Database::Sqlite).await;
    for path in ["/i/unknown", "/i/unknown/calendar.ics"] {
        let page = world.get(path, "").await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.text.contains("copy the whole line"), "{}", page.text);
        assert!(!page.text.contains("unknown\""), "the secret is repeated");
    }
    let answer = world.post("/i/unknown", "", &[("answer", "attend")]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_calendar_entry_keeps_its_identity() {
    let world = World::new(Database::Sqlite).await;
    let training = world.training(&world.sign_in().await).await;
    let secret = world.invited(training).await;
    let calendar = world.get(&format!("/i/{secret}/calendar.ics"), "").await;
    assert_eq!(
        calendar.header("content-type"),
        "text/calendar; charset=utf-8"
    );
    let person = world.invitation(&secret).await.user_id;
    let unfolded = calendar.text.replace("\r\n ", "");
    assert!(
        unfolded.contains(&convoke_delivery::calendar::uid(training, person)),
        "{unfolded}"
    );
    assert!(
        unfolded.contains(&format!("http://convoke.test/i/{secret}")),
        "{unfolded}"
    );
}
