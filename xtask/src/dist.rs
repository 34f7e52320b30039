//! The release: `target/dist/convoke` with its site beside it, under hashed names and compressed beforehand.

use crate::tools::{self, Workspace};
use crate::{first_visit, site};
use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

/// What is worth compressing; fonts and pictures are compressed already.
const TEXT: &[&str] = &[
    "css",
    "html",
    "ico",
    "js",
    "json",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
];

/// Builds the release and prints what a first visit transfers.
pub fn build(workspace: &Workspace) -> Result<()> {
    tools::wasm_target()?;
    let dist = workspace.target.join("dist");
    let site = dist.join("site");
    if dist.exists() {
        fs::remove_dir_all(&dist).with_context(|| format!("cannot empty {}", dist.display()))?;
    }
    tools::status("Building", "the server (release)");
    tools::succeed(
        workspace
            .cargo()
            .args(["build", "--release", "--package", "convoke"]),
    )?;
    tools::status("Building", "the browser's part (small)");
    site::compile(workspace, "wasm-release")?;
    site::assemble(workspace, "wasm-release", &site, true)?;
    let mut hashes = hash_names(&site.join("pkg"))?;
    writeln!(hashes, "build: {}", build_of(&site)?)?;
    fs::write(dist.join("hash.txt"), hashes)?;
    fs::copy(
        workspace.target.join("release/convoke"),
        dist.join("convoke"),
    )?;
    tools::status("Compressing", "the site");
    compress(&site)?;
    tools::status("Finished", &format!("{}", dist.join("convoke").display()));
    match first_visit::measure(&dist) {
        Ok(table) => println!("{table}"),
        Err(problem) => println!("The first visit could not be measured: {problem:#}"),
    }
    Ok(())
}

/// Gives the files names that change with their content, and answers the list the server reads them from
/// (the format of leptos's `hash_files`, which leaves lines alone that it does not know).
fn hash_names(pkg: &Path) -> Result<String> {
    let mut list = String::new();
    for (key, name, extension) in [
        ("js", "convoke.js", "js"),
        ("wasm", "convoke_bg.wasm", "wasm"),
        ("css", "convoke.css", "css"),
        ("public-css", "public.css", "css"),
        ("join-js", "join.js", "js"),
        ("join-wasm", "join_bg.wasm", "wasm"),
    ] {
        let from = pkg.join(name);
        let content = fs::read(&from).with_context(|| format!("cannot read {}", from.display()))?;
        let hash = hex(&Sha256::digest(&content))?;
        // Leptos looks for `convoke.HASH.wasm`, without what wasm-bindgen puts behind the name.
        let stem = name.split(['.', '_']).next().unwrap_or(name);
        fs::rename(&from, pkg.join(format!("{stem}.{hash}.{extension}")))?;
        writeln!(list, "{key}: {hash}")?;
    }
    Ok(list)
}

/// The name of the build: it changes with any file of the site, the service worker's among them. The server reads it from the same list, and pages
/// that stay open hear by it that there is a new release.
fn build_of(site: &Path) -> Result<String> {
    let mut files = Vec::new();
    let mut folders = vec![site.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut all = Sha256::new();
    for file in files {
        let name = file.strip_prefix(site)?.display().to_string();
        let content = fs::read(&file)?;
        all.update(format!("{name} {}\n", content.len()));
        all.update(content);
    }
    hex(&all.finalize())
}

/// The first eight bytes of a hash.
fn hex(hash: &[u8]) -> Result<String> {
    let mut text = String::new();
    for byte in &hash[..8] {
        write!(text, "{byte:02x}")?;
    }
    Ok(text)
}

/// Puts a `.br` and a `.gz` beside every text, so that no request compresses anything.
fn compress(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            compress(&path)?;
            continue;
        }
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
        if !TEXT.contains(&extension) {
            continue;
        }
        let content = fs::read(&path)?;
        let beside = |ending: &str| path.with_extension(format!("{extension}.{ending}"));
        fs::write(beside("br"), brotli(&content)?)?;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(&content)?;
        fs::write(beside("gz"), gzip.finish()?)?;
    }
    Ok(())
}

/// Brotli at its best.
fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut out, &parameters)?;
    Ok(out)
}
