use crate::attendance::{Attendance, HalfDay};
use crate::{InvitationId, UserId};
use serde::{Deserialize, Serialize};

/// A half-day, as the head of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HalfDayHead {
    /// The half-day.
    pub half_day: HalfDay,
    /// "Wed 9 Dec".
    pub day: String,
    /// "Wednesday 9 December, morning".
    pub label: String,
    /// Whether it has begun: before, people can only be excused.
    pub begun: bool,
    /// Whether it is on now.
    pub is_now: bool,
}

/// What is said of somebody on a half-day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttendanceCell {
    /// What is said.
    pub state: Attendance,
    /// "08:52": since when they are there, if it was said on the day itself.
    pub at: Option<String>,
    /// Whether a trainer or administrator said so.
    pub by_hand: bool,
    /// Whether they signed.
    pub signed: bool,
}

/// A row of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttendanceRow {
    /// The invitation.
    pub invitation_id: InvitationId,
    /// The person.
    pub user_id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// What is said of them, for each half-day; `None` where nothing is.
    pub cells: Vec<Option<AttendanceCell>>,
}

/// People × half-days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttendanceView {
    /// The half-days, in order.
    pub half_days: Vec<HalfDayHead>,
    /// Everyone who confirmed, by name.
    pub rows: Vec<AttendanceRow>,
}
