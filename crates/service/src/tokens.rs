//! Secrets that are handed out once and stored as a hash: sessions, links, the set-up token.

use crate::Service;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A new secret of 192 random bits, safe in addresses and cookies.
pub fn new_secret(service: &Service) -> String {
    let mut bytes = [0; 24];
    service.random.fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is stored of a secret: its SHA-256 in hexadecimal. The secret has enough randomness to need no salt.
pub fn hash(secret: &str) -> String {
    use std::fmt::Write;
    Sha256::digest(secret.as_bytes())
        .iter()
        .fold(String::with_capacity(64), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}
