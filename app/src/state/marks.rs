//! Marks of attendance on their way to the server: which goes next, and what becomes of one when an answer comes. A mark waits under its
//! cell, so there is one of each cell; it says what is wanted and what the page knew before.

use crate::api::ApiError;
use convoke_domain::attendance::Seen;
use convoke_domain::{Attendance, HalfDay, InvitationId, Refusal, TrainingId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

/// A cell of a training's grid.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The training.
    pub training: TrainingId,
    /// The person's invitation to it.
    pub invitation: InvitationId,
    /// The half-day.
    pub half_day: HalfDay,
}

impl fmt::Display for Place {
    /// As it is kept: three ids, and nothing of anybody.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.training, self.invitation, self.half_day)
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('/');
        let mut next = || parts.next().ok_or(());
        Ok(Self {
            training: next()?.parse().map_err(|_| ())?,
            invitation: next()?.parse().map_err(|_| ())?,
            half_day: next()?.parse().map_err(|_| ())?,
        })
    }
}

/// What a cell shall say. It outlives releases on the device: fields may be added with a default, never renamed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What is said; `None` takes back.
    pub wanted: Option<Attendance>,
    /// What the server said before, as far as the page knew.
    pub seen: Option<Attendance>,
    /// When, in Unix milliseconds by the device's clock.
    pub at: i64,
    /// The key of the sentence that says why it was not taken: it needs attention then, and is not sent again by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

impl Mark {
    /// What the server is told, at a time of the device's clock.
    pub fn seen(&self, now: i64) -> Seen {
        Seen {
            state: self.seen,
            ago: u64::try_from(now - self.at).unwrap_or_default(),
        }
    }

    /// Whether it waits to be sent.
    pub const fn waits(&self) -> bool {
        self.problem.is_none()
    }
}

/// All marks of a person on a device.
pub type Marks = BTreeMap<Place, Mark>;

/// Takes up a mark made now, in place of the one that waits for its cell. What the server knows is what it knew before that one.
pub fn take_up(
    all: &mut Marks,
    place: Place,
    wanted: Option<Attendance>,
    seen: Option<Attendance>,
    at: i64,
) {
    let before = all.get(&place).filter(|mark| mark.waits());
    let mark = Mark {
        wanted,
        seen: before.map_or(seen, |mark| mark.seen),
        at,
        problem: None,
    };
    all.insert(place, mark);
}

/// The oldest mark that waits and was not `tried` in this round.
pub fn next(all: &Marks, tried: &BTreeSet<(Place, i64)>) -> Option<(Place, Mark)> {
    all.iter()
        .filter(|(place, mark)| mark.waits() && !tried.contains(&((*place).clone(), mark.at)))
        .min_by_key(|(_, mark)| mark.at)
        .map(|(place, mark)| (place.clone(), mark.clone()))
}

/// What an answer means for a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It stands.
    Saved,
    /// It was not taken, and will not be as it is: the key of the sentence that says why.
    Attention(String),
    /// It was not taken this time, though somebody answers; others may be.
    Later,
    /// Nobody answers: nothing else need be tried now.
    Away,
    /// Nobody is signed in here any more.
    SignedOut,
}

impl Outcome {
    /// Of an answer.
    pub fn of(answer: &Result<(), ApiError>) -> Self {
        match answer {
            Ok(()) => Self::Saved,
            Err(ApiError::Transport(_)) => Self::Away,
            // The page offers to load the new release; what waits is sent by that.
            Err(ApiError::Outdated) => Self::Later,
            Err(ApiError::Refused(refusal)) => match refusal {
                Refusal::NotSignedIn => Self::SignedOut,
                Refusal::TooMany { .. } | Refusal::Failure { .. } => Self::Later,
                Refusal::Conflict(key) | Refusal::Gone(key) => Self::Attention(key.clone()),
                Refusal::NotFound => Self::Attention("marks-not-found".to_owned()),
                Refusal::NotAllowed | Refusal::WrongCredentials => {
                    Self::Attention("refusal-not-allowed".to_owned())
                }
                Refusal::Invalid(_) => Self::Attention("refusal-invalid".to_owned()),
            },
        }
    }
}

