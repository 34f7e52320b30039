use super::world::World;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use convoke_domain::TrainingId;
use convoke_testkit::Database;
use rstest::rstest;

#[rstest]
#[case::nothing(&[])]
#[case::another_site(&[("origin", "https://evil.example")])]
#[case::hidden(&[("origin", "null")])]
#[case::as_the_browser_says(&[("origin", "http://convoke.test"), ("sec-fetch-site", "cross-site")])]
#[tokio::test]
async fn what_writes_must_come_from_our_pages(#[case] headers: &[(&str, &str)]) {
    let world = World::new(Database::Sqlite).await;
    for path in [
        "/sign-in",
        "/sign-in/forgotten",
        "/sign-out",
        "/set-up",
        "/i/secret",
        "/i/secret/space",
        "/i/secret/messages",
        "/join",
        "/join/K7PM4XRD/register",
        "/join/K7PM4XRD/enter",
        "/join/K7PM4XRD/leave",
        "/join/K7PM4XRD/lock",
        "/join/K7PM4XRD/unlock",
        "/join/K7PM4XRD/queue",
        "/join/K7PM4XRD/correct",
        "/space/here",
        "/space/next",
        "/api/people_choices",
        "/nothing",
    ] {
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            let mut request = Request::builder().method(method.clone()).uri(path);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let answer = world.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn every_page_of_the_console_has_its_own_nonce() {
    let world = World::new(Database::Sqlite).await;
    let cookie = world.sign_in().await;
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let page = world.get("/trainings", &cookie).await;
        let policy = page.header("content-security-policy").to_owned();
        let (_, rest) = policy.split_once("'nonce-").expect("a nonce");
        let (nonce, _) = rest.split_once('\'').unwrap();
        assert!(nonce.len() >= 16, "{policy}");
        assert!(
            page.text.contains(&format!("nonce=\"{nonce}\"")),
            "{policy}"
        );
        assert_eq!(
            page.text.matches("<script").count(),
            page.text.matches(&format!("nonce=\"{nonce}\"")).count(),
            "a script without the nonce"
        );
        let (_, scripts) = policy.split_once("script-src").unwrap();
        let (scripts, _) = scripts.split_once(';').unwrap();
        assert!(
            !scripts.contains("unsafe-inline") && !scripts.contains("'unsafe-eval'"),
            "{policy}"
        );
        nonces.push(nonce.to_owned());
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[tokio::test]
async fn headers_that_keep_pages_safe() {
    let world = World::new(Database::Sqlite).await;
    for path in [
        "/sign-in",
        "/sign-in/forgotten",
        "/trainings",
        "/nothing",
        "/i/unknown",
        "/pkg/convoke.css",
    ] {
        let page = world.get(path, "").await;
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
        assert!(
            page.header("content-security-policy")
                .contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert_eq!(page.header("x-request-id").len(), 16, "{path}");
        if page.header("content-type").starts_with("text/html") {
            assert_eq!(page.header("cache-control"), "no-store", "{path}");
            assert!(!page.text.contains("<script"), "{path}");
        }
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn another_organisation_is_not_there(#[case] kind: Database) {
    let world = World::new(kind).await;
    let cookie = world.sign_in().await;
    let training = world.training(&cookie).await;
    let other = world.stranger().await;

    let json = |id: TrainingId| format!(r#"{{"id":"{id}","perspective":"Administrator"}}"#);
    let mine = world.call("training", &cookie, &json(training)).await;
    assert_eq!(mine.status, StatusCode::OK, "{}", mine.text);
    let theirs = world.call("training", &other, &json(training)).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND, "{}", theirs.text);
    let live = world
        .get(&format!("/api/live/trainings/{training}"), &other)
        .await;
    assert_eq!(live.status, StatusCode::NOT_FOUND);
    let nobody = world.call("training", "", &json(training)).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    let list = world
        .call("trainings", &other, r#"{"search":"","phase":"upcoming"}"#)
        .await;
    assert!(!list.text.contains("Fire Safety"), "{}", list.text);
}

#[tokio::test]
async fn what_is_too_large_is_not_taken() {
    let world = World::new(Database::Sqlite).await;
    let cookie = world.sign_in().await;
    let large = format!(
        r#"{{"search":"{}","phase":"upcoming"}}"#,
        "a".repeat(5 << 20)
    );
    let answer = world.call("trainings", &cookie, &large).await;
    assert!(answer.status.is_client_error() || answer.status.is_server_error());
    let mut request = Request::post("/sign-in")
        .header("origin", "http://convoke.test")
        .body(Body::empty())
        .unwrap();
    request
        .headers_mut()
        .insert("content-length", "5000000".parse().unwrap());
    assert_eq!(
        world.send(request).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[tokio::test]
async fn an_address_that_leads_nowhere_says_so() {
    let world = World::new(Database::Sqlite).await;
    let page = world.get("/nothing/here", "").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("<h1>"), "{}", page.text);
    let cookie = world.sign_in().await;
    let page = world.get("/nothing/here", &cookie).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(
        page.header("content-security-policy").contains("nonce-"),
        "in the console's frame"
    );
}

/// What the log has of the requests in a test, at the level that is usual.
#[derive(Clone, Default)]
struct Log(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn that_the_server_answers_is_asked_too_often_to_be_written_down() {
    let world = World::new(Database::Sqlite).await;
    let log = Log::default();
    let written = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_writer(move || written.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    for path in ["/healthz", "/sign-in"] {
        let request = Request::get(path).body(Body::empty()).unwrap();
        assert_eq!(world.send(request).await.status, StatusCode::OK, "{path}");
    }
    drop(guard);
    let written = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(written.contains("/sign-in"), "{written}");
    assert!(!written.contains("healthz"), "{written}");
}
