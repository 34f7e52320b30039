//! Whether the sender of mails is one that receivers believe: what the configuration says, what the DNS says, and what follows from the two.

mod judge;
mod lookup;

pub use judge::judge;
pub use lookup::{DnsFacts, Found, look_up};

use crate::Dkim;
use crate::target::{MailTarget, Sender};
use convoke_domain::view::SenderFinding;
use std::net::SocketAddr;

/// How mails are sent, as the configuration says it.
#[derive(Clone, Debug)]
pub struct SenderSetup {
    /// Whom they come from.
    pub from: Sender,
    /// Where they go.
    pub mail: MailTarget,
    /// What they are signed with.
    pub dkim: Option<Dkim>,
    /// Whether mails that come back are noticed.
    pub hears_of_bounces: bool,
    /// Who is asked; `None` for whom the machine asks.
    pub dns: Option<SocketAddr>,
}

impl SenderSetup {
    /// Looks everything up and judges it. `reply_to` is where an organisation wants answers; empty for the sender's address. Takes a few seconds where nobody answers.
    pub async fn findings(&self, reply_to: &str) -> Vec<SenderFinding> {
        let facts = look_up(self).await;
        judge(self, reply_to, &facts)
    }

    /// Whether the sender's domain is one that others can look up.
    fn is_public(&self) -> bool {
        self.from.domain().contains('.')
    }
}
