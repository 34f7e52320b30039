//! Who is forgotten after a training, and when (specification, sections 9 and 10).
//!
//! Forgotten is who is known because of trainings that are over, never answered, and has no other tie to the organisation. What a tie is stands here, in
//! [`kept`]; the databases ask the same of many people at once, and a test compares the two.

use crate::person::text_enum;
use crate::{Role, Timestamp, UserState};
use serde::{Deserialize, Serialize};

/// Milliseconds in a day.
pub const DAY_MS: i64 = 86_400_000;
/// The least [`Retention::people_days`]: a month, in which somebody may still ask who was invited.
pub const MIN_DAYS: u32 = 30;
/// The most days of any of these settings: ten years.
pub const MAX_DAYS: u32 = 3_650;
/// The least [`Retention::text_days`].
pub const MIN_TEXT_DAYS: u32 = 7;

/// How long an organisation keeps what it knows of people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// Days after the end of a training until who never answered is forgotten; `None`: nobody is.
    pub people_days: Option<u32>,
    /// Whether people of the directory are forgotten too, and not only those who came with a training.
    pub directory: bool,
    /// Days after which the text of a message is removed; `None`: never.
    pub text_days: Option<u32>,
}

impl Retention {
    /// The field with a number of days that cannot be, and the key of the sentence that says so.
    pub fn problem(self) -> Option<(&'static str, &'static str)> {
        let within =
            |days: Option<u32>, least| days.is_none_or(|n| (least..=MAX_DAYS).contains(&n));
        if !within(self.people_days, MIN_DAYS) {
            Some(("forget_days", "settings-forget-days-limit"))
        } else if !within(self.text_days, MIN_TEXT_DAYS) {
            Some(("text_days", "settings-text-days-limit"))
        } else {
            None
        }
    }

    /// Trainings that ended then or before are over for long enough; `None` when nobody is forgotten.
    pub fn over_before(self, now: Timestamp) -> Option<Timestamp> {
        self.people_days.map(|days| days_before(now, days))
    }

    /// Messages that were sent then or before lose their text; `None` when none does.
    pub fn texts_before(self, now: Timestamp) -> Option<Timestamp> {
        self.text_days.map(|days| days_before(now, days))
    }
}

/// Whether a personal link that was sent then and is good for so many days is past its time.
pub fn is_past(sent: Timestamp, days: u32, now: Timestamp) -> bool {
    sent < days_before(now, days)
}

/// So many days earlier.
pub fn days_before(at: Timestamp, days: u32) -> Timestamp {
    Timestamp(at.0 - i64::from(days) * DAY_MS)
}

/// What ties somebody to the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a tie of its own, and the table of cases names them"
)]
pub struct Ties {
    /// The right in the console.
    pub role: Role,
    /// Where the user stands.
    pub state: UserState,
    /// Whether they have a password.
    pub password: bool,
    /// Whether they have an employee id.
    pub employee_id: bool,
    /// Whether they are, or were, the trainer of a training.
    pub teaches: bool,
    /// Whether they were pasted for a training, registered for it or were added at its door, and were not taken into the directory on purpose since.
    pub came_for_training: bool,
    /// Whether they are in a group.
    pub in_group: bool,
    /// Whether an invitation names them, of whatever state.
    pub invited: bool,
    /// Whether they ever said something: answered, registered, were there, or had somebody confirm for them.
    pub answered: bool,
    /// The latest end of the trainings that they came for, were invited to or were written to about.
    pub last_end: Option<Timestamp>,
    /// Whether a message to them waits or is being handed over.
    pub message_on_its_way: bool,
    /// Whether a file names them that was imported lately and can still be undone.
    pub in_kept_import: bool,
    /// Whether they said that they want no messages: forgotten, that would be too, and they would be written to again.
    pub opted_out: bool,
}

text_enum! {
    /// Why somebody is not forgotten.
    Kept {
        /// Has a right, a password, was invited to choose one, or was deactivated by somebody.
        Account = "account",
        /// Has an employee id.
        Employee = "employee",
        /// Taught a training.
        Trainer = "trainer",
        /// Is of the directory, and those are not forgotten.
        Directory = "directory",
        /// Is of the directory, and in a group.
        Group = "group",
        /// Is of the directory, and was never invited.
        NeverInvited = "never_invited",
        /// Said something.
        Answered = "answered",
        /// A training of theirs is not over for long enough.
        NotOver = "not_over",
        /// A message to them is on its way.
        Message = "message",
        /// An import that is kept names them.
        Import = "import",
        /// Wants no messages.
        OptedOut = "opted_out",
    }
}

