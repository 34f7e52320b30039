//! Where messages go, as the configuration says it: `CONVOKE_MAIL_URL`, `CONVOKE_SMS_URL` and `CONVOKE_MAIL_FROM`.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;
use url::Url;

/// What is wrong with a setting, in plain words and without its password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TargetError(String);

pub(crate) fn wrong<T>(text: impl Into<String>) -> Result<T, TargetError> {
    Err(TargetError(text.into()))
}

/// User and password.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The user.
    pub user: String,
    /// The password.
    pub password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials({:?}, …)", self.user)
    }
}

/// How a connection to a mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// TLS from the first byte (`smtps`).
    Always,
    /// STARTTLS, and nothing is sent without it.
    Upgrade,
    /// STARTTLS when the server offers it.
    Offered,
    /// Never.
    Off,
}

/// Where e-mails go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailTarget {
    /// One file for each message.
    Folder(PathBuf),
    /// A mail server.
    Smtp {
        /// Its name or address.
        host: String,
        /// Its port.
        port: u16,
        /// How to sign in, if it asks for it.
        credentials: Option<Credentials>,
        /// Whether to encrypt.
        encryption: Encryption,
    },
}

/// Where text messages go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SmsTarget {
    /// One file for each message.
    Folder(PathBuf),
    /// Kannel's `sendsms` interface.
    Kannel {
        /// `http://host:port`.
        base: String,
        /// Its user for sending.
        credentials: Credentials,
        /// The sender shown; `Convoke` when not given.
        from: Option<String>,
    },
    /// Twilio's Messages API, or one that speaks like it.
    Twilio {
        /// `https://host`.
        base: String,
        /// Account SID and token.
        credentials: Credentials,
        /// A number of the account, or the SID of a messaging service.
        from: String,
    },
}

fn folder(text: &str) -> Option<Result<PathBuf, TargetError>> {
    let path = text.strip_prefix("file:")?;
    // `file:///var/mail` and `file:data/outbox` are both written.
    let path = path.strip_prefix("//").unwrap_or(path);
    Some(if path.is_empty() {
        wrong("it needs a folder after file: (for example file:data/outbox)")
    } else {
        Ok(PathBuf::from(path))
    })
}

pub(crate) fn parse(text: &str) -> Result<Url, TargetError> {
    Url::parse(text).or_else(|e| wrong(format!("it is not an address: {e}")))
}

pub(crate) fn decode(text: &str) -> Result<String, TargetError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let hex = [rest.next().unwrap_or(0), rest.next().unwrap_or(0)];
            let value = std::str::from_utf8(&hex)
                .ok()
                .and_then(|digits| u8::from_str_radix(digits, 16).ok());
            match value {
                Some(value) => bytes.push(value),
                None => {
                    return wrong(
                        "a percent sign in the user or password must be written as %25, an @ as %40, a : as %3A",
                    );
                }
            }
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).or_else(|_| wrong("the user or password is not UTF-8"))
}

pub(crate) fn credentials(url: &Url) -> Result<Option<Credentials>, TargetError> {
    if url.username().is_empty() {
        return Ok(None);
    }
    Ok(Some(Credentials {
        user: decode(url.username())?,
        password: decode(url.password().unwrap_or_default())?,
    }))
}

pub(crate) fn host(url: &Url) -> Result<String, TargetError> {
    match url.host_str() {
        Some(host) if !host.is_empty() => Ok(host.to_owned()),
        _ => wrong(format!(
            "it names no host (for example {}://host)",
            url.scheme()
        )),
    }
}

pub(crate) fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
        .filter(|value| !value.is_empty())
}

pub(crate) fn known_parameters(url: &Url, known: &[&str]) -> Result<(), TargetError> {
    match url
        .query_pairs()
        .find(|(key, _)| !known.contains(&key.as_ref()))
    {
        Some((key, _)) => wrong(format!("it does not know ?{key}=")),
        None => Ok(()),
    }
}

pub(crate) fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host
            .trim_matches(['[', ']'])
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

impl FromStr for MailTarget {
    type Err = TargetError;

