//! The mailbox that mails come back to, over IMAP (RFC 3501).

use super::BouncesTarget;
use crate::target::Encryption;
use async_imap::{Client, Session};
use futures::TryStreamExt;
use rustls::pki_types::ServerName;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(15);
/// The most mails that are read in one visit; the rest follows in the next.
const AT_ONCE: usize = 100;
/// How much of a mail is read, in bytes: what it says stands before our own message that it brings along.
const MOST: usize = 256 * 1024;

/// Why a mailbox cannot be read, without its password.
#[derive(Debug, thiserror::Error)]
pub(super) enum MailboxError {
    /// No connection.
    #[error("cannot connect: {0}")]
    Connect(std::io::Error),
    /// The server did not answer in time.
    #[error("no answer in time")]
    Silent,
    /// It answered something else than was hoped for.
    #[error("{0}")]
    Imap(#[from] async_imap::error::Error),
    /// It does not say which mails are new: without numbers that last, none could be told from another.
    #[error("the mailbox has no lasting numbers (UIDVALIDITY)")]
    NoNumbers,
}

/// A mail that lies in the mailbox.
pub(super) struct Mail {
    /// Its number.
    pub(super) uid: u32,
    /// The mail, or its first part.
    pub(super) raw: Vec<u8>,
}

/// A connection, encrypted or not.
trait Wire: AsyncRead + AsyncWrite + Unpin + Send + fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + fmt::Debug> Wire for T {}

/// An open mailbox.
pub(super) struct Mailbox {
    session: Session<Box<dyn Wire>>,
    /// Which numbering its numbers are of.
    pub(super) numbering: u32,
}

impl Mailbox {
    /// Connects, signs in and opens the folder.
    pub(super) async fn open(target: &BouncesTarget) -> Result<Self, MailboxError> {
        let connecting = TcpStream::connect((target.host.as_str(), target.port));
        let tcp = tokio::time::timeout(CONNECT, connecting)
            .await
            .map_err(|_| MailboxError::Silent)?
            .map_err(MailboxError::Connect)?;
        let client = match target.encryption {
            Encryption::Always => greeted(encrypted(tcp, target).await?).await?,
            Encryption::Off => greeted(Box::new(tcp)).await?,
            Encryption::Upgrade | Encryption::Offered => {
                let mut plain = greeted(Box::new(tcp)).await?;
                plain.run_command_and_check_ok("STARTTLS", None).await?;
                Client::new(encrypted(plain.into_inner(), target).await?)
            }
        };
        let credentials = &target.credentials;
        let mut session = client
            .login(&credentials.user, &credentials.password)
            .await
            .map_err(|(error, _)| error)?;
        let folder = session.select(&target.folder).await?;
        Ok(Self {
            session,
            numbering: folder.uid_validity.ok_or(MailboxError::NoNumbers)?,
        })
    }

    /// Mails that nobody has read with numbers above `after`, lowest first.
    pub(super) async fn unread(&mut self, after: u32) -> Result<Vec<Mail>, MailboxError> {
        let from = after.saturating_add(1);
        let found = self
            .session
            .uid_search(format!("UNSEEN UID {from}:*"))
            .await?;
        // `n:*` gives the last mail even where its number is below n.
        let mut uids: Vec<u32> = found.into_iter().filter(|uid| *uid > after).collect();
        uids.sort_unstable();
        uids.truncate(AT_ONCE);
        let mut mails = Vec::with_capacity(uids.len());
        for uid in uids {
            let query = format!("BODY.PEEK[]<0.{MOST}>");
            let fetched: Vec<_> = self
                .session
                .uid_fetch(uid.to_string(), query)
                .await?
                .try_collect()
                .await?;
            let raw = fetched.iter().find_map(|mail| mail.body());
            mails.push(Mail {
                uid,
                raw: raw.unwrap_or_default().to_vec(),
            });
        }
        Ok(mails)
    }

    /// Marks mails as read.
    pub(super) async fn mark_read(&mut self, uids: &[u32]) -> Result<(), MailboxError> {
        if uids.is_empty() {
            return Ok(());
        }
        let list: Vec<String> = uids.iter().map(ToString::to_string).collect();
        let changed = self
            .session
            .uid_store(list.join(","), "+FLAGS.SILENT (\\Seen)")
            .await?;
        let _: Vec<_> = changed.try_collect().await?;
        Ok(())
    }

    /// Takes leave; whether the server hears it does not matter.
    pub(super) async fn close(mut self) {
        let _ = self.session.logout().await;
    }
}

async fn greeted(wire: Box<dyn Wire>) -> Result<Client<Box<dyn Wire>>, MailboxError> {
    let mut client = Client::new(wire);
    let greeting = client
        .read_response()
        .await
        .map_err(MailboxError::Connect)?;
    match greeting {
        Some(_) => Ok(client),
        None => Err(async_imap::error::Error::ConnectionLost.into()),
    }
}

async fn encrypted<T>(wire: T, target: &BouncesTarget) -> Result<Box<dyn Wire>, MailboxError>
where
    T: AsyncRead + AsyncWrite + Unpin + Send + fmt::Debug + 'static,
{
    crate::install_encryption();
    let wrong = |cause| MailboxError::Connect(std::io::Error::other(cause));
    let config = rustls::ClientConfig::builder()
        .with_root_certificates(target.roots().map_err(wrong)?)
        .with_no_client_auth();
    let name = ServerName::try_from(target.host.clone())
        .map_err(|cause| MailboxError::Connect(std::io::Error::other(cause)))?;
    let connecting = TlsConnector::from(Arc::new(config)).connect(name, wire);
    let stream = tokio::time::timeout(CONNECT, connecting)
        .await
        .map_err(|_| MailboxError::Silent)?
        .map_err(MailboxError::Connect)?;
    Ok(Box::new(stream))
}
