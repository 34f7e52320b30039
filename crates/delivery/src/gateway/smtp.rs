//! E-mail by SMTP (RFC 5321).
//!
//! The conversation is led step by step, because what an error means depends on where it happens: up to the answer to `DATA` the
//! server has certainly taken nothing; once the content is on its way and the last answer does not come, nobody knows.

use super::envelope::{envelope, message_id};
use super::{Failure, Gateway, Parcel, Receipt, excerpt};
use crate::dkim::Dkim;
use crate::target::{Encryption, MailTarget, Sender};
use convoke_domain::message::Problem;
use convoke_storage::outbox::Destination;
use futures::future::BoxFuture;
use lettre::address::Envelope;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Severity;
use std::sync::Mutex;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

/// How long each step may take.
#[derive(Clone, Copy, Debug)]
pub struct SmtpTimeouts {
    /// To connect, encrypt and sign in.
    pub connect: Duration,
    /// For each command up to the content.
    pub command: Duration,
    /// To take the content. RFC 5321, section 4.5.3.2.6 gives a server ten minutes; a client that gives up earlier risks a message twice, which
    /// cannot happen here: it becomes uncertain instead.
    pub content: Duration,
}

impl Default for SmtpTimeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(30),
            command: Duration::from_mins(1),
            content: Duration::from_mins(5),
        }
    }
}

/// Connections that are not used for this long are not trusted any more.
const IDLE: Duration = Duration::from_secs(30);
/// Connections kept open, and messages handed over at once.
const CONNECTIONS: usize = 4;

/// Hands e-mails to a mail server.
pub struct SmtpGateway {
    host: String,
    port: u16,
    encryption: Encryption,
    tls: Option<TlsParameters>,
    credentials: Option<Credentials>,
    hello: ClientId,
    from: Sender,
    dkim: Option<Dkim>,
    timeouts: SmtpTimeouts,
    idle: Mutex<Vec<(AsyncSmtpConnection, Instant)>>,
    shown: String,
}

/// Where in the conversation an answer came, or did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Connect,
    SignIn,
    Sender,
    Recipient,
    Content,
    /// The content is on its way.
    Final,
}

/// What went wrong in a step.
#[derive(Debug)]
enum Trouble {
    /// The server answered with an error: its code and words.
    Answer(u16, String),
    /// No answer, or no connection.
    Lost(String),
    /// We can't do what the server asks for (no mechanism in common, no STARTTLS).
    Ours(String),
}

impl From<SmtpError> for Trouble {
    fn from(error: SmtpError) -> Self {
        let words = std::error::Error::source(&error)
            .map_or_else(|| error.to_string(), ToString::to_string);
        match error.status() {
            Some(code) => {
                let severity = match code.severity {
                    Severity::TransientNegativeCompletion => 400,
                    _ => 500,
                };
                let number = severity + code.category as u16 * 10 + code.detail as u16;
                Self::Answer(number, excerpt(&words))
            }
            None if error.is_client() || error.is_tls() => Self::Ours(excerpt(&words)),
            None => Self::Lost(excerpt(&words)),
        }
    }
}

/// The enhanced status code (RFC 3463) at the beginning of an answer: class, subject, detail.
fn enhanced(words: &str) -> Option<(u16, u16, u16)> {
    let mut numbers = words.split_whitespace().next()?.split('.').map(str::parse);
    match (
        numbers.next(),
        numbers.next(),
        numbers.next(),
        numbers.next(),
    ) {
        (Some(Ok(class)), Some(Ok(subject)), Some(Ok(detail)), None) => {
            Some((class, subject, detail))
        }
        _ => None,
    }
}

