//! `CONVOKE_BOUNCES_URL`: the mailbox that mails come back to.

use super::mailbox::Mailbox;
use crate::target::{
    Credentials, Encryption, TargetError, credentials, decode, host, is_loopback, known_parameters,
    parse, wrong,
};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// How long trying may take.
const PROBE: Duration = Duration::from_secs(20);

/// A mailbox that is read over IMAP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BouncesTarget {
    /// The server's name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How to sign in.
    pub credentials: Credentials,
    /// Whether to encrypt: always, or by STARTTLS, or on this machine not at all.
    pub encryption: Encryption,
    /// The folder, `INBOX` when not given.
    pub folder: String,
    /// Certificates that are believed beside those that everybody believes.
    trusted: Vec<CertificateDer<'static>>,
}

impl FromStr for BouncesTarget {
    type Err = TargetError;

    /// `imaps://user:password@host[:port][/FOLDER]`, or `imap://…`, which asks for STARTTLS and does without encryption on this machine only.
    fn from_str(text: &str) -> Result<Self, TargetError> {
        let text = text.trim();
        if !text.starts_with("imap://") && !text.starts_with("imaps://") {
            return wrong(
                "it must start with imaps:// or imap:// (for example imaps://user:password@mail.example.org/INBOX)",
            );
        }
        let url = parse(text)?;
        known_parameters(&url, &[])?;
        let host = host(&url)?;
        let Some(credentials) = credentials(&url)? else {
            return wrong("it needs who signs in before the host (imaps://user:password@host)");
        };
        let implicit = url.scheme() == "imaps";
        let encryption = match implicit {
            true => Encryption::Always,
            false if is_loopback(&host) => Encryption::Off,
            false => Encryption::Upgrade,
        };
        let folder = decode(url.path().trim_start_matches('/'))?;
        Ok(Self {
            port: url.port().unwrap_or(if implicit { 993 } else { 143 }),
            host: host.trim_matches(['[', ']']).to_owned(),
            credentials,
            encryption,
            folder: if folder.is_empty() {
                "INBOX".to_owned()
            } else {
                folder
            },
            trusted: Vec::new(),
        })
    }
}

impl BouncesTarget {
    /// The same; a server that shows this certificate, or one that was issued under it, is believed too.
    #[must_use]
    pub fn trusting(mut self, certificate: CertificateDer<'static>) -> Self {
        self.trusted.push(certificate);
        self
    }

    /// Whose certificates are believed.
    pub(super) fn roots(&self) -> Result<RootCertStore, rustls::Error> {
        let mut roots = RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        for certificate in &self.trusted {
            roots.add(certificate.clone())?;
        }
        Ok(roots)
    }

    /// Opens the mailbox and takes leave; the server's words when it cannot be opened.
    pub async fn probe(&self) -> Result<(), String> {
        let opened = tokio::time::timeout(PROBE, Mailbox::open(self)).await;
        match opened {
            Ok(Ok(mailbox)) => {
                mailbox.close().await;
                Ok(())
            }
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("no answer in time".to_owned()),
        }
    }
}

/// Without credentials, for screens and logs.
impl fmt::Display for BouncesTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.encryption {
            Encryption::Always => "imaps",
            _ => "imap",
        };
        write!(f, "{scheme}://{}:{}/{}", self.host, self.port, self.folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<BouncesTarget, String> {
        text.parse().map_err(|e: TargetError| e.to_string())
    }

    #[test]
    fn addresses_of_the_documentation() {
        let target = read("imaps://bounces%40example.org:p%3Aw@mail.example.org").unwrap();
        assert_eq!(
            (&*target.credentials.user, &*target.credentials.password),
            ("bounces@example.org", "p:w")
        );
        assert_eq!((target.port, &*target.folder), (993, "INBOX"));
        assert_eq!(target.encryption, Encryption::Always);
        assert_eq!(target.to_string(), "imaps://mail.example.org:993/INBOX");
        let target = read("imap://u:p@mail.example.org:1143/Back%20again/Mine").unwrap();
        assert_eq!((target.port, &*target.folder), (1143, "Back again/Mine"));
        assert_eq!(target.encryption, Encryption::Upgrade);
        assert_eq!(
            read("imap://u:p@127.0.0.1:1143").unwrap().encryption,
            Encryption::Off
        );
    }

    #[test]
    fn mistakes_are_said_without_the_password() {
        for (text, words) in [
            ("pop3://u:secret@host", "must start with imaps://"),
            ("imaps://host/INBOX", "needs who signs in"),
            ("imaps://u:secret@host?x=1", "does not know ?x="),
            ("imaps://u:secret%zz@host", "%25"),
        ] {
            let said = read(text).unwrap_err();
            assert!(said.contains(words), "{text}: {said}");
            assert!(!said.contains("secret"), "{said}");
        }
        let debug = format!("{:?}", read("imaps://u:secret@host"));
        assert!(!debug.contains("secret"), "{debug}");
    }
}
