//! The browser journeys: builds what they need and runs Playwright.

use crate::checks::Tally;
use crate::tools::{self, Workspace};
use crate::{checks, dist, site};
use anyhow::{Context as _, Result, bail};
use std::path::Path;
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

/// Takes a picture of every screen; with `--guide`, those of the user guide, into `docs/images`.
pub fn pictures(workspace: &Workspace, folder: Option<&String>) -> Result<()> {
    let folder = folder.context("usage: cargo xtask pictures FOLDER | --guide")?;
    build(workspace)?;
    let mut playwright = playwright(workspace)?;
    playwright.args(["--config", "pictures.config.ts"]);
    if folder == "--guide" {
        playwright
            .arg("guide.spec.ts")
            .env("CONVOKE_GUIDE", "1")
            .env("CONVOKE_PICTURES", workspace.root.join("docs/images"));
    } else {
        playwright.env("CONVOKE_PICTURES", std::env::current_dir()?.join(folder));
    }
    tools::succeed(&mut playwright)
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

/// Judges the public pages of the release with Lighthouse; `--built` takes the one that is in `target/dist`. Lighthouse is large and needed nowhere else,
/// so it is installed here only.
pub fn lighthouse(workspace: &Workspace, rest: &[String]) -> Result<()> {
    if !rest.iter().any(|option| option == "--built") {
        dist::build(workspace)?;
    }
    tools::succeed(
        workspace
            .cargo()
            .args(["build", "--package", "convoke-testkit", "--bins"]),
    )?;
    let folder = workspace.root.join("end2end/lighthouse");
    install(&folder)?;
    let dist = workspace.target.join("dist");
    tools::succeed(
        playwright(workspace)?
            .args(["--config", "lighthouse.config.ts"])
            .env("CONVOKE_BIN", dist.join("convoke"))
            .env("CONVOKE_SITE_ROOT", dist.join("site"))
            .env("CONVOKE_REPORTS", workspace.target.join("lighthouse")),
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
    install(&folder)?;
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

/// Installs what the lock file in a folder says, unless it is there.
fn install(folder: &Path) -> Result<()> {
    if up_to_date(folder) {
        return Ok(());
    }
    tools::status(
        "Installing",
        &folder.join("node_modules").display().to_string(),
    );
    tools::succeed(
        Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund"])
            // Chromium is Debian's.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .env("PUPPETEER_SKIP_DOWNLOAD", "1")
            .current_dir(folder),
    )
}

/// Whether npm installed what the lock file says.
fn up_to_date(folder: &Path) -> bool {
    let modified = |path: &str| {
        std::fs::metadata(folder.join(path))
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
