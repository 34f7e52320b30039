//! Where things are, running other programs, and saying what is missing.

use anyhow::{Context as _, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The WASM target's name.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The source tree and where cargo puts what it builds.
pub struct Workspace {
    /// The folder of the root `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
}

impl Workspace {
    /// The workspace this was built from.
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask stands in the workspace")?
            .to_owned();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            // Cargo takes a relative one from where it is called.
            Some(folder) => std::env::current_dir()?.join(folder),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// Cargo, in the root.
    pub fn cargo(&self) -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        cargo.current_dir(&self.root);
        cargo.env("CARGO_TARGET_DIR", &self.target);
        // `cargo xtask` sets these for xtask. The build script of ring watches them: it, and all that stands on it, would be compiled again after each plain
        // `cargo` and in each other checkout.
        for (name, _) in std::env::vars_os() {
            let is_of_xtask = ["CARGO_PKG_", "CARGO_MANIFEST_"]
                .iter()
                .any(|start| name.to_string_lossy().starts_with(start));
            if is_of_xtask {
                cargo.env_remove(name);
            }
        }
        cargo
    }

    /// The server as built for development.
    pub fn server(&self) -> PathBuf {
        self.target.join("debug/convoke")
    }

    /// What the development server serves beside pages.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }
}

/// One line about what happens now, as cargo writes them.
pub fn status(verb: &str, what: &str) {
    eprintln!("\x1b[1;32m{verb:>12}\x1b[0m {what}");
}

/// Runs a program; it is an error if it fails.
pub fn succeed(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| missing(&name))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// What a program prints.
pub fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| missing(&name))?;
    if !output.status.success() {
        bail!("`{}` failed ({})", line(command), output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|w| w.to_string_lossy().into_owned()).collect();
    words.join(" ")
}

fn missing(program: &str) -> String {
    let package = match Path::new(program).file_name().and_then(|n| n.to_str()) {
        Some("npm" | "npx" | "node") => "apt-get install nodejs npm",
        Some("rustup" | "cargo" | "rustc") => "see https://rustup.rs",
        _ => return format!("`{program}` does not start"),
    };
    format!("`{program}` does not start; install it: {package}")
}

/// Adds the WASM target to the toolchain if it is not there.
pub fn wasm_target() -> Result<()> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM]);
    if output(&mut rustc).is_ok_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    status("Adding", WASM);
    succeed(Command::new("rustup").args(["target", "add", WASM])).with_context(|| {
        format!("the WASM target is missing; with rustup: rustup target add {WASM}")
    })
}

/// The Chromium for the journeys.
pub fn chromium() -> Result<PathBuf> {
    let path = std::env::var_os("CONVOKE_CHROMIUM")
        .map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from);
    if !path.exists() {
        bail!(
            "{} is not there: apt-get install chromium, or name one in CONVOKE_CHROMIUM",
            path.display()
        );
    }
    Ok(path)
}