/// What a trouble means, by the step it came in.
fn classify(step: Step, trouble: Trouble) -> Failure {
    let (code, words) = match trouble {
        Trouble::Answer(code, words) => (code, words),
        Trouble::Lost(words) if step == Step::Final => return Failure::Uncertain(words),
        Trouble::Lost(words) if step == Step::Connect => return Failure::Unreachable(words),
        Trouble::Lost(words) => return Failure::TryAgain(words),
        // Nothing that waiting would change: encryption or sign-in do not fit together.
        Trouble::Ours(words) if step == Step::Recipient => {
            return Failure::Never(Problem::AddressRefused, words);
        }
        Trouble::Ours(words) if step == Step::Final => return Failure::Uncertain(words),
        Trouble::Ours(words) => return Failure::StopChannel(words),
    };
    let said = format!("{code} {words}");
    let enhanced = enhanced(&words);
    match (step, code) {
        // Sign-in is asked for, refused, or the mechanism is too weak (RFC 4954, section 6); quota of the account.
        (_, 530 | 534 | 535 | 538) | (Step::SignIn, 500..) => Failure::StopChannel(said),
        (_, 500..) if enhanced.is_some_and(|(_, subject, detail)| (subject, detail) == (4, 5)) => {
            Failure::StopChannel(said)
        }
        // A server that greets with a refusal is out of order, whatever its code.
        (_, 400..=499) | (Step::Connect, _) => Failure::TryAgain(said),
        // Not from this sender: so it will be with the next message.
        (Step::Sender, 552) => Failure::Never(Problem::MessageRefused, said),
        (Step::Sender, _) => Failure::StopChannel(said),
        (Step::Recipient, _) => Failure::Never(Problem::AddressRefused, said),
        (Step::SignIn | Step::Content | Step::Final, _) => {
            // Some servers look at recipients only now: subject 1 is the address (RFC 3463, section 3.2).
            let problem = if enhanced.is_some_and(|(_, subject, _)| subject == 1) {
                Problem::AddressRefused
            } else {
                Problem::MessageRefused
            };
            Failure::Never(problem, said)
        }
    }
}

type Stepped<T> = Result<T, (Step, Trouble)>;

/// Limits a step, and says which one it was.
async fn step<T, E: Into<Trouble>>(
    step: Step,
    limit: Duration,
    work: impl Future<Output = Result<T, E>>,
) -> Stepped<T> {
    match timeout(limit, work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err((step, error.into())),
        Err(_) => Err((
            step,
            Trouble::Lost(format!("no answer within {} s", limit.as_secs())),
        )),
    }
}

impl SmtpGateway {
    /// For a mail server; the error says what is wrong with its name.
    pub fn new(target: &MailTarget, from: Sender) -> Result<Self, String> {
        let MailTarget::Smtp {
            host,
            port,
            credentials,
            encryption,
        } = target
        else {
            return Err("not a mail server".to_owned());
        };
        super::install_encryption();
        let tls = match encryption {
            Encryption::Off => None,
            _ => Some(TlsParameters::new(host.clone()).map_err(|e| e.to_string())?),
        };
        Ok(Self {
            host: host.trim_matches(['[', ']']).to_owned(),
            port: *port,
            encryption: *encryption,
            tls,
            credentials: credentials
                .as_ref()
                .map(|c| Credentials::new(c.user.clone(), c.password.clone())),
            hello: ClientId::Domain(from.domain().to_owned()),
            from,
            dkim: None,
            timeouts: SmtpTimeouts::default(),
            idle: Mutex::new(Vec::new()),
            shown: target.to_string(),
        })
    }

    /// The same; what it hands over is signed.
    #[must_use]
    pub fn with_signature(mut self, dkim: Option<Dkim>) -> Self {
        self.dkim = dkim;
        self
    }

