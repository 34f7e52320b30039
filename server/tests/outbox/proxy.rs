//! Stands between a server and the gateway for text messages, and misbehaves by chance.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Numbers that look like chance and are the same in every run (xorshift64*, Vigna 2016).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// From a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap() % end
    }
}

/// What goes wrong with a request.
const FAULTS: [&str; 5] = [
    "dropped unread",
    "dropped before it was passed on",
    "passed on, and the answer lost",
    "slow",
    "503",
];

/// The proxy.
pub struct Proxy {
    /// Where it listens.
    pub port: u16,
    faults: Arc<Mutex<BTreeMap<&'static str, usize>>>,
}

impl Proxy {
    /// Passes requests on to a port of this machine; something goes wrong with one in so many.
    pub async fn start(to: u16, seed: u64, one_in: usize) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let faults = Arc::new(Mutex::new(BTreeMap::new()));
        let noted = faults.clone();
        let chance = Arc::new(Mutex::new(Chance::new(seed)));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let fault = {
                    let mut chance = chance.lock().unwrap();
                    (chance.below(one_in) == 0).then(|| FAULTS[chance.below(FAULTS.len())])
                };
                if let Some(fault) = fault {
                    *noted.lock().unwrap().entry(fault).or_default() += 1;
                }
                tokio::spawn(async move {
                    let _ = pass_on(stream, to, fault).await;
                });
            }
        });
        Self { port, faults }
    }

    /// What went wrong, and how often.
    pub fn faults(&self) -> BTreeMap<&'static str, usize> {
        self.faults.lock().unwrap().clone()
    }
}

/// One request for each connection.
async fn pass_on(mut from: TcpStream, to: u16, fault: Option<&str>) -> std::io::Result<()> {
    if fault == Some(FAULTS[0]) {
        return Ok(());
    }
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        if from.read_buf(&mut request).await? == 0 {
            return Ok(());
        }
    }
    if fault == Some(FAULTS[1]) {
        return Ok(());
    }
    if fault == Some(FAULTS[4]) {
        let answer = b"HTTP/1.1 503 Busy\r\nContent-Length: 4\r\nConnection: close\r\n\r\nBusy";
        return from.write_all(answer).await;
    }
    if fault == Some(FAULTS[3]) {
        tokio::time::sleep(Duration::from_millis(1_500)).await;
    }
    // The gateway closes the connection after an answer to HTTP 1.0.
    let request = String::from_utf8_lossy(&request).replacen("HTTP/1.1", "HTTP/1.0", 1);
    let Ok(mut gateway) = TcpStream::connect(("127.0.0.1", to)).await else {
        // Nobody is there: as if there were no proxy, as far as one can tell that from here.
        return Ok(());
    };
    gateway.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    gateway.read_to_end(&mut answer).await?;
    if fault == Some(FAULTS[2]) {
        return Ok(());
    }
    from.write_all(&answer).await
}
