use super::world::World;
use axum::body::Body;
use axum::http::header::{HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use axum::http::{Request, StatusCode};
use convoke_app::api::ApiError;
use convoke_testkit::Database;

#[tokio::test]
async fn every_answer_of_the_moment_names_the_build() {
    let world = World::released("css: c\nbuild: 0123456789abcdef\n").await;
    world.set_up().await;
    let cookie = world.sign_in().await;
    for (path, cookie) in [
        ("/healthz", ""),
        ("/sign-in", ""),
        ("/join", ""),
        ("/nowhere", ""),
        ("/trainings", cookie.as_str()),
    ] {
        let answer = world.get(path, cookie).await;
        assert_eq!(
            answer.header("x-convoke-build"),
            "0123456789abcdef",
            "{path}"
        );
    }
    let file = world.get("/pkg/convoke.c.css", "").await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(
        file.header("x-convoke-build"),
        "",
        "browsers keep files for long"
    );
    let asked = world.head("/healthz").await;
    assert_eq!(asked.header("x-convoke-build"), "0123456789abcdef");
    for (path, cookie) in [("/join", ""), ("/trainings", cookie.as_str())] {
        let page = world.get(path, cookie).await.text;
        let meta = page
            .split("<meta ")
            .find(|meta| meta.contains("name=\"build\""))
            .unwrap_or_else(|| panic!("{path} does not say which build made it: {page}"));
        assert!(
            meta.contains("content=\"0123456789abcdef\""),
            "{path}: {meta}"
        );
    }
}

/// Releases whose files all have the same time are told apart all the same: else a browser would keep an old service worker.
#[tokio::test]
async fn a_worker_is_recognised_by_the_build_and_not_by_its_time() {
    let world = World::released("css: c\nbuild: 0123456789abcdef\n").await;
    std::fs::write(world.site.path().join("sw.js"), "// worker").unwrap();
    let ask = |name: HeaderName, value: &str| {
        let request = Request::get("/sw.js").header(name, value);
        world.send(request.body(Body::empty()).unwrap())
    };
    let first = world.get("/sw.js", "").await;
    assert_eq!(first.text, "// worker");
    assert_eq!(first.header("etag"), "W/\"0123456789abcdef\"");
    assert_eq!(first.header("last-modified"), "");
    let known = ask(IF_NONE_MATCH, first.header("etag")).await;
    assert_eq!(
        (known.status, known.text.as_str()),
        (StatusCode::NOT_MODIFIED, "")
    );
    assert_eq!(known.header("cache-control"), "no-cache");
    let earlier = ask(IF_NONE_MATCH, "W/\"of-an-earlier-one\"").await;
    assert_eq!(
        (earlier.status, earlier.text.as_str()),
        (StatusCode::OK, "// worker")
    );
    let by_time = ask(IF_MODIFIED_SINCE, "Fri, 01 Jan 2100 00:00:00 GMT").await;
    assert_eq!(by_time.status, StatusCode::OK);
    let hashed = world.get("/pkg/convoke.c.css", "").await;
    assert_eq!(hashed.header("etag"), "", "its name says it");
}

#[tokio::test]
async fn in_development_builds_have_no_names() {
    let world = World::new(Database::Sqlite).await;
    let answer = world.get("/join", "").await;
    assert_eq!(answer.header("x-convoke-build"), "");
    assert!(!answer.text.contains("name=\"build\""), "{}", answer.text);
}

/// What a page of another release calls in vain is told so, in a way that it understands.
#[tokio::test]
async fn a_page_of_another_build_is_told_so() {
    let world = World::new(Database::Sqlite).await;
    let cookie = world.sign_in().await;
    let said = |text: &str| serde_json::from_str::<ApiError>(text).ok();

    let gone = world.call("a_call_of_another_release", &cookie, "{}").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert_eq!(said(&gone.text), Some(ApiError::Outdated), "{}", gone.text);

    let changed = world
        .call("trainings", &cookie, r#"{"words":"fire"}"#)
        .await;
    assert!(!changed.status.is_success());
    assert_eq!(
        said(&changed.text),
        Some(ApiError::Outdated),
        "{}",
        changed.text
    );
}
