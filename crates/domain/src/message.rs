//! Messages of the outbox.

use crate::Channel;
use crate::person::text_enum;

text_enum! {
    /// Why a message is sent.
    MessageKind {
        /// The first invitation of a round.
        Invitation = "invitation",
        /// *Resend invitations*.
        Resend = "resend",
        /// The person was taken out after having been written to.
        Cancellation = "cancellation",
        /// Registered with the training code, and has a place.
        Registered = "registered",
        /// Registered with the training code when no seat was left.
        WaitingList = "waiting_list",
        /// A seat became free for someone who waited.
        PlaceFreed = "place_freed",
        /// The one-time code that entering the training space asks for.
        EntryCode = "entry_code",
        /// Asks again, by itself, those who have not answered.
        Reminder = "reminder",
        /// Tells those who confirmed that the training is near.
        ReminderStart = "reminder_start",
        /// The training has other dates, times or another place than its readers were told.
        Change = "change",
        /// A personal link that is good again, for whoever asked on the page of one that is past its time.
        FreshLink = "fresh_link",
        /// Shows a text to whoever writes it. About no invitation.
        Test = "test",
        /// A link by which somebody chooses a password of their own. About no training.
        Account = "account",
    }
}

impl MessageKind {
    /// Whether it asks for an answer: its fate is the invitation's, and shows in the blocks.
    pub const fn invites(self) -> bool {
        matches!(self, Self::Invitation | Self::Resend | Self::Reminder)
    }

    /// Whether it carries the personal link of an invitation.
    pub const fn has_link(self) -> bool {
        !matches!(
            self,
            Self::Cancellation | Self::EntryCode | Self::Account | Self::Test
        )
    }

    /// Whether it goes out to somebody who wants no messages: what they asked for themselves does, and what becomes of a training that they said
    /// they would attend (`attends`). A message about an account is asked for by its reader (`asked`), or is not.
    pub const fn reaches_whoever_opted_out(self, attends: bool, asked: bool) -> bool {
        match self {
            Self::Registered
            | Self::WaitingList
            | Self::EntryCode
            | Self::FreshLink
            | Self::Test => true,
            Self::Cancellation | Self::Change => attends,
            Self::Account => asked,
            Self::Invitation
            | Self::Resend
            | Self::Reminder
            | Self::ReminderStart
            | Self::PlaceFreed => false,
        }
    }

    /// Whether the calendar entry goes with it: whoever only waits has nothing to write down.
    pub const fn has_calendar(self) -> bool {
        !matches!(
            self,
            Self::WaitingList | Self::EntryCode | Self::FreshLink | Self::Account | Self::Test
        )
    }
}

text_enum! {
    /// Where a message of the outbox stands.
    MessageState {
        /// Waits for its turn (or for its next attempt).
        Queued = "queued",
        /// A worker is handing it over at this moment.
        Sending = "sending",
        /// The mail server or gateway accepted it.
        Sent = "sent",
        /// Refused for good, or given up.
        Failed = "failed",
        /// Withdrawn before it went out.
        Cancelled = "cancelled",
        /// A crash left it unknown whether it went out; it is never sent again by itself.
        Uncertain = "uncertain",
    }
}

text_enum! {
    /// What was heard of a message after it was handed over: a mail that came back, or what a gateway says of an SMS.
    Report {
        /// It has not arrived yet, and whoever has it goes on trying.
        Delayed = "delayed",
        /// It arrived.
        Delivered = "delivered",
        /// It came back, or was given up: it did not arrive.
        Bounced = "bounced",
    }
}

impl Report {
    /// What is true of a message when this is heard and `known` was heard before. The order in which the two come does not matter, nor how often.
    ///
    /// That a mail came back outweighs that some server took it: the reader does not have it. That a telephone has an SMS outweighs that somebody on the
    /// way had given it up.
    #[must_use]
    pub fn and(self, known: Option<Self>, channel: Channel) -> Self {
        let weight = |report: Self| match (report, channel) {
            (Self::Delayed, _) => 0,
            (Self::Delivered, Channel::Email) | (Self::Bounced, Channel::Sms) => 1,
            (Self::Bounced, Channel::Email) | (Self::Delivered, Channel::Sms) => 2,
        };
        match known {
            Some(known) if weight(known) > weight(self) => known,
            _ => self,
        }
    }
}

text_enum! {
    /// What became of a message, in one word: where it stands in the outbox and, once it was handed over, what was heard of it.
    Fate {
        /// Waits for its turn (or for its next attempt).
        Queued = "queued",
        /// A worker is handing it over at this moment.
        Sending = "sending",
        /// Handed over: the mail server or gateway accepted it, and nothing was heard since.
        Sent = "sent",
        /// Handed over, and still on its way.
        Delayed = "delayed",
        /// It arrived.
        Delivered = "delivered",
        /// It did not arrive.
        Bounced = "bounced",
        /// Refused for good, or given up.
        Failed = "failed",
        /// A crash left it unknown whether it went out.
        Uncertain = "uncertain",
        /// Withdrawn before it went out.
        Cancelled = "cancelled",
    }
}