/// Why somebody is not forgotten at `now`; `None`: they are. Nobody is where the organisation did not say after how many days.
///
/// A group keeps only people of the directory: whom authorised users paste is always put into one, to be seen by them. Who is put into a group later is taken
/// into the directory by that ([`Ties::came_for_training`]).
pub fn kept(ties: &Ties, retention: Retention, now: Timestamp) -> Option<Kept> {
    let Some(over_before) = retention.over_before(now) else {
        return Some(Kept::Directory);
    };
    let reasons = [
        (
            ties.role != Role::Member || ties.password || ties.state != UserState::Created,
            Kept::Account,
        ),
        (ties.employee_id, Kept::Employee),
        (ties.teaches, Kept::Trainer),
        (
            !ties.came_for_training && !retention.directory,
            Kept::Directory,
        ),
        (!ties.came_for_training && ties.in_group, Kept::Group),
        (!ties.came_for_training && !ties.invited, Kept::NeverInvited),
        (ties.answered, Kept::Answered),
        (
            ties.last_end.is_some_and(|end| end > over_before),
            Kept::NotOver,
        ),
        (ties.message_on_its_way, Kept::Message),
        (ties.in_kept_import, Kept::Import),
        (ties.opted_out, Kept::OptedOut),
    ];
    reasons
        .into_iter()
        .find(|(holds, _)| *holds)
        .map(|(_, why)| why)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000 * DAY_MS);

    /// Pasted for a training that ended 90 days ago, invited, and never heard of again.
    const STRANGER: Ties = Ties {
        role: Role::Member,
        state: UserState::Created,
        password: false,
        employee_id: false,
        teaches: false,
        came_for_training: true,
        in_group: false,
        invited: true,
        answered: false,
        last_end: Some(Timestamp(910 * DAY_MS)),
        message_on_its_way: false,
        in_kept_import: false,
        opted_out: false,
    };

    /// The same of somebody who was in the directory.
    const KNOWN: Ties = Ties {
        came_for_training: false,
        ..STRANGER
    };

    const BROUGHT: Retention = Retention {
        people_days: Some(90),
        directory: false,
        text_days: None,
    };

    const EVERYBODY: Retention = Retention {
        directory: true,
        ..BROUGHT
    };

    #[test]
    fn the_table_of_cases() {
        use Kept as K;
        let cases: &[(&str, Ties, Retention, Option<Kept>)] = &[
            ("a stranger who never answered", STRANGER, BROUGHT, None),
            (
                "taken out of the list before being written to",
                Ties {
                    invited: false,
                    ..STRANGER
                },
                BROUGHT,
                None,
            ),
            (
                "pasted by an authorised user, into a group",
                Ties {
                    in_group: true,
                    ..STRANGER
                },
                BROUGHT,
                None,
            ),
            (
                "nobody said after how many days",
                STRANGER,
                Retention::default(),
                Some(K::Directory),
            ),
            (
                "a day too early",
                Ties {
                    last_end: Some(Timestamp(910 * DAY_MS + 1)),
                    ..STRANGER
                },
                BROUGHT,
                Some(K::NotOver),
            ),
            (
                "invited to a training to come",
                Ties {
                    last_end: Some(Timestamp(2_000 * DAY_MS)),
                    ..STRANGER
                },
                BROUGHT,
                Some(K::NotOver),
            ),
            (
                "answered, however long ago",
                Ties {
                    answered: true,
                    ..STRANGER
                },
                BROUGHT,
                Some(K::Answered),
            ),
            (
                "was given a right",
                Ties {
                    role: Role::Authorised,
                    ..STRANGER
                },
                BROUGHT,
                Some(K::Account),
            ),
            (
                "has a password",
                Ties {
                    password: true,
                    ..STRANGER
                },
                BROUGHT,
                Some(K::Account),
            ),
            (
                "was invited to choose a password",
                Ties {
                    state: UserState::Invited,
                    ..STRANGER
                },
                BROUGHT,
                Some(K::Account),
            ),
            (
                "is active",
                Ties {
                    state: UserState::Active,
                    ..STRANGER
                },
                BROUGHT,
                Some(K::Account),
            ),
            (
                "was deactivated",
                Ties {
                    state: UserState::Inactive,
                    ..STRANGER
                },
                BROUGHT,
                Some(K::Account),
            ),
            (
                "was given an employee id",
                Ties {
                    employee_id: true,
                    ..STRANGER
                },
                BROUGHT,
                Some(K::Employee),
            ),
            (
                "taught a training",
                Ties {
                    teaches: true,
                    ..STRANGER
                },
                BROUGHT,
                Some(K::Trainer),
            ),
            (
                "a message waits",
                Ties {
                    message_on_its_way: true,
                    ..STRANGER
                },
                BROUGHT,
                Some(K::Message),
            ),
            (
                "wants no messages",
                Ties {
                    opted_out: true,
                    ..STRANGER
                },
                BROUGHT,
                Some(K::OptedOut),
            ),
            (
                "a file named them last week",
                Ties {
                    in_kept_import: true,
                    ..STRANGER
                },
                BROUGHT,
                Some(K::Import),
            ),
            (
                "of the directory, invited, silent",
                KNOWN,
                BROUGHT,
                Some(K::Directory),
            ),
            (
                "the same where the directory is meant too",
                KNOWN,
                EVERYBODY,
                None,
            ),
            (
                "of the directory, in a group",
                Ties {
                    in_group: true,
                    ..KNOWN
                },
                EVERYBODY,
                Some(K::Group),
            ),
            (
                "of the directory, with an employee id",
                Ties {
                    employee_id: true,
                    ..KNOWN
                },
                EVERYBODY,
                Some(K::Employee),
            ),
            (
                "of the directory, never invited",
                Ties {
                    invited: false,
                    last_end: None,
                    ..KNOWN
                },
                EVERYBODY,
                Some(K::NeverInvited),
            ),
        ];
        for (what, ties, retention, wanted) in cases {
            assert_eq!(kept(ties, *retention, NOW), *wanted, "{what}");
        }
        for why in Kept::ALL {
            assert!(
                cases.iter().any(|case| case.3 == Some(*why)),
                "{why} has no case"
            );
        }
    }

    #[test]
    fn days_have_their_limits() {
        let of = |people_days, text_days| Retention {
            people_days,
            directory: true,
            text_days,
        };
        assert_eq!(of(None, None).problem(), None);
        assert_eq!(of(Some(30), Some(7)).problem(), None);
        assert_eq!(
            of(Some(29), None).problem().map(|p| p.0),
            Some("forget_days")
        );
        assert_eq!(
            of(Some(u32::MAX), None).problem().map(|p| p.0),
            Some("forget_days")
        );
        assert_eq!(of(None, Some(6)).problem().map(|p| p.0), Some("text_days"));
    }
}
