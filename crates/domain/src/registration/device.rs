//! What a device without network did, and sends later: what it sends, and the rules by which that counts.

use super::answers::Posted;
use crate::{Language, RegistrationId, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What people did on a device, one entry of its queue. Entries outlive releases: fields may be added with a default, never renamed or taken
/// away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromDevice {
    /// Made on the device: however often the entry comes, it counts once.
    pub id: RegistrationId,
    /// What the server gave the device together with the list: shows that it had seen the training under a good code, and when.
    #[serde(default)]
    pub ticket: String,
    /// When it was done, by the device's clock, in Unix milliseconds.
    pub at: i64,
    /// When it is sent, by the same clock.
    #[serde(default)]
    pub sent: Option<i64>,
    /// The language of the form.
    #[serde(default)]
    pub language: Option<Language>,
    /// What was done.
    #[serde(flatten)]
    pub what: DoneOnDevice,
}

/// What was done on a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DoneOnDevice {
    /// Somebody registered.
    Register {
        /// The version of the form that was filled in.
        version: u32,
        /// All inputs, in their order.
        posted: Vec<(String, String)>,
    },
    /// Somebody said *I am here*.
    Here {
        /// The id in the list, or that of the entry by which they registered on this device.
        person: Uuid,
        /// By what the server knows that they had entered: the id of an entry [`DoneOnDevice::Enter`], or what their training space says of itself
        /// (`SpaceView::entrance`). It matters where a name asks for a proof.
        #[serde(default)]
        entrance: String,
    },
    /// Somebody entered by tapping a name.
    Enter {
        /// As for [`DoneOnDevice::Here`].
        person: Uuid,
        /// What they typed where a name asks for a proof. It is looked at when the entry is sent, and kept nowhere.
        #[serde(default)]
        proof: String,
    },
}

/// What a device is called, so that people can tell several apart: three characters of which no two look alike, made from the SHA-256 of its id
/// (hexadecimal). Of ten devices two share a name in one case of four hundred.
pub fn device_name(hash: &str) -> String {
    let number = hash
        .get(..8)
        .and_then(|begin| u32::from_str_radix(begin, 16).ok())
        .unwrap_or_default();
    let letters = super::code::ALPHABET;
    [1, 26, 26 * 26]
        .iter()
        .map(|place| char::from(letters[number as usize / place % 26]))
        .collect()
}

/// Whether what was typed can be the PIN that unlocks a device: four to six digits.
pub fn is_pin(typed: &str) -> bool {
    (4..=6).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit())
}

/// The inputs of a form by their names.
pub fn by_name(pairs: Vec<(String, String)>) -> Posted {
    let mut posted = Posted::new();
    for (name, value) in pairs {
        posted.entry(name).or_default().push(value);
    }
    posted
}

/// When something was done on a device, by the server's clock: as long ago as the device says, however wrong its clock is. Never in the
/// future, and never before the server last `seen` the device with its list, so that nobody gets ahead by a clock that is set back.
pub fn done_at(at: i64, sent: Option<i64>, seen: Timestamp, now: Timestamp) -> Timestamp {
    let ago = sent.unwrap_or(at).saturating_sub(at).max(0);
    let done = now.0.saturating_sub(ago);
    Timestamp(done.max(seen.0).min(now.0))
}

/// The time in which a training code took registrations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeTime {
    /// When it closes by the settings, or with the training.
    pub closes: Timestamp,
    /// Whether it is the training's code still, and switched on.
    pub good: bool,
    /// When it was last renewed or switched off.
    pub ended: Option<Timestamp>,
}

impl CodeTime {
    /// Whether it took registrations at a time at which a device that had been shown it was not connected. It did then if it was closed,
    /// renewed or switched off only later.
    pub fn took(&self, at: Timestamp) -> bool {
        at < self.closes && (self.good || self.ended.is_none_or(|ended| at < ended))
    }
}