impl Fate {
    /// Of a message in this state of which this was heard.
    pub const fn of(state: MessageState, report: Option<Report>) -> Self {
        match (state, report) {
            (MessageState::Queued, _) => Self::Queued,
            (MessageState::Cancelled, _) => Self::Cancelled,
            (_, Some(Report::Delivered)) => Self::Delivered,
            (_, Some(Report::Bounced)) => Self::Bounced,
            (MessageState::Sent, Some(Report::Delayed)) => Self::Delayed,
            (MessageState::Sending, _) => Self::Sending,
            (MessageState::Sent, None) => Self::Sent,
            (MessageState::Failed, _) => Self::Failed,
            (MessageState::Uncertain, _) => Self::Uncertain,
        }
    }
}

text_enum! {
    /// What went wrong with a message, in words that a catalogue translates.
    Problem {
        /// Neither e-mail nor mobile is known.
        NoAddress = "no_address",
        /// The address does not exist or was refused for good.
        AddressRefused = "address_refused",
        /// The message itself was refused for good (size, content, policy).
        MessageRefused = "message_refused",
        /// The server could not be reached or asked to come back later, too many times.
        GaveUp = "gave_up",
        /// Waiting for the next attempt after a passing failure.
        Retrying = "retrying",
        /// The channel is stopped: wrong credentials or no credit.
        ChannelStopped = "channel_stopped",
        /// A crash left it unknown whether the message went out.
        Uncertain = "uncertain",
        /// It was handed over, and came back or did not arrive.
        Bounced = "bounced",
        /// Its reader had said meanwhile that they want no messages.
        OptedOut = "opted_out",
        /// A file that goes with it could not be read, too many times: it does not go out without.
        AttachmentMissing = "attachment_missing",
    }
}

impl Problem {
    /// Whether another address may help.
    pub const fn is_about_the_address(self) -> bool {
        matches!(
            self,
            Self::NoAddress | Self::AddressRefused | Self::Bounced | Self::GaveUp
        )
    }

    /// Whether somebody has to do something about it: it does not pass by itself.
    pub const fn can_be_put_right(self) -> bool {
        !matches!(self, Self::Retrying | Self::ChannelStopped | Self::OptedOut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_whichever_order_reports_come_the_same_is_true() {
        let told = |order: &[Report], channel| {
            order
                .iter()
                .fold(None, |known, report| Some(report.and(known, channel)))
        };
        for channel in Channel::ALL {
            for a in Report::ALL {
                for b in Report::ALL {
                    for c in Report::ALL {
                        let orders = [
                            [*a, *b, *c],
                            [*a, *c, *b],
                            [*b, *a, *c],
                            [*b, *c, *a],
                            [*c, *a, *b],
                            [*c, *b, *a],
                        ];
                        let truth = told(&orders[0], *channel);
                        for order in orders {
                            assert_eq!(told(&order, *channel), truth, "{order:?} {channel}");
                        }
                        let repeated = told(&[*a, *b, *c, *a, *b, *c], *channel);
                        assert_eq!(repeated, truth, "heard twice");
                    }
                }
            }
        }
    }

    #[test]
    fn a_mail_that_came_back_did_not_arrive_and_an_sms_on_the_telephone_did() {
        let both = [Report::Delivered, Report::Bounced];
        assert_eq!(both[0].and(Some(both[1]), Channel::Email), Report::Bounced);
        assert_eq!(both[1].and(Some(both[0]), Channel::Sms), Report::Delivered);
        assert_eq!(
            Report::Delayed.and(Some(Report::Delivered), Channel::Sms),
            Report::Delivered
        );
    }

    #[test]
    fn whoever_wants_no_messages_gets_what_they_asked_for_and_what_becomes_of_their_training() {
        for kind in MessageKind::ALL {
            let reaches = |attends, asked| kind.reaches_whoever_opted_out(attends, asked);
            // Nobody is asked for an answer, or reminded of anything.
            if kind.invites() || *kind == MessageKind::ReminderStart {
                assert!(!reaches(true, true), "{kind}");
            }
        }
        let moved = MessageKind::Change;
        assert!(moved.reaches_whoever_opted_out(true, false));
        assert!(!moved.reaches_whoever_opted_out(false, true));
        assert!(MessageKind::Account.reaches_whoever_opted_out(false, true));
        assert!(!MessageKind::Account.reaches_whoever_opted_out(true, false));
        assert!(MessageKind::EntryCode.reaches_whoever_opted_out(false, false));
        assert!(!MessageKind::PlaceFreed.reaches_whoever_opted_out(true, true));
    }

    #[test]
    fn every_message_has_a_fate() {
        let mut fates = Vec::new();
        for state in MessageState::ALL {
            for report in Report::ALL.iter().copied().map(Some).chain([None]) {
                let fate = Fate::of(*state, report);
                fates.push(fate);
                if report.is_none() {
                    assert_eq!(fate.as_str(), state.as_str(), "the same word");
                }
            }
        }
        for fate in Fate::ALL {
            assert!(fates.contains(fate), "{fate} is nobody's");
        }
    }
}
