//! The poster: for those who manage the training, in both languages, with its own policy.

use super::world::World;
use axum::http::StatusCode;
use convoke_testkit::Database;
use rstest::rstest;

const SETTINGS: &str = r#"{"offered":true,"code_on":true,"opens":"","closes":"","list_shows":"full_names","proof":"nothing","approval":false,"waiting_list":true}"#;

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn the_poster_shows_the_code(#[case] kind: Database) {
    let world = World::new(kind).await;
    let cookie = world.sign_in().await;
    let training = world.training(&cookie).await;
    let path = format!("/trainings/{training}/poster");
    // Nothing to print before self-registration was offered.
    assert_eq!(
        world.get(&path, &cookie).await.status,
        StatusCode::NOT_FOUND
    );
    let settings = r#"{"name":"Acme","sender_name":"","reply_to":"","login_codes":true,"trainers_add_people":true,"send_delay":10,"firm_recent":false,"firm_often":false,"sign_presence":false,"retention":{"people_days":null,"directory":false,"text_days":null},"link_days":180}"#;
    let saved = world
        .call(
            "save_settings",
            &cookie,
            &format!(r#"{{"settings":{settings}}}"#),
        )
        .await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text);
    let arguments = format!(r#"{{"training":"{training}","settings":{SETTINGS}}}"#);
    let saved = world.call("save_registration", &cookie, &arguments).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text);

    let page = world.get(&path, &cookie).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("<html lang=\"en\""));
    assert!(page.text.contains("poster-qr"));
    assert!(page.text.contains("http://convoke.test/join"));
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'self';"), "{policy}");
    assert_eq!(page.header("cache-control"), "no-store");
    let page = world.get(&format!("{path}?language=fr"), &cookie).await;
    assert!(page.text.contains("<html lang=\"fr\""));

    let page = world.get(&path, "").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert!(page.location().starts_with("/sign-in"));
    let page = world.get("/trainings/nothing/poster", &cookie).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}