/// By which version of the form a registration is judged: the one that was filled in, if it was the `newest` one then or another was
/// `published` only later; else the newest, because that one was asked already.
pub fn judged_by(filled_in: i64, newest: i64, published: Option<Timestamp>, at: Timestamp) -> i64 {
    let was_current = published.is_none_or(|published| at < published);
    if filled_in < newest && was_current {
        filled_in
    } else {
        newest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_has_a_name_that_can_be_read_aloud() {
        assert_eq!(device_name("00000000ffff"), "222");
        assert_eq!(device_name("0000001b"), "332");
        let name = device_name("ffffffffffff");
        assert_eq!((name.len(), name == device_name("fffffffe")), (3, false));
        // Whatever it is made of, it has one.
        assert_eq!(device_name("é"), "222");
    }

    #[test]
    fn a_pin_has_four_to_six_digits() {
        for (typed, good) in [
            ("1234", true),
            ("123456", true),
            ("123", false),
            ("1234567", false),
            ("12a4", false),
            ("", false),
            ("١٢٣٤", false),
        ] {
            assert_eq!(is_pin(typed), good, "{typed}");
        }
    }

    #[test]
    fn when_it_was_done() {
        const SEEN: Timestamp = Timestamp(1_000);
        const NOW: Timestamp = Timestamp(9_000);
        // By the device: done, sent; by the server.
        for (what, at, sent, expected) in [
            ("clocks agree", 5_000, Some(9_000), 5_000),
            ("the device is a year behind", 500, Some(4_500), 5_000),
            ("the device is ahead", 1_005_000, Some(1_009_000), 5_000),
            ("an hour before it was seen", -3_600_000, Some(9_000), 1_000),
            ("at the very moment", 9_000, Some(9_000), 9_000),
            (
                "the clock was set back meanwhile",
                9_000,
                Some(2_000),
                9_000,
            ),
            (
                "an entry that does not say when it is sent",
                5_000,
                None,
                9_000,
            ),
            ("no sense at all", i64::MIN, Some(i64::MAX), 1_000),
        ] {
            assert_eq!(done_at(at, sent, SEEN, NOW), Timestamp(expected), "{what}");
        }
        let behind = done_at(0, Some(0), Timestamp(9_500), NOW);
        assert_eq!(
            behind, NOW,
            "never in the future, though another server saw it so"
        );
    }

    #[test]
    fn when_a_code_took_registrations() {
        let at = Timestamp(50);
        for (what, closes, good, ended, taken) in [
            ("open", 100, true, None, true),
            ("closed meanwhile", 60, true, None, true),
            ("had closed", 50, true, None, false),
            ("renewed meanwhile", 100, false, Some(60), true),
            ("had been renewed", 100, false, Some(50), false),
            (
                "switched off and on again before",
                100,
                true,
                Some(20),
                true,
            ),
            (
                "switched off and on again meanwhile",
                100,
                true,
                Some(60),
                true,
            ),
            ("gone, nobody knows when", 100, false, None, true),
            ("renewed, and closed before", 40, false, Some(60), false),
        ] {
            let time = CodeTime {
                closes: Timestamp(closes),
                good,
                ended: ended.map(Timestamp),
            };
            assert_eq!(time.took(at), taken, "{what}");
        }
    }

    #[test]
    fn by_which_form_it_is_judged() {
        let at = Timestamp(50);
        for (what, filled_in, newest, published, expected) in [
            ("the newest", 3, 3, Some(10), 3),
            ("another was published later", 2, 3, Some(60), 2),
            ("another had been published", 2, 3, Some(40), 3),
            ("a version that there is not", 7, 3, Some(10), 3),
        ] {
            let judged = judged_by(filled_in, newest, published.map(Timestamp), at);
            assert_eq!(judged, expected, "{what}");
        }
    }

    #[test]
    fn entries_as_the_first_release_wrote_them_are_understood() {
        let register = r#"{"format":1,"id":"01990000-0000-7000-8000-000000000001","kind":"register","ticket":"t","at":5,"sent":6,
            "language":"fr","version":2,"posted":[["first_name","Zoé"],["field-1","a"],["field-1","b"]]}"#;
        let entry: FromDevice = serde_json::from_str(register).unwrap();
        assert_eq!(
            (entry.at, entry.sent, entry.language),
            (5, Some(6), Some(Language::Fr))
        );
        let DoneOnDevice::Register { version, posted } = entry.what else {
            panic!("a registration");
        };
        let posted = by_name(posted);
        assert_eq!(
            (version, posted["field-1"].as_slice()),
            (2, &["a".to_owned(), "b".to_owned()][..])
        );
        let here = r#"{"id":"01990000-0000-7000-8000-000000000002","kind":"here","at":5,
            "person":"01990000-0000-7000-8000-000000000001"}"#;
        let entry: FromDevice = serde_json::from_str(here).unwrap();
        let DoneOnDevice::Here { entrance, .. } = entry.what else {
            panic!("I am here");
        };
        assert_eq!(entrance, "");
        let enter = r#"{"id":"01990000-0000-7000-8000-000000000003","kind":"enter","at":5,
            "person":"01990000-0000-7000-8000-000000000001"}"#;
        let entry: FromDevice = serde_json::from_str(enter).unwrap();
        assert!(matches!(entry.what, DoneOnDevice::Enter { proof, .. } if proof.is_empty()));
    }
}
