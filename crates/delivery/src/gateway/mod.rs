//! What carries messages: a mail server, a gateway for text messages, or a folder.

mod envelope;
mod file;
mod kannel;
mod smtp;
mod twilio;

pub use envelope::envelope;
pub use file::FileGateway;
pub use kannel::KannelGateway;
pub use smtp::{SmtpGateway, SmtpTimeouts};
pub use twilio::TwilioGateway;

use crate::dkim::Dkim;
use crate::render::Rendered;
use crate::reports::ReportAddress;
use crate::target::{MailTarget, Sender, SmsTarget};
use convoke_domain::message::Problem;
use convoke_domain::{Channel, MessageId, Timestamp};
use convoke_storage::outbox::Destination;
use futures::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;

/// A message that is handed over.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// The row of the outbox; the same in every attempt.
    pub id: MessageId,
    /// E-mail address or number.
    pub address: String,
    /// The reader's name.
    pub name: String,
    /// When this attempt is made.
    pub at: Timestamp,
    /// Whom an e-mail comes from, as the organisation wants it.
    pub letterhead: Letterhead,
    /// What it says.
    pub rendered: Rendered,
}

/// What an organisation decided about the sender of its mails; the address itself is the installation's, which its mail server answers for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// The name beside the address; empty for the installation's own.
    pub sender_name: String,
    /// Where answers go; empty for the sender's address.
    pub reply_to: String,
}

/// Proof that a message was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Message-ID, or the gateway's id.
    pub provider_id: String,
}

/// Why a message was not taken, and what follows from it. The text is the server's own, for those who look closer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Certainly not taken: a passing trouble.
    TryAgain(String),
    /// Certainly not taken: nobody is there, for this message and for any other.
    Unreachable(String),
    /// Certainly not taken, and it never will be: the other end said so.
    Never(Problem, String),
    /// Certainly not taken: its address is none, so nobody was asked.
    NoSuchAddress(String),
    /// Certainly not taken, and no other message would be: credentials, quota, a setting.
    StopChannel(String),
    /// It may have been taken: the connection was lost before the answer came.
    Uncertain(String),
}

/// Something that messages are handed to.
pub trait Gateway: Send + Sync {
    /// Hands one message over and waits for the answer. It always ends: every step has a time limit.
    fn hand_over<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<Receipt, Failure>>;

    /// Where messages go, without credentials.
    fn destination(&self) -> Destination;

    /// How many messages may be handed over at once.
    fn concurrency(&self) -> usize {
        4
    }
}

/// One gateway for each channel. Cheap to clone.
#[derive(Clone)]
pub struct Gateways {
    /// For e-mails.
    pub mail: Arc<dyn Gateway>,
    /// For text messages.
    pub sms: Arc<dyn Gateway>,
}

/// A gateway cannot be made of its setting.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// The sender or the server's name is not what SMTP takes.
    #[error("mail: {0}")]
    Mail(String),
    /// The HTTP client does not start.
    #[error("text messages: {0}")]
    Sms(#[from] reqwest::Error),
}

/// Which code does the encryption. Call once at the start; harmless when called again.
pub fn install_encryption() {
    // An error says that one is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

impl Gateways {
    /// Makes both of their settings. Nothing is connected yet. Text messages are handed over, and nothing is heard of them afterwards.
    pub fn open(mail: &MailTarget, sms: &SmsTarget, from: &Sender) -> Result<Self, GatewayError> {
        Self::reporting(mail, sms, from, None, None)
    }

    /// The same; mails are signed with `dkim`, and the gateway for text messages tells `reports` what became of them.
    pub fn reporting(
        mail: &MailTarget,
        sms: &SmsTarget,
        from: &Sender,
        dkim: Option<Dkim>,
        reports: Option<ReportAddress>,
    ) -> Result<Self, GatewayError> {
        install_encryption();
        let mail: Arc<dyn Gateway> = match mail {
            MailTarget::Folder(folder) => Arc::new(FileGateway::mail(folder, from.clone(), dkim)),
            MailTarget::Smtp { .. } => Arc::new(
                SmtpGateway::new(mail, from.clone())
                    .map_err(GatewayError::Mail)?
                    .with_signature(dkim),
            ),
        };
        let sms: Arc<dyn Gateway> = match sms {
            SmsTarget::Folder(folder) => Arc::new(FileGateway::sms(folder)),
            SmsTarget::Kannel {
                base,
                credentials,
                from,
            } => Arc::new(KannelGateway::new(
                base,
                credentials,
                from.as_deref(),
                reports,
            )?),
            SmsTarget::Twilio {
                base,
                credentials,
                from,
            } => Arc::new(TwilioGateway::new(base, credentials, from, reports)?),
        };
        Ok(Self { mail, sms })
    }

    /// The gateway of a channel.
    pub fn of(&self, channel: Channel) -> &Arc<dyn Gateway> {
        match channel {
            Channel::Email => &self.mail,
            Channel::Sms => &self.sms,
        }
    }
}

/// The client for gateways that speak HTTP.
fn http_client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(15))
        .timeout(Duration::from_mins(1))
        .redirect(reqwest::redirect::Policy::none())
        .build()
}

/// What a failed HTTP request means: before the connection stood nothing was handed over; afterwards nobody knows.
fn http_failure(error: &reqwest::Error) -> Failure {
    // The address may hold a password.
    let text = causes(error);
    if error.is_connect() {
        Failure::Unreachable(text)
    } else if error.is_builder() {
        Failure::TryAgain(text)
    } else {
        Failure::Uncertain(text)
    }
}

/// An error with its causes, in one line and without addresses.
fn causes(error: &reqwest::Error) -> String {
    let mut text = if error.is_timeout() {
        "no answer in time".to_owned()
    } else if error.is_connect() {
        "cannot connect".to_owned()
    } else {
        "the connection was lost".to_owned()
    };
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

/// The first words of an answer, for the row's detail.
fn excerpt(text: &str) -> String {
    crate::render::one_line(text).chars().take(300).collect()
}
