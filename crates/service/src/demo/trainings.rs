//! The trainings of the demonstration: in all phases, with invitations in all states.

use super::messages::{self, Sent};
use super::people::{Dice, Person};
use crate::Service;
use convoke_domain::message::Problem;
use convoke_domain::{
    ConfirmedBy, InvitationState, OrganisationId, Report, Timestamp, TrainingId, UserId,
};
use convoke_storage::invitations::InvitationFacts;
use convoke_storage::trainings::TrainingFacts;
use convoke_storage::{StorageError, Transaction};
use convoke_texts::dates;
use jiff::ToSpan;

pub(super) const TIME_ZONE: &str = "Europe/Paris";

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// A training, relative to today.
struct Plan {
    title: &'static str,
    description: &'static str,
    /// Days from today to its first day; what lies ahead moves on until no day of it falls on a weekend.
    in_days: i32,
    /// Number of days.
    days: u32,
    place: &'static str,
    seats: Option<u32>,
    /// Days before the start on which the answer is due.
    deadline: Option<i32>,
    /// Whether Marc Petit teaches it; else somebody of the directory does, by number.
    trainers: &'static [Trainer],
    crowd: Crowd,
}

/// The trainings that are offered with a code: the one the demonstration tells of, and the one that runs today.
const OFFERED: [&str; 2] = ["Fire Safety — Level 2", "Lean Management: Basics"];

#[derive(Clone, Copy)]
enum Trainer {
    Marc,
    /// A person of the directory, by number.
    Number(usize),
}

/// Who is invited to it.
#[derive(Clone, Copy)]
enum Crowd {
    /// Nobody yet.
    Nobody,
    /// The named ones.
    Story,
    /// So many to send, sent, confirmed, declined; taken from the directory from a number on.
    Of {
        from: usize,
        to_send: usize,
        sent: usize,
        confirmed: usize,
        declined: usize,
    },
}

const PLANS: [Plan; 8] = [
    Plan {
        title: "Fire Safety — Level 2",
        description: "Recognise, report, extinguish: two days with exercises on real fires.\n\nBring closed shoes and cotton \
                      clothes. Lunch is provided on both days.",
        in_days: 17,
        days: 2,
        place: "Lyon, room B204",
        seats: Some(20),
        deadline: Some(7),
        trainers: &[Trainer::Marc],
        crowd: Crowd::Story,
    },
    Plan {
        title: "First Aid at Work",
        description: "The first ten minutes after an accident, practised until they are a habit. With certificate.",
        in_days: 6,
        days: 1,
        place: "Grenoble, workshop 3",
        seats: Some(12),
        deadline: Some(2),
        trainers: &[Trainer::Marc, Trainer::Number(200)],
        crowd: Crowd::Of {
            from: 100,
            to_send: 3,
            sent: 6,
            confirmed: 9,
            declined: 2,
        },
    },
    Plan {
        title: "Welcome Day for New Colleagues",
        description: "Meet the house: a tour, the people, the safety rules, and lunch with the management.",
        in_days: 12,
        days: 1,
        place: "Head office, auditorium",
        seats: Some(80),
        deadline: Some(3),
        trainers: &[Trainer::Number(201)],
        crowd: Crowd::Of {
            from: 300,
            to_send: 0,
            sent: 22,
            confirmed: 41,
            declined: 4,
        },
    },
    Plan {
        title: "Electrical Safety — H0B0 Authorisation",
        description: "For everyone who works near electrical installations without working on them.",
        in_days: 31,
        days: 1,
        place: "Lyon, room A112",
        seats: None,
        deadline: Some(10),
        trainers: &[Trainer::Number(202)],
        crowd: Crowd::Of {
            from: 500,
            to_send: 48,
            sent: 0,
            confirmed: 0,
            declined: 0,
        },
    },
    Plan {
        title: "Négociation et écoute active",
        description: "Jeux de rôle, retours du groupe, plan d’action personnel.",
        in_days: 68,
        days: 3,
        place: "",
        seats: Some(10),
        deadline: None,
        trainers: &[],
        crowd: Crowd::Nobody,
    },
    Plan {
        title: "Lean Management: Basics",
        description: "Waste, flow and standards, seen on our own line.",
        in_days: -1,
        days: 3,
        place: "Plant Grenoble, line 2",
        seats: Some(15),
        deadline: Some(5),
        trainers: &[Trainer::Marc],
        crowd: Crowd::Of {
            from: 700,
            to_send: 0,
            sent: 2,
            confirmed: 13,
            declined: 3,
        },
    },
    Plan {
        title: "Forklift Licence — Category 3",
        description: "Theory in the morning, practice in the yard, examination at the end.",
        in_days: -24,
        days: 4,
        place: "Site B, yard",
        seats: Some(8),
        deadline: Some(10),
        trainers: &[Trainer::Number(203)],
        crowd: Crowd::Of {
            from: 800,
            to_send: 0,
            sent: 1,
            confirmed: 8,
            declined: 2,
        },
    },
    Plan {
        title: "Data Protection in Daily Work",
        description: "What may be written down, for how long, and whom to ask.",
        in_days: -72,
        days: 1,
        place: "Online",
        seats: None,
        deadline: Some(4),
        trainers: &[Trainer::Number(204), Trainer::Number(205)],
        crowd: Crowd::Of {
            from: 900,
            to_send: 0,
            sent: 7,
            confirmed: 55,
            declined: 6,
        },
    },
];

