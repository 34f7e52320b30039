//! Messages on their way: what they say ([`render`](mod@render)), what carries them ([`gateway`]), and the worker that
//! empties the outbox.
//!
//! Nothing outside this crate knows SMTP, or how a gateway for text messages is spoken to.

pub mod calendar;
pub mod render;

pub use convoke_storage::outbox::{PersonFacts, TrainingFacts};
pub use render::preview;
