use super::world::World;
use axum::body::{Body, BodyDataStream};
use axum::http::header::COOKIE;
use axum::http::{Request, StatusCode};
use convoke_testkit::Database;
use futures::StreamExt;
use rstest::rstest;
use std::time::Duration;
use tower::ServiceExt;

async fn event(stream: &mut BodyDataStream) -> Option<String> {
    let next = tokio::time::timeout(Duration::from_secs(30), stream.next())
        .await
        .expect("no event came");
    next.map(|bytes| String::from_utf8(bytes.unwrap().to_vec()).unwrap())
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
#[tokio::test]
async fn every_watcher_learns_of_an_answer(#[case] kind: Database) {
    let world = World::new(kind).await;
    let cookie = world.sign_in().await;
    let training = world.training(&cookie).await;
    let secret = world.invited(training).await;
    let looking = tokio::spawn(world.live.clone().run(world.service.storage.clone()));

    let mut streams = Vec::new();
    for _ in 0..2 {
        let request = Request::get(format!("/api/live/trainings/{training}"))
            .header(COOKIE, &cookie)
            .body(Body::empty())
            .unwrap();
        let response = world.app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        streams.push(response.into_body().into_data_stream());
    }
    let version = world.version(training).await;
    for stream in &mut streams {
        let first = event(stream).await.unwrap();
        assert_eq!(first, format!("event: version\ndata: {version}\n\n"));
    }
    world
        .post(&format!("/i/{secret}"), "", &[("answer", "attend")])
        .await;
    let version = world.version(training).await;
    for stream in &mut streams {
        let next = event(stream).await.unwrap();
        assert_eq!(next, format!("event: version\ndata: {version}\n\n"));
    }
    // The server stops: the streams end, so that browsers come back to another.
    world.stop.send(true).unwrap();
    for stream in &mut streams {
        assert_eq!(event(stream).await, None);
    }
    looking.await.unwrap();
}

#[tokio::test]
async fn a_stream_needs_someone() {
    let world = World::new(Database::Sqlite).await;
    let training = world.training(&world.sign_in().await).await;
    let nobody = world
        .get(&format!("/api/live/trainings/{training}"), "")
        .await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    let cookie = world.sign_in().await;
    let rubbish = world.get("/api/live/trainings/rubbish", &cookie).await;
    assert_eq!(rubbish.status, StatusCode::NOT_FOUND);
}
