//! Mail servers that take everything, at once or after a while, and keep nothing, so that they are not what is measured.

use anyhow::{Result, ensure};
use convoke_testkit::{Guarded, free_port};
use std::os::unix::fs::MetadataExt as _;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// The sink.
pub struct Sink {
    port: u16,
    taken: Arc<AtomicUsize>,
}

impl Sink {
    /// Listens until the program ends, and takes so long for each message.
    pub async fn start(delay: Duration) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let taken = Arc::new(AtomicUsize::new(0));
        let counter = taken.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let counter = counter.clone();
                tokio::spawn(async move { talk(stream, &counter, delay).await });
            }
        });
        Ok(Self { port, taken })
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Where it listens.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// How many messages it took.
    pub fn taken(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }
}

async fn talk(stream: TcpStream, taken: &AtomicUsize, delay: Duration) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink\r\n").await?;
    let mut line = Vec::new();
    let mut content = false;
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let answer: &[u8] = if content {
            if line != b".\r\n" {
                continue;
            }
            content = false;
            if !delay.is_zero() {
                tokio::time::sleep(delay).await;
            }
            taken.fetch_add(1, Ordering::Relaxed);
            b"250 taken\r\n"
        } else {
            match line.get(..4) {
                Some(b"EHLO") => b"250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
                Some(b"DATA") => {
                    content = true;
                    b"354 go on\r\n"
                }
                Some(b"QUIT") => {
                    return stream.write_all(b"221 bye\r\n").await;
                }
                _ => b"250 ok\r\n",
            }
        };
        stream.write_all(answer).await?;
    }
}

/// Postfix's own sink, a process of its own.
pub struct SmtpSink {
    port: u16,
    _process: Guarded,
}

impl SmtpSink {
    /// Starts it; `None` where there is none (Debian: the package postfix).
    pub async fn start() -> Result<Option<Self>> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let mut programs = std::env::split_paths(&path).map(|folder| folder.join("smtp-sink"));
        let Some(program) = programs.find(|program| program.is_file()) else {
            return Ok(None);
        };
        let port = free_port();
        let mut arguments = vec![format!("127.0.0.1:{port}"), "64".to_owned()];
        if std::fs::metadata("/proc/self")?.uid() == 0 {
            // Root has to say as whom it is to go on.
            arguments.splice(0..0, ["-u".to_owned(), "nobody".to_owned()]);
        }
        let process = Guarded::start(&program, &arguments, "TERM", None, Stdio::inherit())?;
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            ensure!(
                start.elapsed() < Duration::from_secs(10),
                "smtp-sink does not listen"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(Some(Self {
            port,
            _process: process,
        }))
    }

    /// Where it listens.
    pub const fn port(&self) -> u16 {
        self.port
    }
}
