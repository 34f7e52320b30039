//! `convoke import users FILE.csv`.

use super::Failure;
use crate::config::{ImportUsersArgs, language};
use convoke_domain::Refusal;
use convoke_service::people::{acting_for, import};
use convoke_texts::t;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::BufReader;
use std::process::ExitCode;

/// Takes users in from a CSV file. Bad lines are named, the good ones are kept; it fails when nothing could be used.
pub async fn users(args: ImportUsersArgs) -> Result<ExitCode, Failure> {
    let language = language();
    let unreadable = |cause: std::io::Error| {
        let file = args.file.display();
        Failure::Sentence(t!(
            language,
            "import-open",
            cause = format!("{file}: {cause}")
        ))
    };
    let file = File::open(&args.file).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    let service = super::service(&args.database).await?;
    let actor = acting_for(&service, args.organisation.as_deref())
        .await
        .map_err(|refusal| match refusal {
            Refusal::NotFound => Failure::Sentence(t!(language, "organisation-unknown")),
            other => Failure::Refused(other),
        })?;

    // Shown on a terminal only, and on standard error, so that a script's output stays clean.
    let bar = ProgressBar::new(length).with_style(style());
    let report = import(&service, &actor, BufReader::new(file), |read| {
        bar.set_position(read.min(length));
    })
    .await;
    bar.finish_and_clear();
    service.storage.close().await;
    let report = report?;

    for bad in &report.bad {
        eprintln!("{}", bad.sentence(language));
    }
    if !report.unknown_columns.is_empty() {
        eprintln!(
            "{}",
            t!(
                language,
                "import-columns-unknown",
                columns = report.unknown_columns.join(", ")
            )
        );
    }
    println!(
        "{}",
        t!(
            language,
            "import-done",
            created = report.created,
            updated = report.updated,
            unchanged = report.unchanged,
            bad = report.bad_lines
        )
    );
    if report.created + report.updated + report.unchanged == 0 {
        eprintln!("{}", t!(language, "import-nothing"));
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:40} {percent:>3}% {bytes}/{total_bytes} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}
