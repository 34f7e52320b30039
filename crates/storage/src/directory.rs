//! The directory: organisations, user types, groups and users.

mod matching;

pub(crate) use matching::{Bind, UserMatch, bind_all, match_users};
