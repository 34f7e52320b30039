//! How long an import of 100,000 people takes: `cargo run -p convoke-service --example import_speed [COUNT] [sqlite|postgres]`.
//! Prints the seconds of a first import and of the same file again, on both databases, and of some searches afterwards.

use convoke_domain::Language;
use convoke_domain::selection::Filter;
use convoke_domain::view::Range;
use convoke_service::people::import::ImportFile;
use convoke_service::{Service, people};
use convoke_storage::Storage;
use convoke_testkit::{Database, database, people_csv};
use std::time::Instant;

#[tokio::main]
#[allow(clippy::disallowed_methods, reason = "time is what is measured")]
async fn main() {
    let count = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(100_000);
    let file = people_csv(count);
    println!("{count} people, {} kB", file.len() / 1_000);
    let only = std::env::args().nth(2);
    for kind in [Database::Sqlite, Database::Postgres] {
        let name = format!("{kind:?}").to_lowercase();
        if only.as_ref().is_some_and(|only| *only != name) {
            continue;
        }
        let database = database(kind).await;
        let storage = Storage::open(&database.url).await.expect("it opens");
        storage.migrate().await.expect("it migrates");
        let service = Service::new(storage, "http://localhost");
        let person = people::NewAdministrator {
            first_name: "Ada".into(),
            last_name: "Byron".into(),
            email: "ada@example.org".into(),
            password: "correct horse".into(),
        };
        people::create_administrator(&service, Some("Acme"), &person)
            .await
            .expect("it is made");
        let mut actor = people::acting_for(&service, None)
            .await
            .expect("it is there");
        actor.language = Language::En;
        for what in ["first", "again"] {
            let begun = Instant::now();
            let report = people::import(
                &service,
                &actor,
                "people.csv",
                ImportFile::of(file.clone().into()),
                |_| {},
            )
            .await
            .expect("it is imported");
            println!(
                "{kind:?}, {what}: {:.1} s ({} created, {} updated, {} unchanged, {} bad)",
                begun.elapsed().as_secs_f64(),
                report.counts.created,
                report.counts.updated,
                report.counts.unchanged,
                report.counts.bad_lines
            );
        }
        for text in ["", "anna mul", "oneill", "p99999", "nobody"] {
            let filter = Filter {
                text: text.into(),
                ..Filter::default()
            };
            let begun = Instant::now();
            let found = people::list(&service, &actor, &filter, Range::new(0, 100))
                .await
                .expect("it is listed");
            println!(
                "{kind:?}, search {text:?}: {} ms, {} found",
                begun.elapsed().as_millis(),
                found.total
            );
        }
        let begun = Instant::now();
        people::choices(&service, &actor)
            .await
            .expect("they are there");
        println!("{kind:?}, choices: {} ms", begun.elapsed().as_millis());
        service.storage.close().await;
    }
}
