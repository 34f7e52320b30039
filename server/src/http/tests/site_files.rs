use super::world::World;
use crate::http::Site;
use axum::body::Body;
use axum::http::header::ACCEPT_ENCODING;
use axum::http::{Request, StatusCode};
use convoke_testkit::{Database, Folder};

#[tokio::test]
async fn files_come_compressed_as_the_build_made_them() {
    let world = World::new(Database::Sqlite).await;
    let plain = world.get("/pkg/convoke.css", "").await;
    assert_eq!(
        (plain.status, plain.text.as_str()),
        (StatusCode::OK, "body{}")
    );
    assert_eq!(
        plain.header("cache-control"),
        "no-cache",
        "names without a hash"
    );
    std::fs::write(world.site.path().join("pkg/convoke.css.br"), "brotli").unwrap();
    let request = Request::get("/pkg/convoke.css")
        .header(ACCEPT_ENCODING, "gzip, br")
        .body(Body::empty())
        .unwrap();
    let small = world.send(request).await;
    assert_eq!(small.header("content-encoding"), "br");
    assert_eq!(small.header("content-type"), "text/css");
    assert_eq!(small.text, "brotli");
}

#[tokio::test]
async fn nothing_outside_the_site_is_served() {
    let world = World::new(Database::Sqlite).await;
    std::fs::write(world.site.path().join("hash.txt"), "css: abc").unwrap();
    for path in [
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/pkg/",
        "/hash.txt",
        "/pkg",
    ] {
        let answer = world.get(path, "").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[test]
fn hashes_count_when_their_files_are_there() {
    let folder = Folder::new("hashed");
    let pkg = folder.path().join("pkg");
    std::fs::create_dir_all(&pkg).unwrap();
    std::fs::write(folder.path().join("hash.txt"), "css: c\npublic-css: p\n").unwrap();
    assert_eq!(
        Site::open(folder.path()).stylesheet,
        "/pkg/public.css",
        "another build's"
    );
    std::fs::write(pkg.join("convoke.c.css"), "").unwrap();
    let site = Site::open(folder.path());
    assert_eq!(site.stylesheet, "/pkg/public.p.css");
    assert!(site.is_hashed());
}

#[test]
fn the_module_of_the_public_pages_is_named_when_it_is_built() {
    let folder = Folder::new("joined");
    let pkg = folder.path().join("pkg");
    std::fs::create_dir_all(&pkg).unwrap();
    std::fs::write(pkg.join("convoke.c.css"), "").unwrap();
    std::fs::write(
        folder.path().join("hash.txt"),
        "js: a\nwasm: b\ncss: c\njoin-js: d\njoin-wasm: e\n",
    )
    .unwrap();
    assert_eq!(
        Site::open(folder.path()).join,
        None,
        "pages without it are complete"
    );
    std::fs::write(pkg.join("join.d.js"), "").unwrap();
    std::fs::write(pkg.join("join.e.wasm"), "").unwrap();
    let named = ("/pkg/join.d.js".to_owned(), "/pkg/join.e.wasm".to_owned());
    assert_eq!(Site::open(folder.path()).join, Some(named));
}
