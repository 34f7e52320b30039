//! `cargo xtask`: builds, runs and checks Convoke with nothing but cargo, npm and what is named when missing.
//!
//! - `run`: builds and serves with demo data;
//! - `site`: what the browser loads, for development;
//! - `test`: every check there is;
//! - `e2e`: the browser journeys alone;
//! - `pictures`: a picture of every screen;
//! - `lighthouse`: judges the public pages of the release;
//! - `dist`: the release in `target/dist`;
//! - `bench`: measures searching, *Validate*, sending and registering on both databases.

mod checks;
mod dist;
mod first_visit;
mod journeys;
mod site;
mod tools;

use anyhow::{Result, bail};
use std::os::unix::process::CommandExt as _;
use std::process::ExitCode;
use tools::Workspace;

const USAGE: &str = "usage: cargo xtask run | site | test | e2e | pictures | lighthouse | dist | bench\n\
    \n  run [options of `convoke serve`]     build and serve with demo data\
    \n  site                                 what the browser loads, in target/site\
    \n  test                                 every check\
    \n  e2e [options of `playwright test`]   the browser journeys alone\
    \n  pictures FOLDER                      a picture of every screen\
    \n  pictures --guide                     the pictures of the user guide, in docs/images\
    \n  lighthouse                           judge the public pages of the release with Lighthouse\
    \n  dist                                 the release, in target/dist\
    \n  bench [PEOPLE [PART [DATABASE]]]      measure: panel, sending, worker, join; on both databases or one\
    \n  bench browser                        measure the panel in a slowed browser\
    \n  bench faults                         send 10,000 messages while everything goes wrong";

fn main() -> ExitCode {
    match begin() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn begin() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let workspace = Workspace::find()?;
    match command.as_str() {
        "run" => run(&workspace, &rest),
        "site" => {
            tools::wasm_target()?;
            site::build(&workspace)
        }
        "test" => checks::all(&workspace),
        "e2e" => journeys::build_and_run(&workspace, &rest),
        "pictures" => journeys::pictures(&workspace, rest.first()),
        "lighthouse" => journeys::lighthouse(&workspace, &rest),
        "dist" => dist::build(&workspace),
        "bench" if rest.first().is_some_and(|part| part == "browser") => {
            journeys::performance(&workspace)
        }
        "bench" if rest.first().is_some_and(|part| part == "faults") => faults(&workspace),
        "bench" => bench(&workspace, &rest),
        "" | "help" | "--help" => {
            println!("{USAGE}");
            Ok(())
        }
        other => bail!("there is no `{other}`\n{USAGE}"),
    }
}

/// Builds, then becomes the server.
fn run(workspace: &Workspace, rest: &[String]) -> Result<()> {
    tools::wasm_target()?;
    // Two cargos at once, which do not wait for each other: towards its end each keeps one core busy.
    std::thread::scope(|scope| {
        let site = scope.spawn(|| site::build(workspace));
        tools::status("Building", "the server");
        let server = tools::succeed(workspace.cargo().args(["build", "--package", "convoke"]));
        let site = site
            .join()
            .unwrap_or_else(|_| bail!("the site was not built"));
        server.and(site)
    })?;
    tools::status("Starting", "convoke serve --demo");
    let error = std::process::Command::new(workspace.server())
        .args(["serve", "--demo"])
        .args(rest)
        .env("CONVOKE_SITE_ROOT", workspace.site())
        .current_dir(&workspace.root)
        .exec();
    Err(error.into())
}

/// The test of faults at full size; it prints what happened.
fn faults(workspace: &Workspace) -> Result<()> {
    tools::succeed(
        workspace
            .cargo()
            .args(["test", "--package", "convoke", "--test", "faults"])
            .args(["--", "--nocapture", "--test-threads", "1"])
            .env("CONVOKE_FAULTS", "10000,10"),
    )
}

fn bench(workspace: &Workspace, rest: &[String]) -> Result<()> {
    tools::succeed(workspace.cargo().args([
        "build",
        "--release",
        "--package",
        "convoke",
        "--package",
        "convoke-bench",
    ]))?;
    tools::succeed(
        std::process::Command::new(workspace.target.join("release/convoke-bench"))
            .args(rest)
            .env("CONVOKE_PROGRAM", workspace.target.join("release/convoke"))
            .current_dir(&workspace.root),
    )
}
