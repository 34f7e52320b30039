use super::world::{DAY, PASSWORD, World};
use axum::http::StatusCode;
use convoke_testkit::Database;
use rstest::rstest;

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn pages_need_someone_who_comes_back_after_signing_in(#[case] kind: Database) {
    let world = World::new(kind).await;
    let page = world.get("/trainings?phase=past", "").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.location(), "/sign-in?next=%2Ftrainings%3Fphase%3Dpast");
    assert_eq!(world.head("/people").await.status, StatusCode::SEE_OTHER);

    let form = [
        ("identifier", " NADIA@acme.test "),
        ("password", PASSWORD),
        ("next", "/trainings?phase=past"),
    ];
    let answer = world.post("/sign-in", "", &form).await;
    assert_eq!(answer.location(), "/trainings?phase=past");
    let set = answer.header("set-cookie");
    assert!(set.starts_with("convoke="), "{set}");
    for flag in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(set.contains(flag), "{flag}: {set}");
    }
    assert!(!set.contains("Secure"), "{set}");
    let page = world.get("/trainings", &answer.cookie()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header("cache-control"), "no-store");
}

#[tokio::test]
async fn on_https_the_cookie_is_secure_and_bound_to_the_host() {
    let world = World::at(Database::Sqlite, "https://convoke.example").await;
    world.set_up().await;
    let answer = world.try_sign_in("nadia@acme.test", PASSWORD).await;
    let set = answer.header("set-cookie");
    assert!(set.starts_with("__Host-convoke="), "{set}");
    assert!(set.contains("; Secure") && !set.contains("Domain"), "{set}");
    // A cookie of plain http, which anyone on the network could plant, counts for nothing.
    let planted = answer.cookie().replace("__Host-", "");
    let page = world.get("/trainings", &planted).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn whoever_is_refused_learns_nothing_and_loses_nothing(#[case] kind: Database) {
    let world = World::new(kind).await;
    let wrong = world.try_sign_in("nadia@acme.test", "wrong").await;
    let unknown = world.try_sign_in("nobody@acme.test", "wrong").await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        wrong.text.replace("nadia@", "nobody@"),
        unknown.text,
        "the answers tell who is known"
    );
    assert!(wrong.text.contains("value=\"nadia@acme.test\""));
    assert!(wrong.text.contains("id=\"password-error\""));
    assert_eq!(wrong.header("set-cookie"), "");
    let empty = world.try_sign_in("", "").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn guessing_is_throttled_for_a_quarter_of_an_hour(#[case] kind: Database) {
    let world = World::new(kind).await;
    for _ in 0..8 {
        let answer = world.try_sign_in("nadia@acme.test", "wrong").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    let stopped = world.try_sign_in("Nadia@ACME.test", PASSWORD).await;
    assert_eq!(
        stopped.status,
        StatusCode::TOO_MANY_REQUESTS,
        "even the right one"
    );
    assert_eq!(stopped.header("retry-after"), "900");
    // Others are not stopped with them.
    let other = world.try_sign_in("other@acme.test", "wrong").await;
    assert_eq!(other.status, StatusCode::UNAUTHORIZED);
    world.pass(15 * 60 * 1000);
    let cookie = world.sign_in().await;
    // Success starts anew.
    for _ in 0..7 {
        world.try_sign_in("nadia@acme.test", "wrong").await;
    }
    assert!(!cookie.is_empty() && !world.sign_in().await.is_empty());
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn one_network_address_is_throttled_too_but_not_by_those_who_succeed(#[case] kind: Database) {
    let world = World::new(kind).await;
    for _ in 0..3 {
        world.sign_in().await;
    }
    for i in 0..100 {
        let answer = world
            .try_sign_in(&format!("guess{i}@acme.test"), "wrong")
            .await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "attempt {i}");
    }
    let stopped = world.try_sign_in("nadia@acme.test", PASSWORD).await;
    assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn signing_out_ends_the_session_on_the_server(#[case] kind: Database) {
    let world = World::new(kind).await;
    let cookie = world.sign_in().await;
    let other = world.sign_in().await;
    let answer = world.post("/sign-out", &cookie, &[]).await;
    assert_eq!(answer.location(), "/sign-in?signed_out=1");
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(
        world.get("/trainings", &cookie).await.status,
        StatusCode::SEE_OTHER
    );
    let call = world.call("people_choices", &cookie, "{}").await;
    assert_eq!(call.status, StatusCode::UNAUTHORIZED, "{}", call.text);
    assert_eq!(
        world.get("/trainings", &other).await.status,
        StatusCode::OK,
        "another device"
    );
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn a_session_lives_as_long_as_it_is_used(#[case] kind: Database) {
    let world = World::new(kind).await;
    let used = world.sign_in().await;
    let left = world.sign_in().await;
    for _ in 0..4 {
        world.pass(10 * DAY);
        let page = world.get("/trainings", &used).await;
        assert_eq!(page.status, StatusCode::OK);
    }
    assert_eq!(
        world.get("/trainings", &left).await.status,
        StatusCode::SEE_OTHER
    );
    world.pass(14 * DAY);
    assert_eq!(
        world.get("/trainings", &used).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn whoever_is_signed_in_is_not_asked_again() {
    let world = World::new(Database::Sqlite).await;
    let cookie = world.sign_in().await;
    let page = world.get("/sign-in?next=/people", &cookie).await;
    assert_eq!(page.location(), "/people");
    let page = world.get("/sign-in?next=//evil.example", &cookie).await;
    assert_eq!(page.location(), "/");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn whoever_forgot_their_password_learns_no_more_than_anybody(#[case] kind: Database) {
    let world = World::new(kind).await;
    let path = "/sign-in/forgotten";
    let sign_in = world.get("/sign-in", "").await;
    assert!(
        sign_in
            .text
            .contains("href=\"/sign-in/forgotten?language=en\"")
    );
    for _ in 0..2 {
        assert_eq!(world.get(path, "").await.status, StatusCode::OK);
        assert_eq!(world.head(path).await.status, StatusCode::OK);
        let sent = world.get("/sign-in/forgotten?sent=1", "").await;
        assert!(sent.text.contains("a message is on its way"));
    }
    assert!(
        world.account_messages().await.is_empty(),
        "looking is inert"
    );

    let ask = async |typed: &str| world.post(path, "", &[("identifier", typed)]).await;
    let known = ask("nadia@acme.test").await;
    let unknown = ask("nobody@acme.test").await;
    for answer in [&known, &unknown] {
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.location(), "/sign-in/forgotten?language=en&sent=1");
        assert_eq!(answer.header("set-cookie"), "");
    }
    assert_eq!(known.text, unknown.text);
    // It is done aside.
    for _ in 0..500 {
        if !world.account_messages().await.is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(world.account_messages().await, ["Nadia Roux"]);

    let wrong = ask("\"><script>").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("id=\"identifier-error\""));
    assert!(!wrong.text.contains("<script"), "{}", wrong.text);
    for _ in 0..28 {
        ask("nobody@acme.test").await;
    }
    let stopped = ask("nadia@acme.test").await;
    assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(stopped.header("retry-after"), "900");
    assert!(
        stopped.text.contains("value=\"nadia@acme.test\""),
        "nothing typed is lost"
    );
}
