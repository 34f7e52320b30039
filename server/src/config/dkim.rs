//! The signature of mails: a key file, the name that its public half is published under, and the domain that signs.

use super::{Problem, given};
use clap::Args;
use convoke_delivery::{Dkim, Sender};

/// How mails are signed.
#[derive(Clone, Debug, Default, Args)]
pub struct DkimArgs {
    /// File with the private key that mails are signed with (DKIM): PEM, RSA or Ed25519. Without one they are not signed.
    #[arg(
        id = "dkim_key",
        long = "dkim-key",
        env = "CONVOKE_DKIM_KEY",
        value_name = "DKIM_KEY"
    )]
    pub key: Option<String>,
    /// Selector under which the public key is published: SELECTOR._domainkey.DOMAIN.
    #[arg(
        id = "dkim_selector",
        long = "dkim-selector",
        env = "CONVOKE_DKIM_SELECTOR",
        value_name = "DKIM_SELECTOR"
    )]
    pub selector: Option<String>,
    /// Domain that signs. By default that of the sender of mails.
    #[arg(
        id = "dkim_domain",
        long = "dkim-domain",
        env = "CONVOKE_DKIM_DOMAIN",
        value_name = "DKIM_DOMAIN"
    )]
    pub domain: Option<String>,
}

impl DkimArgs {
    /// Reads the key. What is wrong is said without it.
    pub fn read(&self, from: Option<&Sender>) -> Result<Option<Dkim>, Problem> {
        let selector = given(self.selector.as_deref());
        let file = given(self.key.as_deref());
        let (file, selector) = match (file, selector) {
            (None, None) => return Ok(None),
            (Some(file), Some(selector)) => (file, selector),
            (Some(_), None) => {
                return Err(Problem::new(
                    "CONVOKE_DKIM_SELECTOR",
                    "check-dkim-selector",
                    "convoke",
                ));
            }
            (None, Some(_)) => {
                return Err(Problem::new(
                    "CONVOKE_DKIM_KEY",
                    "check-dkim-key",
                    "/etc/convoke/dkim.pem",
                ));
            }
        };
        let wrong =
            |key| Problem::new("CONVOKE_DKIM_KEY", key, "/etc/convoke/dkim.pem").value(file);
        let pem = std::fs::read_to_string(file)
            .map_err(|cause| wrong("check-dkim-unreadable").cause(&cause))?;
        let domain = given(self.domain.as_deref())
            .or_else(|| from.map(Sender::domain))
            .unwrap_or_default();
        Dkim::new(selector, domain, &pem)
            .map(Some)
            .map_err(|cause| wrong("check-dkim-wrong").cause(&cause))
    }
}
