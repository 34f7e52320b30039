//! How fast messages may go: so many a minute.
//!
//! The generic cell rate algorithm (ITU-T I.371, annex A): what is kept is only when the next message would be due at an even pace. Two seconds' worth may go at once,
//! so that a worker that looks once a second misses nothing; the even pace is a little slower for it, so that no minute ever has more than it may.

use std::num::NonZeroU32;
use std::str::FromStr;

/// So many messages in any minute, by all processes together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace(NonZeroU32);

/// The paces of an installation; `None` for as fast as it goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paces {
    /// Of e-mails.
    pub mail: Option<Pace>,
    /// Of e-mails to addresses of one domain.
    pub mail_to_domain: Option<Pace>,
    /// Of text messages.
    pub sms: Option<Pace>,
}

/// It is not a number of messages a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a number of messages a minute")]
pub struct NotAPace;

impl FromStr for Pace {
    type Err = NotAPace;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim().parse::<NonZeroU32>() {
            Ok(number) if number.get() <= 1_000_000 => Ok(Self(number)),
            _ => Err(NotAPace),
        }
    }
}

impl Pace {
    /// Messages a minute.
    pub const fn per_minute(self) -> u32 {
        self.0.get()
    }

    /// How many may go at once.
    const fn burst(self) -> i64 {
        match self.0.get() {
            // Each of so few is missed when it may not come a moment early, and is missed more when two come at once.
            0..20 => 1,
            20..60 => 2,
            many => 1 + many as i64 / 30,
        }
    }

    /// How many go in a minute at the even pace.
    const fn evenly(self) -> i64 {
        self.0.get() as i64 - self.burst() + 1
    }

    /// The time `n` messages take, in milliseconds, rounded up.
    const fn takes(self, n: i64) -> i64 {
        (n * 60_000 + self.evenly() - 1) / self.evenly()
    }

    /// How far before its time a message may go, in milliseconds.
    pub(crate) const fn tolerance(self) -> i64 {
        self.takes(self.burst() - 1)
    }

    /// How many may go at `now`, if the next one is due at `next_at`.
    pub(crate) fn free(self, next_at: i64, now: i64) -> i64 {
        let room = now - next_at.max(now) + self.tolerance();
        if room < 0 {
            return 0;
        }
        self.burst().min(1 + room * self.evenly() / 60_000)
    }

    /// When the next one is due after `n` have gone at `now`.
    pub(crate) fn after(self, next_at: i64, now: i64, n: i64) -> i64 {
        next_at.max(now) + self.takes(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The moments, in milliseconds, at which messages go when a worker looks at these.
    fn sent(pace: Pace, looks: impl Iterator<Item = i64>) -> Vec<i64> {
        let (mut next_at, mut all) = (0, Vec::new());
        for now in looks {
            let n = pace.free(next_at, now);
            all.extend(std::iter::repeat_n(now, usize::try_from(n).unwrap()));
            if n > 0 {
                next_at = pace.after(next_at, now, n);
            }
        }
        all
    }

    #[test]
    fn no_minute_has_more_than_it_may_and_an_hour_has_nearly_as_many() {
        for per_minute in [1, 2, 7, 19, 20, 29, 30, 60, 100, 600, 5_000] {
            let pace: Pace = per_minute.to_string().parse().unwrap();
            for (every, offset) in [(1_000, 0), (137, 12_345), (10, 3)] {
                let hour = 60 * 60_000;
                let all = sent(pace, (offset..hour).step_by(every));
                for more in all.windows(per_minute + 1) {
                    let took = more[per_minute] - more[0];
                    assert!(took >= 60_000, "{per_minute}, every {every}: {took}");
                }
                let part = if per_minute < 20 { 75 } else { 93 };
                assert!(
                    all.len() >= per_minute * 60 * part / 100 - per_minute,
                    "{per_minute}, every {every}: {}",
                    all.len()
                );
            }
        }
    }

    #[test]
    fn a_pause_saves_up_two_seconds_and_no_more() {
        let pace: Pace = "600".parse().unwrap();
        let all = sent(pace, [0, 3_600_000].into_iter());
        assert_eq!(all.len(), 42);
    }

    #[test]
    fn what_is_no_pace() {
        for text in ["0", "-1", "many", "", "1.5", "10000000"] {
            assert_eq!(text.parse::<Pace>(), Err(NotAPace), "{text}");
        }
    }
}
