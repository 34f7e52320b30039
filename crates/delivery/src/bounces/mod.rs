//! Mails that come back: what they say about which message ([`read`]), and the mailbox that they are read from ([`BounceReader`]).
//!
//! A mail that comes back goes to the address that ours came from (`CONVOKE_MAIL_FROM`), so the mailbox is that of this address, or one that it is forwarded to.

mod mailbox;
mod notice;
mod reader;
mod target;

pub use notice::{ComeBack, read};
pub use reader::{BounceReader, MailboxState};
pub use target::BouncesTarget;
