//! The words and rules of Convoke: identifiers, types, the table of invitation states, the folding
//! of names for search, the selection of participants, and what screens are shown.
//!
//! No I/O, no clock, no randomness; everything compiles to WebAssembly. A rule that both the server
//! and the browser need stands here, once.

pub mod actor;
pub mod attendance;
pub mod fold;
pub mod given;
pub mod id;
pub mod invitation;
pub mod message;
pub mod message_text;
pub mod paste;
pub mod person;
pub mod person_form;
pub mod refusal;
pub mod registration;
pub mod reminder;
pub mod retention;
pub mod selection;
pub mod sms;
pub mod time;
pub mod training;
pub mod view;

pub use actor::{Actor, Role};
pub use attendance::{Attendance, Half, HalfDay};
pub use given::{Clock, Random};
pub use id::{
    BatchId, DocumentId, FieldId, GroupId, HistoryId, ImportId, InvitationId, MessageId,
    OrganisationId, RegistrationId, ReminderId, TrainingId, UserId, UserTypeId,
};
pub use invitation::{ConfirmedBy, InvitationState};
pub use message::{Fate, MessageKind, MessageState, Report};
pub use person::{Channel, Language, OptOut, UserState};
pub use refusal::{FieldError, Refusal};
pub use time::Timestamp;
