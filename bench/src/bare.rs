//! What the sending is compared with: a loop over lettre's connections, with as many of them as the worker has, and nothing else: no database, no marks, no record.

use anyhow::Result;
use convoke_delivery::gateway::{Letterhead, Parcel, envelope};
use convoke_delivery::render::{Letter, render};
use convoke_delivery::{PersonFacts, Sender, TrainingFacts};
use convoke_domain::{
    Channel, Language, MessageId, MessageKind, OrganisationId, Timestamp, TrainingId, UserId,
    id::uuid_v7,
};
use lettre::address::Envelope;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::extension::ClientId;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// As many as the worker has.
const CONNECTIONS: usize = 4;
/// 1 November 2026.
const NOW: Timestamp = Timestamp(1_793_520_000_000);

/// The loop, with the messages it sends.
pub struct Bare {
    port: u16,
    writer: Arc<Writer>,
    ready: Arc<Vec<(Envelope, Vec<u8>)>>,
}

/// Writes invitations as the worker does.
struct Writer {
    training: TrainingFacts,
    from: Sender,
}

impl Bare {
    /// For a server on this machine; `count` messages are written beforehand.
    pub fn new(port: u16, count: usize) -> Result<Self> {
        let writer = Writer {
            training: TrainingFacts {
                id: id::<TrainingId>(0),
                organisation_id: id::<OrganisationId>(0),
                organisation: "Bench".to_owned(),
                title: "Everybody".to_owned(),
                description: String::new(),
                starts_at: Timestamp(2_214_979_200_000),
                ends_at: Timestamp(2_215_094_400_000),
                time_zone: "Europe/Paris".to_owned(),
                days_taught: None,
                place: String::new(),
                answer_deadline: None,
                calendar_sequence: 0,
                trainers: Vec::new(),
            },
            from: "Convoke <convoke@bench.test>".parse()?,
        };
        let ready = (0..count)
            .map(|n| writer.write(n))
            .collect::<Result<Vec<_>>>()?;
        Ok(Self {
            port,
            writer: Arc::new(writer),
            ready: Arc::new(ready),
        })
    }

    /// Sends the messages that are written already. Messages per second.
    pub async fn send_ready(&self) -> Result<f64> {
        let ready = self.ready.clone();
        self.run(CONNECTIONS, move |connection, n| {
            let ready = ready.clone();
            Box::pin(async move {
                let (envelope, content) = &ready[n];
                connection.send(envelope, content).await?;
                Ok(())
            })
        })
        .await
    }

    /// Writes each message before it is sent. Messages per second.
    pub async fn write_and_send(&self) -> Result<f64> {
        self.writing(CONNECTIONS).await
    }

    /// The same one after the other over one connection, as a script would. Messages per second.
    pub async fn one_by_one(&self) -> Result<f64> {
        self.writing(1).await
    }

    async fn writing(&self, connections: usize) -> Result<f64> {
        let writer = self.writer.clone();
        self.run(connections, move |connection, n| {
            let writer = writer.clone();
            Box::pin(async move {
                let (envelope, content) = writer.write(n)?;
                connection.send(&envelope, &content).await?;
                Ok(())
            })
        })
        .await
    }

    async fn run<F>(&self, connections_at_once: usize, send: F) -> Result<f64>
    where
        F: for<'a> Fn(
                &'a mut AsyncSmtpConnection,
                usize,
            )
                -> std::pin::Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>
            + Clone
            + Send
            + 'static,
    {
        let next = Arc::new(AtomicUsize::new(0));
        let count = self.ready.len();
        let mut connections = JoinSet::new();
        let start = Instant::now();
        for _ in 0..connections_at_once {
            let stream = TcpStream::connect(("127.0.0.1", self.port)).await?;
            stream.set_nodelay(true)?;
            let hello = ClientId::Domain("bench.test".to_owned());
            let mut connection =
                AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello).await?;
            let (next, send) = (next.clone(), send.clone());
            connections.spawn(async move {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= count {
                        return anyhow::Ok(());
                    }
                    send(&mut connection, n).await?;
                }
            });
        }
        while let Some(done) = connections.join_next().await {
            done??;
        }
        #[expect(clippy::cast_precision_loss, reason = "some thousand")]
        Ok(count as f64 / start.elapsed().as_secs_f64())
    }
}

impl Writer {
    fn write(&self, n: usize) -> Result<(Envelope, Vec<u8>)> {
        let person = PersonFacts {
            id: id::<UserId>(n),
            first_name: "Théo".to_owned(),
            last_name: "Horváth".to_owned(),
        };
        let link = format!("http://127.0.0.1:3000/i/{n:032}");
        let stop = format!("http://127.0.0.1:3000/stop/{n:054}");
        let letter = Letter {
            training: &self.training,
            person: &person,
            kind: MessageKind::Invitation,
            language: if n.is_multiple_of(3) {
                Language::Fr
            } else {
                Language::En
            },
            link: &link,
            stop: &stop,
            text: None,
            code: "",
            waits: false,
            now: NOW,
            from: Some(&self.from.email),
        };
        let parcel = Parcel {
            id: id::<MessageId>(n),
            address: format!("u{n}@bench.test"),
            name: "Théo Horváth".to_owned(),
            at: NOW,
            letterhead: Letterhead::default(),
            rendered: render(&letter, Channel::Email),
        };
        let message = envelope(&parcel, &self.from).map_err(anyhow::Error::msg)?;
        Ok((message.envelope().clone(), message.formatted()))
    }
}

fn id<T: From<uuid::Uuid>>(n: usize) -> T {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&(n as u64).to_be_bytes());
    uuid_v7(NOW.0, random).into()
}
