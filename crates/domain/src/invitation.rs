//! The states of an invitation and the one table of what may follow what (specification, section 3).

use crate::person::text_enum;

text_enum! {
    /// Where the invitation of one user to one training stands.
    InvitationState {
        /// Chosen; no invitation has gone out yet.
        ToSend = "to_send",
        /// Handed to the mail server or gateway; no answer yet.
        Sent = "sent",
        /// Will attend.
        Confirmed = "confirmed",
        /// Will not attend.
        Declined = "declined",
        /// Registered when the training was full.
        Waiting = "waiting",
        /// Taken out after having been written to; the link says so.
        Cancelled = "cancelled",
    }
}

impl InvitationState {
    /// Whether the person is in the *Participants* column of the selection panel.
    pub const fn is_participant(self) -> bool {
        matches!(
            self,
            Self::ToSend | Self::Sent | Self::Confirmed | Self::Waiting
        )
    }

    /// How much it counts where one person turns out to have two invitations to a training: more outweighs less.
    ///
    /// A place is never lost, nor one that is waited for. What the person said outweighs that they were asked, and whoever is on the list stays on it.
    pub const fn weight(self) -> u8 {
        match self {
            Self::Confirmed => 5,
            Self::Waiting => 4,
            Self::Declined => 3,
            Self::Sent => 2,
            Self::ToSend => 1,
            Self::Cancelled => 0,
        }
    }
}

text_enum! {
    /// How a confirmation came about.
    ConfirmedBy {
        /// The person answered by the link.
        Link = "link",
        /// An administrator confirmed for them.
        Administrator = "administrator",
        /// The person registered with the training code.
        Registration = "registration",
    }
}

/// Something that happens to an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Chosen in the selection panel.
    Chosen,
    /// Registers with the training code; `full` when no seat is left.
    Registers {
        /// No seat is left.
        full: bool,
    },
    /// The mail server or gateway took the message.
    MessageAccepted,
    /// The message was refused for good.
    MessageRefused,
    /// The message had been accepted, and came back or did not arrive.
    MessageBounced,
    /// Taken out in the selection panel.
    TakenOut,
    /// *I will attend* on the answer page.
    Confirms,
    /// *I cannot attend* on the answer page.
    Declines,
    /// An administrator confirms for the person.
    ConfirmedByAdministrator,
    /// Came without being on the list, or after having been taken out, and was added at the door.
    AddedOnTheSpot,
    /// *Resend invitations*.
    Resend,
    /// A seat became free for someone who waits.
    SeatFreed,
}

impl Event {
    /// Every event, for tests that walk the table.
    pub const ALL: &'static [Self] = &[
        Self::Chosen,
        Self::Registers { full: false },
        Self::Registers { full: true },
        Self::MessageAccepted,
        Self::MessageRefused,
        Self::MessageBounced,
        Self::TakenOut,
        Self::Confirms,
        Self::Declines,
        Self::ConfirmedByAdministrator,
        Self::AddedOnTheSpot,
        Self::Resend,
        Self::SeatFreed,
    ];
}

/// What an event makes of an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It is now in this state (perhaps the same one).
    State(InvitationState),
    /// It is gone; only the history keeps it.
    Gone,
}

/// The table. `None` as `from` means that there is no invitation; `None` as the answer means that
/// the event cannot happen there and nothing may change.
#[allow(clippy::match_same_arms, reason = "a row of the table is a line here")]
pub const fn next(from: Option<InvitationState>, event: Event) -> Option<Next> {
    use Event as E;
    use InvitationState as S;
    let state = match (from, event) {
        // Choosing is idempotent: two administrators may choose the same person.
        (None | Some(S::ToSend | S::Declined | S::Cancelled), E::Chosen) => S::ToSend,
        (Some(S::Sent), E::Chosen | E::Resend | E::MessageAccepted | E::MessageRefused) => S::Sent,
        (Some(S::Confirmed), E::Chosen) => S::Confirmed,
        (Some(S::Waiting), E::Chosen) => S::Waiting,

        (Some(S::Confirmed), E::Registers { .. }) => S::Confirmed,
        (_, E::Registers { full: false }) => S::Confirmed,
        (_, E::Registers { full: true }) => S::Waiting,

        (Some(S::ToSend), E::MessageAccepted) => S::Sent,
        (Some(S::ToSend), E::MessageRefused) => S::ToSend,
        // The answer was quicker than the mail server's.
        (Some(S::Confirmed), E::MessageAccepted | E::MessageRefused) => S::Confirmed,
        (Some(S::Declined), E::MessageAccepted | E::MessageRefused) => S::Declined,
        (Some(S::Waiting), E::MessageAccepted | E::MessageRefused) => S::Waiting,
        (Some(S::Cancelled), E::MessageAccepted | E::MessageRefused) => S::Cancelled,

        // It was handed over, and nobody has answered: that it came back is a problem of the row, not another block. A link sent before may have arrived.
        (Some(from), E::MessageBounced) => from,

        (Some(S::ToSend), E::TakenOut) => return Some(Next::Gone),
        (Some(S::Sent | S::Confirmed | S::Waiting), E::TakenOut) => S::Cancelled,

        // From `ToSend` too: who holds a link was written to, whatever a crash made of our record.
        (Some(S::ToSend | S::Sent | S::Declined | S::Confirmed), E::Confirms) => S::Confirmed,
        // Whoever waits may give up waiting.
        (Some(S::ToSend | S::Sent | S::Declined | S::Confirmed | S::Waiting), E::Declines) => {
            S::Declined
        }

        (
            Some(S::ToSend | S::Sent | S::Declined | S::Confirmed | S::Waiting),
            E::ConfirmedByAdministrator,
        )
        | (Some(S::Waiting), E::SeatFreed) => S::Confirmed,

        // Whoever stands in the room takes part, whatever was decided before.
        (_, E::AddedOnTheSpot) => S::Confirmed,

        _ => return None,
    };
    Some(Next::State(state))
}