/// What waits in a cell after a mark was `sent` and answered; `None` for nothing. Another one may have been made meanwhile: it goes on from there.
pub fn settled(now: Option<&Mark>, sent: &Mark, outcome: &Outcome) -> Option<Mark> {
    let now = now?.clone();
    let is_same = now == *sent;
    match outcome {
        Outcome::Saved if is_same => None,
        Outcome::Saved => Some(Mark {
            seen: sent.wanted,
            ..now
        }),
        Outcome::Attention(key) if is_same => Some(Mark {
            problem: Some(key.clone()),
            ..now
        }),
        _ => Some(now),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRESENT: Option<Attendance> = Some(Attendance::Present);
    const ABSENT: Option<Attendance> = Some(Attendance::Absent);

    fn place(n: u128) -> Place {
        Place {
            training: TrainingId(uuid::Uuid::from_u128(1)),
            invitation: InvitationId(uuid::Uuid::from_u128(n)),
            half_day: "2026-12-09-morning".parse().unwrap(),
        }
    }

    fn mark(wanted: Option<Attendance>, seen: Option<Attendance>, at: i64) -> Mark {
        Mark {
            wanted,
            seen,
            at,
            problem: None,
        }
    }

    #[test]
    fn a_place_is_kept_as_ids() {
        let text = place(2).to_string();
        assert_eq!(
            text,
            "00000000-0000-0000-0000-000000000001/00000000-0000-0000-0000-000000000002/2026-12-09-morning"
        );
        assert_eq!(text.parse(), Ok(place(2)));
        for wrong in ["", "x/y/2026-12-09-morning", "a", &text[..73]] {
            assert_eq!(wrong.parse::<Place>(), Err(()), "{wrong}");
        }
    }

    #[test]
    fn what_is_kept_outlives_releases() {
        let kept = r#"{"wanted":"absent","seen":null,"at":5,"more":1}"#;
        let read: Mark = serde_json::from_str(kept).unwrap();
        assert_eq!(read, mark(ABSENT, None, 5));
        let written = serde_json::to_string(&read).unwrap();
        assert_eq!(written, r#"{"wanted":"absent","seen":null,"at":5}"#);
    }

    #[test]
    fn the_oldest_goes_first_and_each_once_in_a_round() {
        let mut all = Marks::new();
        take_up(&mut all, place(2), PRESENT, None, 10);
        take_up(&mut all, place(1), ABSENT, None, 20);
        let mut tried = BTreeSet::new();
        let mut order = Vec::new();
        while let Some((place, mark)) = next(&all, &tried) {
            tried.insert((place.clone(), mark.at));
            order.push(mark.at);
            if mark.at == 10 {
                // Marked again while the first was on its way: it is the last then.
                take_up(&mut all, place, ABSENT, None, 30);
            }
        }
        assert_eq!(order, [10, 20, 30]);
        all.get_mut(&place(1)).unwrap().problem = Some("x".to_owned());
        assert_eq!(next(&all, &BTreeSet::new()).unwrap().1.at, 30);
    }

    #[test]
    fn a_cell_that_is_marked_again_knows_what_the_server_knew() {
        let mut all = Marks::new();
        take_up(&mut all, place(1), PRESENT, ABSENT, 10);
        // The page shows *present* by now; the server still says *absent*.
        take_up(&mut all, place(1), None, PRESENT, 20);
        assert_eq!(all[&place(1)], mark(None, ABSENT, 20));
        // What needed attention is made anew, from what the page shows now.
        all.get_mut(&place(1)).unwrap().problem = Some("x".to_owned());
        take_up(&mut all, place(1), ABSENT, PRESENT, 30);
        assert_eq!(all[&place(1)], mark(ABSENT, PRESENT, 30));
    }

    #[test]
    fn what_becomes_of_a_mark() {
        let sent = mark(PRESENT, None, 10);
        let newer = mark(ABSENT, None, 20);
        let attention = || Outcome::Attention("conflict-presence-later".to_owned());
        assert_eq!(settled(Some(&sent), &sent, &Outcome::Saved), None);
        assert_eq!(
            settled(Some(&newer), &sent, &Outcome::Saved),
            Some(mark(ABSENT, PRESENT, 20)),
            "the server knows of the first by now"
        );
        assert_eq!(
            settled(Some(&sent), &sent, &attention()).unwrap().problem,
            Some("conflict-presence-later".to_owned())
        );
        assert_eq!(settled(Some(&newer), &sent, &attention()), Some(newer));
        for outcome in [Outcome::Away, Outcome::Later, Outcome::SignedOut] {
            assert_eq!(settled(Some(&sent), &sent, &outcome), Some(sent.clone()));
        }
        // Discarded meanwhile, or sent by another tab.
        assert_eq!(settled(None, &sent, &attention()), None);
    }

    #[test]
    fn what_an_answer_means() {
        let of = |refusal| Outcome::of(&Err(ApiError::Refused(refusal)));
        let attention = |key: &str| Outcome::Attention(key.to_owned());
        assert_eq!(Outcome::of(&Ok(())), Outcome::Saved);
        let gone = ApiError::Transport("gone".to_owned());
        assert_eq!(Outcome::of(&Err(gone)), Outcome::Away);
        assert_eq!(Outcome::of(&Err(ApiError::Outdated)), Outcome::Later);
        assert_eq!(of(Refusal::NotSignedIn), Outcome::SignedOut);
        assert_eq!(of(Refusal::TooMany { retry_after: 5 }), Outcome::Later);
        let incident = "7".to_owned();
        assert_eq!(of(Refusal::Failure { incident }), Outcome::Later);
        assert_eq!(of(Refusal::NotFound), attention("marks-not-found"));
        assert_eq!(of(Refusal::Conflict("why".to_owned())), attention("why"));
    }

    #[test]
    fn how_long_ago_never_comes_from_the_future() {
        let mark = mark(PRESENT, ABSENT, 1_000);
        assert_eq!(
            mark.seen(1_400),
            Seen {
                state: ABSENT,
                ago: 400
            }
        );
        assert_eq!(mark.seen(900).ago, 0);
    }
}
