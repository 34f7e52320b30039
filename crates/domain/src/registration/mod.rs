//! Self-registration: the training code, the form that an administrator defines, and the settings of a training.

mod code;
mod form;
mod settings;

pub use code::TrainingCode;
pub use form::{
    AnswerValue, Attribute, Bilingual, Choice, FIRST_NAME, FieldKind, FormField, LAST_NAME,
    MAX_FIELDS, Posted, RegistrationForm, check_answers,
};
pub use settings::{ListShows, Proof, RegistrationSettings, RegistrationState};
