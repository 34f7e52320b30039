//! `cargo xtask test`: every check, one after the other, until one fails.

use crate::tools::{self, WASM, Workspace};
use crate::{journeys, site};
use anyhow::{Result, bail};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::Instant;

/// How many tests passed and failed.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    /// Passed.
    pub passed: u32,
    /// Failed.
    pub failed: u32,
}

/// What is checked on the machine's own target: everything but the browser's entry point.
const NATIVE: &[&str] = &["--workspace", "--exclude", "convoke-frontend"];

/// A check and what it is called.
type Check<'a> = (&'a str, &'a dyn Fn() -> Result<Tally>);

/// Runs every check; the last line printed says how many passed and failed. A check without tests counts as one.
pub fn all(workspace: &Workspace) -> Result<()> {
    let cargo = |arguments: &[&str]| {
        tools::succeed(workspace.cargo().args(arguments)).map(|()| Tally {
            passed: 1,
            failed: 0,
        })
    };
    let native = |before: &[&'static str], after: &[&'static str]| [before, NATIVE, after].concat();
    let checks: &[Check] = &[
        ("set-up", &|| {
            tools::wasm_target()?;
            tools::chromium()?;
            Ok(Tally::default())
        }),
        ("format", &|| cargo(&["fmt", "--all", "--check"])),
        ("clippy, native", &|| {
            cargo(&native(
                &["clippy"],
                &["--all-targets", "--", "-D", "warnings"],
            ))
        }),
        ("clippy, WASM", &|| {
            cargo(&[
                "clippy",
                "--package",
                "convoke-frontend",
                "--package",
                "convoke-join",
                "--package",
                "convoke-app",
                "--features",
                "convoke-app/hydrate",
                "--lib",
                "--target",
                WASM,
                "--",
                "-D",
                "warnings",
            ])
        }),
        ("documentation", &|| {
            tools::succeed(
                workspace
                    .cargo()
                    .args(native(&["doc"], &["--no-deps", "--document-private-items"]))
                    .env("RUSTDOCFLAGS", "-D warnings"),
            )?;
            Ok(Tally {
                passed: 1,
                failed: 0,
            })
        }),
        ("tests", &|| {
            counted(
                workspace
                    .cargo()
                    .args(native(&["test"], &["--no-fail-fast"])),
            )
        }),
        ("browser's part", &|| {
            tools::succeed(workspace.cargo().args(native(&["build"], &["--bins"])))?;
            site::build(workspace)?;
            Ok(Tally::default())
        }),
        ("journeys", &|| journeys::run(workspace, &[])),
    ];
    let mut sum = Tally::default();
    let mut lines = Vec::new();
    let mut problem = None;
    for (name, check) in checks {
        println!("\n== {name}");
        let start = Instant::now();
        let result = check();
        let seconds = start.elapsed().as_secs_f32();
        match result {
            Ok(tally) => {
                sum.passed += tally.passed;
                sum.failed += tally.failed;
                if tally.failed > 0 {
                    problem = Some(format!("{name}: {} failed", tally.failed));
                }
            }
            Err(error) => {
                sum.failed += 1;
                problem = Some(format!("{name}: {error:#}"));
            }
        }
        let word = if problem.is_none() { "ok" } else { "FAILED" };
        lines.push(format!("  {name:<16} {word:<6} {seconds:>6.1} s"));
        println!("{}", lines.last().map_or("", |line| line.trim_start()));
        if problem.is_some() {
            break;
        }
    }
    println!("\n{}", lines.join("\n"));
    if let Some(problem) = &problem {
        println!("\n{problem}");
    }
    println!("\n{} passed, {} failed", sum.passed, sum.failed);
    std::io::stdout().flush()?;
    if problem.is_some() {
        std::process::exit(1);
    }
    Ok(())
}

/// Runs tests, shows what they print and counts what they say they did.
pub fn counted(command: &mut Command) -> Result<Tally> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut tally = Tally::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            let (passed, failed) = said(&line);
            tally.passed += passed;
            tally.failed += failed;
        }
    }
    let status = child.wait()?;
    if !status.success() && tally.failed == 0 {
        bail!("it ended with {status}");
    }
    Ok(tally)
}

/// What a line of a test program says passed and failed: cargo's `test result: ok. 3 passed; 0 failed; …` or
/// Playwright's `3 passed (2.0s)`.
fn said(line: &str) -> (u32, u32) {
    let line = line.trim();
    let (line, cargo) = match line.strip_prefix("test result: ") {
        Some(counts) => (
            counts.split_once(". ").map_or("", |(_, counts)| counts),
            true,
        ),
        None => (line, false),
    };
    let mut counts = (0, 0);
    for part in line.split(';') {
        let mut words = part.split_whitespace();
        let (Some(number), Some(word), rest) = (words.next(), words.next(), words.next()) else {
            continue;
        };
        let Ok(number) = number.parse::<u32>() else {
            // `finished in 0.1s` of cargo; anything else is not about counts.
            if cargo {
                continue;
            }
            return (0, 0);
        };
        if rest.is_some_and(|rest| !rest.starts_with('(')) {
            continue;
        }
        match word {
            "passed" => counts.0 += number,
            "failed" => counts.1 += number,
            _ => {}
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_test_programs_say() {
        let cargo = "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 1 filtered out; finished in 0.1s";
        assert_eq!(said(cargo), (3, 2));
        assert_eq!(said("  12 passed (1.2m)"), (12, 0));
        assert_eq!(said("  1 failed"), (0, 1));
        assert_eq!(said("3 passed over the bridge"), (0, 0));
        assert_eq!(said("all 3 passed"), (0, 0));
    }
}
