//! The personal links of invitations and accounts.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use convoke_domain::Random;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// What stands in a stored text where the secret was.
pub const BLOTTED: &str = "••••••••";

/// A new secret of 192 random bits, safe in addresses.
pub fn new_secret(random: &dyn Random) -> String {
    let mut bytes = [0; 24];
    random.fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is stored of a secret: its SHA-256 in hexadecimal.
pub fn hash(secret: &str) -> String {
    Sha256::digest(secret.as_bytes())
        .iter()
        .fold(String::with_capacity(64), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}

/// The address that the secret belongs to; short, because it stands in text messages.
pub fn answer_link(base_url: &str, secret: &str) -> String {
    format!("{}/i/{secret}", base_url.trim_end_matches('/'))
}

/// What stands in place of the secret in the link of a test message; no secret is that short.
pub const TEST: &str = "test";

/// The link of a test message: it leads to a page that says so.
pub fn test_link(base_url: &str) -> String {
    answer_link(base_url, TEST)
}

/// A link as long as a real one, which leads nowhere: what a text message costs depends on its length.
pub fn sample_link(base_url: &str) -> String {
    answer_link(base_url, &"x".repeat(32))
}

/// How long somebody who was invited has to choose a password: 14 days.
pub const ACCOUNT_SECONDS: i64 = 14 * 86_400;

/// How long somebody who forgot their password has to choose another: an hour.
pub const FORGOTTEN_SECONDS: i64 = 3_600;

/// After how long somebody who asked for a fresh link does not get it any more: a day.
pub const FRESH_SECONDS: i64 = 86_400;

/// The address by which somebody chooses a password of their own.
pub fn account_link(base_url: &str, secret: &str) -> String {
    format!("{}/account/{secret}", base_url.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_sha_256_in_hexadecimal() {
        assert_eq!(
            hash("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn a_secret_has_192_bits_and_needs_no_escaping() {
        struct Ones;
        impl Random for Ones {
            fn fill(&self, bytes: &mut [u8]) {
                bytes.fill(0xff);
            }
        }
        let secret = new_secret(&Ones);
        assert_eq!(secret, "_".repeat(32));
        assert_eq!(
            answer_link("https://convoke.example.org/", &secret),
            format!("https://convoke.example.org/i/{secret}")
        );
    }
}
