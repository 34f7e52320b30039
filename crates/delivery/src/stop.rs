//! The link by which somebody says that they want no more messages: in the foot of every e-mail, and in its head (RFC 2369, RFC 8058).
//!
//! Its secret is derived from the message that carries it, under a key of the installation that nothing else is made with: it answers no invitation, nothing has to be
//! stored for it, and it works as long as it is known to whom the message went.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use convoke_domain::MessageId;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

/// Under this name the installation keeps the key of its links.
pub const KEY_NAME: &str = "stop_key";
/// What stands in place of the secret in a test message.
pub const TEST: &str = "test";
/// How many bytes of a secret say which message it is.
const ID: usize = 16;
/// How many bytes of the signature are taken: 192 bits.
const SIGNATURE: usize = 24;

fn mac(key: &str, message: MessageId) -> Hmac<Sha256> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes keys of every length");
    mac.update(message.0.as_bytes());
    mac
}

/// The secret of a message's link: its id, and a signature (HMAC-SHA-256, RFC 2104) of 192 bits.
pub fn secret(key: &str, message: MessageId) -> String {
    let mut bytes = message.0.as_bytes().to_vec();
    bytes.extend_from_slice(&mac(key, message).finalize().into_bytes()[..SIGNATURE]);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The message that a secret belongs to, if it is one. Compares in constant time.
pub fn message_of(key: &str, secret: &str) -> Option<MessageId> {
    let bytes = URL_SAFE_NO_PAD.decode(secret).ok()?;
    let (id, signature) = bytes.split_at_checked(ID)?;
    let message = MessageId(Uuid::from_slice(id).ok()?);
    let is_ours =
        signature.len() == SIGNATURE && mac(key, message).verify_truncated_left(signature).is_ok();
    is_ours.then_some(message)
}

/// The address of the page behind a secret.
pub fn link(base_url: &str, secret: &str) -> String {
    format!("{}/stop/{secret}", base_url.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_leads_to_its_message_under_its_key_only() {
        let message = MessageId(Uuid::from_u128(7));
        let secret = secret("key", message);
        assert_eq!(secret.len(), 54);
        assert_eq!(message_of("key", &secret), Some(message));
        assert_eq!(message_of("another", &secret), None);
    }

    #[test]
    fn what_is_cut_off_or_changed_is_no_secret() {
        let message = MessageId(Uuid::from_u128(7));
        let whole = secret("key", message);
        for end in 0..whole.len() {
            assert_eq!(message_of("key", &whole[..end]), None, "{end}");
        }
        for at in 0..whole.len() {
            let other = if whole.as_bytes()[at] == b'A' {
                "B"
            } else {
                "A"
            };
            let changed = format!("{}{other}{}", &whole[..at], &whole[at + 1..]);
            assert_eq!(message_of("key", &changed), None, "{changed}");
        }
        for text in ["", "test", "é", &format!("{whole}AAAA")] {
            assert_eq!(message_of("key", text), None, "{text}");
        }
    }

    #[test]
    fn it_is_another_one_than_that_of_a_code() {
        let message = MessageId(Uuid::from_u128(7));
        assert_ne!(secret("one", message), secret("two", message));
        assert_ne!(KEY_NAME, crate::entry_code::KEY_NAME);
    }
}
