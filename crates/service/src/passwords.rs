//! Passwords: argon2id, as PHC strings. Hashing takes a tenth of a second and runs beside the async threads.

use crate::{Outcome, Service};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use convoke_domain::Refusal;
use std::sync::LazyLock;

/// The longest password that is looked at, in bytes; hashing megabytes would be a gift to an attacker.
pub const MAX_BYTES: usize = 1024;

/// argon2id with 19 MiB, 2 rounds, 1 lane: OWASP's first recommendation (Password Storage Cheat Sheet, 2024).
fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

/// The hash that is checked in place of somebody who is not there, so that the answer takes as long as with them.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| with_salt("nobody has this password", [7; 16]).unwrap_or_default());

fn with_salt(password: &str, salt: [u8; 16]) -> Result<String, argon2::password_hash::Error> {
    let salt = SaltString::encode_b64(&salt)?;
    Ok(argon2()
        .hash_password(password.as_bytes(), &salt)?
        .to_string())
}

/// The PHC string to store for a password.
pub async fn hash(service: &Service, password: &str) -> Outcome<String> {
    let mut salt = [0; 16];
    service.random.fill(&mut salt);
    let password = password.to_owned();
    let hashed = tokio::task::spawn_blocking(move || with_salt(&password, salt)).await;
    match hashed {
        Ok(Ok(hash)) => Ok(hash),
        Ok(Err(cause)) => Err(unusable(service, &cause.to_string())),
        Err(cause) => Err(unusable(service, &cause.to_string())),
    }
}

/// The index of the first of `hashes` that `password` fits. The work is that of `checks` hashes even where there are fewer,
/// so that it does not tell how many there are.
pub(crate) async fn first_fit(hashes: Vec<String>, checks: usize, password: &str) -> Option<usize> {
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || {
        // All are tried, whichever fits.
        let fitting: Vec<bool> = hashes.iter().map(|hash| fits(&password, hash)).collect();
        for _ in hashes.len()..checks {
            fits(&password, &NOBODY);
        }
        fitting.into_iter().position(|fits| fits)
    })
    .await
    .ok()
    .flatten()
}

fn fits(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|parsed| {
        argon2()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok()
    })
}

fn unusable(service: &Service, cause: &str) -> Refusal {
    crate::refuse::failure(service, &std::io::Error::other(cause.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_fits() {
        let hash = with_salt("correct horse", [1; 16]).unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        let other = with_salt("battery staple", [2; 16]).unwrap();
        let hashes = vec![other, hash];
        assert_eq!(first_fit(hashes.clone(), 1, "correct horse").await, Some(1));
        assert_eq!(first_fit(hashes, 4, "Correct horse").await, None);
        assert_eq!(first_fit(vec![], 2, "nobody has this password").await, None);
        assert_eq!(first_fit(vec!["rubbish".to_owned()], 1, "").await, None);
    }
}
