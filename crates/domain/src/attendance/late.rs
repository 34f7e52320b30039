//! What is said of somebody and arrives late, because the network was gone meanwhile: when it counts.

use super::Attendance;
use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// What somebody saw in a cell when they said something else of it, and how long ago that was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// What was said before, as far as their page knew.
    pub state: Option<Attendance>,
    /// How long ago they said it, in milliseconds by their device's clock: however wrong that is, a difference is right.
    pub ago: u64,
}

impl Seen {
    /// When it was said, by the server's clock.
    pub fn said_at(self, now: Timestamp) -> Timestamp {
        let ago = i64::try_from(self.ago).unwrap_or(i64::MAX);
        Timestamp(now.0.saturating_sub(ago))
    }
}

/// What the server knows of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastWord {
    /// What is said.
    pub state: Attendance,
    /// Since when.
    pub at: Timestamp,
    /// Whether somebody else said it than who says something now.
    pub by_other: bool,
}

/// Whether something else was said of a cell later than what arrives now: then that stands, and whoever said it decides again.
///
/// The last word counts, by the time at which it was said and not by that of its arrival. One's own words come in the order in which they were
/// said, so what one's page knew is nothing later. Of what was taken back the time is not known: where a page did not know of it, it is later.
pub fn is_overtaken(
    wanted: Option<Attendance>,
    seen: Option<Attendance>,
    said_at: Timestamp,
    last: Option<LastWord>,
) -> bool {
    match last {
        Some(last) if Some(last.state) == wanted => false,
        Some(last) => last.at > said_at && (last.by_other || Some(last.state) != seen),
        None => wanted.is_some() && seen.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRESENT: Option<Attendance> = Some(Attendance::Present);
    const ABSENT: Option<Attendance> = Some(Attendance::Absent);
    const EXCUSED: Option<Attendance> = Some(Attendance::Excused);

    #[test]
    fn the_last_word_counts() {
        let word = |state: Option<Attendance>, at, by_other| {
            state.map(|state| LastWord {
                state,
                at: Timestamp(at),
                by_other,
            })
        };
        // Said at 100: what the page had seen, what is wanted; what the server knows, since when, whether by somebody else; whether that stands.
        for (what, seen, wanted, known, expected) in [
            ("nothing happened", None, PRESENT, None, false),
            ("nothing is taken back", None, None, None, false),
            (
                "as it was seen",
                ABSENT,
                PRESENT,
                word(ABSENT, 50, true),
                false,
            ),
            ("an own mark", ABSENT, None, word(ABSENT, 50, false), false),
            // Somebody else, before and after.
            (
                "earlier, unseen",
                None,
                ABSENT,
                word(PRESENT, 90, true),
                false,
            ),
            ("later", None, ABSENT, word(PRESENT, 110, true), true),
            (
                "later, taken back here",
                EXCUSED,
                None,
                word(PRESENT, 110, true),
                true,
            ),
            (
                "later, back to what was seen",
                PRESENT,
                ABSENT,
                word(PRESENT, 110, true),
                true,
            ),
            (
                "at the same time",
                None,
                ABSENT,
                word(PRESENT, 100, true),
                false,
            ),
            // Sent again, because the answer was lost; or two say the same.
            ("twice", None, PRESENT, word(PRESENT, 100, false), false),
            (
                "the same, later",
                None,
                PRESENT,
                word(PRESENT, 110, true),
                false,
            ),
            // The line of the first was slow.
            (
                "quickly after an own one",
                PRESENT,
                ABSENT,
                word(PRESENT, 130, false),
                false,
            ),
            (
                "later, on one's other device",
                None,
                ABSENT,
                word(PRESENT, 110, false),
                true,
            ),
            // When it was taken back nobody knows.
            ("taken back meanwhile", ABSENT, PRESENT, None, true),
            ("taken back by both", ABSENT, None, None, false),
        ] {
            let overtaken = is_overtaken(wanted, seen, Timestamp(100), known);
            assert_eq!(overtaken, expected, "{what}");
        }
    }

    #[test]
    fn when_it_was_said() {
        let at = |ago| Seen { state: None, ago }.said_at(Timestamp(1_000));
        assert_eq!((at(0), at(400)), (Timestamp(1_000), Timestamp(600)));
        assert!(at(u64::MAX) < Timestamp(0));
    }
}
