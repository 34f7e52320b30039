//! `convoke demo`, and what `serve --demo` prints.

use super::Failure;
use crate::config::{DatabaseArgs, language};
use convoke_service::demo::{self, DemoAccounts};
use convoke_texts::t;
use std::process::ExitCode;

/// Fills an empty database with demo data.
pub async fn run(args: DatabaseArgs) -> Result<ExitCode, Failure> {
    let service = super::service(&args).await?;
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
