//! Devices are told apart by a random id in a cookie, with our mark on it: a device cannot make up ids of its own.

use crate::{OrFailure, Outcome, Service, tokens};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Under this name the installation keeps the key of the mark.
const KEY_NAME: &str = "device_key";

/// A new device id with our mark, for its cookie.
pub async fn new_device(service: &Service) -> Outcome<String> {
    let key = key(service).await?;
    let id = tokens::new_secret(service);
    Ok(format!("{id}.{}", mark(&key, &id)))
}

/// The device id in a cookie, if the mark is ours.
pub async fn known_device(service: &Service, cookie: &str) -> Outcome<Option<String>> {
    let Some((id, shown)) = cookie.split_once('.') else {
        return Ok(None);
    };
    let key = key(service).await?;
    // Hashed before it is compared, so that the time of comparing tells nothing.
    let ours = tokens::hash(&mark(&key, id)) == tokens::hash(shown);
    Ok(ours.then(|| id.to_owned()))
}

/// The key; made when it is first needed.
pub(super) async fn key(service: &Service) -> Outcome<String> {
    if let Some(key) = service.device_key.get() {
        return Ok(key.clone());
    }
    let fresh = tokens::new_secret(service);
    let key = async {
        let mut tx = service.storage.read().await?;
        if let Some(key) = tx.installation_value(KEY_NAME).await? {
            return Ok(key);
        }
        drop(tx);
        let mut tx = service.storage.begin().await?;
        let key = tx.installation_value_or(KEY_NAME, &fresh).await?;
        tx.commit().await?;
        Ok(key)
    }
    .await
    .or_failure(service)?;
    Ok(service.device_key.get_or_init(|| key).clone())
}

/// Our mark on a text.
pub(super) fn mark(key: &str, id: &str) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes keys of every length");
    mac.update(id.as_bytes());
    mac.finalize()
        .into_bytes()
        .iter()
        .take(16)
        .fold(String::new(), |mut out, byte| {
            use std::fmt::Write;
            let _ = write!(out, "{byte:02x}");
            out
        })
}
