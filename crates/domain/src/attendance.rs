//! Who was there: half-days, what is said of a person on one, and the signature of who says *I am here*.

mod late;
mod signature;

pub use late::{LastWord, Seen, is_overtaken};
pub use signature::{MAX_SIGNATURE_TEXT, PAPER, Signature, SignatureProblem};

use crate::person::text_enum;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

text_enum! {
    /// A half of a day.
    Half {
        /// Before noon.
        Morning = "morning",
        /// After noon.
        Afternoon = "afternoon",
    }
}

text_enum! {
    /// What is said of somebody on a half-day. Nothing is said of most people until somebody says it.
    Attendance {
        /// They are or were there.
        Present = "present",
        /// They were not.
        Absent = "absent",
        /// They were not, and told why.
        Excused = "excused",
    }
}

impl Attendance {
    /// The key of its word in the catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Present => "attendance-present",
            Self::Absent => "attendance-absent",
            Self::Excused => "attendance-excused",
        }
    }
}

/// A half of a day that is taught, in the training's own time zone. They are in order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct HalfDay {
    /// `2026-12-09`.
    pub day: String,
    /// Which half.
    pub half: Half,
}

impl fmt::Display for HalfDay {
    /// `2026-12-09-morning`, as it stands in addresses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.day, self.half)
    }
}

impl FromStr for HalfDay {
    type Err = crate::person::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || crate::person::UnknownWord(text.to_owned());
        let (day, half) = text.rsplit_once('-').ok_or_else(unknown)?;
        Ok(Self {
            day: day.to_owned(),
            half: half.parse().map_err(|_| unknown())?,
        })
    }
}

/// Noon, in minutes of the day: what is taught before it is of the morning.
const NOON: u16 = 12 * 60;
/// The end of the hour after noon, which counts for neither half.
const AFTER_LUNCH: u16 = 13 * 60;
/// From here on *I am here* is about the afternoon: the middle of that hour.
const TURN: u16 = NOON + 30;
/// A half of which less is taught is none.
const LEAST: u16 = 60;
/// A day of so many minutes or fewer is one half-day.
const SHORT_DAY: u16 = 4 * 60;
/// The end of a day.
const MIDNIGHT: u16 = 24 * 60;

/// A training on the clocks of its own time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar<'a> {
    /// The days from its start to its end, in order, each with whether it is of a weekend.
    pub days: &'a [(String, bool)],
    /// When it starts, in minutes of the first day.
    pub starts: u16,
    /// When it ends, in minutes of the last day.
    pub ends: u16,
    /// How many days are really taught, if that is known.
    pub days_taught: Option<u32>,
}

impl Calendar<'_> {
    /// The half-days of the training.
    ///
    /// A training whose hours go from morning to evening has these hours on every day; one that ends earlier on the clock than it starts begins in the
    /// middle of the first day and ends in the middle of the last.
    pub fn half_days(&self) -> Vec<HalfDay> {
        let daily = self.starts < self.ends;
        let last = self.days.len().saturating_sub(1);
        let mut found = Vec::new();
        for (n, (day, _)) in self.taught() {
            let starts = if daily || n == 0 { self.starts } else { 0 };
            let ends = if daily || n == last {
                self.ends
            } else {
                MIDNIGHT
            };
            found.extend(halves(starts, ends).iter().map(|half| HalfDay {
                day: day.clone(),
                half: *half,
            }));
        }
        found
    }

    /// The days that may be taught. The first and the last always are; of those in between nobody has said which: weekends are left out where
    /// enough days remain, and otherwise all may be.
    fn taught(&self) -> Vec<(usize, &(String, bool))> {
        let all: Vec<_> = self.days.iter().enumerate().collect();
        let taught = self
            .days_taught
            .and_then(|days| usize::try_from(days).ok())
            .unwrap_or(usize::MAX);
        let last = all.len().saturating_sub(1);
        if taught >= all.len() {
            return all;
        }
        let is_edge = |n: usize| n == 0 || n == last;
        let wanted: Vec<_> = if taught == 2 {
            all.iter().copied().filter(|(n, _)| is_edge(*n)).collect()
        } else {
            let weekday = |(n, (_, weekend)): &(usize, &(String, bool))| is_edge(*n) || !*weekend;
            all.iter().copied().filter(weekday).collect()
        };
        if wanted.len() >= taught { wanted } else { all }
    }
}

/// The halves of a day that is taught from one minute to another.
fn halves(starts: u16, ends: u16) -> &'static [Half] {
    const BOTH: &[Half] = &[Half::Morning, Half::Afternoon];
    let morning = ends.min(NOON).saturating_sub(starts);
    let afternoon = ends.saturating_sub(starts.max(AFTER_LUNCH));
    let short = ends.saturating_sub(starts) <= SHORT_DAY;
    match (morning >= LEAST, afternoon >= LEAST) {
        (true, true) if !short => BOTH,
        (true, false) => &BOTH[..1],
        (false, true) => &BOTH[1..],
        // Too short for two halves, or for either: the one that most of it is in.
        _ if morning > afternoon || (morning == afternoon && starts < NOON) => &BOTH[..1],
        _ => &BOTH[1..],
    }
}