    /// `file:FOLDER`, `smtp://[user:password@]host[:port]`, `smtps://[user:password@]host[:port]`. `smtp` encrypts when the server offers it, and
    /// insists on it when there is a password and the server is not on this machine; `?tls=required` and `?tls=off` say otherwise.
    fn from_str(text: &str) -> Result<Self, TargetError> {
        let text = text.trim();
        if let Some(folder) = folder(text) {
            return folder.map(Self::Folder);
        }
        if !text.starts_with("smtp://") && !text.starts_with("smtps://") {
            return wrong(
                "it must start with file:, smtp:// or smtps:// (for example smtp://mail.example.org:25)",
            );
        }
        let url = parse(text)?;
        known_parameters(&url, &["tls"])?;
        let host = host(&url)?;
        let credentials = credentials(&url)?;
        let implicit = url.scheme() == "smtps";
        let encryption = match parameter(&url, "tls").as_deref() {
            None if implicit => Encryption::Always,
            None if credentials.is_some() && !is_loopback(&host) => Encryption::Upgrade,
            None => Encryption::Offered,
            Some("required") if !implicit => Encryption::Upgrade,
            Some("off") if !implicit => Encryption::Off,
            Some(_) if implicit => return wrong("smtps:// is always encrypted; take out ?tls="),
            Some(_) => return wrong("?tls= must be required or off"),
        };
        let port = url.port().unwrap_or(match (implicit, &credentials) {
            (true, _) => 465,
            (false, Some(_)) => 587,
            (false, None) => 25,
        });
        Ok(Self::Smtp {
            host,
            port,
            credentials,
            encryption,
        })
    }
}

/// What an SMS comes from when nothing else is asked for.
pub(crate) const SMS_SENDER: &str = "Convoke";

impl FromStr for SmsTarget {
    type Err = TargetError;

    /// `file:FOLDER`, `kannel://user:password@host:port[?from=SENDER]`, `twilio://sid:token@host[:port][?from=NUMBER]`.
    /// Twilio is spoken to over HTTPS, on this machine over HTTP; Kannel over HTTP, with `?tls=required` over HTTPS.
    fn from_str(text: &str) -> Result<Self, TargetError> {
        let text = text.trim();
        if let Some(folder) = folder(text) {
            return folder.map(Self::Folder);
        }
        let kannel = text.starts_with("kannel://");
        if !kannel && !text.starts_with("twilio://") {
            return wrong("it must start with file:, kannel:// or twilio://");
        }
        let url = parse(text)?;
        known_parameters(&url, if kannel { &["from", "tls"] } else { &["from"] })?;
        let host = host(&url)?;
        let Some(credentials) = credentials(&url)? else {
            return wrong(format!(
                "it needs who signs in before the host (for example {}://user:password@host)",
                url.scheme()
            ));
        };
        let from = parameter(&url, "from");
        if kannel {
            let scheme = match parameter(&url, "tls").as_deref() {
                None | Some("off") => "http",
                Some("required") => "https",
                Some(_) => return wrong("?tls= must be required or off"),
            };
            let port = url.port().unwrap_or(13013);
            return Ok(Self::Kannel {
                base: format!("{scheme}://{host}:{port}"),
                credentials,
                from,
            });
        }
        // Without one an alphanumeric sender, which Twilio takes in most countries.
        let from = from.unwrap_or_else(|| SMS_SENDER.to_owned());
        // In a query a plus sign stands for a space.
        let from = if from.starts_with(' ') {
            format!("+{}", from.trim_start())
        } else {
            from
        };
        let scheme = if is_loopback(&host) { "http" } else { "https" };
        let port = url
            .port()
            .map(|port| format!(":{port}"))
            .unwrap_or_default();
        Ok(Self::Twilio {
            base: format!("{scheme}://{host}{port}"),
            credentials,
            from,
        })
    }
}

/// Without credentials, for screens and logs.
impl fmt::Display for MailTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "{}", folder.display()),
            Self::Smtp {
                host,
                port,
                encryption,
                ..
            } => {
                let scheme = if *encryption == Encryption::Always {
                    "smtps"
                } else {
                    "smtp"
                };
                write!(f, "{scheme}://{host}:{port}")
            }
        }
    }
}

/// Without credentials, for screens and logs.
impl fmt::Display for SmsTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "{}", folder.display()),
            Self::Kannel { base, .. } => write!(f, "Kannel, {base}"),
            Self::Twilio { base, .. } => write!(f, "Twilio, {base}"),
        }
    }
}

/// Whom e-mails come from: `training@example.org` or `Training office <training@example.org>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The name shown, if any.
    pub name: Option<String>,
    /// The address.
    pub email: String,
}