/// What trainings are made with.
pub(super) struct Stage<'a> {
    pub service: &'a Service,
    pub organisation_id: OrganisationId,
    /// Nadia Roux, who chose everyone.
    pub administrator: UserId,
    /// Marc Petit.
    pub trainer: UserId,
    pub ids: &'a [UserId],
    pub people: &'a [Person],
}

/// Adds all trainings with their invitations.
pub(super) async fn add(stage: &Stage<'_>, work: &mut Transaction) -> Result<(), StorageError> {
    let mut dice = Dice(0x7EA_C4E5);
    for plan in &PLANS {
        let now = stage.service.clock.now();
        let first_day = first_day(now, plan);
        let last_day = first_day + i32::try_from(plan.days).unwrap_or(1) - 1;
        let starts_at = at(now, first_day, 9);
        let facts = TrainingFacts {
            title: plan.title.to_owned(),
            description: plan.description.to_owned(),
            starts_at,
            ends_at: at(now, last_day, 17),
            time_zone: TIME_ZONE.to_owned(),
            days_taught: Some(plan.days),
            place: plan.place.to_owned(),
            seats: plan.seats,
            answer_deadline: plan.deadline.map(|days| at(now, first_day - days, 18)),
        };
        let id: TrainingId = stage.service.id();
        // Planned eight weeks ahead, but not in the future.
        let created_at = starts_at
            .plus_seconds(-56 * DAY)
            .min(now.plus_seconds(-9 * DAY));
        work.insert_training(
            id,
            stage.organisation_id,
            &facts,
            Some(stage.administrator),
            created_at,
        )
        .await?;
        let trainers: Vec<UserId> = plan
            .trainers
            .iter()
            .map(|trainer| match trainer {
                Trainer::Marc => stage.trainer,
                Trainer::Number(n) => stage.ids[*n],
            })
            .collect();
        work.set_trainers(stage.organisation_id, id, &trainers)
            .await?;
        if OFFERED.contains(&plan.title) {
            super::registration::offer(stage, work, id, stage.administrator).await?;
        }
        // What is over was answered before its deadline; what is to come, these days.
        let today = facts.answer_deadline.unwrap_or(starts_at).min(now);
        let mut sent = Vec::new();
        for guest in guests(stage, plan, today, &mut dice) {
            let invitation = InvitationFacts {
                id: stage.service.id(),
                organisation_id: stage.organisation_id,
                training_id: id,
                user_id: stage.ids[guest.number],
                state: guest.state,
                confirmed_by: guest.confirmed_by,
                confirmed_by_user: (guest.confirmed_by == Some(ConfirmedBy::Administrator))
                    .then_some(stage.administrator),
                chosen_by: (guest.confirmed_by != Some(ConfirmedBy::Registration))
                    .then_some(stage.administrator),
                chosen_at: today.plus_seconds(-8 * DAY),
                sent_count: u32::try_from(guest.sent.len()).unwrap_or(u32::MAX),
                last_sent_at: guest.sent.last().copied(),
                answered_at: guest.answered_at,
                problem: guest
                    .refused
                    .as_ref()
                    .map(|(_, problem, words)| (*problem, words.clone())),
            };
            work.insert_invitation(&invitation).await?;
            sent.push(Sent {
                invitation_id: invitation.id,
                reader: guest.number,
                at: guest.sent,
                refused: guest.refused,
                heard: guest.heard,
            });
        }
        if matches!(plan.crowd, Crowd::Story) {
            super::documents::add(stage, work, id, today.plus_seconds(-DAY)).await?;
        }
        messages::add(stage, work, id, &sent).await?;
    }
    Ok(())
}

