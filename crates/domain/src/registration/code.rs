//! The training code: short, easy to read aloud, hard to guess.

use crate::Random;
use serde::{Deserialize, Serialize};

/// 26 characters of which no two look alike: of each pair of look-alikes (2 and Z, 5 and S, 8 and B, U and V) one is left, and the other is
/// taken for it when it is typed; 0, O, Q, 1, I and L are not there at all.
pub(super) const ALPHABET: &[u8] = b"23456789ACDEFGHJKMNPRTVWXY";
const LENGTH: usize = 8;

/// A training code. 26⁸ are about 2 × 10¹¹: with a thousand codes in use, ten thousand guesses find one in twenty thousand cases.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TrainingCode(String);

impl TrainingCode {
    /// A new code.
    pub fn new(random: &dyn Random) -> Self {
        let mut code = String::with_capacity(LENGTH);
        // Above this a byte would make the first characters likelier.
        let fair = u8::MAX - u8::MAX % 26;
        while code.len() < LENGTH {
            let mut bytes = [0; 16];
            random.fill(&mut bytes);
            let fresh = bytes.iter().filter(|byte| **byte < fair);
            code.extend(
                fresh
                    .map(|byte| char::from(ALPHABET[usize::from(byte % 26)]))
                    .take(LENGTH - code.len()),
            );
        }
        Self(code)
    }

    /// What somebody typed: case, spaces and separators do not count, look-alikes are taken for what they look like.
    /// `None` when it cannot be a code.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut code = String::with_capacity(LENGTH);
        for typed in typed.chars().filter(|c| c.is_alphanumeric()) {
            let known = match typed.to_ascii_uppercase() {
                'Z' => '2',
                'S' => '5',
                'B' => '8',
                'U' => 'V',
                other => other,
            };
            if code.len() == LENGTH || !u8::try_from(known).is_ok_and(|c| ALPHABET.contains(&c)) {
                return None;
            }
            code.push(known);
        }
        (code.len() == LENGTH).then_some(Self(code))
    }

    /// As it is stored and stands in addresses: `K7PM4XRD`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is shown, in two groups: `K7PM-4XRD`.
    pub fn grouped(&self) -> String {
        let (left, right) = self.0.split_at(LENGTH / 2);
        format!("{left}-{right}")
    }
}

impl TryFrom<String> for TrainingCode {
    type Error = crate::person::UnknownWord;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or(crate::person::UnknownWord(text))
    }
}

impl From<TrainingCode> for String {
    fn from(code: TrainingCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(std::sync::Mutex<u8>);
    impl Random for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            let mut next = self.0.lock().unwrap();
            for byte in bytes {
                *byte = *next;
                *next = next.wrapping_add(37);
            }
        }
    }

    #[test]
    fn a_new_code_can_be_typed_as_it_is_shown() {
        let random = Counting(std::sync::Mutex::new(251));
        for _ in 0..100 {
            let code = TrainingCode::new(&random);
            assert_eq!(code.as_str().len(), 8);
            assert_eq!(TrainingCode::parse(&code.grouped()), Some(code.clone()));
            assert_eq!(
                TrainingCode::parse(&code.as_str().to_lowercase()),
                Some(code)
            );
        }
    }

    #[test]
    fn no_two_characters_look_alike() {
        for pair in ["0O", "0Q", "0D", "1I", "1L", "IL", "2Z", "5S", "8B", "UV"] {
            let both = pair.bytes().filter(|c| ALPHABET.contains(c)).count();
            assert!(both < 2, "{pair}");
        }
        assert_eq!(ALPHABET.len(), 26);
    }

    #[test]
    fn what_people_type() {
        let code = TrainingCode::parse("K7PM4XRD").unwrap();
        for typed in [
            "k7pm-4xrd",
            " K7PM 4XRD ",
            "k7pm–4xrd",
            "K 7 P M 4 X R D",
            "k7pm.4xrd",
        ] {
            assert_eq!(TrainingCode::parse(typed).as_ref(), Some(&code), "{typed}");
        }
        assert_eq!(
            TrainingCode::parse("zsbu-2345").unwrap().as_str(),
            "258V2345"
        );
        for bad in [
            "",
            "K7PM4XR",
            "K7PM4XRDD",
            "K7PM4XR0",
            "K7PM4XRÉ",
            "K7PM4XR1",
        ] {
            assert_eq!(TrainingCode::parse(bad), None, "{bad}");
        }
    }
}
