//! `convoke serve --check` with files in a bucket: what it asks of the bucket is signed, and what is wrong is said in plain words.
//! The bucket is a few lines of HTTP that keep objects in memory.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use convoke_testkit::Folder;
use std::collections::HashMap;
use std::process::{Output, Stdio};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::process::Command;

#[derive(Clone, Default)]
struct Bucket {
    objects: Arc<Mutex<HashMap<String, Bytes>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Bucket {
    fn note(&self, what: &str, headers: &HeaderMap) {
        let text = |name: &str| {
            headers
                .get(name)
                .map_or("", |value| value.to_str().unwrap())
        };
        let signed = text("authorization").starts_with("AWS4-HMAC-SHA256 Credential=the-key/")
            && text("authorization").contains("/eu-west-3/s3/aws4_request");
        self.asked
            .lock()
            .unwrap()
            .push(format!("{what}{}", if signed { "" } else { " unsigned" }));
    }
}

async fn put(
    State(bucket): State<Bucket>,
    Path(key): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    bucket.note(&format!("put {key}"), &headers);
    bucket.objects.lock().unwrap().insert(key, body);
    [("etag", "\"1\"")].into_response()
}

async fn read(
    State(bucket): State<Bucket>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Response {
    bucket.note(&format!("get {key}"), &headers);
    let found = bucket.objects.lock().unwrap().get(&key).cloned();
    match found {
        Some(body) => (
            [
                ("etag", "\"1\""),
                ("last-modified", "Sun, 22 Nov 2026 09:00:00 GMT"),
            ],
            body,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Several objects at once.
async fn delete(
    State(bucket): State<Bucket>,
    Path(_): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    bucket.note("delete", &headers);
    let mut deleted = String::new();
    bucket.objects.lock().unwrap().retain(|key, _| {
        let named = format!("<Key>{key}</Key>");
        let stays = !body.contains(&named);
        if !stays {
            deleted += &format!("<Deleted>{named}</Deleted>");
        }
        stays
    });
    format!("<?xml version=\"1.0\"?><DeleteResult>{deleted}</DeleteResult>").into_response()
}

async fn serve(bucket: Bucket) -> String {
    let app = Router::new()
        .route("/{bucket}", post(delete))
        .route("/acme-files/{*key}", get(read).put(put))
        .with_state(bucket);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

async fn check(endpoint: &str, files: &str) -> Output {
    let folder = Folder::new("check");
    let site = folder.path().join("site");
    std::fs::create_dir_all(site.join("pkg")).unwrap();
    Command::new(env!("CARGO_BIN_EXE_convoke"))
        .args(["serve", "--check", "--addr", "127.0.0.1:0"])
        .args(["--files-url", files])
        .arg("--site-root")
        .arg(&site)
        .env("AWS_ENDPOINT", endpoint)
        .env("AWS_ALLOW_HTTP", "true")
        .env("AWS_REGION", "eu-west-3")
        .env("AWS_ACCESS_KEY_ID", "the-key")
        .env("AWS_SECRET_ACCESS_KEY", "hunter2")
        .env("LC_ALL", "C")
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_bucket_is_tried() {
    let bucket = Bucket::default();
    let endpoint = serve(bucket.clone()).await;
    let output = check(&endpoint, "s3://acme-files/convoke").await;
    let said = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{wrong}");
    assert!(
        said.contains("Files are kept in s3://acme-files/convoke"),
        "{said}"
    );
    let asked = bucket.asked.lock().unwrap().clone();
    assert_eq!(
        asked,
        [
            "put convoke/.convoke-check",
            "get convoke/.convoke-check",
            "delete"
        ]
    );
    assert!(bucket.objects.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_bucket_that_is_not_there() {
    let endpoint = serve(Bucket::default()).await;
    let output = check(&endpoint, "s3://another").await;
    assert!(!output.status.success());
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(
        wrong.contains("CONVOKE_FILES_URL: Files cannot be kept there:"),
        "{wrong}"
    );
    assert!(!wrong.contains("hunter2"), "{wrong}");
}
