//! The browser journeys: builds what they need and runs Playwright.

use crate::checks::Tally;
use crate::tools::{self, Workspace};
use crate::{checks, dist, site};
use anyhow::{Context as _, Result, bail};
use std::process::Command;

/// Builds everything, then runs the journeys.
pub fn build_and_run(workspace: &Workspace, rest: &[String]) -> Result<()> {
    build(workspace)?;
    let tally = run(workspace, rest)?;
    if tally.failed > 0 {
        bail!("{} failed", tally.failed);
    }
    Ok(())
}

/// Takes a picture of every screen.
pub fn pictures(workspace: &Workspace, folder: Option<&String>) -> Result<()> {
    let folder = folder.context("usage: cargo xtask pictures FOLDER")?;
    let folder = std::env::current_dir()?.join(folder);
    build(workspace)?;
    tools::succeed(
        playwright(workspace)?
            .args(["--config", "pictures.config.ts"])
            .env("CONVOKE_PICTURES", folder),
    )
}

/// Measures the panel in a slowed browser, with the release.
pub fn performance(workspace: &Workspace) -> Result<()> {
    dist::build(workspace)?;
    tools::succeed(
        workspace
            .cargo()
            .args(["build", "--package", "convoke-testkit", "--bins"]),
    )?;
    let dist = workspace.target.join("dist");
    tools::succeed(
        playwright(workspace)?
            .args(["--config", "performance.config.ts"])
            .env("CONVOKE_BIN", dist.join("convoke"))
            .env("CONVOKE_SITE_ROOT", dist.join("site")),
    )
}

fn build(workspace: &Workspace) -> Result<()> {
    tools::wasm_target()?;
    tools::succeed(workspace.cargo().args([
        "build",
        "--package",
        "convoke",
        "--package",
        "convoke-testkit",
        "--bins",
    ]))?;
    site::build(workspace)
}

/// Runs the journeys with what is built.
pub fn run(workspace: &Workspace, rest: &[String]) -> Result<Tally> {
    checks::counted(playwright(workspace)?.args(rest))
}

/// `playwright test`, with everything it needs named in its environment.
fn playwright(workspace: &Workspace) -> Result<Command> {
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
    let mut playwright = Command::new("npx");
    playwright
        .args(["--no-install", "playwright", "test"])
        .env("CONVOKE_BIN", workspace.server())
        .env(
            "CONVOKE_TESTBED",
            workspace.target.join("debug/convoke-testbed"),
        )
        .env("CONVOKE_SITE_ROOT", workspace.site())
        .env("CONVOKE_CHROMIUM", chromium)
        .current_dir(folder);
    Ok(playwright)
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
