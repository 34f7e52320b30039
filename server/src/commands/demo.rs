//! `convoke demo`, and what `serve --demo` prints.

use super::Failure;
use crate::config::{DemoArgs, language, open_files, parse_files};
use convoke_service::demo::{self, DemoAccounts};
use convoke_service::files::DEFAULT_MAX_BYTES;
use convoke_texts::t;
use std::process::ExitCode;

/// Fills an empty database with demo data.
pub async fn run(args: DemoArgs) -> Result<ExitCode, Failure> {
    let files = open_files(&parse_files(&args.files.files_url)?, DEFAULT_MAX_BYTES)?;
    let mut service = super::service(&args.database).await?;
    service.files = files;
    let accounts = demo::fill(&service).await?;
    println!("{}", t!(language(), "serve-demo-filled"));
    print(&accounts);
    service.storage.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Prints who can sign in.
pub fn print(accounts: &DemoAccounts) {
    println!(
        "{}",
        t!(
            language(),
            "serve-demo-accounts",
            password = accounts.password
        )
    );
    for account in accounts.accounts {
        println!("  {:<24} {}", account.email, account.about);
    }
}
