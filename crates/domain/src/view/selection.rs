use crate::person::Route;
use crate::selection::{Changes, Filter, PeopleList};
use crate::view::{Range, Window};
use crate::{InvitationState, UserId};
use serde::{Deserialize, Serialize};

/// A column of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Side {
    /// *Users*, left.
    Users,
    /// *Participants*, right.
    Participants,
}

/// A row of either column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelectionRow {
    /// The person.
    pub user_id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// "Employee · Maintenance"; with the e-mail for homonyms.
    pub detail: String,
    /// Which address a message would use.
    pub route: Route,
    /// The saved state, if the person has an invitation (on the left: declined or cancelled ones, or those moved out).
    pub state: Option<InvitationState>,
    /// Whether the saved list has them: on the right not if they are new, on the left if they were moved out.
    pub saved: bool,
    /// On the left: found although the text has a typing error, or the name has.
    pub similar: bool,
}

/// What the panel asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelectionQuery {
    /// The list.
    pub list: PeopleList,
    /// The filters of the left column.
    pub filter: Filter,
    /// What was moved so far.
    pub changes: Changes,
    /// Rows of the left column wanted, if any.
    pub users: Option<Range>,
    /// Rows of the right column wanted, if any.
    pub participants: Option<Range>,
}

/// What the panel shows. Counts always; rows as asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelectionView {
    /// Rows of the left column.
    pub users: Option<Window<SelectionRow>>,
    /// Rows of the right column: those not yet saved first, then by name.
    pub participants: Option<Window<SelectionRow>>,
    /// The counts.
    pub counts: SelectionCounts,
}

/// The numbers of the panel's heads and foot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelectionCounts {
    /// The version of the saved list these numbers are about.
    pub version: i64,
    /// The version of the directory they are about.
    pub directory_version: i64,
    /// Users that match the filters as typed and are not on the right.
    pub matching: u32,
    /// Users that would but for one typing error; they stand below the others, and *Add all* leaves them.
    pub similar: u32,
    /// Users that could be invited, whatever the filters, and are not on the right.
    pub directory: u32,
    /// People on the right.
    pub participants: u32,
    /// Of those, how many are sent or confirmed already.
    pub informed: u32,
    /// What Validate will add.
    pub added: u32,
    /// What Validate will take out.
    pub removed: u32,
    /// Of those taken out, how many were sent an invitation and have not answered yes.
    pub removed_sent: u32,
    /// Of those taken out, how many had confirmed.
    pub removed_confirmed: u32,
    /// Participants outside the reader's scope: not shown, never touched.
    pub out_of_scope: u32,
}

/// What *Validate* asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidateRequest {
    /// The list.
    pub list: PeopleList,
    /// What was moved.
    pub changes: Changes,
    /// Whether those taken out who had been written to are told.
    pub tell_removed: bool,
}

/// What *Validate* did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidateOutcome {
    /// How many were added.
    pub added: u32,
    /// How many were taken out.
    pub removed: u32,
    /// How many a colleague added or took out meanwhile; those changes were kept.
    pub colleague_added: u32,
    /// See `colleague_added`.
    pub colleague_removed: u32,
    /// Those who could not be added, by name: deactivated, deleted or out of scope meanwhile.
    pub not_added: Vec<(UserId, String)>,
    /// Of a list that a form holds: who is on it now, by name.
    pub chosen: Vec<(UserId, String)>,
}

/// Ids of consecutive rows, for a selection that reaches beyond the loaded window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelectionIdsQuery {
    /// The same question as for the rows.
    pub query: SelectionQuery,
    /// The column.
    pub side: Side,
    /// First row.
    pub offset: u32,
    /// Number of rows, at most [`crate::selection::MAX_IDS`].
    pub limit: u32,
}

/// The answer to [`SelectionIdsQuery`].
pub type SelectionIds = Vec<UserId>;
