//! *Write to me no more*: the link of an e-mail, a mail program's one click, and the place on the answer page.

use super::world::World;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use convoke_delivery::stop;
use convoke_domain::InvitationState as S;
use convoke_testkit::Database;
use rstest::rstest;

/// The path of the link in a mail to Amélie, whose invitation has this secret.
async fn path(world: &World, secret: &str) -> String {
    let invitation = world.invitation(secret).await;
    let notice = convoke_storage::outbox::Notice {
        id: world.service.id(),
        organisation_id: invitation.organisation_id,
        invitation_id: invitation.id,
        kind: convoke_domain::MessageKind::WaitingList,
        channel: convoke_domain::Channel::Email,
        at: world.service.clock.now(),
    };
    let mut tx = world.service.storage.begin().await.unwrap();
    tx.enqueue_notice(&notice).await.unwrap();
    let key = tx.installation_value_or(stop::KEY_NAME, "a key").await;
    tx.commit().await.unwrap();
    format!("/stop/{}", stop::secret(&key.unwrap(), notice.id))
}

async fn wants_none(world: &World, secret: &str) -> bool {
    let invitation = world.invitation(secret).await;
    let mut tx = world.service.storage.read().await.unwrap();
    let found = tx
        .opt_outs(invitation.organisation_id, &[invitation.user_id])
        .await;
    !found.unwrap().is_empty()
}

/// As a mail provider's server posts: without a cookie, an origin, or anything else of a browser.
async fn one_click(world: &World, path: &str, kind: &str, body: &str) -> StatusCode {
    let request = Request::post(path)
        .header(CONTENT_TYPE, kind)
        .body(Body::from(body.to_owned()))
        .unwrap();
    world.send(request).await.status
}

const FORM: &str = "application/x-www-form-urlencoded";

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn looking_changes_nothing_and_the_button_does(#[case] kind: Database) {
    let world = World::new(kind).await;
    let training = world.training(&world.sign_in().await).await;
    let secret = world.invited(training).await;
    let path = path(&world, &secret).await;
    for _ in 0..2 {
        let page = world.get(&path, "").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("Write to me no more"), "{}", page.text);
        assert_eq!(world.head(&path).await.status, StatusCode::OK);
    }
    assert!(!wants_none(&world, &secret).await);
    let done = world.post(&path, "", &[("messages", "stop")]).await;
    assert_eq!(done.status, StatusCode::OK);
    assert!(done.text.contains("Write to me again"), "{}", done.text);
    assert!(wants_none(&world, &secret).await);
    let page = world.get(&path, "").await;
    assert!(page.text.contains("You get no more messages"));
    let done = world.post(&path, "", &[("messages", "again")]).await;
    assert!(done.text.contains("Write to me no more"), "{}", done.text);
    assert!(!wants_none(&world, &secret).await);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_mail_program_needs_one_click_and_no_cookie(#[case] kind: Database) {
    let world = World::new(kind).await;
    let training = world.training(&world.sign_in().await).await;
    let secret = world.invited(training).await;
    let path = path(&world, &secret).await;
    let status = one_click(&world, &path, FORM, "").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(!wants_none(&world, &secret).await);
    for _ in 0..2 {
        let status = one_click(&world, &path, FORM, "List-Unsubscribe=One-Click").await;
        assert_eq!(status, StatusCode::OK);
        assert!(wants_none(&world, &secret).await);
    }
    world.post(&path, "", &[("messages", "again")]).await;
    let body = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
    let status = one_click(&world, &path, "multipart/form-data; boundary=b", body).await;
    assert_eq!(status, StatusCode::OK);
    assert!(wants_none(&world, &secret).await);
    // The same without an origin is refused everywhere else.
    let answer = one_click(&world, &format!("/i/{secret}"), FORM, "answer=attend").await;
    assert_eq!(answer, StatusCode::FORBIDDEN);
    let place = format!("/i/{secret}/messages");
    let answer = one_click(&world, &place, FORM, "messages=again").await;
    assert_eq!(answer, StatusCode::FORBIDDEN);
    assert!(wants_none(&world, &secret).await);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_answer_page_has_the_same_place(#[case] kind: Database) {
    let world = World::new(kind).await;
    let training = world.training(&world.sign_in().await).await;
    for state in [S::Sent, S::Confirmed, S::Cancelled] {
        let secret = world.invited_as(training, state).await;
        let page = format!("/i/{secret}");
        let place = format!("{page}/messages");
        assert!(world.get(&page, "").await.text.contains(&place));
        let done = world.post(&place, "", &[("messages", "stop")]).await;
        assert_eq!(
            (done.status, done.location()),
            (StatusCode::SEE_OTHER, &*page)
        );
        assert!(wants_none(&world, &secret).await);
        assert_eq!(world.invitation(&secret).await.state, state, "no answer");
        let shown = world.get(&page, "").await.text;
        assert!(shown.contains("Write to me again"), "{shown}");
        world.post(&place, "", &[("messages", "again")]).await;
        assert!(!wants_none(&world, &secret).await);
    }
    let unknown = world
        .post("/i/unknown/messages", "", &[("messages", "stop")])
        .await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_link_that_is_not_known_gets_help_and_a_test_says_so() {
    let world = World::new(Database::Sqlite).await;
    let page = world.get("/stop/unknown", "").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("not complete"), "{}", page.text);
    let post = one_click(&world, "/stop/unknown", FORM, "List-Unsubscribe=One-Click").await;
    assert_eq!(post, StatusCode::NOT_FOUND);
    let test = world.get("/stop/test", "").await;
    assert_eq!(test.status, StatusCode::OK);
    assert!(test.text.contains("test message"), "{}", test.text);
}
