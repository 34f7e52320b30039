//! Messages on their way: what they say ([`render`](mod@render)), what carries them ([`gateway`]), the worker that
//! empties the outbox ([`Worker`]), and what is heard of them afterwards ([`bounces`], [`reports`]).
//!
//! Nothing outside this crate knows SMTP, or how a gateway for text messages is spoken to.

pub mod attachments;
pub mod bounces;
pub mod calendar;
pub mod deliverability;
pub mod dkim;
pub mod entry_code;
pub mod gateway;
pub mod link;
mod pace;
pub mod render;
pub mod reports;
pub mod stop;
pub mod target;
mod worker;

pub use attachments::FileSource;
pub use bounces::{BounceReader, BouncesTarget};
pub use convoke_storage::outbox::{PersonFacts, TrainingFacts};
pub use deliverability::SenderSetup;
pub use dkim::Dkim;
pub use gateway::{Gateways, install_encryption};
pub use pace::{Pace, Paces};
pub use reports::ReportAddress;
pub use target::{MailTarget, Sender, SmsTarget};
pub use worker::Worker;