/// Days from today to the first day of a training.
fn first_day(now: Timestamp, plan: &Plan) -> i32 {
    let weekend = |in_days: i32| {
        use jiff::civil::Weekday::{Saturday, Sunday};
        day(now, in_days).is_some_and(|day| matches!(day.weekday(), Saturday | Sunday))
    };
    let days = i32::try_from(plan.days).unwrap_or(1);
    let mut first = plan.in_days;
    // What runs today runs today, weekend or not.
    while plan.in_days > 0 && (first..first + days).any(weekend) {
        first += 1;
    }
    first
}

fn day(now: Timestamp, in_days: i32) -> Option<jiff::civil::Date> {
    let zone = dates::zone(TIME_ZONE)?;
    let now = jiff::Timestamp::from_millisecond(now.0).ok()?;
    now.to_zoned(zone).date().checked_add(in_days.days()).ok()
}

/// The last working day before a moment (or that day), a little after `hour` o'clock, and not later than the moment.
fn in_the_office(moment: Timestamp, hour: i8) -> Timestamp {
    use jiff::civil::Weekday::{Saturday, Sunday};
    let free =
        |days: i32| day(moment, days).is_none_or(|day| matches!(day.weekday(), Saturday | Sunday));
    let at_desk = |days: i32| at(moment, days, hour).plus_seconds(7 * 60);
    (-7..=0)
        .rev()
        .find(|days| !free(*days) && at_desk(*days) <= moment)
        .map_or(moment, at_desk)
}

/// The moment `hour` o'clock so many days from today.
fn at(now: Timestamp, in_days: i32, hour: i8) -> Timestamp {
    day(now, in_days)
        .and_then(|day| day.at(hour, 0, 0, 0).to_zoned(dates::zone(TIME_ZONE)?).ok())
        .map_or(now, |at| Timestamp(at.timestamp().as_millisecond()))
}

/// An invitation to be made.
struct Guest {
    /// A person of the directory.
    number: usize,
    state: InvitationState,
    confirmed_by: Option<ConfirmedBy>,
    /// When messages went out, in order.
    sent: Vec<Timestamp>,
    answered_at: Option<Timestamp>,
    /// When the last message was refused, and why.
    refused: Option<(Timestamp, Problem, String)>,
    /// What was heard of the last message, and when.
    heard: Option<(Timestamp, Report, String)>,
}

impl Guest {
    const fn new(number: usize, state: InvitationState) -> Self {
        Self {
            number,
            state,
            confirmed_by: None,
            sent: Vec::new(),
            answered_at: None,
            refused: None,
            heard: None,
        }
    }

    fn sent(mut self, at: Timestamp) -> Self {
        self.sent.push(at);
        self
    }

    fn answered(mut self, at: Timestamp) -> Self {
        self.answered_at = Some(at);
        self
    }

    fn confirmed_by(mut self, by: ConfirmedBy) -> Self {
        self.confirmed_by = Some(by);
        self
    }

    fn refused(mut self, at: Timestamp, problem: Problem, words: &str) -> Self {
        self.refused = Some((at, problem, words.to_owned()));
        self
    }

