//! The one binary `convoke`: configuration, HTTP, live updates and the command line.

mod check;
mod commands;
mod config;
mod http;

use clap::Parser;
use std::io::IsTerminal;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// The allocator and the runtime are Tokio's and the system's; everything else begins in [`commands`].
fn main() -> ExitCode {
    let cli = config::Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            EnvFilter::try_from_env("CONVOKE_LOG")
                .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn")),
        )
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    // The one TLS implementation for the database, mail and gateways. An error means that it is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(cause) => {
            eprintln!("cannot start: {cause}");
            return ExitCode::FAILURE;
        }
    };
    runtime.block_on(commands::run(cli))
}
