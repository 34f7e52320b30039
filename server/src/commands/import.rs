//! `convoke import users FILE`, CSV or XLSX.

use super::Failure;
use crate::config::{ImportUsersArgs, language};
use convoke_domain::Refusal;
use convoke_service::people::import::ImportFile;
use convoke_service::people::{acting_for, import};
use convoke_texts::t;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::BufReader;
use std::process::ExitCode;

/// Takes users in from a file. Bad lines are named, the good ones are kept; it fails when nothing could be used.
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
    let bar = ProgressBar::new(100).with_style(style());
    let name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let file = ImportFile::read(BufReader::new(file), length).map_err(unreadable)?;
    let report = import(&service, &actor, &name, file, |percent| {
        bar.set_position(percent.into());
    })
    .await;
    bar.finish_and_clear();
    service.storage.close().await;
    let report = report?;
    let counts = &report.counts;

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
            created = counts.created,
            updated = counts.updated,
            unchanged = counts.unchanged,
            bad = counts.bad_lines
        )
    );
    if counts.created + counts.updated + counts.unchanged == 0 {
        eprintln!("{}", t!(language, "import-nothing"));
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:40} {percent:>3}% {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}
