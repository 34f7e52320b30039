//! The screens of the console.

mod account_menu;
mod deliverability;
mod frame;
mod history;
mod install;
mod marks_notice;
pub mod messages;
mod new_version;
mod not_found;
mod people;
mod routes;
mod settings;
mod sign_out;
mod stopped;
mod texts;
pub mod training;
mod trainings;

pub use routes::Pages;
