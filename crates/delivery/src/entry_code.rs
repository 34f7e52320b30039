//! One-time codes for entering the training space: derived from the message that carries them, and stored nowhere.

use convoke_domain::MessageId;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Under this name the installation keeps the key of its codes.
pub const KEY_NAME: &str = "entry_code_key";
/// How long a code is good for.
pub const SECONDS: i64 = 15 * 60;

/// The six digits of a message, by HMAC-SHA-256 (RFC 2104) under the installation's key.
pub fn entry_code(key: &str, message: MessageId) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes keys of every length");
    mac.update(message.0.as_bytes());
    let bytes = mac.finalize().into_bytes();
    let number = u64::from_be_bytes([
        bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
    ]);
    format!("{:06}", number % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_code_depends_on_the_key_and_the_message() {
        let one = MessageId(Uuid::from_u128(1));
        let code = entry_code("key", one);
        assert_eq!(code.len(), 6);
        assert!(code.bytes().all(|c| c.is_ascii_digit()));
        assert_eq!(code, entry_code("key", one));
        assert_ne!(code, entry_code("other", one));
        assert_ne!(code, entry_code("key", MessageId(Uuid::from_u128(2))));
    }
}
