//! The throw-away PostgreSQL cluster of this test process.

use crate::folder::Folder;
use crate::process::{Guarded, free_port};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Durability costs time and nobody keeps these data; many tests connect at once.
const SETTINGS: &[&str] = &[
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=400",
    "listen_addresses=127.0.0.1",
    "logging_collector=off",
    "log_min_messages=fatal",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=4GB",
    "autovacuum_naptime=10s",
];

/// What holds pages in memory: little, as many clusters run beside each other in tests.
const MEMORY: &str = "64MB";

/// Another amount than [`MEMORY`].
static OTHER_MEMORY: OnceLock<&'static str> = OnceLock::new();

/// Has the cluster of this process hold pages in so much memory (`shared_buffers`, for example `512MB`), for measuring it as somebody would run it
/// who has a large directory. To be called before the first database is made; of two calls the first counts.
pub fn postgres_memory(size: &'static str) {
    OTHER_MEMORY.get_or_init(|| size);
}

/// What a server answers when one is not installed.
const MISSING: &str = "PostgreSQL's `initdb` was not found; on Debian: apt-get install postgresql";

/// A running cluster.
#[derive(Debug)]
pub(crate) struct Cluster {
    tools: PathBuf,
    port: u16,
    _server: Guarded,
}

/// The cluster of this process, started when it is first asked for.
pub(crate) fn cluster() -> Result<&'static Cluster, String> {
    static CLUSTER: OnceLock<Result<Cluster, String>> = OnceLock::new();
    CLUSTER
        .get_or_init(start)
        .as_ref()
        .map_err(std::clone::Clone::clone)
}

fn start() -> Result<Cluster, String> {
    let tools = tools().ok_or(MISSING)?;
    let mut problem = String::new();
    // Another process may take the port between its choice and its use.
    for _ in 0..3 {
        match start_once(&tools) {
            Ok(cluster) => return Ok(cluster),
            Err(error) => problem = error,
        }
    }
    Err(problem)
}

fn start_once(tools: &Path) -> Result<Cluster, String> {
    let folder = Folder::new("postgres");
    let data = folder.path().join("data");
    let log = folder.path().join("log");
    let user = server_user()?;
    if user.is_some() {
        run(Command::new("chown").arg("postgres").arg(folder.path()))?;
    }
    let mut initdb = user.command(&tools.join("initdb"));
    initdb
        .arg("--pgdata")
        .arg(&data)
        .args(["--username=convoke", "--auth=trust", "--encoding=UTF8"])
        .args(["--locale=C", "--no-sync"])
        .current_dir("/");
    run(&mut initdb)?;

    let port = free_port();
    let mut server = user.command(&tools.join("postgres"));
    server.arg("-D").arg(&data).arg("-p").arg(port.to_string());
    server.arg("-k").arg(folder.path());
    for setting in SETTINGS {
        server.arg("-c").arg(setting);
    }
    let memory = OTHER_MEMORY.get().unwrap_or(&MEMORY);
    server.arg("-c").arg(format!("shared_buffers={memory}"));
    let arguments: Vec<String> = server
        .get_args()
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    let errors = std::fs::File::create(&log).map_err(|e| format!("{}: {e}", log.display()))?;
    let program = PathBuf::from(server.get_program());
    // QUIT: end at once, without a checkpoint.
    let server = Guarded::start(&program, &arguments, "QUIT", Some(folder), errors.into())
        .map_err(|e| format!("PostgreSQL does not start: {e}"))?;
    let cluster = Cluster {
        tools: tools.to_owned(),
        port,
        _server: server,
    };
    let until = Instant::now() + Duration::from_mins(1);
    loop {
        let Err(problem) = cluster.query(&cluster.url("postgres"), "SELECT 1") else {
            return Ok(cluster);
        };
        let said = std::fs::read_to_string(&log).unwrap_or_default();
        if said.contains("FATAL") && !said.contains("starting up") || Instant::now() > until {
            return Err(format!("PostgreSQL does not start: {problem}\n{said}"));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

impl Cluster {
    fn url(&self, database: &str) -> String {
        format!("postgres://convoke@127.0.0.1:{}/{database}", self.port)
    }

    /// Makes a database and answers its name and address.
    pub(crate) fn create_database(&self) -> Result<(String, String), String> {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        self.query(
            &self.url("postgres"),
            &format!("CREATE DATABASE {name} TEMPLATE template0 STRATEGY file_copy"),
        )?;
        let url = self.url(&name);
        Ok((name, url))
    }

    /// Drops a database in the background, with whoever is still connected.
    pub(crate) fn drop_database(&self, name: &str) {
        let mut drop = self.psql(&self.url("postgres"));
        drop.arg("-c")
            .arg(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if let Ok(mut child) = drop.spawn() {
            std::thread::spawn(move || child.wait());
        }
    }

    /// Runs one statement through `psql` and answers what it prints.
    pub(crate) fn query(&self, url: &str, sql: &str) -> Result<String, String> {
        let output = run(self.psql(url).arg("-c").arg(sql))?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn psql(&self, url: &str) -> Command {
        let mut psql = Command::new(self.tools.join("psql"));
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url]);
        psql
    }
}

/// Whom PostgreSQL runs as: it refuses root.
#[derive(Clone, Copy, Debug)]
enum ServerUser {
    Ourselves,
    Postgres,
}

impl ServerUser {
    const fn is_some(self) -> bool {
        matches!(self, Self::Postgres)
    }

    fn command(self, program: &Path) -> Command {
        match self {
            Self::Ourselves => Command::new(program),
            Self::Postgres => {
                let mut command = Command::new("/usr/bin/setpriv");
                command
                    .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
                    .arg(program);
                command
            }
        }
    }
}

fn server_user() -> Result<ServerUser, String> {
    let output = run(Command::new("id").arg("-u"))?;
    if output.stdout.trim_ascii() != b"0" {
        return Ok(ServerUser::Ourselves);
    }
    run(Command::new("id").arg("-u").arg("postgres")).map_err(|_| {
        "PostgreSQL does not run as root, and there is no user `postgres`; on Debian: \
         apt-get install postgresql"
            .to_owned()
    })?;
    Ok(ServerUser::Postgres)
}

/// The folder with `initdb`, `postgres` and `psql`: the newest that Debian installed, or one in `PATH`.
fn tools() -> Option<PathBuf> {
    let mut debian: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    debian.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    debian
        .into_iter()
        .rev()
        .map(|(_, folder)| folder)
        .chain(std::env::split_paths(&path))
        .find(|folder| folder.join("initdb").is_file() && folder.join("psql").exists())
}

fn run(command: &mut Command) -> Result<Output, String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|e| format!("{}: {e}", command.get_program().display()))?;
    if output.status.success() {
        return Ok(output);
    }
    Err(format!(
        "{} failed: {}",
        command.get_program().display(),
        String::from_utf8_lossy(&output.stderr).trim()
    ))
}
