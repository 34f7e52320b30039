//! Which use cases there are: read from the source, so that none can be forgotten.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A function that anybody outside the crate can call.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Where it is written: the folder, the file, the type if it is a method, the function: `people::import::import`.
    pub name: String,
    /// Whether it takes an `Actor`.
    pub takes_actor: bool,
}

/// The functions of the whole crate, without the demonstration data.
pub fn all() -> Vec<Found> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for file in files(&root) {
        let inside = file.strip_prefix(&root).unwrap();
        let parts: Vec<String> = inside
            .with_extension("")
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .filter(|part| part != "mod" && part != "lib")
            .collect();
        if parts.first().is_none_or(|first| first != "demo") {
            let source = std::fs::read_to_string(&file).unwrap();
            found.extend(functions(&parts.join("::"), &source));
        }
    }
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The functions of one file: every `pub async fn`, and every other `pub fn` that takes an `Actor`.
pub fn functions(module: &str, source: &str) -> Vec<Found> {
    let lines: Vec<&str> = source.lines().collect();
    let mut found = Vec::new();
    let mut of_type = None;
    for (n, line) in lines.iter().enumerate() {
        if line.starts_with("impl") {
            of_type = implemented(line);
        } else if line.starts_with('}') {
            of_type = None;
        }
        let line = line.trim_start();
        let Some((is_async, rest)) = public(line) else {
            continue;
        };
        let name = rest.split(['(', '<']).next().unwrap_or_default().trim();
        let signature = lines[n..].join(" ");
        let signature = signature.split(['{', ';']).next().unwrap_or_default();
        // What it answers is not what it takes.
        let taken = signature
            .rsplit_once(") ->")
            .map_or(signature, |(taken, _)| taken);
        let takes_actor = taken
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|word| word == "Actor");
        if is_async || takes_actor {
            let path = [Some(module), of_type, Some(name)];
            let path: Vec<&str> = path
                .into_iter()
                .flatten()
                .filter(|part| !part.is_empty())
                .collect();
            found.push(Found {
                name: path.join("::"),
                takes_actor,
            });
        }
    }
    found
}

/// What follows `fn` when the line begins a public function, and whether that is `async`.
fn public(line: &str) -> Option<(bool, &str)> {
    let mut rest = line.strip_prefix("pub ")?;
    let mut is_async = false;
    loop {
        let (word, after) = rest.split_once(' ')?;
        match word {
            "fn" => return Some((is_async, after)),
            "async" => is_async = true,
            "const" | "unsafe" => {}
            _ => return None,
        }
        rest = after;
    }
}

/// `Upload` of `impl Upload {`, `impl<T> Upload<T> {` and `impl Trait for Upload {`.
fn implemented(line: &str) -> Option<&str> {
    let line = line.split('{').next()?.trim();
    let named = match line.rsplit_once(" for ") {
        Some((_, named)) => named,
        None => line.split_once(' ')?.1,
    };
    named.split(['<', ' ']).next()
}

/// What the table and the source say differently; each is a sentence that says what to do.
pub fn differences(found: &[Found], table: &[&str], without_actor: &[&str]) -> Vec<String> {
    let mut problems = Vec::new();
    for (takes_actor, listed, name_of_table) in [
        (true, table, "TABLE"),
        (false, without_actor, "WITHOUT_ACTOR"),
    ] {
        let written: BTreeSet<&str> = found
            .iter()
            .filter(|function| function.takes_actor == takes_actor)
            .map(|function| function.name.as_str())
            .collect();
        // Several lines may be about one use case; what is special about a line follows a comma.
        let named: BTreeSet<&str> = listed
            .iter()
            .filter_map(|line| line.split(", ").next())
            .collect();
        for name in written.difference(&named) {
            problems.push(if takes_actor {
                format!(
                    "nobody has said who may use `{name}`: add a line to TABLE in crates/service/tests/roles.rs, \
                     and the call to crates/service/tests/roles/calls.rs"
                )
            } else {
                format!(
                    "`{name}` is public and takes no actor: give it one, or add it to WITHOUT_ACTOR in \
                     crates/service/tests/roles.rs with the reason why it needs none"
                )
            });
        }
        for name in named.difference(&written) {
            problems.push(format!(
                "{name_of_table} names `{name}`, which is not there any more: take its lines out"
            ));
        }
        let mut lines = BTreeMap::new();
        for line in listed {
            *lines.entry(*line).or_insert(0) += 1;
        }
        let twice = lines.iter().filter(|(_, n)| **n > 1);
        problems.extend(twice.map(|(line, _)| format!("{name_of_table} has `{line}` twice")));
    }
    problems
}