impl FromStr for Sender {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        let text = text.trim();
        let (name, email) = match text.strip_suffix('>').and_then(|t| t.rsplit_once('<')) {
            Some((name, email)) => (name.trim().trim_matches('"').trim(), email),
            None => ("", text),
        };
        let Some(email) = convoke_domain::person::parse_email(email) else {
            return wrong(
                "it is not an e-mail address (for example: Training office <training@example.org>)",
            );
        };
        Ok(Self {
            name: (!name.is_empty()).then(|| crate::render::one_line(name)),
            email,
        })
    }
}

impl Sender {
    /// The domain of the address, which Message-IDs end with.
    pub fn domain(&self) -> &str {
        self.email
            .rsplit_once('@')
            .map_or("localhost", |(_, domain)| domain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(text: &str) -> Result<MailTarget, String> {
        text.parse().map_err(|e: TargetError| e.to_string())
    }

    fn sms(text: &str) -> Result<SmsTarget, String> {
        text.parse().map_err(|e: TargetError| e.to_string())
    }

    #[test]
    fn addresses_of_the_documentation() {
        assert_eq!(
            mail("file:data/outbox"),
            Ok(MailTarget::Folder("data/outbox".into()))
        );
        assert_eq!(
            mail("smtp://mail.example.org"),
            Ok(MailTarget::Smtp {
                host: "mail.example.org".into(),
                port: 25,
                credentials: None,
                encryption: Encryption::Offered
            })
        );
        let Ok(MailTarget::Smtp {
            port,
            credentials: Some(credentials),
            encryption,
            ..
        }) = mail("smtps://user%40example.org:p%3Aw@host")
        else {
            panic!("understood");
        };
        assert_eq!((port, encryption), (465, Encryption::Always));
        assert_eq!(
            (&*credentials.user, &*credentials.password),
            ("user@example.org", "p:w")
        );
        assert_eq!(
            sms("kannel://u:p@127.0.0.1:13013"),
            Ok(SmsTarget::Kannel {
                base: "http://127.0.0.1:13013".into(),
                credentials: Credentials {
                    user: "u".into(),
                    password: "p".into()
                },
                from: None
            })
        );
        for from in ["+15005550006", "%2B15005550006"] {
            assert_eq!(
                sms(&format!("twilio://AC1:t@api.twilio.com?from={from}")),
                Ok(SmsTarget::Twilio {
                    base: "https://api.twilio.com".into(),
                    credentials: Credentials {
                        user: "AC1".into(),
                        password: "t".into()
                    },
                    from: "+15005550006".into()
                })
            );
        }
    }

    #[test]
    fn twilio_needs_no_sender() {
        let Ok(SmsTarget::Twilio { from, .. }) = sms("twilio://AC1:t@api.twilio.com") else {
            panic!("it was refused");
        };
        assert_eq!(from, SMS_SENDER);
    }

    #[test]
    fn a_password_is_not_sent_in_the_clear_over_a_network() {
        let encryption = |text: &str| match mail(text) {
            Ok(MailTarget::Smtp { encryption, .. }) => encryption,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            encryption("smtp://u:p@mail.example.org"),
            Encryption::Upgrade
        );
        assert_eq!(encryption("smtp://u:p@127.0.0.1:25"), Encryption::Offered);
        assert_eq!(encryption("smtp://u:p@relay.lan?tls=off"), Encryption::Off);
    }

    #[test]
    fn mistakes_are_said_in_plain_words_without_the_password() {
        for (text, words) in [
            ("http://host", "must start with file:, smtp://"),
            ("smtp://", "names no host"),
            ("file:", "needs a folder"),
            ("smtp://u:secret%zz@host", "%25"),
            ("smtps://u:secret@host?tls=off", "always encrypted"),
            ("smtp://u:secret@host?ssl=1", "does not know ?ssl="),
        ] {
            let said = mail(text).unwrap_err();
            assert!(said.contains(words), "{text}: {said}");
            assert!(!said.contains("secret"), "{said}");
        }
        for (text, words) in [
            ("smpp://host", "must start with file:, kannel://"),
            ("kannel://host:13013", "needs who signs in"),
        ] {
            let said = sms(text).unwrap_err();
            assert!(said.contains(words), "{text}: {said}");
        }
        assert!(
            !format!("{:?}", mail("smtp://u:secret@host")).contains("secret"),
            "not in debug output either"
        );
    }

    #[test]
    fn senders() {
        let sender: Sender = "\"Training office\" <Office@Example.ORG>".parse().unwrap();
        assert_eq!(sender.name.as_deref(), Some("Training office"));
        assert_eq!(sender.email, "Office@example.org");
        assert_eq!(sender.domain(), "example.org");
        assert!("nobody".parse::<Sender>().is_err());
    }
}
