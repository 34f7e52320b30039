//! The directory: organisations, their user types and groups, and their users.

mod bulk;
mod labels;
mod matching;
mod organisations;
mod sign_in;
mod users;

pub use bulk::{Membership, UserChange, UserKeys};
pub use labels::{GroupRow, Label, NewGroup, UserTypeRow};
pub use organisations::Organisation;
pub use sign_in::SignInUser;
pub use users::{NewUser, User};

pub(crate) use matching::{Bind, bind_all, match_users};

#[cfg(test)]
mod tests;