    /// The same with other time limits.
    #[must_use]
    pub fn with_timeouts(mut self, timeouts: SmtpTimeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    fn pooled(&self) -> Option<AsyncSmtpConnection> {
        let mut idle = self
            .idle
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        idle.retain(|(_, since)| since.elapsed() < IDLE);
        idle.pop().map(|(connection, _)| connection)
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self
            .idle
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if idle.len() < CONNECTIONS {
            idle.push((connection, Instant::now()));
        }
    }

    /// Connects and greets.
    async fn open(&self) -> Result<AsyncSmtpConnection, Trouble> {
        let address = (self.host.as_str(), self.port);
        if self.encryption == Encryption::Always {
            let limit = Some(self.timeouts.connect);
            let tls = self.tls.clone();
            return Ok(
                AsyncSmtpConnection::connect_tokio1(address, limit, &self.hello, tls, None).await?,
            );
        }
        let lost = |e: std::io::Error| Trouble::Lost(e.to_string());
        let stream = TcpStream::connect(address).await.map_err(lost)?;
        // The end of a message is a write of its own: without this it waits until the server has acknowledged the rest, 40 ms each time.
        stream.set_nodelay(true).map_err(lost)?;
        Ok(AsyncSmtpConnection::connect_with_transport(Box::new(stream), &self.hello).await?)
    }

    async fn connect(&self) -> Stepped<AsyncSmtpConnection> {
        let limit = self.timeouts.connect;
        let mut connection = step(Step::Connect, limit, self.open()).await?;
        let upgrade = match self.encryption {
            Encryption::Upgrade => true,
            Encryption::Offered => connection.can_starttls(),
            Encryption::Always | Encryption::Off => false,
        };
        if upgrade && let Some(tls) = &self.tls {
            step(
                Step::Connect,
                limit,
                connection.starttls(tls.clone(), &self.hello),
            )
            .await?;
        }
        if let Some(credentials) = &self.credentials {
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            step(
                Step::SignIn,
                limit,
                connection.auth(&mechanisms, credentials),
            )
            .await?;
        }
        Ok(connection)
    }

    /// Everything up to the server's readiness to take the content.
    async fn announce(
        &self,
        connection: &mut AsyncSmtpConnection,
        envelope: &Envelope,
        content: &[u8],
    ) -> Stepped<()> {
        let limit = self.timeouts.command;
        let server = connection.server_info();
        let mut options = Vec::new();
        let plain = envelope
            .to()
            .iter()
            .chain(envelope.from())
            .all(|address| address.to_string().is_ascii());
        if !plain {
            if !server.supports_feature(Extension::SmtpUtfEight) {
                let words = "the mail server takes only addresses in plain letters (no SMTPUTF8)";
                return Err((Step::Recipient, Trouble::Ours(words.to_owned())));
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        if !content.is_ascii() {
            options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        let sender = Mail::new(envelope.from().cloned(), options);
        step(Step::Sender, limit, connection.command(sender)).await?;
        for address in envelope.to() {
            let recipient = Rcpt::new(address.clone(), Vec::new());
            step(Step::Recipient, limit, connection.command(recipient)).await?;
        }
        step(Step::Content, limit, connection.command(Data)).await?;
        Ok(())
    }

    async fn ready(&self, envelope: &Envelope, content: &[u8]) -> Stepped<AsyncSmtpConnection> {
        while let Some(mut connection) = self.pooled() {
            match self.announce(&mut connection, envelope, content).await {
                Ok(()) => return Ok(connection),
                // The server closed it while nobody looked: nothing was handed over, so the next one may try at once.
                Err((_, Trouble::Lost(_) | Trouble::Answer(421, _))) => {}
                Err(trouble) => return Err(self.reset(connection, trouble).await),
            }
        }
        let mut connection = self.connect().await?;
        match self.announce(&mut connection, envelope, content).await {
            Ok(()) => Ok(connection),
            Err(trouble) => Err(self.reset(connection, trouble).await),
        }
    }

    /// After a refusal the connection is good for the next message.
    async fn reset(
        &self,
        mut connection: AsyncSmtpConnection,
        trouble: (Step, Trouble),
    ) -> (Step, Trouble) {
        use lettre::transport::smtp::commands::Rset;
        if matches!(trouble.1, Trouble::Answer(code, _) if code != 421)
            && step(
                Step::Connect,
                self.timeouts.command,
                connection.command(Rset),
            )
            .await
            .is_ok()
        {
            self.keep(connection);
        }
        trouble
    }

    async fn send(&self, parcel: &Parcel) -> Result<Receipt, Failure> {
        let mut message = envelope(parcel, &self.from).map_err(Failure::NoSuchAddress)?;
        if let Some(dkim) = &self.dkim {
            dkim.sign(&mut message);
        }
        let content = message.formatted();
        let mut connection = self
            .ready(message.envelope(), &content)
            .await
            .map_err(|(step, trouble)| classify(step, trouble))?;
        let limit = self.timeouts.content;
        match step(Step::Final, limit, connection.message(&content)).await {
            Ok(_) => {
                self.keep(connection);
                Ok(Receipt {
                    provider_id: message_id(parcel, &self.from),
                })
            }
            Err(trouble) => {
                let (step, trouble) = self.reset(connection, trouble).await;
                Err(classify(step, trouble))
            }
        }
    }
}

impl Gateway for SmtpGateway {
    fn hand_over<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<Receipt, Failure>> {
        Box::pin(self.send(parcel))
    }

    fn destination(&self) -> Destination {
        Destination {
            address: self.shown.clone(),
            is_file: false,
        }
    }

    fn concurrency(&self) -> usize {
        CONNECTIONS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(step: Step, code: u16, words: &str) -> &'static str {
        match classify(step, Trouble::Answer(code, words.to_owned())) {
            Failure::TryAgain(_) => "again",
            Failure::Unreachable(_) => "nobody",
            Failure::Never(Problem::AddressRefused, _) | Failure::NoSuchAddress(_) => "address",
            Failure::Never(..) => "message",
            Failure::StopChannel(_) => "stop",
            Failure::Uncertain(_) => "uncertain",
        }
    }

    #[test]
    fn what_a_servers_answer_means() {
        for (step, code, words, expected) in [
            (Step::Recipient, 550, "5.1.1 No such user", "address"),
            (Step::Recipient, 553, "mailbox name not allowed", "address"),
            (Step::Recipient, 451, "4.7.1 Greylisted", "again"),
            (Step::Recipient, 452, "4.2.2 Mailbox full", "again"),
            (Step::Recipient, 530, "5.7.0 Must sign in first", "stop"),
            (Step::SignIn, 535, "5.7.8 Bad credentials", "stop"),
            (Step::SignIn, 454, "4.7.0 Temporary failure", "again"),
            (
                Step::Sender,
                550,
                "5.7.60 Not allowed to send as this sender",
                "stop",
            ),
            (Step::Sender, 552, "5.3.4 Too big", "message"),
            (Step::Final, 554, "5.7.1 Spam", "message"),
            (Step::Final, 550, "5.1.1 No such user", "address"),
            (Step::Final, 451, "4.3.0 Try later", "again"),
            (
                Step::Final,
                550,
                "5.4.5 Daily user sending limit exceeded",
                "stop",
            ),
            (Step::Connect, 554, "No SMTP service here", "again"),
            (Step::Connect, 421, "Too busy", "again"),
        ] {
            assert_eq!(kind(step, code, words), expected, "{step:?} {code} {words}");
        }
    }

    #[test]
    fn a_lost_connection_is_uncertain_only_once_the_content_is_on_its_way() {
        let lost = || Trouble::Lost("reset by peer".to_owned());
        assert!(matches!(
            classify(Step::Connect, lost()),
            Failure::Unreachable(_)
        ));
        for step in [Step::SignIn, Step::Sender, Step::Recipient, Step::Content] {
            assert!(
                matches!(classify(step, lost()), Failure::TryAgain(_)),
                "{step:?}"
            );
        }
        assert!(matches!(
            classify(Step::Final, lost()),
            Failure::Uncertain(_)
        ));
    }

    #[test]
    fn enhanced_codes() {
        assert_eq!(enhanced("5.1.1 No"), Some((5, 1, 1)));
        assert_eq!(enhanced("No such user"), None);
        assert_eq!(enhanced("10.0.0.1 is blocked"), None);
    }
}
