//! `convoke admin create`.

use super::Failure;
use crate::config::{AdminCreateArgs, language};
use convoke_service::people::{NewAdministrator, create_administrator};
use convoke_service::tokens;
use convoke_texts::t;
use std::process::ExitCode;

/// Creates an administrator, or gives a user the right and a new password.
pub async fn create(args: AdminCreateArgs) -> Result<ExitCode, Failure> {
    let service = super::service(&args.database).await?;
    let made = args.password.is_none();
    let password = args
        .password
        .unwrap_or_else(|| tokens::new_secret(&service));
    let person = NewAdministrator {
        first_name: args.first_name,
        last_name: args.last_name,
        email: args.email,
        password,
    };
    create_administrator(&service, args.organisation.as_deref(), &person).await?;
    println!(
        "{}",
        t!(language(), "admin-created", email = person.email.as_str())
    );
    if made {
        println!(
            "{}",
            t!(language(), "admin-password", password = person.password)
        );
    }
    service.storage.close().await;
    Ok(ExitCode::SUCCESS)
}
