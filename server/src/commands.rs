//! The commands.

mod admin;
mod demo;
mod import;
mod migrate;
mod serve;

use crate::config::{AdminCommand, Cli, Command, DatabaseArgs, ImportCommand, Problem, language};
use convoke_app::api::ApiError;
use convoke_domain::Refusal;
use convoke_service::Service;
use convoke_storage::Storage;
use convoke_texts::t;
use std::process::ExitCode;

/// Runs the command of a command line.
pub async fn run(cli: Cli) -> ExitCode {
    let done = match cli.command {
        Command::Serve(args) => serve::run(args).await,
        Command::Migrate(args) => migrate::run(args).await,
        Command::Demo(args) => demo::run(args).await,
        Command::Import(ImportCommand::Users(args)) => import::users(args).await,
        Command::Admin(AdminCommand::Create(args)) => admin::create(args).await,
    };
    match done {
        Ok(code) => code,
        Err(failure) => {
            failure.print();
            ExitCode::FAILURE
        }
    }
}

/// Why a command stopped.
#[derive(Debug)]
pub enum Failure {
    /// The configuration has to be changed.
    Configuration(Vec<Problem>),
    /// A use case refused.
    Refused(Refusal),
    /// A sentence that says it all.
    Sentence(String),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Configuration(vec![problem])
    }
}

impl Failure {
    fn print(&self) {
        let language = language();
        match self {
            Self::Configuration(problems) => crate::check::print_problems(problems, language),
            Self::Refused(Refusal::Invalid(fields)) => {
                for field in fields {
                    eprintln!(
                        "{}: {}",
                        field.field,
                        convoke_texts::text(language, &field.text, &[])
                    );
                }
            }
            Self::Refused(refusal) => {
                eprintln!("{}", ApiError::Refused(refusal.clone()).sentence(language));
            }
            Self::Sentence(text) => eprintln!("{text}"),
        }
    }
}

/// Opens the database and brings it up to date.
async fn open(args: &DatabaseArgs) -> Result<Storage, Failure> {
    open_at(&crate::config::parse_database(&args.database_url)?).await
}

/// Opens the database of an address and brings it up to date.
async fn open_at(address: &str) -> Result<Storage, Failure> {
    let storage = Storage::open(address).await.map_err(|cause| {
        Problem::new("CONVOKE_DATABASE_URL", "check-database", "").cause(&cause)
    })?;
    storage.migrate().await.map_err(|cause| {
        Failure::Sentence(t!(language(), "command-failed", cause = cause.to_string()))
    })?;
    Ok(storage)
}

/// The use cases over the database; commands that send nothing need no public address.
async fn service(args: &DatabaseArgs) -> Result<Service, Failure> {
    Ok(Service::new(open(args).await?, ""))
}
