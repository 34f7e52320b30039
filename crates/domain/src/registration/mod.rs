//! Self-registration: the training code, the form that an administrator defines, and the settings of a training.

mod answers;
mod code;
mod device;
mod form;
mod settings;
mod values;

pub use answers::{AnswerValue, FIRST_NAME, LAST_NAME, MAX_NAME, Posted, check_answers};
pub use code::TrainingCode;
pub use device::{
    CodeTime, DoneOnDevice, FromDevice, by_name, device_name, done_at, is_pin, judged_by,
};
pub use form::{Attribute, Bilingual, Choice, FieldKind, FormField, MAX_FIELDS, RegistrationForm};
pub use settings::{ListShows, Proof, RegistrationSettings, RegistrationState};