    fn heard(mut self, at: Timestamp, report: Report, words: &str) -> Self {
        self.heard = Some((at, report, words.to_owned()));
        self
    }
}

fn guests(stage: &Stage<'_>, plan: &Plan, today: Timestamp, dice: &mut Dice) -> Vec<Guest> {
    match plan.crowd {
        Crowd::Nobody => Vec::new(),
        Crowd::Story => story(today),
        Crowd::Of {
            from,
            to_send,
            sent,
            confirmed,
            declined,
        } => {
            let mut left = (from..stage.people.len())
                .filter(|n| stage.people[*n].state != convoke_domain::UserState::Inactive);
            let mut guests = Vec::new();
            // Everyone was written to at once, and those who did not answer once more.
            let wrote = in_the_office(today.plus_seconds(-98 * HOUR), 9);
            let reminded = in_the_office(today.plus_seconds(-22 * HOUR), 14);
            let mut some = |count: usize, state: InvitationState, dice: &mut Dice| {
                for n in left.by_ref().take(count) {
                    let hours_ago = i64::from(dice.below(60)) + 20;
                    let guest = Guest::new(n, state);
                    let answered = today.plus_seconds(-hours_ago * HOUR);
                    guests.push(match state {
                        InvitationState::ToSend => guest,
                        InvitationState::Sent if dice.below(3) == 0 => {
                            guest.sent(wrote).sent(reminded)
                        }
                        InvitationState::Sent => guest.sent(wrote),
                        InvitationState::Confirmed if dice.below(12) == 0 => guest
                            .sent(wrote)
                            .answered(answered)
                            .confirmed_by(ConfirmedBy::Administrator),
                        InvitationState::Confirmed => guest
                            .sent(wrote)
                            .answered(answered)
                            .confirmed_by(ConfirmedBy::Link),
                        _ => guest.sent(wrote).answered(answered),
                    });
                }
            };
            some(to_send, InvitationState::ToSend, dice);
            some(sent, InvitationState::Sent, dice);
            some(confirmed, InvitationState::Confirmed, dice);
            some(declined, InvitationState::Declined, dice);
            guests
        }
    }
}

/// Fire Safety: 6 to send, 7 sent, 5 confirmed, 1 declined, in the order of the named people.
fn story(today: Timestamp) -> Vec<Guest> {
    let ago = |hours: i64| today.plus_seconds(-hours * HOUR);
    let mut guests: Vec<Guest> = (0..6)
        .map(|n| Guest::new(n, InvitationState::ToSend))
        .collect();
    let sent = |n: usize| Guest::new(n, InvitationState::Sent);
    guests.extend([
        sent(6).sent(ago(49)).heard(ago(49), Report::Delivered, ""),
        sent(7).sent(ago(49)).heard(ago(49), Report::Delivered, ""),
        // Gone out once; the second time, the mail server said no.
        sent(8).sent(ago(49)).refused(
            ago(26),
            Problem::AddressRefused,
            "550 5.1.1 The e-mail account that you tried to reach does not exist",
        ),
        sent(9).sent(ago(97)).sent(ago(48)),
        // The gateway took it, and it did not arrive.
        sent(10).sent(ago(3)).heard(
            ago(2),
            Report::Bounced,
            "stat:UNDELIV err:001 unknown subscriber",
        ),
        sent(11).sent(ago(49)),
        sent(12).sent(ago(49)),
    ]);
    let confirmed = |n: usize, hours: i64, by| {
        Guest::new(n, InvitationState::Confirmed)
            .answered(ago(hours))
            .confirmed_by(by)
    };
    guests.extend([
        confirmed(13, 25, ConfirmedBy::Link).sent(ago(49)),
        confirmed(14, 26, ConfirmedBy::Link).sent(ago(49)),
        confirmed(15, 30, ConfirmedBy::Registration),
        confirmed(16, 3, ConfirmedBy::Link).sent(ago(49)),
        confirmed(17, 5, ConfirmedBy::Administrator).sent(ago(49)),
        Guest::new(18, InvitationState::Declined)
            .sent(ago(49))
            .answered(ago(22)),
    ]);
    guests
}
