//! The real program over a database, as a process of its own.

use anyhow::{Context as _, Result};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, Command};

/// Ended when dropped.
pub struct Server {
    /// Where it answers.
    pub address: String,
    process: Child,
}

impl Server {
    /// Starts it over a database; `settings` are further environment variables.
    pub async fn start(database: &str, program: &str, settings: &[(&str, String)]) -> Result<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?
            .local_addr()?
            .port();
        let folder = std::env::temp_dir().join(format!("convoke-bench-{port}"));
        std::fs::create_dir_all(&folder)?;
        let process = Command::new(program)
            .arg("serve")
            .current_dir(&folder)
            .env("CONVOKE_ADDR", format!("127.0.0.1:{port}"))
            .env("CONVOKE_DATABASE_URL", database)
            .env("CONVOKE_SITE_ROOT", &folder)
            .env("CONVOKE_LOG", "error")
            .envs(settings.iter().map(|(name, value)| (name, value)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {program}"))?;
        let address = format!("http://127.0.0.1:{port}");
        let client = reqwest::Client::new();
        for _ in 0..100 {
            if client
                .get(format!("{address}/healthz"))
                .send()
                .await
                .is_ok()
            {
                return Ok(Self { address, process });
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        anyhow::bail!("the server does not answer")
    }

    /// The most memory it ever had in use, in megabytes (`VmHWM` of Linux).
    pub fn peak_memory(&self) -> Result<f64> {
        let id = self.process.id().context("it has ended")?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let kilobytes: f64 = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .and_then(|value| value.split_whitespace().next())
            .context("the system does not say")?
            .parse()?;
        Ok(kilobytes / 1_000.0)
    }
}
