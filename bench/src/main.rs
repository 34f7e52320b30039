//! Measures what people wait for, with a large directory, on both databases: searching, opening the panel,
//! *Validate*, sending, and the pages behind a training code. `cargo xtask bench [PEOPLE [panel|sending|worker|join [sqlite|postgres]]]`; the figures go into
//! docs/performance.md.

mod bare;
mod directory;
mod figures;
mod join;
mod panel;
mod sending;
mod server;
mod sink;

use anyhow::{Context as _, Result};
use convoke_service::Service;
use convoke_storage::Storage;
use convoke_testkit::{Database, database, postgres_memory};
use figures::Figures;

/// The size of the directory, if none is given.
const PEOPLE: usize = 100_000;

#[tokio::main]
async fn main() -> Result<()> {
    let people = match std::env::args().nth(1) {
        Some(number) => number.parse().context(
            "usage: cargo xtask bench [PEOPLE [panel|sending|worker|join [sqlite|postgres]]]",
        )?,
        None => PEOPLE,
    };
    let part = std::env::args().nth(2);
    println!("{people} people; {}\n", figures::machine());
    // A quarter of a machine of 2 GB, which is what PostgreSQL's manual has one give it.
    postgres_memory("512MB");
    let only = std::env::args().nth(3);
    let (mut sqlite, mut postgres) = (Figures::default(), Figures::default());
    if only.as_deref() != Some("postgres") {
        sqlite = measure(Database::Sqlite, people, part.as_deref()).await?;
    }
    if only.as_deref() != Some("sqlite") {
        postgres = measure(Database::Postgres, people, part.as_deref()).await?;
    }
    if only.is_none() {
        println!("{}", figures::table(&sqlite, &postgres));
    }
    Ok(())
}

/// The figures of one database: all, or those of one part.
async fn measure(kind: Database, people: usize, part: Option<&str>) -> Result<Figures> {
    let wanted = |name: &str| part.is_none_or(|part| part == name);
    eprintln!("{kind:?}");
    let database = database(kind).await;
    let storage = Storage::open(&database.url).await?;
    storage.migrate().await?;
    let service = Service::new(storage, "http://127.0.0.1:3000");
    let mut figures = Figures::default();
    let actor = directory::fill(&service, people, &mut figures).await?;
    if wanted("panel") {
        panel::measure(&service, &actor, people, &mut figures).await?;
    }
    // Set by xtask, which builds it.
    let program = std::env::var("CONVOKE_PROGRAM").context("CONVOKE_PROGRAM names the server")?;
    if wanted("sending") {
        sending::measure(
            &service,
            &actor,
            &database.url,
            &program,
            people,
            &mut figures,
        )
        .await?;
    }
    // A part of sending, by itself for a profile.
    if part == Some("worker") {
        sending::worker_alone(&service, &actor, &mut figures).await?;
    }
    if wanted("join") {
        join::measure(&service, &actor, &database.url, &program, &mut figures).await?;
    }
    service.storage.close().await;
    Ok(figures)
}
