//! A name server that answers from a list, over UDP.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

/// The numbers of the kinds of records it knows.
const TXT: u16 = 16;
const MX: u16 = 15;
/// The class of the internet.
const IN: u16 = 1;

type Records = BTreeMap<(String, u16), Vec<Vec<u8>>>;

/// A running name server on the loopback interface; it ends when it is dropped.
#[derive(Debug)]
pub struct DnsServer {
    /// Where it listens.
    pub address: SocketAddr,
    records: Arc<Mutex<Records>>,
    task: JoinHandle<()>,
}

impl Drop for DnsServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A name as it goes over the wire (RFC 1035, section 3.1).
fn name(text: &str) -> Vec<u8> {
    let labels = text.split('.').filter(|label| !label.is_empty());
    let mut bytes: Vec<u8> = labels
        .flat_map(|label| {
            let length = u8::try_from(label.len()).expect("a label is short");
            std::iter::once(length).chain(label.bytes())
        })
        .collect();
    bytes.push(0);
    bytes
}

/// The question of a message: the name, the kind, and where it ends.
fn question(message: &[u8]) -> Option<(String, u16, usize)> {
    let (mut at, mut labels) = (12, Vec::new());
    loop {
        let length = usize::from(*message.get(at)?);
        at += 1;
        if length == 0 {
            break;
        }
        labels.push(String::from_utf8_lossy(message.get(at..at + length)?).to_lowercase());
        at += length;
    }
    let kind = u16::from_be_bytes(message.get(at..at + 2)?.try_into().ok()?);
    Some((labels.join("."), kind, at + 4))
}

/// An answer: what is known, or that there is no such name.
fn answer(message: &[u8], records: &Records) -> Option<Vec<u8>> {
    let (asked, kind, end) = question(message)?;
    let found = records.get(&(asked.clone(), kind));
    let known = records.keys().any(|(name, _)| *name == asked);
    let count = u16::try_from(found.map_or(0, Vec::len)).ok()?;
    let mut out = message.get(..2)?.to_vec();
    // An authoritative answer; recursion was asked for and is there; no such name where nothing is known of it.
    out.extend([0x85, if known { 0x80 } else { 0x83 }]);
    for n in [1, count, 0, 0] {
        out.extend(n.to_be_bytes());
    }
    out.extend(message.get(12..end)?);
    for data in found.into_iter().flatten() {
        // The name of the question, by a pointer.
        out.extend([0xc0, 12]);
        out.extend(kind.to_be_bytes());
        out.extend(IN.to_be_bytes());
        out.extend(60_u32.to_be_bytes());
        out.extend(u16::try_from(data.len()).ok()?.to_be_bytes());
        out.extend(data);
    }
    Some(out)
}

impl DnsServer {
    /// Starts one that knows nothing.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0")
            .await
            .expect("a port is free");
        let address = socket.local_addr().expect("it listens");
        let records = Arc::new(Mutex::new(Records::new()));
        let task = tokio::spawn({
            let records = records.clone();
            async move {
                let mut buffer = [0; 1_500];
                while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
                    let said = {
                        let records = records.lock().expect("nobody panics with it");
                        answer(&buffer[..length], &records)
                    };
                    if let Some(said) = said {
                        let _ = socket.send_to(&said, from).await;
                    }
                }
            }
        });
        Self {
            address,
            records,
            task,
        }
    }

    fn add(&self, asked: &str, kind: u16, data: Vec<u8>) {
        let mut records = self.records.lock().expect("nobody panics with it");
        let key = (asked.to_lowercase(), kind);
        records.entry(key).or_default().push(data);
    }

    /// Publishes a text, in strings of at most 255 bytes.
    ///
    /// # Panics
    /// Never.
    pub fn txt(&self, name: &str, text: &str) {
        let strings = text.as_bytes().chunks(255).flat_map(|chunk| {
            let length = u8::try_from(chunk.len()).expect("at most 255");
            std::iter::once(length).chain(chunk.iter().copied())
        });
        self.add(name, TXT, strings.collect());
    }

    /// Publishes who takes mail for a name.
    pub fn mx(&self, asked: &str, host: &str) {
        let mut data = 10_u16.to_be_bytes().to_vec();
        data.extend(name(host));
        self.add(asked, MX, data);
    }
}
