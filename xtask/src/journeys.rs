//! The browser journeys: builds what they need and runs Playwright.

use crate::checks::Tally;
use crate::tools::{self, Workspace};
use crate::{checks, site};
use anyhow::Result;
use std::process::Command;

/// Builds everything, then runs the journeys.
pub fn build_and_run(workspace: &Workspace, rest: &[String]) -> Result<Tally> {
    tools::wasm_target()?;
    tools::succeed(workspace.cargo().args([
        "build",
        "--package",
        "convoke",
        "--package",
        "convoke-testkit",
        "--bins",
    ]))?;
    site::build(workspace)?;
    run(workspace, rest)
}

/// Runs the journeys with what is built.
pub fn run(workspace: &Workspace, rest: &[String]) -> Result<Tally> {
    let chromium = tools::chromium()?;
    let folder = workspace.root.join("end2end");
    if !up_to_date(workspace) {
        tools::status("Installing", "end2end/node_modules");
        tools::succeed(
            Command::new("npm")
                .args(["ci", "--no-audit", "--no-fund"])
                // Chromium is Debian's.
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
                .current_dir(&folder),
        )?;
    }
    checks::counted(
        Command::new("npx")
            .args(["--no-install", "playwright", "test"])
            .args(rest)
            .env("CONVOKE_BIN", workspace.server())
            .env(
                "CONVOKE_TESTBED",
                workspace.target.join("debug/convoke-testbed"),
            )
            .env("CONVOKE_SITE_ROOT", workspace.site())
            .env("CONVOKE_CHROMIUM", chromium)
            .current_dir(&folder),
    )
}

/// Whether npm installed what the lock file says.
fn up_to_date(workspace: &Workspace) -> bool {
    let modified = |path: &str| {
        std::fs::metadata(workspace.root.join("end2end").join(path))
            .and_then(|m| m.modified())
            .ok()
    };
    match (
        modified("package-lock.json"),
        modified("node_modules/.package-lock.json"),
    ) {
        (Some(wanted), Some(installed)) => wanted <= installed,
        _ => false,
    }
}
