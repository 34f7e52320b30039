//! Identifiers: one newtype per kind of thing, each a UUID of version 7, so that ids grow with time
//! and sit side by side in an index.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Builds a UUID of version 7 (RFC 9562, section 5.7) from a time in Unix milliseconds and ten
/// random bytes, both given by the caller.
pub fn uuid_v7(unix_ms: i64, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(unix_ms).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// An organisation (the corporate account); everything belongs to one.
    OrganisationId
    /// A user of the directory.
    UserId
    /// A group of users.
    GroupId
    /// A user type, for example *Collaborator*.
    UserTypeId
    /// A training.
    TrainingId
    /// The invitation of one user to one training.
    InvitationId
    /// A message in the outbox.
    MessageId
    /// The messages queued by one press of *Send* or *Resend*.
    BatchId
    /// A reminder that goes out by itself.
    ReminderId
    /// A line of the history.
    HistoryId
    /// A registration with the training code. Made by whoever shows the form, so that one form counts once.
    RegistrationId
    /// A field of a registration form; the same over all versions of the form.
    FieldId
    /// A document or link of a training.
    DocumentId
    /// An import of people from a file.
    ImportId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_version_7_and_grow_with_time() {
        let early = uuid_v7(1_000, [255; 10]);
        let late = uuid_v7(1_001, [0; 10]);
        assert_eq!(early.get_version_num(), 7);
        assert!(early < late);
    }

    #[test]
    fn an_id_survives_text() {
        let id = TrainingId(uuid_v7(1_700_000_000_000, [7; 10]));
        assert_eq!(id.to_string().parse::<TrainingId>().unwrap(), id);
    }
}
