//! The signature by which whoever receives a mail sees that the domain of its sender stands for it: DKIM (RFC 6376), with RSA or Ed25519 (RFC 8463).

use crate::target::{TargetError, wrong};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lettre::Message;
use lettre::message::dkim::{
    DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm,
    DkimSigningKey,
};
use lettre::message::header::HeaderName;
use rsa::RsaPrivateKey;
use rsa::pkcs1::{DecodeRsaPrivateKey, EncodeRsaPrivateKey, LineEnding};
use rsa::pkcs8::{DecodePrivateKey, EncodePublicKey, PrivateKeyInfo, SecretDocument};
use rsa::traits::PublicKeyParts;
use std::fmt;
use std::sync::Arc;

/// What is signed, where it is there; and that it is not there, where it is not (RFC 6376, section 5.4.2). RFC 8058 asks for the two that unsubscribe.
const SIGNED: &[&str] = &[
    "From",
    "Reply-To",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];
/// The shortest RSA key that receivers believe (RFC 8301, section 3.2), in bits.
const SHORTEST_RSA: usize = 1024;
/// The object identifier of Ed25519 (RFC 8410).
const ED25519: &str = "1.3.101.112";

/// A key, and under which name its other half is published. Neither is in debug output. Cheap to clone.
#[derive(Clone)]
pub struct Dkim {
    config: Arc<DkimConfig>,
    selector: String,
    domain: String,
    record: String,
}

impl fmt::Debug for Dkim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dkim({}, …)", self.name())
    }
}

impl PartialEq for Dkim {
    fn eq(&self, other: &Self) -> bool {
        (self.name(), &self.record) == (other.name(), &other.record)
    }
}

/// Whether a text is labels of letters, digits and hyphens, joined by dots.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 200
        && text.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        })
}

impl Dkim {
    /// Of a private key as `openssl` writes it: PEM, RSA in PKCS#1 or PKCS#8, Ed25519 in PKCS#8. The error says what is wrong, and nothing of the key.
    pub fn new(selector: &str, domain: &str, pem: &str) -> Result<Self, TargetError> {
        if !is_name(selector) {
            return wrong("the selector is a name of letters, digits and hyphens");
        }
        if !is_name(domain) {
            return wrong("the domain is a name like example.org");
        }
        let (key, record) = read(pem.trim())?;
        let canonicalization = DkimCanonicalization {
            header: DkimCanonicalizationType::Relaxed,
            body: DkimCanonicalizationType::Relaxed,
        };
        let headers = SIGNED
            .iter()
            .map(|name| HeaderName::new_from_ascii_str(name))
            .collect();
        let config = DkimConfig::new(
            selector.to_owned(),
            domain.to_owned(),
            key,
            headers,
            canonicalization,
        );
        Ok(Self {
            config: Arc::new(config),
            selector: selector.to_owned(),
            domain: domain.to_owned(),
            record,
        })
    }

    /// Signs a message that nothing is changed of afterwards.
    pub fn sign(&self, message: &mut Message) {
        message.sign(&self.config);
    }

    /// The domain that signs.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The name under which the public key is published: `selector._domainkey.example.org`.
    pub fn name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }

    /// The TXT record that publishes the public key.
    pub fn record(&self) -> &str {
        &self.record
    }
}

/// The key, and the record of its public half.
fn read(pem: &str) -> Result<(DkimSigningKey, String), TargetError> {
    if pem.contains("ENCRYPTED") {
        return wrong("the key has a passphrase; it is read without anybody who could type it");
    }
    if let Ok(key) = RsaPrivateKey::from_pkcs1_pem(pem) {
        return of_rsa(&key);
    }
    if let Ok(key) = RsaPrivateKey::from_pkcs8_pem(pem) {
        return of_rsa(&key);
    }
    match ed25519_seed(pem) {
        Some(seed) => of_ed25519(&seed),
        None => wrong("it is not an RSA or Ed25519 private key in PEM"),
    }
}

fn of_rsa(key: &RsaPrivateKey) -> Result<(DkimSigningKey, String), TargetError> {
    if key.size() * 8 < SHORTEST_RSA {
        return wrong("an RSA key needs at least 1024 bits, better 2048");
    }
    let pem = key.to_pkcs1_pem(LineEnding::LF);
    let public = key.to_public_key().to_public_key_der();
    let (Ok(pem), Ok(public)) = (pem, public) else {
        return wrong("the RSA key cannot be written");
    };
    let Ok(signing) = DkimSigningKey::new(&pem, DkimSigningAlgorithm::Rsa) else {
        return wrong("the RSA key cannot be used");
    };
    let public = STANDARD.encode(public.as_bytes());
    Ok((signing, format!("v=DKIM1; k=rsa; p={public}")))
}

fn of_ed25519(seed: &[u8; 32]) -> Result<(DkimSigningKey, String), TargetError> {
    let Ok(signing) = DkimSigningKey::new(&STANDARD.encode(seed), DkimSigningAlgorithm::Ed25519)
    else {
        return wrong("the Ed25519 key cannot be used");
    };
    let public = ed25519_dalek::SigningKey::from_bytes(seed).verifying_key();
    let public = STANDARD.encode(public.as_bytes());
    Ok((signing, format!("v=DKIM1; k=ed25519; p={public}")))
}

/// The seed in a PKCS#8 document (RFC 8410, section 7): an octet string of 32 bytes in another.
fn ed25519_seed(pem: &str) -> Option<[u8; 32]> {
    let (_, document) = SecretDocument::from_pem(pem).ok()?;
    let info = PrivateKeyInfo::try_from(document.as_bytes()).ok()?;
    if info.algorithm.oid.to_string() != ED25519 {
        return None;
    }
    info.private_key
        .strip_prefix(&[0x04, 0x20])?
        .try_into()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of RFC 8410, section 10.3: everybody knows it.
    const SAMPLE: &str = "-----BEGIN PRIVATE KEY-----\n\
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
        -----END PRIVATE KEY-----\n";

    #[test]
    fn the_record_is_the_public_half() {
        let dkim = Dkim::new("march", "example.org", SAMPLE).unwrap();
        assert_eq!(dkim.name(), "march._domainkey.example.org");
        assert_eq!(
            dkim.record(),
            "v=DKIM1; k=ed25519; p=Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="
        );
    }

    #[test]
    fn mistakes_are_said_without_the_key() {
        for (selector, domain, pem, words) in [
            ("", "example.org", SAMPLE, "selector"),
            ("a b", "example.org", SAMPLE, "selector"),
            ("march", "example..org", SAMPLE, "domain"),
            ("march", "example.org", "hunter2", "private key in PEM"),
            (
                "march",
                "example.org",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nhunter2",
                "passphrase",
            ),
        ] {
            let said = Dkim::new(selector, domain, pem).unwrap_err().to_string();
            assert!(said.contains(words), "{said}");
            assert!(!said.contains("hunter2"), "{said}");
        }
        let dkim = Dkim::new("march", "example.org", SAMPLE).unwrap();
        assert_eq!(format!("{dkim:?}"), "Dkim(march._domainkey.example.org, …)");
    }
}
