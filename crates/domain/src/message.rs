//! Messages of the outbox.

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

    /// Whether the calendar entry goes with it: whoever only waits has nothing to write down.
    pub const fn has_calendar(self) -> bool {
        !matches!(
            self,
            Self::WaitingList | Self::EntryCode | Self::Account | Self::Test
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
    }
}
