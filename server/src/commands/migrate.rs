//! `convoke migrate`.

use super::Failure;
use crate::config::{DatabaseArgs, language};
use convoke_texts::t;
use std::process::ExitCode;

/// Brings the database up to date.
pub async fn run(args: DatabaseArgs) -> Result<ExitCode, Failure> {
    super::open(&args).await?.close().await;
    println!("{}", t!(language(), "migrate-done"));
    Ok(ExitCode::SUCCESS)
}