#[cfg(test)]
mod tests {
    use super::*;
    use InvitationState as S;
    use proptest::prelude::*;

    /// The rows of the specification, word for word.
    #[test]
    fn the_table_of_the_specification() {
        let to = |s| Some(Next::State(s));
        assert_eq!(next(None, Event::Chosen), to(S::ToSend));
        assert_eq!(
            next(None, Event::Registers { full: false }),
            to(S::Confirmed)
        );
        assert_eq!(next(None, Event::Registers { full: true }), to(S::Waiting));
        assert_eq!(next(Some(S::ToSend), Event::MessageAccepted), to(S::Sent));
        assert_eq!(next(Some(S::ToSend), Event::MessageRefused), to(S::ToSend));
        assert_eq!(next(Some(S::ToSend), Event::TakenOut), Some(Next::Gone));
        assert_eq!(next(Some(S::Sent), Event::Confirms), to(S::Confirmed));
        assert_eq!(next(Some(S::Sent), Event::Declines), to(S::Declined));
        assert_eq!(next(Some(S::Sent), Event::TakenOut), to(S::Cancelled));
        assert_eq!(next(Some(S::Confirmed), Event::TakenOut), to(S::Cancelled));
        assert_eq!(next(Some(S::Sent), Event::Resend), to(S::Sent));
        assert_eq!(next(Some(S::Declined), Event::Confirms), to(S::Confirmed));
        assert_eq!(next(Some(S::Declined), Event::Chosen), to(S::ToSend));
        assert_eq!(next(Some(S::Confirmed), Event::Declines), to(S::Declined));
    }

    #[test]
    fn resend_reaches_only_the_sent() {
        for from in S::ALL {
            assert_eq!(
                next(Some(*from), Event::Resend).is_some(),
                *from == S::Sent,
                "{from}"
            );
        }
    }

    #[test]
    fn a_message_that_came_back_moves_nobody() {
        for from in S::ALL {
            assert_eq!(
                next(Some(*from), Event::MessageBounced),
                Some(Next::State(*from))
            );
        }
        assert_eq!(next(None, Event::MessageBounced), None);
    }

    #[test]
    fn a_cancelled_invitation_cannot_be_answered() {
        for event in [
            Event::Confirms,
            Event::Declines,
            Event::Resend,
            Event::ConfirmedByAdministrator,
        ] {
            assert_eq!(next(Some(S::Cancelled), event), None);
        }
    }

    #[test]
    fn whoever_is_added_on_the_spot_takes_part() {
        for from in S::ALL.iter().copied().map(Some).chain([None]) {
            assert_eq!(
                next(from, Event::AddedOnTheSpot),
                Some(Next::State(S::Confirmed)),
                "{from:?}"
            );
        }
    }

    #[test]
    fn of_two_invitations_of_one_person_the_stronger_counts() {
        let mut states = S::ALL.to_vec();
        states.sort_by_key(|state| std::cmp::Reverse(state.weight()));
        assert_eq!(
            states,
            [
                S::Confirmed,
                S::Waiting,
                S::Declined,
                S::Sent,
                S::ToSend,
                S::Cancelled
            ]
        );
        for pair in states.windows(2) {
            assert!(pair[0].weight() > pair[1].weight(), "{pair:?}");
        }
    }

    /// Walks random stories and checks what must hold after every step.
    fn event() -> impl Strategy<Value = Event> {
        prop::sample::select(Event::ALL)
    }

    proptest! {
        #[test]
        fn every_story_keeps_the_promises(events in prop::collection::vec(event(), 0..60)) {
            let mut state: Option<S> = None;
            let mut written_to = false;
            for event in events {
                let before = state;
                match next(state, event) {
                    None => {}
                    Some(Next::Gone) => {
                        prop_assert_eq!(before, Some(S::ToSend), "only what nobody was told may vanish");
                        prop_assert_eq!(event, Event::TakenOut);
                        state = None;
                    }
                    Some(Next::State(after)) => state = Some(after),
                }
                written_to |= event == Event::MessageAccepted && before.is_some();
                // A message alone never answers for the person.
                if matches!(event, Event::MessageAccepted | Event::MessageRefused | Event::MessageBounced) {
                    let answered = |s: Option<S>| matches!(s, Some(S::Confirmed | S::Declined | S::Waiting | S::Cancelled));
                    prop_assert_eq!(answered(before), answered(state));
                }
                // Nobody reaches *sent* without an accepted message.
                if state == Some(S::Sent) { prop_assert!(written_to); }
                // Choosing never loses an answer that says yes.
                if event == Event::Chosen && before == Some(S::Confirmed) {
                    prop_assert_eq!(state, Some(S::Confirmed));
                }
                // Being there is more than any answer.
                if event == Event::AddedOnTheSpot { prop_assert_eq!(state, Some(S::Confirmed)); }
                // Every event is idempotent, except that what is gone can come back.
                if let Some(Next::State(once)) = next(before, event)
                    && let Some(Next::State(twice)) = next(Some(once), event) {
                    prop_assert_eq!(once, twice);
                }
            }
        }
    }
}
