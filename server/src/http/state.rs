//! What handlers share.

use super::{Hooks, Live};
use crate::config::Proxies;
use axum::extract::FromRef;
use convoke_service::{Outcome, Service};
use leptos::prelude::LeptosOptions;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What handlers share. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The use cases' tools.
    pub service: Service,
    /// How Leptos finds its files.
    pub options: LeptosOptions,
    /// The built site.
    pub site: Arc<Site>,
    /// Who watches which training.
    pub live: Live,
    /// Whose word about the sender's address is believed.
    pub proxies: Arc<Proxies>,
    /// What machines that call have to know.
    pub hooks: Arc<Hooks>,
    /// Known to be set up; once it is, it stays so.
    set_up: Arc<AtomicBool>,
}

impl AppState {
    /// The state of a server.
    pub fn new(service: Service, site: Site, proxies: Proxies, live: Live, hooks: Hooks) -> Self {
        Self {
            service,
            options: site.options(),
            site: Arc::new(site),
            live,
            proxies: Arc::new(proxies),
            hooks: Arc::new(hooks),
            set_up: Arc::default(),
        }
    }

    /// Whether people reach this installation by https, which cookies depend on.
    pub fn is_https(&self) -> bool {
        self.service.base_url.starts_with("https:")
    }

    /// Whether the database is empty; the answer *no* is remembered.
    pub async fn needs_set_up(&self) -> Outcome<bool> {
        if self.set_up.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let needed = convoke_service::setup::needs_set_up(&self.service).await?;
        self.set_up.store(!needed, Ordering::Relaxed);
        Ok(needed)
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.options.clone()
    }
}

/// The folder with style, scripts, fonts.
#[derive(Clone, Debug)]
pub struct Site {
    /// The folder.
    pub root: PathBuf,
    /// The file that names the hashes of the files in `pkg`; there is one in releases only.
    hash_file: Option<PathBuf>,
    /// Address of the style sheet of the public pages; that of the console Leptos finds by itself.
    pub stylesheet: String,
    /// Addresses of the JavaScript and the WebAssembly for the pages behind a training code, when they are built.
    pub join: Option<(String, String)>,
    /// Which build of Convoke this is, for pages of another one; releases only.
    pub build: Option<String>,
}

impl Site {
    /// The site in `root`; its names have hashes when there is a `hash.txt` in it, or beside the program and of the same build.
    pub fn open(root: &Path) -> Self {
        // Leptos looks for the file from the program's folder: an absolute path leads to the right one.
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_path_buf());
        let beside_program = std::env::current_exe()
            .ok()
            .and_then(|exe| Some(exe.parent()?.join("hash.txt")));
        let found = std::iter::once(root.join("hash.txt"))
            .chain(beside_program)
            .find_map(|file| {
                let hashes = std::fs::read_to_string(&file).ok()?;
                let console = format!("convoke.{}.css", hash_of(&hashes, "css")?);
                // A file that belongs to another build names what is not there.
                let is_ours = root.join("pkg").join(console).exists();
                is_ours.then_some((file, hashes))
            });
        let (hash_file, hashes) =
            found.map_or((None, String::new()), |(file, hashes)| (Some(file), hashes));
        let address = |plain: &str, kind: &str| {
            let name = hash_of(&hashes, kind).and_then(|hash| {
                let (stem, _) = plain.split_once(['.', '_'])?;
                let (_, ending) = plain.rsplit_once('.')?;
                Some(format!("{stem}.{hash}.{ending}"))
            });
            format!("/pkg/{}", name.as_deref().unwrap_or(plain))
        };
        let script = address("join.js", "join-js");
        let module = address("join_bg.wasm", "join-wasm");
        let is_there = |address: &str| root.join(address.trim_start_matches('/')).exists();
        let both = is_there(&script) && is_there(&module);
        Self {
            root,
            hash_file,
            stylesheet: address("public.css", "public-css"),
            join: both.then_some((script, module)),
            build: hash_of(&hashes, "build").map(str::to_owned),
        }
    }

    /// Addresses of the files that the pages behind a training code load.
    pub fn of_public_pages(&self) -> Vec<String> {
        let module = self
            .join
            .iter()
            .flat_map(|(script, module)| [script, module]);
        std::iter::once(&self.stylesheet)
            .chain(module)
            .cloned()
            .collect()
    }

    /// Whether the names of the files in `pkg` change with their content.
    pub const fn is_hashed(&self) -> bool {
        self.hash_file.is_some()
    }

    fn options(&self) -> LeptosOptions {
        LeptosOptions::builder()
            .output_name("convoke")
            .site_root(self.root.display().to_string())
            .site_pkg_dir("pkg")
            .hash_files(self.is_hashed())
            .hash_file(
                self.hash_file
                    .as_deref()
                    .unwrap_or(Path::new("hash.txt"))
                    .display()
                    .to_string()
                    .into(),
            )
            .build()
    }
}

/// The hash of `css: …` in the lines of a `hash.txt`.
fn hash_of<'a>(hashes: &'a str, kind: &str) -> Option<&'a str> {
    hashes
        .lines()
        .filter_map(|line| line.trim().split_once(':'))
        .find_map(|(name, hash)| (name == kind).then(|| hash.trim()))
        .filter(|hash| {
            !hash.is_empty()
                && hash
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_the_style_sheet() {
        let hashes = "js: a1\nwasm: b2\ncss: c3-_D\n";
        assert_eq!(hash_of(hashes, "css"), Some("c3-_D"));
        assert_eq!(hash_of(hashes, "split"), None);
        assert_eq!(hash_of("css: ../x", "css"), None);
    }
}