/// The half-day of a day that is on at a minute of it: the afternoon from half past twelve on; the only one, where there is only one.
pub fn half_day_at<'a>(half_days: &'a [HalfDay], day: &str, minute: u16) -> Option<&'a HalfDay> {
    let mut of_day = half_days.iter().filter(|half_day| half_day.day == day);
    let first = of_day.next()?;
    let second = of_day.next().filter(|_| minute >= TURN);
    Some(second.unwrap_or(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn clock(hour: u16, minute: u16) -> u16 {
        hour * 60 + minute
    }

    fn half_days(days: &[(&str, bool)], starts: u16, ends: u16, taught: Option<u32>) -> String {
        let days: Vec<_> = days.iter().map(|(d, w)| ((*d).to_owned(), *w)).collect();
        let calendar = Calendar {
            days: &days,
            starts,
            ends,
            days_taught: taught,
        };
        let short =
            |half_day: &HalfDay| format!("{}{}", half_day.day, &half_day.half.as_str()[..1]);
        let all: Vec<_> = calendar.half_days().iter().map(short).collect();
        all.join(" ")
    }

    #[test]
    fn a_day_has_the_halves_that_are_taught() {
        for (starts, ends, halves) in [
            (clock(9, 0), clock(17, 0), "1m 1a"),
            (clock(9, 0), clock(12, 0), "1m"),
            (clock(9, 0), clock(12, 30), "1m"),
            (clock(9, 0), clock(13, 0), "1m"),
            (clock(9, 0), clock(13, 30), "1m"),
            (clock(8, 0), clock(14, 0), "1m 1a"),
            (clock(10, 0), clock(14, 0), "1m"),
            (clock(11, 30), clock(14, 0), "1a"),
            (clock(11, 30), clock(19, 0), "1a"),
            (clock(12, 0), clock(13, 0), "1a"),
            (clock(11, 45), clock(12, 15), "1m"),
            (clock(13, 30), clock(17, 0), "1a"),
            (clock(18, 0), clock(20, 0), "1a"),
            (clock(7, 0), clock(7, 30), "1m"),
            (0, MIDNIGHT, "1m 1a"),
        ] {
            assert_eq!(
                half_days(&[("1", false)], starts, ends, None),
                halves,
                "{starts}–{ends}"
            );
        }
    }

    #[test]
    fn several_days() {
        let three = [("1", false), ("2", false), ("3", false)];
        // The same hours every day.
        assert_eq!(
            half_days(&three, clock(9, 0), clock(17, 0), Some(3)),
            "1m 1a 2m 2a 3m 3a"
        );
        assert_eq!(
            half_days(&three, clock(9, 0), clock(12, 0), None),
            "1m 2m 3m"
        );
        // From a noon to a noon, and over a night.
        assert_eq!(
            half_days(&three, clock(14, 0), clock(12, 0), None),
            "1a 2m 2a 3m"
        );
        assert_eq!(
            half_days(&three[..2], clock(22, 0), clock(6, 0), None),
            "1a 2m"
        );
        assert_eq!(half_days(&[], 0, 0, None), "");
    }

    #[test]
    fn days_that_are_not_taught() {
        let day = |names: &'static str| -> Vec<(&'static str, bool)> {
            names
                .split(' ')
                .map(|name| (name, name.starts_with(['S', 's'])))
                .collect()
        };
        let days = |names, taught| {
            half_days(&day(names), clock(9, 0), clock(12, 0), Some(taught)).replace('m', "")
        };
        // Over a weekend: Thursday, Friday, Monday.
        assert_eq!(days("T F S s M", 3), "T F M");
        assert_eq!(days("T F S s M", 5), "T F S s M");
        // Enough days have to remain.
        assert_eq!(days("T F S s M", 4), "T F S s M");
        // Nobody has said which of five: any may be.
        assert_eq!(days("M T W t F", 3), "M T W t F");
        // The first and the last are taught, whatever days they are.
        assert_eq!(days("S s M T W t F 2", 2), "S 2");
        assert_eq!(days("S s M T", 3), "S M T");
        assert_eq!(days("M T", 1), "M T");
    }

    #[test]
    fn i_am_here_is_about_the_half_day_that_is_on() {
        let at = |text: &str| text.parse::<HalfDay>().unwrap();
        let all = [
            at("2026-12-09-morning"),
            at("2026-12-09-afternoon"),
            at("2026-12-10-afternoon"),
        ];
        let on = |day, minute| half_day_at(&all, day, minute).map(ToString::to_string);
        assert_eq!(on("2026-12-09", 0).unwrap(), "2026-12-09-morning");
        assert_eq!(
            on("2026-12-09", clock(12, 29)).unwrap(),
            "2026-12-09-morning"
        );
        assert_eq!(
            on("2026-12-09", clock(12, 30)).unwrap(),
            "2026-12-09-afternoon"
        );
        assert_eq!(
            on("2026-12-10", clock(8, 0)).unwrap(),
            "2026-12-10-afternoon"
        );
        assert_eq!(on("2026-12-11", clock(8, 0)), None);
        assert!("2026-12-09".parse::<HalfDay>().is_err());
        assert!("morning".parse::<HalfDay>().is_err());
    }
}
