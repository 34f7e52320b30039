//! When a message that was not taken is tried again.

use convoke_domain::{Random, Timestamp};

/// Attempts before giving up. 30 s × (2⁰ + … + 2¹⁰) is seventeen hours.
const MOST_ATTEMPTS: i64 = 12;
/// Age at which a message is given up, whatever the attempts: an invitation two days late needs a person's decision.
const OLDEST_MS: i64 = 2 * 24 * 60 * 60 * 1_000;
/// The first pause.
const FIRST_MS: i64 = 30_000;

/// When to try again after `attempts` attempts; `None` to give up.
///
/// 30 s, doubled each time, a fifth more or less, so that the messages of one bad minute do not all come back in one.
pub fn next_attempt(
    now: Timestamp,
    created_at: Timestamp,
    attempts: i64,
    random: &dyn Random,
) -> Option<Timestamp> {
    if attempts >= MOST_ATTEMPTS || now.since(created_at) >= OLDEST_MS {
        return None;
    }
    let pause = FIRST_MS << attempts.clamp(1, MOST_ATTEMPTS).saturating_sub(1);
    let mut byte = [0];
    random.fill(&mut byte);
    // 0 to 255 becomes −20 % to +20 %.
    let jitter = pause * (i64::from(byte[0]) - 128) / 640;
    Some(Timestamp(now.0 + pause + jitter))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u8);
    impl Random for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    fn pause(attempts: i64, byte: u8) -> Option<i64> {
        let now = Timestamp(1_000_000_000);
        next_attempt(now, now, attempts, &Fixed(byte)).map(|at| at.since(now) / 1_000)
    }

    #[test]
    fn pauses_double_from_thirty_seconds() {
        assert_eq!(pause(1, 128), Some(30));
        assert_eq!(pause(2, 128), Some(60));
        assert_eq!(pause(8, 128), Some(3_840));
        assert_eq!(pause(11, 128), Some(30_720));
        assert_eq!(pause(12, 128), None);
    }

    #[test]
    fn they_are_spread_by_a_fifth() {
        assert_eq!(pause(1, 0), Some(24));
        assert_eq!(pause(1, 255), Some(35));
    }

    #[test]
    fn a_message_two_days_old_is_given_up() {
        let now = Timestamp(OLDEST_MS * 2);
        assert_eq!(
            next_attempt(now, Timestamp(now.0 - OLDEST_MS), 1, &Fixed(128)),
            None
        );
        assert!(next_attempt(now, Timestamp(now.0 - OLDEST_MS + 1), 1, &Fixed(128)).is_some());
    }
}
