//! The directory: organisations, their user types and groups, and their users.

mod bulk;
mod changes;
mod labels;
mod matching;
mod merge;
mod opt_out;
mod organisations;
mod sign_in;
mod users;

pub use bulk::{Membership, UserChange, UserKeys};
pub use changes::{Chunk, DirectoryPerson};
pub use labels::{Label, NewGroup};
pub use merge::TwoInvitations;
pub use organisations::Organisation;
pub use sign_in::SignInUser;
pub use users::{NewUser, User};

pub(crate) use changes::ChangedPeople;
pub(crate) use matching::{Bind, bind_all, match_users};

#[cfg(test)]
mod tests;
