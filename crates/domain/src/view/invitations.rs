use crate::message::Problem;
use crate::person::Route;
use crate::view::{BatchView, StateCounts, Window};
use crate::{Fate, InvitationId, InvitationState, TrainingId, UserId};
use serde::{Deserialize, Serialize};

/// One person of a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationRow {
    /// The invitation.
    pub id: InvitationId,
    /// The person.
    pub user_id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The second line: "Employee · Plant Lyon", "Sent 2 days ago · 1 reminder", "Confirmed yesterday".
    pub detail: String,
    /// The full date and time behind `detail`, and when the message was heard of, for its title; empty when there is none.
    pub when: String,
    /// Which address a message would use now.
    pub route: Route,
    /// What became of the last message of this invitation, if there is any.
    pub message: Option<Fate>,
    /// What went wrong, if anything.
    pub problem: Option<Problem>,
    /// The server's own words for it, for the row's title.
    pub problem_detail: Option<String>,
    /// Wants no messages.
    pub opted_out: bool,
}

/// How the people of a block would be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// By e-mail (fallbacks included).
    pub email: u32,
    /// By SMS (fallbacks included).
    pub sms: u32,
    /// Of those, how many not by their preferred channel.
    pub fallback: u32,
    /// Neither e-mail nor mobile.
    pub unreachable: u32,
    /// Want no messages, and are not among the others.
    pub opted_out: u32,
}

impl Split {
    /// How many messages go out.
    pub const fn messages(&self) -> u32 {
        self.email + self.sms
    }
}

/// The Invitations tab, without its rows: those come in windows, one per block.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationsView {
    /// Grows with every change of the training's invitations.
    pub version: i64,
    /// Everyone, whatever is searched for.
    pub counts: StateCounts,
    /// How *Send invitations* would split.
    pub to_send: Split,
    /// How *Resend invitations* would split.
    pub sent: Split,
    /// Batches that wait for their time or are on their way, the oldest first: for authorised users only their own.
    pub batches: Vec<BatchView>,
    /// How many people know dates, times or a place that are not so any more.
    pub moved: u32,
    /// How many reminders are planned.
    pub reminders: u32,
    /// Messages that are queued or being sent and are of none of these batches.
    pub in_progress: u32,
    /// Seats, if limited.
    pub seats: Option<u32>,
}

/// The first rows of every block, in one answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlocksView {
    /// Counts and splits.
    pub summary: InvitationsView,
    /// *Invitations to send*.
    pub to_send: Window<InvitationRow>,
    /// *Invitations sent*.
    pub sent: Window<InvitationRow>,
    /// *Invited and confirmed*.
    pub confirmed: Window<InvitationRow>,
    /// *Declined*.
    pub declined: Window<InvitationRow>,
    /// *Waiting list*.
    pub waiting: Window<InvitationRow>,
}

/// Whom a window of rows is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockQuery {
    /// The training.
    pub training_id: TrainingId,
    /// The block.
    pub state: InvitationState,
    /// *Find in this training*; empty for everyone.
    pub find: String,
}

/// *Send* goes to those in *to send*, *Resend* to those in *sent*, *Tell them* to everybody who knows something that is not so any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SendAction {
    /// *Send invitations*.
    Send,
    /// *Resend invitations*.
    Resend,
    /// *Tell them*: the training has other dates, times or another place than its people know.
    Announce,
}

/// Whom a button addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendRequest {
    /// The training.
    pub training_id: TrainingId,
    /// The button.
    pub action: SendAction,
    /// `None` for the whole block, else the ticked ones.
    pub only: Option<Vec<InvitationId>>,
    /// Leave out those who were written to less than 24 hours ago or five times already.
    pub spare_recent: bool,
}

/// A plan whose button was pressed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendOrder {
    /// The request that the plan answered.
    pub request: SendRequest,
    /// The plan's fingerprint.
    pub fingerprint: String,
    /// When to send: `2026-12-02T09:00` in the training's time zone. `None` for now, that is after the moment in which it can be undone.
    pub at: Option<String>,
}

/// What will happen, exactly, if the dialog is confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendPlan {
    /// The request it answers.
    pub request: SendRequest,
    /// How the messages split.
    pub split: Split,
    /// Names of those who cannot be reached, at most [`SendPlan::NAMES`].
    pub unreachable: Vec<String>,
    /// Names of those who want no messages, at most [`SendPlan::NAMES`].
    pub opted_out_names: Vec<String>,
    /// Number of those written to less than 24 hours ago or five times already (*Resend* only).
    pub recent: u32,
    /// Their names, at most [`SendPlan::NAMES`].
    pub recent_names: Vec<String>,
    /// Number of those whom the organisation's settings leave out for the same reason, whatever is chosen here.
    pub held_back: u32,
    /// Their names, at most [`SendPlan::NAMES`].
    pub held_back_names: Vec<String>,
    /// Seconds in which it can be undone.
    pub delay: u32,
    /// The training's time zone, in which a day and time can be chosen.
    pub time_zone: String,
    /// Names of those who get it by their other address, at most [`SendPlan::NAMES`].
    pub fallback_names: Vec<String>,
    /// The message as one of them will see it.
    pub preview: Option<MessagePreview>,
    /// Fingerprint of the recipients and their routes: when it has changed by the time the button is pressed, nothing is sent.
    pub fingerprint: String,
}

impl SendPlan {
    /// The most names a plan lists.
    pub const NAMES: usize = 20;
}

/// A message as its reader will see it, with the personal link left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessagePreview {
    /// Name of the reader.
    pub to: String,
    /// By e-mail or SMS.
    pub channel: crate::Channel,
    /// Subject; empty for an SMS.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The HTML of an e-mail.
    pub html: Option<String>,
    /// What an SMS takes, and why.
    pub sms: Option<crate::sms::SmsCost>,
    /// What goes with an e-mail.
    #[serde(default)]
    pub attachments: Vec<super::AttachedFile>,
}

/// One of the messages that a request would send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendPreview {
    /// Its place among them, by the reader's name, from 0.
    pub at: u32,
    /// The message.
    pub preview: MessagePreview,
}

/// What pressing the dialog's button did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SendOutcome {
    /// So many messages were queued.
    Queued(u32),
    /// The list changed since the dialog was opened: nothing was sent; this is the plan now.
    Changed(Box<SendPlan>),
}
