//! A mail server of a few lines, quick enough to measure against, and able to hang up on idle connections.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Counts what it takes, and keeps nothing.
pub struct Sink {
    pub port: u16,
    pub messages: Arc<AtomicUsize>,
    pub connections: Arc<AtomicUsize>,
}

impl Sink {
    /// Starts it; after so many messages it closes a connection without a word.
    pub async fn start(close_after: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let messages = Arc::new(AtomicUsize::new(0));
        let connections = Arc::new(AtomicUsize::new(0));
        let counters = (messages.clone(), connections.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counters.1.fetch_add(1, Ordering::Relaxed);
                let messages = counters.0.clone();
                tokio::spawn(async move {
                    let _ = converse(stream, &messages, close_after).await;
                });
            }
        });
        Self {
            port,
            messages,
            connections,
        }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub fn count(&self) -> usize {
        self.messages.load(Ordering::Relaxed)
    }
}

async fn converse(
    stream: TcpStream,
    messages: &AtomicUsize,
    close_after: usize,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink\r\n").await?;
    let (mut taken, mut content, mut line) = (0, false, Vec::new());
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
            taken += 1;
            messages.fetch_add(1, Ordering::Relaxed);
            b"250 2.0.0 Taken\r\n"
        } else if line.starts_with(b"DATA") {
            content = true;
            b"354 Go on\r\n"
        } else if line.starts_with(b"EHLO") {
            b"250-sink\r\n250 8BITMIME\r\n"
        } else {
            b"250 2.0.0 Fine\r\n"
        };
        stream.write_all(answer).await?;
        if !content && taken >= close_after {
            return Ok(());
        }
    }
}
