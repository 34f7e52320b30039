//! Reading rows into structs, by the names of the columns.
//!
//! In place of sqlx's derive: its macros would have the compiler build both drivers, and SQLite itself, a second time for
//! the compiler's own use, which is a third of a first build.

use crate::registration::Told;
use convoke_domain::message::Problem;
use convoke_domain::registration::{ListShows, Proof, RegistrationState};
use convoke_domain::reminder::ReminderAnchor;
use convoke_domain::view::ImportState;
use convoke_domain::{
    BatchId, Channel, DocumentId, GroupId, HistoryId, ImportId, InvitationId, InvitationState,
    Language, MessageId, MessageKind, MessageState, OptOut, OrganisationId, RegistrationId,
    ReminderId, Report, Role, Timestamp, TrainingId, UserId, UserState, UserTypeId,
};
use sqlx::error::BoxDynError;
use sqlx::{ColumnIndex, Decode, Row, Type};
use uuid::Uuid;

/// A field of a struct as a column holds it.
pub(crate) trait Column: Sized {
    /// What the driver reads.
    type Stored;

    /// The field, made of it.
    fn restored(stored: Self::Stored) -> Result<Self, BoxDynError>;
}

impl<T: Column> Column for Option<T> {
    type Stored = Option<T::Stored>;

    fn restored(stored: Self::Stored) -> Result<Self, BoxDynError> {
        stored.map(T::restored).transpose()
    }
}

macro_rules! columns {
    ($($stored:ty => $($field:ty),+;)+) => {$($(
        impl Column for $field {
            type Stored = $stored;

            fn restored(stored: $stored) -> Result<Self, BoxDynError> {
                Ok(Self::try_from(stored)?)
            }
        }
    )+)+};
}

columns! {
    bool => bool;
    i64 => i64, u32, Timestamp;
    String =>
        String, Channel, Problem, Report, ImportState, InvitationState, Language, ListShows, MessageKind, MessageState, OptOut, Proof,
        ReminderAnchor,
        RegistrationState, Role, Told, UserState;
    Uuid =>
        Uuid, BatchId, DocumentId, GroupId, HistoryId, ImportId, InvitationId, MessageId, OrganisationId, RegistrationId, ReminderId,
        TrainingId, UserId, UserTypeId;
}

/// The field that a column holds.
pub(crate) fn column<'r, R, T>(row: &'r R, name: &str) -> sqlx::Result<T>
where
    R: Row,
    T: Column,
    T::Stored: Decode<'r, R::Database> + Type<R::Database>,
    for<'n> &'n str: ColumnIndex<R>,
{
    let stored = row.try_get::<T::Stored, _>(name)?;
    T::restored(stored).map_err(|source| sqlx::Error::ColumnDecode {
        index: name.to_owned(),
        source,
    })
}

/// Reads a struct from the rows of both drivers: `from_row!(Person { id, name })`. Fields after a semicolon are no
/// columns and begin with their default.
macro_rules! from_row {
    ($name:ident { $($field:ident),+ $(; $($rest:ident),+)? }) => {
        $crate::row::from_row!(@driver sqlx::sqlite::SqliteRow, $name { $($field),+ $(; $($rest),+)? });
        $crate::row::from_row!(@driver sqlx::postgres::PgRow, $name { $($field),+ $(; $($rest),+)? });
    };
    (@driver $row:ty, $name:ident { $($field:ident),+ $(; $($rest:ident),+)? }) => {
        impl sqlx::FromRow<'_, $row> for $name {
            fn from_row(row: &$row) -> sqlx::Result<Self> {
                Ok(Self {
                    $($field: $crate::row::column(row, stringify!($field))?,)+
                    $($($rest: Default::default(),)+)?
                })
            }
        }
    };
}
pub(crate) use from_row;
