use super::world::{PASSWORD, World};
use axum::http::StatusCode;
use convoke_service::setup;
use convoke_testkit::Database;
use rstest::rstest;

fn form(token: &str) -> [(&str, &str); 7] {
    [
        ("token", token),
        ("organisation", "Acme Academy"),
        ("time_zone", "Europe/Paris"),
        ("first_name", "Nadia"),
        ("last_name", "Roux"),
        ("email", "nadia@acme.test"),
        ("password", PASSWORD),
    ]
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn an_empty_installation_is_set_up_with_the_token_and_once(#[case] kind: Database) {
    let world = World::empty(kind).await;
    assert_eq!(world.get("/trainings", "").await.location(), "/set-up");
    assert_eq!(world.get("/sign-in", "").await.location(), "/set-up");
    let token = setup::new_token(&world.service).await.unwrap();

    let wrong = world.post("/set-up", "", &form("guessed")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("id=\"token-error\""), "{}", wrong.text);
    assert!(
        wrong.text.contains("value=\"Acme Academy\""),
        "what was typed is lost"
    );
    assert!(!wrong.text.contains(PASSWORD), "the password comes back");

    let mut incomplete = form(&token);
    incomplete[6].1 = "short";
    let answer = world.post("/set-up", "", &incomplete).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.text.contains("id=\"password-error\""),
        "{}",
        answer.text
    );

    let done = world.post("/set-up", "", &form(&token)).await;
    assert_eq!(
        (done.status, done.location()),
        (StatusCode::SEE_OTHER, "/"),
        "{}",
        done.text
    );
    let cookie = done.cookie();
    assert_eq!(
        world.get("/trainings", &cookie).await.status,
        StatusCode::OK
    );

    let again = world.post("/set-up", "", &form(&token)).await;
    assert_eq!(again.location(), "/sign-in", "{}", again.text);
    assert_eq!(world.get("/set-up", "").await.location(), "/sign-in");
}

#[tokio::test]
async fn the_page_takes_the_token_from_the_address_in_the_log() {
    let world = World::empty(Database::Sqlite).await;
    let page = world.get("/set-up?token=abc", "").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("value=\"abc\""), "{}", page.text);
    let french = world.get("/set-up?language=fr", "").await;
    assert!(french.text.contains("lang=\"fr\""), "{}", french.text);
    assert!(french.text.contains("Installer Convoke"), "{}", french.text);
}
